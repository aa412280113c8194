"""A PIN for the database of this computer: set, changed or removed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit

from models.values.errors import DomainError
from models.values.records import Change
from resources.languages import marked as _
from ui.kit import errors, tasks, tokens
from ui.kit.language import tr
from ui.kit.toasts import toast
from ui.shell.connection.fields import Typed
from ui.widgets.parts import button, column, label, row

if TYPE_CHECKING:
    from ui.kit.desk import Desk


class PinCard(QFrame):
    """A card of the settings; there is none on a shared database."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._app = desk.app
        self.present, self.wanted, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.boxes = {
            "present": Typed(_("Present PIN"), self.present),
            "wanted": Typed(_("New PIN"), self.wanted),
            "again": Typed(_("New PIN once more"), self.again),
        }
        self.set_button = button(_("Set PIN"), self.set_pin)
        self.remove_button = button(_("Remove PIN"), self.remove)
        self._build()
        desk.feed.changed.connect(self._on_changes)
        self.load()

    def _build(self) -> None:
        hint = label(
            _("Asked for whenever this database is opened. It keeps away a colleague at the same "
              "desk, not somebody who has the file: the file is not encrypted."),
            "soft", wrap=True,
        )  # fmt: skip
        line = row(*self.boxes.values(), gap=tokens.LARGE)
        for box in self.boxes.values():
            line.setAlignment(box, Qt.AlignmentFlag.AlignTop)
            line.setStretchFactor(box, 1)
        for each in (self.present, self.wanted, self.again):
            each.setEchoMode(QLineEdit.EchoMode.Password)
            each.textEdited.connect(lambda _text: self._unmark())
            each.returnPressed.connect(self.set_pin)
        layout = column(label(_("PIN"), "section"), hint, gap=tokens.SMALL, margin=tokens.LARGE)
        layout.addLayout(line)
        layout.addLayout(row(self.set_button, self.remove_button, 1))
        self.setLayout(layout)

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        if any(each.concerns("pin") for each in changes):
            self.load()

    def load(self) -> None:
        """Ask whether there is a PIN."""
        app = self._app

        def work() -> bool:
            from controllers.system import pin

            return pin.is_set(app)

        tasks.run(work, self._take, key=(id(self), "pin"), owner=self)

    def _take(self, is_set: bool) -> None:
        self.boxes["present"].setVisible(is_set)
        self.remove_button.setVisible(is_set)

    def _unmark(self) -> None:
        for box in self.boxes.values():
            box.mark("", wrong=False)

    def set_pin(self) -> None:
        """Keep the new PIN."""
        wanted = self.wanted.text()
        if not wanted:
            self.boxes["wanted"].mark(tr(_("Fill this in.")), wrong=True)
        elif wanted != self.again.text():
            self.boxes["again"].mark(tr(_("Both must be the same.")), wrong=True)
        else:
            self._change(wanted, tr(_("The PIN is set; it is asked for at the next start.")))

    def remove(self) -> None:
        """Ask for no PIN any more."""
        self._change("", tr(_("No PIN is asked for any more.")))

    def _change(self, wanted: str, words: str) -> None:
        app, present = self._app, self.present.text()

        def work() -> None:
            from controllers.system import pin

            app.write(pin.change, present, wanted)

        def done(_answer: object) -> None:
            for each in (self.present, self.wanted, self.again):
                each.clear()
            self._unmark()
            toast(words)

        tasks.write(work, done, self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        field = error.field if isinstance(error, DomainError) else ""
        if field in self.boxes:
            self.boxes[field].mark(errors.text_of(error), wrong=True)
            self.boxes[field].control.setFocus()
        else:
            errors.show(error)
