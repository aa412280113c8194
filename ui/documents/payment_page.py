"""The page of a payment: what it settles, what is free of it, void."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from controllers.core.catalogue import KINDS
from models.values.documents import Draft
from models.values.money import currency_decimals
from resources.languages import marked as _
from ui.documents import sheet_actions
from ui.documents.facts import Fact
from ui.documents.panels import allocating
from ui.documents.panels.undoing import VoidPanel
from ui.documents.reading import Reading
from ui.documents.rows import Column
from ui.documents.sheet_page import SheetPage
from ui.documents.top_line import Step
from ui.documents.totals import Sum, SumsCard
from ui.kit.desk import Desk
from ui.kit.language import tr

if TYPE_CHECKING:
    from controllers.core.unit_of_work import UnitOfWork
    from controllers.documents.payments import ShownPayment

_METHODS = dict(KINDS["payment"]["method"].choices)


def about(uow: "UnitOfWork", key: int) -> tuple[Draft, "ShownPayment"]:
    """A payment as its page shows it."""
    from controllers.documents import payments

    found = payments.shown(uow, key)
    draft = Draft(
        kind="payment", id=found.id, version=found.version, number=found.number,
        state=found.state, account=found.account, date=found.date, currency=found.currency,
    )  # fmt: skip
    return draft, found


class PaymentSums(SumsCard):
    """What came in, what it settles, what is free."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        super().__init__(reading.changed)

    def reckoned(self) -> Iterator[Sum]:
        if not self._reading.is_loaded:
            return
        found, number = self._reading.value, self._reading.style.number
        decimals = currency_decimals(found.currency)
        total = tr(_("Amount {currency}"), currency=found.currency)
        yield Sum(total, number(found.amount, decimals), "strong")
        yield Sum(tr(_("Allocated")), number(found.allocated, decimals))
        tone = "warn" if found.free else ""
        yield Sum(tr(_("Not allocated")), number(found.free, decimals), tone)
        if found.withheld:
            yield Sum(tr(_("Withheld")), number(found.withheld, decimals))


class PaymentPage(SheetPage):
    """One payment in its tab."""

    right = "invoices.change"
    has_paper = False
    heads = (
        (Fact("account", _("Customer"), 5, "link"), Fact("date", _("Date"), 2),
         Fact("method", _("Method"), 2), Fact("reference", _("Reference"), 3)),
        (Fact("bank", _("Account at the bank"), 3), Fact("slip", _("Withholding slip"), 3),
         Fact("notes", _("Internal notes"), 6)),
    )  # fmt: skip
    columns = (
        Column(_("Invoice"), is_wide=True), Column(_("Amount"), is_figure=True),
        Column(_("Settled"), is_figure=True), Column(_("Withheld"), is_figure=True),
        Column(_("Written off"), is_figure=True), Column(_("Note")),
    )  # fmt: skip

    def __init__(self, desk: Desk, kind: str, record_id: int | None, values: dict[str, Any]):
        del values
        super().__init__(desk, kind, record_id or 0, about)

    @property
    def payment(self) -> "ShownPayment":
        """What was read."""
        found: ShownPayment = self.session.value
        return found

    def sums_card(self) -> QWidget:
        return PaymentSums(self.session)

    def fact_values(self) -> dict[str, Any]:
        found = self.payment
        slip = [found.slip, self.desk.style.day(found.slip_date) if found.slip_date else ""]
        return {
            "account": self.session.found.account if self.session.found else "",
            "date": found.date, "method": tr(_METHODS.get(found.method, found.method)),
            "reference": found.reference, "bank": found.bank, "notes": found.notes,
            "slip": " · ".join(filter(None, slip)),
        }  # fmt: skip

    def line_rows(self) -> Sequence[Sequence[str]]:
        number, decimals = self.desk.style.number, currency_decimals(self.payment.currency)
        return [
            (each.invoice, number(each.amount, decimals),
             number(each.amount if each.settled is None else each.settled, decimals),
             number(each.withheld, decimals) if each.withheld else "",
             number(each.adjusted, decimals) if each.adjusted else "", each.note)
            for each in self.payment.lines
        ]  # fmt: skip

    def open_line(self, line: int) -> None:
        self.desk.open_record("invoice", self.payment.lines[line].invoice)

    def can_type(self) -> bool:
        return False

    def write_typed(self) -> Callable[[], Any]:
        return lambda: None

    # What can be done

    def steps_now(self) -> Sequence[Step]:
        if self.payment.state == "posted" and self.payment.free > 0:
            return (Step(_("Allocate …"), self.ask_allocate, "ph.git-fork", is_next=True,
                         right=self.right),)  # fmt: skip
        return ()

    def menu_now(self) -> Sequence[Step]:
        steps = sheet_actions.menu(self)
        if self.payment.state == "posted":
            return (*steps, Step(_("Make void …"), self.ask_void, "ph.x", right=self.right))
        return steps

    def ask_allocate(self) -> None:
        """Ask which invoices it settles."""
        allocating.ask(self, self.payment)

    def ask_void(self) -> None:
        """Ask before it is void."""
        app, key = self.desk.app, self.record_id or 0

        def work() -> None:
            from controllers.documents import payments

            app.write(payments.void, key)

        self.show_panel(VoidPanel(
            self, _("Make payment {number} void?"),
            _("What it settled is open again. It keeps its number. This cannot be undone."),
            _("Make it void"), work,
        ))  # fmt: skip
