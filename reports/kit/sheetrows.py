"""Rows of a worksheet as XML, made column by column at about the cost of a CSV file.

A block of rows is turned on its side; a column of one plain type becomes text in one go, any
other one cell by cell. Then every row is one joining of pieces. SpreadsheetML: ECMA-376, 18.3.1.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import repeat
from typing import Final, cast

LONGEST: Final = 32_767
"""UTF-16 units a cell may hold."""

_EPOCH: Final = 693_594
_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no zones
_FIRST_DAY: Final = 61
"""The first of March 1900; days before it are off by one in Excel and stay text."""
_DAY: Final = timedelta(days=1)
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS: Final = bytes(code for code in range(32) if code != 10) + b"\x7f"
_ESCAPE_LIKE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

Shaped = tuple[str, list[str], str]
"""What stands before the values of a column in their cells, the values, what stands behind."""


class Rows:
    """Turns blocks of rows into XML. `kinds` are those of the columns, `styles` the numbers of
    their cell formats. `cut` counts the texts that were too long for a cell."""

    def __init__(self, kinds: Sequence[str], styles: Sequence[int]) -> None:
        self._starts = [
            (f'<c r="{letters(at)}', f'" s="{style}"' if style else '"')
            for at, style in enumerate(styles)
        ]
        makers: dict[str, Callable[[Sequence[object]], Shaped | None]] = {
            "text": _texts,
            "integer": _integers,
            "quantity": _numbers,
            "money": _numbers,
            "percent": _numbers,
            "date": _days,
            "datetime": _moments,
            "bool": _truths,
        }
        self._kinds = kinds
        self._makers = [makers[kind] for kind in kinds]
        self.cut = 0

    def xml(self, rows: Sequence[Sequence[object]], first: int) -> bytes:
        """Rows as XML; the first one has the number `first`. Raises ValueError for a row with
        more or fewer values than columns."""
        numbers = list(map(str, range(first, first + len(rows))))
        pieces: list[Iterable[str]] = [repeat('<row r="'), numbers]
        before = '">'
        columns = list(zip(*rows, strict=True))
        for start, maker, kind, column in zip(
            self._starts, self._makers, self._kinds, columns, strict=True
        ):
            lead, values, end = maker(column) or self._mixed(column, kind)
            pieces += (repeat(before + start[0]), numbers, repeat(start[1] + lead), values)
            before = end
        pieces.append(repeat(f"{before}</row>"))
        return "".join(map("".join, zip(*pieces, strict=False))).encode()

    def _mixed(self, column: Sequence[object], kind: str) -> Shaped:
        return "", [self._cell(value, kind) for value in column], ""

    def _cell(self, value: object, kind: str) -> str:
        if value is None or value == "":
            return "/>"
        if isinstance(value, bool):
            return f' t="b"><v>{value:d}</v></c>'
        if isinstance(value, date) and kind in ("date", "datetime"):
            shaped = _day_or_moment(value)
            if shaped:
                return f"><v>{shaped}</v></c>"
        if isinstance(value, int | float | Decimal) and kind != "text" and _is_finite(value):
            return f"><v>{value}</v></c>"
        return f' t="inlineStr"><is><t xml:space="preserve">{self._text(value)}</t></is></c>'

    def _text(self, value: object) -> str:
        if isinstance(value, datetime):
            return escaped(value.isoformat(" "))
        text = str(value)
        if len(text) * 2 > LONGEST and len(text.encode("utf-16-le", "replace")) // 2 > LONGEST:
            self.cut += 1
            kept = text.encode("utf-16-le", "replace")[: 2 * (LONGEST - 1)]
            text = kept.decode("utf-16-le", "ignore") + "…"
        return escaped(text)


def letters(at: int) -> str:
    """The letters of a column, counted from 0: A … Z, AA …"""
    name, at = "", at + 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def escaped(text: str) -> str:
    """A text as XML content; what XML cannot hold becomes U+FFFD."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _ILLEGAL.sub("\ufffd", text).replace("\r", "&#13;")
    return _ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text


def _texts(column: Sequence[object]) -> Shaped | None:
    """All texts of a column at once, joined by line breaks; None where one needs a closer look."""
    if set(map(type, column)) != {str}:
        return None
    joined = "\n".join(cast("Sequence[str]", column))
    if joined.count("\n") != len(column) - 1 or not _is_plain(joined):
        return None
    if "_x" in joined or (
        len(joined) > LONGEST / 2 and max(map(len, _lines(joined))) > LONGEST / 2
    ):
        return None
    if "&" in joined or "<" in joined or ">" in joined:
        joined = joined.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    edges = f"\n{joined}\n"
    space = ' xml:space="preserve"' if "\n " in edges or " \n" in edges else ""
    start, end = f' t="inlineStr"><is><t{space}>', "</t></is></c>"
    if "\n\n" in edges:
        return "", [f"{start}{text}{end}" if text else "/>" for text in _lines(joined)], ""
    return start, _lines(joined), end


def _is_plain(text: str) -> bool:
    """Whether a text has nothing that XML forbids or changes."""
    try:
        coded = text.encode()
    except UnicodeEncodeError:
        return False
    if len(coded.translate(None, _CONTROLS)) != len(coded):
        return False
    return text.isascii() or not (b"\xef\xbf\xbe" in coded or b"\xef\xbf\xbf" in coded)


def _lines(joined: str) -> list[str]:
    return joined.split("\n")


def _integers(column: Sequence[object]) -> Shaped | None:
    if set(map(type, column)) != {int}:
        return None
    return "><v>", list(map(str, column)), "</v></c>"


def _numbers(column: Sequence[object]) -> Shaped | None:
    if not set(map(type, column)) <= {Decimal, int}:
        return None
    texts = list(map(str, column))
    joined = "".join(texts)
    return None if "N" in joined or "I" in joined else ("><v>", texts, "</v></c>")


def _days(column: Sequence[object]) -> Shaped | None:
    if set(map(type, column)) != {date}:
        return None
    days = [day.toordinal() - _EPOCH for day in cast("Sequence[date]", column)]
    return ("><v>", list(map(str, days)), "</v></c>") if min(days) >= _FIRST_DAY else None


def _moments(column: Sequence[object]) -> Shaped | None:
    if set(map(type, column)) != {datetime}:
        return None
    texts = [_day_or_moment(moment) for moment in cast("Sequence[date]", column)]
    return ("><v>", texts, "</v></c>") if all(texts) else None


def _truths(column: Sequence[object]) -> Shaped | None:
    if set(map(type, column)) != {bool}:
        return None
    return ' t="b"><v>', ["1" if value else "0" for value in column], "</v></c>"


def _day_or_moment(value: date) -> str:
    """The serial number of a day or a point in time, "" where a sheet has none.

    A zone is left out: what the clock on the wall showed is what people look for.
    """
    if value.toordinal() - _EPOCH < _FIRST_DAY:
        return ""
    if not isinstance(value, datetime):
        return str(value.toordinal() - _EPOCH)
    return f"{(value.replace(tzinfo=None) - _ZERO) / _DAY:.10f}"


def _is_finite(value: float | Decimal) -> bool:
    return value.is_finite() if isinstance(value, Decimal) else abs(value) < float("inf")
