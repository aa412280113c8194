"""Invoices of an order: of what was delivered, in advance, by progress; issued, credited, void."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from controllers.core.permitted import needs
from controllers.core.prepared import Prepared
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import (
    billed,
    credit_notes,
    frozen,
    invoice_drafts,
    numbering,
    periods,
    stored,
)
from controllers.documents.billed import CREDIT, DOWN, OrderBilling, Row
from controllers.documents.stored import Stored
from models.rules import billing
from models.rules.terms import due_date
from models.storage.tables import TABLES
from models.values.billing import Bill
from models.values.documents import Draft
from models.values.errors import DomainError
from models.values.money import ZERO, rounded
from models.values.states import INVOICE_STATES, ORDER_STATES
from resources.languages import marked as _

KIND = "invoice"

Parts = Mapping[int, Decimal]
"""Quantities by the id of an order's line (of a credit note: of the invoice's line)."""

_SAID = ("reference", "subject", "opening", "terms", "closing", "notes")
"""What a person says of an invoice; one that is made again keeps it."""


@dataclass(frozen=True)
class ShownInvoice:
    """An invoice or credit note with its figures as they were stored."""

    draft: Draft
    type: str
    order: str
    credits: str
    due: dt.date | None
    state: str
    payment: str
    paid: Decimal
    withheld: Decimal
    credited: Decimal
    adjusted: Decimal
    open: Decimal
    row: Row
    lines: tuple[Row, ...]

    @property
    def number(self) -> str:
        """Its number, "" while it is a draft."""
        return self.draft.number


def shown(uow: UnitOfWork, key: str | int) -> ShownInvoice:
    """An invoice by its number or id."""
    document = stored.find(uow, KIND, key)
    row = document.row
    return ShownInvoice(
        document.draft, row["type"], _number(uow, "order", row["order_id"]),
        _number(uow, KIND, row["credits_id"]), row["due"], row["state"],
        payment_state(row, uow.today), row["paid"], row["withheld"], row["credited"],
        row["adjusted"], open_amount(row), dict(row),
        tuple(_lines_query().rows(uow.connection, head=document.id)),
    )  # fmt: skip


@cache
def _lines_query() -> Prepared:
    line = TABLES["invoice_line"]
    columns = [each for each in line.c if each.name != "cost"]
    query = select(*columns).where(line.c.invoice_id == bindparam("head"))
    return Prepared(query.order_by(line.c.position))


def _number(uow: UnitOfWork, kind: str, record_id: int | None) -> str:
    table = TABLES[kind]
    query = select(table.c.number).where(table.c.id == record_id)
    return uow.connection.execute(query).scalar_one_or_none() or ""


def open_amount(row: Any) -> Decimal:
    """What is still to be paid; of drafts, void ones and credit notes nothing."""
    if row["state"] != "issued" or row["type"] == CREDIT:
        return ZERO
    settled = row["paid"] + row["withheld"] + row["credited"] + row["adjusted"]
    return Decimal(row["total"] - settled)


def payment_state(row: Any, today: dt.date) -> str:
    """How far it is paid, as the list says it."""
    if row["state"] != "issued":
        return str(row["state"])
    left = open_amount(row)
    if row["type"] == CREDIT or left <= 0:
        return "settled"
    if row["due"] is not None and row["due"] < today:
        return "overdue"
    return "partly" if left < row["total"] else "open"


def of_order(uow: UnitOfWork, order_id: int) -> tuple[ShownInvoice, ...]:
    """Every invoice and credit note of an order, the oldest first."""
    table = TABLES[KIND]
    query = select(table.c.id).where(table.c.order_id == order_id).order_by(table.c.id)
    return tuple(shown(uow, each) for each in uow.connection.execute(query).scalars().all())


# Drafts


@needs("invoices.change")
def new(
    uow: UnitOfWork, order: str | int, parts: Parts | None = None, *, ordered: bool = False
) -> Draft:
    """A draft of an invoice: of what is delivered and not yet invoiced, or of the given parts.

    `ordered` takes all that was ordered. DomainError where nothing is left.
    """
    document, known = _billing(uow, order)
    wanted = parts if parts is not None else _open_parts(known, ordered=ordered)
    if not wanted:
        message = _("{order} has nothing to invoice: all that was delivered is invoiced.")
        raise DomainError(message, field="lines", order=document.name)
    return _drafted(uow, document, known, _bill(known, wanted, document), "invoice")


@needs("invoices.change")
def invoice(uow: UnitOfWork, order: str | int, parts: Parts | None = None) -> Draft:
    """Make an invoice and issue it at once, in one transaction."""
    return issue(uow, new(uow, order, parts).id or 0)


def _billing(uow: UnitOfWork, order: str | int) -> tuple[Stored, OrderBilling]:
    document = stored.find(uow, "order", order)
    if document.draft.state in ("draft", "cancelled"):
        message = _("{order} is {state}; only a confirmed order is invoiced.")
        state = ORDER_STATES.labels[document.draft.state]
        raise DomainError(message, field="state", order=document.name, state=state)
    return document, billed.of_order(uow, document)


def _open_parts(known: OrderBilling, *, ordered: bool) -> dict[int, Decimal]:
    found = {}
    for line, row in known.rows.items():
        done = known.so_far.shares[line].quantity if line in known.so_far.shares else ZERO
        whole = row["quantity"] if ordered else row["shipped"] - row["returned"]
        if whole > done:
            found[line] = whole - done
    return found


def _bill(known: OrderBilling, parts: Parts, order: Stored) -> Bill:
    unknown = [each for each in parts if each not in known.rows]
    if unknown:
        message = _("{order} has no line {line} to invoice.")
        raise DomainError(message, field="lines", order=order.name, line=unknown[0])
    return billing.bill(known.agreed, known.so_far, parts, known.terms)


@needs("invoices.change")
def down_payment(
    uow: UnitOfWork, order: str | int, *, percent: Decimal = ZERO, total: Decimal = ZERO
) -> Draft:
    """A draft of a down payment: a percentage of the order, or an amount with its tax."""
    document, known = _billing(uow, order)
    if percent < 0 or total < 0:
        raise DomainError(_("A down payment needs a percentage or an amount over 0."),
                          field="percent")  # fmt: skip
    made = billing.down_payment(
        known.agreed, known.so_far, known.terms, percent=percent, total=total
    )
    return _drafted(uow, document, known, made, DOWN, percent=percent or None)


@needs("invoices.change")
def progress(uow: UnitOfWork, order: str | int, percent: Decimal) -> Draft:
    """A draft of a progress invoice: a percentage of every line, at most what is left of it."""
    document, known = _billing(uow, order)
    if not 0 < percent <= 100:
        message = _("A progress invoice needs a percentage between 0 and 100, not {percent}.")
        raise DomainError(message, field="percent", percent=percent)
    parts = {}
    for line, row in known.rows.items():
        done = known.so_far.shares[line].quantity if line in known.so_far.shares else ZERO
        part = min(rounded(row["quantity"] * percent / 100, 4), row["quantity"] - done)
        if part > 0:
            parts[line] = part
    made = _bill(known, parts, document)
    return _drafted(uow, document, known, made, "progress", percent=percent)


def _drafted(
    uow: UnitOfWork, order: Stored, known: OrderBilling, made: Bill, kind: str, **more: Any
) -> Draft:
    """Write a draft with the figures of a bill; what it bills counts at once."""
    draft = invoice_drafts.head(uow, order)
    lines = tuple(invoice_drafts.line_of(each, known.rows, order.draft) for each in made.lines)
    invoice_drafts.count(
        uow, {each.key: each.quantity for each in made.lines if each.key is not None}
    )
    values = [
        {"order_line_id": each.key, "source_id": each.source.source if each.source else None}
        for each in made.lines
    ]
    return invoice_drafts.insert(
        uow, replace(draft, lines=lines), made, order, values, type=kind, order_id=order.id,
        due=due_date(draft.payment_term, draft.date), **more,
    )  # fmt: skip


# Its way


@needs("invoices.change")
def issue(uow: UnitOfWork, key: str | int, date: dt.date | None = None) -> Draft:
    """Issue a draft: it draws its number and keeps letterhead, party and tax of the day.

    DomainError where it is no draft, or its day lies in closed books.
    """
    document = _moving(uow, key, "issued")
    day = date or document.draft.date
    periods.require_open(uow, day)
    kept = frozen.now(uow, replace(document.draft, date=day), _agreed_tax(uow, document))
    is_credit = document.row["type"] == CREDIT
    if is_credit:
        credit_notes.apply(uow, document)
    number = numbering.draw(uow, CREDIT if is_credit else KIND, day)
    return stored.set_columns(
        uow, KIND, document, state="issued", issued_at=uow.now, date=day, number=number,
        due=due_date(document.draft.payment_term, day),
        frozen=json.dumps(kept, ensure_ascii=False),
    )  # fmt: skip


def _agreed_tax(uow: UnitOfWork, document: Stored) -> dict[str, Any]:
    """The tax and rounding that the order was agreed with."""
    table = TABLES["order"]
    query = select(table.c.frozen).where(table.c.id == document.row["order_id"])
    kept = json.loads(uow.connection.execute(query).scalar_one_or_none() or "{}")
    return {name: kept[name] for name in ("tax", "cash_rounding") if name in kept}


def _moving(uow: UnitOfWork, key: str | int, state: str) -> Stored:
    document = stored.find(uow, KIND, key)
    INVOICE_STATES.check_move(document.name, document.draft.state, state)
    return document


@needs("invoices.change")
def change(uow: UnitOfWork, /, key: str | int, **head: Any) -> Draft:
    """Change what a person may say of a draft: date, reference, subject, texts, notes."""
    document = _moving(uow, key, "issued")
    allowed = ("date", *_SAID)
    values = {name: value or None for name, value in head.items() if name in allowed}
    if values.get("date"):
        values["due"] = due_date(document.draft.payment_term, head["date"])
    return stored.set_columns(uow, KIND, document, **values)


@needs("invoices.change")
def note_tax_number(uow: UnitOfWork, key: str | int, number: str) -> Draft:
    """Note the number that Coretax or MyInvois gave an issued invoice."""
    document = stored.find(uow, KIND, key)
    if document.draft.state != "issued":
        raise DomainError(_("{number} is not issued yet; issue it first."), number=document.name)
    return stored.set_columns(uow, KIND, document, tax_invoice=number.strip() or None)


@needs("invoices.change")
def void(uow: UnitOfWork, key: str | int, *, again: bool = False) -> Draft:
    """Take an invoice back that nobody paid or credited; what it billed is open again.

    `again` bills the same in a fresh draft, to be changed and issued, and answers that one.
    DomainError where something was paid, deducted or credited: then it is to be credited; and
    where there is no order to bill again.
    """
    document = _moving(uow, key, "void")
    if again:
        _require_order(document)
    row = document.row
    if any(row[name] for name in ("paid", "withheld", "credited", "adjusted")):
        message = _("{number} was paid or credited in part; make a credit note instead.")
        raise DomainError(message, field="state", number=document.name)
    if row["type"] == DOWN and _is_deducted(uow, document.id):
        message = _("{number} is deducted in a later invoice; make that void first.")
        raise DomainError(message, field="state", number=document.name)
    if row["type"] == CREDIT and row["state"] == "issued":
        message = _("{number} is issued; an issued credit note stands.")
        raise DomainError(message, field="state", number=document.name)
    periods.require_open(uow, document.draft.date)
    _uncount(uow, document)
    crossed_out = stored.set_columns(uow, KIND, document, state="void")
    return _again(uow, document) if again else crossed_out


def _require_order(document: Stored) -> None:
    if document.row["type"] == CREDIT:
        message = _("{number} is a credit note; make it void, and credit the invoice anew.")
        raise DomainError(message, field="state", number=document.name)
    if document.row["order_id"] is None:
        message = _("{number} belongs to no order that could be invoiced again; make it void only.")
        raise DomainError(message, field="state", number=document.name)


def _again(uow: UnitOfWork, document: Stored) -> Draft:
    """A fresh draft of what a void invoice billed: reckoned anew, so that all still adds up."""
    order, known = _billing(uow, document.row["order_id"])
    row, kind = document.row, document.row["type"]
    percent: Decimal = row["percent"] or ZERO
    if kind == DOWN:
        total = ZERO if percent else row["total"]
        made = billing.down_payment(
            known.agreed, known.so_far, known.terms, percent=percent, total=total
        )
    else:
        made = _bill(known, _billed_parts(uow, document), order)
    draft = _drafted(uow, order, known, made, kind, percent=percent or None)
    change(uow, draft.id or 0, **{name: getattr(document.draft, name) for name in _SAID})
    return stored.find(uow, KIND, draft.id or 0).draft


def _billed_parts(uow: UnitOfWork, document: Stored) -> dict[int, Decimal]:
    """What an invoice billed of each line of its order."""
    parts: dict[int, Decimal] = {}
    for line in _lines_query().rows(uow.connection, head=document.id):
        if line["order_line_id"] is not None:
            done = parts.get(line["order_line_id"], ZERO)
            parts[line["order_line_id"]] = done + line["quantity"]
    return parts


def _is_deducted(uow: UnitOfWork, invoice_id: int) -> bool:
    head, line = TABLES[KIND], TABLES["invoice_line"]
    query = (
        select(line.c.id)
        .select_from(line.join(head, head.c.id == line.c.invoice_id))
        .where(line.c.source_id == invoice_id, head.c.state != "void")
    )
    return uow.connection.execute(query.limit(1)).first() is not None


def _uncount(uow: UnitOfWork, document: Stored) -> None:
    """What a void document counted is not counted any more."""
    line = TABLES["invoice_line"]
    query = select(line.c.order_line_id, line.c.quantity, line.c.recounted).where(
        line.c.invoice_id == document.id, line.c.order_line_id.is_not(None)
    )
    sums: dict[int, Decimal] = {}
    for row in uow.connection.execute(query):
        if document.row["type"] == CREDIT and not row.recounted:
            continue
        sign = 1 if document.row["type"] == CREDIT else -1
        sums[row.order_line_id] = sums.get(row.order_line_id, ZERO) + sign * row.quantity
    invoice_drafts.count(uow, sums)
