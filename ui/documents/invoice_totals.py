"""The figures at the foot of an invoice: what it comes to and what was paid of it."""

from collections.abc import Iterator
from decimal import Decimal

from models.values.money import currency_decimals
from resources.languages import marked as _
from ui.documents.reading import Reading
from ui.documents.totals import Sum, SumsCard
from ui.kit.language import tr


class InvoiceTotals(SumsCard):
    """As they are stored; nothing is reckoned here."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        super().__init__(reading.changed)

    def _money(self, amount: Decimal) -> str:
        decimals = currency_decimals(self._reading.draft.currency)
        return self._reading.style.number(amount, decimals)

    def reckoned(self) -> Iterator[Sum]:
        if not self._reading.is_loaded:
            return
        sheet, style = self._reading.value, self._reading.style
        totals = sheet.totals
        yield Sum(tr(_("Subtotal")), self._money(totals.subtotal))
        for label, amount in ((_("Discount"), totals.discount),
                              (_("Less down payments"), totals.deducted)):  # fmt: skip
            if amount:
                yield Sum(tr(label), self._money(-amount))
        for tax in totals.taxes:
            if tax.base != tax.net:
                yield Sum(tr(_("Tax base")), self._money(tax.base))
            yield Sum(f"{tax.name} {style.number(tax.rate)}%", self._money(tax.amount))
        if totals.rounding:
            yield Sum(tr(_("Rounding")), self._money(totals.rounding))
        total = tr(_("Total {currency}"), currency=self._reading.draft.currency)
        yield Sum(total, self._money(totals.total), "strong")
        yield from self._settled()

    def _settled(self) -> Iterator[Sum]:
        found = self._reading.value.invoice
        for label, amount in ((_("Paid"), found.paid), (_("Withheld"), found.withheld),
                              (_("Credited"), found.credited),
                              (_("Written off"), found.adjusted)):  # fmt: skip
            if amount:
                yield Sum(tr(label), self._money(-amount))
        if found.state == "issued" and found.type != "credit_note":
            tone = "bad" if found.payment == "overdue" else ""
            yield Sum(tr(_("Still open")), self._money(found.open), tone)
