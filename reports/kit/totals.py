"""The block of totals below a table, right-aligned under its last column."""

from collections.abc import Sequence
from typing import NamedTuple

from reports.kit.lettering import Style, clean
from reports.kit.page import INK, LINE, SOFT, Paper

_LEADING = 16.0
_STRONG = 24.0
_SIZE = 9.3
_PAD = 5.0


class Figure(NamedTuple):
    """A label and its figure, both as printed; the strong one is the total, a quiet one is
    outside it."""

    label: str
    figure: str
    strong: bool = False
    quiet: bool = False


class Totals:
    """The block measured for one paper."""

    def __init__(self, paper: Paper, figures: Sequence[Figure], accent: str, ground: str) -> None:
        self._paper, self._accent, self._ground = paper, accent, ground
        self._figures = [
            Figure(clean(f.label), clean(f.figure), f.strong, f.quiet) for f in figures
        ]
        pen = paper.pen
        self._column = max((pen.width(f.figure, self._style(f)) for f in self._figures), default=0)
        labels = max((pen.width(f.label, self._style(f)) for f in self._figures), default=0)
        widest = paper.width - 4 * _PAD - self._column
        self._label = max(60.0, min(labels, widest))
        self._lines = [pen.wrap(f.label, self._style(f), self._label) for f in self._figures]

    @property
    def height(self) -> float:
        """Points the block takes, with the space above it."""
        return 6 + sum(map(self._tall, range(len(self._figures))))

    @property
    def left(self) -> float:
        """Where the block begins, in points from the left edge of the sheet."""
        return self._paper.right - self._column - self._label - 5 * _PAD

    def place(self) -> None:
        """Draw the block at the paper's `y`; the caller has made sure of the room."""
        self._paper.y -= 6
        for at, figure in enumerate(self._figures):
            self._figure(at, figure)

    def _tall(self, at: int) -> float:
        more = (len(self._lines[at]) - 1) * (_SIZE + 2.5)
        return more + (_STRONG if self._figures[at].strong else _LEADING)

    def _figure(self, at: int, figure: Figure) -> None:
        paper, style, height = self._paper, self._style(figure), self._tall(at)
        left = self.left
        if figure.strong:
            box = paper.y - height
            paper.box(left, box + 1, paper.right - left, height - 2, self._ground)
        elif at:
            paper.rule(left, paper.y, paper.right - left, LINE)
        base = paper.y - (15.2 if figure.strong else 11.3)
        for line in self._lines[at]:
            paper.text(left + _PAD, base, line, style._replace(colour=self._colour(figure)))
            base -= _SIZE + 2.5
        base = paper.y - (15.2 if figure.strong else 11.3)
        paper.text(paper.right - _PAD, base, figure.figure, style, "right")
        paper.y -= height

    def _colour(self, figure: Figure) -> str:
        return self._accent if figure.strong else SOFT

    def _style(self, figure: Figure) -> Style:
        if figure.strong:
            return Style("bold", _SIZE + 1.7, self._accent)
        return Style("italic" if figure.quiet else "regular", _SIZE, SOFT if figure.quiet else INK)
