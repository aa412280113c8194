"""Paints the cells of a list: one lookup, one text, and pills for states."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from models.values.fields import FieldKind
from ui.kit import theme, tokens
from ui.kit.language import tr
from ui.widgets import pills

if TYPE_CHECKING:
    from ui.widgets.record_list.model import ListModel
    from ui.widgets.record_list.table import RecordTable

_ELIDE = Qt.TextElideMode.ElideRight


class RowDelegate(QStyledItemDelegate):
    """One delegate for all columns of a list."""

    def __init__(self, table: "RecordTable", model: "ListModel") -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._pills: dict[int, dict[str, QPixmap]] = {}
        self._numbers: frozenset[int] = frozenset()
        self.prepare()

    def prepare(self) -> None:
        """Take over theme, font, language and columns; called when one of them changed."""
        colours = theme.tokens()
        self._ink = QColor(colours.ink)
        self._chosen = QColor(colours.accent_ground)
        self._hover = QColor(colours.hover)
        self._accent = QColor(colours.accent)
        self._metrics = QFontMetrics(self._table.font())
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
        kind = self._model.kind.name
        drawn = {
            tr(label): pills.state_pixmap(kind, code, self._table) for code, label in labels.items()
        }
        return {label: pixmap for label, pixmap in drawn.items() if pixmap is not None}

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row, column = index.row(), index.column()
        rect = option.rect
        x, y, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        if self._table.is_chosen(row):
            painter.fillRect(x, y, width, height, self._chosen)
        elif row == self._table.hovered:
            painter.fillRect(x, y, width, height, self._hover)
        if column == self._table.first_column and row == self._table.focused:
            painter.fillRect(x, y, tokens.FOCUS, height, self._accent)
        text = self._model.text(row, column)
        if text:
            self._write(painter, text, column, x, y, width)

    def _write(self, painter: QPainter, text: str, column: int, x: int, y: int, width: int) -> None:
        drawn = self._pills.get(column)
        if drawn is not None and text in drawn:
            pill = drawn[text]
            high = round(pill.height() / pill.devicePixelRatio())
            painter.drawPixmap(x + tokens.TINY, y + (self._height - high) // 2, pill)
            return
        shown = self._metrics.elidedText(text, _ELIDE, width - 2 * tokens.SMALL)
        left = x + tokens.SMALL
        if column in self._numbers:
            left = x + width - tokens.SMALL - self._metrics.horizontalAdvance(shown)
        painter.setPen(self._ink)
        painter.drawText(left, y + self._baseline, shown)
