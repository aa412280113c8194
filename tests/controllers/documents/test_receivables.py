"""What customers owe: papers of invoices, statements, reminders, receipts and tax files."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from controllers.core import records
from controllers.core.app import App
from controllers.documents import (
    credit_notes,
    delivery_paper,
    handing_out,
    handover,
    invoice_paper,
    invoices,
    orders,
    payments,
    quotations,
    receipt_paper,
    receivables,
    tax_files,
)
from controllers.documents.invoices import ShownInvoice
from controllers.system import settings
from models.values.documents import Line
from models.values.errors import DomainError, ProblemsError
from tests.builders import a_line, a_sent_quotation, an_item
from tests.conftest import NOW

D = Decimal
DAY = NOW.date()


def an_invoice(app: App, *lines: Line) -> ShownInvoice:
    sent = a_sent_quotation(app, *(lines or (a_line(app, quantity="12"), an_item())))
    order = app.write(quotations.order, sent.number)
    app.write(orders.confirm, order.number)
    app.write(orders.deliver, order.number)
    draft = app.write(invoices.new, order.number)
    app.write(invoices.issue, draft.id or 0)
    return app.read(invoices.shown, draft.id or 0)


def later(app: App, days: int) -> None:
    app.clock = lambda: NOW + dt.timedelta(days)


# Papers


def test_the_paper_says_the_stored_figures(app: App) -> None:
    made = an_invoice(app)
    paper = app.read(invoice_paper.document, made.number)
    (total,) = [each for each in paper.totals if each.strong]
    assert total.amount == made.row["total"]
    assert [each.amount for each in paper.lines] == [row["amount"] for row in made.lines]
    assert app.read(handover.pdf, "invoice", made.number).startswith(b"%PDF")


def test_what_was_paid_stands_below_the_total(app: App) -> None:
    made = an_invoice(app)
    app.write(payments.pay, made.number, D(1_000_000))
    paper = app.read(invoice_paper.document, made.number)
    assert [each.amount for each in paper.totals[-2:]] == [-1_000_000, made.row["total"] - 10**6]


def test_a_credit_note_names_the_invoice_it_corrects(app: App) -> None:
    made = an_invoice(app)
    note = app.write(credit_notes.new, made.number, reason="damaged")
    app.write(invoices.issue, note.id or 0)
    paper = app.read(invoice_paper.document, note.id or 0)
    assert paper.invoicing is not None
    assert (paper.kind, paper.invoicing.corrects) == ("credit_note", made.number)


def test_a_delivery_note_keeps_what_was_left_when_it_went(app: App) -> None:
    from controllers.documents import deliveries
    from models.values.deliveries import Part

    sent = a_sent_quotation(app, a_line(app, quantity="12"))
    order = app.write(quotations.order, sent.number)
    app.write(orders.confirm, order.number)
    line = app.read(deliveries.open_lines, order.number)[0].line
    app.write(orders.deliver, order.number, [Part(line, D(5))])
    app.write(orders.deliver, order.number)
    notes = [app.read(delivery_paper.note, f"00{at}/SJ/XI/2026") for at in (1, 2)]
    assert [each.lines[0].remaining for each in notes] == [7, 0]
    assert app.read(handover.pdf, "delivery", "001/SJ/XI/2026").startswith(b"%PDF")


# Statements and reminders


def test_a_statement_adds_up_to_what_is_open(app: App) -> None:
    made = an_invoice(app)
    app.write(payments.pay, made.number, D(1_000_000))
    found = app.read(receivables.statement, "ALFKI", DAY, DAY)
    assert [(each.charge, each.credit) for each in found.movements] == [
        (made.row["total"], None), (None, D(1_000_000)),
    ]  # fmt: skip
    assert found.closing == app.read(invoices.shown, made.number).open
    assert found.ageing is not None
    assert found.ageing.current == found.closing


def test_what_came_before_is_the_opening_balance(app: App) -> None:
    made = an_invoice(app)
    found = app.read(receivables.statement, "ALFKI", DAY + dt.timedelta(1), DAY + dt.timedelta(9))
    assert (found.opening, found.movements) == (made.row["total"], ())


def test_a_reminder_goes_up_a_level_each_time(app: App, tmp_path: Path) -> None:
    made = an_invoice(app)
    with pytest.raises(DomainError, match="owes nothing that is overdue in IDR"):
        app.read(receivables.reminder, "ALFKI")
    later(app, 45)
    levels = [
        handing_out.save_reminder(app, "ALFKI", "", 0, tmp_path / f"{at}.pdf").level
        for at in range(4)
    ]
    assert levels == [1, 2, 3, 3]
    assert app.read(invoices.shown, made.number).row["dunned"] == 3
    assert app.read(receivables.open_items)[0].days_late(app.clock().date()) == 15


def test_a_receipt_says_what_was_paid(app: App, tmp_path: Path) -> None:
    made = an_invoice(app)
    paid = app.write(payments.pay, made.number, D(6_000_000))
    found = app.read(receipt_paper.receipt, paid.number)
    assert (found.amount, found.invoices) == (6_000_000, (made.number,))
    assert found.words == "Enam juta rupiah"
    handing_out.save_receipt(app, paid.number, tmp_path / "r.pdf")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


# Tax files


def with_tax_numbers(app: App) -> None:
    ours = app.read(settings.load)
    app.write(settings.save, replace(ours, company="PT Contoh", tax_number="0123456789012345"))
    theirs = {"tax_number": "0987654321098765", "address": "Jl. Merdeka 1", "city": "Jakarta"}
    app.write(records.change, "account", "ALFKI", theirs)


def test_a_months_invoices_are_written_for_coretax(app: App) -> None:
    with_tax_numbers(app)
    made = an_invoice(app)
    tree = etree.fromstring(app.read(tax_files.coretax_file, 2026, 11))
    assert [each.text for each in tree.iter("RefDesc")] == [made.number]
    vat = sum(D(each.text or "0") for each in tree.iter("VAT"))
    assert vat == made.row["tax_amount"]
    assert sum(D(each.text or "0") for each in tree.iter("TaxBase")) == made.row["subtotal"]


def test_what_coretax_would_refuse_is_said_at_once(app: App) -> None:
    an_invoice(app)
    with pytest.raises(ProblemsError, match="tax number has to have 16 digits"):
        app.read(tax_files.coretax_file, 2026, 11)


def test_a_month_without_invoices_makes_no_file(app: App) -> None:
    with pytest.raises(DomainError, match="No invoice in rupiah was issued in 2026-10"):
        app.read(tax_files.coretax_file, 2026, 10)


def test_an_invoice_is_written_for_myinvois(app: App) -> None:
    ours = replace(
        app.read(settings.load), company="Contoh Sdn Bhd", country="MY", currency="MYR",
        tax_number="C1234567890", registration="202001012345", activity_code="46510",
        activity="Wholesale of computers", state="Selangor", phone="03-5555 1234",
        address="Jalan 1", place="Shah Alam",
    )  # fmt: skip
    app.write(settings.save, ours)
    theirs = {
        "name": "Kedai", "tax_number": "C2234567890", "registration": "202001054321",
        "phone": "+60312345678", "address": "Jalan 2", "city": "Ipoh", "province": "Perak",
        "country": "MY", "currency": "MYR", "price_list": None, "tax": "sst_service",
    }  # fmt: skip
    app.write(records.change, "account", "ALFKI", theirs)
    line = replace(an_item(), unit="unit")
    sent = a_sent_quotation(app, line, currency="MYR", tax="sst_service", price_list="")
    order = app.write(quotations.order, sent.number)
    app.write(orders.confirm, order.number)
    draft = app.write(invoices.new, order.number, ordered=True)
    issued = app.write(invoices.issue, draft.id or 0)
    found = json.loads(app.read(tax_files.myinvois_file, issued.number, is_json=True))
    (invoice,) = found["Invoice"]
    assert invoice["ID"][0]["_"] == issued.number


def test_a_draft_is_no_e_invoice(app: App) -> None:
    sent = a_sent_quotation(app, an_item())
    order = app.write(quotations.order, sent.number)
    app.write(orders.confirm, order.number)
    draft = app.write(invoices.new, order.number, ordered=True)
    with pytest.raises(DomainError, match="is not issued yet"):
        app.read(tax_files.myinvois_file, draft.id or 0)
