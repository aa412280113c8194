"""Drafts of invoices and credit notes: the figures of a bill with the lines of their order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import stored
from controllers.documents.billed import Row
from controllers.documents.stored import Stored
from models.storage.postgres import service
from models.values.billing import Bill, BilledLine
from models.values.documents import DEDUCTION, ITEM, Draft, Line, Priced, PricedLine
from models.values.money import ZERO, rounded, to_scaled
from resources.languages import marked as _
from resources.languages import translate

KIND = "invoice"


def head(uow: UnitOfWork, order: Stored) -> Draft:
    """The head of an invoice of today: parties, terms and tax of an order or of another invoice."""
    return replace(
        order.draft, kind=KIND, id=None, version=1, number="", revision=1, state="draft",
        date=uow.today, valid_until=None, opening="", closing="", terms="", notes="",
        discount_percent=ZERO, discount_amount=ZERO,
    )  # fmt: skip


def insert(
    uow: UnitOfWork,
    draft: Draft,
    made: Bill,
    source: Stored,
    line_values: Sequence[Mapping[str, Any]],
    **more: Any,
) -> Draft:
    """Write a draft with the figures of a bill, one line for each of its lines.

    `line_values` holds more columns of the lines, `more` of the head.
    """
    figures = tuple(PricedLine(each.amount, each.net, each.tax) for each in made.lines)
    priced = Priced(draft, figures, replace(made.totals, cost=_cost(draft)))
    links = {name: source.row[name] for name in stored.LINK_COLUMNS}
    values = [
        {"billed": each.base, **more_values}
        for each, more_values in zip(made.lines, line_values, strict=True)
    ]
    head_id = stored.insert_document(uow, KIND, priced, links, values, state="draft", **more)
    return replace(draft, id=head_id)


def _cost(draft: Draft) -> Decimal | None:
    known = [
        rounded(each.quantity * each.cost * each.factor, 4)
        for each in draft.lines
        if each.cost is not None and each.counts
    ]
    return sum(known, ZERO) if known else None


def line_of(line: BilledLine, rows: Mapping[int, Row], order: Draft) -> Line:
    """A line of an invoice as it is written: of goods, of a down payment, or a deduction of one."""
    if line.source is not None:
        text = _("Less down payment {number}")
        words = translate(text, order.language, number=line.source.name)
        return Line(DEDUCTION, description=words, quantity=Decimal(1), unit_price=ZERO,
                    tax_class=line.tax_class)  # fmt: skip
    if line.key is None:
        words = translate(_("Down payment on order {number}"), order.language,
                          number=order.number)  # fmt: skip
        return Line(ITEM, description=words, quantity=Decimal(1), unit_price=line.base,
                    tax_class=line.tax_class, pinned=True)  # fmt: skip
    return sold(rows[line.key], line.quantity)


def sold(row: Row, quantity: Decimal) -> Line:
    """So much of a line of an order or invoice, with its price and its share of a discount."""
    part = row["discount_amount"] * quantity / (row["quantity"] or 1)
    return Line(
        row["kind"], product=row["product_id"], sku=row["sku"] or "",
        description=row["description"] or "", detail=row["detail"] or "", quantity=quantity,
        unit=row["unit"] or "", factor=row["factor"] or Decimal(1), unit_price=row["unit_price"],
        pinned=True, price_reason=row["price_reason"] or "",
        discount_percent=row["discount_percent"] or ZERO, discount_amount=rounded(part, 4),
        tax_class=row["tax_class"], cost=row.get("cost"),
    )  # fmt: skip


def count(uow: UnitOfWork, quantities: Mapping[int, Decimal]) -> None:
    """Count more of an order's lines as invoiced, or less."""
    lines = sorted(quantities)
    by = [to_scaled(quantities[each]) for each in lines]
    if not lines:
        return
    if not uow.is_embedded:
        service.bill_lines(uow.connection, lines, by)
        return
    uow.connection.exec_driver_sql(
        "UPDATE sales_order_line SET invoiced = invoiced + ? WHERE id = ?",
        list(zip(by, lines, strict=True)),
    )
