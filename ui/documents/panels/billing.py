"""What of an order is invoiced: what was delivered, all of it, a down payment, or progress."""

from decimal import Decimal
from typing import TYPE_CHECKING

from controllers.core.catalogue import KINDS
from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.kit.language import on_language

if TYPE_CHECKING:
    from ui.documents.handing import Page

_WAYS = (
    ("delivered", _("What is delivered and not invoiced yet")),
    ("ordered", _("All that was ordered")),
    ("down", _("A down payment, in % of the order")),
    ("progress", _("By progress, in % of every line")),
)


class BillPanel(AskPanel):
    """One of four ways; the invoice is made as a draft and opened, to be looked at and issued."""

    def __init__(self, page: "Page", *, is_delivered: bool) -> None:
        super().__init__(page, _("What of {number} is invoiced?"),
                         number=page.session.draft.number)  # fmt: skip
        self.way = self.ask_choice("way", _("What is invoiced"), _WAYS,
                                   "delivered" if is_delivered else "down", 6)  # fmt: skip
        self.way.setProperty("first", True)
        self.percent = self.ask_figure("percent", KINDS["invoice"]["percent"])
        self.way.activated.connect(lambda _at: self._on_way())
        on_language(self._on_way)
        self.add_keep()
        self.add_primary(_("Make the invoice"), self.bill, "ph.receipt")

    def _on_way(self) -> None:
        self.percent.setEnabled(self.way.code in ("down", "progress"))

    def bill(self) -> None:
        """Make the draft and open it."""
        try:
            percent = self.figure(self.percent, "percent")
        except DomainError:
            return
        app, key, way = self.page.desk.app, self.page.session.draft.id or 0, self.way.code

        def work() -> int:
            from controllers.documents import invoices

            if way == "down":
                made = app.write(invoices.down_payment, key, percent=Decimal(percent))
            elif way == "progress":
                made = app.write(invoices.progress, key, percent)
            else:
                made = app.write(invoices.new, key, ordered=way == "ordered")
            return made.id or 0

        self.do(work, lambda made: self.page.desk.open_record("invoice", made))
