"""Who received a delivery, when, and the copy they signed."""

from typing import TYPE_CHECKING

from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents.panels.signed_copy import SignedCopyPanel
from ui.kit.language import tr

if TYPE_CHECKING:
    from ui.documents.handing import Page


class ReceivePanel(SignedCopyPanel):
    """A name, a day, and a file where there is one."""

    def __init__(self, page: "Page") -> None:
        super().__init__(page, _("Who received it?"))
        self.by = self.ask_text("by", _("Received by"), 6)
        self.by.setProperty("first", True)
        self.on = self.ask_day("on", _("Received on"))
        self.add_copy()
        self.add_keep()
        self.add_primary(_("It was received"), self.receive, "ph.check")

    def receive(self) -> None:
        """Note it, with the copy."""
        try:
            by, on = self.by.text().strip(), self.day(self.on, "on")
        except DomainError:
            return
        app, key = self.page.desk.app, self.page.session.draft.id or 0

        def work() -> None:
            from controllers.documents import deliveries

            app.write(deliveries.receive, key, by, on, copy=self.read_copy())

        self.do(work, lambda _none: None, tr(_("Noted as received.")))
