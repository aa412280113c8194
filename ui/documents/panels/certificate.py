"""The password of the company's certificate, asked where it is neither known nor in the keyring."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from resources.languages import marked as _
from ui.documents.panels.panel import Panel
from ui.kit import tasks
from ui.kit.errors import text_of
from ui.kit.language import name, tr
from ui.widgets.parts import button

if TYPE_CHECKING:
    from ui.documents.page import DocumentPage

FIELD = "certificate_password"
"""The field of refusals that another password would mend."""


def ask(page: "DocumentPage") -> None:
    """Ask beside the work; what was to be sent is sent again by hand."""
    page.notice.hide()
    page.show_panel(CertificatePanel(page))


class CertificatePanel(Panel):
    """A password that holds until the program is closed."""

    def __init__(self, page: "DocumentPage") -> None:
        super().__init__(_("Password of the certificate"))
        self._page = page
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setProperty("first", True)
        self.password.returnPressed.connect(self.take)
        name(self.password, _("Password of the certificate"))
        self.body.addWidget(self.password)
        self.add_text(tr(_("It holds until the program is closed; Settings keep it in the "
                           "keyring.")))  # fmt: skip
        self.add_button(button(_("Cancel"), self.close_panel))
        self.add_button(button(_("Go on"), self.take, role="primary"))

    def take(self) -> None:
        """Use it from now on where it opens the certificate."""
        app, typed = self._page.desk.app, self.password.text()

        def work() -> None:
            from controllers.documents import signing
            from controllers.system import settings

            file = app.read(settings.load).certificate
            signing.opened(file, typed)
            signing.remember(app, file, typed)

        def done(_none: None) -> None:
            self.close_panel()
            self._page.notice.tell(tr(_("The certificate is open; send it now.")), "info")

        tasks.run(work, done, lambda error: self.show_problem(text_of(error)), owner=self)
