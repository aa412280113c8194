"""A table of lines some of whose cells are typed in: what is delivered, credited or settled."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QFrame,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.insight.cells import Cells
from ui.kit import theme, tokens
from ui.kit.language import name, tr
from ui.widgets.card_table import CardTable
from ui.widgets.headed_model import NONE, HeadedModel, Index

_ROLE = Qt.ItemDataRole


class Column(NamedTuple):
    """A column and how its cells behave."""

    label: str
    is_figure: bool = False
    is_typed: bool = False
    is_wide: bool = False
    """It takes the room that is left."""


class RowsModel(HeadedModel):
    """Rows of texts; `closed` cells of a typed column are not typed in."""

    typed = Signal()

    def __init__(self, columns: Sequence[Column]) -> None:
        figures = [at for at, each in enumerate(columns) if each.is_figure]
        super().__init__([each.label for each in columns], figures)
        self.columns = tuple(columns)
        self.rows: list[list[str]] = []
        self.closed: set[tuple[int, int]] = set()
        self.is_open = True
        """Whether anything can be typed at all."""

    def take(
        self, rows: Sequence[Sequence[str]], closed: set[tuple[int, int]] | None = None
    ) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = [list(each) for each in rows]
        self.closed = closed or set()
        self.endResetModel()

    def add(self, texts: Sequence[str], closed: set[int]) -> int:
        """One row more, with some of its columns closed; answers its place."""
        at = len(self.rows)
        self.take([*self.rows, texts], self.closed | {(at, column) for column in closed})
        return at

    def rowCount(self, parent: Index = NONE) -> int:
        return len(self.rows)

    def is_typed(self, index: Index) -> bool:
        """Whether a cell can be typed in."""
        is_closed = (index.row(), index.column()) in self.closed
        return self.is_open and self.columns[index.column()].is_typed and not is_closed

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_typed(index) else flags

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if role in (_ROLE.DisplayRole, _ROLE.EditRole, _ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            return self.rows[index.row()][index.column()]
        if role == _ROLE.TextAlignmentRole:
            return self.alignment(index.column())
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.EditRole or not self.is_typed(index):
            return False
        self.rows[index.row()][index.column()] = str(value).strip()
        self.dataChanged.emit(index, index)
        self.typed.emit()
        return True


class _TypedCells(Cells):
    """Cells that can be typed in have a frame; Enter takes over and goes down."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._rows = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            is_current = index == self._rows.currentIndex() and self._rows.hasFocus()
            colours = theme.tokens()
            painter.save()
            painter.setPen(QPen(QColor(colours.accent if is_current else colours.border)))
            rect = option.rect
            painter.drawRect(rect.adjusted(2, 2, -3, -3))
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        edit = QLineEdit(parent)
        edit.setProperty("role", "cell")
        edit.setAlignment(Qt.AlignmentFlag(int(index.data(_ROLE.TextAlignmentRole))))
        edit.setAccessibleName(str(self._rows.model().headerData(
            index.column(), Qt.Orientation.Horizontal)))  # fmt: skip
        return edit

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _step(event)
            if step is not None and isinstance(editor, QWidget):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self._go(*step)
                return True
        return super().eventFilter(editor, event)

    def _go(self, down: int, right: int) -> None:
        if isinstance(self._rows, RowsTable):
            self._rows.go(down, right)


def _step(event: QKeyEvent) -> tuple[int, int] | None:
    """Where a key of an open cell goes: rows down, typed cells on."""
    keys = Qt.Key
    steps = {keys.Key_Return: (1, 0), keys.Key_Enter: (1, 0), keys.Key_Down: (1, 0),
             keys.Key_Up: (-1, 0), keys.Key_Tab: (0, 1), keys.Key_Backtab: (0, -1)}  # fmt: skip
    plain = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    return None if event.modifiers() & ~plain else steps.get(keys(event.key()))


class RowsTable(CardTable):
    """As high as its rows in a panel, or as the page has room."""

    opened = Signal(int)
    """Enter or a double click on a row whose cell is not typed in."""

    def __init__(self, model: RowsModel, title: str, most: int = 0) -> None:
        super().__init__(model)
        self.lines = model
        self._most = most
        self.setItemDelegate(_TypedCells(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed | QTableView.EditTrigger.DoubleClicked
            | QTableView.EditTrigger.EditKeyPressed | QTableView.EditTrigger.SelectedClicked
        )  # fmt: skip
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        name(self, title)
        self.follow()
        model.modelReset.connect(self.fit)
        self.doubleClicked.connect(self._on_double)

    def _on_double(self, index: QModelIndex) -> None:
        if not self.lines.is_typed(index):
            self.opened.emit(index.row())

    def dress(self) -> None:
        """Take over theme, font and language."""
        super().dress()
        self.fit()

    def fit(self) -> None:
        """Columns as wide as their texts, one takes the rest."""
        metrics = QFontMetrics(self.font())
        widths = []
        for at, each in enumerate(self.lines.columns):
            texts = [tr(each.label), *(line[at] for line in self.lines.rows[:200])]
            wide = max(map(metrics.horizontalAdvance, texts)) + tokens.WIDE
            least = tokens.COLUMN_LEAST + (tokens.WIDE if each.is_typed else 0)
            widths.append(min(max(wide, least), tokens.COLUMN_MOST))
        self._share(widths)
        if self._most:
            shown = max(1, min(len(self.lines.rows), self._most))
            head = self.horizontalHeader().sizeHint().height()
            self.setFixedHeight(theme.row_height(self) * shown + head + tokens.SMALL)

    def _share(self, widths: list[int]) -> None:
        wide = next((at for at, each in enumerate(self.lines.columns) if each.is_wide), None)
        rest = self.viewport().width() - sum(widths)
        if wide is not None:
            widths[wide] = max(tokens.COLUMN_LEAST * 2, widths[wide] + rest)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.fit)

    def sizeHint(self) -> QSize:
        return QSize(tokens.DIALOG, super().sizeHint().height())

    # Typing

    def commit(self) -> None:
        """Take over what is being typed."""
        self.setFocus()

    def first_cell(self, column: int | None = None) -> None:
        """Put the cursor on the first cell that can be typed in, in a column or anywhere."""
        cells = [each for each in self._typed_cells() if column in (None, each[1])]
        if cells:
            self.setCurrentIndex(self.lines.index(*cells[0]))

    def _typed_cells(self) -> list[tuple[int, int]]:
        model = self.lines
        return [
            (row, column)
            for row in range(model.rowCount()) for column in range(model.columnCount())
            if model.is_typed(model.index(row, column))
        ]  # fmt: skip

    def go(self, down: int, right: int) -> None:
        """To the typed cell below, or to the next one."""
        cells, now = self._typed_cells(), (self.currentIndex().row(), self.currentIndex().column())
        if right:
            at = cells.index(now) + right if now in cells else 0
            wanted = cells[at % len(cells)] if cells else now
        else:
            same = [each for each in cells if each[1] == now[1]]
            at = same.index(now) + down if now in same else 0
            wanted = same[max(0, min(len(same) - 1, at))] if same else now
        self.setCurrentIndex(self.lines.index(*wanted))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if is_enter and self.state() != QTableView.State.EditingState:
            index = self.currentIndex()
            if index.isValid() and self.lines.is_typed(index):
                self.edit(index)
            elif index.isValid():
                self.opened.emit(index.row())
        else:
            super().keyPressEvent(event)
