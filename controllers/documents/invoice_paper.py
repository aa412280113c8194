"""A stored invoice or credit note as it is set on paper, in the customer's language."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, cast

from sqlalchemy import select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import frozen, invoice_figures, invoices, paper, stored
from controllers.documents.billed import CREDIT, DOWN, Row
from controllers.documents.invoice_figures import InvoiceTotals
from controllers.documents.invoices import ShownInvoice
from controllers.documents.wording import payment_term, words
from models.rules.words import in_words
from models.storage.tables import TABLES
from models.values.documents import DEDUCTION, Line, PricedLine
from models.values.money import ZERO, currency_decimals
from reports.documents import invoice as invoice_words
from reports.documents.data import (
    DocumentKind,
    DocumentLine,
    Invoicing,
    Language,
    PageSize,
    SalesDocument,
    TotalLine,
)

STAMPED_ABOVE = Decimal(5_000_000)
STAMP_DUTY = Decimal(10_000)
"""Receipts over Rp5,000,000 bear a stamp of Rp10,000 (UU 10/2020 Art. 3)."""

_KINDS = {CREDIT: "credit_note", DOWN: "down_payment"}


def document(uow: UnitOfWork, key: str | int) -> SalesDocument:
    """An invoice as its paper says it; a draft has no number yet."""
    found = invoices.shown(uow, key)
    row, draft = found.row, found.draft
    kept = stored.find(uow, "invoice", draft.id or 0).frozen or frozen.now(uow, draft)
    totals = invoice_figures.totals(uow, draft.id or 0)
    language = paper.spoken(draft.language)
    return SalesDocument(
        kind=cast("DocumentKind", _KINDS.get(found.type, "invoice")),
        language=language,
        date=draft.date,
        letterhead=paper.letterhead(uow, kept["seller"]),
        party=paper.party_of(kept, draft.language),
        lines=tuple(_lines(found)),
        totals=tuple(_totals(found, totals, kept, language)),
        currency=draft.currency,
        decimals=currency_decimals(draft.currency),
        number=draft.number,
        place=kept["seller"].get("place", ""),
        subject=draft.subject,
        opening=draft.opening,
        words=in_words(row["total"], draft.currency, language),
        terms=tuple(_terms(found)),
        closing=draft.closing,
        signer_name=kept["signer"].get("full_name", ""),
        signer_title=kept["signer"].get("job_title", ""),
        page_size=cast("PageSize", kept["seller"].get("page_size") or "A4"),
        invoicing=_invoicing(uow, found, kept),
    )


def _lines(found: ShownInvoice) -> Iterator[DocumentLine]:
    number = 0
    for row in found.lines:
        if row["kind"] == DEDUCTION:
            continue
        number += 1
        yield paper.item(found.draft, _line(row), PricedLine(row["amount"]), number)


def _line(row: Row) -> Line:
    return Line(
        row["kind"], sku=row["sku"] or "", description=row["description"] or "",
        detail=row["detail"] or "", quantity=row["quantity"], unit=row["unit"] or "",
        unit_price=row["unit_price"], discount_percent=row["discount_percent"] or ZERO,
        discount_amount=row["discount_amount"] or ZERO,
    )  # fmt: skip


def _totals(
    found: ShownInvoice, totals: InvoiceTotals, kept: dict[str, Any], language: Language
) -> Iterator[TotalLine]:
    """Subtotal, discount, down payments, taxes, total; then what was paid of it, and what is open.

    What was paid in advance stands before the tax, as the tax base is without it.
    """
    said, label = words(language), invoice_words.label
    included = bool(kept["tax"]["included"])
    if totals.discount or totals.taxes or totals.rounding or totals.deducted:
        yield TotalLine(said["subtotal"], totals.subtotal)
    if totals.discount:
        yield TotalLine(said["discount"], -totals.discount)
    for row in found.lines:
        if row["kind"] == DEDUCTION:
            yield TotalLine(row["description"], row["amount"])
    for tax in totals.taxes:
        yield from paper.tax_lines(tax, language, kept["tax"]["base_label"], included=included)
    if totals.rounding:
        yield TotalLine(said["rounding"], totals.rounding)
    yield TotalLine(said["total"], totals.total, strong=True)
    if found.paid or found.withheld:
        for name in ("paid", "withheld"):
            if getattr(found, name):
                yield TotalLine(label(name, language), -getattr(found, name))
        yield TotalLine(label("open", language), found.open)


def _terms(found: ShownInvoice) -> Iterator[tuple[str, str]]:
    draft, said = found.draft, words(found.draft.language)
    if draft.payment_term and found.type != CREDIT:
        yield said["payment"], payment_term(draft.payment_term, draft.language)
    yield from paper.written_terms(draft.terms)


def _invoicing(uow: UnitOfWork, found: ShownInvoice, kept: dict[str, Any]) -> Invoicing:
    ours, row = uow.settings, found.row
    is_credit = found.type == CREDIT
    stamped = ours.stamp_box and found.draft.currency == "IDR" and not is_credit
    return Invoicing(
        scheme=_scheme(kept),
        due=None if is_credit else found.due,
        order=found.order,
        deliveries=() if found.type == DOWN else _deliveries(uow, row["order_id"]),
        customer_order=found.draft.reference,
        corrects=found.credits,
        corrects_date=_date_of(uow, row["credits_id"]),
        reason=row["reason"] or "",
        qris="" if is_credit or found.draft.currency != "IDR" else ours.qris,
        stamp_duty=STAMP_DUTY if stamped and row["total"] > STAMPED_ABOVE else None,
        is_void=found.state == "void",
    )


def _scheme(kept: dict[str, Any]) -> Literal["", "PPN", "SST", "GST"]:
    code = kept["tax"].get("code", "")
    schemes: tuple[tuple[str, Literal["PPN", "SST", "GST"]], ...] = (
        ("ppn", "PPN"), ("sst", "SST"), ("gst", "GST"),
    )  # fmt: skip
    return next((scheme for start, scheme in schemes if code.startswith(start)), "")


def _deliveries(uow: UnitOfWork, order_id: int | None) -> tuple[str, ...]:
    table = TABLES["delivery"]
    query = select(table.c.number).where(
        table.c.order_id == order_id, table.c.direction == "out",
        table.c.state.in_(("shipped", "delivered")),
    )  # fmt: skip
    return tuple(uow.connection.execute(query.order_by(table.c.id)).scalars())


def _date_of(uow: UnitOfWork, invoice_id: int | None) -> dt.date | None:
    table = TABLES["invoice"]
    query = select(table.c.date).where(table.c.id == invoice_id)
    found: dt.date | None = uow.connection.execute(query).scalar_one_or_none()
    return found
