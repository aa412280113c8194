"""Numbers and dates as a paper prints them in each language, without any locale of the machine."""

from datetime import date, datetime
from decimal import Decimal

from reports.kit.wording import MONTHS, symbol

_FORMS = tuple(f",.{decimals}f" for decimals in range(40))
_SWAPPED = str.maketrans(",.", ".,")
_MINUS = "\N{MINUS SIGN}"


def number(value: Decimal, decimals: int, language: str) -> str:
    """A figure with grouped thousands: ``1.234.567,50`` in Indonesian, ``1,234,567.50`` else."""
    text = format(value, _FORMS[decimals])
    if text[0] == "-":
        text = _MINUS + text[1:]
    return text.translate(_SWAPPED) if language == "id" else text


def price(value: Decimal, decimals: int, language: str) -> str:
    """A unit price with at least `decimals`; finer decimals are kept, trailing zeros are not."""
    return number(value, max(decimals, _needed(value)), language)


def quantity(value: Decimal, language: str) -> str:
    """A quantity with as many decimals as it needs."""
    text = str(value)
    if len(text) < 4 and text.isdigit():
        return text
    return number(value, _needed(value), language)


def money(value: Decimal, currency: str, decimals: int, language: str) -> str:
    """An amount with its sign in front: ``Rp1.234``, ``−RM50.00``, ``CHF 12.00``."""
    sign = symbol(currency)
    gap = " " if sign == currency else ""
    minus = _MINUS if value < 0 else ""
    return f"{minus}{sign}{gap}{number(abs(value), decimals, language)}"


def day(value: date, language: str) -> str:
    """A date in words: ``14 Maret 2026``."""
    months = MONTHS.get(language, MONTHS["en"])
    return f"{value.day} {months[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """A date in figures, day first as in all three languages: ``14/03/2026``."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def moment(value: datetime, language: str) -> str:
    """A point in time in figures; Indonesian writes the hour with a full stop."""
    mark = "." if language == "id" else ":"
    return f"{short_day(value)} {value.hour:02d}{mark}{value.minute:02d}"


def _needed(value: Decimal) -> int:
    text = str(value)
    if text.isdigit():
        return 0
    return len(f"{value:f}".partition(".")[2].rstrip("0"))
