"""The page of a stored document that is no quotation or order: head, lines, steps, chain, files."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from controllers.core.catalogue import KINDS
from models.values.errors import DomainError
from models.values.records import Change
from resources.languages import marked as _
from ui.documents import areas, handing, printing, sheet_actions
from ui.documents.chain_strip import ChainStrip
from ui.documents.facts import Fact, FactsCard
from ui.documents.files import FilesCard
from ui.documents.notice import Notice
from ui.documents.panels.mails import MailStrip
from ui.documents.panels.panel import Panel
from ui.documents.preview import PreviewPanel
from ui.documents.reading import About, Reading
from ui.documents.rows import Column, RowsModel, RowsTable
from ui.documents.top_line import Step, TopLine, offered
from ui.kit import theme, tokens
from ui.kit.desk import Desk
from ui.kit.errors import text_of
from ui.kit.language import on_language, tr
from ui.kit.page import RecordPage
from ui.kit.toasts import toast
from ui.widgets.parts import card, column, row


class SheetPage(RecordPage):
    """What deliveries, invoices and payments share; each says its fields, lines and steps."""

    right: ClassVar[str]
    """The permission of what changes it."""
    heads: ClassVar[tuple[tuple[Fact, ...], ...]]
    columns: ClassVar[tuple[Column, ...]]
    purpose: ClassVar[str] = "other"
    """What a file is that is put to it."""
    has_paper: ClassVar[bool] = True

    def __init__(self, desk: Desk, kind: str, record_id: int, about: About) -> None:
        super().__init__(kind, record_id)
        self.desk = desk
        self.session = Reading(desk, kind, about, self)
        self._panel: Panel | None = None
        self._told = ("", "")
        self._build()
        sheet_actions.add_to(self)
        self._connect()
        self.session.load(record_id)

    # Building

    def _build(self) -> None:
        self.top, self.notice = TopLine(self.kind, self.open_linked), Notice()
        self.mails, self.chain = MailStrip(self.session), ChainStrip(self.desk)
        self.facts = FactsCard(self.desk, self.heads, self.follow)
        self.lines = RowsModel(self.columns)
        self.table = RowsTable(self.lines, KINDS[f"{self.kind}_line"].plural)
        self.files = FilesCard(self, self.purpose)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(tokens.LARGE)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self._left())
        self.preview = PreviewPanel(self.session, self.settle)
        if self.has_paper:
            self.split.addWidget(self.preview)
            self.split.setStretchFactor(0, 1)
            self.split.setSizes([tokens.FORM, tokens.PREVIEW])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.LARGE)
        layout.setSpacing(tokens.SMALL)
        layout.addWidget(self.top)
        layout.addWidget(self.split, 1)
        kept = self.desk.preferences.of_list("document_page").get("preview", True)
        self.preview.setVisible(self.has_paper and bool(kept))

    def _left(self) -> QWidget:
        self._place = column(gap=0)
        lines = card()
        inside = QVBoxLayout(lines)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        layout = column(self.notice, self.mails, self.chain, self.facts, gap=tokens.SMALL)
        layout.addLayout(self._place)
        layout.addWidget(lines, 1)
        sums = self.sums_card()
        foot = row(self.files, gap=tokens.MEDIUM)
        foot.setStretch(0, 1)
        foot.setAlignment(self.files, Qt.AlignmentFlag.AlignBottom)
        if sums is not None:
            foot.addWidget(sums)
        layout.addLayout(foot)
        left = QWidget()
        left.setLayout(layout)
        return left

    def _connect(self) -> None:
        self.session.changed.connect(self._on_changed)
        self.session.refused.connect(self.show_refusal)
        self.facts.typed.connect(self.titled)
        self.lines.typed.connect(self.titled)
        self.table.opened.connect(self.open_line)
        self.desk.feed.changed.connect(self._on_feed)
        on_language(self._reword)

    # What a kind of its own says

    def sums_card(self) -> QWidget | None:
        """The figures at the foot."""
        return None

    def fact_values(self) -> dict[str, Any]:
        """What stands in the head."""
        raise NotImplementedError

    def line_rows(self) -> Sequence[Sequence[str]]:
        """The cells of the lines."""
        raise NotImplementedError

    def steps_now(self) -> Sequence[Step]:
        """What can be done in this state, as buttons from left to right."""
        return ()

    def menu_now(self) -> Sequence[Step]:
        """What else can be done, in the menu."""
        return ()

    def can_type(self) -> bool:
        """Whether head and lines can be typed into."""
        return self.session.is_loaded and self.state() == "draft" and self.desk.may(self.right)

    def state(self) -> str:
        """Where it is on its way."""
        return self.session.draft.state

    def write_typed(self) -> Callable[[], Any]:
        """The work that saves what was typed; DomainError where it cannot be read."""
        raise NotImplementedError

    def open_line(self, line: int) -> None:
        """Open what a line names, where it names anything."""

    def follow(self, field: str) -> None:
        """Open what a field of the head names."""
        value = self.fact_values().get(field)
        if field == "account":
            self.desk.open_record("account", self.session.draft.account)
        elif value:
            self.desk.open_record({"order": "order"}.get(field, self.kind), str(value))

    # Showing

    @property
    def title(self) -> str:
        draft = self.session.draft
        words = tr(KINDS[self.kind].label)
        if draft.number or not self.session.found:
            return draft.number or words
        return f"{words} · {self.session.found.account}"

    @property
    def is_dirty(self) -> bool:
        return self.can_type() and (self.facts.is_typed or self.lines_typed())

    def lines_typed(self) -> bool:
        """Whether lines differ from what is stored."""
        return self.lines.rows != [list(each) for each in self.line_rows()]

    def _reword(self) -> None:
        self._told = ("", "")
        self._on_changed()

    def _on_changed(self) -> None:
        found = self.session.found
        if found is None:
            return
        self.record_id = found.draft.id
        self.top.show_draft(self.title, found.draft, "")
        self.top.steps.set_state(self.state())
        self.facts.show_values(self.fact_values(), can_type=self.can_type())
        self._take_lines()
        self.chain.show_chain(found.chain, self.kind, found.draft.id or 0)
        self.files.show_files(found.files)
        told = (self.state(), repr(found.value))
        if told != self._told:
            self._told = told
            may = self.desk.may
            self.top.show_steps(
                offered(self.steps_now(), may), lambda: offered(self.menu_now(), may)
            )
        self.titled.emit()

    def _take_lines(self) -> None:
        """Show the lines; what is typed into a draft that nobody else changed stays."""
        self.lines.is_open = self.can_type()
        rows = [list(each) for each in self.line_rows()]
        if self.lines.rows != rows:
            self.lines.take(rows)
            self.table.first_cell()

    def _on_feed(self, changes: Sequence[Change]) -> None:
        own = self.record_id or -1
        links = self.session.found.chain.links if self.session.found else ()
        near = [(each.kind, each.id) for each in links]
        is_ours = any(
            each.concerns(self.kind, own) or each.concerns("outbox")
            or any(each.concerns(*link) for link in near)
            for each in changes
        )  # fmt: skip
        if is_ours and not self.is_dirty:
            self.session.reload()

    # Panels and notices

    def show_panel(self, panel: Panel) -> None:
        """Show a panel above the lines; only one at a time."""
        if self._panel is not None:
            self._panel.close_panel()
        self._panel = panel
        panel.closed.connect(lambda: self._forget(panel))
        self.facts.setHidden(self.height() < _ROOMY_ROWS * theme.row_height(self))
        self._place.addWidget(panel)
        panel.start_work()

    def _forget(self, panel: Panel) -> None:
        if self._panel is panel:
            self._panel = None
            self.facts.show()
            self.table.setFocus()

    def show_refusal(self, error: DomainError) -> None:
        """Say at its place why something is refused; what was typed stays."""
        self.notice.tell(text_of(error))
        self.facts.show_refusal(error.field, text_of(error))

    def toggle_preview(self) -> None:
        """Show or hide the paper."""
        if self.has_paper:
            self.preview.setVisible(self.preview.isHidden())
            shown = not self.preview.isHidden()
            self.desk.preferences.set_of_list("document_page", preview=shown)

    def next_area(self) -> None:
        """Put the focus into the next part of the page."""
        areas.go_on(self, (*self.chain.cards[:1], self.table, self.preview.paper))

    # Saving

    def settle(self) -> None:
        """Take over what is being typed."""
        if self.table.state() == RowsTable.State.EditingState:
            self.table.commit()

    def save(self, then: Callable[[], None] | None = None) -> None:
        self.settle()
        if not self.is_dirty:
            if then:
                then()
            return
        try:
            work = self.write_typed()
        except DomainError as error:
            self.show_refusal(error)
            return
        self.notice.hide()
        handing.write(self, work, lambda: self._saved(then))

    def _saved(self, then: Callable[[], None] | None) -> None:
        self.facts.show_refusal("", "")
        if then:
            then()

    def save_now(self) -> None:
        """Save and say so."""
        self.save(lambda: toast(tr(_("Saved."))))

    def give_up(self) -> None:
        self.facts.forget()

    def start_work(self) -> None:
        self.table.setFocus()

    def refresh(self) -> None:
        """Read it anew where nothing typed would be lost."""
        if not self.is_dirty:
            self.session.reload()

    # Going on

    def next_step(self) -> None:
        """What comes next; in an open panel, what it asks."""
        if self._panel is not None:
            self._panel.confirm()
            return
        steps = offered(self.steps_now(), self.desk.may) if self.session.is_loaded else []
        step = next((each for each in steps if each.is_next), None)
        if step is not None:
            step.slot()

    def go_on(self, work: Callable[[], Any], told: str) -> None:
        """Save, do one step in the background, say so."""
        self.notice.hide()
        self.save(lambda: handing.write(self, work, lambda: toast(told)))

    def open_linked(self) -> None:
        """Open what this came from, or the card with the focus."""
        self.chain.open_linked()

    def print_out(self) -> None:
        """Print the paper through the system's dialog."""
        if self.has_paper:
            self.save(lambda: printing.print_document(self, self.session))

    def save_pdf(self) -> None:
        """Write the paper into a file."""
        self.save(lambda: handing.save_pdf(self))


_ROOMY_ROWS = 28
"""A page that is lower folds its head away while a panel is open."""
