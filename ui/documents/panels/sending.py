"""The address a document goes to, filled in and checked before anything leaves the house."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from models.values.errors import DomainError
from models.values.fields import Field, FieldKind
from models.values.parsing import checked
from resources.languages import marked as _
from ui.documents.panels.panel import Panel
from ui.kit.errors import text_of
from ui.kit.language import name, tr
from ui.widgets.parts import button, set_property

if TYPE_CHECKING:
    from controllers.core.app import App
    from controllers.core.unit_of_work import UnitOfWork
    from models.values.documents import Draft

_ADDRESS = Field("email", _("E-mail"), FieldKind.EMAIL)


def reach(app: "App", draft: "Draft") -> tuple[str, str]:
    """The address a document goes to, and what stands in the way of a mail, in words."""
    from controllers.documents import handover, outbox

    def read(uow: "UnitOfWork") -> tuple[str, str]:
        address = handover.reach(uow, draft).email
        try:
            outbox.require_server(uow)
        except DomainError as error:
            return address, text_of(error)
        return address, ""

    return app.read(read)


class SendPanel(Panel):
    """An address and two ways: the outbox, or the mail program of this computer."""

    def __init__(
        self,
        title: str,
        address: str,
        trouble: str,
        send: Callable[[str], object],
        as_file: Callable[[str], object],
    ) -> None:
        super().__init__(title)
        self._send, self._as_file = send, as_file
        self.address = QLineEdit(address)
        name(self.address, _("E-mail"))
        self.address.setProperty("first", True)
        self.address.returnPressed.connect(self.send)
        self.body.addWidget(self.address)
        self.add_text(tr(_("The PDF goes with it, and the text of your settings in the "
                           "customer's language.")))  # fmt: skip
        self.add_button(button(_("Open in the mail program"), self.open_file,
                               icon="ph.envelope-open"))  # fmt: skip
        self._primary = button(_("Send"), self.send, icon="ph.paper-plane-tilt", role="primary",
                               tone="on_accent")  # fmt: skip
        self.add_button(self._primary)
        self._primary.setDisabled(bool(trouble))
        self.show_problem(trouble)

    def _checked(self) -> str:
        try:
            address = str(checked(_ADDRESS, self.address.text()) or "")
        except DomainError as error:
            self._refuse(text_of(error))
            return ""
        if not address:
            self._refuse(tr(_("Name an address.")))
        return address

    def _refuse(self, sentence: str) -> None:
        set_property(self.address, "wrong", True)
        self.show_problem(sentence)
        self.address.setFocus()

    def send(self) -> None:
        """Send it, if the address can be one."""
        address = self._checked()
        if address and self._primary.isEnabled():
            self._send(address)
            self.close_panel()

    def open_file(self) -> None:
        """Let the mail program of this computer send it."""
        address = self._checked()
        if address:
            self._as_file(address)
            self.close_panel()
