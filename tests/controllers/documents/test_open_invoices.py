"""Open invoices of a customer, and deliveries that leave at once, on both engines."""

from decimal import Decimal

import pytest

from controllers.catalogue import stock_moves
from controllers.core import records
from controllers.core.app import App
from controllers.documents import deliveries, open_invoices, payments
from controllers.system import settings
from models.values.deliveries import Part
from models.values.errors import DomainError
from models.values.settings import Settings
from tests.builders import a_line
from tests.controllers.documents.test_invoices import a_confirmed_order, an_invoice

D = Decimal


def test_open_invoices_come_in_the_order_they_fall_due(app: App) -> None:
    first, second = an_invoice(app), an_invoice(app)
    app.write(payments.pay, first.number, D(1_000_000))
    found = app.read(open_invoices.of_account, "ALFKI")
    assert [each.number for each in found] == [first.number, second.number]
    assert found[0].open == found[0].total - 1_000_000


def test_a_settled_invoice_is_not_open(app: App) -> None:
    made = an_invoice(app)
    app.write(payments.pay, made.number, made.open)
    assert app.read(open_invoices.of_account, "ALFKI") == ()


def test_a_delivery_leaves_at_once_with_its_carrier(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    (line,) = app.read(deliveries.open_lines, order.number)
    made = app.write(deliveries.send_off, order.number, [Part(line.line, D(5))], carrier="JNE")
    assert (made.state, made.carrier, made.lines[0].quantity) == ("shipped", "JNE", 5)


def test_a_delivery_that_cannot_leave_leaves_no_draft_behind(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="2"))
    (line,) = app.read(deliveries.open_lines, order.number)
    with pytest.raises(DomainError, match="2 are still open"):
        app.write(deliveries.send_off, order.number, [Part(line.line, D(5))])
    assert app.read(deliveries.of_order, order.id or 0) == ()


def test_the_usual_warehouse_is_named_first(app: App) -> None:
    for code in ("AAA", "BBB"):
        app.write(records.create, "warehouse", {"code": code, "name": f"Annex {code}"})
    app.write(settings.save, Settings(company="PT Maju", warehouse="BBB"))
    assert app.read(stock_moves.warehouses)[0] == ("BBB", "Annex BBB")
