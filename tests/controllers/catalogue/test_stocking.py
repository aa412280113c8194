"""Stock booked by hand on a real database: what comes, goes, moves, and what is refused."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from controllers.catalogue import stocking, supplies
from controllers.core import records
from controllers.core.app import App
from controllers.documents import deliveries, orders, quotations
from controllers.system import databases, settings
from controllers.system.imports import Request, import_file, undo
from models.values.documents import Draft
from models.values.errors import DomainError
from models.values.settings import Settings
from tests.builders import a_line, a_product, a_sent_quotation

D = Decimal
DAY = dt.date(2026, 12, 1)


def a_warehouse(app: App, code: str) -> None:
    app.write(records.create, "warehouse", {"code": code, "name": f"Warehouse {code}"})


def a_supply(app: App, sku: str = "FAN1", quantity: str = "10", **values: Any) -> Any:
    plain = {"code": "PO-1", "product": sku, "quantity": D(quantity), "due": DAY}
    return app.write(records.create, "supply", plain | values)


def an_order(app: App, *quantities: str, sku: str = "FAN1") -> Draft:
    sent = a_sent_quotation(app, *(a_line(app, sku, each) for each in quantities))
    return app.write(quotations.order, sent.number)


def product(app: App, sku: str = "FAN1") -> dict[str, Any]:
    return app.read(records.show, "product", sku).values


def places(app: App, sku: str = "FAN1") -> list[tuple[str, str, Decimal]]:
    return [(each["warehouse"], each["lot"], each["quantity"])
            for each in app.read(stocking.levels, sku)]  # fmt: skip


def test_a_receipt_raises_stock_and_the_average_cost(app: App) -> None:
    booked = app.write(stocking.receive, "fan1", D(5), unit_cost=D(800_000))
    assert (booked.sku, booked.stock) == ("FAN1", D(10))
    assert product(app)["average_cost"] == D(700_000)


def test_a_receipt_may_be_noted_for_an_earlier_day(app: App) -> None:
    app.write(stocking.receive, "FAN1", D(1), date=dt.date(2026, 11, 2), note="late slip")
    newest = app.read(stocking.moves, "FAN1")[0]
    assert (newest["date"], newest["reason"], newest["note"]) == (
        dt.date(2026, 11, 2), "receipt", "late slip",
    )  # fmt: skip


def test_what_was_expected_is_received_in_parts(app: App) -> None:
    a_supply(app, unit_cost=D(900_000))
    app.write(stocking.receive, "FAN1", D(4), supply="po-1")
    assert product(app)["stock"] == D(9)
    assert app.read(records.show, "supply", "PO-1").values["received"] == D(4)
    app.write(stocking.receive, "FAN1", supply="PO-1")
    assert app.read(records.show, "supply", "PO-1").values["received"] == D(10)
    assert product(app)["average_cost"] == D(800_000)
    with pytest.raises(DomainError, match="All of the expected receipt PO-1 came already"):
        app.write(stocking.receive, "FAN1", D(1), supply="PO-1")


def test_more_than_was_expected_is_booked_only_where_that_is_meant(app: App) -> None:
    a_supply(app, quantity="4")
    app.write(stocking.receive, "FAN1", D(1), supply="PO-1")
    with pytest.raises(DomainError, match="PO-1: 5 came, 3 are still expected") as refused:
        app.write(stocking.receive, "FAN1", D(5), supply="PO-1")
    assert (refused.value.field, product(app)["stock"]) == ("surplus", D(6))
    app.write(stocking.receive, "FAN1", D(5), supply="PO-1", surplus=True)
    assert app.read(records.show, "supply", "PO-1").values["received"] == D(6)
    assert (product(app)["stock"], databases.check(app)) == (D(11), [])


def test_a_receipt_is_begun_from_what_is_expected_and_from_where_it_lies(app: App) -> None:
    made = a_supply(app)
    app.write(stocking.receive, "FAN1", D(4), supply="PO-1")
    fan = app.read(records.show, "product", "FAN1").id
    assert app.read(supplies.receipt_of, "supply", made.id) == (
        fan, {"warehouse": "", "supply": "PO-1", "quantity": D(6)},
    )  # fmt: skip
    (level,) = app.database.fetch("SELECT id FROM stock_level WHERE product_id = ?", (fan,))
    assert app.read(supplies.receipt_of, "stock_level", level[0]) == (
        fan, {"warehouse": "MAIN", "lot": ""},
    )  # fmt: skip


def test_an_expected_receipt_of_another_product_is_refused(app: App) -> None:
    a_supply(app)
    with pytest.raises(DomainError, match="PO-1 is not of PUMP12"):
        app.write(stocking.receive, "PUMP12", D(4), supply="PO-1")
    assert app.read(records.show, "supply", "PO-1").values["received"] == 0


def test_lots_and_serial_numbers(app: App) -> None:
    a_product(app, "GLUE", tracking="lot", stock=D(0))
    a_product(app, "PHONE", tracking="serial", stock=D(0))
    app.write(stocking.receive, "GLUE", lots={"L1": D(30), "L2": D("2.5")})
    app.write(stocking.receive, "PHONE", D(2), lots=["S1", "S2"])
    assert places(app, "GLUE") == [("MAIN", "L1", D(30)), ("MAIN", "L2", D("2.5"))]
    assert places(app, "PHONE") == [("MAIN", "S1", D(1)), ("MAIN", "S2", D(1))]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quantity": D(1)}, "PHONE is tracked: name its lots or serial numbers"),
        ({"quantity": D(2), "lots": ["S9"]}, "the lots come to 1, the quantity is 2"),
        ({"lots": {"S9": D(2)}}, "serial number S9 is one piece, not 2"),
        ({"lots": ["S9", "S9"]}, "a lot or serial number stands twice"),
        ({"lots": ["S1"]}, "serial number S1 lies in MAIN already"),
        ({"lots": ["S9"], "warehouse": "MARS"}, "no warehouse “MARS”"),
        ({"lots": ["S9"], "supply": "NONE"}, "no expected receipt “NONE”"),
        ({"lots": ["S9"], "date": dt.date(2027, 1, 1)}, "still to come"),
        ({"lots": ["S9"], "unit_cost": D(-1)}, "cost cannot be below 0"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_and_nothing_changes(
    app: App, values: dict[str, Any], sentence: str
) -> None:
    a_product(app, "PHONE", tracking="serial", stock=D(0))
    app.write(stocking.receive, "PHONE", lots=["S1"])
    with pytest.raises(DomainError, match=sentence):
        app.write(stocking.receive, "PHONE", **values)
    assert places(app, "PHONE") == [("MAIN", "S1", D(1))]


@pytest.mark.parametrize("quantity", [D(0), D(-3), D("1.00001"), D("1e12")])
def test_a_quantity_is_over_nothing_with_four_decimals(app: App, quantity: Decimal) -> None:
    for book in (stocking.receive, stocking.scrap):
        with pytest.raises(DomainError, match="FAN1: a quantity is over 0"):
            app.write(book, "FAN1", quantity)
    assert product(app)["stock"] == D(5)


def test_services_and_unknown_products_have_no_stock(app: App) -> None:
    a_product(app, "VISIT", stocked=False, stock=D(0))
    with pytest.raises(DomainError, match="VISIT is not kept in stock"):
        app.write(stocking.receive, "VISIT", D(1))
    with pytest.raises(DomainError, match="no product “NOPE”"):
        app.write(stocking.receive, "NOPE", D(1))


def test_an_untracked_product_has_no_lots(app: App) -> None:
    with pytest.raises(DomainError, match="FAN1 is not tracked, so it has no lot “L1”"):
        app.write(stocking.receive, "FAN1", D(1), lots=["L1"])


def test_closed_books_keep_stock_still(app: App) -> None:
    app.write(settings.save, Settings(closed_until="2026-11-20"))
    with pytest.raises(DomainError, match="books are closed"):
        app.write(stocking.receive, "FAN1", D(1))
    with pytest.raises(DomainError, match="books are closed"):
        app.write(stocking.adjust, "FAN1", quantity=D(1), note="found")
    assert product(app)["stock"] == D(5)


def test_an_adjustment_to_a_quantity_or_by_a_difference(app: App) -> None:
    app.write(stocking.adjust, "FAN1", quantity=D(8), note="found three")
    assert app.write(stocking.adjust, "FAN1", difference=D(-2), note="broken").stock == D(6)
    assert [each["quantity"] for each in app.read(stocking.moves, "FAN1")][:2] == [D(-2), D(3)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"quantity": D(3)}, "say in the note why"),
        ({"note": "x"}, "new quantity or the difference"),
        ({"note": "x", "quantity": D(-1)}, "-1 cannot lie in stock"),
        ({"note": "x", "difference": D(-6)}, "-1 cannot lie in stock"),
        ({"note": "x", "quantity": D(5)}, "5 are there already"),
        ({"note": "x", "quantity": D(5), "lot": "L"}, "is not tracked"),
    ],
)
def test_an_adjustment_that_cannot_be_is_refused(
    app: App, values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        app.write(stocking.adjust, "FAN1", **values)
    assert product(app)["stock"] == D(5)


def test_a_transfer_changes_the_place_and_not_the_stock(app: App) -> None:
    a_warehouse(app, "EAST")
    before = product(app)["average_cost"]
    app.write(stocking.transfer, "FAN1", D(2), target="EAST")
    assert places(app) == [("EAST", "", D(2)), ("MAIN", "", D(3))]
    assert (product(app)["stock"], product(app)["average_cost"]) == (D(5), before)


def test_a_transfer_needs_two_warehouses_and_enough(app: App) -> None:
    a_warehouse(app, "EAST")
    with pytest.raises(DomainError, match="6 are to leave MAIN, 5 are there"):
        app.write(stocking.transfer, "FAN1", D(6), target="EAST")
    with pytest.raises(DomainError, match="two different warehouses"):
        app.write(stocking.transfer, "FAN1", D(1), source="MAIN", target="MAIN")
    assert places(app) == [("MAIN", "", D(5))]


def test_scrap_leaves_the_stock(app: App) -> None:
    assert app.write(stocking.scrap, "FAN1", D(2), note="fell down").stock == D(3)
    with pytest.raises(DomainError, match="4 are to leave MAIN, 3 are there"):
        app.write(stocking.scrap, "FAN1", D(4))


def test_an_unknown_lot_cannot_leave(app: App) -> None:
    a_product(app, "GLUE", tracking="lot", stock=D(0))
    app.write(stocking.receive, "GLUE", D(5), lots=["L1"])
    with pytest.raises(DomainError, match="of lot L9 are to leave MAIN, 0 are there"):
        app.write(stocking.scrap, "GLUE", D(1), lots=["L9"])


# Orders follow


def test_a_receipt_goes_to_the_back_order_that_was_promised_first(app: App) -> None:
    app.write(stocking.scrap, "FAN1", D(5))
    a_supply(app, quantity="4")
    early, late = an_order(app, "4"), an_order(app, "4")
    app.write(orders.confirm, early.number, backorder=True)
    app.write(orders.confirm, late.number, backorder=True)
    booked = app.write(stocking.receive, "FAN1", D(6), supply="PO-1", surplus=True)
    assert [(each.order, each.units) for each in booked.shares] == [
        (early.id, D(4)), (late.id, D(2)),
    ]  # fmt: skip
    assert (booked.stock, booked.reserved) == (D(6), D(6))
    assert databases.check(app) == []


def test_stock_that_is_typed_goes_to_who_waits_and_gives_way_where_it_is_less(app: App) -> None:
    early, late = an_order(app, "8"), an_order(app, "4")
    for each in (early, late):
        app.write(orders.confirm, each.number, backorder=True)
    assert product(app)["reserved"] == D(5)
    app.write(records.change, "product", "FAN1", {"stock": D(10)})
    held = [app.read(deliveries.open_lines, each.number)[0].reserved for each in (early, late)]
    assert (held, product(app)["reserved"]) == ([D(8), D(2)], D(10))
    app.write(records.change, "product", "FAN1", {"stock": D(6)})
    held = [app.read(deliveries.open_lines, each.number)[0].reserved for each in (early, late)]
    assert (held, databases.check(app)) == ([D(6), D(0)], [])


def test_stock_of_a_file_goes_to_who_waits_as_a_receipt_does(app: App, tmp_path: Path) -> None:
    order = an_order(app, "8")
    app.write(orders.confirm, order.number, backorder=True)
    path = tmp_path / "products.csv"
    path.write_text("sku,name,stock\nFAN1,Fan,20\nNEW1,New,3\n", "utf-8")
    outcome = import_file(app, Request("product", path))
    assert app.read(deliveries.open_lines, order.number)[0].reserved == D(8)
    app.write(undo, outcome.run or 0)
    assert (product(app)["stock"], product(app)["reserved"]) == (D(5), D(5))
    assert databases.check(app) == []


def test_scrap_takes_from_the_newest_promise_what_is_not_there(app: App) -> None:
    early, late = an_order(app, "2"), an_order(app, "3")
    app.write(orders.confirm, early.number)
    app.write(orders.confirm, late.number)
    booked = app.write(stocking.scrap, "FAN1", D(4))
    assert (booked.stock, booked.reserved) == (D(1), D(1))
    held = [app.read(deliveries.open_lines, each.number)[0].reserved for each in (early, late)]
    assert held == [D(1), D(0)]
    assert {each.order: each.units for each in booked.shares} == {early.id: D(-1), late.id: D(-3)}
    assert databases.check(app) == []
