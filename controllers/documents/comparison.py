"""What changed from one priced draft to another: head, lines, figures, margin."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Any, Literal

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import drafting, revisions, stored
from controllers.documents.merging import HEAD, LINE, pieces, said
from models.values.documents import Line, Priced, PricedLine
from models.values.errors import NotFoundError
from resources.languages import marked as _

KIND = "quotation"

FIGURES = ("subtotal", "discount", "net", "tax_base", "tax", "rounding", "total", "optional",
           "cost", "margin_percent")  # fmt: skip
"""The figures at the foot of a document, in their order; the last two are not for everybody."""

_OF_LINE = tuple(name for name in LINE if name != "pinned")
"""Whether a price was set by hand is told by the price itself."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field of the head or a figure that is not what it was."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of one line, with its figures on both sides."""

    how: Literal["same", "changed", "added", "removed"]
    before: Line | None
    after: Line | None
    figures_before: PricedLine
    figures_after: PricedLine
    fields: tuple[str, ...] = ()
    """What is changed."""

    @property
    def difference(self) -> Decimal:
        """By how much its amount rose; optional lines stand outside the total."""
        return _amount(self.after, self.figures_after) - _amount(self.before, self.figures_before)


def _amount(line: Line | None, figures: PricedLine) -> Decimal:
    return figures.amount if line and line.counts and not line.optional else Decimal(0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions beside each other."""

    before: Priced
    after: Priced
    head: tuple[Change, ...]
    lines: tuple[LineChange, ...]
    figures: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs that anybody could see."""
        return not (self.head or self.figures or any(each.how != "same" for each in self.lines))


def compared(before: Priced, after: Priced) -> Comparison:
    """What changed from one to the other."""
    return Comparison(
        before, after,
        tuple(_changes(before.draft, after.draft, HEAD)),
        tuple(_lines(before, after)),
        tuple(_changes(before.totals, after.totals, FIGURES)),
    )  # fmt: skip


def _changes(before: object, after: object, names: tuple[str, ...]) -> Iterator[Change]:
    for name in names:
        old, new = getattr(before, name), getattr(after, name)
        if old != new and (old or new):
            yield Change(name, old, new)


def _lines(before: Priced, after: Priced) -> Iterator[LineChange]:
    at = 0
    for start, end, lines in pieces(before.draft.lines, after.draft.lines):
        rows = range(start, end), range(at, at + len(lines))
        at += len(lines)
        for old, new in zip_longest(*rows):
            yield _line(*_at(before, old), *_at(after, new))


def _at(priced: Priced, row: int | None) -> tuple[Line | None, PricedLine]:
    if row is None:
        return None, PricedLine()
    return priced.draft.lines[row], priced.lines[row]


def _line(before: Line | None, old: PricedLine, after: Line | None, new: PricedLine) -> LineChange:
    if before is None:
        return LineChange("added", None, after, old, new)
    if after is None:
        return LineChange("removed", before, None, old, new)
    if said(before) == said(after) and (old.amount == new.amount or not after.counts):
        return LineChange("same", before, after, old, new)
    fields = (name for name in _OF_LINE if getattr(before, name) != getattr(after, name))
    return LineChange("changed", before, after, old, new, tuple(fields))


def compare(uow: UnitOfWork, key: str | int, first: int, second: int) -> Comparison:
    """What changed between two revisions of a quotation; NotFoundError names those there are."""
    known = {each.revision: each.id for each in revisions.revisions(uow, key)}
    before, after = (_revision(uow, key, known, each) for each in (first, second))
    return compared(before, after)


def _revision(uow: UnitOfWork, key: str | int, known: dict[int, int], revision: int) -> Priced:
    if revision not in known:
        message = _("{number} has no revision {revision}; it has {known}.")
        raise NotFoundError(
            message, field="revision", number=key, revision=revision,
            known=", ".join(map(str, sorted(known))),
        )  # fmt: skip
    return drafting.priced(uow, stored.find(uow, KIND, known[revision]))
