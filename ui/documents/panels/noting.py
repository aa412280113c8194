"""The number that the tax office gave an invoice, noted after the upload."""

from typing import TYPE_CHECKING

from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.kit.language import tr

if TYPE_CHECKING:
    from ui.documents.handing import Page


class TaxNumberPanel(AskPanel):
    """One field; left empty, the number is taken away again."""

    def __init__(self, page: "Page", known: str) -> None:
        super().__init__(page, _("The tax invoice number of {number}"),
                         number=page.session.draft.number)  # fmt: skip
        self.number = self.ask_text("tax_invoice", _("Tax invoice number"), 6, known)
        self.number.setProperty("first", True)
        self.number.returnPressed.connect(self.note)
        self.add_text(tr(_("The number Coretax or MyInvois gave, filled in after the upload.")))
        self.add_keep()
        self.add_primary(_("Note it"), self.note, "ph.hash")

    def note(self) -> None:
        """Keep it with the invoice."""
        app, key = self.page.desk.app, self.page.session.draft.id or 0
        number = self.number.text()

        def work() -> None:
            from controllers.documents import invoices

            app.write(invoices.note_tax_number, key, number)

        self.do(work, lambda _none: None, tr(_("Noted.")))
