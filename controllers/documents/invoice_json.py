"""Invoices, credit notes and payments as JSON: what scripts read."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import credit_notes, delivery_json, invoice_figures, invoices, payments
from controllers.documents.invoices import ShownInvoice
from controllers.documents.payments import ShownPayment
from controllers.documents.quotation_json import money, plain_value
from models.rules.words import in_words
from models.values.documents import DEDUCTION, Draft
from models.values.errors import DomainError
from models.values.money import plain
from resources.languages import marked as _

Values = dict[str, Any]

_HEAD = ("account", "date", "reference", "subject", "owner", "currency", "language", "tax",
         "payment_term", "notes")  # fmt: skip


def shown(uow: UnitOfWork, key: str | int) -> Values:
    """An invoice or credit note by its number or id, with its figures."""
    found = invoices.shown(uow, key)
    draft, row = found.draft, found.row
    totals = invoice_figures.totals(uow, key)
    head = {name: plain_value(getattr(draft, name)) for name in _HEAD}
    return {
        "id": draft.id, "number": draft.number or None, "type": found.type, "state": found.state,
        "payment": found.payment, "order": found.order or None, "credits": found.credits or None,
        "reason": row["reason"], **head, "due": plain_value(found.due),
        "tax_invoice": row["tax_invoice"],
        "lines": [_line(each) for each in found.lines],
        "subtotal": money(row["subtotal"]), "discount": money(row["discount"]),
        "deducted": money(totals.deducted), "tax_base": money(row["tax_base"]),
        "taxes": [
            {"name": each.name, "rate": plain(each.rate), "base": money(each.base),
             "amount": money(each.amount)}
            for each in totals.taxes
        ],
        "rounding": money(row["rounding"]), "total": money(row["total"]),
        "total_in_words": in_words(row["total"], draft.currency, draft.language),
        **{name: money(getattr(found, name))
           for name in ("paid", "withheld", "credited", "adjusted", "open")},
    }  # fmt: skip


def _line(row: Any) -> Values:
    figures = {"tax_class": row["tax_class"], "amount": money(row["amount"])}
    if row["kind"] == DEDUCTION:
        return {"deduction": row["description"], **figures}
    return {
        "product": row["sku"] or None, "description": row["description"],
        "quantity": plain(row["quantity"]), "unit": row["unit"],
        "unit_price": money(row["unit_price"]),
        "discount_percent": plain(row["discount_percent"]), **figures,
    }  # fmt: skip


@needs("invoices.change")
def credit(
    uow: UnitOfWork,
    key: str | int,
    given: Sequence[Any] | None = None,
    *,
    reason: str = "",
    again: bool = False,
    is_draft: bool = False,
) -> Draft:
    """Credit the given parts of an invoice, or what is left of it; a draft is not issued yet."""
    parts = None if given is None else parts_to_credit(uow, key, given)
    made = credit_notes.new(uow, key, parts, reason=reason, again=again)
    return made if is_draft else invoices.issue(uow, made.id or 0)


def parts_to_credit(uow: UnitOfWork, key: str | int, given: Sequence[Any]) -> dict[int, Decimal]:
    """Which quantities of an invoice's lines are credited, as a script says it by product."""
    found: ShownInvoice = invoices.shown(uow, key)
    parts: dict[int, Decimal] = {}
    for at, each in enumerate(given, 1):
        values = delivery_json.read_part(each, at)
        named = [row["id"] for row in found.lines
                 if values["name"] in (row["sku"], row["description"])
                 and row["id"] not in parts]  # fmt: skip
        if not named:
            message = _("Line {line} of the list: {number} has no “{name}”.")
            raise DomainError(
                message, field="product", line=at, number=found.number or key, name=values["name"]
            )
        parts[named[0]] = values["quantity"]
    return parts


def payment(uow: UnitOfWork, key: str | int) -> Values:
    """A payment by its number or id, with what it settles."""
    found: ShownPayment = payments.shown(uow, key)
    return {
        "id": found.id, "number": found.number, "account": found.account,
        "date": plain_value(found.date), "amount": money(found.amount),
        "currency": found.currency, "method": found.method, "reference": found.reference or None,
        "state": found.state, "withheld": money(found.withheld), "slip": found.slip or None,
        "allocated": money(found.allocated), "free": money(found.free),
        "invoices": [
            {"invoice": each.invoice, "amount": money(each.amount),
             "settled": money(each.settled or each.amount), "withheld": money(each.withheld),
             "adjusted": money(each.adjusted)}
            for each in found.lines
        ],
    }  # fmt: skip
