"""The quotation editor: written, sent, decided, and turned into an order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from models.values.documents import Draft
from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents import handing, page_actions, proposing
from ui.documents.consent_strip import ConsentStrip
from ui.documents.page import DocumentPage
from ui.documents.panels import certificate, pasting, repricing, revisions, templates
from ui.documents.panels.accepting import AcceptPanel
from ui.documents.panels.deciding import DecidePanel
from ui.documents.panels.declining import DeclinePanel
from ui.documents.top_line import Step, open_menu
from ui.kit import actions, tasks
from ui.kit.desk import Desk
from ui.kit.language import tr
from ui.kit.toasts import toast

if TYPE_CHECKING:
    from controllers.documents.pasting import Misread, PastedRows
    from controllers.documents.quotations import Repriced


class QuotationPage(DocumentPage):
    """One quotation in its tab."""

    def __init__(
        self, desk: Desk, kind: str, record_id: int | None, values: dict[str, Any]
    ) -> None:
        super().__init__(desk, kind, record_id, values)
        self.grid.pasted.connect(self.paste)
        self.session.saved.connect(self.session.reload)
        actions.add(self, "document.revisions", _("Revisions"), lambda: revisions.show(self),
                    "Ctrl+Shift+E", icon="ph.clock-counter-clockwise",
                    context="document")  # fmt: skip
        for name, words, slot, keys, icon in (
            ("reprice", _("New prices"), self.reprice, "Ctrl+Shift+R", "ph.tag"),
            ("copy", _("Copy as a new quotation"), self.copy, "Ctrl+Shift+C", "ph.copy"),
            ("revise", _("Make a revision"), self.revise, "Ctrl+Shift+V", "ph.git-branch"),
            ("mail", _("Send by e-mail"), self.ask_send, "Ctrl+Shift+M", "ph.paper-plane-tilt"),
        ):
            action = actions.add(self, f"document.{name}", words, slot, keys, icon=icon,
                                 context="document")  # fmt: skip
            actions.allow(action, desk.may("documents.change"), "documents.change")
        decide = actions.add(self, "document.decide", _("Decide about the approval"),
                             self.ask_decision, "Ctrl+Shift+Y", icon="ph.scales",
                             context="document")  # fmt: skip
        actions.offer(desk, "approvals.decide", decide)
        proposing.add_actions(self)
        if values.get("template"):
            self.session.when_loaded(lambda: templates.choose(self))

    # What can be done

    def steps_now(self) -> Sequence[Step]:
        mail = Step(_("Send by e-mail"), self.ask_send, "ph.paper-plane-tilt", is_next=True)
        send = Step(_("Send"), self.open_send_menu, "ph.caret-down")
        paper = Step(_("Print"), self.print_out, "ph.printer", writes=False)
        accept = Step(_("Accept"), self.ask_accept, "ph.check", is_next=True)
        decline = Step(_("Decline"), self.ask_reason, "ph.x")
        copy = Step(_("Copy"), self.copy, "ph.copy")
        state = self.session.draft.state
        if state == "draft":
            return (paper, send, self._consent_step() or mail)
        if state in ("sent", "expired"):
            return (paper, send, decline, accept)
        if state == "accepted":
            order = Step(_("Open the order"), self.open_linked, "ph.cube", is_next=True,
                         writes=False)  # fmt: skip
            return (paper, send, order)
        return (paper, Step(_("Accept after all"), self.ask_accept, "ph.check"),
                copy._replace(is_next=True))  # fmt: skip

    def _consent_step(self) -> Step | None:
        """What a draft needs before it is sent; None where nothing is in the way."""
        consent = self.session.consent
        state = consent.standing.state if consent else "none"
        if state == "waiting" and consent is not None and consent.is_mine:
            return Step(_("Decide …"), self.ask_decision, "ph.scales", is_next=True,
                        right="approvals.decide")  # fmt: skip
        if state in ("needed", "refused"):
            return Step(_("Submit for approval"), self.submit, "ph.scales", is_next=True)
        if state == "waiting":
            return Step(_("Ask anew"), self.submit, "ph.scales")
        return None

    def strips(self) -> Sequence[QWidget]:
        return (*super().strips(), ConsentStrip(self.session))

    def _way_on(self) -> str:
        consent = self.session.consent
        mine = f"{consent.standing.state}{consent.is_mine}" if consent else ""
        return super()._way_on() + mine

    def menu_now(self) -> Sequence[Step]:
        draft = self.session.draft
        steps = [
            Step(_("Copy as a new quotation"), self.copy, "ph.copy"),
            Step(_("Save as PDF"), self.save_pdf, "ph.file-pdf", writes=False),
            Step(_("Why this price"), self.toggle_why, "ph.question", writes=False),
            Step(_("More fields"), self.toggle_more, "ph.sliders-horizontal", writes=False),
            Step(_("Texts"), self.toggle_texts, "ph.text-align-left", writes=False),
            Step(_("Show or hide the preview"), self.toggle_preview, "ph.article", writes=False),
            *proposing.steps(self),
            *page_actions.history_step(self),
        ]
        if draft.id is not None:
            steps.insert(0, Step(_("Revisions"), lambda: revisions.show(self),
                                 "ph.clock-counter-clockwise", writes=False))  # fmt: skip
        if draft.state in ("sent", "expired", "declined"):
            steps.insert(0, Step(_("Make a revision"), self.revise, "ph.git-branch"))
        if draft.state == "draft":
            steps.insert(0, Step(_("New prices …"), self.reprice, "ph.tag"))
            if draft.revision > 1:
                steps.append(
                    Step(_("Take this revision back"), self.take_back, "ph.arrow-u-up-left")
                )
        return steps

    def open_send_menu(self) -> None:
        """The ways to hand it over."""
        is_draft = self.session.draft.state == "draft"
        file, chat = _("Open in the mail program"), _("Send by WhatsApp")
        if is_draft:
            file, chat = _("Issue and open in the mail program"), _("Issue and send by WhatsApp")
        steps = [
            Step(_("By e-mail …"), self.ask_send, "ph.paper-plane-tilt"),
            Step(file, self.send_file, "ph.envelope-open"),
            Step(chat, self.send_whatsapp, "ph.whatsapp-logo"),
            Step(_("Print …"), self.print_out, "ph.printer"),
        ]
        if is_draft:
            steps.append(Step(_("Issue without sending"), self.issue, "ph.hash"))
        open_menu(self, steps, self.top.below(_("Send")))

    # Sending

    def ask_send(self) -> None:
        """Save, then ask for the address."""
        self.save(lambda: handing.ask_address(
            self, _("Send this quotation by e-mail"), self._send, self._as_file))  # fmt: skip

    def _issuing(self, **how: Any) -> Callable[[], None]:
        app, key = self.desk.app, self.session.draft.id or 0

        def work() -> None:
            from controllers.documents import handover

            handover.issued(app, key, **how)

        return work

    def _send(self, address: str) -> None:
        handing.send(self, address, self._issuing(address=address, by_mail=True))

    def _issued(self, then: Callable[[], object]) -> None:
        """Go on with an issued quotation; a draft is saved and issued first."""
        if self.session.draft.state == "draft":
            self.save(lambda: handing.write(self, self._issuing(by_mail=False), then))
        else:
            then()

    def _as_file(self, address: str) -> None:
        self._issued(lambda: handing.open_mail_file(self, address))

    def send_file(self) -> None:
        """Issue it and let the mail program send it."""
        self._as_file("")

    def send_whatsapp(self) -> None:
        """Issue it and open the chat."""
        self._issued(lambda: handing.open_whatsapp(self))

    def issue(self) -> None:
        """Give it a number without sending it."""
        self._issued(lambda: toast(tr(_("Issued."))))

    def save_pdf(self) -> None:
        """Write the PDF into a file."""
        self.save(lambda: handing.save_pdf(self))

    # Deciding

    def submit(self) -> None:
        """Ask for every consent it needs."""
        app, key = self.desk.app, self.session.draft.id

        def work() -> None:
            from controllers.documents import approvals

            app.write(approvals.submit, key or self.session.draft.id or 0)

        self.save(lambda: handing.write(self, work, lambda: toast(tr(_("Asked for approval.")))))

    def ask_decision(self) -> None:
        """Ask for a yes or no."""
        consent = self.session.consent
        if consent is not None and consent.is_mine:
            self.show_panel(DecidePanel(self, consent))
        else:
            toast(tr(_("Nothing here waits for your decision.")))

    def ask_accept(self) -> None:
        """Ask how it was accepted."""
        self.show_panel(AcceptPanel(self))

    def ask_reason(self) -> None:
        """Ask why it was declined."""
        self.show_panel(DeclinePanel(self.decline))

    def decline(self, reason: str, lost: str = "") -> None:
        """The customer declines."""
        app, key = self.desk.app, self.session.draft.id or 0

        def work() -> None:
            from controllers.documents import quotations

            app.write(quotations.decline, key, reason, lost=lost)

        handing.write(self, work, lambda: toast(tr(_("Declined."))))

    def revise(self) -> None:
        """The next revision, to write at once; what was sent stays as it is."""
        self._go_on_in("revise", _("Revision {revision} is made; what was sent is kept."))

    def take_back(self) -> None:
        """Give up this revision; what was offered before holds again."""
        self.save(lambda: self._go_on_in("take_back", _("Revision {revision} holds again.")))

    def _go_on_in(self, use_case: str, told: str) -> None:
        """Go from one revision to another and open that."""
        app, key = self.desk.app, self.session.draft.id or 0

        def work() -> Draft:
            from controllers.documents import revisions

            made: Draft = app.write(getattr(revisions, use_case), key)
            return made

        def done(draft: Draft) -> None:
            self.session.reload(force=True)
            self.desk.open_record("quotation", draft.id)
            toast(tr(told, revision=draft.revision))

        tasks.write(work, done, self.session.fail, owner=self)

    def copy(self) -> None:
        """A new draft with the same lines and terms."""
        app, key = self.desk.app, self.session.draft.id

        def work() -> int:
            from controllers.documents import quotations

            return app.write(quotations.copy, key or 0).id or 0

        def done(record_id: int) -> None:
            self.desk.open_record("quotation", record_id)

        def write() -> None:
            tasks.write(work, done, self.session.fail, owner=self)

        if key is not None:
            self.save(write)

    def remedy(self, error: DomainError) -> tuple[str, Callable[[], object]] | tuple[()]:
        if error.field == "state" and self.session.is_dirty:
            return tr(_("Keep mine as a new draft")), self.keep_as_new
        if error.field == "approval":
            return tr(_("Submit for approval")), self.submit
        if error.field == "mail":
            return tr(_("Open in the mail program")), self.send_file
        if error.field == certificate.FIELD:
            return tr(_("Type the password")), lambda: certificate.ask(self)
        return ()

    def keep_as_new(self) -> None:
        """What was typed becomes a quotation of its own; this page shows what is stored."""
        app, draft = self.desk.app, replace(self.session.draft, id=None, version=0)

        def work() -> int:
            from controllers.documents import quotations

            return app.write(quotations.new, draft).id or 0

        def done(record_id: int) -> None:
            self.crash.forget()
            self.session.reload(force=True)
            self.desk.open_record("quotation", record_id)

        tasks.write(work, done, self.session.fail, owner=self)

    # Lines from elsewhere

    def paste(self, text: str) -> None:
        """Rows of a spreadsheet: at once where all are understood, else shown first."""
        pasting.read_rows(self.session, text, self._take_rows)

    def _take_rows(self, rows: "PastedRows", misread: "Sequence[Misread]") -> None:
        if misread:
            self.show_panel(pasting.PastePanel(self.session, rows, misread, self._place_of_rows))
            return
        if not rows.understood:
            return
        place = self._place_of_rows()
        self.session.do(lambda editor: editor.paste(rows, place))
        toast(tr(_("{count} rows pasted."), count=len(rows.understood)), self.undo)
        self.grid.write_on()

    def _place_of_rows(self) -> int | None:
        self.grid.lines.close_gap()
        return self.grid.current_line()

    def reprice(self) -> None:
        """Show what the price list would change."""
        if self.session.is_editable:
            self.when_settled(lambda: repricing.ask_prices(self.session, self._show_prices))

    def _show_prices(self, found: "Sequence[Repriced]") -> None:
        if found:
            self.show_panel(repricing.RepricePanel(self.session, found))
        else:
            toast(tr(_("Every price is the one of the list.")))
