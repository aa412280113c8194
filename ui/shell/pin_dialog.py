"""Asks for the PIN of a database on this computer before it is opened."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from resources.languages import marked as _
from ui.kit import errors, tasks, tokens
from ui.kit.language import name, say, tr
from ui.widgets.parts import button, column, icon_label, label, row, set_property

if TYPE_CHECKING:
    from controllers.core.app import App


class PinDialog(QDialog):
    """`open_with` opens the database with what was typed; then `app` is the program on it."""

    opened = Signal(object)
    """The program on the database."""

    def __init__(
        self, place: str, open_with: "Callable[[str], App]", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.app: App | None = None
        self._open_with = open_with
        say(self, "setWindowTitle", _("PIN"))
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.textEdited.connect(lambda _text: self._tell(""))
        name(self.pin, _("PIN"))
        words = label(role="strong", wrap=True)
        words.setText(tr(_("{name} asks for its PIN."), name=place))
        self.problem = label(role="problem", wrap=True)
        self.problem.hide()
        head = row(icon_label("ph.lock-simple", "accent"), words)
        head.setStretch(1, 1)
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(head)
        layout.addWidget(self.pin)
        layout.addWidget(self.problem)
        layout.addLayout(self._buttons())
        self.setLayout(layout)
        self.setMinimumWidth(tokens.POPUP)

    def _buttons(self) -> QHBoxLayout:
        cancel = button(_("Cancel"), self.reject)
        cancel.setAutoDefault(False)
        self.open_button = button(_("Open"), self.enter, role="primary")
        self.open_button.setDefault(True)
        return row(1, cancel, self.open_button)

    def enter(self) -> None:
        """Try what was typed, in the background: it takes a moment on purpose."""
        typed = self.pin.text()
        if not typed:
            self.pin.setFocus()
            return
        self.open_button.setEnabled(False)
        tasks.run(lambda: self._open_with(typed), self._take, self._refused, owner=self)

    def _take(self, app: "App") -> None:
        self.app = app
        self.opened.emit(app)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.open_button.setEnabled(True)
        self._tell(errors.text_of(error))
        self.pin.selectAll()
        self.pin.setFocus()

    def _tell(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        set_property(self.pin, "wrong", "true" if problem else "false")


def unlocked(place: Path | str, user: str, words: str | None) -> "App | None":
    """The program on a file that asks for its PIN, before there is a window; None where the
    person gives up.
    """
    from controllers.system.opening import open_app
    from ui.shell.connection.starting import dress

    dress(words)
    tasks.tasks().failed = errors.show
    dialog = PinDialog(Path(str(place)).name, lambda pin: open_app(place, user, pin=pin))
    loop = QEventLoop()
    dialog.finished.connect(loop.exit)
    dialog.show()
    loop.exec()
    tasks.tasks().stop()
    dialog.deleteLater()
    return dialog.app
