"""Which rules ask for somebody's consent to a quotation, and by what figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from models.rules.terms import payment_days
from models.values.documents import Priced
from models.values.money import HUNDRED, ZERO, rounded

DISCOUNT, MARGIN, TOTAL, DAYS = "discount_percent", "margin_percent", "total", "payment_days"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it is written down; empty role and team mean everybody's quotations."""

    name: str
    measure: str
    threshold: Decimal
    currency: str = ""
    role: str = ""
    team: str = ""
    level: int = 1
    approver_role: str = ""
    approver: int | None = None
    """One person, by id, in the place of a role."""
    remind_days: int = 1

    def is_for(self, role: str, team: str) -> bool:
        """Whether it holds for what a person of a role and team writes."""
        return self.role in ("", role) and self.team in ("", team)

    def is_hit(self, figure: Decimal) -> bool:
        """Whether a figure needs consent: a margin under the threshold, any other over it."""
        return figure < self.threshold if self.measure == MARGIN else figure > self.threshold

    def is_no_worse(self, figure: Decimal, agreed: Decimal) -> bool:
        """Whether a figure lies within what was agreed to earlier."""
        return figure >= agreed if self.measure == MARGIN else figure <= agreed


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that a quotation falls under; the figure is None where it may not be seen."""

    rule: Rule
    figure: Decimal | None


def figures(priced: Priced) -> dict[str, Decimal]:
    """What rules measure of a quotation; the margin is left out where no cost is known."""
    found = {
        DISCOUNT: discount_percent(priced),
        TOTAL: priced.totals.total,
        DAYS: Decimal(payment_days(priced.draft.payment_term)),
    }
    if priced.totals.margin_percent is not None:
        found[MARGIN] = priced.totals.margin_percent
    return found


def discount_percent(priced: Priced) -> Decimal:
    """What all discounts together take off the prices of what is sold, in percent, two decimals."""
    gross = sum(
        (line.quantity * line.unit_price for line in priced.draft.lines
         if line.counts and not line.optional), ZERO,
    )  # fmt: skip
    if not gross:
        return ZERO
    left = priced.totals.subtotal - priced.totals.discount
    return rounded(max(gross - left, ZERO) / gross * HUNDRED, 2)


def hits(
    rules: Iterable[Rule], known: dict[str, Decimal], currency: str, role: str, team: str
) -> tuple[Hit, ...]:
    """The rules a quotation falls under, the lowest level first; a limit on the total counts in its
    own currency alone.
    """
    found = [
        Hit(rule, known[rule.measure])
        for rule in rules
        if rule.is_for(role, team)
        and (rule.measure != TOTAL or rule.currency == currency)
        and rule.measure in known
        and rule.is_hit(known[rule.measure])
    ]
    return tuple(sorted(found, key=lambda each: (each.rule.level, each.rule.name)))
