"""The question under which name a view of a list is kept."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QWidget

from resources.languages import marked as _
from ui.kit import actions, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, say
from ui.widgets.parts import button, column, label


class SaveView(QFrame):
    """Asks for the name of a view and whether others see it."""

    named = Signal(str, bool)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        name(self, _("Save view"))
        self._name = QLineEdit()
        say(self._name, "setPlaceholderText", _("Name of the view"))
        name(self._name, _("Name of the view"))
        self._shared = QCheckBox()
        say(self._shared, "setText", _("For everybody who uses this database"))
        name(self._shared, _("For everybody who uses this database"))
        actions.offer(desk, "views.share", self._shared)
        self._name.returnPressed.connect(self._save)
        self.setLayout(
            column(
                label(_("Save columns, filters and order as"), "heading"),
                self._name,
                self._shared,
                button(_("Save view"), self._save, role="primary"),
                margin=tokens.LARGE,
            )
        )
        self.setMinimumWidth(tokens.POPUP - tokens.HUGE)

    def _save(self) -> None:
        if self._name.text().strip():
            self.named.emit(self._name.text().strip(), self._shared.isChecked())
            self.close()

    def open_below(self, widget: QWidget) -> None:
        """Show the question below a chip."""
        self.adjustSize()
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 2)))
        self.show()
        self._name.setFocus()
