"""The page of an invoice or credit note: issued, paid, credited, void."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from controllers.core.catalogue import KINDS
from models.values.documents import Draft
from models.values.money import currency_decimals
from resources.languages import marked as _
from ui.documents import handing, sheet_actions
from ui.documents.facts import Fact
from ui.documents.invoice_totals import InvoiceTotals
from ui.documents.panels.crediting import CreditPanel
from ui.documents.panels.noting import TaxNumberPanel
from ui.documents.panels.paying import PayPanel
from ui.documents.panels.undoing import UninvoicePanel, VoidPanel
from ui.documents.rows import Column
from ui.documents.sheet_page import SheetPage
from ui.documents.top_line import Step
from ui.kit.desk import Desk
from ui.kit.language import tr

if TYPE_CHECKING:
    from controllers.core.unit_of_work import UnitOfWork
    from controllers.documents.invoice_figures import InvoiceTotals as Figures
    from controllers.documents.invoices import ShownInvoice

_TYPES = dict(KINDS["invoice"]["type"].choices)


@dataclass(frozen=True)
class InvoiceSheet:
    """An invoice with the figures at its foot."""

    invoice: "ShownInvoice"
    totals: "Figures"


def about(uow: "UnitOfWork", key: int) -> tuple[Draft, InvoiceSheet]:
    """An invoice as its page shows it."""
    from controllers.documents import invoice_figures, invoices

    found = invoices.shown(uow, key)
    return found.draft, InvoiceSheet(found, invoice_figures.totals(uow, key))


class InvoicePage(SheetPage):
    """One invoice or credit note in its tab."""

    right = "invoices.change"
    heads = (
        (Fact("account", _("Customer"), 5, "link"), Fact("order", _("Sales order"), 4, "link"),
         Fact("date", _("Date"), 3, "day")),
        (Fact("type", _("Type"), 3), Fact("due", _("Due"), 2),
         Fact("payment_term", _("Payment"), 3), Fact("tax_invoice", _("Tax invoice number"), 4)),
        (Fact("subject", _("Subject"), 4, "text"), Fact("reference", _("Their reference"), 4,
                                                        "text"),
         Fact("notes", _("Internal notes"), 4, "text")),
    )  # fmt: skip
    columns = (
        Column(_("Product")), Column(_("Description"), is_wide=True),
        Column(_("Qty"), is_figure=True), Column(_("Unit")),
        Column(_("Price"), is_figure=True), Column(_("Discount %"), is_figure=True),
        Column(_("Amount"), is_figure=True),
    )  # fmt: skip

    def __init__(self, desk: Desk, kind: str, record_id: int | None, values: dict[str, Any]):
        del values
        super().__init__(desk, kind, record_id or 0, about)

    @property
    def sheet(self) -> InvoiceSheet:
        """What was read."""
        found: InvoiceSheet = self.session.value
        return found

    # What stands on it

    def sums_card(self) -> QWidget:
        return InvoiceTotals(self.session)

    def state(self) -> str:
        return self.sheet.invoice.payment if self.session.is_loaded else "draft"

    @property
    def title(self) -> str:
        draft = self.session.draft
        if draft.number or not self.session.found:
            return super().title
        return f"{tr(_TYPES[self.sheet.invoice.type])} · {self.session.found.account}"

    def fact_values(self) -> dict[str, Any]:
        found, draft = self.sheet.invoice, self.session.draft
        terms = dict(KINDS["invoice"]["payment_term"].choices)
        kind = tr(_TYPES[found.type])
        return {
            "account": self.session.found.account if self.session.found else "",
            "order": found.order, "date": draft.date, "due": found.due,
            "type": f"{kind} · {found.credits}" if found.credits else kind,
            "payment_term": tr(terms.get(draft.payment_term, draft.payment_term)),
            "tax_invoice": found.row["tax_invoice"], "subject": draft.subject,
            "reference": draft.reference, "notes": draft.notes,
        }  # fmt: skip

    def line_rows(self) -> Sequence[Sequence[str]]:
        number, decimals = self.desk.style.number, currency_decimals(self.session.draft.currency)
        rows = []
        for line in self.sheet.invoice.lines:
            is_sold = line["kind"] in ("product", "item")
            percent = line["discount_percent"]
            rows.append((
                line["sku"] or "", line["description"] or "",
                number(line["quantity"]) if is_sold else "", (line["unit"] or "") * is_sold,
                number(line["unit_price"], decimals) if is_sold else "",
                number(percent) if percent else "", number(line["amount"], decimals),
            ))  # fmt: skip
        return rows

    def lines_typed(self) -> bool:
        return False

    def open_line(self, line: int) -> None:
        product = self.sheet.invoice.lines[line]["product_id"]
        if product is not None:
            self.desk.open_record("product", product)

    def write_typed(self) -> Callable[[], Any]:
        app, key, head = self.desk.app, self.record_id or 0, self.facts.values()

        def work() -> None:
            from controllers.documents import invoices

            app.write(invoices.change, key, **head)

        return work

    # Its way

    def steps_now(self) -> Sequence[Step]:
        paper = Step(_("Print"), self.print_out, "ph.printer", writes=False)
        found, right = self.sheet.invoice, self.right
        if found.state == "draft":
            return (paper, Step(_("Issue"), self.issue, "ph.receipt", is_next=True, right=right))
        if found.state == "void":
            return (paper,)
        mail = Step(_("Send"), self.ask_send, "ph.paper-plane-tilt", right="papers.send")
        credit = Step(_("Credit …"), self.ask_credit, "ph.arrow-u-up-left", right=right)
        if found.type == "credit_note":
            return (paper, mail)
        if found.open > 0:
            return (paper, mail, credit, Step(_("Pay …"), self.ask_pay, "ph.wallet",
                                              is_next=True, right=right))  # fmt: skip
        return (paper, mail, credit)

    def menu_now(self) -> Sequence[Step]:
        found, steps = self.sheet.invoice, list(sheet_actions.menu(self))
        if found.state == "issued":
            steps.insert(0, Step(_("Tax invoice number …"), self.ask_tax_number, "ph.hash",
                                 right=self.right))  # fmt: skip
            steps.insert(1, Step(_("Open in the mail program"),
                                 lambda: handing.open_mail_file(self, ""), "ph.envelope-open",
                                 right="papers.send"))  # fmt: skip
        is_standing = found.type == "credit_note" and found.state == "issued"
        if found.state in ("draft", "issued") and not is_standing:
            steps.append(Step(_("Make void …"), self.ask_void, "ph.x", right=self.right))
        return steps

    def issue(self) -> None:
        """It draws its number and goes to the customer."""
        app, key = self.desk.app, self.record_id or 0

        def work() -> None:
            from controllers.documents import invoices

            app.write(invoices.issue, key)

        self.go_on(work, tr(_("Issued.")))

    def ask_pay(self) -> None:
        """Ask what was paid of it."""
        self.show_panel(PayPanel(self, self.sheet.invoice.open))

    def ask_credit(self) -> None:
        """Ask what is credited."""
        self.show_panel(CreditPanel(self, self.sheet.invoice))

    def ask_tax_number(self) -> None:
        """Ask for the number Coretax or MyInvois gave."""
        self.show_panel(TaxNumberPanel(self, self.sheet.invoice.row["tax_invoice"] or ""))

    def ask_void(self) -> None:
        """Ask before it is void, and whether the same is to be invoiced again."""
        found = self.sheet.invoice
        if found.state == "issued" and found.order:
            self.show_panel(UninvoicePanel(self))
            return
        app, key = self.desk.app, self.record_id or 0

        def work() -> None:
            from controllers.documents import invoices

            app.write(invoices.void, key)

        self.show_panel(VoidPanel(
            self, _("Make invoice {number} void?"),
            _("What it billed is open again. It keeps its number. This cannot be undone."),
            _("Make it void"), work,
        ))  # fmt: skip

    def ask_send(self) -> None:
        """Ask for the address it is mailed to."""
        handing.ask_mail(self, _("Send this invoice by e-mail"))
