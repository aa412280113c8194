"""Amending a confirmed order: its lines as the customer wants them now, one more, and why."""

from collections.abc import Mapping
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
from ui.widgets.lookup import LinkEdit

if TYPE_CHECKING:
    from controllers.documents.amendments import LineChange
    from ui.documents.handing import Page

_DESCRIPTION, _QUANTITY, _PRICE = 1, 3, 5
_COLUMNS = (
    Column(_("Product")), Column(_("Description"), is_wide=True, is_typed=True),
    Column(_("Shipped"), is_figure=True), Column(_("Quantity"), is_figure=True, is_typed=True),
    Column(_("Unit")), Column(_("Unit price"), is_figure=True, is_typed=True),
)  # fmt: skip
_MOST = 6


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
    """What went out stays as it was sold; of the rest description, quantity and price change."""

    def __init__(self, page: "Page", known: Mapping[int, OpenLine]) -> None:
        number = page.session.draft.number
        super().__init__(page, _("What of {number} changes?"), number=number)
        lines = [each for each in page.session.draft.lines if each.id in known]
        self._lines = [(line, known[line.id or 0]) for line in lines]
        self._before = [self._row(*each) for each in self._lines]
        self.model = RowsModel(_COLUMNS)
        self.model.take(self._before, self._closed())
        self.table = RowsTable(self.model, _("Lines of the order"), _MOST)
        self.table.setProperty("first", True)
        self.add_table(self.table)
        self.table.first_cell()
        self.add_text(tr(_("A quantity of 0 drops a line. A line of which a part went out keeps "
                           "its price; add another for the new one.")))  # fmt: skip
        self.product = LinkEdit(page.desk.app.listing, "product")
        name(self.product, _("Product to add"))
        self.ask("product", _("Product to add"), self.product, 4)
        self.more = self.ask_text("added", _("Quantity"), 2)
        self.note = self.ask_text("amendment_note", _("Why it is amended"), 6)
        self.waits = self.add_check(_("What is not in stock waits as a back-order"))
        self.add_keep()
        self.add_primary(_("Amend the order"), self.amend, "ph.pencil-line")

    def _row(self, line: Line, known: OpenLine) -> tuple[str, ...]:
        style = self.page.desk.style
        price = price_text(line.unit_price, self.page.session.draft.currency, style)
        quantity, shipped = style.number(line.quantity), style.number(known.shipped)
        return (line.sku, known.description, shipped, quantity, line.unit, price)

    def _closed(self) -> set[tuple[int, int]]:
        gone = {at for at, (_line, known) in enumerate(self._lines) if not known.open}
        begun = {at for at, (_line, known) in enumerate(self._lines) if known.shipped}
        return {(at, _QUANTITY) for at in gone} | {
            (at, column) for at in gone | begun for column in (_DESCRIPTION, _PRICE)
        }

    # Reading

    def changes(self) -> "list[LineChange]":
        """What was typed; DomainError where it cannot be read."""
        from controllers.documents.amendments import LineChange

        found = [
            LineChange(line=line.id, **typed)
            for texts, before, (line, _known) in zip(
                self.model.rows, self._before, self._lines, strict=True
            )
            if (typed := self._typed(texts, before))
        ]
        return [*found, *self._added()]

    def _typed(self, texts: list[str], before: tuple[str, ...]) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        if texts[_DESCRIPTION] != before[_DESCRIPTION]:
            typed["description"] = texts[_DESCRIPTION]
        if texts[_QUANTITY] != before[_QUANTITY]:
            typed["quantity"] = self._figure("quantity", texts[_QUANTITY])
        if texts[_PRICE] != before[_PRICE]:
            typed["unit_price"] = self._figure("unit_price", texts[_PRICE])
        return typed

    def _figure(self, field: str, text: str) -> Decimal:
        """A figure that was typed; an empty cell is none and refused."""
        value = self.page.desk.style.parse_number(text, field)
        return Decimal(checked(LINES["order"][field], value))

    def _added(self) -> "list[LineChange]":
        from controllers.documents.amendments import LineChange

        sku, quantity = self.product.text().strip(), self.more.text().strip()
        if not sku and not quantity:
            return []
        found = self.product.found
        if sku and found is None:
            message = _("There is no product “{key}”; look it up in the list.")
            raise DomainError(message, field="product", key=sku)
        product = found[0] if found else None
        return [LineChange(product=product, quantity=self._figure("quantity", quantity or "0"))]

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
