"""What a customer paid on an invoice, and the tax they withheld of it."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from controllers.core.catalogue import KINDS
from models.values.errors import DomainError
from models.values.money import currency_decimals
from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.kit.language import tr

if TYPE_CHECKING:
    from ui.documents.handing import Page

_FIELDS = KINDS["payment"]


class PayPanel(AskPanel):
    """The open amount, today, by transfer: Ctrl+Enter books it as it stands."""

    def __init__(self, page: "Page", left: Decimal) -> None:
        draft = page.session.draft
        super().__init__(page, _("What was paid on {number}?"), number=draft.number)
        text = page.desk.style.number(left, currency_decimals(draft.currency))
        self.amount = self.ask_figure("amount", _FIELDS["amount"], 3, text)
        self.amount.setProperty("first", True)
        self.date = self.ask_day("date", _("Date"))
        self.method = self.ask_choice("method", _("Method"), _FIELDS["method"].choices, "transfer")
        self.reference = self.ask_text("reference", _("Reference"))
        self.withheld = self.ask_figure("withheld", _FIELDS["withheld"])
        self.slip = self.ask_text("slip", _("Withholding slip"))
        self.bank = self.ask_text("bank", _("Account at the bank"), 6)
        self.add_keep()
        self.add_primary(_("Book the payment"), self.pay, "ph.wallet")
        self.amount.selectAll()

    def pay(self) -> None:
        """Book it."""
        try:
            amount = self.figure(self.amount, "amount")
            withheld, date = self.figure(self.withheld, "withheld"), self.day(self.date, "date")
        except DomainError:
            return
        app, key = self.page.desk.app, self.page.session.draft.id or 0
        texts = {"reference": self.reference, "slip": self.slip, "bank": self.bank}
        more: dict[str, Any] = {name: each.text().strip() for name, each in texts.items()}
        more["method"] = self.method.code or "transfer"

        def work() -> str:
            from controllers.documents import payments

            return app.write(payments.pay, key, amount, date=date, withheld=withheld,
                             **more).number  # fmt: skip

        self.do(work, self._done)

    def _done(self, number: str) -> None:
        from ui.kit.toasts import toast

        toast(tr(_("{number} is booked."), number=number),
              lambda: self.page.desk.open_record("payment", number), _("Open"))  # fmt: skip
