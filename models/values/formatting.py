"""How figures and days are written and read: a person's own choice, apart from the language."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from models.values.currencies import SCALE, currency_decimals
from models.values.errors import DomainError
from models.values.fields import SCALED_KINDS, Field, FieldKind
from resources.languages import marked as _
from resources.languages import translator

if TYPE_CHECKING:
    from decimal import Decimal

_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "id": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split(),
    "ms": "Jan Feb Mac Apr Mei Jun Jul Ogo Sep Okt Nov Dis".split(),
}


class Style(NamedTuple):
    """How one person reads figures and days."""

    language: str = "en"
    decimal: str = "."
    group: str = ","
    date_order: str = "dmy"

    @classmethod
    def of(cls, language: str) -> "Style":
        """The usual style of a language (CLDR): Indonesian swaps point and comma."""
        if language == "id":
            return cls("id", ",", ".", "dmy")
        return cls(language)

    def number(self, value: "Decimal | int", decimals: int | None = None) -> str:
        """A figure with groups; `decimals` None shows what there is."""
        text = f"{value:,f}" if decimals is None else f"{value:,.{decimals}f}"
        if decimals is None and "." in text:
            text = text.rstrip("0").rstrip(".")
        return self._signs(text)

    def _signs(self, text: str) -> str:
        if text.startswith("-"):
            text = "\N{MINUS SIGN}" + text[1:]
        if (self.decimal, self.group) == (".", ","):
            return text
        return text.translate(str.maketrans(".,", self.decimal + self.group))

    def day(self, value: dt.date) -> str:
        """A date as ``21 Nov 2026``."""
        return f"{value.day} {_MONTHS[self.language][value.month - 1]} {value.year}"

    def parse_number(self, text: str, field: str = "") -> "Decimal":
        """The figure a person typed in this style; DomainError names the text and the style."""
        from decimal import Decimal

        compact = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\N{MINUS SIGN}", "-")
        group, mark = re.escape(self.group), re.escape(self.decimal)
        pattern = rf"[-+]?(\d{{1,3}}({group}\d{{3}})+|\d+)?({mark}\d+)?"
        if not compact or compact in "+-" or not re.fullmatch(pattern, compact):
            raise DomainError(
                _("“{text}” is no number here; write it like {example}."),
                field=field,
                text=text,
                example=self.number(Decimal("1234.5"), 1),
            )
        return Decimal(compact.replace(self.group, "").replace(self.decimal, "."))

    def parse_day(self, text: str, field: str = "") -> dt.date:
        """The day a person typed: ISO, three numbers in this order, or day, month name, year."""
        parts = re.findall(r"\d+|[^\W\d_]+", text)
        try:
            return self._day_of(parts)
        except (ValueError, IndexError, KeyError):
            raise DomainError(
                _("“{text}” is no date here; write it like {example}."),
                field=field,
                text=text,
                example={"dmy": "31/12/2026", "mdy": "12/31/2026", "ymd": "2026/12/31"}[
                    self.date_order
                ],
            ) from None

    def _day_of(self, parts: list[str]) -> dt.date:
        if len(parts) != 3:
            raise ValueError(parts)
        if len(parts[0]) == 4:
            year, month, day = int(parts[0]), parts[1], int(parts[2])
        else:
            named = dict(zip(self.date_order, parts, strict=True))
            year, month, day = int(named["y"]), named["m"], int(named["d"])
        if year < 100:
            year += 2000
        return dt.date(year, _month(month), day)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    start = text[:3].title()
    for names in _MONTHS.values():
        if start in names:
            return names.index(start) + 1
    raise KeyError(text)


Formatter = Callable[[Any, str], str]
"""From a raw value and its currency to the text that is shown."""


def formatter(field: Field, style: Style) -> Formatter:
    """The formatter of one field for raw values of a list."""
    if field.kind is FieldKind.MONEY:
        return _money(style)
    if field.kind in SCALED_KINDS:
        suffix = "%" if field.kind is FieldKind.PERCENT else ""
        return lambda value, _currency: (
            _scaled(value, style) + (suffix if value is not None else "")
        )
    if field.kind in (FieldKind.CHOICE, FieldKind.STATE):
        say = translator(style.language)
        labels = {code: say(label) for code, label in field.choices}
        return lambda value, _currency: labels.get(value, value or "")
    return _plain(field.kind, style)


def _plain(kind: FieldKind, style: Style) -> Formatter:
    if kind is FieldKind.DATE:
        return lambda value, _currency: style.day(dt.date.fromisoformat(value)) if value else ""
    if kind is FieldKind.MOMENT:
        return lambda value, _currency: _moment(value, style) if value else ""
    if kind is FieldKind.BOOLEAN:
        return lambda value, _currency: "✓" if value else ""
    return lambda value, _currency: "" if value is None else str(value)


def _moment(value: str, style: Style) -> str:
    return moment(dt.datetime.fromisoformat(value), style)


def moment(value: dt.datetime, style: Style) -> str:
    """A point in time in the person's own zone: ``21 Nov 2026 15:04``."""
    local = value.astimezone()
    return f"{style.day(local.date())} {local:%H:%M}"


def _scaled(value: int | None, style: Style) -> str:
    if value is None:
        return ""
    whole, rest = divmod(abs(value), SCALE)
    text = f"{whole:,}" + (f".{rest:04}".rstrip("0") if rest else "")
    return style._signs(f"-{text}" if value < 0 else text)


def _money(style: Style) -> Formatter:
    def text(value: int | None, currency: str) -> str:
        if value is None:
            return ""
        decimals = currency_decimals(currency) if currency else 2
        rest = 10 ** (4 - decimals)
        if value % rest:
            return _scaled(value, style)
        whole, fraction = divmod(abs(value) // rest, 10**decimals)
        plain = f"{whole:,}.{fraction:0{decimals}}" if decimals else f"{whole:,}"
        return style._signs(f"-{plain}" if value < 0 else plain)

    return text


def format_rows(
    fields: Sequence[Field], rows: Iterable[Sequence[Any]], style: Style, *, currency: bool
) -> list[tuple[str, ...]]:
    """Shown texts of raw list rows (without the id); `currency` says that each row ends in one."""
    formatters = [formatter(each, style) for each in fields]
    if not currency:
        return [
            tuple(write(value, "") for write, value in zip(formatters, row[1:], strict=True))
            for row in rows
        ]
    return [
        tuple(
            write(value, row[-1] or "") for write, value in zip(formatters, row[1:-1], strict=True)
        )
        for row in rows
    ]
