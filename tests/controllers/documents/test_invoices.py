"""Invoices and payments on a real database, from a delivered order to the last rupiah."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import credit_notes, deliveries, invoices, orders, payments, quotations
from controllers.documents.invoices import ShownInvoice
from controllers.documents.payments import Allocation
from controllers.system import databases, settings
from models.values.deliveries import Part
from models.values.documents import Draft, Line
from models.values.errors import DomainError
from models.values.records import ListQuery
from tests.builders import a_line, a_sent_quotation, an_account, an_item

D = Decimal
DAY = dt.date(2026, 11, 20)


def a_confirmed_order(app: App, *lines: Line) -> Draft:
    sent = a_sent_quotation(app, *lines)
    order = app.write(quotations.order, sent.number)
    return app.write(orders.confirm, order.number)


def a_delivered_order(app: App, *lines: Line) -> Draft:
    return app.write(orders.deliver, a_confirmed_order(app, *lines).number)


def an_invoice(app: App, *lines: Line) -> ShownInvoice:
    order = a_delivered_order(app, *(lines or (a_line(app, quantity="12"),)))
    draft = app.write(invoices.new, order.number)
    app.write(invoices.issue, draft.id or 0)
    return app.read(invoices.shown, draft.id or 0)


def total_of(app: App, kind: str, number: str) -> Decimal:
    query = ListQuery(kind, ("number", "total"), search=number)
    return D(app.listing.first_page(query).rows[0][2]).scaleb(-4)


def test_a_delivered_order_is_invoiced_to_the_last_rupiah(app: App) -> None:
    order = a_delivered_order(app, a_line(app, quantity="12"), an_item())
    draft = app.write(invoices.new, order.number)
    issued = app.write(invoices.issue, draft.id or 0)
    made = app.read(invoices.shown, issued.number)
    assert issued.number == "001/INV/XI/2026"
    assert made.row["total"] == total_of(app, "order", order.number)
    assert (made.payment, made.open) == ("open", made.row["total"])
    assert made.due == DAY + dt.timedelta(30)


def test_only_what_was_delivered_and_not_invoiced_is_invoiced(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    with pytest.raises(DomainError, match="all that was delivered is invoiced"):
        app.write(invoices.new, order.number)
    line = app.read(deliveries.open_lines, order.number)[0].line
    app.write(orders.deliver, order.number, [Part(line, D(5))])
    first = app.write(invoices.new, order.number)
    app.write(orders.deliver, order.number)
    second = app.write(invoices.new, order.number)
    assert [each.lines[0].quantity for each in (first, second)] == [5, 7]
    with pytest.raises(DomainError, match="nothing to invoice"):
        app.write(invoices.new, order.number)
    totals = [app.read(invoices.shown, each.id or 0).row["total"] for each in (first, second)]
    assert sum(totals) == total_of(app, "order", order.number)


def test_a_down_payment_is_deducted_from_the_next_invoice(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    down = app.write(invoices.down_payment, order.number, percent=D(30))
    app.write(invoices.issue, down.id or 0)
    app.write(orders.deliver, order.number)
    last = app.read(invoices.shown, app.write(invoices.new, order.number).id or 0)
    paid = app.read(invoices.shown, down.id or 0).row["total"]
    assert [each["kind"] for each in last.lines] == ["product", "deduction"]
    assert paid + last.row["total"] == total_of(app, "order", order.number)


def test_a_progress_invoice_takes_a_share_of_every_line(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"), an_item())
    part = app.write(invoices.progress, order.number, D(40))
    assert [each.quantity for each in part.lines] == [D("4.8"), D("0.4")]
    rest = app.write(invoices.new, order.number, ordered=True)
    totals = [app.read(invoices.shown, each.id or 0).row["total"] for each in (part, rest)]
    assert sum(totals) == total_of(app, "order", order.number)


def test_a_void_invoice_opens_what_it_billed(app: App) -> None:
    made = an_invoice(app)
    assert app.write(invoices.void, made.number).state == "void"
    again = app.write(invoices.new, made.order)
    assert app.read(invoices.shown, again.id or 0).row["total"] == made.row["total"]


def still_billed(app: App, order: str) -> Decimal:
    """What the invoices of an order that are not void come to."""
    record = app.read(records.show, "order", order)
    found = app.read(invoices.of_order, record.id or 0)
    return sum((each.row["total"] for each in found if each.state != "void"), D(0))


def test_a_void_invoice_is_made_again_as_a_fresh_draft_of_the_same(app: App) -> None:
    made = an_invoice(app, a_line(app, quantity="12"), an_item())
    draft = app.write(invoices.void, made.number, again=True)
    again = app.read(invoices.shown, draft.id or 0)
    assert app.read(invoices.shown, made.number).state == "void"
    assert (again.state, again.number, again.row["total"]) == ("draft", "", made.row["total"])
    with pytest.raises(DomainError, match="all that was delivered is invoiced"):
        app.write(invoices.new, made.order)
    app.write(invoices.change, again.draft.id or 0, date=DAY - dt.timedelta(1), subject="mended")
    assert app.write(invoices.issue, again.draft.id or 0).number == "002/INV/XI/2026"
    assert databases.check(app) == []


def test_what_was_said_of_a_void_invoice_need_not_be_said_again(app: App) -> None:
    order = a_delivered_order(app, a_line(app, quantity="12"))
    draft = app.write(invoices.new, order.number)
    app.write(invoices.change, draft.id or 0, subject="Pumps", notes="ask Budi", reference="PO 7")
    app.write(invoices.issue, draft.id or 0)
    again = app.write(invoices.void, draft.id or 0, again=True)
    assert (again.subject, again.notes, again.reference) == ("Pumps", "ask Budi", "PO 7")


@pytest.mark.parametrize("first_void", [0, 1, 2])
def test_whichever_part_is_made_again_all_parts_come_to_the_order(
    app: App, first_void: int
) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="7", unit_price=D(33_333), pinned=True))
    (line,) = app.read(deliveries.open_lines, order.number)
    parts = []
    for quantity in (2, 2, 3):
        app.write(orders.deliver, order.number, [Part(line.line, D(quantity))])
        parts.append(app.write(invoices.invoice, order.number).number)
    draft = app.write(invoices.void, parts[first_void], again=True)
    app.write(invoices.issue, draft.id or 0)
    assert still_billed(app, order.number) == total_of(app, "order", order.number)
    assert databases.check(app) == []


def test_an_invoice_with_a_deduction_is_made_again_with_it(app: App) -> None:
    order = a_delivered_order(app, a_line(app, quantity="12"))
    down = app.write(invoices.down_payment, order.number, percent=D(30))
    app.write(invoices.issue, down.id or 0)
    rest = app.write(invoices.invoice, order.number)
    draft = app.write(invoices.void, rest.number, again=True)
    again = app.read(invoices.shown, draft.id or 0)
    assert [each["kind"] for each in again.lines] == ["product", "deduction"]
    assert still_billed(app, order.number) == total_of(app, "order", order.number)
    with pytest.raises(DomainError, match="is deducted in a later invoice"):
        app.write(invoices.void, down.id or 0, again=True)


@pytest.mark.parametrize("asked", [{"percent": D(30)}, {"total": D(5_000_000)}])
def test_a_down_payment_and_progress_are_made_again(app: App, asked: dict[str, Decimal]) -> None:
    order = a_delivered_order(app, a_line(app, quantity="12"))
    down = app.write(invoices.down_payment, order.number, **asked)
    app.write(invoices.issue, down.id or 0)
    again = app.read(invoices.shown, app.write(invoices.void, down.id or 0, again=True).id or 0)
    was = app.read(invoices.shown, down.id or 0)
    assert (again.type, again.row["total"]) == ("down_payment", was.row["total"])
    app.write(invoices.issue, again.draft.id or 0)
    part = app.write(invoices.progress, order.number, D(40))
    app.write(invoices.issue, part.id or 0)
    same = app.read(invoices.shown, app.write(invoices.void, part.id or 0, again=True).id or 0)
    assert (same.type, same.row["percent"]) == ("progress", D(40))
    assert same.row["total"] == app.read(invoices.shown, part.id or 0).row["total"]


def test_nothing_is_void_where_nothing_can_be_made_again(app: App) -> None:
    made = an_invoice(app)
    note = app.write(credit_notes.new, made.number)
    with pytest.raises(DomainError, match="is a credit note"):
        app.write(invoices.void, note.id or 0, again=True)
    app.write(invoices.void, note.id or 0)
    app.write(payments.pay, made.number, D(1_000_000))
    with pytest.raises(DomainError, match="make a credit note instead"):
        app.write(invoices.void, made.number, again=True)
    assert app.read(invoices.shown, made.number).state == "issued"


def test_a_paid_invoice_is_credited_not_void(app: App) -> None:
    made = an_invoice(app)
    app.write(payments.pay, made.number, D(1_000_000))
    with pytest.raises(DomainError, match="make a credit note instead"):
        app.write(invoices.void, made.number)


def test_a_credit_note_of_all_of_it_leaves_nothing_open(app: App) -> None:
    made = an_invoice(app, a_line(app, quantity="12"), an_item())
    note = app.write(credit_notes.new, made.number, reason="wrong goods")
    issued = app.write(invoices.issue, note.id or 0)
    assert issued.number == "001/NK/XI/2026"
    credited = app.read(invoices.shown, made.number)
    assert (credited.open, credited.payment) == (0, "settled")
    assert app.read(invoices.shown, issued.number).row["total"] == made.row["total"]
    with pytest.raises(DomainError, match="nothing left to credit"):
        app.write(credit_notes.new, made.number)


def test_what_is_credited_to_be_invoiced_again_is_open_in_the_order(app: App) -> None:
    made = an_invoice(app)
    line = made.lines[0]["id"]
    note = app.write(credit_notes.new, made.number, {line: D(2)}, again=True)
    app.write(invoices.issue, note.id or 0)
    again = app.write(invoices.new, made.order)
    assert again.lines[0].quantity == 2


def test_a_payment_with_tax_withheld_settles_the_whole_invoice(app: App) -> None:
    made = an_invoice(app)
    whole = made.row["total"]
    paid = app.write(
        payments.pay, made.number, whole - 1_000_000, withheld=D(1_000_000), slip="BP-1"
    )
    assert paid.number == "001/KW/XI/2026"
    settled = app.read(invoices.shown, made.number)
    assert (settled.open, settled.payment) == (0, "settled")
    assert settled.withheld == 1_000_000


def test_withheld_tax_needs_its_slip(app: App) -> None:
    made = an_invoice(app)
    with pytest.raises(DomainError, match="name the number of the slip"):
        app.write(payments.pay, made.number, D(1), withheld=D(1))
    assert app.read(invoices.shown, made.number).paid == 0


def test_what_is_paid_too_much_stays_the_customers(app: App) -> None:
    made = an_invoice(app)
    paid = app.write(payments.pay, made.number, made.row["total"] + 500)
    assert paid.free == 500
    assert app.read(invoices.shown, made.number).open == 0


def test_the_oldest_invoice_is_settled_first(app: App) -> None:
    first, second = an_invoice(app), an_invoice(app)
    amount = first.row["total"] + 1000
    app.write(payments.receive, "ALFKI", amount, oldest_first=True)
    left = [app.read(invoices.shown, each.number).open for each in (first, second)]
    assert left == [0, second.row["total"] - 1000]


def test_a_void_payment_opens_what_it_settled(app: App) -> None:
    made = an_invoice(app)
    paid = app.write(payments.pay, made.number, D(1_000_000))
    assert app.write(payments.void, paid.number).state == "void"
    assert app.read(invoices.shown, made.number).open == made.row["total"]
    with pytest.raises(DomainError):
        app.write(payments.void, paid.number)


@pytest.mark.parametrize("state", ["draft", "void"])
def test_a_draft_or_void_invoice_cannot_be_paid(app: App, state: str) -> None:
    order = a_delivered_order(app, a_line(app, quantity="12"))
    draft = app.write(invoices.new, order.number)
    if state == "void":
        app.write(invoices.issue, draft.id or 0)
        app.write(invoices.void, draft.id or 0)
    with pytest.raises(DomainError, match=f"is {state}, so it cannot be paid"):
        app.write(payments.pay, draft.id or 0, D(1))


def test_money_in_another_currency_says_what_it_settles(app: App) -> None:
    made = an_invoice(app)
    dollars = app.write(payments.receive, "ALFKI", D(100), currency="USD")
    with pytest.raises(DomainError, match="say what it settles in IDR"):
        app.write(payments.allocate, dollars.number, [Allocation(made.number, D(100))])
    part = Allocation(made.number, D(100), settled=D(1_600_000), adjusted=D(12_345))
    app.write(payments.allocate, dollars.number, [part])
    assert app.read(invoices.shown, made.number).open == made.row["total"] - 1_612_345


def test_an_invoice_of_somebody_else_is_not_settled(app: App) -> None:
    made = an_invoice(app)
    an_account(app, "OTHER")
    money = app.write(payments.receive, "OTHER", D(100), currency="IDR")
    with pytest.raises(DomainError, match="another customer's"):
        app.write(payments.allocate, money.number, [Allocation(made.number, D(100))])


@pytest.mark.parametrize("amount", ["-1", "0", "1.5"])
def test_an_amount_that_is_no_payment_is_refused(app: App, amount: str) -> None:
    with pytest.raises(DomainError):
        app.write(payments.receive, "ALFKI", D(amount), currency="IDR")


def test_nothing_is_booked_in_closed_books(app: App) -> None:
    made = an_invoice(app)
    app.write(settings.save, replace(app.read(settings.load), closed_until="2026-11-30"))
    with pytest.raises(DomainError, match="books are closed"):
        app.write(payments.pay, made.number, D(1000))


def test_costs_stay_with_the_lines_they_were_sold_with(app: App) -> None:
    made = an_invoice(app)
    app.write(records.change, "product", "PUMP12", {"cost": D(1)})
    query = ListQuery("invoice", ("number", "cost_total"))
    assert app.listing.first_page(query).rows[0][2] == 48_000_000 * 10_000
    assert made.lines[0]["net"] == made.row["subtotal"]


def test_after_all_of_it_the_whole_database_is_in_order(app: App) -> None:
    made = an_invoice(app)
    app.write(payments.pay, made.number, D(1_000_000))
    note = app.write(credit_notes.new, made.number, {made.lines[0]["id"]: D(2)})
    app.write(invoices.issue, note.id or 0)
    assert databases.check(app) == []
