"""The password of the mail server, and a try whether it lets this desk in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from models.values.settings import Mail
from resources.languages import marked as _
from ui.kit import tasks
from ui.kit.language import tr
from ui.shell.secret_card import SecretCard
from ui.widgets.parts import button

if TYPE_CHECKING:
    from controllers.core.app import App


class MailCard(SecretCard):
    """`server` answers the mail server as it is typed at the moment."""

    def __init__(self, app: "App", server: Callable[[], Mail | None]) -> None:
        super().__init__(_("Password of the mail server"))
        self._app, self._server = app, server
        self.try_button = self.add_button(button(_("Test connection"), self.try_server))

    def try_server(self) -> None:
        """Connect as it is typed; what is wrong is said below."""
        app, server, typed = self._app, self._server(), self.password.text()
        if server is None:
            return
        self.try_button.setEnabled(False)
        self.tell(tr(_("Connecting …")), "info")

        def work() -> str:
            from controllers.documents import mail_password, mail_server

            return mail_server.check(server, typed or mail_password.known(app, server))

        tasks.run(work, self._works, self._fails, key=(id(self), "try"), owner=self)

    def _works(self, host: str) -> None:
        self.try_button.setEnabled(True)
        self.tell(tr(_("{host} lets this desk in; mail can be sent."), host=host), "info")

    def _fails(self, error: Exception) -> None:
        self.try_button.setEnabled(True)
        self.refuse(error)

    def keep(self, server: Mail) -> None:
        """Put a typed password into the keyring; where there is none, say what follows from it."""
        app = self._app

        def work(typed: str) -> None:
            from controllers.documents import mail_password

            mail_password.keep(app, server, typed)

        if server.user:
            self.keep_typed(work, "warn")
