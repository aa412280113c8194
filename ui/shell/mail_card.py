"""The password of the mail server, and a try whether it lets this desk in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLineEdit

from models.values.settings import Mail
from resources.languages import marked as _
from ui.kit import errors, tasks, tokens
from ui.kit.language import name, say, tr
from ui.kit.toasts import toast
from ui.widgets.parts import button, card, column, label, row, set_property

if TYPE_CHECKING:
    from controllers.core.app import App


class MailCard(QFrame):
    """`server` answers the mail server as it is typed at the moment."""

    def __init__(self, app: "App", server: Callable[[], Mail | None]) -> None:
        super().__init__()
        self._app = app
        self.setProperty("role", "card")
        self._server = server
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaximumWidth(tokens.SEARCH_BOX)
        name(self.password, _("Password of the mail server"))
        say(self.password, "setPlaceholderText", _("Left empty, the kept one stays"))
        self.try_button = button(_("Test connection"), self.try_server)
        self.answer = label(role="soft", wrap=True)
        self._notice = card()
        self._notice.setLayout(column(self.answer, margin=tokens.SMALL))
        self._notice.hide()
        hint = label(_("It is kept in this computer's keyring, never in the database."), "caption")
        layout = column(
            label(_("Password of the mail server"), "heading"),
            gap=tokens.SMALL, margin=tokens.LARGE,
        )  # fmt: skip
        line = row(self.password, self.try_button, 1)
        line.setStretch(0, 1)
        layout.addLayout(line)
        layout.addWidget(hint)
        layout.addWidget(self._notice)
        self.setLayout(layout)

    def try_server(self) -> None:
        """Connect as it is typed; what is wrong is said below."""
        app, server, typed = self._app, self._server(), self.password.text()
        if server is None:
            return
        self.try_button.setEnabled(False)
        self._tell(tr(_("Connecting …")), "info")

        def work() -> str:
            from controllers.documents import mail_password, mail_server

            return mail_server.check(server, typed or mail_password.known(app, server))

        tasks.run(work, self._works, self._refused, key=(id(self), "try"), owner=self)

    def _works(self, host: str) -> None:
        self.try_button.setEnabled(True)
        self._tell(tr(_("{host} lets this desk in; mail can be sent."), host=host), "info")

    def _refused(self, error: Exception) -> None:
        self.try_button.setEnabled(True)
        self._tell(errors.text_of(error), "bad")

    def _tell(self, text: str, tone: str) -> None:
        self.answer.setText(text)
        set_property(self._notice, "tone", tone)
        self._notice.show()

    def keep(self, server: Mail) -> None:
        """Put a typed password into the keyring; where there is none, say what follows from it."""
        app, typed = self._app, self.password.text()
        if not typed or not server.user:
            return

        def work() -> None:
            from controllers.documents import mail_password

            mail_password.keep(app, server, typed)

        def kept(_answer: object) -> None:
            self.password.clear()
            toast(tr(_("The password is kept in the keyring.")))

        def refused(error: Exception) -> None:
            self._tell(errors.text_of(error), "warn")

        tasks.run(work, kept, refused, owner=self)
