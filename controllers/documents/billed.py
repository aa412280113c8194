"""What an order comes to, and what its invoices billed of it so far, for the rules of billing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from controllers.catalogue.taxes import preset
from controllers.core.prepared import Prepared
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import frozen
from controllers.documents.stored import Stored
from models.rules.billing import Terms
from models.storage.tables import TABLES
from models.values.billing import Agreed, Down, Share, SoFar
from models.values.documents import DEDUCTION
from models.values.money import ZERO, currency_decimals

Row = Mapping[str, Any]
"""A line as it is stored, by the names of its columns."""

DOWN = "down_payment"
CREDIT = "credit_note"


@dataclass(frozen=True)
class OrderBilling:
    """An order as it is billed."""

    agreed: tuple[Agreed, ...]
    rows: Mapping[int, Row]
    """The order's lines by their ids."""
    so_far: SoFar
    terms: Terms


def of_order(uow: UnitOfWork, order: Stored) -> OrderBilling:
    """The lines of an order that are sold, and what its invoices that are not void billed."""
    terms = terms_of(uow, order)
    rows = _order_rows(uow, order.id)
    included = terms.preset.included
    agreed = tuple(
        Agreed(
            row["id"], row["quantity"], row["amount"],
            row["net"] + (row["tax_amount"] if included else ZERO), row["tax_class"],
            name=row["sku"] or row["description"] or "",
        )
        for row in rows
    )  # fmt: skip
    return OrderBilling(agreed, {row["id"]: row for row in rows}, _so_far(uow, order.id), terms)


def terms_of(uow: UnitOfWork, document: Stored) -> Terms:
    """The tax, decimals and cash rounding of a document: those of its day where it was issued."""
    draft, kept = document.draft, document.frozen
    if kept:
        tax, rounding = frozen.frozen_tax(kept), frozen.frozen_rounding(kept)
    else:
        tax, rounding = preset(uow, draft.tax, draft.date), frozen.cash_rounding(uow, draft)
    places = max(currency_decimals(draft.currency), draft.line_decimals or 0)
    return Terms(tax, places, rounding)


def _order_rows(uow: UnitOfWork, order_id: int) -> list[dict[str, Any]]:
    """The lines of an order that are sold; the cost where it may be seen."""
    return _order_query(sees_cost=uow.may("cost.see")).rows(uow.connection, head=order_id)


@cache
def _order_query(*, sees_cost: bool) -> Prepared:
    line = TABLES["order_line"]
    names = (
        "id", "kind", "product_id", "sku", "description", "detail", "quantity", "unit", "factor",
        "unit_price", "price_reason", "discount_percent", "discount_amount", "tax_class", "amount",
        "net", "tax_amount", "shipped", "returned", "invoiced",
    )  # fmt: skip
    columns = [line.c[name] for name in (*names, "cost") if name != "cost" or sees_cost]
    query = select(*columns).where(
        line.c.order_id == bindparam("head"),
        or_(line.c.kind == "product", line.c.kind == "item"),
        line.c.optional.is_(False),
    )
    return Prepared(query.order_by(line.c.position))


def _so_far(uow: UnitOfWork, order_id: int) -> SoFar:
    """Invoices count as they stand, credit notes against them; drafts count as well, so that
    nothing is billed by two of them.
    """
    shares: dict[int, Share] = {}
    taxed: dict[str, tuple[Decimal, Decimal]] = {}
    downs: dict[tuple[int, str], Down] = {}
    off: dict[tuple[int, str], Decimal] = {}
    for row in _billed_rows(uow, order_id):
        sign = -1 if row["type"] == CREDIT else 1
        base, tax = sign * row["billed"], sign * row["tax_amount"]
        known = taxed.get(row["tax_class"], (ZERO, ZERO))
        taxed[row["tax_class"]] = known[0] + base, known[1] + tax
        if row["kind"] == DEDUCTION:
            key = row["source_id"], row["tax_class"]
            off[key] = off.get(key, ZERO) - base
        elif row["order_line_id"] is not None:
            shares[row["order_line_id"]] = _more(shares, row, sign)
        else:
            source = row["credits_id"] if row["type"] == CREDIT else row["invoice_id"]
            key = source, row["tax_class"]
            old = downs.get(key)
            name = row["number"] or str(source)
            downs[key] = Down(
                source, old.name if old else name, row["tax_class"], base + (old.base if old else 0)
            )
    return SoFar(shares, taxed, tuple(_with_deducted(downs, off)))


def _more(shares: Mapping[int, Share], row: Row, sign: int) -> Share:
    old = shares.get(row["order_line_id"], Share())
    counted = row["recounted"] if sign < 0 else row["quantity"]
    if sign < 0 and not counted:
        return old
    return Share(
        old.quantity + sign * row["quantity"],
        old.amount + sign * row["amount"],
        old.base + sign * row["billed"],
    )


def _with_deducted(
    downs: Mapping[tuple[int, str], Down], off: Mapping[tuple[int, str], Decimal]
) -> Iterable[Down]:
    for key, down in downs.items():
        yield Down(down.source, down.name, down.tax_class, down.base, off.get(key, ZERO))


def _billed_rows(uow: UnitOfWork, order_id: int) -> list[dict[str, Any]]:
    return _billed_query().rows(uow.connection, head=order_id)


@cache
def _billed_query() -> Prepared:
    head, line = TABLES["invoice"], TABLES["invoice_line"]
    names = (
        "id", "invoice_id", "kind", "order_line_id", "source_id", "quantity", "amount", "billed",
        "tax_amount", "tax_class", "recounted",
    )  # fmt: skip
    return Prepared(
        select(head.c.type, head.c.number, head.c.credits_id, *(line.c[each] for each in names))
        .select_from(line.join(head, head.c.id == line.c.invoice_id))
        .where(head.c.order_id == bindparam("head"), head.c.state != "void")
        .order_by(line.c.id)
    )


# What an invoice still holds, for credit notes


def of_invoice(
    uow: UnitOfWork, invoice: Stored
) -> tuple[tuple[Agreed, ...], dict[int, Row], SoFar]:
    """The lines of an invoice, its rows by id, and what credit notes took back of them."""
    line = TABLES["invoice_line"]
    query = select(line).where(line.c.invoice_id == invoice.id).order_by(line.c.position)
    if not uow.may("cost.see"):
        query = select(*(each for each in line.c if each.name != "cost")).where(
            line.c.invoice_id == invoice.id
        ).order_by(line.c.position)  # fmt: skip
    found = uow.connection.execute(query).mappings()
    rows: dict[int, Row] = {row["id"]: dict(row) for row in found}
    agreed = tuple(
        Agreed(
            row["id"], row["quantity"], row["amount"], row["billed"], row["tax_class"],
            row["tax_amount"], row["sku"] or row["description"] or "", row["kind"] == DEDUCTION,
        )
        for row in rows.values()
    )  # fmt: skip
    return agreed, rows, SoFar(_credited(uow, invoice.id), rounding=_rounding(uow, invoice.id))


def _credited(uow: UnitOfWork, invoice_id: int) -> dict[int, Share]:
    head, line = TABLES["invoice"], TABLES["invoice_line"]
    sums = [func.sum(line.c[name]).label(name) for name in
            ("quantity", "amount", "billed", "tax_amount")]  # fmt: skip
    query = (
        select(line.c.credited_line_id, *sums)
        .select_from(line.join(head, head.c.id == line.c.invoice_id))
        .where(head.c.credits_id == invoice_id, head.c.state != "void")
        .group_by(line.c.credited_line_id)
    )
    return {
        row["credited_line_id"]: Share(
            Decimal(row["quantity"]), Decimal(row["amount"]), Decimal(row["billed"]),
            Decimal(row["tax_amount"]),
        )
        for row in uow.connection.execute(query).mappings()
    }  # fmt: skip


def _rounding(uow: UnitOfWork, invoice_id: int) -> Decimal:
    return _of_notes(uow, invoice_id, "rounding")


def credited_total(uow: UnitOfWork, invoice_id: int) -> Decimal:
    """What the credit notes of an invoice come to, drafts among them."""
    return _of_notes(uow, invoice_id, "total")


def _of_notes(uow: UnitOfWork, invoice_id: int, column: str) -> Decimal:
    head = TABLES["invoice"]
    query = select(func.coalesce(func.sum(head.c[column]), 0)).where(
        head.c.credits_id == invoice_id, head.c.state != "void"
    )
    return Decimal(uow.connection.execute(query).scalar_one())
