"""The options of a product that is put together or configured, chosen beside the lines."""

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from controllers.core.catalogue import KINDS
from models.values.documents import Line
from models.values.errors import DomainError
from models.values.money import ZERO, currency_decimals
from resources.languages import marked as _
from ui.documents.fields import Caption, FigureEdit
from ui.documents.panels.panel import Panel
from ui.kit import tasks
from ui.kit.errors import text_of
from ui.kit.language import tr
from ui.widgets.parts import button, label
from ui.widgets.parts import row as row_of

if TYPE_CHECKING:
    from controllers.documents.bundles import Bundle
    from controllers.documents.editor import QuotationEditor
    from ui.documents.page import DocumentPage


def show_of_line(page: "DocumentPage") -> None:
    """The options of the product the cursor is on."""
    row = page.grid.current_line()
    if row is not None and page.session.is_editable:
        show(page, row)


def show(page: "DocumentPage", row: int) -> None:
    """Read what the product of a line is made of, then offer its options."""
    session = page.session
    line = session.draft.lines[row]
    product = session.editor.book.products.get(line.product or 0)
    if product is None or not product.is_configured:
        return
    app, draft, sku = session.desk.app, session.draft, line.sku

    def work() -> "Bundle":
        from controllers.documents import bundles

        return app.read(bundles.bundle, draft, sku)

    tasks.run(work, lambda found: page.show_panel(BundlePanel(page, row, found)),
              session.fail, key=(id(page), "bundle"), owner=page)  # fmt: skip


class BundlePanel(Panel):
    """A tick for each option; what does not go together is said at once."""

    def __init__(self, page: "DocumentPage", row: int, found: "Bundle") -> None:
        name = found.product.name_in(page.session.draft.language)
        super().__init__(_("Options of {product}"), product=name)
        self._page, self._session, self._row, self._found = page, page.session, row, found
        self._line = page.session.draft.lines[row]
        self.number = self._line.quantity
        self.quantity = FigureEdit(page.session, KINDS["quotation_line"]["quantity"])
        self.quantity.show_figure(self.number)
        self.quantity.committed.connect(self._count)
        self.quantity.wrong.connect(self.show_problem)
        self.lines: tuple[Line, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        for option in found.configuration.options:
            box = QCheckBox(option.label)
            box.setAccessibleName(option.label)
            box.setChecked(option.is_default)
            box.toggled.connect(self.reckon)
            self.boxes[option.code] = box
            self.body.addWidget(box)
        self.body.addLayout(row_of(Caption(_("Quantity"), self.quantity), 1))
        self.told = label(role="soft", wrap=True)
        self.body.addWidget(self.told)
        self.add_button(button(_("Leave it as it is"), self.close_panel))
        self._put = self.add_button(button(_("Put in"), self.put, role="primary"))
        first = next(iter(self.boxes.values()), self._put)
        first.setProperty("first", True)
        self._put.setAutoDefault(True)
        self.reckon()

    def _count(self, number: Decimal) -> None:
        self.number = number
        self.reckon()

    def chosen(self) -> list[str]:
        """The codes of the options with a tick."""
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def reckon(self) -> None:
        """Say what it comes to, or why these options do not go together."""
        try:
            self.lines = self._found.lines(self.chosen(), self.number or Decimal(1))
        except DomainError as error:
            self.lines = ()
            self.show_problem(text_of(error))
        else:
            self.show_problem("")
        self._put.setEnabled(bool(self.lines))
        self.told.setText(self._sum() if self.lines else "")

    def _sum(self) -> str:
        amounts = (each.quantity * each.unit_price - each.discount_amount for each in self.lines)
        currency = self._session.draft.currency
        total = self._session.style.number(sum(amounts, ZERO), currency_decimals(currency))
        parts = [each.description for each in self.lines if each.counts]
        return tr(_("{parts}: {currency} {total}"), parts=", ".join(parts), currency=currency,
                  total=total)  # fmt: skip

    def put(self) -> None:
        """Put the lines in the place of the product, as one step."""
        session, row, book = self._session, self._row, self._found.book
        is_there = row < len(session.draft.lines) and session.draft.lines[row].sku == self._line.sku
        if not self.lines or not is_there or not session.join(self._found.draft, book):
            self.close_panel()
            return

        from controllers.documents import bundles

        made = bundles.in_place(session.draft, row, self.lines)

        def change(editor: "QuotationEditor") -> None:
            with editor.in_one_step(_("Options of a product")):
                editor.delete([row])
                editor.insert(row, made)

        session.do(change)
        self.close_panel()
        self._page.grid.write_on()
