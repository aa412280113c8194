"""The page that books money of a customer, and what is left of it where it settles nothing yet."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from controllers.core.catalogue import KINDS
from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents.fields import CodeEdit
from ui.documents.panels.asking import AskPanel
from ui.documents.payment_page import PaymentPage, about
from ui.documents.reading import Reading
from ui.kit import actions, tokens
from ui.kit.desk import Desk
from ui.kit.language import tr
from ui.kit.page import RecordPage
from ui.widgets.lookup import LinkEdit
from ui.widgets.parts import column

_FIELDS = KINDS["payment"]


def payment_page(
    desk: Desk, kind: str, record_id: int | None, values: dict[str, Any]
) -> RecordPage:
    """A booked payment, or an empty form for one."""
    if record_id is None:
        return NewPaymentPage(desk, kind, values)
    return PaymentPage(desk, kind, record_id, values)


class NewPaymentPage(RecordPage):
    """One form; booked, its tab shows the payment."""

    def __init__(self, desk: Desk, kind: str, values: dict[str, Any]) -> None:
        super().__init__(kind)
        self.desk = desk
        self.session = Reading(desk, kind, about, self)
        self.form = PaymentForm(self, str(values.get("account") or ""))
        self.form.setMaximumWidth(tokens.FORM)
        self.form.closed.connect(self.closed)
        layout = column(margin=tokens.LARGE)
        layout.addWidget(self.form, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        book = actions.add(self, "payment.book", _("Book the payment"), self.form.confirm,
                           "Ctrl+Return", icon="ph.wallet", context="document")  # fmt: skip
        book.setShortcuts([QKeySequence(each) for each in
                           ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S")])  # fmt: skip
        actions.offer(desk, "invoices.change", book, self.form.primary)

    @property
    def title(self) -> str:
        return tr(_("New payment"))

    @property
    def is_dirty(self) -> bool:
        return bool(self.form.amount.text().strip())

    def save(self, then: Any = None) -> None:
        del then  # the tab closes by itself once it is booked
        self.form.book()

    def start_work(self) -> None:
        has_account = bool(self.form.account.text())
        (self.form.amount if has_account else self.form.account).setFocus()


class PaymentForm(AskPanel):
    """Who paid what, when and how."""

    def __init__(self, page: NewPaymentPage, account: str) -> None:
        super().__init__(page, _("New payment"))
        self._new = page
        self.account = LinkEdit(page.desk.app.listing, "account")
        self.ask("account", _("Customer"), self.account, 6)
        self.amount = self.ask_figure("amount", _FIELDS["amount"])
        self.currency = CodeEdit(_FIELDS["currency"])
        self.ask("currency", _("Currency"), self.currency, 3)
        self.date = self.ask_day("date", _("Date"))
        self.method = self.ask_choice("method", _("Method"), _FIELDS["method"].choices, "transfer")
        self.reference = self.ask_text("reference", _("Reference"))
        self.bank = self.ask_text("bank", _("Account at the bank"))
        self.notes = self.ask_text("notes", _("Internal notes"), 12)
        self.oldest = self.add_check(_("Settle the oldest invoices first"), is_on=True)
        self.add_text(tr(_("Without a currency it is the customer's. What is left over stays "
                           "theirs.")))  # fmt: skip
        self.primary = self.add_primary(_("Book the payment"), self.book, "ph.wallet")
        if account:
            self.account.set_key(account)

    def book(self) -> None:
        """Book it and show it."""
        try:
            amount, date = self.figure(self.amount, "amount"), self.day(self.date, "date")
        except DomainError:
            return
        app, account, currency = self.page.desk.app, self.account.key, self.currency.text().strip()
        texts = {"reference": self.reference, "bank": self.bank, "notes": self.notes}
        more: dict[str, Any] = {name: each.text().strip() for name, each in texts.items()}
        more |= {"method": self.method.code or "transfer", "currency": currency.upper(),
                 "oldest_first": self.oldest.isChecked()}  # fmt: skip

        def work() -> int:
            from controllers.documents import payments

            return app.write(payments.receive, account, amount, date=date, **more).id

        self.amount.clearFocus()
        self.do(work, self._booked)

    def _booked(self, record_id: int) -> None:
        self.page.desk.open_record("payment", record_id)
