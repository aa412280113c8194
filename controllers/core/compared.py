"""What a list is narrowed by, as the database takes it: typed by the field, or refused in words.

A text is never more than a text. What no stored text can hold, and what is no number where numbers
are compared, is refused the same on both engines, which would answer it each in its own way.
"""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from models.values.errors import DomainError
from models.values.fields import NUMBER_KINDS, SCALED_KINDS, Field, FieldKind
from models.values.money import SCALE, to_scaled
from resources.languages import marked as _

_LARGEST = 2**63 // SCALE - 1

_LONGEST_PATTERN = 50_000
"""Bytes; SQLite compares with no longer one (SQLITE_MAX_LIKE_PATTERN_LENGTH)."""

_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def escaped(text: str) -> str:
    """A text of which no sign means anything to LIKE."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def plain(text: str) -> str:
    """A text as it is; DomainError where it holds what no text in the database can."""
    if "\0" in text or (not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)):
        shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:40])
        raise DomainError(
            _("“{value}” holds signs that no text has; write it without them."), value=shown
        )
    return text


def pattern(field: Field, operator: str, value: Any) -> str:
    """What a text field that ``contains`` or ``starts`` with a text is like."""
    if field.kind in (*NUMBER_KINDS, FieldKind.BOOLEAN, FieldKind.PICTURE):
        raise _unlike(field, value)
    made = f"{'%' if operator == 'contains' else ''}{escaped(plain(str(value)))}%"
    if len(made.encode()) > _LONGEST_PATTERN:
        raise _unlike(field, value)
    return made


def bound(field: Field, value: Any) -> Any:
    """The value a field is compared with; DomainError where it is of another kind."""
    if value is None or isinstance(value, bool):
        return value
    if field.kind is FieldKind.BOOLEAN:
        return _truth(field, value)
    if field.kind in NUMBER_KINDS:
        return _number(field, value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if field.kind is FieldKind.PICTURE:
        raise _unlike(field, value)
    return plain(value) if isinstance(value, str) else value


def _truth(field: Field, value: Any) -> bool:
    found = _TRUTH.get(plain(str(value)).strip().lower())
    if found is None:
        raise _unlike(field, value)
    return found


def _number(field: Field, value: Any) -> int:
    """A whole number, or the ten-thousandths of an amount, within what a column holds."""
    try:
        number = Decimal(plain(str(value)).strip())
    except InvalidOperation:
        raise _unlike(field, value) from None
    if not number.is_finite() or abs(number) > _LARGEST:
        raise _unlike(field, value)
    if field.kind in SCALED_KINDS:
        return to_scaled(number)
    if number != int(number):
        raise _unlike(field, value)
    return int(number)


def _unlike(field: Field, value: Any) -> DomainError:
    return DomainError(
        _("{label} cannot be compared with “{value}”; write another value."),
        field=field.name, label=field.label, value=str(value)[:40],
    )  # fmt: skip
