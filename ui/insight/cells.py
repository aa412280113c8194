"""Paints the cells of a plain table: padded texts, pills, the row under mouse and cursor."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.kit import theme, tokens

_ROLE = Qt.ItemDataRole
TONE = _ROLE.UserRole + 1
"""The name of a token in which a cell is written."""

_State = QStyle.StateFlag


class Cells(QStyledItemDelegate):
    """A model gives texts, alignment, a pixmap as decoration, and a tone."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = theme.tokens()
        rect: QRect = option.rect
        if _State.State_Selected in option.state:
            painter.fillRect(rect, QColor(colours.accent_ground))
        elif _State.State_MouseOver in option.state:
            painter.fillRect(rect, QColor(colours.hover))
        if self._has_cursor(index):
            painter.fillRect(
                rect.x(), rect.y(), tokens.FOCUS, rect.height(), QColor(colours.accent)
            )
        inner = rect.adjusted(tokens.SMALL, 0, -tokens.SMALL, 0)
        picture = index.data(_ROLE.DecorationRole)
        if isinstance(picture, QPixmap):
            inner = self._paint_picture(painter, picture, inner)
        self._paint_text(painter, index, inner)

    def _has_cursor(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        current = self._view.currentIndex()
        return index.column() == 0 and index.row() == current.row() and self._view.hasFocus()

    @staticmethod
    def _paint_picture(painter: QPainter, picture: QPixmap, inner: QRect) -> QRect:
        high = round(picture.height() / picture.devicePixelRatio())
        wide = round(picture.width() / picture.devicePixelRatio())
        painter.drawPixmap(inner.x(), inner.y() + (inner.height() - high) // 2, picture)
        return inner.adjusted(wide + tokens.SMALL, 0, 0, 0)

    def _paint_text(
        self, painter: QPainter, index: QModelIndex | QPersistentModelIndex, inner: QRect
    ) -> None:
        text = index.data(_ROLE.DisplayRole)
        if not text:
            return
        painter.setFont(index.data(_ROLE.FontRole) or self._view.font())
        painter.setPen(QColor(getattr(theme.tokens(), index.data(TONE) or "ink")))
        wide = max(inner.width(), 0)
        shown = painter.fontMetrics().elidedText(str(text), Qt.TextElideMode.ElideRight, wide)
        align = index.data(_ROLE.TextAlignmentRole)
        painter.drawText(inner, int(align or Qt.AlignmentFlag.AlignVCenter), shown)


def strong() -> QFont:
    """The font of what stands out in a table."""
    font = theme.scaled(tokens.BODY)
    font.setWeight(QFont.Weight.DemiBold)
    return font
