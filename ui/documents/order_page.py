"""The page of an order: its frozen lines and its way from draft to closed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents import handing, page_actions
from ui.documents.page import DocumentPage
from ui.documents.panels import amending, delivering
from ui.documents.panels.billing import BillPanel
from ui.documents.panels.panel import Panel
from ui.documents.panels.wanting import WantPanel
from ui.documents.top_line import Step
from ui.kit import tasks
from ui.kit.language import tr
from ui.kit.toasts import toast
from ui.widgets.parts import button

if TYPE_CHECKING:
    from controllers.core.unit_of_work import UnitOfWork
    from controllers.documents.chain import Chain

_CONFIRM_ANYWAY = _("Confirm with back-order")
_DONE = {
    "close": _("Closed."),
    "cancel": _("Cancelled; its stock is free again."),
}


class EndPanel(Panel):
    """Asks before an order ends: cancelled where nothing went out, else closed."""

    def __init__(self, number: str, page: "OrderPage", verb: str) -> None:
        is_cancel = verb == "cancel"
        title = _("Cancel order {number}?") if is_cancel else _("Close order {number}?")
        super().__init__(title, number=number)
        text = _("What it holds in stock becomes free. This cannot be undone.")
        rest = _("What is not delivered yet is given up and becomes free. This cannot be undone.")
        self.add_text(tr(text if is_cancel else rest))
        keep = button(_("Keep the order"), self.close_panel)
        keep.setProperty("first", True)
        self.add_button(keep)
        words = _("Cancel the order") if is_cancel else _("Close the order")
        self.add_button(button(words, lambda: self._end(page, verb)))

    def _end(self, page: "OrderPage", verb: str) -> None:
        self.close_panel()
        page.go_on(verb)


class OrderPage(DocumentPage):
    """One order in its tab."""

    next_rights = ("documents.change", "deliveries.change", "invoices.change")
    purpose = "purchase_order"

    @property
    def _left(self) -> "Chain":
        """What is left to be done, as it was read."""
        from controllers.documents.chain import Chain

        return self.session.chain or Chain()

    def _on_changed(self) -> None:
        super()._on_changed()
        shown = self.session.shown
        self.top.show_amendment(shown.amendment if shown else 0)

    def steps_now(self) -> Sequence[Step]:
        paper = Step(_("Print"), self.print_out, "ph.printer", writes=False)
        mail = Step(_("Send"), self.ask_send, "ph.paper-plane-tilt")
        return (paper, mail, *self._way())

    def _way(self) -> Sequence[Step]:
        state, left = self.session.draft.state, self._left
        bill = Step(_("Invoice …"), self.ask_bill, "ph.receipt", right="invoices.change")
        deliver = Step(_("Deliver …"), self.ask_deliver, "ph.truck", right="deliveries.change")
        close = Step(_("Close the order"), self.close_order, "ph.lock-simple")
        if state == "draft":
            return (Step(_("Confirm"), self.confirm, "ph.check", is_next=True),)
        if state == "confirmed":
            may = self.desk.may("deliveries.change")
            return (bill._replace(is_next=not may), deliver._replace(is_next=True))
        if state == "delivered" and left.to_invoice:
            return (close, bill._replace(is_next=True))
        if state == "delivered":
            return (bill, close._replace(is_next=True))
        return (bill,) if state == "closed" and left.to_invoice else ()

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
        state = self.session.draft.state
        if state == "draft":
            steps.append(Step(_CONFIRM_ANYWAY, self.confirm_with_backorder, "ph.clock-clockwise"))
        if state in ("draft", "confirmed"):
            steps.append(Step(_("The day the customer wants it …"), self.ask_wanted,
                              "ph.calendar-blank"))  # fmt: skip
        if state == "confirmed":
            steps.append(Step(_("Amend …"), self.ask_amend, "ph.pencil-line"))
        if state == "confirmed" and self._left.has_shipped:
            steps.append(Step(_("Close, give up the rest …"), self.ask_close, "ph.lock-simple"))
        elif state in ("draft", "confirmed"):
            steps.append(Step(_("Cancel the order …"), self.ask_cancel, "ph.x"))
        return steps

    # Its way

    def confirm(self) -> None:
        """Hold its stock."""
        self._confirm(_("Confirmed; its stock is held."), backorder=False)

    def confirm_with_backorder(self) -> None:
        """Hold what is free of its stock; the rest waits."""
        told = _("Confirmed; what is free is held, and the rest waits for what comes in.")
        self._confirm(told, backorder=True)

    def _confirm(self, told: str, *, backorder: bool) -> None:
        app, key = self.desk.app, self.session.draft.id or 0

        def work() -> list[DomainError]:
            from controllers.documents import orders

            warnings = app.read(_warnings, key)
            app.write(orders.confirm, key, backorder=backorder)
            return warnings

        def done(warnings: list[DomainError]) -> None:
            self.session.reload(force=True)
            toast(tr(told))
            self.warn(warnings)

        self.notice.hide()
        tasks.write(work, done, self.session.fail, owner=self)

    def warn(self, warnings: Sequence[DomainError]) -> None:
        """Say what a person should know of a step that went well."""
        if warnings:
            self.notice.tell(" ".join(map(self.session.sentence, warnings)), "warn")

    def remedy(self, error: DomainError) -> tuple[str, Callable[[], object]] | tuple[()]:
        if error.field == "quantity" and self.session.draft.state == "draft":
            return tr(_CONFIRM_ANYWAY), self.confirm_with_backorder
        return ()

    def ask_wanted(self) -> None:
        """Ask for the day the customer wants it on."""
        shown = self.session.shown
        self.show_panel(WantPanel(self, shown.wanted_on if shown else None))

    def ask_amend(self) -> None:
        """Ask what of it changes, and why."""
        amending.ask(self)

    def ask_deliver(self) -> None:
        """Ask what leaves the house."""
        delivering.ask(self)

    def ask_bill(self) -> None:
        """Ask what is invoiced."""
        left = self._left
        is_whole = self.session.draft.state in ("delivered", "closed")
        self.show_panel(BillPanel(self, is_delivered=left.to_invoice or is_whole))

    def close_order(self) -> None:
        """Nothing more happens to it."""
        self.go_on("close")

    def ask_cancel(self) -> None:
        """Ask before it is cancelled."""
        self.show_panel(EndPanel(self.session.draft.number, self, "cancel"))

    def ask_close(self) -> None:
        """Ask before what is open of it is given up."""
        self.show_panel(EndPanel(self.session.draft.number, self, "close"))

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
        handing.ask_mail(self, _("Send this order's confirmation by e-mail"))


def _warnings(uow: "UnitOfWork", key: int) -> list[DomainError]:
    """What speaks against confirming an order and yet keeps nobody from it."""
    from controllers.documents import orders

    found = (orders.credit_warning(uow, key), orders.late_warning(uow, key))
    return [each for each in found if each is not None]
