"""Orders on a real database: stock held, given back and delivered."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders, quotations
from models.values.documents import Draft, Line
from models.values.errors import DomainError, ProblemsError
from reports.documents.sales import render_pdf
from tests.builders import a_line, a_product, a_sent_quotation, an_item

D = Decimal


def an_order(app: App, *lines: Line) -> Draft:
    sent = a_sent_quotation(app, *lines)
    return app.write(quotations.order, sent.number)


def stock_of(app: App, sku: str = "PUMP12") -> tuple[Decimal, Decimal]:
    values = app.read(records.show, "product", sku).values
    return values["stock"], values["reserved"]


def test_confirming_reserves_stock_units(app: App) -> None:
    order = an_order(app, a_line(app, quantity="2", unit="box"), a_line(app), an_item())
    assert app.write(orders.confirm, order.number).state == "confirmed"
    assert stock_of(app) == (D(100), D(25))


def test_too_little_stock_reserves_nothing_and_names_the_product(app: App) -> None:
    order = an_order(app, a_line(app), a_line(app, "FAN1", "6"))
    with pytest.raises(ProblemsError, match="FAN1 is wanted 6 times, 5 are free"):
        app.write(orders.confirm, order.number)
    assert stock_of(app) == (D(100), D(0))
    assert app.read(orders.show, order.number).state == "draft"


def test_the_last_pieces_go_to_one_order_only(app: App) -> None:
    first = an_order(app, a_line(app, "FAN1", "3"))
    second = an_order(app, a_line(app, "FAN1", "3"))
    app.write(orders.confirm, first.number)
    with pytest.raises(DomainError, match="2 are free"):
        app.write(orders.confirm, second.number)
    app.write(orders.cancel, first.number)
    assert app.write(orders.confirm, second.number).state == "confirmed"
    assert stock_of(app, "FAN1") == (D(5), D(3))


def test_services_need_no_stock(app: App) -> None:
    a_product(app, "HOUR", stocked=False, stock=0)
    order = an_order(app, a_line(app, "HOUR", "40"))
    assert app.write(orders.confirm, order.number).state == "confirmed"
    assert app.write(orders.deliver, order.number).state == "delivered"
    assert stock_of(app, "HOUR") == (D(0), D(0))


def test_delivering_takes_stock_and_what_was_held(app: App) -> None:
    order = an_order(app, a_line(app, quantity="12"))
    app.write(orders.confirm, order.number)
    assert app.write(orders.deliver, order.number).state == "delivered"
    assert stock_of(app) == (D(88), D(0))
    assert app.write(orders.close, order.number).state == "closed"


def test_a_product_that_left_stock_keeping_meanwhile_is_still_given_back(app: App) -> None:
    order = an_order(app, a_line(app, quantity="12"))
    app.write(orders.confirm, order.number)
    app.write(records.change, "product", "PUMP12", {"stocked": False})
    app.write(orders.cancel, order.number)
    assert stock_of(app) == (D(100), D(0))


@pytest.mark.parametrize("move", [orders.deliver, orders.close])
def test_a_draft_order_cannot_be_delivered_or_closed(app: App, move: object) -> None:
    order = an_order(app, a_line(app))
    with pytest.raises(DomainError, match="Possible now: confirmed, cancelled"):
        app.write(move, order.number)


def test_a_confirmed_order_is_not_confirmed_twice(app: App) -> None:
    order = an_order(app, a_line(app, quantity="12"))
    app.write(orders.confirm, order.number)
    with pytest.raises(DomainError):
        app.write(orders.confirm, order.number)
    assert stock_of(app) == (D(100), D(12))


def test_the_changes_are_announced_after_the_commit(app: App) -> None:
    order = an_order(app, a_line(app))
    heard: list[str] = []
    app.changes.subscribe(lambda changes: heard.extend(each.kind for each in changes))
    app.write(orders.confirm, order.number)
    assert set(heard) == {"product", "order"}


def test_an_order_confirmation_is_set_on_paper(app: App) -> None:
    order = an_order(app, a_line(app))
    paper = app.read(orders.document, order.number)
    assert (paper.kind, paper.number) == ("order", "001/SO/XI/2026")
    assert render_pdf(paper).startswith(b"%PDF")


def test_orders_confirmed_at_once_never_hold_more_than_there_is(app: App) -> None:
    numbers = [an_order(app, a_line(app, "FAN1")).number for _order in range(9)]

    def confirm(number: str) -> bool:
        try:
            app.write(orders.confirm, number)
        except DomainError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        confirmed = list(pool.map(confirm, numbers))
    assert confirmed.count(True) == 5
    assert stock_of(app, "FAN1") == (D(5), D(5))
