"""The field laid over the cell that is typed into; what it does not need goes to the grid."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.lookup import FindsEdit

if TYPE_CHECKING:
    from ui.documents.line_grid.entry import Entry

_KEY = QKeySequence.StandardKey
_CTRL = Qt.KeyboardModifier.ControlModifier


class CellEdit(FindsEdit):
    """Hands keys to the entry first, which says what they mean in a line."""

    def __init__(self, entry: "Entry", parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "cell")
        self.entry = entry
        self.hide()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._is_for_grid(event):
                event.ignore()
                return False
            tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if event.type() == QEvent.Type.KeyPress and event.key() in tabs:
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def _is_for_grid(self, event: QKeyEvent) -> bool:
        """Keys a field would keep for itself though they mean more in a line."""
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == _CTRL:
            return True
        if event.matches(_KEY.Paste):
            return is_table(QApplication.clipboard().text())
        if event.matches(_KEY.Undo):
            return not self.isUndoAvailable()
        return event.matches(_KEY.Redo) and not self.isRedoAvailable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.entry.takes_key(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        kept = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        self.close_popup()
        if event.reason() not in kept:
            self.entry.leave()


def is_table(text: str) -> bool:
    """Whether a text is rows of a spreadsheet rather than a word."""
    return "\t" in text or "\n" in text.strip("\r\n")
