"""Who received a delivery, when, and the copy they signed."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.kit import actions
from ui.kit.language import tr
from ui.widgets.parts import button, label, row

if TYPE_CHECKING:
    from ui.documents.handing import Page


class ReceivePanel(AskPanel):
    """A name, a day, and a file where there is one."""

    def __init__(self, page: "Page") -> None:
        super().__init__(page, _("Who received it?"))
        self.by = self.ask_text("by", _("Received by"), 6)
        self.by.setProperty("first", True)
        self.on = self.ask_day("on", _("Received on"))
        self.copy = Path()
        self._named = label(role="soft")
        choose = button(_("Signed copy …"), self.choose, icon="ph.paperclip")
        actions.offer(page.desk, "papers.send", choose)
        self.body.addLayout(row(choose, self._named, 1))
        self.add_keep()
        self.add_primary(_("It was received"), self.receive, "ph.check")

    def choose(self) -> None:
        """Ask for the file of the signed copy."""
        chosen, _form = QFileDialog.getOpenFileName(self, tr(_("Signed copy")), str(Path.home()))
        if chosen:
            self.attach(Path(chosen))

    def attach(self, path: Path) -> None:
        """Take a file as the signed copy."""
        if self.refuse_file(path):
            return
        self.copy = path
        self._named.setText(path.name)

    def receive(self) -> None:
        """Note it, with the copy."""
        try:
            by, on = self.by.text().strip(), self.day(self.on, "on")
        except DomainError:
            return
        app, key, copy = self.page.desk.app, self.page.session.draft.id or 0, self.copy

        def work() -> None:
            from controllers.documents import attachments, deliveries

            app.write(deliveries.receive, key, by, on)
            if copy.name:
                app.write(attachments.add, "delivery", key, copy.name, copy.read_bytes(),
                          "delivery_note")  # fmt: skip

        self.do(work, lambda _none: None, tr(_("Noted as received.")))
