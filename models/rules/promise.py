"""When goods can be there: from what is free, what is expected, and how long a new supply takes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.values.money import ZERO


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known of a product's stock; quantities count stock units."""

    free: Decimal = ZERO
    """On hand and held for nobody."""
    owed: Decimal = ZERO
    """Ordered and confirmed before, and not held yet: it takes of what comes first."""
    receipts: tuple[tuple[dt.date, Decimal], ...] = ()
    """What is expected, by its day."""
    lead_days: int | None = None
    """How long a new supply takes; None where nobody knows."""
    is_stocked: bool = True


def promised(
    outlook: Outlook, quantity: Decimal, day: dt.date, today: dt.date, before: Decimal = ZERO
) -> dt.date | None:
    """The first day on or after `day` on which a quantity is there; None where it is unknown.

    `before` is what lines above it take. What is expected is waited for before anything new is
    bought; a receipt that is overdue counts for nothing until it has a new day.
    """
    if not outlook.is_stocked:
        return max(day, today + dt.timedelta(outlook.lead_days or 0))
    missing = before + quantity + outlook.owed - outlook.free
    if missing <= 0:
        return max(day, today)
    for due, units in sorted(outlook.receipts):
        if due < today:
            continue
        missing -= units
        if missing <= 0:
            return max(day, due)
    if outlook.lead_days is None:
        return None
    return max(day, today + dt.timedelta(outlook.lead_days))


def latest(days: Iterable[dt.date | None]) -> dt.date | None:
    """The day on which the last of them is there; None where one is unknown or there are none."""
    known: Sequence[dt.date | None] = tuple(days)
    if not known or None in known:
        return None
    return max(day for day in known if day is not None)
