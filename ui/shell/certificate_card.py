"""The password of the company's certificate, and whose certificate it opens."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from resources.languages import marked as _
from ui.kit import tasks
from ui.kit.language import tr
from ui.shell.secret_card import SecretCard
from ui.widgets.parts import button

if TYPE_CHECKING:
    from controllers.core.app import App
    from ui.kit.desk import Desk


class CertificateCard(SecretCard):
    """`file` answers the file as it is typed at the moment, `choose` types another one."""

    def __init__(
        self, desk: "Desk", file: Callable[[], str], choose: Callable[[str], object]
    ) -> None:
        super().__init__(_("Password of the certificate"))
        self._desk, self._file, self._choose = desk, file, choose
        self.file_button = self.add_button(
            button(_("Choose the file"), self.choose_file, icon="ph.folder-open")
        )
        self.try_button = self.add_button(button(_("Check the certificate"), self.try_certificate))
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

        tasks.run(work, self._opens, self.refuse, key=(id(self), "try"), owner=self)

    def _opens(self, found: tuple[str, dt.date]) -> None:
        owner, last = found
        told = _("It is {owner}'s certificate, valid until {day}.")
        self.tell(tr(told, owner=owner, day=self._desk.style.day(last)), "info")

    def keep(self, file: str) -> None:
        """Put a typed password into the keyring; what stands in the way is said below."""
        app = self._app

        def work(typed: str) -> None:
            from controllers.documents import signing

            signing.keep(app, file, typed)

        if file:
            self.keep_typed(work)
