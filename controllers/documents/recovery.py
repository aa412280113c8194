"""A draft as text, so that what was typed outlives a crash."""

import datetime as dt
import json
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from models.values.documents import Draft, Line
from models.values.errors import DomainError
from resources.languages import marked as _

_FORM = 1

_LINE_FIGURES = ("quantity", "factor", "unit_price", "discount_percent", "discount_amount", "cost")
_FIGURES = ("discount_percent", "discount_amount")
_DAYS = ("date", "valid_until")


def to_json(draft: Draft) -> str:
    """The whole draft; `from_json` gives an equal one."""
    return json.dumps({"form": _FORM, "draft": asdict(draft)}, default=str, ensure_ascii=False)


def from_json(text: str) -> Draft:
    """The draft of a saved text; DomainError where it is damaged or of another version."""
    try:
        saved = json.loads(text)
        if saved["form"] != _FORM:
            raise ValueError(saved["form"])
        return _draft(saved["draft"])
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise DomainError(
            _("The saved draft cannot be read ({reason}); it was left where it is."), reason=error
        ) from error


def _draft(saved: dict[str, Any]) -> Draft:
    lines = tuple(_line(each) for each in saved.pop("lines"))
    values = _known(Draft, _typed(saved, _FIGURES))
    for name in _DAYS:
        if values.get(name) is not None:
            values[name] = dt.date.fromisoformat(values[name])
    return Draft(lines=lines, **values)


def _line(saved: dict[str, Any]) -> Line:
    return Line(**_known(Line, _typed(saved, _LINE_FIGURES)))


def _typed(saved: dict[str, Any], figures: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: Decimal(value) if name in figures and value is not None else value
        for name, value in saved.items()
    }


def _known(kind: type, values: dict[str, Any]) -> dict[str, Any]:
    """Without names of other versions."""
    names = {each.name for each in fields(kind)}
    return {name: value for name, value in values.items() if name in names}
