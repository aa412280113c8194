"""Where a shared database is and who signs in, as a person types it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from controllers.system.addresses import ENCRYPTED, PLAIN, PORT, PROVEN, Address
from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.language import name, on_language, say, tr
from ui.widgets.parts import button, column, label, row, set_property

GUARDS = {
    PROVEN: _("Encrypted, and the server proves who it is"),
    ENCRYPTED: _("Encrypted, without proof"),
    PLAIN: _("None: only within a network you trust"),
}
"""The words of each way to guard a connection, the safest first."""

_LARGEST_PORT = 65_535


class Typed(QWidget):
    """A label, what is typed below it, and a mark where something is wrong with it."""

    def __init__(self, text: str, control: QWidget, *beside: QWidget) -> None:
        super().__init__()
        self.control = control
        name(control, text)
        caption = label(text, "heading")
        caption.setBuddy(control)
        self._problem = label(role="problem", wrap=True)
        self._problem.hide()
        line = row(control, *beside)
        line.setStretch(0, 1)
        layout = column(caption, gap=tokens.TINY)
        layout.addLayout(line)
        layout.addWidget(self._problem)
        self.setLayout(layout)

    def mark(self, problem: str, *, wrong: bool) -> None:
        """Show that something is wrong here, with a sentence or without."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        set_property(self.control, "wrong", "true" if wrong else "false")


class ConnectionFields(QFrame):
    """The parts of an address, the password and whether it is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.host, self.port = QLineEdit(), QLineEdit(str(PORT))
        self.database, self.user = QLineEdit(), QLineEdit()
        self.password, self.certificate = QLineEdit(), QLineEdit()
        self.guard, self.keep, self.reports = QComboBox(), QCheckBox(), QLineEdit()
        self.lines = (self.host, self.port, self.database, self.user, self.password,
                      self.certificate, self.reports)  # fmt: skip
        self._prepare()
        self.boxes = {
            "host": Typed(_("Server"), self.host),
            "port": Typed(_("Port"), self.port),
            "database": Typed(_("Database"), self.database),
            "user": Typed(_("User"), self.user),
            "password": Typed(_("Password"), self.password),
            "tls": Typed(_("Protection (TLS)"), self.guard),
            "certificate": Typed(_("Certificate of the server"), self.certificate,
                                 button(_("Choose file …"), self._choose)),
            "reports": Typed(_("Server for reports, where there is one"), self.reports),
        }  # fmt: skip
        self._build()
        on_language(self._reword)

    def _prepare(self) -> None:
        for code, words in GUARDS.items():
            self.guard.addItem(tr(words), code)
        self.guard.currentIndexChanged.connect(self._on_guard)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for each in self.lines:
            each.textEdited.connect(lambda _text: self.unmark())
        say(self.host, "setPlaceholderText", _("For example db.company.co.id"))
        say(self.certificate, "setPlaceholderText",
            _("Left empty, what this computer trusts holds"))  # fmt: skip
        say(self.reports, "setPlaceholderText", _("Left empty, the same server"))
        say(self.keep, "setText", _("Keep the password in this computer's keyring"))
        name(self.keep, _("Keep the password in this computer's keyring"))
        self.keep.setChecked(True)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.LARGE)
        grid.setVerticalSpacing(tokens.MEDIUM)
        for at, (wide, narrow) in enumerate((("host", "port"), ("database", "user"))):
            grid.addWidget(self.boxes[wide], at, 0, 1, 2 if at else 3)
            grid.addWidget(self.boxes[narrow], at, 2 if at else 3, 1, 2 if at else 1)
        grid.addWidget(self.boxes["password"], 2, 0, 1, 2)
        self.keep.setMinimumHeight(self.password.sizeHint().height())
        grid.addWidget(self.keep, 2, 2, 1, 2, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self.boxes["tls"], 3, 0, 1, 2)
        grid.addWidget(self.boxes["certificate"], 3, 2, 1, 2)
        grid.addWidget(self.boxes["reports"], 4, 0, 1, 2)
        for part in range(4):
            grid.setColumnStretch(part, 1)
        layout = column(margin=tokens.LARGE)
        layout.addLayout(grid)
        self.setLayout(layout)

    def _reword(self) -> None:
        for at, words in enumerate(GUARDS.values()):
            self.guard.setItemText(at, tr(words))

    def _on_guard(self) -> None:
        self.unmark()
        self.boxes["certificate"].setVisible(self.guard.currentData() == PROVEN)

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr(_("Certificate of the server")))
        dialog.setNameFilters([f"{tr(_('Certificates'))} (*.crt *.pem *.cer)", "* (*)"])
        dialog.fileSelected.connect(self.certificate.setText)
        dialog.open()

    # What is typed

    def show_address(self, address: Address, reports: Address | None = None) -> None:
        """Fill everything in but the password."""
        self.reports.setText(reports.place if reports else "")
        self.host.setText(address.host)
        self.port.setText(str(address.port))
        self.database.setText(address.database)
        self.user.setText(address.user)
        self.certificate.setText(address.certificate)
        self.guard.setCurrentIndex(self.guard.findData(address.tls))
        self.password.clear()
        self.unmark()

    def address(self) -> Address | None:
        """What is typed; None where something is missing, which is then marked."""
        self.unmark()
        missing = [each for each in ("host", "database", "user") if not self._text(each)]
        for each in missing:
            self.boxes[each].mark(tr(_("Fill this in.")), wrong=True)
        port = self._text("port") or str(PORT)
        is_port = port.isdecimal() and 0 < int(port) <= _LARGEST_PORT
        if not is_port:
            self.boxes["port"].mark(tr(_("A number up to 65535.")), wrong=True)
        if missing or not is_port or not self._has_certificate():
            return None
        return Address(
            self._text("host"), int(port), self._text("database"), self._text("user"),
            self.guard.currentData(), self._text("certificate"),
        )  # fmt: skip

    def reports_url(self, address: Address) -> str:
        """The address of the copy that reports read, "" where none is typed.

        Raises DomainError at `reports` where it cannot be read.
        """
        typed = self._text("reports")
        return address.at(typed).url if typed else ""

    def _text(self, which: str) -> str:
        control = self.boxes[which].control
        return control.text().strip() if isinstance(control, QLineEdit) else ""

    def _has_certificate(self) -> bool:
        path = self._text("certificate")
        if self.guard.currentData() != PROVEN or not path or Path(path).is_file():
            return True
        self.boxes["certificate"].mark(tr(_("There is no such file.")), wrong=True)
        return False

    # What is wrong

    def mark(self, which: str) -> None:
        """Show which field to look at, and go there."""
        box = self.boxes.get(which)
        if box is not None:
            box.mark("", wrong=True)
            box.control.setFocus()

    def unmark(self) -> None:
        """Nothing is known to be wrong."""
        for box in self.boxes.values():
            box.mark("", wrong=False)
