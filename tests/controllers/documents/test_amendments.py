"""Amending confirmed orders on a real database: stock, totals, promises and history follow."""

from decimal import Decimal
from typing import Any

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import deliveries, invoices, orders, quotations
from controllers.documents.amendments import LineChange
from controllers.system import databases, history
from models.values.deliveries import Part
from models.values.documents import Draft, Line
from models.values.errors import DomainError
from tests.builders import a_line, a_product, a_sent_quotation, an_item

D = Decimal
WHY = "Customer called"


def a_confirmed_order(app: App, *lines: Line) -> Draft:
    number = app.write(quotations.order, a_sent_quotation(app, *lines).number).number
    app.write(orders.confirm, number)
    return app.read(orders.show, number)


def held(app: App, sku: str) -> tuple[Decimal, Decimal]:
    values = app.read(records.show, "product", sku).values
    return values["stock"], values["reserved"]


def amended(app: App, order: Draft, *changes: LineChange, **more: Any) -> Draft:
    app.write(orders.amend, order.number, changes, WHY, **more)
    assert databases.check(app) == []
    return app.read(orders.show, order.number)


def test_a_quantity_goes_up_and_down_with_its_stock(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"), a_line(app, "FAN1", "2"))
    pump, fan = order.lines
    after = amended(app, order, LineChange(pump.id, quantity=D(8)),
                    LineChange(fan.id, quantity=D(5)))  # fmt: skip
    assert [line.quantity for line in after.lines] == [D(8), D(5)]
    assert (held(app, "PUMP12"), held(app, "FAN1")) == ((D(100), D(8)), (D(5), D(5)))
    assert [line.id for line in after.lines] == [pump.id, fan.id]


def test_prices_stay_and_totals_are_reckoned_with_the_frozen_tax(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    app.write(records.change, "product", "PUMP12", {"list_price": D(9_000_000)})
    after = amended(app, order, LineChange(order.lines[0].id, quantity=D(2)))
    values = app.read(records.show, "order", order.number).values
    assert after.lines[0].unit_price == D(4_890_000)
    assert (values["subtotal"], values["tax_amount"]) == (D(9_780_000), D(1_075_800))
    assert (values["amendment"], values["amendment_note"]) == (1, WHY)


def test_a_line_is_added_at_the_price_of_the_book_or_a_given_one(app: App) -> None:
    order = a_confirmed_order(app, a_line(app))
    after = amended(app, order, LineChange(sku="fan1", quantity=D(2)),
                    LineChange(sku="fan1", quantity=D(1), unit_price=D(5)))  # fmt: skip
    assert [line.unit_price for line in after.lines] == [D(5_150_000), D(1_000_000), D(5)]
    assert held(app, "FAN1") == (D(5), D(3))


def test_a_dropped_line_frees_its_stock(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"), a_line(app, "FAN1", "2"))
    after = amended(app, order, LineChange(order.lines[1].id, quantity=D(0)))
    assert [line.sku for line in after.lines] == ["PUMP12"]
    assert held(app, "FAN1") == (D(5), D(0))


def test_a_substitute_keeps_the_price_unless_told_otherwise(app: App) -> None:
    a_product(app, "FAN2", list_price=D(7), stock=D(9))
    order = a_confirmed_order(app, a_line(app, "FAN1", "2"), a_line(app, "FAN1", "1"))
    after = amended(app, order, LineChange(order.lines[0].id, "FAN2"),
                    LineChange(order.lines[1].id, "FAN2", unit_price=D(6)))  # fmt: skip
    assert [(line.sku, line.unit_price) for line in after.lines] == [
        ("FAN2", D(1_000_000)), ("FAN2", D(6)),
    ]  # fmt: skip
    assert (held(app, "FAN1"), held(app, "FAN2")) == ((D(5), D(0)), (D(9), D(3)))


def test_more_than_is_free_is_refused_or_waits(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, "FAN1", "4"))
    change = LineChange(order.lines[0].id, quantity=D(9))
    with pytest.raises(DomainError, match="FAN1 is wanted 5 times, 1 are free"):
        app.write(orders.amend, order.number, [change], WHY)
    assert app.read(records.show, "order", order.number).values["amendment"] == 0
    amended(app, order, change, backorder=True)
    assert held(app, "FAN1") == (D(5), D(5))


def shipped(app: App, order: Draft, quantity: str) -> None:
    parts = [Part(order.lines[0].id or 0, D(quantity))]
    app.write(deliveries.ship, app.write(deliveries.new, order.number, parts).id or 0)


def test_nothing_falls_under_what_was_delivered(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    shipped(app, order, "5")
    line = order.lines[0].id
    with pytest.raises(DomainError, match="4 is less than the 5 that were delivered"):
        app.write(orders.amend, order.number, [LineChange(line, quantity=D(4))], WHY)
    with pytest.raises(DomainError, match="lower its quantity and add a line"):
        app.write(orders.amend, order.number, [LineChange(line, "FAN1")], WHY)
    after = amended(app, order, LineChange(line, quantity=D(5)))
    assert after.state == "delivered"
    assert held(app, "PUMP12") == (D(95), D(0))


def test_nothing_falls_under_what_was_invoiced(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"), an_item())
    app.write(invoices.issue, app.write(invoices.new, order.number, ordered=True).id or 0)
    with pytest.raises(DomainError, match="11 is less than the 12"):
        app.write(orders.amend, order.number, [LineChange(order.lines[0].id, quantity=D(11))], WHY)
    with pytest.raises(DomainError, match="of it are invoiced; credit an invoice first"):
        app.write(orders.amend, order.number, [LineChange(order.lines[0].id, unit_price=D(1))], WHY)


def test_a_line_that_a_delivery_names_stays_with_nothing(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"), a_line(app, "FAN1", "2"))
    made = app.write(deliveries.new, order.number)
    after = amended(app, order, LineChange(order.lines[1].id, quantity=D(0)))
    assert [line.quantity for line in after.lines] == [D(12), D(0)]
    with pytest.raises(DomainError, match="2 are to go, 0 are still open"):
        app.write(deliveries.ship, made.id or 0)


@pytest.mark.parametrize(
    ("changes", "note", "sentence"),
    [
        ([], WHY, "Nothing of .* would change"),
        ([LineChange(1, quantity=D(12))], WHY, "Nothing of .* would change"),
        ([LineChange(1, quantity=D(9))], " ", "say in a note why it is amended"),
        ([LineChange(1, quantity=D(-1))], WHY, "-1 is less than the 0"),
        ([LineChange(1, quantity=D(0))], WHY, "no line left; cancel it"),
        ([LineChange(99, quantity=D(1))], WHY, "name each line that is to change once"),
        ([LineChange(1, quantity=D(1))] * 2, WHY, "name each line that is to change once"),
        ([LineChange(quantity=D(1))], WHY, "names its product"),
        ([LineChange(sku="NOPE", quantity=D(1))], WHY, "There is no product “NOPE”"),
        ([LineChange(sku="pump12")], WHY, "needs a quantity over 0"),
        ([LineChange(sku="pump12", quantity=D(1), unit="ton")], WHY, "has no unit “ton”"),
        ([LineChange(1, unit="box")], WHY, "the unit of a line stays"),
    ],
)
def test_an_amendment_that_cannot_be_is_refused(
    app: App, changes: list[LineChange], note: str, sentence: str
) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    with pytest.raises(DomainError, match=sentence):
        app.write(orders.amend, order.number, changes, note)
    assert app.read(orders.show, order.number) == order
    assert held(app, "PUMP12") == (D(100), D(12))


def test_only_a_confirmed_order_is_amended(app: App) -> None:
    order = app.write(quotations.order, a_sent_quotation(app).number)
    with pytest.raises(DomainError, match="is draft; only a confirmed order"):
        app.write(orders.amend, order.number, [LineChange(1, quantity=D(2))], WHY)


def test_the_history_tells_what_changed(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    amended(app, order, LineChange(order.lines[0].id, quantity=D(8)))
    step = app.read(history.page, "order", order.id or 0, None).steps[0]
    told = {each.label: (each.before, each.after) for each in step.differences}
    assert told["Why it was amended"] == ("", WHY)
    assert told["Quantity"] == ("12", "8")
