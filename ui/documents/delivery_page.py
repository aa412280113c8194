"""The page of a delivery or return: its lines, and its way from draft to the customer's hands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.values.deliveries import Delivery, OpenLine, Part, lots
from models.values.documents import Draft
from models.values.money import ZERO
from resources.languages import marked as _
from ui.documents import handing, sheet_actions
from ui.documents.facts import Fact
from ui.documents.panels.receiving import ReceivePanel
from ui.documents.panels.returning import ReturnPanel
from ui.documents.panels.undoing import UndeliverPanel
from ui.documents.rows import Column
from ui.documents.sheet_page import SheetPage
from ui.documents.top_line import Step
from ui.kit.desk import Desk
from ui.kit.language import tr

if TYPE_CHECKING:
    from controllers.core.unit_of_work import UnitOfWork

_QUANTITY, _LOT = 2, 4


@dataclass(frozen=True)
class DeliverySheet:
    """A delivery with the lines of its order as they are now."""

    delivery: Delivery
    open: dict[int, OpenLine]


def about(uow: "UnitOfWork", key: int) -> tuple[Draft, DeliverySheet]:
    """A delivery as its page shows it."""
    from controllers.documents import deliveries

    found = deliveries.show(uow, key)
    lines = deliveries.open_lines(uow, found.order) if found.order else ()
    return deliveries.head_of(found), DeliverySheet(found, {each.line: each for each in lines})


class DeliveryPage(SheetPage):
    """One delivery or return in its tab."""

    right = "deliveries.change"
    purpose = "delivery_note"
    heads = (
        (Fact("account", _("Customer"), 5, "link"), Fact("order", _("Sales order"), 4, "link"),
         Fact("date", _("Date"), 3, "day")),
        (Fact("carrier", _("Carrier"), 3, "text"), Fact("vehicle", _("Vehicle"), 3, "text"),
         Fact("tracking", _("Tracking number"), 3, "text"),
         Fact("received", _("Received by"), 3)),
        (Fact("address", _("Delivery address"), 6, "text"),
         Fact("notes", _("Internal notes"), 6, "text")),
    )  # fmt: skip
    columns = (
        Column(_("Product")), Column(_("Description"), is_wide=True),
        Column(_("Qty"), is_figure=True, is_typed=True), Column(_("Unit")),
        Column(_("Lot or serial number"), is_typed=True),
        Column(_("Came back"), is_figure=True),
    )  # fmt: skip

    def __init__(self, desk: Desk, kind: str, record_id: int | None, values: dict[str, Any]):
        del values
        super().__init__(desk, kind, record_id or 0, about)

    @property
    def sheet(self) -> DeliverySheet:
        """What was read."""
        found: DeliverySheet = self.session.value
        return found

    # What stands on it

    @property
    def title(self) -> str:
        if self.session.is_loaded and self.sheet.delivery.direction == "in":
            return self.session.draft.number or tr(_("Return"))
        return super().title

    def fact_values(self) -> dict[str, Any]:
        found = self.sheet.delivery
        names = ("order", "date", "carrier", "vehicle", "tracking", "address", "notes")
        received = [found.received_by, self._day(found.received_on)]
        account = self.session.found.account if self.session.found else ""
        return {
            "account": account, "received": " · ".join(filter(None, received)),
            **{each: getattr(found, each) for each in names},
        }  # fmt: skip

    def _day(self, day: Any) -> str:
        return self.desk.style.day(day) if day else ""

    def line_rows(self) -> Sequence[Sequence[str]]:
        number = self.desk.style.number
        return [
            (line.sku, line.description, number(line.quantity), line.unit, line.lot,
             number(line.back) if line.back else "")
            for line in self.sheet.delivery.lines
        ]  # fmt: skip

    def _take_lines(self) -> None:
        super()._take_lines()
        self.lines.closed = {
            (at, _LOT) for at, line in enumerate(self.sheet.delivery.lines)
            if self._tracking(line.order_line) == "none"
        }  # fmt: skip

    def _tracking(self, order_line: int | None) -> str:
        known = self.sheet.open.get(order_line or 0)
        return known.tracking if known else "none"

    def open_line(self, line: int) -> None:
        product = self.sheet.delivery.lines[line].product
        if product is not None:
            self.desk.open_record("product", product)

    # Saving

    def parts(self) -> list[Part]:
        """What is to go, as it is typed; DomainError where it cannot be read."""
        found = []
        for texts, line in zip(self.lines.rows, self.sheet.delivery.lines, strict=True):
            quantity = self.desk.style.parse_number(texts[_QUANTITY] or "0", "quantity")
            if quantity == ZERO:
                continue
            tracking = self._tracking(line.order_line)
            found += [
                Part(line.order_line or 0, part, lot)
                for lot, part in lots(texts[_LOT], quantity, tracking)
            ]
        return found

    def write_typed(self) -> Callable[[], Any]:
        app, key, head = self.desk.app, self.record_id or 0, self.facts.values()
        parts = self.parts() if self.lines_typed() else None

        def work() -> None:
            from controllers.documents import deliveries

            app.write(deliveries.change, key, parts, **head)

        return work

    # Its way

    def steps_now(self) -> Sequence[Step]:
        paper = Step(_("Print"), self.print_out, "ph.printer", writes=False)
        back = Step(_("Return …"), self.ask_return, "ph.arrow-u-down-left", right=self.right)
        mail = Step(_("Send"), self.ask_send, "ph.paper-plane-tilt", right="papers.send")
        found = self.sheet.delivery
        if found.state == "draft":
            return (paper, Step(_("Ship"), self.ship, "ph.truck", is_next=True, right=self.right))
        if found.direction == "in" or found.state == "cancelled":
            return (paper,)
        if found.state == "shipped":
            return (paper, mail, back, Step(_("Received …"), self.ask_received, "ph.check",
                                      is_next=True, right=self.right))  # fmt: skip
        return (paper, mail, back)

    def menu_now(self) -> Sequence[Step]:
        steps = sheet_actions.menu(self)
        found = self.sheet.delivery
        if found.direction == "out" and found.state in ("shipped", "delivered"):
            steps = (
                Step(_("Open in the mail program"), lambda: handing.open_mail_file(self, ""),
                     "ph.envelope-open", right="papers.send"),
                Step(_("Send by WhatsApp"), lambda: handing.open_whatsapp(self),
                     "ph.whatsapp-logo", right="papers.send"),
                *steps,
            )  # fmt: skip
        if found.direction == "out" and found.state in ("draft", "shipped"):
            return (*steps, Step(_("Cancel the delivery …"), self.ask_cancel, "ph.x",
                                 right=self.right))  # fmt: skip
        return steps

    def ship(self) -> None:
        """It leaves the house."""
        app, key = self.desk.app, self.record_id or 0

        def work() -> None:
            from controllers.documents import deliveries

            app.write(deliveries.ship, key)

        self.go_on(work, tr(_("Shipped; its goods left the stock.")))

    def ask_received(self) -> None:
        """Ask who has it now."""
        self.show_panel(ReceivePanel(self))

    def ask_return(self) -> None:
        """Ask what comes back."""
        self.show_panel(ReturnPanel(self, self.sheet.delivery))

    def ask_cancel(self) -> None:
        """Ask whether its goods go out again."""
        self.show_panel(UndeliverPanel(self, self.sheet.delivery))

    def ask_send(self) -> None:
        """Ask for the address its note is mailed to."""
        handing.ask_mail(self, _("Send this delivery note by e-mail"))
