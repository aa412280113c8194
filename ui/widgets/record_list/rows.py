"""Paints the rows of a list: for each cell one lookup and one text, and pills for states.

The table paints its rows itself rather than by a delegate, which Qt would call for every cell with
a description of everything that might be drawn there.
"""

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap

from models.values.fields import FieldKind
from ui.kit import theme, tokens
from ui.kit.language import tr

if TYPE_CHECKING:
    from ui.widgets.record_list.model import ListModel
    from ui.widgets.record_list.table import RecordTable


class _Column(NamedTuple):
    at: int
    x: int
    width: int


class RowPainter:
    """Paints all columns of a list."""

    def __init__(self, table: "RecordTable", model: "ListModel") -> None:
        self._table = table
        self._model = model
        self._pills: dict[int, dict[str, QPixmap]] = {}
        self._numbers: frozenset[int] = frozenset()
        self.prepare()

    def prepare(self) -> None:
        """Take over theme, font, language and columns; called when one of them changed."""
        colours = theme.tokens()
        self._chosen = _plain(colours.accent_ground)
        self._hover = _plain(colours.hover)
        self._accent = _plain(colours.accent)
        self._metrics = self._table.fontMetrics()
        self._height = theme.row_height(self._table)
        self._baseline = (self._height - self._metrics.height()) // 2 + self._metrics.ascent()
        fields = self._model.fields
        self._numbers = frozenset(
            at for at, _field in enumerate(fields) if self._model.is_number(at)
        )
        self._pills = {
            at: self._pixmaps(dict(field.choices))
            for at, field in enumerate(fields)
            if field.kind is FieldKind.STATE
        }

    def _pixmaps(self, labels: dict[str, str]) -> dict[str, QPixmap]:
        from ui.widgets import pills

        kind = self._model.kind.name
        drawn = {
            tr(label): pills.state_pixmap(kind, code, self._table) for code, label in labels.items()
        }
        return {label: pixmap for label, pixmap in drawn.items() if pixmap is not None}

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Paint the rows that lie in an area of the viewport."""
        table = self._table
        first, last = table.rowAt(area.top()), table.rowAt(area.bottom())
        columns = self._columns(area)
        if first < 0 or not columns:
            return
        top = table.rowViewportPosition(first)
        end = last if last >= 0 else self._model.rowCount() - 1
        for row in range(first, end + 1):
            self._paint_row(painter, row, top + (row - first) * self._height, columns)

    def _columns(self, area: QRect) -> list[_Column]:
        """The columns that lie in an area, where they stand and how wide they are."""
        table = self._table
        every = (
            _Column(at, table.columnViewportPosition(at), table.columnWidth(at))
            for at in range(self._model.columnCount())
        )
        return [each for each in every if each.x <= area.right() and each.x + each.width > area.x()]

    def _paint_row(self, painter: QPainter, row: int, y: int, columns: list[_Column]) -> None:
        table, text_of = self._table, self._model.text
        ground = self._chosen if table.is_chosen(row) else self._hover
        is_marked = ground is self._chosen or row == table.hovered
        for at, x, width in columns:
            if is_marked:
                painter.drawPixmap(x, y, width, self._height, ground)
            if row == table.focused and at == table.first_column:
                painter.drawPixmap(x, y, tokens.FOCUS, self._height, self._accent)
            text = text_of(row, at)
            if text:
                self._write(painter, text, at, x, y, width)

    def _write(self, painter: QPainter, text: str, column: int, x: int, y: int, width: int) -> None:
        drawn = self._pills.get(column)
        if drawn is not None and text in drawn:
            pill = drawn[text]
            high = round(pill.height() / pill.devicePixelRatio())
            painter.drawPixmap(x + tokens.TINY, y + (self._height - high) // 2, pill)
            return
        shown, wide = self._fitted(text, width - 2 * tokens.SMALL)
        left = x + tokens.SMALL
        if column in self._numbers:
            left = x + width - tokens.SMALL - wide
        painter.drawText(left, y + self._baseline, shown)

    def _fitted(self, text: str, room: int) -> tuple[str, int]:
        """A text that fits, shortened where it is too long, and its width."""
        advance = self._metrics.horizontalAdvance
        wide = advance(text)
        if wide <= room:
            return text, wide
        ends = range(1, len(text))
        fits = bisect_right(ends, room, key=lambda end: advance(text[:end] + "…"))
        return text[:fits] + "…", room


def _plain(colour: str) -> QPixmap:
    """A colour to lay under a row."""
    made = QPixmap(1, 1)
    made.fill(QColor(colour))
    return made
