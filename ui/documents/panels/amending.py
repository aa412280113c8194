"""Amending a confirmed order: its lines as the customer wants them now, others, and why."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from controllers.core.catalogue import LINES
from models.values.deliveries import OpenLine
from models.values.documents import Line
from models.values.errors import DomainError
from models.values.parsing import checked
from resources.languages import marked as _
from ui.documents.line_grid.cells import price_text
from ui.documents.panels.asking import AskPanel
from ui.documents.rows import Column, RowsModel, RowsTable
from ui.kit import tasks
from ui.kit.language import name, tr
from ui.widgets.lookup import Find, LinkEdit

if TYPE_CHECKING:
    from controllers.documents.amendments import LineChange
    from ui.documents.handing import Page

_SKU, _DESCRIPTION, _QUANTITY, _UNIT, _PRICE = 0, 1, 3, 4, 5
_COLUMNS = (
    Column(_("Product"), is_typed=True), Column(_("Description"), is_wide=True, is_typed=True),
    Column(_("Shipped"), is_figure=True), Column(_("Quantity"), is_figure=True, is_typed=True),
    Column(_("Unit"), is_typed=True), Column(_("Unit price"), is_figure=True, is_typed=True),
)  # fmt: skip
_SHIPPED = 2
_MOST = 3


def ask(page: "Page") -> None:
    """Read what went out already, then show the panel."""
    app, key = page.desk.app, page.session.draft.id or 0

    def read() -> tuple[OpenLine, ...]:
        from controllers.documents import deliveries

        return app.read(deliveries.open_lines, key)

    def done(lines: tuple[OpenLine, ...]) -> None:
        page.show_panel(AmendPanel(page, {each.line: each for each in lines}))

    tasks.run(read, done, page.session.fail, owner=page)


class AmendPanel(AskPanel):
    """What went out stays as it was sold; lines below those of the order are new."""

    def __init__(self, page: "Page", known: Mapping[int, OpenLine]) -> None:
        number = page.session.draft.number
        super().__init__(page, _("What of {number} changes?"), number=number)
        lines = [each for each in page.session.draft.lines if each.id in known]
        self._lines = [(line, known[line.id or 0]) for line in lines]
        self._before = [self._row(*each) for each in self._lines]
        self._titles: dict[str, str] = {}
        self.model = RowsModel(_COLUMNS)
        self.model.take(self._before, self._closed())
        self.table = RowsTable(self.model, _("Lines of the order"), _MOST)
        self.table.setProperty("first", True)
        self.add_table(self.table)
        self.table.first_cell(_QUANTITY)
        self.add_text(tr(_("A quantity of 0 drops a line; another product code is delivered in its "
                           "stead. A line of which a part went out keeps its price.")))  # fmt: skip
        self.product = LinkEdit(page.desk.app.listing, "product")
        self.product.chosen.connect(self.add_product)
        name(self.product, _("Product to add"))
        self.ask("product", _("Product to add"), self.product, 4)
        self.note = self.ask_text("amendment_note", _("Why it is amended"), 8)
        self.waits = self.add_check(_("What is not in stock waits as a back-order"))
        self.buttons.insertWidget(0, self.waits)
        self.add_keep()
        self.add_primary(_("Amend the order"), self.amend, "ph.pencil-line")

    def _row(self, line: Line, known: OpenLine) -> tuple[str, ...]:
        style = self.page.desk.style
        price = price_text(line.unit_price, self.page.session.draft.currency, style)
        quantity, shipped = style.number(line.quantity), style.number(known.shipped)
        return (line.sku, known.description, shipped, quantity, line.unit, price)

    def _closed(self) -> set[tuple[int, int]]:
        """Of a line that went out whole nothing changes, of one begun its quantity alone."""
        gone = {at for at, (_line, known) in enumerate(self._lines) if not known.open}
        begun = {at for at, (_line, known) in enumerate(self._lines) if known.shipped}
        as_sold = {(at, column) for at in gone | begun for column in (_SKU, _DESCRIPTION, _PRICE)}
        units = {(at, _UNIT) for at in range(len(self._lines))}
        return as_sold | units | {(at, _QUANTITY) for at in gone}

    def add_product(self, find: Find | None) -> None:
        """A new line of the product that was chosen; its price is found unless one is typed."""
        if find is None:
            return
        _id, sku, title = find
        self._titles[sku] = title
        self.product.set_find(None)
        at = self.model.add((sku, title, "", "1", "", ""), {_SHIPPED})
        self.table.setCurrentIndex(self.model.index(at, _QUANTITY))
        self.table.setFocus()

    # Reading

    def changes(self) -> "list[LineChange]":
        """What was typed; DomainError where it cannot be read."""
        from controllers.documents.amendments import LineChange

        self._refuse_open_search()
        old = zip(self.model.rows, self._before, self._lines, strict=False)
        changed = [(line, self._typed(texts, before)) for texts, before, (line, _known) in old]
        new = [self._added(texts) for texts in self.model.rows[len(self._before) :]]
        return [
            *(LineChange(line=line.id, **typed) for line, typed in changed if typed),
            *(LineChange(**typed) for typed in new if typed["quantity"]),
        ]

    def _refuse_open_search(self) -> None:
        sku = self.product.text().strip()
        if sku:
            message = _("There is no product “{key}”; look it up in the list.")
            raise DomainError(message, field="product", key=sku)

    def _typed(self, texts: Sequence[str], before: Sequence[str]) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        if texts[_SKU] != before[_SKU]:
            typed["sku"] = texts[_SKU]
        if texts[_DESCRIPTION] != before[_DESCRIPTION]:
            typed["description"] = texts[_DESCRIPTION]
        if texts[_QUANTITY] != before[_QUANTITY]:
            typed["quantity"] = self._figure("quantity", texts[_QUANTITY])
        if texts[_PRICE] != before[_PRICE]:
            typed["unit_price"] = self._figure("unit_price", texts[_PRICE])
        return typed

    def _added(self, texts: Sequence[str]) -> dict[str, Any]:
        """A new line; its unit, price and description are the product's where none is typed."""
        sku, title = texts[_SKU], texts[_DESCRIPTION]
        is_own = title != self._titles.get(sku, "")
        return {
            "sku": sku, "quantity": self._figure("quantity", texts[_QUANTITY]),
            "unit": texts[_UNIT], "description": title if is_own else "",
            "unit_price": self._figure("unit_price", texts[_PRICE]) if texts[_PRICE] else None,
        }  # fmt: skip

    def _figure(self, field: str, text: str) -> Decimal:
        """A figure that was typed; an empty cell is none and refused."""
        value = self.page.desk.style.parse_number(text, field)
        return Decimal(checked(LINES["order"][field], value))

    # Doing

    def amend(self) -> None:
        """Amend it; what is refused stays typed."""
        try:
            changes = self.changes()
        except DomainError as error:
            self.refuse(error)
            return
        app, key = self.page.desk.app, self.page.session.draft.id or 0
        note, waits = self.note.text().strip(), self.waits.isChecked()

        def work() -> None:
            from controllers.documents import orders

            app.write(orders.amend, key, changes, note, backorder=waits)

        self.do(work, lambda _none: None, tr(_("The order is amended.")))
