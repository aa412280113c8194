"""The page of an order: its frozen lines and its way from draft to closed."""

from collections.abc import Sequence

from resources.languages import marked as _
from ui.documents import handing, page_actions
from ui.documents.page import DocumentPage
from ui.documents.panels.panel import Panel
from ui.documents.top_line import Step
from ui.kit.language import tr
from ui.kit.toasts import toast
from ui.widgets.parts import button

_DONE = {
    "confirm": _("Confirmed; its stock is held."),
    "deliver": _("Delivered."),
    "close": _("Closed."),
    "cancel": _("Cancelled; its stock is free again."),
}


class CancelPanel(Panel):
    """Asks before an order is cancelled, which cannot be undone."""

    def __init__(self, number: str, page: "OrderPage") -> None:
        super().__init__(_("Cancel order {number}?"), number=number)
        self.add_text(tr(_("What it holds in stock becomes free. This cannot be undone.")))
        keep = button(_("Keep the order"), self.close_panel)
        keep.setProperty("first", True)
        self.add_button(keep)
        self.add_button(button(_("Cancel the order"), lambda: self._cancel(page)))

    def _cancel(self, page: "OrderPage") -> None:
        self.close_panel()
        page.go_on("cancel")


class OrderPage(DocumentPage):
    """One order in its tab."""

    def steps_now(self) -> Sequence[Step]:
        paper = Step(_("Print"), self.print_out, "ph.printer", writes=False)
        mail = Step(_("Send"), self.ask_send, "ph.paper-plane-tilt")
        ways = {
            "draft": (Step(_("Confirm"), self.confirm, "ph.check", is_next=True),),
            "confirmed": (Step(_("Deliver"), self.deliver, "ph.truck", is_next=True),),
            "delivered": (Step(_("Close the order"), self.close_order, "ph.lock-simple",
                               is_next=True),),
        }  # fmt: skip
        return (paper, mail, *ways.get(self.session.draft.state, ()))

    def menu_now(self) -> Sequence[Step]:
        steps = [
            Step(_("Save as PDF"), lambda: handing.save_pdf(self), "ph.file-pdf", writes=False),
            Step(_("Open in the mail program"), lambda: handing.open_mail_file(self, ""),
                 "ph.envelope-open", writes=False),
            Step(_("Send by WhatsApp"), lambda: handing.open_whatsapp(self), "ph.whatsapp-logo",
                 writes=False),
            Step(_("Why this price"), self.toggle_why, "ph.question", writes=False),
            Step(_("More fields"), self.toggle_more, "ph.sliders-horizontal", writes=False),
            Step(_("Texts"), self.toggle_texts, "ph.text-align-left", writes=False),
            Step(_("Show or hide the preview"), self.toggle_preview, "ph.article", writes=False),
            *page_actions.history_step(self),
        ]  # fmt: skip
        if self.session.draft.state in ("draft", "confirmed"):
            steps.append(Step(_("Cancel the order …"), self.ask_cancel, "ph.x"))
        return steps

    # Its way

    def confirm(self) -> None:
        """Hold its stock."""
        self.go_on("confirm")

    def deliver(self) -> None:
        """Everything leaves the house."""
        self.go_on("deliver")

    def close_order(self) -> None:
        """Nothing more happens to it."""
        self.go_on("close")

    def ask_cancel(self) -> None:
        """Ask before it is cancelled."""
        self.show_panel(CancelPanel(self.session.draft.number, self))

    def go_on(self, verb: str) -> None:
        """Do one step, in the background."""
        app, key = self.desk.app, self.session.draft.id or 0

        def work() -> None:
            from controllers.documents import orders

            app.write(getattr(orders, verb), key)

        self.notice.hide()
        handing.write(self, work, lambda: toast(tr(_DONE[verb])))

    # Handing it over

    def ask_send(self) -> None:
        """Ask for the address of the confirmation."""
        handing.ask_address(self, _("Send this order's confirmation by e-mail"), self._send,
                            lambda address: handing.open_mail_file(self, address))  # fmt: skip

    def _send(self, address: str) -> None:
        app, key = self.desk.app, self.session.draft.id or 0

        def work() -> None:
            from controllers.documents import handover

            app.write(handover.mail_order, key, address)

        handing.send(self, address, work)
