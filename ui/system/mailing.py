"""Mail leaves from a page: the password is asked for where it is not known or was refused."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from models.values.errors import DomainError
from resources.languages import marked as _
from ui.kit import tasks, tokens
from ui.kit.errors import text_of
from ui.kit.language import name, say, tr
from ui.widgets.parts import button, column, label, row

if TYPE_CHECKING:
    from controllers.core.app import App
    from models.values.settings import Mail

Then = Callable[[], object]
Failed = Callable[[Exception], object]


class PasswordDialog(QDialog):
    """Asks for the mail password; `trouble` says why it is asked again."""

    def __init__(self, parent: QWidget, server: "Mail", trouble: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say(self, "setWindowTitle", _("Password of the mail server"))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        name(self.password, _("Password of the mail server"))
        what = label(role="strong", wrap=True)
        what.setText(tr(_("{user} at {host}"), user=server.user, host=server.host))
        self.problem = label(role="problem", wrap=True)
        self.problem.setText(trouble)
        self.problem.setVisible(bool(trouble))
        hint = label(
            _("It holds until the program is closed; Settings keep it in the keyring."),
            "caption", wrap=True,
        )  # fmt: skip
        layout = column(what, self.password, self.problem, hint, gap=tokens.SMALL,
                        margin=tokens.LARGE)  # fmt: skip
        cancel = button(_("Cancel"), self.reject)
        cancel.setAutoDefault(False)
        send = button(_("Send"), self.take, role="primary")
        send.setDefault(True)
        layout.addLayout(row(1, cancel, send))
        self.setLayout(layout)
        self.setMinimumWidth(tokens.POPUP)

    def take(self) -> None:
        """Go on with what was typed; an empty field asks on."""
        if self.password.text():
            self.accept()
        else:
            self.password.setFocus()


def ask(
    owner: QWidget, app: "App", server: "Mail", then: Then, give_up: Then, trouble: str = ""
) -> None:
    """Ask for the password; `then` goes on once it is remembered, `give_up` without it."""
    from controllers.documents import mail_password

    dialog = PasswordDialog(owner.window(), server, trouble)

    def take() -> None:
        mail_password.remember(app, server, dialog.password.text())
        then()

    dialog.accepted.connect(take)
    dialog.rejected.connect(give_up)
    dialog.open()
    dialog.password.setFocus()


def _nothing() -> None:
    """The mail is not sent."""


def when_ready(owner: QWidget, app: "App", then: Then, failed: Failed) -> None:
    """Go on once the password is known; where it is not asked for and not told, nothing is done."""

    def work() -> "Mail | None":
        from controllers.documents import mail_password, outbox

        server = app.read(outbox.server_of)
        return server if mail_password.is_missing(app, server) else None

    def done(server: "Mail | None") -> None:
        if server is None:
            then()
        else:
            ask(owner, app, server, then, _nothing)

    tasks.run(work, done, failed, owner=owner)


def deliver(
    owner: QWidget, app: "App", done: Callable[[list[Any]], object], failed: Failed | None = None
) -> None:
    """Send what waits, as a job; a missing or refused password is asked for and tried again."""

    def work(_task: tasks.Task) -> "list[Any] | tuple[Mail, str]":
        from controllers.documents import outbox

        app.read(outbox.require_server)
        try:
            return outbox.deliver(app)
        except DomainError as error:
            if error.field != "mail_password":
                raise
            trouble = text_of(error) if error.facts.get("reason") else ""
            return app.read(outbox.server_of), trouble

    def answered(answer: "list[Any] | tuple[Mail, str]") -> None:
        if isinstance(answer, list):
            done(answer)
            return
        server, trouble = answer
        ask(owner, app, server, lambda: deliver(owner, app, done, failed), lambda: done([]),
            trouble)  # fmt: skip

    tasks.job(tr(_("Sending mail")), work, answered, failed, owner=owner)
