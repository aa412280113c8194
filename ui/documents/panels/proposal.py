"""What goes around a quotation: its parts in order, from the library or written for this one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit

from models.values.errors import ConflictError, DomainError
from models.values.proposals import Part, Proposal
from resources.languages import LANGUAGES
from resources.languages import marked as _
from ui.documents.fields import Caption, LongEdit
from ui.documents.panels.panel import Panel
from ui.documents.panels.proposal_parts import KINDS, PartList, Placed, placed, put_together
from ui.documents.panels.translations import TranslationTable
from ui.documents.top_line import Step, open_menu
from ui.kit import tasks
from ui.kit.errors import text_of
from ui.kit.language import name, tr
from ui.kit.toasts import toast
from ui.widgets.parts import button, column, icon_button, row

if TYPE_CHECKING:
    from controllers.core.unit_of_work import UnitOfWork
    from controllers.documents.proposals import Choice
    from ui.documents.page import DocumentPage

    Read = tuple[Proposal, tuple[Choice, ...]]

_FILES = "PDF, PNG, JPEG (*.pdf *.png *.jpg *.jpeg)"


def show(page: "DocumentPage") -> None:
    """Save, read what goes around the quotation, and show it."""
    app = page.desk.app

    def read(uow: "UnitOfWork", key: int, language: str) -> "Read":
        from controllers.documents import proposals

        return proposals.of_quotation(uow, key), proposals.blocks(uow, language)

    def ask() -> None:
        draft = page.session.draft
        tasks.run(lambda: app.read(read, draft.id or 0, draft.language),
                  lambda found: page.show_panel(ProposalPanel(page, *found)),
                  page.session.fail, key=(id(page), "proposal"), owner=page)  # fmt: skip

    page.save(ask)


class ProposalPanel(Panel):
    """The parts in a list; title and text of the chosen one beside it."""

    def __init__(
        self, page: "DocumentPage", proposal: Proposal, library: "Sequence[Choice]"
    ) -> None:
        super().__init__(_("Proposal"))
        self._page, self._library = page, library
        self._is_filling, self._is_shown = False, False
        self._blocks = {each.code: each for each in library}
        self._before = proposal
        self._files: dict[str, bytes] = {}
        can_change = page.session.is_editable
        self.parts = PartList(placed(proposal), {each.code: each.title for each in library})
        self.parts.setProperty("first", True)
        self.parts.moved.connect(self._show_part)
        self.parts.changed.connect(self.preview)
        self.title, self.text = QLineEdit(), LongEdit(_("As in the library"))
        self.title.textEdited.connect(self._take_part)
        self.text.textChanged.connect(self._take_part)
        self.text.setMinimumHeight(self.text.fontMetrics().height() * 4)
        self.sheets = self._box(_("Product sheets"), is_on=proposal.product_sheets)
        self.contents = self._box(_("Table of contents"), is_on=proposal.contents)
        self.second = QComboBox()
        name(self.second, _("Second language"))
        for code, words in (("", tr(_("One language"))), *LANGUAGES.items()):
            self.second.addItem(words, code)
        self.second.setCurrentIndex(self.second.findData(proposal.second_language))
        self.translations = TranslationTable(proposal.translations, can_change=can_change)
        self._build(can_change=can_change)
        self._show_part()
        self._is_shown = can_change
        self._follow()

    def _follow(self) -> None:
        """Every change shows in the pages beside the lines."""
        for box in (self.sheets, self.contents):
            box.toggled.connect(self.preview)
        self.second.currentIndexChanged.connect(self._ask_texts)
        self.second.currentIndexChanged.connect(self.preview)
        self.translations.changed.connect(self.preview)
        self.closed.connect(lambda: self._page.preview.show_around(None))
        self._ask_texts()

    def _box(self, text: str, *, is_on: bool) -> QCheckBox:
        box = QCheckBox(tr(text))
        box.setAccessibleName(tr(text))
        box.setChecked(is_on)
        return box

    def _build(self, *, can_change: bool) -> None:
        self._add = button(_("Add"), lambda: open_menu(self._add, self.offers()), icon="ph.plus")
        tools = (
            self._add,
            icon_button("ph.arrow-up", _("Move up"), lambda: self.parts.shift(-1)),
            icon_button("ph.arrow-down", _("Move down"), lambda: self.parts.shift(1)),
            icon_button("ph.paperclip", _("Attach a file to this part"), self.attach),
            icon_button("ph.trash", _("Take out"), self.parts.take_out),
        )
        left = column(self.parts)
        left.addLayout(row(*tools, 1))
        right = column(Caption(_("Title"), self.title), Caption(_("Text"), self.text))
        both = row()
        both.addLayout(left, 2)
        both.addLayout(right, 3)
        self.body.addLayout(both)
        self.body.addWidget(self.translations)
        for at, each in enumerate((self.sheets, self.contents, self.second)):
            self.buttons.insertWidget(at, each)
        for each in (*tools, self.title, self.text, self.sheets, self.contents, self.second):
            each.setEnabled(can_change)
        self.add_button(button(_("Cancel"), self.close_panel))
        self.theirs = self.add_button(button(_("Take theirs"), self.take_theirs))
        self.theirs.hide()
        if self._page.preview.isHidden():
            self.add_button(button(_("Show the pages"), self._show_pages, icon="ph.article"))
        if can_change:
            self.add_button(button(_("Keep"), self.keep, role="primary"))

    # Parts

    def offers(self) -> list[Step]:
        """Everything that can be added: blocks of the library, own texts, files."""
        made = [
            Step(f"{tr(KINDS[kind])}: {each.title}", self._adding(kind, Part(each.code)),
                 "ph.text-align-left")
            for each in self._library
            for kind in ("section" if each.purpose == "picture" else each.purpose,)
        ]  # fmt: skip
        own = (
            ("cover", _("Own cover page")), ("letter", _("Own cover letter")),
            ("section", _("Own section")), ("terms", _("Own terms")),
            ("stationery", _("Own stationery")),
        )  # fmt: skip
        made += [Step(text, self._adding(kind, Part()), "ph.note-pencil") for kind, text in own]
        made.append(Step(_("A file as an appendix …"), self.attach_appendix, "ph.paperclip"))
        return made

    def _adding(self, kind: str, part: Part) -> Callable[[], None]:
        def add() -> None:
            self.parts.add(Placed(kind, part))
            if not part.block:
                self.title.setFocus()

        return add

    def _show_part(self) -> None:
        chosen = self.parts.chosen()
        part = chosen.part if chosen else Part()
        block = self._blocks.get(part.block)
        self._is_filling = True
        self.title.setText(part.title)
        self.title.setPlaceholderText(block.title if block else "")
        self.text.setPlainText(part.text)
        self.text.setPlaceholderText(block.text if block else "")
        self._is_filling = False
        for each in (self.title, self.text):
            each.setReadOnly(chosen is None)

    def _take_part(self) -> None:
        chosen = self.parts.chosen()
        if chosen is not None and not self._is_filling:
            words = {"title": self.title.text().strip(), "text": self.text.toPlainText().strip()}
            self.parts.change(chosen.part_with(**words))

    # Files

    def attach(self) -> None:
        """Ask for a file for the chosen part."""
        chosen = self.parts.chosen()
        if chosen is not None:
            self._ask_file(lambda file: self.parts.change(chosen.part_with(
                files=(*chosen.part.files, file))))  # fmt: skip

    def attach_appendix(self) -> None:
        """Ask for a file that becomes an appendix of its own."""
        self._ask_file(lambda file: self.parts.add(Placed("appendix", Part(files=(file,)))))

    def _ask_file(self, then: Callable[[str], object]) -> None:
        path, _form = QFileDialog.getOpenFileName(self, tr(_("Attach a file")), "", _FILES)
        if path:
            self.take_file(Path(path), then)

    def take_file(self, path: Path, then: Callable[[str], object]) -> None:
        """Look a file through in the background; what cannot be printed is said at once."""

        def work() -> bytes:
            from controllers.documents import proposal_files

            content = path.read_bytes()
            proposal_files.check(path.name, content)
            return content

        def done(content: bytes) -> None:
            self._files[path.name] = content
            self.show_problem("")
            then(path.name)

        tasks.run(work, done, self._refuse, owner=self)

    # Looking and keeping

    def proposal(self) -> Proposal:
        """What is put together here."""
        return put_together(
            self.parts.all(), self._before, product_sheets=self.sheets.isChecked(),
            contents=self.contents.isChecked(), second_language=str(self.second.currentData()),
            translations=self.translations.pairs(),
        )  # fmt: skip

    def preview(self) -> None:
        """Let the pages beside the lines follow; new files are attached when it is kept."""
        from controllers.documents.proposals import Around

        if self._is_shown:
            self.show_problem("")
            self._page.preview.show_around(Around(self.proposal(), dict(self._files)))

    def _show_pages(self) -> None:
        self._page.preview.show()

    def _ask_texts(self) -> None:
        """Ask what the lines are called in the second language; without one nothing is asked."""
        app, draft, second = (
            self._page.desk.app,
            self._page.session.draft,
            self.second.currentData(),
        )
        self.translations.setVisible(bool(second))
        if not second:
            return

        def work() -> tuple[tuple[str, str], ...]:
            from controllers.documents import bilingual

            return app.read(bilingual.to_translate, draft, str(second))

        tasks.run(work, self.translations.show_texts, self._refuse, key=(id(self), "texts"),
                  owner=self)  # fmt: skip

    def keep(self) -> None:
        """Keep it with the quotation."""
        app, key, before = self._page.desk.app, self._page.session.draft.id or 0, self._before
        wanted, files = self.proposal(), dict(self._files)

        def work() -> Proposal:
            from controllers.documents import proposals

            return app.write(proposals.keep, key, wanted, files, before=before)

        def done(_kept: Proposal) -> None:
            self.close_panel()
            toast(tr(_("The proposal is kept; it goes out with the quotation.")))

        tasks.write(work, done, self._refuse, owner=self)

    def _refuse(self, error: Exception) -> None:
        known = isinstance(error, (DomainError, OSError))
        self.show_problem(text_of(error) if known else str(error))
        if isinstance(error, ConflictError):
            self._meet_theirs()

    def _meet_theirs(self) -> None:
        """Somebody kept another proposal: the next Keep is meant, or theirs is taken."""
        app, key = self._page.desk.app, self._page.session.draft.id or 0

        def work() -> Proposal:
            from controllers.documents import proposals

            return app.read(proposals.of_quotation, key)

        def done(theirs: Proposal) -> None:
            self._before = theirs
            self.theirs.show()

        tasks.run(work, done, self._refuse, owner=self)

    def take_theirs(self) -> None:
        """Open the proposal that the other person kept."""
        self.close_panel()
        show(self._page)
