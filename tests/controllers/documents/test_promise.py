"""Promise dates, back-orders and the credit check of orders, on a real database."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from controllers.catalogue import stocking
from controllers.core import records
from controllers.core.app import App
from controllers.documents import deliveries, invoices, orders, promise, quotations, returns
from controllers.system import databases, settings
from models.values.documents import Draft, Line
from models.values.errors import DomainError
from models.values.settings import Settings
from tests.builders import a_line, a_product, a_sent_quotation, an_item
from tests.conftest import NOW

D = Decimal
TODAY = NOW.date()
DUE = dt.date(2026, 12, 1)


def an_order(app: App, *lines: Line) -> Draft:
    return app.write(quotations.order, a_sent_quotation(app, *lines).number)


def a_supply(app: App, sku: str, quantity: str, due: dt.date = DUE, **values: Any) -> None:
    plain = {"product": sku, "quantity": D(quantity), "due": due}
    app.write(records.create, "supply", plain | values)


def id_of(app: App, sku: str) -> int:
    return app.read(records.show, "product", sku).id


def test_a_product_is_promised_by_stock_then_receipts_then_lead_days(app: App) -> None:
    a_supply(app, "FAN1", "10")
    fan = id_of(app, "FAN1")
    asked = [app.read(promise.of, fan, D(each), TODAY) for each in (5, 15, 16)]
    assert asked == [TODAY, DUE, None]
    app.write(records.change, "product", "FAN1", {"lead_days": 30})
    assert app.read(promise.of, fan, D(16), TODAY) == dt.date(2026, 12, 20)


def test_lines_of_a_draft_count_on_those_above(app: App) -> None:
    a_supply(app, "FAN1", "10")
    lines = (a_line(app, "FAN1", "4"), an_item(), a_line(app, "FAN1", "4"), a_line(app))
    assert app.read(promise.of_lines, lines) == (TODAY, None, DUE, TODAY)


def test_what_waits_for_others_is_not_promised_again(app: App) -> None:
    a_supply(app, "FAN1", "10")
    a_supply(app, "FAN1", "10", dt.date(2026, 12, 24))
    waiting = an_order(app, a_line(app, "FAN1", "12"))
    app.write(orders.confirm, waiting.number, backorder=True)
    assert app.read(promise.of, id_of(app, "FAN1"), D(4), TODAY) == dt.date(2026, 12, 24)


def test_confirming_promises_each_line_and_the_order(app: App) -> None:
    a_supply(app, "FAN1", "10")
    order = an_order(app, a_line(app, "FAN1", "8"), a_line(app), an_item())
    app.write(orders.confirm, order.number, backorder=True)
    rows = app.database.fetch("SELECT promised FROM sales_order_line ORDER BY position")
    assert [each for (each,) in rows] == [DUE.isoformat(), TODAY.isoformat(), None]
    assert app.read(records.show, "order", order.number).values["promised_date"] == DUE


def test_a_promise_after_the_wanted_day_warns(app: App) -> None:
    a_supply(app, "FAN1", "10")
    order = an_order(app, a_line(app, "FAN1", "8"))
    assert app.read(orders.late_warning, order.number) is None
    app.write(orders.want_on, order.number, dt.date(2026, 11, 25))
    warning = str(app.read(orders.late_warning, order.number))
    assert "is wanted on 2026-11-25 and can be there on 2026-12-01" in warning
    app.write(orders.confirm, order.number, backorder=True)
    assert str(app.read(orders.late_warning, order.number)) == warning
    app.write(orders.want_on, order.number, DUE)
    assert app.read(orders.late_warning, order.number) is None


# Back-orders


def reserved(app: App, sku: str = "FAN1") -> tuple[Decimal, Decimal]:
    values = app.read(records.show, "product", sku).values
    return values["stock"], values["reserved"]


def test_without_backorder_all_or_nothing_is_held(app: App) -> None:
    order = an_order(app, a_line(app, "FAN1", "8"))
    with pytest.raises(DomainError, match="FAN1 is wanted 8 times, 5 are free"):
        app.write(orders.confirm, order.number)
    assert reserved(app) == (D(5), D(0))


def test_a_back_order_holds_what_is_free_and_delivers_it(app: App) -> None:
    order = an_order(app, a_line(app, "FAN1", "8"))
    assert app.write(orders.confirm, order.number, backorder=True).state == "confirmed"
    assert reserved(app) == (D(5), D(5))
    line = app.read(deliveries.open_lines, order.number)[0]
    assert (line.open, line.reserved) == (D(8), D(5))
    assert databases.check(app) == []


def test_what_a_cancelled_order_frees_goes_to_who_waits(app: App) -> None:
    first, second = an_order(app, a_line(app, "FAN1", "5")), an_order(app, a_line(app, "FAN1", "3"))
    app.write(orders.confirm, first.number)
    app.write(orders.confirm, second.number, backorder=True)
    app.write(orders.cancel, first.number)
    assert reserved(app) == (D(5), D(3))
    assert app.read(deliveries.open_lines, second.number)[0].reserved == D(3)
    assert databases.check(app) == []


def test_what_comes_back_goes_to_who_waits(app: App) -> None:
    first, second = an_order(app, a_line(app, "FAN1", "5")), an_order(app, a_line(app, "FAN1", "3"))
    app.write(orders.confirm, first.number)
    app.write(orders.confirm, second.number, backorder=True)
    gone = app.write(deliveries.ship, app.write(deliveries.new, first.number).id or 0)
    app.write(returns.take_back, gone.number)
    assert reserved(app) == (D(5), D(3))
    assert databases.check(app) == []


def test_stock_that_was_typed_goes_to_who_waits_at_once(app: App) -> None:
    order = an_order(app, a_line(app, "FAN1", "8"))
    app.write(orders.confirm, order.number, backorder=True)
    app.write(records.change, "product", "FAN1", {"stock": D(20)})
    assert reserved(app) == (D(20), D(8))
    assert app.write(orders.allocate) == ()


def test_units_of_a_line_are_shared_in_stock_units(app: App) -> None:
    a_product(app, "NAIL", stock=D(0), units="box = 12")
    order = an_order(app, a_line(app, "NAIL", "2", unit="box", factor=D(12)))
    app.write(orders.confirm, order.number, backorder=True)
    app.write(stocking.receive, "NAIL", D(30))
    assert reserved(app, "NAIL") == (D(30), D(24))


# Credit


def credit(app: App, check: str, limit: str = "10000000") -> None:
    app.write(settings.save, Settings(company="PT Maju", credit_check=check))
    app.write(records.change, "account", "ALFKI", {"credit_limit": D(limit)})


def plain(sentence: str) -> str:
    return " ".join(sentence.replace("\u202f", " ").split())


def test_within_the_limit_nothing_is_said(app: App) -> None:
    credit(app, "block")
    order = an_order(app, a_line(app))
    assert app.read(orders.credit_warning, order.number) is None
    app.write(orders.confirm, order.number)


def test_open_orders_and_invoices_count_once(app: App) -> None:
    credit(app, "warn", "11000000")
    first = an_order(app, a_line(app))
    app.write(orders.confirm, first.number)
    second = an_order(app, a_line(app))
    told = str(app.read(orders.credit_warning, second.number))
    app.write(deliveries.ship, app.write(deliveries.new, first.number).id or 0)
    app.write(invoices.issue, app.write(invoices.new, first.number).id or 0)
    assert str(app.read(orders.credit_warning, second.number)) == told
    assert "ALFKI has IDR 5 716 500 open of a credit limit of IDR 11 000 000" in plain(told)


def test_a_warning_lets_pass_and_a_block_does_not(app: App) -> None:
    credit(app, "block", "1000000")
    order = an_order(app, a_line(app))
    with pytest.raises(DomainError, match="Collect the payment or raise the limit"):
        app.write(orders.confirm, order.number)
    credit(app, "warn", "1000000")
    assert app.read(orders.credit_warning, order.number) is not None
    assert app.write(orders.confirm, order.number).state == "confirmed"


def test_overdue_invoices_are_told_even_without_a_limit(app: App) -> None:
    old = an_order(app, a_line(app))
    app.write(orders.confirm, old.number)
    app.write(deliveries.ship, app.write(deliveries.new, old.number).id or 0)
    made = app.write(invoices.new, old.number)
    app.write(invoices.issue, made.id or 0, dt.date(2026, 9, 1))
    order = an_order(app, a_line(app))
    assert "of ALFKI are overdue" in str(app.read(orders.credit_warning, order.number))


def test_off_asks_nothing(app: App) -> None:
    credit(app, "off", "1")
    assert app.read(orders.credit_warning, an_order(app, a_line(app)).number) is None


def test_another_currency_is_not_compared(app: App) -> None:
    credit(app, "block", "1")
    sent = a_sent_quotation(app, an_item("100"), currency="USD", price_list="")
    order = app.write(quotations.order, sent.number)
    assert app.write(orders.confirm, order.number).state == "confirmed"


def test_a_refused_order_stands_at_the_customer_and_stays_a_draft(app: App) -> None:
    credit(app, "block", "1")
    order = an_order(app, a_line(app))
    with pytest.raises(DomainError) as refused:
        app.write(orders.confirm, order.number)
    assert refused.value.field == "account"
    assert app.read(orders.show, order.number).state == "draft"
