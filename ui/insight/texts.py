"""How the values of a report are written on the screen."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from models.values.formatting import Style
from resources.languages import marked as _
from ui.kit.language import tr

Write = Callable[[Any], str]


def writer(kind: str, places: int, style: Style) -> Write:
    """The function that writes the values of one kind of column; None is empty."""
    if kind == "month":
        return lambda value: month(value, style)
    if kind in ("money", "percent"):
        suffix = "%" if kind == "percent" else ""
        return lambda value: "" if value is None else style.number(value, places) + suffix
    if kind in ("integer", "quantity"):
        return lambda value: "" if value is None else style.number(value)
    if kind == "date":
        return lambda value: style.day(value) if value else ""
    return lambda value: plain(value, style)


def month(value: Any, style: Style) -> str:
    """``2026-11`` as ``Nov 2026``; other texts as they are."""
    try:
        first = dt.date.fromisoformat(f"{value}-01")
    except ValueError:
        return plain(value, style)
    return style.day(first).split(" ", 1)[1]


def plain(value: Any, style: Style) -> str:
    """A value of any kind; an empty text is a dash, as a group without a name is."""
    if value == "":
        return "–"
    if isinstance(value, bool):
        return tr(_("Yes")) if value else tr(_("No"))
    if isinstance(value, (Decimal, int)):
        return style.number(value)
    if isinstance(value, dt.datetime):
        return f"{style.day(value.date())} {value:%H:%M}"
    return "" if value is None else str(value)


def order(value: Any) -> tuple[bool, Any]:
    """What a column is sorted by: nothing stands last."""
    if value is None:
        return (True, 0)
    return (False, value.casefold() if isinstance(value, str) else value)
