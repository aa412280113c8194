"""The line table: thousands of rows on paper at the cost of writing them by hand.

Every row becomes one string of raw text operators, made column by column; a page holds one text
object and one path of hairlines. Long texts wrap, a row taller than a page is split between its
lines, nothing is ever cut. A row may be bound to the next one and the last row to what follows.
"""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from reports.kit.fonts import cut
from reports.kit.lettering import Pen, Style, clean, colour_numbers, ems
from reports.kit.page import BAND, INK, LINE, SOFT, Paper
from reports.kit.widths import shared

_TEXT: Final = 84.0
"""Points a text column that is not elastic takes at most."""


class Column(NamedTuple):
    """A column by its label (may hold line breaks), side (left or right) and whether it is
    elastic: elastic columns share the width the others leave."""

    label: str
    right: bool = False
    elastic: bool = False


class Below(NamedTuple):
    """More text in the row's main column, under its first text; `beside` stands in the second."""

    text: str
    style: Style
    beside: str = ""


class Row(NamedTuple):
    """One row: its cells by column, text under the main one, and whether the next row stays with
    it. A `section` shows the main cell across the whole width, a `note` from the main column on,
    a `subtotal` the main cell right-aligned beside the figure of the last column, a `total` every
    cell in its place in bold."""

    cells: tuple[str, ...]
    kind: str = "item"
    below: tuple[Below, ...] = ()
    keep: bool = False


class Look(NamedTuple):
    """Type and spacing of a table in points; `main` is the column that texts below belong to,
    `second` the one for what stands beside them."""

    size: float = 9.0
    leading: float = 11.8
    pad: float = 4.1
    gap: float = 5.0
    main: int = 1
    accent: str = INK
    second: int = 2

    @property
    def base(self) -> Style:
        """The style of an ordinary cell; every row begins and ends with it."""
        return Style("regular", self.size, INK)

    @property
    def head(self) -> Style:
        """The style of the labels."""
        return Style("bold", self.size - 0.6, SOFT)

    def of(self, kind: str) -> Style:
        """The style of a row of one kind."""
        if kind == "section":
            return Style("bold", self.size + 0.3, self.accent)
        if kind == "note":
            return Style("italic", self.size, SOFT)
        return self.base if kind == "item" else Style("bold", self.size, INK)


class LineTable:
    """A table measured for one paper, ready to be placed."""

    def __init__(
        self, paper: Paper, columns: Sequence[Column], rows: Sequence[Row], look: Look
    ) -> None:
        self._paper, self._columns, self._rows, self._look = paper, columns, rows, look
        texts = [_cleaned(column) for column in zip(*(row.cells for row in rows), strict=True)]
        texts = texts or [[] for _ in columns]
        plain = [row.kind in ("item", "total") for row in rows]
        widths = [
            ems(column, "regular", again=not kind.elastic)
            for kind, column in zip(columns, texts, strict=True)
        ]
        self._measure(widths, plain)
        self._more: dict[int, list[str]] = {}
        self._y = 0.0
        self._edges = f"{paper.left:g} ", f"{paper.right:g} "
        self._begin = f"1 0 0 1 {paper.left:g} "
        self._drop = look.pad + look.leading * 0.74
        labels = max((len(_parts(column.label)) for column in columns), default=1)
        self._head = labels * (look.leading - 0.8) + 2 * look.pad
        self._wrap(texts, widths, plain)
        self._ops = self._written(texts, widths)
        self._special(texts)
        self._heights = self._tall()

    # Widths ---------------------------------------------------------------------------------

    def _measure(self, widths: list[list[float]], plain: list[bool]) -> None:
        """Give every column its place: what its texts need, the rest to the elastic ones."""
        look, gap = self._look, 2 * self._look.gap
        mixed = not all(plain)
        self._bolder = 1.06 if any(row.kind == "total" for row in self._rows) else 1.0
        natural = []
        for column, ems_ in zip(self._columns, widths, strict=True):
            kept = [w for w, item in zip(ems_, plain, strict=True) if item] if mixed else ems_
            label = max(self._paper.pen.width(part, look.head) for part in _parts(column.label))
            widest = max(kept, default=0.0) * look.size * self._bolder
            widest = widest if column.right or column.elastic else min(widest, _TEXT)
            natural.append(max(widest, label) + gap)
        shares = shared(natural, [c.elastic for c in self._columns], self._paper.width)
        self._lefts = [sum(shares[:at]) + look.gap for at in range(len(shares))]
        self._rights = [sum(shares[: at + 1]) - look.gap for at in range(len(shares))]

    def _room(self, at: int) -> float:
        return self._rights[at] - self._lefts[at]

    # Writing --------------------------------------------------------------------------------

    def _wrap(self, texts: list[list[str]], widths: list[list[float]], plain: list[bool]) -> None:
        """Break the cells that are too wide: their first line stays, the others wait below."""
        broken: dict[int, dict[int, list[str]]] = {}
        for at, (column, wide) in enumerate(zip(texts, widths, strict=True)):
            for number in self._too_wide(at, column, wide):
                if plain[number]:
                    pieces = self._paper.pen.wrap(column[number], self._look.base, self._room(at))
                    column[number] = pieces[0] if pieces else ""
                    wide[number] = ems((column[number],), "regular")[0]
                    broken.setdefault(number, {})[at] = pieces[1:]
        for number, cells in broken.items():
            rest = zip_longest(*cells.values(), fillvalue="")
            self._more[number] = [self._line(dict(zip(cells, line, strict=True))) for line in rest]

    def _too_wide(self, at: int, column: list[str], widths: list[float]) -> list[int]:
        limit = self._room(at) / self._look.size + 1e-6
        if "\n" in "".join(column):
            pairs = enumerate(zip(column, widths, strict=True))
            return [number for number, (text, w) in pairs if w > limit or "\n" in text]
        return [number for number, width in enumerate(widths) if width > limit]

    def _written(self, texts: list[list[str]], widths: list[list[float]]) -> list[str]:
        """All first lines as operators, made column by column; each begins at the left margin.

        A right-aligned text starts at its column's right edge and steps back by its own width.
        """
        before, parts = 0.0, []
        for at, column in enumerate(self._columns):
            place = self._rights[at] if column.right else self._lefts[at]
            step = f"{place - before:.2f} 0 Td"
            parts.append(self._stepped(step, texts[at], widths[at] if column.right else None))
            before = place
        return list(map(" ".join, zip(*parts, strict=True)))

    def _stepped(self, step: str, texts: list[str], widths: list[float] | None) -> list[str]:
        pen, base = self._paper.pen, self._look.base
        coded = _coded(pen, texts, base)
        if coded is None:
            backs = [0.0] * len(texts) if widths is None else [w * 1000 for w in widths]
            shown = [pen.show(text, base) for text in texts]
            return [f"{step}[{b:.0f}]TJ{t}" for b, t in zip(backs, shown, strict=True)]
        if widths is None:
            return [f"{step}({text})Tj" for text in coded]
        return [f"{step}[{w * 1000:.0f}({t})]TJ" for w, t in zip(widths, coded, strict=True)]

    def _line(self, cells: dict[int, str], style: Style | None = None) -> str:
        """One more line of a wrapped row: texts by column."""
        before, parts, style = 0.0, [], style or self._look.base
        for at, cell in cells.items():
            if cell:
                width = self._paper.pen.width(cell, style) if self._columns[at].right else 0.0
                place = self._rights[at] - width if self._columns[at].right else self._lefts[at]
                parts.append(f"{place - before:.2f} 0 Td{self._paper.pen.show(cell, style)}")
                before = place
        return " ".join(parts)

    # Rows that are not ordinary ---------------------------------------------------------------

    def _special(self, texts: list[list[str]]) -> None:
        for number, row in enumerate(self._rows):
            if row.kind != "item":
                self._across(number, row, [column[number] for column in texts])
            for below in row.below:
                self._more.setdefault(number, []).extend(self._below(below))

    def _across(self, number: int, row: Row, cells: list[str]) -> None:
        style, main = self._look.of(row.kind), cells[self._look.main]
        if row.kind == "total":
            take, line = self._paper.pen.take, self._line(dict(enumerate(cells)), style)
            self._ops[number] = f"{take(style)}{line} {take(self._look.base)}"
            return
        if row.kind == "subtotal":
            first, *more = self._beside(main, cells[-1], style)
        else:
            left = self._lefts[0 if row.kind == "section" else self._look.main]
            first, *more = self._lines(main, style, left, self._rights[-1]) or [""]
        self._ops[number] = first
        self._more[number] = more

    def _below(self, below: Below) -> Iterable[str]:
        main, second, style = self._look.main, self._look.second, below.style
        if not below.beside:
            return self._lines(below.text, style, self._lefts[main], self._rights[main])
        wrap, take = self._paper.pen.wrap, self._paper.pen.take
        lefts = wrap(clean(below.text), style, self._room(main))
        rights = wrap(clean(below.beside), style, self._room(second))
        return (
            f"{take(style)}{self._line({main: left, second: right}, style)} {take(self._look.base)}"
            for left, right in zip_longest(lefts, rights, fillvalue="")
        )

    def _lines(self, text: str, style: Style, left: float, right: float) -> list[str]:
        pen, take = self._paper.pen, self._paper.pen.take
        return [
            f"{take(style)}{left:.2f} 0 Td{pen.show(line, style)} {take(self._look.base)}"
            for line in pen.wrap(clean(text), style, right - left)
        ]

    def _beside(self, label: str, figure: str, style: Style) -> list[str]:
        """A subtotal: its label against its figure, which has the last column to itself."""
        pen, take = self._paper.pen, self._paper.pen.take
        end = self._rights[-1] - pen.width(figure, style)
        edge = min(self._lefts[-1], end) - 2 * self._look.gap
        lines, before = [], 0.0
        for line in pen.wrap(label, style, edge - self._lefts[0]) or [""]:
            left = edge - pen.width(line, style)
            lines.append(f"{take(style)}{left:.2f} 0 Td{pen.show(line, style)}")
            before = left
        lines[-1] += f" {end - before:.2f} 0 Td{pen.show(figure, style)}"
        return [f"{line} {take(self._look.base)}" for line in lines]

    # Placing --------------------------------------------------------------------------------

    def _tall(self) -> list[float]:
        look = self._look
        heights = [look.leading + 2 * look.pad] * len(self._rows)
        for number, more in self._more.items():
            heights[number] += len(more) * look.leading
        return heights

    def place(self, after: float = 0.0) -> None:
        """Draw the table; the last row shares its page with `after` points of what follows."""
        fresh, bottom = self._paper.fresh - self._head, self._paper.bottom
        whole, least = self._needs(after, fresh)
        self._paper.need(self._head + (least[0] if least else 0.0) + 0.5)
        self._open()
        for number, height in enumerate(self._heights):
            if whole[number] <= self._y - bottom:
                self._draw(number, height)
                continue
            if least[number] > self._y - bottom and not self._empty:
                self._turn()
            if height <= self._y - bottom and (height <= fresh / 2 or least[number] == height):
                self._draw(number, height)
            else:
                self._split(number, whole[number] - height)
        self._close()
        self._paper.y = self._y

    def _needs(self, after: float, fresh: float) -> tuple[list[float], list[float]]:
        """Height of each row with everything bound to it, and how much of that must be in reach.

        A row of more than half a page may be split and asks for its first lines only; a chain of
        bound rows that is longer than a page falls apart."""
        whole: list[float] = []
        least: list[float] = []
        bound = after
        part = 2 * self._look.pad + 4 * self._look.leading
        for row, height in zip(reversed(self._rows), reversed(self._heights), strict=True):
            bound = bound if row.keep or not whole else 0.0
            whole.append(height + bound)
            fits = height + bound <= fresh
            least.append(part if height > fresh / 2 else height + bound if fits else height)
            bound = least[-1]
        return whole[::-1], least[::-1]

    def _draw(self, number: int, height: float) -> None:
        base = self._y - self._drop
        self._text.append(f"{self._begin}{base:.2f} Tm {self._ops[number]}")
        if number in self._more:
            for more in self._more[number]:
                base -= self._look.leading
                self._text.append(f"{self._begin}{base:.2f} Tm {more}")
        self._y -= height
        self._rule()

    def _split(self, number: int, after: float) -> None:
        """Draw a row line by line over the end of the page; two lines at least go with `after`."""
        look = self._look
        lines = [self._ops[number], *self._more.get(number, ())]
        while lines:
            room = self._y - self._paper.bottom - 2 * look.pad
            fit = max(1, int(room / look.leading))
            if fit >= len(lines) and room < len(lines) * look.leading + after and len(lines) > 2:
                fit = len(lines) - 2
            self._part(lines[:fit])
            lines = lines[fit:]
            if lines:
                self._turn()

    def _part(self, lines: list[str]) -> None:
        self._y -= self._look.pad
        for line in lines:
            base = self._y - self._look.leading * 0.74
            self._text.append(f"{self._begin}{base:.2f} Tm {line}")
            self._y -= self._look.leading
        self._y -= self._look.pad
        self._rule()

    def _rule(self) -> None:
        self._rules.append(f"{self._edges[0]}{self._y:.2f} m {self._edges[1]}{self._y:.2f} l")
        self._empty = False

    # Pages ------------------------------------------------------------------------------------

    def _open(self) -> None:
        """The labels at the head of the table, and fresh lists for what this page will hold."""
        paper = self._paper
        self._text: list[str] = []
        self._rules: list[str] = []
        self._empty = True
        paper.box(paper.left, paper.y - self._head, paper.width, self._head, BAND)
        for at, column in enumerate(self._columns):
            self._label(at, _parts(column.label))
        self._y = paper.y - self._head

    def _label(self, at: int, parts: list[str]) -> None:
        paper, look = self._paper, self._look
        side = "right" if self._columns[at].right else "left"
        x = paper.left + (self._rights[at] if side == "right" else self._lefts[at])
        for line, part in enumerate(parts):
            y = paper.y - look.pad - (line + 0.76) * (look.leading - 0.8)
            paper.text(x, y, part, look.head, side)

    def _close(self) -> None:
        """Write the page's hairlines and its one text object."""
        stroke = f"{colour_numbers(LINE)} RG 0.6 w"
        if self._rules:
            self._paper.code.append(f"{stroke} {' '.join(self._rules)} S")
        if self._text:
            take = self._paper.pen.take(self._look.base)
            self._paper.code.append(f"BT {take}\n" + "\n".join(self._text) + "\nET")

    def _turn(self) -> None:
        self._close()
        self._paper.turn()
        self._open()


def _cleaned(column: Sequence[str]) -> list[str]:
    """A column ready to be shown; mostly one look at all of it together is enough."""
    joined = "".join(column)
    return list(column) if joined.isascii() and joined.isprintable() else list(map(clean, column))


def _parts(label: str) -> list[str]:
    return clean(label).split("\n")


def _coded(pen: Pen, texts: list[str], style: Style) -> list[str] | None:
    """A column of texts as contents of PDF strings, None where another face must help.

    The common case costs one look at the whole column."""
    face = cut(style.cut)
    pen.font(style.cut)
    joined = "".join(texts)
    if not face.known.issuperset(joined):
        return None
    if not joined.isascii():
        return [text.translate(face.codes) for text in texts]
    for sign in "\\()":
        if sign in joined:
            texts = [text.replace(sign, f"\\{sign}") for text in texts]
    return texts
