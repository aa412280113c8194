"""The chain a document belongs to: quotation, order, deliveries, invoices and payments."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, RowMapping, Select, and_, select, text, true

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import invoices
from models.storage.tables import TABLES
from models.values.money import ZERO

ORDER = ("quotation", "order", "delivery", "invoice", "payment")
"""The kinds of a chain, as business goes."""


@dataclass(frozen=True, slots=True)
class Link:
    """One document of a chain."""

    kind: str
    id: int
    number: str
    state: str
    """As its list shows it: an invoice by its payment, a quotation by its day too."""
    date: dt.date
    amount: Decimal | None
    """None for what has no amount, such as a delivery."""
    currency: str = ""
    type: str = ""
    """Of an invoice its type, of a delivery its direction."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What a person may see of a chain, and what is left to be done with its orders."""

    links: tuple[Link, ...] = ()
    to_deliver: bool = False
    to_invoice: bool = False
    has_shipped: bool = False


def chain(uow: UnitOfWork, kind: str, record_id: int) -> Chain:
    """The chain of a document of one of the kinds of `ORDER`, by its id.

    A payment may settle invoices of several orders: then these invoices and their orders are it.
    """
    invoiced = _settled_by(uow, record_id) if kind == "payment" else None
    found = _orders(uow, kind, record_id, invoiced)
    links = [*_quotations(uow, kind, record_id, found), *_rows(uow, "order", _ids("order", found))]
    if invoiced is None:
        links += _rows(uow, "delivery", _of("delivery", "order_id", found))
        invoice_ids = _of("invoice", "order_id", found)
    else:
        invoice_ids = _ids("invoice", invoiced)
    bills = _rows(uow, "invoice", invoice_ids)
    payments = {record_id} if kind == "payment" else _payments(uow, [each.id for each in bills])
    links += [*bills, *_rows(uow, "payment", _ids("payment", payments))]
    return Chain(tuple(links), *_left(uow, found))


def _ids(kind: str, ids: Collection[int]) -> ColumnElement[bool]:
    return _shown_table(kind).c.id.in_(sorted(ids))


def _of(kind: str, column: str, ids: Collection[int]) -> ColumnElement[bool]:
    return _shown_table(kind).c[column].in_(sorted(ids))


_shown_tables: dict[str, FromClause] = {}


def _shown_table(kind: str) -> FromClause:
    """The table under the name that conditions of a person's reach call it by."""
    return _shown_tables.setdefault(kind, TABLES[kind].alias("t"))


def _shown(uow: UnitOfWork, kind: str) -> ColumnElement[bool]:
    """What holds of the rows a person may see."""
    condition, values = uow.person.shown(kind, "t")
    if not condition:
        return true()
    names = {f"shown_{at}": value for at, value in enumerate(values)}
    for name in names:
        condition = condition.replace("?", f":{name}", 1)
    return text(condition).bindparams(**names)  # type: ignore[return-value]


def _settled_by(uow: UnitOfWork, payment: int) -> set[int]:
    line = TABLES["payment_line"]
    query = select(line.c.invoice_id).where(line.c.payment_id == payment)
    return set(uow.connection.execute(query).scalars())


def _payments(uow: UnitOfWork, bills: Collection[int]) -> set[int]:
    line = TABLES["payment_line"]
    query = select(line.c.payment_id).where(line.c.invoice_id.in_(bills))
    return set(uow.connection.execute(query).scalars()) if bills else set()


def _orders(
    uow: UnitOfWork, kind: str, record_id: int, invoiced: Collection[int] | None
) -> set[int]:
    """The orders of the chain."""
    if kind == "order":
        return {record_id}
    if kind == "quotation":
        order = TABLES["order"]
        query: Select[Any] = select(order.c.id).where(order.c.quotation_id == record_id)
    else:
        table = TABLES["delivery" if kind == "delivery" else "invoice"]
        wanted = {record_id} if invoiced is None else invoiced
        query = select(table.c.order_id).where(table.c.id.in_(sorted(wanted)))
    return {each for each in uow.connection.execute(query).scalars() if each is not None}


def _quotations(uow: UnitOfWork, kind: str, record_id: int, found: Collection[int]) -> list[Link]:
    order = TABLES["order"]
    query = select(order.c.quotation_id).where(order.c.id.in_(sorted(found)))
    ids = {each for each in uow.connection.execute(query).scalars() if each is not None}
    ids |= {record_id} if kind == "quotation" else set()
    return _rows(uow, "quotation", _ids("quotation", ids))


def _rows(uow: UnitOfWork, kind: str, condition: ColumnElement[bool]) -> list[Link]:
    """Documents a person may see, the oldest first."""
    table = _shown_table(kind)
    query = select(*(table.c[each] for each in _COLUMNS[kind])).where(
        and_(condition, _shown(uow, kind))
    )
    rows = uow.connection.execute(query.order_by(table.c.id)).mappings()
    return [_link(kind, row, uow.today) for row in rows]


_SETTLED = ("paid", "withheld", "credited", "adjusted")
_COLUMNS = {
    "quotation": ("id", "number", "stored_state", "valid_until", "date", "total", "currency"),
    "order": ("id", "number", "state", "date", "total", "currency"),
    "delivery": ("id", "number", "state", "date", "direction"),
    "invoice": ("id", "number", "state", "date", "total", "currency", "type", "due", *_SETTLED),
    "payment": ("id", "number", "state", "date", "amount", "currency"),
}


def _link(kind: str, row: RowMapping, today: dt.date) -> Link:
    amount = row.get("total", row.get("amount"))
    return Link(
        kind, row["id"], row["number"] or "", _state(kind, row, today), row["date"], amount,
        row.get("currency") or "", row.get("type") or row.get("direction") or "",
    )  # fmt: skip


def _state(kind: str, row: RowMapping, today: dt.date) -> str:
    if kind == "invoice":
        return invoices.payment_state(row, today)
    if kind != "quotation":
        return str(row["state"])
    until = row["valid_until"]
    is_late = row["stored_state"] == "sent" and until is not None and until < today
    return "expired" if is_late else str(row["stored_state"])


def _left(uow: UnitOfWork, found: Collection[int]) -> tuple[bool, bool, bool]:
    """Whether something is to be delivered and to be invoiced, and whether something went out."""
    line = TABLES["order_line"]
    query = (
        select(line.c.quantity, line.c.shipped, line.c.returned, line.c.invoiced)
        .where(line.c.order_id.in_(sorted(found)), line.c.kind.in_(("product", "item")))
        .where(line.c.optional.is_(False))
    )
    rows = uow.connection.execute(query).all()
    return (
        any((row.quantity or ZERO) > row.shipped for row in rows),
        any(row.shipped - row.returned > row.invoiced for row in rows),
        any(row.shipped > 0 for row in rows),
    )
