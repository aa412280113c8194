"""What a customer still owes: issued invoices with an open amount, the earliest due first."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select, type_coerce

from controllers.core import reach
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents.billed import CREDIT
from models.storage.tables import TABLES
from models.values.money import ZERO


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


def of_account(uow: UnitOfWork, code: str) -> tuple[OpenInvoice, ...]:
    """Every open invoice of a customer that a person may see, in the order they fall due."""
    table, account = TABLES["invoice"], TABLES["account"]
    known = table.c
    left = type_coerce(
        known.total - known.paid - known.withheld - known.credited - known.adjusted,
        known.total.type,
    )
    query = (
        select(known.id, known.number, known.date, known.due, known.total, left.label("open"),
               known.currency)
        .select_from(table.join(account, account.c.id == known.account_id))
        .where(account.c.code == code, known.state == "issued", known.type != CREDIT, left > ZERO)
        .order_by(func.coalesce(known.due, known.date), known.id)
    )  # fmt: skip
    rows = uow.connection.execute(query).all()
    return tuple(OpenInvoice(*row) for row in rows if reach.is_shown(uow, "invoice", row.id))
