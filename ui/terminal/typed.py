"""Types of options: plain decimals and ISO days, with one clear sentence for what is neither."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

import click


class _Decimal(click.ParamType[Decimal]):
    """A plain decimal such as 15750000.00; it is never read as a binary fraction."""

    def __init__(self, name: str, most: Decimal) -> None:
        self.name, self._most = name, most

    def convert(self, value: Any, param: Any, ctx: Any) -> Decimal:
        """The number; usage error for any other text."""
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) > self._most:
            self.fail(f"{value!r} is no plain decimal such as 15750000.00", param, ctx)
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -4:
            self.fail(f"{value!r} has more than four decimals", param, ctx)
        return number


class _Day(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> dt.date:
        """The day; usage error for any other text."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day as YYYY-MM-DD", param, ctx)


MONEY = _Decimal("amount", Decimal(10) ** 14)
PERCENT = _Decimal("percent", Decimal(100))
DAY = _Day()
