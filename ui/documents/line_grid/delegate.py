"""Paints the cells of the line grid: figures to the right, pills, headings across the columns."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from models.values.documents import NOTE, SECTION, Line
from ui.documents.line_grid import columns as at
from ui.documents.line_grid.cells import margin_tone
from ui.kit import icons, theme, tokens
from ui.widgets import pills

if TYPE_CHECKING:
    from ui.documents.line_grid.grid import LineGrid

_SELECTED = QStyle.StateFlag.State_Selected.value
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = _MIDDLE | Qt.AlignmentFlag.AlignRight
_LEFT = _MIDDLE | Qt.AlignmentFlag.AlignLeft
_ELIDE = Qt.TextElideMode.ElideRight


class LineDelegate(QStyledItemDelegate):
    """One delegate for the whole grid."""

    def __init__(self, grid: "LineGrid") -> None:
        super().__init__(grid)
        self._grid = grid
        self._pills: dict[tuple[str, str], QPixmap] = {}
        self.prepare()

    def prepare(self) -> None:
        """Take over theme and font; called when one of them changed."""
        self._pills.clear()
        self._font = QFont(self._grid.font())
        self._bold = QFont(self._font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._slanted = QFont(self._font)
        self._slanted.setItalic(True)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row, column = index.row(), index.column()
        rect: QRect = option.rect
        painter.save()
        self._ground(painter, rect, row, is_selected=bool(option.state.value & _SELECTED))
        if not self._grid.entry.is_at(row, column):
            line = self._grid.lines.line(row)
            if line is not None and line.kind in (SECTION, NOTE) and at.NUMBER < column < at.AMOUNT:
                self._across(painter, rect, row, line)
            else:
                self._cell(painter, rect, row, column, line)
        if self._grid.is_current(row, column):
            self._frame(painter, rect)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, row: int, *, is_selected: bool) -> None:
        colours = theme.tokens()
        if is_selected or (self._grid.currentIndex().row() == row and self._grid.is_active):
            painter.fillRect(rect, QColor(colours.accent_ground))
        elif row == self._grid.hovered:
            painter.fillRect(rect, QColor(colours.hover))

    def _frame(self, painter: QPainter, rect: QRect) -> None:
        pen = QPen(QColor(theme.tokens().accent), tokens.FOCUS)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _across(self, painter: QPainter, rect: QRect, row: int, line: Line) -> None:
        """A heading or text runs on over the cells that stay empty."""
        first = self._grid.cell_rect(row, at.PRODUCT)
        last = self._grid.cell_rect(row, at.MARGIN)
        painter.setClipRect(rect)
        painter.setFont(self._bold if line.kind == SECTION else self._slanted)
        painter.setPen(QColor(theme.tokens().ink if line.kind == SECTION else theme.tokens().soft))
        box = QRect(first.topLeft(), last.bottomRight()).adjusted(tokens.SMALL, 0, 0, 0)
        text = QFontMetrics(painter.font()).elidedText(line.description, _ELIDE, box.width())
        painter.drawText(box, _LEFT, text)

    def _cell(
        self, painter: QPainter, rect: QRect, row: int, column: int, line: Line | None
    ) -> None:
        text = self._grid.lines.text(row, column)
        if not text:
            return
        tone = self._pill_tone(row, column)
        if tone:
            wide = self._pill(painter, rect, text, tone)
            self._grid.widen(column, wide + 2 * tokens.SMALL)
            return
        inner = rect.adjusted(tokens.SMALL, 0, -tokens.SMALL, 0)
        painter.setFont(self._bold if line and line.kind == SECTION else self._font)
        painter.setPen(QColor(self._colour(row, column, line)))
        if column == at.PRICE and line and line.counts:
            inner = self._marks(painter, inner, line)
        side = _RIGHT if at.COLUMNS[column].is_number else _LEFT
        metrics = QFontMetrics(painter.font())
        wanted = metrics.horizontalAdvance(text)
        if wanted >= inner.width():
            self._grid.widen(column, rect.width() + wanted - inner.width() + tokens.TINY)
            text = metrics.elidedText(text, _ELIDE, inner.width())
        painter.drawText(inner, side, text)

    def _colour(self, row: int, column: int, line: Line | None) -> str:
        colours = theme.tokens()
        if line is None or column == at.NUMBER:
            return colours.soft
        is_lost = column == at.PRODUCT and self._grid.lines.is_lost(row)
        if is_lost or self._grid.lines.problem(row, column):
            return colours.bad
        if line.optional or column in (at.UNIT, at.STOCK):
            return colours.soft
        return colours.ink

    def _marks(self, painter: QPainter, inner: QRect, line: Line) -> QRect:
        """A quiet pin where the price was set by hand; not on free items, which have no other."""
        can_change = self._grid.session.is_editable
        if not line.pinned or line.product is None or not can_change:
            return inner
        side = QFontMetrics(self._font).height() * 3 // 4
        box = QRect(inner.left() - tokens.TINY, 0, side, side)
        box.moveTop(inner.center().y() - side // 2)
        icons.draw(painter, box, "ph.push-pin", theme.tokens().soft)
        painter.setPen(QColor(theme.tokens().ink))
        return inner.adjusted(side, 0, 0, 0)

    # Pills

    def _pill_tone(self, row: int, column: int) -> str:
        if column == at.STOCK:
            stock = self._grid.lines.stock(row)
            return "bad" if stock is not None and stock.short else ""
        if column == at.MARGIN:
            margin = self._grid.lines.priced(row).margin_percent
            return "" if margin is None else margin_tone(margin)
        return ""

    def _pill(self, painter: QPainter, rect: QRect, text: str, tone: str) -> int:
        """Paint a pill; answers how wide it is."""
        drawn = self._pills.get((text, tone))
        if drawn is None:
            points, scale = QApplication.font().pointSizeF(), self._grid.devicePixelRatioF()
            drawn = self._pills[text, tone] = pills.pixmap(text, "", tone, points, scale)
        high = round(drawn.height() / drawn.devicePixelRatio())
        painter.drawPixmap(rect.x() + tokens.SMALL, rect.y() + (rect.height() - high) // 2, drawn)
        return round(drawn.width() / drawn.devicePixelRatio())
