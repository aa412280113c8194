"""The page of a document: head, lines, figures and paper around one session."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from models.values.errors import ConflictError, DomainError, ProblemsError
from models.values.records import Change
from resources.languages import marked as _
from ui.documents import areas, page_actions, page_layout, printing
from ui.documents.chain_strip import ChainStrip
from ui.documents.crash import CrashDraft
from ui.documents.files import FilesCard
from ui.documents.header import Header
from ui.documents.line_grid import columns as at
from ui.documents.line_grid import commands
from ui.documents.line_grid.grid import LineGrid
from ui.documents.line_grid.model import STOCKED_STATES
from ui.documents.notice import Notice
from ui.documents.panels.mails import MailStrip
from ui.documents.panels.panel import Panel
from ui.documents.panels.why import WhyPanel
from ui.documents.preview import PreviewPanel
from ui.documents.session import Session
from ui.documents.top_line import Step, TopLine, offered
from ui.documents.totals import TotalsPanel
from ui.kit import theme, tokens
from ui.kit.desk import Desk
from ui.kit.drafts import Draft as KeptDraft
from ui.kit.errors import text_of
from ui.kit.language import on_language, tr
from ui.kit.page import RecordPage
from ui.widgets.parts import column, label


class DocumentPage(RecordPage):
    """What quotations and orders share."""

    next_rights: ClassVar[tuple[str, ...]] = ("documents.change",)
    """The permissions of what Ctrl+Enter may lead to; one of them is enough."""
    purpose = "other"
    """What files are that are put to it."""

    def __init__(self, desk: Desk, kind: str, record_id: int | None, values: dict[str, Any]):
        super().__init__(kind, record_id)
        self.desk = desk
        self.session = Session(desk, kind, self)
        self.crash = CrashDraft(self.session)
        self._panel: Panel | None = None
        self._told = ("", "")
        self._state = ""
        self._is_split = False
        self._has_customer = bool(values.get("account"))
        self._build()
        commands.add_actions(self.grid)
        self.links = page_actions.add_to(self)
        self._connect()
        if record_id is None:
            self.session.start(values.get("account") or "")
        else:
            self.session.load(record_id)

    # Building

    def _build(self) -> None:
        self.header, self.grid = Header(self.session), LineGrid(self.session)
        self.totals, self.mails = TotalsPanel(self.session), MailStrip(self.session)
        self.why = WhyPanel(self.session, self.grid)
        self.notice, self.top = Notice(), TopLine(self.kind, self.open_linked)
        self.chain = ChainStrip(self.desk)
        self.preview = PreviewPanel(self.session, self.settle)
        self.why.hide()
        self._place, self.hint = column(gap=0), label(role="caption", wrap=True)
        self.files, self.aside = FilesCard(self, self.purpose), QWidget()
        self.aside.setLayout(column(1, self.hint, self.files))
        self.split = page_layout.split(page_layout.left(self, self._place), self.preview)
        page_layout.stand(self, self.top, self.split)
        self.preview.setVisible(bool(self._kept().get("preview", True)))
        self.header.more.setVisible(bool(self._kept().get("more", False)))

    def strips(self) -> Sequence[QWidget]:
        """What stands between the top line and the head."""
        return (self.chain,)

    def _connect(self) -> None:
        self.session.loaded.connect(self._on_loaded)
        self.session.changed.connect(self._on_changed)
        self.session.saved.connect(self._on_saved)
        self.session.refused.connect(self.show_refusal)
        self.session.overtaken.connect(self._tell_overtaken)
        self.header.entered.connect(self.grid.write_on)
        self.header.more_asked.connect(self.toggle_more)
        self.header.texts_asked.connect(self.toggle_texts)
        self.grid.entry.told.connect(self._hint)
        self.desk.feed.changed.connect(self._on_feed)
        on_language(self._reword)

    def _reword(self) -> None:
        self._told = ("", "")
        self._hint("")
        self._on_changed()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._is_split:
            return
        self._is_split = True
        share = self.width() * _PAPER_PERCENT // 100
        paper = max(tokens.PREVIEW_LEAST, min(tokens.PREVIEW, share))
        self.split.setSizes([self.width() - paper, paper])
        if self.width() < tokens.WINDOW_LEAST[0]:
            self.preview.hide()

    # What stands on the page

    def _kept(self) -> dict[str, Any]:
        return self.desk.preferences.of_list("document_page")

    def _keep(self, **values: bool) -> None:
        self.desk.preferences.set_of_list("document_page", **values)

    @property
    def title(self) -> str:
        draft = self.session.draft
        if draft.number:
            return draft.number + (f" R{draft.revision}" if draft.state == "replaced" else "")
        word = tr(_("Draft")) if draft.id else tr(_("New quotation"))
        customer = self.session.title_of("account", draft.account)
        return f"{word} · {customer}" if customer else word

    @property
    def is_dirty(self) -> bool:
        return self.session.is_dirty

    def steps_now(self) -> Sequence[Step]:
        """What can be done in this state, as buttons from left to right."""
        return ()

    def menu_now(self) -> Sequence[Step]:
        """What else can be done, in the menu."""
        return ()

    def _on_loaded(self) -> None:
        self.record_id = self.session.draft.id
        if self.grid.entry.is_open:
            self.grid.entry.cancel()
        self.grid.lines.forget_texts()
        if self.grid.hasFocus():
            self.grid.go_to(0, at.PRODUCT)

    def _on_changed(self) -> None:
        draft, shown = self.session.draft, self.session.shown
        self.files.setVisible(draft.id is not None)
        self.files.show_files(self.session.files)
        if self.session.chain is not None:
            self.chain.show_chain(self.session.chain, self.kind, draft.id or 0)
        linked = (shown.order or shown.quotation) if shown else ""
        told = (
            f"{self.title}{self.is_dirty}",
            f"{draft.state}{linked}{draft.id}{self.session.is_loaded}{self._way_on()}",
        )
        if told == self._told:
            return
        is_new_state = told[1] != self._told[1]
        self._told = told
        self.top.show_draft(self.title, draft, "" if len(self.chain.cards) > 1 else linked)
        self.titled.emit()
        if is_new_state:
            self._show_state(linked)

    def _way_on(self) -> str:
        """What else decides about the next step."""
        left = self.session.chain
        return f"{left.to_invoice}{left.has_shipped}" if left else ""

    def _show_state(self, linked: str) -> None:
        self.links.setEnabled(bool(linked))
        if self._panel is not None and self._state != self.session.draft.state:
            self._panel.close_panel()
        self._state = self.session.draft.state
        if self.session.is_loaded:
            self.show_steps()
        self._hint("")

    def show_steps(self) -> None:
        """Offer what can be done now to who may do it."""
        may = self.desk.may
        self.top.show_steps(offered(self.steps_now(), may), lambda: offered(self.menu_now(), may))

    def _hint(self, sentence: str) -> None:
        self.hint.setProperty("role", "problem" if sentence else "caption")
        self.hint.style().unpolish(self.hint)
        self.hint.style().polish(self.hint)
        can_type = self.session.is_editable
        self.hint.setText(sentence or (tr(_HINT) if can_type else ""))

    # Panels, notices and folds

    def show_panel(self, panel: Panel) -> None:
        """Show a panel above the lines; only one at a time."""
        if self._panel is not None:
            self._panel.close_panel()
        self._panel = panel
        panel.closed.connect(lambda: self._forget(panel))
        self.header.setHidden(self.height() < _ROOMY_ROWS * theme.row_height(self))
        self._place.addWidget(panel)
        panel.start_work()

    def _forget(self, panel: Panel) -> None:
        had_focus = panel.isAncestorOf(self.focusWidget()) if self.focusWidget() else True
        if self._panel is panel:
            self._panel = None
            self.header.show()
        if had_focus:
            self.grid.setFocus()

    def show_refusal(self, error: DomainError) -> None:
        """Say at its place why something is refused; what was typed stays."""
        if isinstance(error, ConflictError):
            self.compare()
            return
        first = error.problems[0] if isinstance(error, ProblemsError) else error
        self.notice.tell(self.session.sentence(error), "bad", *self.remedy(first))
        line = first.facts.get("line")
        if isinstance(line, int):
            names = [each.name for each in at.COLUMNS]
            cell = names.index(first.field) if first.field in names else at.PRODUCT
            self.grid.setFocus()
            self.grid.go_to(self.grid.lines.row_of_line(line - 1), cell)
        else:
            self.header.show_refusal(first.field, text_of(first))

    def remedy(self, error: DomainError) -> tuple[str, Callable[[], object]] | tuple[()]:
        """A button beside a refusal, where something can be done about it."""
        return ()

    def compare(self) -> None:
        """Put together what was typed here and what somebody else saved."""
        from ui.documents.panels import conflict

        conflict.compare(self)

    def _tell_overtaken(self) -> None:
        told = tr(_("Somebody else has just saved this document."))
        self.notice.tell(told, "info", tr(_("Compare")), self.compare)

    def toggle_more(self) -> None:
        """Unfold or fold the rarer fields."""
        self.header.more.setVisible(self.header.more.isHidden())
        self._keep(more=not self.header.more.isHidden())

    def toggle_texts(self) -> None:
        """Unfold or fold the texts."""
        self.header.texts.setVisible(self.header.texts.isHidden())
        if not self.header.texts.isHidden():
            self.header.fields["opening"].setFocus()

    def toggle_why(self) -> None:
        """Show or hide why the line costs what it does."""
        self.why.setVisible(self.why.isHidden())
        self.aside.setVisible(self.why.isHidden())

    def toggle_preview(self) -> None:
        """Show or hide the paper."""
        self.preview.setVisible(self.preview.isHidden())
        self._keep(preview=not self.preview.isHidden())

    def next_area(self) -> None:
        """Put the focus into the next part of the page."""
        parts = (self.header.fields["account"], self.grid, self.preview.paper)
        areas.go_on(self, parts, self.header)

    # Saving

    def settle(self) -> None:
        """Take over what is being typed in the head."""
        self.header.commit()

    def when_settled(self, then: Callable[[], object]) -> None:
        """Do something once everything typed was taken over."""
        self.settle()
        self.grid.entry.when_settled(then)

    def save(self, then: Callable[[], None] | None = None) -> None:
        if self.session.is_editable:
            self.notice.hide()
            self.when_settled(lambda: self.session.save(then))
        elif then:
            then()

    def save_now(self) -> None:
        """Save and say so."""
        from ui.kit.toasts import toast

        self.save(lambda: toast(tr(_("Saved."))))

    def _on_saved(self) -> None:
        self.record_id = self.session.draft.id
        self.crash.forget()
        self.crash.watch()
        self.titled.emit()

    def give_up(self) -> None:
        self.crash.forget()

    def keep_draft(self) -> None:
        """The window closes: what is not saved stands in the drafts."""
        self.crash.keep_now()

    def take_draft(self, kept: KeptDraft) -> None:
        """Go on with what was typed before a crash."""
        self.crash.take(kept)

    def start_work(self) -> None:
        if self.record_id is None:
            self.header.fields["account"].setFocus()
            if self._has_customer:
                self.session.when_loaded(self.grid.write_on)
        else:
            self.grid.setFocus()

    def undo(self) -> None:
        """Take the last change back."""
        self._turn(lambda editor: editor.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self._turn(lambda editor: editor.redo())

    def _turn(self, move: Callable[[Any], bool]) -> None:
        entry = self.grid.entry
        writes_on = entry.is_open and self.grid.lines.line(entry.row) is None
        if entry.is_open:
            entry.cancel()
        if self.session.is_editable:
            self.session.do(move)
        if writes_on:
            self.grid.write_on()

    def refresh(self) -> None:
        """Fetch the document anew where nothing typed would be lost."""
        self.session.reload()

    def _on_feed(self, changes: Sequence[Change]) -> None:
        own = self.session.draft.id or -1
        is_ours = any(each.concerns(self.kind, own) or each.concerns("outbox") for each in changes)
        is_busy = self.session.is_saving or self.grid.entry.is_typing
        if self.session.is_loaded and is_ours and not is_busy:
            self.session.reload()
        if self.session.draft.state in STOCKED_STATES:
            self.session.hear_of_stock(changes)

    # Going on

    def next_step(self) -> None:
        """What comes next for this document; in an open panel, what it asks."""
        if self._panel is not None:
            self._panel.confirm()
            return
        steps = offered(self.steps_now(), self.desk.may)
        step = next((each for each in steps if each.is_next), None)
        if step is not None and self.session.is_loaded:
            self.when_settled(step.slot)

    def open_linked(self) -> None:
        """Open the card with the focus, the order of a quotation, or the quotation of an order."""
        shown = self.session.shown
        if self.chain.has_cursor():
            self.chain.open_linked()
            return
        if shown and shown.order:
            self.desk.open_record("order", shown.order)
        elif shown and shown.quotation:
            self.desk.open_record("quotation", shown.quotation)

    def print_out(self) -> None:
        """Print the paper through the system's dialog."""
        self.when_settled(lambda: printing.print_document(self, self.session))


_PAPER_PERCENT = 28
"""Of the page's width, at first."""

_ROOMY_ROWS = 28
"""A page that is lower folds its head away while a panel is open."""

_HINT = _(
    "Enter takes over and goes on · 3*CODE quantity and code · # section · // text · + free item · "
    "? optional · Ctrl+D from above · Ctrl+↑↓ moves · Ctrl+V rows from Excel · F4 why this price"
)
