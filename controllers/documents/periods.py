"""Closed books: nothing is issued or booked in a period that was closed."""

import datetime as dt

from controllers.core.unit_of_work import UnitOfWork
from models.values.errors import DomainError
from resources.languages import marked as _


def require_open(uow: UnitOfWork, day: dt.date) -> None:
    """Raise DomainError at `date` where the books are closed on a day."""
    until = uow.settings.closed_until
    if until and day.isoformat() <= until:
        message = _("The books are closed up to {until}; {date} lies in them. Take a later date.")
        raise DomainError(message, field="date", until=until, date=day.isoformat())
