"""Whether a customer may have more on credit: the limit, what is owed, what is overdue."""

from dataclasses import dataclass
from decimal import Decimal

from models.values.money import ZERO

OFF, WARN, BLOCK, APPROVE = "off", "warn", "block", "approve"


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account owes, all in its own currency."""

    limit: Decimal | None = None
    """None where nobody set one."""
    open: Decimal = ZERO
    """Issued invoices that are not paid."""
    ordered: Decimal = ZERO
    """Confirmed orders that are not invoiced."""
    overdue: Decimal = ZERO
    """Of the open invoices those whose day has passed."""

    @property
    def used(self) -> Decimal:
        """How much of the limit is taken."""
        return self.open + self.ordered

    def excess(self, more: Decimal) -> Decimal:
        """By how much another order goes over the limit; 0 where it does not."""
        return ZERO if self.limit is None else max(ZERO, self.used + more - self.limit)
