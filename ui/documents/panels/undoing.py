"""Asks before a document is taken back: a delivery, an invoice, a payment."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.values.deliveries import Delivery
from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.kit.language import tr
from ui.widgets.parts import button

if TYPE_CHECKING:
    from ui.documents.handing import Page


class UndeliverPanel(AskPanel):
    """A delivery that left comes back whole: to go out again, or not."""

    def __init__(self, page: "Page", delivery: Delivery) -> None:
        super().__init__(page, _("Cancel delivery {number}?"), number=delivery.name)
        is_gone = delivery.state == "shipped"
        text = _("Its goods come back into stock. Are they to go out again?")
        draft = _("Nothing of it left the house; it is only crossed out.")
        self.add_text(tr(text if is_gone else draft))
        keep = self.add_keep(_("Keep the delivery"))
        keep.setProperty("first", True)
        if is_gone:
            self.add_button(button(_("Cancel, goods are free"), lambda: self.cancel(again=False)))
            self.add_button(button(_("Cancel, deliver again"), lambda: self.cancel(again=True)))
        else:
            self.add_button(button(_("Cancel the delivery"), lambda: self.cancel(again=True)))

    def cancel(self, *, again: bool) -> None:
        """Take it back; `again` keeps its goods for the order."""
        app, key = self.page.desk.app, self.page.session.draft.id or 0

        def work() -> None:
            from controllers.documents import deliveries

            app.write(deliveries.cancel, key, again=again)

        self.do(work, lambda _none: None, tr(_("The delivery is cancelled.")))


class UninvoicePanel(AskPanel):
    """An issued invoice is made void: to be made again from the same order, or not."""

    def __init__(self, page: "Page") -> None:
        super().__init__(page, _("Make invoice {number} void?"),
                         number=page.session.draft.number or "")  # fmt: skip
        self.add_text(tr(_("What it billed is open again, and it keeps its number. This cannot be "
                           "undone. Is the same to be invoiced again?")))  # fmt: skip
        keep = self.add_keep(_("Leave it as it is"))
        keep.setProperty("first", True)
        self.add_button(button(_("Make it void"), lambda: self.void(again=False)))
        self.add_button(button(_("Make it void, invoice again"), lambda: self.void(again=True)))

    def void(self, *, again: bool) -> None:
        """Make it void; `again` opens a fresh draft of the same."""
        app, key, desk = self.page.desk.app, self.page.session.draft.id or 0, self.page.desk

        def work() -> int:
            from controllers.documents import invoices

            return app.write(invoices.void, key, again=again).id or 0

        def done(made: int) -> None:
            if again:
                desk.open_record("invoice", made)

        self.do(work, done, tr(_("It is void; this is a fresh draft.") if again else
                               _("It is void.")))  # fmt: skip


class VoidPanel(AskPanel):
    """A draft, an opening balance or a payment is made void; it keeps its number."""

    def __init__(
        self, page: "Page", title: str, text: str, words: str, work: Callable[[], Any]
    ) -> None:
        super().__init__(page, title, number=page.session.draft.number or "")
        self.add_text(tr(text))
        self._work = work
        keep = self.add_keep(_("Leave it as it is"))
        keep.setProperty("first", True)
        self.add_button(button(words, self.void))

    def void(self) -> None:
        """Make it void."""
        self.do(self._work, lambda _none: None, tr(_("It is void.")))
