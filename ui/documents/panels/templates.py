"""Templates beside the work: a quotation or section kept as one, or one taken into a quotation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QComboBox, QLineEdit

from models.values.documents import SECTION, Draft, Line
from models.values.records import ListQuery
from resources.languages import marked as _
from ui.documents.panels.panel import Panel, table
from ui.kit import actions, tasks
from ui.kit.errors import text_of
from ui.kit.language import name, tr
from ui.kit.toasts import toast
from ui.widgets.parts import button

if TYPE_CHECKING:
    from ui.documents.page import DocumentPage

_MOST = 500


class Known(NamedTuple):
    """A template as the list of them shows it."""

    name: str
    subject: str
    is_section: bool


def ask_name(page: "DocumentPage") -> None:
    """Save, then ask for the name of the template."""
    page.save(lambda: page.show_panel(KeepPanel(page)))


class KeepPanel(Panel):
    """A name, and what of the quotation is kept under it."""

    def __init__(self, page: "DocumentPage") -> None:
        super().__init__(_("Save as template"))
        self._page = page
        draft = page.session.draft
        self.title = QLineEdit(draft.subject)
        name(self.title, _("Name of the template"))
        self.title.setProperty("first", True)
        self.title.returnPressed.connect(self.keep)
        self.part = QComboBox()
        name(self.part, _("What is kept"))
        self.part.addItem(tr(_("The whole quotation")), "")
        for line in draft.lines:
            if line.kind == SECTION and line.description:
                text = tr(_("The section “{title}”"), title=line.description)
                self.part.addItem(text, line.description)
        self.body.addWidget(self.title)
        self.body.addWidget(self.part)
        self.add_text(
            tr(_("A template of the same name is replaced. Prices set by hand go along."))
        )
        self.add_button(button(_("Cancel"), self.close_panel))
        save = self.add_button(button(_("Save"), self.keep, role="primary"))
        actions.offer(page.desk, "templates.change", save)

    def keep(self) -> None:
        """Keep it under the typed name."""
        app, key = self._page.desk.app, self._page.session.draft.id or 0
        title, section = self.title.text(), str(self.part.currentData())

        def work() -> int:
            from controllers.documents import templates

            return app.write(templates.save, title, key, section)

        def done(_key: int) -> None:
            toast(tr(_("Saved as the template “{name}”."), name=title.strip()))
            self.close_panel()

        tasks.write(work, done, lambda error: self.show_problem(text_of(error)), owner=self)


def choose(page: "DocumentPage") -> None:
    """Show the templates there are."""
    listing = page.desk.app.listing

    def work() -> list[Known]:
        query = ListQuery("template", ("name", "subject", "section"))
        rows = listing.first_page(query, _MOST).rows
        return [Known(str(row[1]), str(row[2] or ""), bool(row[3])) for row in rows]

    def done(found: list[Known]) -> None:
        if found:
            page.show_panel(TakePanel(page, found))
        else:
            page.notice.tell(tr(_("There are no templates yet; save a quotation as one.")), "info")

    if page.session.is_editable:
        tasks.run(work, done, page.session.fail, owner=page)


class TakePanel(Panel):
    """The templates; Enter takes one into the quotation."""

    def __init__(self, page: "DocumentPage", found: Sequence[Known]) -> None:
        super().__init__(_("Take a template"))
        self._page, self._found = page, found
        kinds = {True: tr(_("Section")), False: tr(_("Whole quotation"))}
        rows = [(each.name, each.subject, kinds[each.is_section]) for each in found]
        heads = (_("Template"), _("Subject"), _("What it holds"))
        self.table = table(_("Templates"), heads, rows)
        self.table.setProperty("first", True)
        self.table.activated.connect(lambda _index: self.take())
        self.table.selectRow(0)
        self.body.addWidget(self.table)
        self.add_text(tr(_("A section is put where the cursor is; a whole quotation becomes a new "
                           "one to this customer.")))  # fmt: skip
        self.add_button(button(_("Cancel"), self.close_panel))
        take = self.add_button(button(_("Take"), self.take, role="primary"))
        actions.offer(page.desk, "documents.change", take)

    def take(self) -> None:
        """Put the section in, or begin a new quotation."""
        chosen = self._found[max(0, self.table.currentIndex().row())]
        if chosen.is_section:
            self._put_in(chosen.name)
        else:
            self._begin(chosen.name)

    def _put_in(self, template: str) -> None:
        page, session = self._page, self._page.session
        draft = session.draft

        def work() -> tuple[Sequence[Line], object]:
            from controllers.documents import books, templates

            lines = page.desk.app.read(templates.lines, template, draft)
            ids = [each.product for each in lines if each.product is not None]
            return lines, page.desk.app.read(books.price_book, draft, ids, history=True)

        def done(answer: tuple[Sequence[Line], object]) -> None:
            lines, book = answer
            if session.join(draft, book):
                page.grid.lines.close_gap()
                row = page.grid.current_line()
                at = len(session.draft.lines) if row is None else row
                session.do(lambda editor: editor.insert(at, lines, _("Section of a template")))
            self.close_panel()

        tasks.run(work, done, lambda error: self.show_problem(text_of(error)), owner=self)

    def _begin(self, template: str) -> None:
        page, app = self._page, self._page.desk.app
        account = page.session.draft.account
        if not account:
            self.show_problem(tr(_("Choose the customer first.")))
            return

        def work() -> Draft:
            from controllers.documents import templates

            return app.write(templates.start, template, account)

        def done(made: Draft) -> None:
            self.close_panel()
            page.desk.open_record("quotation", made.id)

        tasks.write(work, done, lambda error: self.show_problem(text_of(error)), owner=self)
