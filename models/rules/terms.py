"""When an invoice is due: what its payment term says, counted from its date."""

import datetime as dt

_DAYS = {
    "net7": 7, "net14": 14, "net30": 30, "net45": 45, "net60": 60,
}  # fmt: skip


def payment_days(term: str) -> int:
    """Days a customer has by a payment term; none where payment comes first or at once."""
    return _DAYS.get(term, 0)


def due_date(term: str, date: dt.date) -> dt.date:
    """The last day to pay, or the last day there is."""
    days = min(dt.timedelta(days=payment_days(term)), dt.date.max - date)
    return date + days
