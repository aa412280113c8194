"""Rows pasted from a spreadsheet: taken over at once where all are understood, else shown first."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QTableView

from models.values.errors import NotFoundError
from resources.languages import marked as _
from ui.documents.panels.panel import Panel, table
from ui.kit import tasks
from ui.kit.errors import text_of
from ui.kit.language import tr
from ui.widgets.parts import button

if TYPE_CHECKING:
    from controllers.documents.pasting import Misread, PastedRows
    from ui.documents.session import Session


def read_rows(
    session: "Session", text: str, then: "Callable[[PastedRows, Sequence[Misread]], object]"
) -> None:
    """Read pasted text in the background; answers the rows and what is not understood."""
    app, draft, style = session.desk.app, session.draft, session.style

    def work() -> "tuple[PastedRows, object]":
        from controllers.documents import pasting
        from controllers.documents.books import sku_book

        rows = pasting.parse_pasted(text, style)
        return rows, app.read(sku_book, draft, rows.skus)

    def done(answer: "tuple[PastedRows, object]") -> None:
        rows, book = answer
        if session.join(draft, book):
            then(rows, _misread(session, rows))
        else:
            read_rows(session, text, then)

    tasks.run(work, done, session.fail, key=(id(session), "paste"), owner=session)


def _misread(session: "Session", rows: "PastedRows") -> "list[Misread]":
    """What is not understood, SKUs that do not exist included, in the order of the rows."""
    from controllers.documents.pasting import Misread

    known = session.editor.book.by_sku
    unknown = [
        Misread(each.line, each.sku, NotFoundError(
            _("Row {row}: there is no product “{sku}”."), row=each.line, sku=each.sku))
        for each in rows.understood
        if each.sku.casefold() not in known
    ]  # fmt: skip
    return sorted((*rows.not_understood, *unknown), key=lambda each: each.line)


class PastePanel(Panel):
    """Shows what was not understood, and takes over the rest."""

    def __init__(
        self,
        session: "Session",
        rows: "PastedRows",
        misread: "Sequence[Misread]",
        place: Callable[[], int | None],
    ) -> None:
        super().__init__(_("Pasted rows"))
        self._session, self._rows, self._place = session, rows, place
        self._misread = misread
        self.good = len(rows.understood) + len(rows.not_understood) - len(misread)
        told = _("Rows that are understood: {good}. Not understood: {bad}.")
        self.add_text(tr(told, good=self.good, bad=len(misread)))
        self.body.addWidget(self._table())
        self.add_button(button(_("Copy these rows"), self.copy, icon="ph.copy"))
        if self.good:
            add = button(_("Add what is understood"), self.add, role="primary")
            add.setDefault(True)
            add.setAutoDefault(True)
            add.setProperty("first", True)
            self.add_button(add)

    def _table(self) -> QTableView:
        texts = [(str(each.line), each.text.replace("\t", "   "), text_of(each.reason))
                 for each in self._misread]  # fmt: skip
        return table(_("Rows that are not understood"), (_("Row"), _("Text"), _("Why")), texts)

    def copy(self) -> None:
        """Put the rows that are not understood on the clipboard, to be mended."""
        QApplication.clipboard().setText("\n".join(each.text for each in self._misread))

    def add(self) -> None:
        """Take over the rows that are understood, as one step."""
        place = self._place()
        self._session.do(lambda editor: editor.paste(self._rows, place))
        self.close_panel()
