"""Pricing of a single line, and the exact arithmetic that lines and foot share.

Every sum is a whole number of the smallest unit; halves are rounded away from zero.
"""

from collections.abc import Sequence
from decimal import Decimal

from models.rules.pricing_checks import LARGEST, LARGEST_QUANTITY, PERCENT, whole
from models.values.documents import Draft, Line, PricedLine
from models.values.money import SCALE, ZERO

_NO_FIGURES = PricedLine()
_SQUARE, _CUBE = SCALE**2, SCALE**3
_LARGEST_GROSS = LARGEST * SCALE
_REFUSED = -1


class LineFigures:
    """What a line comes to by itself, in units of the document's last decimal.

    It remembers the figures it gave last, since most lines keep theirs while one is typed.
    """

    __slots__ = ("_last", "_net", "_tax", "amount", "amount_money", "cost", "discount_money")

    def __init__(self, amount: int, gross: int, cost: int | None, places: int) -> None:
        self.amount, self.cost = amount, cost
        self.amount_money = money(amount, places)
        self.discount_money = money(gross - amount, places) if gross != amount else ZERO
        self._net, self._tax, self._last = -1, -1, _NO_FIGURES

    def priced(self, net: int, tax: int, places: int, counted: bool) -> PricedLine:
        """The line's figures with its share of discount and tax."""
        if net != self._net or tax != self._tax:
            self._net, self._tax = net, tax
            self._last = PricedLine(
                self.amount_money,
                money(net, places),
                money(tax, places),
                self.discount_money,
                margin(net, self.cost) if counted and self.cost is not None else None,
            )
        return self._last


def money(units: int, places: int) -> Decimal:
    """The amount of so many units of 10**-places."""
    return Decimal(units).scaleb(-places) if places else Decimal(units)


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """`total` shared out in proportion to `weights` by largest remainder; the first of equals wins.

    Weights are not negative; with `total` no larger than their sum no share exceeds its weight.
    """
    whole_weight = sum(weights)
    if not total or not whole_weight:
        return [0] * len(weights)
    parts = [divmod(total * weight, whole_weight) for weight in weights]
    given = [quotient for quotient, _ in parts]
    missing = total - sum(given)
    if missing:
        order = sorted(range(len(parts)), key=lambda row: parts[row][1], reverse=True)
        for row in order[:missing]:
            given[row] += 1
    return given


def half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number of a fraction, halves away from zero."""
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def line_places(draft: Draft) -> int | None:
    """Decimals of line amounts within what can be stored."""
    return None if draft.line_decimals is None else min(max(draft.line_decimals, 0), 4)


def reckon(line: Line, decimals: int, places: int) -> LineFigures | None:
    """The figures of a line in units of 10**-places, rounded to `decimals`; None if refused."""
    quantity, price = whole(line.quantity), whole(line.unit_price)
    percent, off = whole(line.discount_percent), whole(line.discount_amount)
    cost = _cost(line, quantity or 0, 10**places)
    if quantity is None or price is None or percent is None or off is None or cost is _REFUSED:
        return None
    gross = quantity * price
    left = gross * (PERCENT - percent) - off * SCALE * PERCENT
    sound = 0 <= quantity <= LARGEST_QUANTITY and 0 <= price <= LARGEST and off >= 0
    if not sound or not 0 <= percent <= PERCENT or left < 0 or gross > _LARGEST_GROSS:
        return None
    step, up = 10**decimals, 10 ** (places - decimals)
    full = half_up(gross * step, _SQUARE) * up
    amount = half_up(left * step, _SQUARE * PERCENT) * up if percent or off else full
    return LineFigures(amount, full, cost, places)


def _cost(line: Line, quantity: int, step: int) -> int | None:
    """What the line's goods cost, in units of 1/step; _REFUSED where that is no sensible sum."""
    factor = whole(line.factor)
    if factor is None or not 0 < factor <= LARGEST_QUANTITY:
        return _REFUSED
    if line.cost is None:
        return None
    cost = whole(line.cost)
    if cost is None or not 0 <= cost <= LARGEST or quantity * cost * factor > LARGEST * _SQUARE:
        return _REFUSED
    return half_up(quantity * cost * factor * step, _CUBE)


def margin(net: int, cost: int) -> Decimal | None:
    return Decimal(half_up((net - cost) * 10_000, net)).scaleb(-2) if net else None
