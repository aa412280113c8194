"""What of an order goes out now: quantities and lots by line, from where, with whom."""

from typing import TYPE_CHECKING, Any

from models.values.deliveries import OpenLine, Part, lots
from models.values.errors import DomainError
from models.values.money import ZERO
from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.documents.rows import Column, RowsModel, RowsTable
from ui.kit import tasks
from ui.kit.language import tr
from ui.kit.toasts import toast
from ui.widgets.parts import button

if TYPE_CHECKING:
    from controllers.core.unit_of_work import UnitOfWork
    from ui.documents.handing import Page

Choices = tuple[tuple[str, str], ...]

_GOES, _LOT = 6, 7
_COLUMNS = (
    Column(_("Product")), Column(_("Description"), is_wide=True),
    Column(_("Ordered"), is_figure=True), Column(_("Shipped"), is_figure=True),
    Column(_("Still open"), is_figure=True), Column(_("Held"), is_figure=True),
    Column(_("Goes now"), is_figure=True, is_typed=True), Column(_("Lot or serial number"),
                                                                is_typed=True),
)  # fmt: skip
_PLAIN = _COLUMNS[:_LOT]
_MOST = 7


def ask(page: "Page") -> None:
    """Read what is open, then show the panel."""
    app, key = page.desk.app, page.session.draft.id or 0

    def done(answer: tuple[tuple[OpenLine, ...], Choices]) -> None:
        page.show_panel(DeliverPanel(page, *answer))

    tasks.run(lambda: app.read(_asked, key), done, page.session.fail, owner=page)


def _asked(uow: "UnitOfWork", key: int) -> tuple[tuple[OpenLine, ...], Choices]:
    from controllers.catalogue import stock_moves
    from controllers.documents import deliveries

    lines = deliveries.open_lines(uow, key)
    return tuple(each for each in lines if each.open), stock_moves.warehouses(uow)


class DeliverPanel(AskPanel):
    """The open lines of an order; what goes is all that is open until it is changed."""

    def __init__(self, page: "Page", lines: tuple[OpenLine, ...], warehouses: Choices) -> None:
        number = page.session.draft.number
        super().__init__(page, _("What of {number} goes out?"), number=number)
        self._lines = lines
        has_lots = any(each.tracking != "none" for each in lines)
        self.model = RowsModel(_COLUMNS if has_lots else _PLAIN)
        closed = {(at, _LOT) for at, each in enumerate(lines) if each.tracking == "none"}
        self.model.take([self._row(each)[: len(self.model.columns)] for each in lines], closed)
        self.table = RowsTable(self.model, _("Open lines"), _MOST)
        self.table.setProperty("first", True)
        self.add_table(self.table)
        self._go_first()
        if has_lots:
            self.add_text(tr(_("Several lots: A1=5, A2=3. Serial numbers: with commas.")))
        self._warehouses = warehouses
        self.warehouse = self.ask_choice("warehouse", _("Warehouse"), warehouses,
                                         warehouses[0][0] if warehouses else "")  # fmt: skip
        self.carrier = self.ask_text("carrier", _("Carrier"))
        self.vehicle = self.ask_text("vehicle", _("Vehicle"))
        self.tracking = self.ask_text("tracking", _("Tracking number"))
        self.add_keep()
        self.add_button(button(_("Only prepare it"), self.prepare, icon="ph.pencil-simple"))
        self.add_primary(_("Deliver"), self.deliver, "ph.truck")

    def _row(self, line: OpenLine) -> tuple[str, ...]:
        number = self.page.desk.style.number
        held = number(line.reserved / line.factor) if line.is_stocked else "–"
        figures = (line.ordered, line.shipped, line.open)
        return (line.sku, line.description, *map(number, figures), held, number(line.open), "")

    def _go_first(self) -> None:
        if self._lines:
            self.table.setCurrentIndex(self.model.index(0, _GOES))

    def parts(self) -> list[Part]:
        """What was typed; DomainError where it cannot be read."""
        found = []
        for texts, line in zip(self.model.rows, self._lines, strict=True):
            quantity = self.quantity(texts[_GOES])
            named = texts[_LOT] if len(texts) > _LOT else ""
            if quantity != ZERO:
                found += [
                    Part(line.line, part, lot) for lot, part in lots(named, quantity, line.tracking)
                ]
        return found

    def _head(self) -> dict[str, Any]:
        fields = {"carrier": self.carrier, "vehicle": self.vehicle, "tracking": self.tracking}
        typed: dict[str, Any] = {name: each.text().strip() for name, each in fields.items()}
        return typed | {"warehouse": self.warehouse.code}

    def _wanted(self) -> list[Part] | None:
        try:
            parts = self.parts()
        except DomainError as error:
            self.refuse(error)
            return None
        if not parts:
            self.show_problem(tr(_("Write how much of each line goes.")))
        return parts or None

    def deliver(self) -> None:
        """It leaves the house now."""
        parts, head = self._wanted(), self._head()
        app, key = self.page.desk.app, self.page.session.draft.id or 0

        def work() -> tuple[int, str]:
            from controllers.documents import deliveries

            made = app.write(deliveries.send_off, key, parts or (), **head)
            return made.id or 0, made.number

        if parts is not None:
            self.do(work, self._done)

    def _done(self, made: tuple[int, str]) -> None:
        record_id, number = made
        toast(tr(_("{number} is shipped."), number=number),
              lambda: self.page.desk.open_record("delivery", record_id), _("Open"))  # fmt: skip

    def prepare(self) -> None:
        """A draft to be picked; nothing leaves yet."""
        for each in self.tables:
            each.commit()
        parts, head = self._wanted(), self._head()
        app, key = self.page.desk.app, self.page.session.draft.id or 0

        def work() -> int:
            from controllers.documents import deliveries

            return app.write(deliveries.new, key, parts, **head).id or 0

        if parts is not None:
            self.do(work, lambda made: self.page.desk.open_record("delivery", made))
