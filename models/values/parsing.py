"""From typed or imported text to a field's own value, and the checks one value can fail alone."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Context, Decimal, InvalidOperation
from functools import cache
from typing import Any

from models.values.errors import DomainError
from models.values.fields import NUMBER_KINDS, SCALED_KINDS, Field, FieldKind
from models.values.folding import letters
from models.values.formatting import Style
from models.values.money import plain
from resources.languages import LANGUAGES, translator
from resources.languages import marked as _

LONGEST_TEXT = 20_000
LARGEST = Decimal(10) ** 14

_NO_SINGLE = (list, tuple, dict)
_CERTAIN = Context(prec=15)
"""As many digits as a floating-point figure of a workbook or a script is certain of."""

_TRUE = frozenset(("1", "true", "yes", "y", "x", "✓", "ya", "benar", "betul"))
_FALSE = frozenset(("", "0", "false", "no", "n", "tidak", "salah", "-"))
_Parser = Callable[[Field, str, Style], Any]

EMAIL = r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+"
_EMAIL = re.compile(EMAIL)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def parse(field: Field, text: str, style: Style) -> Any:
    """The value of one field from text in a person's style; None where nothing was typed.

    Raises DomainError at the field.
    """
    text = printable(text).strip()
    if not text:
        return None
    read: _Parser = _PARSERS.get(field.kind, _text)
    return checked(field, read(field, text, style))


def unprintable(text: str) -> bool:
    """Whether a text holds control signs or signs that turn the direction of writing."""
    return _UNPRINTABLE.search(text) is not None


def printable(text: str) -> str:
    """A text with a blank for each sign that is not printed, and plain line ends."""
    return _UNPRINTABLE.sub(" ", text.replace("\r\n", "\n"))


def checked(field: Field, value: Any) -> Any:
    """A typed value, or a plain one from JSON, as the field keeps it; DomainError at the field."""
    if value is None or value == "":
        return None
    if isinstance(value, _NO_SINGLE) and field.kind is not FieldKind.TAGS:
        message = _("{label}: {text} is a list or an object; give one value.")
        raise _wrong(field, str(value)[:40], message)
    if field.kind in SCALED_KINDS:
        return _figure(field, value)
    special: Callable[[Field, Any], Any] = _CHECKS.get(field.kind, _checked_text)
    return special(field, value)


def written(field: Field, value: Any, style: Style) -> str:
    """A value as a person would type it in the same style."""
    if value is None:
        return ""
    if field.kind in NUMBER_KINDS:
        return style.number(Decimal(value)).replace("\N{MINUS SIGN}", "-")
    if isinstance(value, dt.date) and field.kind is FieldKind.DATE:
        return style.day(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def as_plain(field: Field, value: Any) -> Any:
    """A value for JSON: amounts as plain decimal text, dates as ISO text."""
    if isinstance(value, Decimal):
        return plain(value, 2 if field.kind is FieldKind.MONEY else 0)
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{len(value)} bytes" if isinstance(value, bytes) else value


def _text(_field: Field, text: str, _style: Style) -> Any:
    return text


def _number(field: Field, text: str, style: Style) -> Any:
    text = text.removesuffix("%") if field.kind is FieldKind.PERCENT else text
    return style.parse_number(re.sub(r"^(Rp|RM|S\$|\$|€)\s*", "", text), field.name)


def _day(field: Field, text: str, style: Style) -> Any:
    return style.parse_day(re.sub(r"^(\d{4}-\d\d?-\d\d?)[T ]\d.*$", r"\1", text), field.name)


def _choice(field: Field, text: str, _style: Style) -> Any:
    """The code of a choice, named by code or by its label in any language."""
    wanted = letters(text)
    for code, label in field.choices:
        names = {letters(code), *(letters(translator(each)(label)) for each in LANGUAGES)}
        if wanted in names:
            return code
    return text


_PARSERS: dict[FieldKind, _Parser] = {
    **dict.fromkeys(NUMBER_KINDS, _number),
    FieldKind.DATE: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.STATE: _choice,
}


def _figure(field: Field, value: Any) -> Decimal:
    try:
        if isinstance(value, bool):
            raise TypeError
        figure = Decimal(value) if not isinstance(value, float) else Decimal(str(value))
    except (InvalidOperation, ValueError, TypeError):
        raise _wrong(field, value, _("{label}: “{text}” is no number.")) from None
    if not figure.is_finite() or abs(figure) > LARGEST:
        raise _wrong(field, value, _("{label}: {text} is beyond what is kept (±10¹⁴)."))
    if _decimals(figure) > 4:
        figure = figure.normalize(_CERTAIN)
    if _decimals(figure) > 4:
        raise _wrong(field, value, _("{label}: {text} has more than four decimals; round it."))
    return figure


def _decimals(figure: Decimal) -> int:
    exponent = figure.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _checked_text(field: Field, value: Any) -> str:
    if isinstance(value, (bool, *_NO_SINGLE)):
        raise _wrong(field, str(value)[:40], _("{label}: “{text}” is no text."))
    text = str(value).strip()
    if len(text) > LONGEST_TEXT:
        raise _wrong(field, text[:20] + "…", _("{label}: the text is too long; shorten it."))
    if "\x00" in text:
        raise _wrong(field, text.replace("\x00", "␀"), _("{label}: “{text}” holds a null sign."))
    if _SURROGATE.search(text):
        shown = _SURROGATE.sub("␦", text)
        raise _wrong(field, shown, _("{label}: “{text}” is no valid Unicode; type it again."))
    return printable(text).strip()


def _checked_code(field: Field, value: Any) -> str:
    text = _checked_text(field, value)
    if "\n" in text or len(text) > 80:
        raise _wrong(
            field, text[:20], _("{label}: “{text}” must be one line of 80 letters at most.")
        )
    if field.name == "currency":
        if not is_currency(text.upper()):
            raise _wrong(field, text, _("{label}: “{text}” is no currency; write IDR, MYR or SGD."))
        return text.upper()
    return text


@cache
def is_currency(code: str) -> bool:
    """Whether ISO 4217 has, or had, this currency."""
    from babel.numbers import list_currencies

    return code in list_currencies()


def _checked_email(field: Field, value: Any) -> str:
    text = _checked_text(field, value)
    if not _EMAIL.fullmatch(text):
        raise _wrong(
            field, text, _("{label}: “{text}” is no e-mail address; write name@company.id.")
        )
    return text


def _checked_integer(field: Field, value: Any) -> int:
    figure = _figure(field, value)
    if figure != figure.to_integral_value():
        raise _wrong(field, value, _("{label}: {text} must be a whole number."))
    return int(figure)


def _checked_day(field: Field, value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise _wrong(field, value, _("{label}: “{text}” is no date; write 2026-12-31.")) from None


def _checked_boolean(field: Field, value: Any) -> bool:
    text = str(value).strip().casefold()
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise _wrong(field, value, _("{label}: “{text}” is neither yes nor no."))


def _checked_choice(field: Field, value: Any) -> str:
    codes = [code for code, _label in field.choices]
    if value in codes:
        return str(value)
    raise DomainError(
        _("{label}: “{text}” is not possible; choose one of {choices}."),
        field=field.name,
        label=field.label,
        text=value,
        choices=", ".join(codes),
    )


def _checked_tags(field: Field, value: Any) -> str | None:
    words = value if isinstance(value, (list, tuple)) else str(value).split(",")
    cleaned = dict.fromkeys(_checked_text(field, each) for each in words)
    return ", ".join(each for each in cleaned if each) or None


def _checked_picture(field: Field, value: Any) -> bytes:
    if isinstance(value, bytes) and value.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return value
    raise _wrong(field, field.label, _("{label}: choose a PNG or JPEG file."))


def _checked_moment(field: Field, value: Any) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    try:
        return dt.datetime.fromisoformat(str(value)).astimezone(dt.UTC)
    except ValueError:
        raise _wrong(field, value, _("{label}: “{text}” is no time.")) from None


_CHECKS: dict[FieldKind, Callable[[Field, Any], Any]] = {
    FieldKind.CODE: _checked_code,
    FieldKind.EMAIL: _checked_email,
    FieldKind.INTEGER: _checked_integer,
    FieldKind.DATE: _checked_day,
    FieldKind.MOMENT: _checked_moment,
    FieldKind.BOOLEAN: _checked_boolean,
    FieldKind.CHOICE: _checked_choice,
    FieldKind.STATE: _checked_choice,
    FieldKind.TAGS: _checked_tags,
    FieldKind.PICTURE: _checked_picture,
}


def _wrong(field: Field, value: object, message: str) -> DomainError:
    return DomainError(message, field=field.name, label=field.label, text=value)
