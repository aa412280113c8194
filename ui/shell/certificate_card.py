"""The password of the company's certificate, and whose certificate it opens."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit

from resources.languages import marked as _
from ui.kit import errors, tasks, tokens
from ui.kit.language import name, say, tr
from ui.kit.toasts import toast
from ui.widgets.parts import button, card, column, label, row, set_property

if TYPE_CHECKING:
    from controllers.core.app import App
    from ui.kit.desk import Desk


class CertificateCard(QFrame):
    """`file` answers the file as it is typed at the moment, `choose` types another one."""

    def __init__(
        self, desk: "Desk", file: Callable[[], str], choose: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._desk, self._file, self._choose = desk, file, choose
        self.setProperty("role", "card")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaximumWidth(tokens.SEARCH_BOX)
        name(self.password, _("Password of the certificate"))
        say(self.password, "setPlaceholderText", _("Left empty, the kept one stays"))
        self.file_button = button(_("Choose the file"), self.choose_file, icon="ph.folder-open")
        self.try_button = button(_("Check the certificate"), self.try_certificate)
        self.answer = label(role="soft", wrap=True)
        self._notice = card()
        self._notice.setLayout(column(self.answer, margin=tokens.SMALL))
        self._notice.hide()
        hint = label(_("It is kept in this computer's keyring, never in the database."), "caption")
        layout = column(
            label(_("Password of the certificate"), "heading"),
            gap=tokens.SMALL, margin=tokens.LARGE,
        )  # fmt: skip
        line = row(self.password, self.file_button, self.try_button, 1)
        line.setStretch(0, 1)
        layout.addLayout(line)
        layout.addWidget(hint)
        layout.addWidget(self._notice)
        self.setLayout(layout)
        self.file_button.setEnabled(desk.may("settings.change"))

    @property
    def _app(self) -> "App":
        return self._desk.app

    def choose_file(self) -> None:
        """Ask for the file; it is kept with the other settings."""
        form = tr(_("Certificates")) + " (*.p12 *.pfx)"
        path, _form = QFileDialog.getOpenFileName(self, tr(_("Choose the file")), "", form)
        if path:
            self._choose(path)

    def try_certificate(self) -> None:
        """Open it as it is typed; whose it is, or what is wrong, is said below."""
        app, file, typed = self._app, self._file(), self.password.text()

        def work() -> tuple[str, dt.date]:
            from controllers.documents import signing

            found = signing.opened(file, typed or signing.known(app, file))
            return found.name, found.last.date()

        tasks.run(work, self._opens, self._refused, key=(id(self), "try"), owner=self)

    def _opens(self, found: tuple[str, dt.date]) -> None:
        owner, last = found
        told = _("It is {owner}'s certificate, valid until {day}.")
        self._tell(tr(told, owner=owner, day=self._desk.style.day(last)), "info")

    def _refused(self, error: Exception) -> None:
        self._tell(errors.text_of(error), "bad")

    def _tell(self, text: str, tone: str) -> None:
        self.answer.setText(text)
        set_property(self._notice, "tone", tone)
        self._notice.show()

    def keep(self, file: str) -> None:
        """Put a typed password into the keyring; what stands in the way is said below."""
        app, typed = self._app, self.password.text()
        if not typed or not file:
            return

        def work() -> None:
            from controllers.documents import signing

            signing.keep(app, file, typed)

        def kept(_answer: object) -> None:
            self.password.clear()
            toast(tr(_("The password is kept in the keyring.")))

        tasks.run(work, kept, self._refused, owner=self)
