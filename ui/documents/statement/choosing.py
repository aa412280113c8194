"""Whose money a line of a statement is and which invoices it pays, where a person knows better."""

from decimal import Decimal
from typing import TYPE_CHECKING

from models.values.errors import DomainError
from models.values.money import ZERO, currency_decimals
from models.values.statements import SuggestedLine
from resources.languages import marked as _
from ui.documents.fields import Caption
from ui.documents.panels.panel import Panel
from ui.documents.rows import Column, RowsModel, RowsTable
from ui.kit import errors, tasks
from ui.kit.errors import text_of
from ui.widgets.lookup import Find, LinkEdit
from ui.widgets.parts import button

if TYPE_CHECKING:
    from controllers.documents.open_invoices import OpenInvoice
    from controllers.documents.payments import Allocation
    from ui.documents.statement.page import StatementPage

_COLUMNS = (
    Column(_("Invoice"), is_wide=True), Column(_("Due")), Column(_("Currency")),
    Column(_("Still open"), is_figure=True),
    Column(_("Of the payment"), is_figure=True, is_typed=True),
    Column(_("Written off"), is_figure=True, is_typed=True),
)  # fmt: skip
_AMOUNT, _OFF = 4, 5
_MOST = 6


class ChoosePanel(Panel):
    """A customer, and an amount beside each of their open invoices."""

    def __init__(self, page: "StatementPage", found: SuggestedLine) -> None:
        line = found.line
        self._decimals = currency_decimals(line.currency)
        amount = page.desk.style.number(line.amount, self._decimals)
        super().__init__(_("Whose are {amount} {currency}, and what do they pay?"), amount=amount,
                         currency=line.currency)  # fmt: skip
        self.page, self.found = page, found
        self._open: tuple[OpenInvoice, ...] = ()
        self.add_text(line.reference)
        self.account = LinkEdit(page.desk.app.listing, "account")
        self.account.setProperty("first", True)
        self._caption = Caption(_("Customer"), self.account)
        self.body.addWidget(self._caption)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, _("Open invoices"), _MOST)
        self.body.addWidget(self.table)
        self.add_button(button(_("Cancel"), self.close_panel))
        self.add_button(button(_("Oldest first"), self.fill, icon="ph.sort-ascending"))
        self.add_button(button(_("Book the payment"), self.book, icon="ph.wallet", role="primary",
                               tone="on_accent"))  # fmt: skip
        self.account.chosen.connect(self._on_account)
        self.account.returnPressed.connect(self.table.setFocus)
        thought = found.suggestion
        if thought.account:
            self.account.set_key(thought.account, thought.name)
            self._load(thought.account, is_suggested=True)

    def _on_account(self, find: Find | None) -> None:
        if find:
            self._load(str(find[1]), is_suggested=False)
        else:
            self._show((), is_suggested=False)

    def _load(self, account: str, *, is_suggested: bool) -> None:
        app = self.page.desk.app

        def work() -> "tuple[OpenInvoice, ...]":
            from controllers.documents import open_invoices

            return app.read(open_invoices.of_account, account)

        tasks.run(work, lambda found: self._show(found, is_suggested=is_suggested),
                  key=(id(self), "open"), owner=self)  # fmt: skip

    def _show(self, found: "tuple[OpenInvoice, ...]", *, is_suggested: bool) -> None:
        currency = self.found.line.currency
        self._open = tuple(each for each in found if each.currency == currency)
        self.model.take([self._row(each) for each in self._open])
        if is_suggested:
            parts = dict(self.found.suggestion.parts)
            self._write([parts.get(each.number, ZERO) for each in self._open])
        else:
            self.fill()
        self.table.first_cell()

    def _row(self, each: "OpenInvoice") -> tuple[str, ...]:
        style = self.page.desk.style
        due = style.day(each.due) if each.due else ""
        return (each.number, due, each.currency, style.number(each.open, self._decimals), "", "")

    def _write(self, amounts: list[Decimal]) -> None:
        for at, each in enumerate(amounts):
            text = self.page.desk.style.number(each, self._decimals) if each else ""
            self.model.setData(self.model.index(at, _AMOUNT), text)

    def fill(self) -> None:
        """The oldest invoices, as far as the money reaches."""
        left, amounts = self.found.line.amount, []
        for each in self._open:
            amounts.append(min(left, each.open))
            left -= amounts[-1]
        self._write(amounts)

    def allocations(self) -> "list[Allocation]":
        """What was typed; DomainError where it cannot be read."""
        from controllers.documents.payments import Allocation

        found = []
        for texts, each in zip(self.model.rows, self._open, strict=True):
            amount, off = self._figure(texts[_AMOUNT]), self._figure(texts[_OFF])
            if amount or off:
                found.append(Allocation(each.number, amount, adjusted=off))
        return found

    def _figure(self, text: str) -> Decimal:
        return self.page.desk.style.parse_number(text, "amount") if text.strip() else ZERO

    def confirm(self) -> None:
        """Take over what is being typed, then book it."""
        self.table.commit()
        super().confirm()

    def book(self) -> None:
        """Book the line so."""
        self.show_problem("")
        try:
            allocations = self.allocations()
        except DomainError as error:
            self.refuse(error)
            return
        self.page.book(self.found, self.account.key, allocations, self.close_panel, self.refuse)

    def refuse(self, error: Exception) -> None:
        """Say why it was refused; what was typed stays."""
        if not isinstance(error, DomainError):
            errors.show(error)
            return
        is_whose = error.field == "account"
        self._caption.set_problem(text_of(error) if is_whose else "")
        self.show_problem("" if is_whose else text_of(error))
