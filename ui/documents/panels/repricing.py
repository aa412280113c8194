"""What the price list would change, shown before it is done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from resources.languages import marked as _
from ui.documents.line_grid.cells import price_text
from ui.documents.panels.panel import Panel, table
from ui.kit import tasks
from ui.kit.language import tr
from ui.kit.toasts import toast
from ui.widgets.parts import button

if TYPE_CHECKING:
    from collections.abc import Callable

    from controllers.documents.quotations import Repriced
    from ui.documents.session import Session


def ask_prices(session: "Session", then: "Callable[[Sequence[Repriced]], object]") -> None:
    """What new prices would change, also where a price was set by hand; in the background."""
    app, draft = session.desk.app, session.draft

    def work() -> "tuple[Sequence[Repriced], object]":
        from controllers.documents import books, quotations

        return app.read(quotations.reprice, draft), app.read(books.price_book, draft, history=True)

    def done(answer: "tuple[Sequence[Repriced], object]") -> None:
        found, book = answer
        session.join(draft, book)
        then(found)

    tasks.run(work, done, session.fail, key=(id(session), "reprice"), owner=session)


class RepricePanel(Panel):
    """Old price, new price and why, line by line."""

    def __init__(self, session: "Session", found: "Sequence[Repriced]") -> None:
        super().__init__(_("New prices, lines: {count}"), count=len(found))
        self._session, self._found = session, found
        currency, style = session.draft.currency, session.style
        lines = session.draft.lines
        texts = [
            (str(session.number_of(each.row)), lines[each.row].description,
             price_text(each.old_price, currency, style) + (" ·" if lines[each.row].pinned else ""),
             price_text(each.new_price, currency, style), session.worded(each.reason))
            for each in found
        ]  # fmt: skip
        heads = (_("Line"), _("Product"), _("Price now"), _("New price"), _("Why"))
        self.body.addWidget(table(_("New prices"), heads, texts))
        if any(lines[each.row].pinned for each in found):
            self.add_text(tr(_("A dot marks prices that were set by hand; they would change too.")))
        take = button(_("Take the new prices"), self.take, role="primary")
        take.setProperty("first", True)
        take.setAutoDefault(True)
        self.add_button(button(_("Keep them"), self.close_panel))
        self.add_button(take)

    def take(self) -> None:
        """Price these lines anew, as one step."""
        rows = [each.row for each in self._found]
        self._session.do(lambda editor: editor.reprice(rows))
        self.close_panel()
        toast(tr(_("New prices are in, lines: {count}."), count=len(rows)),
              lambda: self._session.do(lambda editor: editor.undo()))  # fmt: skip
