"""Importing deliveries, invoices and payments.

Deliveries and invoices of another program come in as history: deliveries of imported orders move no
stock, invoices are opening balances with a total and what is still open. Payments are booked for
good, as a bank statement has them; a row names its invoice, or its reference does, or an open
invoice of just that amount is found.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, or_, select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import delivery_rows, frozen, payments, receivables, stored
from controllers.documents.payments import Allocation
from controllers.documents.receivables import OpenItem
from controllers.system.imports.documents import (
    EVERY,
    Rows,
    grouped,
    head_of,
    note_made,
    reject_whole,
)
from controllers.system.imports.mapping import TRANSACTION, Plan, importable_fields
from controllers.system.imports.outcome import Rejected
from controllers.system.imports.records import Watch, read_columns
from controllers.system.imports.sources import Source
from controllers.system.imports.staging import Written
from controllers.system.imports.statement import signed
from models.storage.tables import TABLES
from models.values.deliveries import Delivery, DeliveryLine
from models.values.documents import ITEM, Draft, Line, Priced, PricedLine, Totals
from models.values.errors import DomainError
from models.values.fields import RecordKind
from models.values.money import ZERO
from models.values.statements import BETWEEN
from resources.languages import marked as _

Values = dict[str, Any]
WriteOne = Callable[[UnitOfWork, int, Rows], str]
"""Writes one document of a run; answers created or unchanged."""


def write(
    uow: UnitOfWork, kind: RecordKind, run: int, source: Source, plan: Plan, watch: Watch
) -> tuple[Written, Rejected]:
    """Make what a file describes; a document with one bad row is left out whole."""
    columns, rejected = read_columns(importable_fields(kind), source, plan)
    if kind.name == "payment":
        names = list(columns)
        every = enumerate(zip(*columns.values(), strict=True))
        groups = {
            str(at): [(at, {n: v for n, v in zip(names, row, strict=True) if v is not None})]
            for at, row in every
        }
    else:
        if "number" not in columns:
            message = _("No column means the number; say which with --map COLUMN=number.")
            raise DomainError(message, field="number")
        groups = grouped(columns, rejected)
        reject_whole(groups, rejected)
    return _write_all(uow, _WRITERS[kind.name], run, groups, rejected, watch), rejected


def _write_all(
    uow: UnitOfWork, write_one: WriteOne, run: int, groups: dict[str, Rows], rejected: Rejected,
    watch: Watch,
) -> Written:  # fmt: skip
    counts = {"created": 0, "unchanged": 0}
    for done, rows in enumerate(groups.values()):
        if done % EVERY == 0:
            watch(_("Writing"), done, len(groups))
        if rows[0][0] in rejected:
            continue
        try:
            with uow.connection.begin_nested():
                counts[write_one(uow, run, rows)] += 1
        except DomainError as problem:
            rejected.add((at, problem) for at, _values in rows)
    return Written(**counts)


def _missing(name: str, values: Values, label: str) -> Any:
    if values.get(name) is None:
        message = _("The {label} is missing; fill it in.")
        raise DomainError(message, field=name, label=label)
    return values[name]


# Payments


def _payment(uow: UnitOfWork, run: int, rows: Rows) -> str:
    ((_at, values),) = rows
    amount = _missing("amount", {"amount": signed(values) or None}, _("amount"))
    if amount < 0:
        message = _("Money that went out is no payment of a customer; it is left.")
        raise DomainError(message, field="amount")
    date = _missing("date", values, _("date"))
    found = _settled_by(uow, values, amount)
    account = values.get("account") or (found.account if found else "")
    _missing("account", {"account": account or None}, _("customer"))
    texts = (values.get("reference"), values.get(TRANSACTION))
    reference = BETWEEN.join(str(each) for each in texts if each)
    if _is_booked(uow, account, date, amount, reference):
        return "unchanged"
    allocations = [Allocation(found.number, min(amount, found.open))] if found else []
    made = payments.receive(
        uow, account, amount, date=date, allocations=allocations, reference=reference,
        currency=values.get("currency") or (found.currency if found else ""),
        method=values.get("method") or "transfer", bank=values.get("bank"),
        notes=values.get("notes"),
    )  # fmt: skip
    note_made(uow, run, made.id, payments.shown(uow, made.id).version, None)
    return "created"


def _settled_by(uow: UnitOfWork, values: Values, amount: Decimal) -> OpenItem | None:
    """The open invoice a row is about: named, named in its reference, or of just that amount."""
    items = receivables.open_items(uow, values.get("account") or "")
    named = str(values.get("invoice") or "")
    if named:
        found = [each for each in items if each.number == named]
        if not found:
            message = _("{invoice} is no open invoice; leave it out, or name another.")
            raise DomainError(message, field="invoice", invoice=named)
        return found[0]
    text = str(values.get("reference") or "").casefold()
    mentioned = [each for each in items if each.number.casefold() in text]
    same = [each for each in items if each.open == amount] if values.get("account") else []
    return next((group[0] for group in (mentioned, same) if len(group) == 1), None)


def _is_booked(uow: UnitOfWork, account: str, date: Any, amount: Decimal, reference: str) -> bool:
    """Whether a statement was read before: the same customer, day, amount and words."""
    payment, customer = TABLES["payment"], TABLES["account"]
    query = (
        select(payment.c.id)
        .select_from(payment.join(customer, customer.c.id == payment.c.account_id))
        .where(customer.c.code == account, payment.c.date == date, payment.c.amount == amount)
        .where(payment.c.state == "posted")
    )
    same: ColumnElement[bool] = payment.c.reference.is_(None)
    if reference:
        longer = payment.c.reference.startswith(reference + BETWEEN, autoescape=True)
        same = or_(payment.c.reference == reference, longer)
    return uow.connection.execute(query.where(same).limit(1)).first() is not None


# Invoices of another program


def _invoice(uow: UnitOfWork, run: int, rows: Rows) -> str:
    head = head_of(rows)
    number = str(head["number"])
    if _there(uow, "invoice", number):
        return "unchanged"
    account = _missing("account", head, _("customer"))
    total = _missing("total", head, _("total"))
    customer = receivables.account_row(uow, account)
    date = _missing("date", head, _("date"))
    currency = head.get("currency") or customer["currency"] or uow.settings.currency
    left = head.get("open", total)
    if not ZERO <= left <= total:
        message = _("{number}: {open} cannot be open of {total}.")
        raise DomainError(message, field="open", number=number, open=left, total=total)
    draft = Draft(
        kind="invoice", account=account, date=date, currency=currency, tax="none",
        number=number, reference=head.get("reference", ""), owner=head.get("owner", ""),
        language=customer["language"] or uow.settings.language, line_decimals=4,
        payment_term=head.get("payment_term", ""),
        lines=(Line(ITEM, description=number, unit_price=total, pinned=True),),
    )  # fmt: skip
    priced = Priced(
        draft, (PricedLine(total, total),), Totals(subtotal=total, net=total, total=total)
    )
    made = stored.insert_document(
        uow, "invoice", priced, stored.link_ids(uow, draft), [{"billed": total}],
        type="invoice", state="issued", issued_at=uow.now, due=head.get("due", date),
        paid=total - left, imported=True, order_id=_order_id(uow, head.get("order")),
        frozen=json.dumps(frozen.now(uow, draft), ensure_ascii=False),
    )  # fmt: skip
    note_made(uow, run, made, 1, None)
    return "created"


def _there(uow: UnitOfWork, kind: str, number: str) -> bool:
    table = TABLES[kind]
    query = select(table.c.id).where(table.c.number == number)
    return uow.connection.execute(query).first() is not None


def _order_id(uow: UnitOfWork, number: Any) -> int | None:
    if number is None:
        return None
    return stored.find(uow, "order", str(number)).id


# Deliveries of another program


def _delivery(uow: UnitOfWork, run: int, rows: Rows) -> str:
    head = head_of([(at, {n: v for n, v in values.items() if n not in _OF_LINES})
                    for at, values in rows])  # fmt: skip
    number = str(head["number"])
    if _there(uow, "delivery", number):
        return "unchanged"
    order = stored.find(uow, "order", str(_missing("order", head, _("sales order"))))
    if not order.row["imported"]:
        message = _("Order {order} is no import; deliver it in the program.")
        raise DomainError(message, field="order", order=order.name)
    delivery = Delivery(
        number=number, order=order.name, account=order.draft.account,
        date=_missing("date", head, _("date")), state="delivered",
        reference=head.get("reference", ""), carrier=head.get("carrier", ""),
        tracking=head.get("tracking", ""), language=order.draft.language,
        lines=tuple(_delivered(uow, values) for _at, values in rows),
    )  # fmt: skip
    links = {"order_id": order.id, "account_id": order.row["account_id"],
             "owner_id": order.row["owner_id"]}  # fmt: skip
    made = delivery_rows.add(uow, delivery, links, imported=True)
    note_made(uow, run, made, 1, None)
    return "created"


_OF_LINES = frozenset(("product", "description", "quantity", "unit", "lot", "detail"))


def _delivered(uow: UnitOfWork, values: Values) -> DeliveryLine:
    sku = values.get("product")
    row = _product(uow, str(sku)) if sku is not None else None
    line = DeliveryLine(
        description=values.get("description", ""), unit=values.get("unit", ""),
        quantity=_missing("quantity", values, _("quantity")), lot=values.get("lot", ""),
    )  # fmt: skip
    if row is None:
        return line
    return replace(
        line, product=row["id"], sku=row["sku"], unit=line.unit or row["unit"] or "",
        description=line.description or row["name"],
    )  # fmt: skip


def _product(uow: UnitOfWork, sku: str) -> RowMapping:
    table = TABLES["product"]
    query = select(table.c.id, table.c.sku, table.c.name, table.c.unit).where(table.c.sku == sku)
    row = uow.connection.execute(query).mappings().one_or_none()
    if row is None:
        message = _("There is no product “{key}”; import or make it first.")
        raise DomainError(message, field="product", key=sku)
    return row


_WRITERS: dict[str, WriteOne] = {
    "payment": _payment, "invoice": _invoice, "delivery": _delivery,
}  # fmt: skip
