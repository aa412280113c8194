"""Deliveries on a real database: parts, back-orders, lots, cancelling and returns."""

from dataclasses import replace
from decimal import Decimal

import pytest

from controllers.catalogue import stock_moves
from controllers.core import records
from controllers.core.app import App
from controllers.documents import deliveries, orders, quotations, returns
from controllers.system import databases, settings
from models.values.deliveries import Delivery, Part
from models.values.documents import Draft, Line
from models.values.errors import DomainError
from models.values.records import ListQuery
from tests.builders import a_line, a_product, a_sent_quotation

D = Decimal


def a_confirmed_order(app: App, *lines: Line) -> Draft:
    sent = a_sent_quotation(app, *lines)
    order = app.write(quotations.order, sent.number)
    return app.write(orders.confirm, order.number)


def stock_of(app: App, sku: str = "PUMP12") -> tuple[Decimal, Decimal]:
    values = app.read(records.show, "product", sku).values
    return values["stock"], values["reserved"]


def line_of(app: App, order: Draft, at: int = 0) -> int:
    return app.read(deliveries.open_lines, order.number)[at].line


def shipped(app: App, order: Draft, *quantities: str) -> Delivery:
    lines = app.read(deliveries.open_lines, order.number)
    parts = [Part(each.line, D(q)) for each, q in zip(lines, quantities, strict=False) if D(q)]
    made = app.write(deliveries.new, order.number, parts or None)
    return app.write(deliveries.ship, made.id or 0)


def test_a_draft_has_all_that_is_open_and_no_number(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"), a_line(app, "FAN1", "2"))
    made = app.write(deliveries.new, order.number)
    assert [(each.sku, each.quantity) for each in made.lines] == [("PUMP12", 12), ("FAN1", 2)]
    assert (made.number, made.state) == ("", "draft")
    assert stock_of(app) == (D(100), D(12))


def test_a_part_leaves_and_the_rest_stays_held(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    delivery = shipped(app, order, "5")
    assert (delivery.number, delivery.state) == ("001/SJ/XI/2026", "shipped")
    assert stock_of(app) == (D(95), D(7))
    assert app.read(orders.show, order.number).state == "confirmed"
    assert app.read(deliveries.open_lines, order.number)[0].open == 7


def test_the_last_part_completes_the_order(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    shipped(app, order, "5")
    shipped(app, order)
    assert app.read(orders.show, order.number).state == "delivered"
    assert stock_of(app) == (D(88), D(0))


def test_parts_of_a_unit_add_up_to_the_whole_line(app: App) -> None:
    a_product(app, "ROLL", units="third = 0.3333", stock=D(10))
    order = a_confirmed_order(app, a_line(app, "ROLL", "3", unit="third"))
    for _part in range(3):
        shipped(app, order, "1")
    assert stock_of(app, "ROLL") == (D("9.0001"), D(0))


def test_more_than_was_ordered_is_refused_and_nothing_leaves(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    with pytest.raises(DomainError, match="PUMP12: 13 are to go, 12 are still open of 12"):
        app.write(deliveries.new, order.number, [Part(line_of(app, order), D(13))])
    shipped(app, order, "10")
    with pytest.raises(DomainError, match="3 are to go, 2 are still open"):
        app.write(deliveries.new, order.number, [Part(line_of(app, order), D(3))])
    assert stock_of(app) == (D(90), D(2))


def test_two_drafts_for_the_same_goods_ship_only_once(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    first, second = (app.write(deliveries.new, order.number) for _each in range(2))
    app.write(deliveries.ship, first.id or 0)
    with pytest.raises(DomainError):
        app.write(deliveries.ship, second.id or 0)
    assert stock_of(app) == (D(88), D(0))


def test_a_cancelled_delivery_can_be_made_again(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    delivery = shipped(app, order, "5")
    assert app.write(deliveries.cancel, delivery.number).state == "cancelled"
    assert stock_of(app) == (D(100), D(12))
    shipped(app, order)
    assert stock_of(app) == (D(88), D(0))


def test_a_cancelled_delivery_may_leave_its_goods_free(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    delivery = shipped(app, order)
    app.write(deliveries.cancel, delivery.number, again=False)
    assert stock_of(app) == (D(100), D(0))
    assert app.read(orders.show, order.number).state == "confirmed"


def test_what_an_order_does_not_hold_must_be_free(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, "FAN1", "4"))
    app.write(deliveries.cancel, shipped(app, order).number, again=False)
    a_confirmed_order(app, a_line(app, "FAN1", "3"))
    with pytest.raises(DomainError, match="FAN1 lacks 4, 2 are free"):
        shipped(app, order)
    assert stock_of(app, "FAN1") == (D(5), D(3))


def test_goods_come_back_to_stock_and_are_not_replaced(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    delivery = shipped(app, order)
    line = delivery.lines[0].id or 0
    back = app.write(returns.take_back, delivery.number, [Part(line, D(2))], reason="damaged")
    assert (back.number, back.direction, back.returned) == (
        "001/RTR/XI/2026",
        "in",
        delivery.number,
    )
    assert stock_of(app) == (D(90), D(0))
    assert app.read(orders.show, order.number).state == "delivered"
    assert app.read(deliveries.show, delivery.number).lines[0].back == 2


def test_scrap_comes_back_and_leaves_the_stock_as_it_was(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    delivery = shipped(app, order)
    part = Part(delivery.lines[0].id or 0, D(2), destination="scrap")
    app.write(returns.take_back, delivery.number, [part])
    assert stock_of(app) == (D(88), D(0))
    query = ListQuery("stock_move", ("reason", "quantity"), sort="reason")
    reasons = [row[1] for row in app.listing.first_page(query).rows]
    assert sorted(reasons) == ["delivery", "opening", "opening", "return", "scrap"]


def test_what_came_back_to_be_replaced_is_open_again(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    delivery = shipped(app, order)
    app.write(returns.take_back, delivery.number, again=True)
    assert app.read(orders.show, order.number).state == "confirmed"
    assert app.read(deliveries.open_lines, order.number)[0].open == 12
    shipped(app, order)
    assert stock_of(app) == (D(88), D(0))


def test_no_more_comes_back_than_went(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    delivery = shipped(app, order)
    line = delivery.lines[0].id or 0
    app.write(returns.take_back, delivery.number, [Part(line, D(10))])
    with pytest.raises(DomainError, match="3 are to come back of 2"):
        app.write(returns.take_back, delivery.number, [Part(line, D(3))])


def test_a_serial_number_is_one_piece_and_must_be_there(app: App) -> None:
    a_product(app, "LAPTOP", stock=D(0), tracking="serial")
    product = app.read(records.show, "product", "LAPTOP").id or 0

    def receive(uow: object) -> None:
        place = stock_moves.warehouse_id(uow)
        stock_moves.post(
            uow,
            [stock_moves.Move(product, D(1), "receipt", place, each) for each in ("SN1", "SN2")],
        )

    app.write(receive)
    order = a_confirmed_order(app, a_line(app, "LAPTOP", "2"))
    line = line_of(app, order)
    with pytest.raises(DomainError, match="LAPTOP is tracked"):
        shipped(app, order)
    wrong = app.write(
        deliveries.new, order.number, [Part(line, D(1), "SN1"), Part(line, D(1), "SN9")]
    )
    with pytest.raises(DomainError, match="1 of lot SN9 are to leave MAIN, 0 are there"):
        app.write(deliveries.ship, wrong.id or 0)
    right = app.write(
        deliveries.change, wrong.id or 0, [Part(line, D(1), "SN1"), Part(line, D(1), "SN2")]
    )
    assert app.write(deliveries.ship, right.id or 0).state == "shipped"
    assert stock_of(app, "LAPTOP") == (D(0), D(0))


def test_an_order_that_went_out_in_part_is_closed_not_cancelled(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    shipped(app, order, "5")
    with pytest.raises(DomainError, match="was delivered; close it"):
        app.write(orders.cancel, order.number)
    assert app.write(orders.close, order.number).state == "closed"
    assert stock_of(app) == (D(95), D(0))


def test_nothing_is_shipped_in_closed_books(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    made = app.write(deliveries.new, order.number)
    ours = app.read(settings.load)
    app.write(settings.save, replace(ours, closed_until="2026-11-30"))
    with pytest.raises(DomainError, match="closed up to 2026-11-30; 2026-11-20 lies in them"):
        app.write(deliveries.ship, made.id or 0)
    assert stock_of(app) == (D(100), D(12))


def test_after_all_of_it_the_whole_database_is_in_order(app: App) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"), a_line(app, "FAN1", "2"))
    first = shipped(app, order, "5", "1")
    app.write(returns.take_back, first.number, [Part(first.lines[0].id or 0, D(1))])
    app.write(deliveries.cancel, shipped(app, order, "2").number)
    shipped(app, order)
    assert databases.check(app) == []
