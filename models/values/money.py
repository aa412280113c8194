"""Exact amounts, and the one way a figure is rounded."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from models.values.currencies import SCALE, currency_decimals, decimals_by_currency

__all__ = [
    "HUNDRED",
    "SCALE",
    "ZERO",
    "currency_decimals",
    "decimals_by_currency",
    "from_scaled",
    "plain",
    "rounded",
    "shortest",
    "to_scaled",
]

ZERO = Decimal(0)
HUNDRED = Decimal(100)


@cache
def _step(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def rounded(amount: Decimal, decimals: int) -> Decimal:
    """Round half away from zero, as PER-11/PJ/2025 Art. 129 asks of Indonesian tax amounts."""
    return amount.quantize(_step(decimals), ROUND_HALF_UP)


def to_scaled(amount: Decimal) -> int:
    """Whole ten-thousandths of an amount; finer parts are rounded half up."""
    return int(amount.scaleb(4).to_integral_value(ROUND_HALF_UP))


def from_scaled(number: int) -> Decimal:
    """The amount behind stored ten-thousandths, with its four decimals."""
    return Decimal(number).scaleb(-4)


def shortest(number: int, decimals: int = 0) -> Decimal:
    """The amount behind stored ten-thousandths with no more decimals than it needs."""
    for places in range(decimals, 4):
        step = 10 ** (4 - places)
        if number % step == 0:
            return Decimal(number // step).scaleb(-places)
    return from_scaled(number)


def plain(amount: Decimal, decimals: int = 0) -> str:
    """An amount as plain decimal text with at least this many decimals: ``15750000.00``."""
    text = format(amount.normalize() if amount else ZERO, "f")
    whole, _, fraction = text.partition(".")
    fraction = fraction.ljust(decimals, "0")
    return f"{whole}.{fraction}" if fraction else whole
