"""Understanding a whole column at once: which mark is the decimal, which number is the day.

One cell alone may be read two ways; the column together mostly may not. Where it still may, the
import refuses and shows rows both ways.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from models.values.errors import DomainError
from models.values.fields import NUMBER_KINDS, SCALED_KINDS, Field, FieldKind
from models.values.formatting import Style
from models.values.parsing import EMAIL, checked, parse, unprintable
from resources.languages import marked as _

_DATE = re.compile(r"^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ]\d.*)?$")
_NUMBER = re.compile(r"[-+]?[\d.,]+")
_FIGURES = re.compile(r"(?:(?:-?\d{1,14}(?:\.\d{1,4})?)?(?:\n|$))*+", re.ASCII)
"""A column of figures without groups, signs of currency or more than four decimals."""

_EMAILS = re.compile(rf"(?:(?:{EMAIL})?(?:\n|$))*+")
_POINT_PROVED = re.compile(r"\.(?:\d{1,2}|\d{4,})(?:\n|$)")
_POINT_REFUTED = re.compile(r",|\.\d*\.")

Reading = tuple[str, str]
"""A cell as it stands in the file, and what it would mean."""


class TwoWaysError(DomainError):
    """A column can be read two ways; `option` is decimals or dates, `readings` by its values."""

    def __init__(
        self, heading: str, option: str, said: str, readings: dict[str, list[Reading]]
    ) -> None:
        first, second = readings.values()
        examples = "; ".join(
            f"{cell} = {one} / {other}"
            for (cell, one), (_cell, other) in zip(first, second, strict=True)
        )
        message = _("Column “{heading}” can be read two ways: {examples}. Say {option}.")
        super().__init__(message, heading=heading, examples=examples, option=said)
        self.heading, self.option, self.readings = heading, option, readings


Problem = tuple[int, DomainError]
"""The row's place in the file's rows, and what is wrong with it."""


def understood(
    field: Field,
    cells: Sequence[Any],
    heading: str,
    *,
    decimals: str = "",
    dates: str = "",
    renamed: dict[str, str] | None = None,
) -> tuple[list[Any], list[Problem]]:
    """The values of a column and the problems by row; None stands for an empty or bad cell.

    `decimals` is the decimal mark and `dates` the order (dmy, mdy, ymd) where a person told them.
    Raises DomainError where the column can be read two ways.
    """
    style = _style(field, cells, heading, decimals, dates)
    quick = _quick(field, cells, style) if not renamed and not _repeats(cells) else None
    if quick is not None:
        return quick, []
    return _cell_by_cell(field, cells, style, renamed or {})


def _repeats(cells: Sequence[Any]) -> bool:
    """Whether the same few cells come again and again, so that reading each once is cheapest."""
    some = cells[:2_000]
    return len(set(some)) * 2 < len(some)


def _quick(field: Field, cells: Sequence[Any], style: Style) -> list[Any] | None:
    """The values of a column of plain texts or figures at once; None where it is not so plain."""
    try:
        texts = list(map(str.strip, cells))
    except TypeError:
        return None
    joined = "\n".join(texts)
    if unprintable(joined) or joined.count("\n") >= max(len(texts), 1):
        return None
    if field.kind in (FieldKind.TEXT, FieldKind.PHONE, FieldKind.LONG_TEXT, FieldKind.CODE):
        is_code = field.kind is FieldKind.CODE
        if field.name == "currency" or max(map(len, texts), default=0) > (80 if is_code else 500):
            return None
        return _filled(texts)
    if field.kind is FieldKind.EMAIL and _EMAILS.fullmatch(joined):
        return _filled(texts)
    if field.kind in SCALED_KINDS and style.decimal == "." and _FIGURES.fullmatch(joined):
        return [Decimal(text) if text else None for text in texts]
    return None


def _filled(texts: list[str]) -> list[Any]:
    return [text or None for text in texts] if "" in texts else list[Any](texts)


def _cell_by_cell(
    field: Field, cells: Sequence[Any], style: Style, renamed: dict[str, str]
) -> tuple[list[Any], list[Problem]]:
    read = _reader(field, style, renamed)
    known: dict[Any, Any] = {}
    for cell in set(cells):
        try:
            known[cell] = None if cell in ("", None) else read(cell)
        except DomainError as problem:
            known[cell] = problem
    values = list(map(known.__getitem__, cells))
    if not any(isinstance(each, DomainError) for each in known.values()):
        return values, []
    problems = [(at, each) for at, each in enumerate(values) if isinstance(each, DomainError)]
    return [None if isinstance(each, DomainError) else each for each in values], problems


def _reader(field: Field, style: Style, renamed: dict[str, str]) -> Callable[[Any], Any]:
    def read(cell: Any) -> Any:
        if isinstance(cell, str):
            return parse(field, renamed.get(cell, cell), style)
        if isinstance(cell, bool) and field.kind is not FieldKind.BOOLEAN:
            return parse(field, str(cell).lower(), style)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        if renamed and str(cell) in renamed:
            return parse(field, renamed[str(cell)], style)
        return checked(field, cell)

    return read


def _style(field: Field, cells: Sequence[Any], heading: str, decimals: str, dates: str) -> Style:
    style = Style()
    if field.kind in NUMBER_KINDS:
        mark = decimals or _decimal_mark(cells, heading)
        return style._replace(decimal=mark, group="." if mark == "," else ",")
    if field.kind is FieldKind.DATE:
        return style._replace(date_order=dates or _date_order(cells, heading))
    return style


def _decimal_mark(cells: Sequence[Any], heading: str) -> str:
    """``.`` or ``,``, whichever reads every figure of the column."""
    joined = "\n".join(cell for cell in cells if isinstance(cell, str))
    if _POINT_PROVED.search(joined) and not _POINT_REFUTED.search(joined):
        return "."
    doubtful: list[str] = []
    votes: set[str] = set()
    for cell in cells:
        if isinstance(cell, str) and ("." in cell or "," in cell):
            verdict = _mark_of(cell)
            if verdict:
                votes.add(verdict)
            elif len(doubtful) < 2 and cell not in doubtful:
                doubtful.append(cell)
    if len(votes) == 1:
        return votes.pop()
    if not votes and not doubtful:
        return "."
    if not votes:
        both = {mark: [(cell, _figure(cell, mark)) for cell in doubtful] for mark in ",."}
        raise TwoWaysError(heading, "decimals", "--decimals , | .", both)
    message = _("Column “{heading}” mixes decimal points and commas; make it one of them.")
    raise DomainError(message, heading=heading)


def _mark_of(cell: str) -> str:
    """The decimal mark one figure proves; "" where it proves none, as ``1.234``."""
    match = _NUMBER.search(cell)
    text = match[0] if match else ""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return ""
    mark, other = text[last], ("," if text[last] == "." else ".")
    if other in text:
        return mark
    if text.count(mark) > 1:
        return other
    head, tail = text[:last].lstrip("+-"), text[last + 1 :]
    is_group = len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0")
    return "" if is_group else mark


def _figure(cell: str, mark: str) -> str:
    """A doubtful figure in plain signs: the mark is a point, the other one only groups."""
    other = "." if mark == "," else ","
    return cell.replace(other, "").replace(mark, ".")


def _date_order(cells: Sequence[Any], heading: str) -> str:
    """The order that reads every day of the column."""
    possible = {"dmy", "mdy", "ymd"}
    examples: list[str] = []
    for cell in cells:
        match = _DATE.match(cell) if isinstance(cell, str) else None
        if match is None:
            continue
        possible &= _orders(match[1], match[2], match[3])
        if len(examples) < 2 and cell not in examples:
            examples.append(cell)
    if len(possible) == 1 or not examples:
        return possible.pop() if len(possible) == 1 else "dmy"
    if possible:
        both = {order: [(cell, _day(cell, order)) for cell in examples] for order in ("dmy", "mdy")}
        raise TwoWaysError(heading, "dates", "--dates dmy | mdy", both)
    return "dmy"


def _orders(first: str, second: str, third: str) -> set[str]:
    if len(first) == 4:
        return {"ymd"}
    orders = {"dmy", "mdy"} if len(third) in (2, 4) else set()
    if int(first) > 12:
        orders.discard("mdy")
    if int(second) > 12:
        orders.discard("dmy")
    return orders or {"dmy", "mdy", "ymd"}


def _day(cell: str, order: str) -> str:
    try:
        return Style(date_order=order).parse_day(cell).isoformat()
    except DomainError:
        return "–"


def doubt(field: Field, cells: Sequence[Any], heading: str) -> TwoWaysError | None:
    """The two readings of a column, where neither is proved."""
    try:
        _style(field, cells, heading, "", "")
    except TwoWaysError as error:
        return error
    except DomainError:
        return None
    return None
