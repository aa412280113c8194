"""How much to buy: what is missing to the reorder level, in the usual quantity or more."""

from decimal import Decimal

from models.rules.promise import Outlook
from models.values.money import ZERO


def suggested(outlook: Outlook, level: Decimal, lot: Decimal) -> Decimal:
    """Stock units to buy; 0 where what is free and expected reaches the level.

    `level` is the stock below which is bought, `lot` what is usually bought at once.
    """
    expected = sum((units for _day, units in outlook.receipts), ZERO)
    there = outlook.free + expected - outlook.owed
    if there >= level:
        return ZERO
    return max(lot, level - there)
