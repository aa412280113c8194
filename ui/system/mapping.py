"""The columns of a file and the field each one means: a table to read and to change."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from resources.languages import marked as _
from ui.insight.cells import TONE, Cells
from ui.kit import icons, theme, tokens
from ui.kit.language import name, tr
from ui.widgets.card_table import CardTable
from ui.widgets.headed_model import NONE, HeadedModel, Index

if TYPE_CHECKING:
    from controllers.system.imports.previewing import FileColumn

_ROLE = Qt.ItemDataRole
_HEADINGS = (_("Column of the file"), _("For example"), _("Means"))
_FIELD = 2

FieldNames = Sequence[tuple[str, str, bool]]
"""Name, English label and whether it is required, of each field there is."""


class MappingModel(HeadedModel):
    """One row for each column of the file."""

    chosen = Signal(str, str)
    """A person gave the column of this heading a field, or "-" to leave it out."""

    def __init__(self) -> None:
        super().__init__(_HEADINGS)
        self.columns: Sequence[FileColumn] = ()
        self.fields: FieldNames = ()
        self.labels: dict[str, str] = {}

    def take(self, columns: "Sequence[FileColumn]", fields: FieldNames) -> None:
        """Show other columns; the same ones keep the place of the cursor."""
        same = [each.heading for each in columns] == [each.heading for each in self.columns]
        same = same and fields == self.fields
        if same:
            self.columns = columns
            last = self.index(len(columns) - 1, _FIELD)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.columns, self.fields = columns, fields
        self.labels = {each: label for each, label, _required in fields}
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        return len(self.columns)

    def text(self, row: int, at: int) -> str:
        """One cell as it is shown."""
        column = self.columns[row]
        if at == _FIELD:
            label = self.labels.get(column.field, column.field)
            return tr(label) if label else tr(_("left out"))
        return column.heading if at == 0 else " · ".join(column.samples)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        row, at = index.row(), index.column()
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            return self.text(row, at)
        if role == _ROLE.EditRole:
            return self.columns[row].field
        if role == TONE:
            is_soft = at == 1 or (at == _FIELD and not self.columns[row].field)
            return "soft" if is_soft else "ink"
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        column = self.columns[index.row()]
        if value != (column.field or "-"):
            self.chosen.emit(column.heading, value)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == _FIELD else usual


class FieldChoice(Cells):
    """The field of a column: a small arrow that opens the list of fields."""

    def __init__(self, view: QTableView, model: MappingModel) -> None:
        super().__init__(view)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.column() == _FIELD:
            rect: QRect = option.rect
            side = tokens.ICON - tokens.TINY
            left, top = rect.right() - side - tokens.TINY, rect.center().y() - side // 2
            place = QRect(left, top, side, side)
            icons.draw(painter, place, "ph.caret-down", theme.tokens().soft)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QComboBox(parent)
        name(box, _("Field"))
        box.addItem(tr(_("left out")), "-")
        taken = {each.field for each in self._model.columns}
        for field, label, required in self._model.fields:
            words = tr(label) + (" *" if required else "")
            box.addItem(f"{words}  ✓" if field in taken else words, field)
        box.activated.connect(lambda _at: self._finish(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(_ROLE.EditRole))))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(model.index(index.row(), index.column()), editor.currentData())

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QAbstractItemDelegate.EndEditHint.NoHint)


class MappingTable(CardTable):
    """Enter, Space or a click on the last column opens its list; Delete leaves a column out."""

    def __init__(self) -> None:
        self.rows = MappingModel()
        super().__init__(self.rows)
        self.setItemDelegate(FieldChoice(self, self.rows))
        self.setProperty("role", "card")
        self.setEditTriggers(QTableView.EditTrigger.EditKeyPressed)
        name(self, _("Columns of the file"))
        self.follow()

    def edit_field(self) -> None:
        """Open the list of fields in the row of the cursor."""
        row = self.currentIndex().row()
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row, _FIELD))
            self.edit(self.rows.index(row, _FIELD))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys: dict[int, Callable[[], None]] = dict.fromkeys(
            (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2), self.edit_field
        )
        keys |= {Qt.Key.Key_Delete: self._leave_out, Qt.Key.Key_Backspace: self._leave_out}
        if event.key() in keys and not event.modifiers():
            keys[event.key()]()
        else:
            super().keyPressEvent(event)

    def _leave_out(self) -> None:
        row = self.currentIndex().row()
        if row >= 0:
            self.rows.setData(self.rows.index(row, _FIELD), "-")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == _FIELD:
            self.edit_field()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width()
        for at, part in enumerate((0.3, 0.36)):
            self.setColumnWidth(at, int(wide * part))
        self.setColumnWidth(_FIELD, wide - int(wide * 0.3) - int(wide * 0.36))
