"""What of an invoice is credited, why, and whether it is invoiced again."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.documents.rows import Column, RowsModel, RowsTable
from ui.kit.language import tr

if TYPE_CHECKING:
    from controllers.documents.invoices import ShownInvoice
    from ui.documents.handing import Page

_CREDITED = 4
_COLUMNS = (
    Column(_("Product")), Column(_("Description"), is_wide=True),
    Column(_("Invoiced"), is_figure=True), Column(_("Unit")),
    Column(_("To credit"), is_figure=True, is_typed=True),
)  # fmt: skip
_MOST = 6


class CreditPanel(AskPanel):
    """Left as it is, all that is left of the invoice is credited."""

    def __init__(self, page: "Page", invoice: "ShownInvoice") -> None:
        super().__init__(page, _("What of {number} is credited?"), number=invoice.number)
        self._lines = [each for each in invoice.lines if each["kind"] in ("product", "item")]
        self.model = RowsModel(_COLUMNS)
        self.model.take([self._row(each) for each in self._lines])
        self._first = [each[_CREDITED] for each in self.model.rows]
        self.table = RowsTable(self.model, _("What is credited"), _MOST)
        self.table.setProperty("first", True)
        self.add_table(self.table)
        self.table.first_cell()
        self.reason = self.ask_text("reason", _("Reason of credit"), 12)
        self.again = self.add_check(_("To be invoiced again: open in the order once more"))
        self.add_keep()
        self.add_primary(_("Make the credit note"), self.credit, "ph.arrow-u-up-left")

    def _row(self, line: Any) -> tuple[str, ...]:
        quantity = self.page.desk.style.number(line["quantity"])
        return (line["sku"] or "", line["description"] or "", quantity, line["unit"] or "",
                quantity)  # fmt: skip

    def parts(self) -> dict[int, Decimal] | None:
        """Quantities by line; None where nothing was changed, for all that is left."""
        typed = [each[_CREDITED] for each in self.model.rows]
        if typed == self._first:
            return None
        found = {line["id"]: self.quantity(text)
                 for line, text in zip(self._lines, typed, strict=True)}  # fmt: skip
        return {line: quantity for line, quantity in found.items() if quantity}

    def credit(self) -> None:
        """Make the draft of the credit note and open it."""
        try:
            parts = self.parts()
        except DomainError as error:
            self.refuse(error)
            return
        if parts == {}:
            self.show_problem(tr(_("Write how much of each line is credited.")))
            return
        app, key = self.page.desk.app, self.page.session.draft.id or 0
        reason, again = self.reason.text().strip(), self.again.isChecked()

        def work() -> int:
            from controllers.documents import credit_notes

            made = app.write(credit_notes.new, key, parts, reason=reason, again=again)
            return made.id or 0

        self.do(work, lambda made: self.page.desk.open_record("invoice", made))
