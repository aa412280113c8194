"""Taxes at the foot of a document: which lines pay which rate, and what an amount comes to.

A tax is reckoned per rate on all that pays it: exact net × numerator / denominator × rate, rounded
once, half up (PER-11/PJ/2025 Art. 129). Amounts here are whole units of a document's last decimal.
"""

from typing import NamedTuple

from models.rules.pricing_checks import PERCENT
from models.rules.pricing_lines import half_up
from models.values.documents import TaxPreset

FULL_BASE = frozenset(("luxury",))
"""Tax classes whose base is always the full price (PMK 131/2024 Art. 2)."""

UNTAXED = "exempt"


class TaxGroup(NamedTuple):
    """One rate of a document: what all lines of it pay. The highest rate stands first."""

    rate: int
    """In ten-thousandths of a percent."""
    is_full_base: bool
    numerator: int
    denominator: int

    def tax(self, amount: int, *, included: bool) -> int:
        """The tax of an amount, which holds it already where prices include the tax."""
        part = self.rate * self.numerator
        return half_up(amount * part, PERCENT * self.denominator + (part if included else 0))

    def base(self, amount: int, *, included: bool) -> int:
        """The base that is shown for an amount."""
        extra = self.rate * self.numerator if included else 0
        return half_up(amount * PERCENT * self.numerator, PERCENT * self.denominator + extra)


def tax_group(tax_class: str, preset: TaxPreset) -> TaxGroup | None:
    """The group of a tax class; None where its lines pay no tax."""
    if tax_class == UNTAXED:
        return None
    rates = {each.tax_class: each.rate for each in preset.rates}
    rate = rates.get(tax_class, rates.get("standard"))
    if rate is None:
        return None
    full = tax_class in FULL_BASE
    return TaxGroup(
        int(rate.scaleb(4)),
        full,
        1 if full else preset.base_numerator,
        1 if full else preset.base_denominator,
    )
