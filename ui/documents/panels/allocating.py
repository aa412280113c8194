"""Which open invoices of a customer a payment settles."""

from decimal import Decimal
from typing import TYPE_CHECKING

from models.values.errors import DomainError
from models.values.money import ZERO, currency_decimals
from resources.languages import marked as _
from ui.documents.panels.asking import AskPanel
from ui.documents.rows import Column, RowsModel, RowsTable
from ui.kit import tasks
from ui.kit.language import tr
from ui.kit.toasts import toast
from ui.widgets.parts import button

if TYPE_CHECKING:
    from controllers.documents.open_invoices import OpenInvoice
    from controllers.documents.payments import Allocation, ShownPayment
    from ui.documents.payment_page import PaymentPage

_AMOUNT, _SETTLED = 4, 5
_COLUMNS = (
    Column(_("Invoice"), is_wide=True), Column(_("Due")), Column(_("Currency")),
    Column(_("Still open"), is_figure=True),
    Column(_("Of the payment"), is_figure=True, is_typed=True),
    Column(_("Settles"), is_figure=True, is_typed=True),
)  # fmt: skip
_MOST = 7


def ask(page: "PaymentPage", payment: "ShownPayment") -> None:
    """Read what is open, then show the panel."""
    app = page.desk.app

    def work() -> "tuple[OpenInvoice, ...]":
        from controllers.documents import open_invoices

        return app.read(open_invoices.of_account, payment.account)

    def done(found: "tuple[OpenInvoice, ...]") -> None:
        if found:
            page.show_panel(AllocatePanel(page, payment, found))
        else:
            toast(tr(_("This customer has no open invoice.")))

    tasks.run(work, done, page.session.fail, owner=page)


class AllocatePanel(AskPanel):
    """An amount beside each invoice; one in another currency says what it settles too."""

    def __init__(
        self, page: "PaymentPage", payment: "ShownPayment", found: "tuple[OpenInvoice, ...]"
    ) -> None:
        number = page.desk.style.number
        super().__init__(page, _("What do the free {amount} settle?"), amount=number(
            payment.free, currency_decimals(payment.currency)))  # fmt: skip
        self._payment, self._found = payment, found
        self.model = RowsModel(_COLUMNS)
        closed = {(at, _SETTLED) for at, each in enumerate(found)
                  if each.currency == payment.currency}  # fmt: skip
        self.model.take([self._row(each) for each in found], closed)
        self.table = RowsTable(self.model, _("Open invoices"), _MOST)
        self.table.setProperty("first", True)
        self.add_table(self.table)
        self.table.first_cell()
        self.add_keep()
        self.add_button(button(_("Oldest first"), self.fill, icon="ph.sort-ascending"))
        self.add_primary(_("Allocate"), self.allocate, "ph.check")

    def _row(self, each: "OpenInvoice") -> tuple[str, ...]:
        style = self.page.desk.style
        left = style.number(each.open, currency_decimals(each.currency))
        due = style.day(each.due) if each.due else ""
        return (each.number, due, each.currency, left, "", "")

    def fill(self) -> None:
        """The oldest invoices in its currency, as far as it reaches."""
        left, style = self._payment.free, self.page.desk.style
        decimals = currency_decimals(self._payment.currency)
        for at, each in enumerate(self._found):
            is_same = each.currency == self._payment.currency
            part = min(left, each.open) if is_same else ZERO
            text = style.number(part, decimals) if part else ""
            self.model.setData(self.model.index(at, _AMOUNT), text)
            left -= part

    def wanted(self) -> "list[Allocation]":
        """What was typed; DomainError where it cannot be read."""
        from controllers.documents.payments import Allocation

        found = []
        for texts, each in zip(self.model.rows, self._found, strict=True):
            amount = self.quantity(texts[_AMOUNT])
            settled: Decimal | None = self.quantity(texts[_SETTLED]) or None
            if amount:
                found.append(Allocation(each.number, amount, settled))
        return found

    def allocate(self) -> None:
        """Settle them."""
        try:
            wanted = self.wanted()
        except DomainError as error:
            self.refuse(error)
            return
        if not wanted:
            self.show_problem(tr(_("Write an amount beside an invoice.")))
            return
        app, key = self.page.desk.app, self._payment.id

        def work() -> None:
            from controllers.documents import payments

            app.write(payments.allocate, key, wanted)

        self.do(work, lambda _none: None, tr(_("Allocated.")))
