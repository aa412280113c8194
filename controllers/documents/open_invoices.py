"""What a customer still owes: issued invoices with an open amount, the earliest due first."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select, type_coerce

from controllers.core import reach
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents.billed import CREDIT
from models.storage.tables import TABLES
from models.values.money import ZERO

_OWES = TABLES["account"].c.id == TABLES["invoice"].c.account_id


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice and what is open of it, in its own currency."""

    id: int
    number: str
    date: dt.date
    due: dt.date | None
    total: Decimal
    open: Decimal
    currency: str


def owed(*names: str) -> Select[Any]:
    """These columns of invoices of which something is open, in the order in which they are paid;
    `open` is what is open.
    """
    known = TABLES["invoice"].c
    left = type_coerce(
        known.total - known.paid - known.withheld - known.credited - known.adjusted,
        known.total.type,
    )
    columns = (left.label("open") if each == "open" else known[each] for each in names)
    return (
        select(*columns)
        .where(known.state == "issued", known.type != CREDIT, left > ZERO)
        .order_by(func.coalesce(known.due, known.date), known.id)
    )


def owed_by(*names: str) -> Select[Any]:
    """The same with the accounts that owe them joined."""
    return owed(*names).join(TABLES["account"], _OWES)


def of_account(uow: UnitOfWork, code: str) -> tuple[OpenInvoice, ...]:
    """Every open invoice of a customer that a person may see, in the order they fall due."""
    query = owed_by("id", "number", "date", "due", "total", "open", "currency")
    rows = uow.connection.execute(query.where(TABLES["account"].c.code == code)).all()
    return tuple(OpenInvoice(*row) for row in rows if reach.is_shown(uow, "invoice", row.id))
