"""Credit notes: an invoice taken back, whole or in part."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import billed, invoice_drafts, stored
from controllers.documents.billed import CREDIT, Row
from controllers.documents.stored import Stored
from models.rules import billing
from models.values.billing import Agreed, Bill, SoFar
from models.values.documents import Draft
from models.values.errors import DomainError
from models.values.money import ZERO
from resources.languages import marked as _

KIND = "invoice"

Parts = Mapping[int, Decimal]
"""Quantities by the id of the invoice's line."""


@needs("invoices.change")
def new(
    uow: UnitOfWork,
    key: str | int,
    parts: Parts | None = None,
    *,
    reason: str = "",
    again: bool = False,
) -> Draft:
    """A draft of a credit note: of what is left of an invoice, or of parts of its lines.

    `again` opens what is credited for another invoice. DomainError where the invoice is not
    issued, or more would be credited than is left.
    """
    invoice = stored.find(uow, KIND, key)
    if invoice.draft.state != "issued" or invoice.row["type"] == CREDIT:
        message = _("{number} is no issued invoice, so there is nothing to credit.")
        raise DomainError(message, field="state", number=invoice.name)
    agreed, rows, so_far = billed.of_invoice(uow, invoice)
    wanted = parts if parts is not None else _uncredited(agreed, so_far)
    terms = billed.terms_of(uow, invoice)
    left = invoice.row["total"] - billed.credited_total(uow, invoice.id)
    made = billing.credit(agreed, so_far, wanted, terms, invoice.row["rounding"], left)
    return _credited_draft(uow, invoice, rows, made, reason, again=again)


def _uncredited(agreed: Sequence[Agreed], so_far: SoFar) -> dict[int, Decimal]:
    found = {}
    for each in agreed:
        done = so_far.shares[each.key].quantity if each.key in so_far.shares else ZERO
        if not each.is_deduction and each.quantity > done:
            found[each.key] = each.quantity - done
    return found


def _credited_draft(
    uow: UnitOfWork,
    invoice: Stored,
    rows: Mapping[int, Row],
    made: Bill,
    reason: str,
    *,
    again: bool,
) -> Draft:
    known = [rows[each.key or 0] for each in made.lines]
    lines = tuple(
        replace(invoice_drafts.sold(row, each.quantity), kind=row["kind"])
        for row, each in zip(known, made.lines, strict=True)
    )
    values = [
        {
            "order_line_id": row["order_line_id"],
            "source_id": row["source_id"], "credited_line_id": row["id"],
            "recounted": again and row["order_line_id"] is not None,
        }
        for row, each in zip(known, made.lines, strict=True)
    ]  # fmt: skip
    if again:
        invoice_drafts.count(uow, {
            row["order_line_id"]: -each.quantity
            for row, each in zip(known, made.lines, strict=True)
            if row["order_line_id"] is not None and each.quantity
        })  # fmt: skip
    draft = replace(invoice_drafts.head(uow, invoice), lines=lines)
    return invoice_drafts.insert(
        uow, draft, made, invoice, values, type=CREDIT, order_id=invoice.row["order_id"],
        credits_id=invoice.id, reason=reason or None, due=draft.date,
    )  # fmt: skip


def apply(uow: UnitOfWork, note: Stored) -> None:
    """Count an issued credit note against its invoice."""
    invoice = stored.find(uow, KIND, note.row["credits_id"])
    credited = invoice.row["credited"] + note.row["total"]
    if credited > invoice.row["total"]:
        message = _("{note} would credit more than {number} came to.")
        raise DomainError(message, note=note.name, number=invoice.name)
    stored.set_columns(uow, KIND, invoice, credited=credited)
