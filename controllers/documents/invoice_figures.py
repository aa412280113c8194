"""The foot of a stored invoice: its taxes and deductions, summed from its lines."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import billed, stored
from models.rules.taxation import TaxGroup
from models.storage.tables import TABLES
from models.values.documents import DEDUCTION, TaxAmount
from models.values.money import ZERO


@dataclass(frozen=True, slots=True)
class InvoiceTotals:
    """What stands below the lines of an invoice."""

    subtotal: Decimal
    discount: Decimal
    deducted: Decimal
    """Down payments taken off, without a sign."""
    taxes: tuple[TaxAmount, ...]
    rounding: Decimal
    total: Decimal


def totals(uow: UnitOfWork, key: str | int) -> InvoiceTotals:
    """The figures at the foot of an invoice or credit note."""
    document = stored.find(uow, "invoice", key)
    terms = billed.terms_of(uow, document)
    line = TABLES["invoice_line"]
    query = select(
        line.c.kind, line.c.tax_class, line.c.billed, line.c.net, line.c.tax_amount
    ).where(line.c.invoice_id == document.id)
    groups: dict[TaxGroup, list[Decimal]] = {}
    deducted = ZERO
    for row in uow.connection.execute(query):
        if row.kind == DEDUCTION:
            deducted -= row.billed
        group = terms.group(row.tax_class)
        if group is not None:
            sums = groups.setdefault(group, [ZERO, ZERO, ZERO])
            for at, figure in enumerate((row.billed, row.net, row.tax_amount)):
                sums[at] += figure
    included = terms.preset.included
    taxes = tuple(
        TaxAmount(
            terms.preset.label, Decimal(group.rate).scaleb(-4), net,
            terms.money(group.base(terms.units(base), included=included)), tax,
        )
        for group, (base, net, tax) in sorted(groups.items(), reverse=True)
    )  # fmt: skip
    head = document.row
    return InvoiceTotals(
        head["subtotal"], head["discount"], deducted, taxes, head["rounding"], head["total"]
    )
