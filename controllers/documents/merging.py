"""Two drafts that grew out of one: what goes together by itself, and what somebody must choose.

The line is the unit: two changes of one line, be they of price and of quantity, are never put
together into a line that nobody saw.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import Any

from models.values.documents import Draft, Line

LINES = "lines"

HEAD = tuple(
    each.name
    for each in fields(Draft)
    if each.name not in ("kind", "id", "version", "number", "revision", "state", LINES)
)
"""The fields of the head that people change."""


@dataclass(frozen=True, slots=True)
class Clash:
    """What both changed, each another way: a field of the head, or a line (None: not there)."""

    field: str
    before: Any
    mine: Any
    theirs: Any
    row: int = -1
    """Of a line: its place before, counted from zero."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Both drafts together. `parts` are the lines of both in order, with clashes among them."""

    theirs_alone: tuple[str, ...]
    """Fields of the head that only they changed."""
    clashes: tuple[Clash, ...]
    parts: tuple[Line | Clash, ...]
    lines_of_theirs: int
    """How many lines only they changed, added or took out."""

    def lines(self, taken: Collection[Clash] = ()) -> tuple[Line, ...]:
        """All lines; of those that clash mine, or theirs where it is among `taken`."""
        chosen = (
            (each.theirs if each in taken else each.mine) if isinstance(each, Clash) else each
            for each in self.parts
        )
        return tuple(line for line in chosen if line is not None)


def meeting(before: Draft, mine: Draft, theirs: Draft) -> Meeting:
    """Put together what two people made of one draft."""
    clashes, alone = [], []
    for name in HEAD:
        old, ours, other = (getattr(each, name) for each in (before, mine, theirs))
        if _same(ours, other) or _same(other, old):
            continue
        if _same(ours, old):
            alone.append(name)
        else:
            clashes.append(Clash(name, old, ours, other))
    parts, count = _lines(before.lines, mine.lines, theirs.lines)
    clashes += [each for each in parts if isinstance(each, Clash)]
    return Meeting(tuple(alone), tuple(clashes), tuple(parts), count)


def _same(one: Any, other: Any) -> bool:
    return one == other or not (one or other)


LINE = (
    "kind", "product", "description", "detail", "quantity", "unit", "unit_price", "pinned",
    "discount_percent", "discount_amount", "tax_class", "optional",
)  # fmt: skip
"""The fields of a line that people change."""


def said(line: Line | None) -> object:
    """What counts when lines are compared."""
    return line and tuple(getattr(line, name) for name in LINE)


def _lines(
    before: Sequence[Line], mine: Sequence[Line], theirs: Sequence[Line]
) -> tuple[list[Line | Clash], int]:
    ours, others = _Grown(before, mine), _Grown(before, theirs)
    parts: list[Line | Clash] = []
    count = 0
    for row in range(-1, len(before)):
        if row >= 0:
            part, is_theirs = _one(row, before[row], ours.now[row], others.now[row])
            parts += [part] if part is not None else []
            count += is_theirs
        new = others.new.get(row, [])
        known = {said(line) for line in new}
        parts += [*new, *(line for line in ours.new.get(row, []) if said(line) not in known)]
        count += len(new)
    return parts, count


def _one(
    row: int, before: Line, mine: Line | None, theirs: Line | None
) -> tuple[Line | Clash | None, bool]:
    """What becomes of one line, and whether that is theirs alone."""
    if said(mine) == said(theirs) or said(theirs) == said(before):
        return mine, False
    if said(mine) == said(before):
        return theirs, True
    return Clash(LINES, before, mine, theirs, row), False


class _Grown:
    """What became of each line (None: taken out), and what is new behind which of them."""

    def __init__(self, before: Sequence[Line], after: Sequence[Line]) -> None:
        self.now: list[Line | None] = [None] * len(before)
        self.new: dict[int, list[Line]] = {}
        for start, end, lines in pieces(before, after):
            for row, line in zip(range(start, end), lines, strict=False):
                self.now[row] = line
            if rest := list(lines[end - start :]):
                self.new[end - 1] = rest


def pieces(
    before: Sequence[Line], after: Sequence[Line]
) -> Iterator[tuple[int, int, Sequence[Line]]]:
    """Rows of before, from and to, with what stands in their place; nothing is left out."""
    old, new = [_identity(line) for line in before], [_identity(line) for line in after]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _tag, start, end, first, last in matcher.get_opcodes():
        yield start, end, after[first:last]


def _identity(line: Line) -> tuple[object, ...]:
    """What a line is about, whatever its figures."""
    return line.kind, line.product, "" if line.product else line.description
