"""What of a delivery comes back: to stock or to scrap, to be replaced or not."""

from typing import TYPE_CHECKING

from controllers.core.catalogue import KINDS
from models.values.deliveries import Delivery, DeliveryLine, Part
from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.documents.rows import Column, RowsModel, RowsTable
from ui.kit.language import tr

if TYPE_CHECKING:
    from ui.documents.handing import Page

_TO_STOCK, _TO_SCRAP = 4, 5
_COLUMNS = (
    Column(_("Product")), Column(_("Description"), is_wide=True), Column(_("Lot")),
    Column(_("There"), is_figure=True), Column(_("To stock"), is_figure=True, is_typed=True),
    Column(_("To scrap"), is_figure=True, is_typed=True),
)  # fmt: skip
_MOST = 6


class ReturnPanel(AskPanel):
    """Quantities by line, the reason, and whether the goods are replaced."""

    def __init__(self, page: "Page", delivery: Delivery) -> None:
        super().__init__(page, _("What comes back of {number}?"), number=delivery.name)
        self._lines = [each for each in delivery.lines if each.quantity > each.back]
        self.model = RowsModel(_COLUMNS)
        self.model.take([self._row(each) for each in self._lines])
        self.table = RowsTable(self.model, _("What comes back"), _MOST)
        self.table.setProperty("first", True)
        self.add_table(self.table)
        self.table.first_cell()
        self.reason = self.ask_choice("reason", _("Reason of return"),
                                      KINDS["delivery"]["reason"].choices, "other", 4)  # fmt: skip
        self.notes = self.ask_text("notes", _("Internal notes"), 8)
        self.again = self.add_check(_("To be replaced: open in the order again"))
        self.add_keep()
        self.add_primary(_("Take back"), self.take_back, "ph.arrow-u-down-left")

    def _row(self, line: DeliveryLine) -> tuple[str, ...]:
        there = self.page.desk.style.number(line.quantity - line.back)
        return (line.sku, line.description, line.lot, there, "", "")

    def parts(self) -> list[Part]:
        """What was typed; DomainError where it cannot be read."""
        found = []
        for texts, line in zip(self.model.rows, self._lines, strict=True):
            for column, place in ((_TO_STOCK, "stock"), (_TO_SCRAP, "scrap")):
                quantity = self.quantity(texts[column])
                if quantity:
                    found.append(Part(line.id or 0, quantity, line.lot, place))
        return found

    def take_back(self) -> None:
        """Book the return."""
        try:
            parts = self.parts()
        except DomainError as error:
            self.refuse(error)
            return
        if not parts:
            self.show_problem(tr(_("Write what comes back of each line.")))
            return
        app, key = self.page.desk.app, self.page.session.draft.id or 0
        reason = self.reason.code or "other"
        again, notes = self.again.isChecked(), self.notes.text().strip()

        def work() -> int:
            from controllers.documents import returns

            made = app.write(returns.take_back, key, parts, reason=reason, again=again,
                             notes=notes)  # fmt: skip
            return made.id or 0

        self.do(work, lambda made: self.page.desk.open_record("delivery", made),
                tr(_("The return is booked.")))  # fmt: skip
