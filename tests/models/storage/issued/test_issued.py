"""What was issued stands by SQL as in the window: orders, deliveries, invoices and payments."""

from dataclasses import replace
from decimal import Decimal

import pytest
from psycopg import errors

from controllers.catalogue import stocking
from controllers.core.app import App
from controllers.documents import (
    credit_notes,
    deliveries,
    invoices,
    orders,
    payments,
    quotations,
    returns,
)
from controllers.documents.payments import Allocation
from controllers.system import settings
from tests.builders import a_draft, a_line
from tests.models.storage.issued.test_consent import refuses
from tests.models.storage.rights.asking import Connection, Person, SignIn

pytestmark = pytest.mark.slow

D = Decimal


@pytest.fixture
def support(person: Person) -> App:
    return person("sales_support")


@pytest.fixture
def theirs(sign_in: SignIn) -> Connection:
    return sign_in("sales_support")


def an_order(app: App) -> str:
    """The number of a confirmed order of three fans."""
    draft = a_draft(app, a_line(app, "FAN1", "1"), account="A-MANAGER")
    sent = app.write(quotations.send, app.write(quotations.new, draft).id or 0)
    number = app.write(quotations.order, sent.number).number
    app.write(orders.confirm, number)
    return number


def an_invoice(app: App) -> tuple[int, Decimal]:
    """The id of an issued invoice, and what it came to."""
    number = an_order(app)
    app.write(deliveries.deliver, number)
    made = app.write(invoices.invoice, number).id or 0
    return made, app.read(invoices.shown, made).open


@pytest.fixture(autouse=True)
def stocked(desk: object, person: Person) -> None:
    person("administrator").write(stocking.receive, "FAN1", D(5))


def test_an_order_goes_the_way_of_the_window(support: App, theirs: Connection) -> None:
    number = an_order(support)
    of_line = "WHERE order_id = (SELECT id FROM sales_order WHERE number = %s)"
    refuses(theirs, "UPDATE sales_order SET state = 'draft' WHERE number = %s", number)
    refuses(theirs, "UPDATE sales_order SET number = 'mine' WHERE number = %s", number)
    refuses(theirs, "DELETE FROM sales_order WHERE number = %s", number)
    refuses(theirs, "UPDATE sales_order SET imported = TRUE WHERE number = %s", number)
    refuses(theirs, f"UPDATE sales_order_line SET invoiced = 1 {of_line}", number)
    support.write(orders.cancel, number)
    refuses(theirs, f"UPDATE sales_order_line SET quantity = 1 {of_line}", number)
    refuses(theirs, f"DELETE FROM sales_order_line {of_line}", number)
    refuses(theirs, "UPDATE sales_order SET state = 'confirmed' WHERE number = %s", number)


def test_what_left_the_house_stands(support: App, theirs: Connection) -> None:
    went = support.write(deliveries.deliver, an_order(support))
    for statement in (
        "UPDATE delivery SET state = 'draft' WHERE id = %s",
        "UPDATE delivery SET date = '2020-01-01' WHERE id = %s",
        "UPDATE delivery SET number = 'mine' WHERE id = %s",
        "DELETE FROM delivery WHERE id = %s",
        "UPDATE delivery_line SET quantity = 1 WHERE delivery_id = %s",
        "DELETE FROM delivery_line WHERE delivery_id = %s",
        "INSERT INTO delivery_line(delivery_id, position) VALUES (%s, 9)",
    ):
        refuses(theirs, statement, went.id)
    support.write(deliveries.receive, went.number, "Maria")
    assert support.write(returns.take_back, went.number).direction == "in"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE stock_move SET quantity = 1", "DELETE FROM stock_move", "DELETE FROM stock_level",
     "INSERT INTO stock_level(product_id, warehouse_id) VALUES (1, 1)",
     "UPDATE supply SET received = 1"],
)  # fmt: skip
def test_stock_moves_through_functions_alone(statement: str, theirs: Connection) -> None:
    refuses(theirs, statement)


def test_goods_leave_for_a_delivery_alone(theirs: Connection) -> None:
    move = (
        "SELECT deliver_stock(jsonb_build_array(jsonb_build_object('product', 1, 'warehouse', 1, "
        "'lot', '', 'quantity', -1, 'held', 0, 'reason', 'scrap', 'date', '2026-11-20')))"
    )
    with pytest.raises(errors.CheckViolation):
        theirs.execute(move)


def test_an_issued_invoice_stands(support: App, theirs: Connection) -> None:
    made, _open = an_invoice(support)
    for statement in (
        "UPDATE invoice SET total = 1 WHERE id = %s",
        "UPDATE invoice SET due = '2030-01-01' WHERE id = %s",
        "UPDATE invoice SET number = 'mine' WHERE id = %s",
        "UPDATE invoice SET state = 'draft' WHERE id = %s",
        "DELETE FROM invoice WHERE id = %s",
        "UPDATE invoice_line SET net = 1 WHERE invoice_id = %s",
        "DELETE FROM invoice_line WHERE invoice_id = %s",
        "INSERT INTO invoice_line(invoice_id, position) VALUES (%s, 9)",
    ):
        refuses(theirs, statement, made)
    support.write(invoices.note_tax_number, made, "010.000-26.1")


def _at_commit(connection: Connection, *statements: str) -> None:
    """Refused once all of it stands."""
    told = "; ".join((*statements, "SET CONSTRAINTS ALL IMMEDIATE"))
    with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
        connection.execute(told)  # type: ignore[call-overload]


def test_an_invoice_is_paid_by_payments_alone(support: App, theirs: Connection) -> None:
    made, left = an_invoice(support)
    for column in ("paid", "withheld", "credited", "adjusted"):
        _at_commit(theirs, f"UPDATE invoice SET {column} = 1 WHERE id = {made}")
    paid = support.write(payments.pay, made, left)
    more = "(payment_id, position, invoice_id, amount, settled)"
    _at_commit(theirs, f"INSERT INTO payment_line{more} VALUES ({paid.id}, 2, {made}, 1, 1)",
               f"UPDATE invoice SET paid = paid + 1 WHERE id = {made}",
               f"UPDATE payment SET allocated = allocated + 1 WHERE id = {paid.id}")  # fmt: skip
    refuses(theirs, "UPDATE payment_line SET amount = 1 WHERE payment_id = %s", paid.id)
    refuses(theirs, "UPDATE payment SET amount = 1 WHERE id = %s", paid.id)
    refuses(theirs, "UPDATE payment SET number = 'mine' WHERE id = %s", paid.id)
    refuses(theirs, "DELETE FROM payment WHERE id = %s", paid.id)
    assert support.write(payments.void, paid.number).state == "void"


def test_payments_and_credit_notes_go_their_way(support: App) -> None:
    made, left = an_invoice(support)
    got = support.write(payments.receive, "A-MANAGER", left)
    support.write(payments.allocate, got.number, [Allocation(str(made), D(1))])
    note = support.write(credit_notes.new, made, reason="damaged").id or 0
    assert support.write(invoices.issue, note).number
    assert support.write(payments.void, got.number).state == "void"


def test_nothing_is_booked_into_closed_books(
    person: Person, support: App, theirs: Connection
) -> None:
    boss = person("administrator")
    made = support.write(invoices.new, an_order(support), ordered=True).id
    ours = boss.read(settings.load)
    boss.write(settings.save, replace(ours, closed_until="2026-12-31"))
    refuses(theirs, "UPDATE invoice SET state = 'issued', number = 'x' WHERE id = %s", made)
    refuses(theirs, "UPDATE invoice SET state = 'void' WHERE id = %s", made)
    refuses(
        theirs,
        "INSERT INTO payment(account_id, date, amount, currency) "
        "SELECT id, '2026-01-01', 1, 'IDR' FROM account WHERE code = 'A-MANAGER'",
    )
    boss.write(settings.save, ours)


def test_what_was_followed_up_stays_so(support: App, theirs: Connection) -> None:
    an_order(support)
    for statement in ("UPDATE follow_up SET due = '2030-01-01'", "DELETE FROM follow_up",
                      "UPDATE follow_up SET done_at = NULL"):  # fmt: skip
        refuses(theirs, statement)
