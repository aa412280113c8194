"""What to buy and what stock is worth, on a real database."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from controllers.catalogue import stocking
from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders, quotations
from controllers.insight import reports
from controllers.insight.sales import SalesOptions
from models.rules.promise import Outlook
from models.rules.reorder import suggested
from models.values.errors import DomainError
from tests.builders import a_company, a_line, a_product, a_sent_quotation
from tests.conftest import Contents
from tests.controllers.conftest import SignIn

D = Decimal


@pytest.fixture
def contents() -> Contents:
    return a_company


@pytest.fixture
def shop(app: App) -> App:
    return app


def run(app: App, name: str, folder: Path, *filters: tuple[str, str]) -> list[dict[str, str]]:
    path = folder / f"{name}.csv"
    reports.run(app, name, path, SalesOptions(filters=filters))
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("free", "owed", "expected", "level", "lot", "buys"),
    [
        ("5", "0", "0", "5", "10", "0"),
        ("4", "0", "0", "5", "10", "10"),
        ("4", "0", "1", "5", "10", "0"),
        ("0", "30", "0", "5", "10", "35"),
        ("0", "3", "0", "0", "0", "3"),
    ],
)
def test_bought_is_the_usual_quantity_or_what_is_missing(
    free: str, owed: str, expected: str, level: str, lot: str, buys: str
) -> None:
    known = Outlook(D(free), D(owed), ((dt.date(2026, 12, 1), D(expected)),))
    assert suggested(known, D(level), D(lot)) == D(buys)


def test_what_falls_under_its_level_or_is_waited_for_is_to_be_bought(
    shop: App, tmp_path: Path
) -> None:
    a_product(shop, "LOW", stock=D(2), reorder_level=D(5), reorder_quantity=D(20), lead_days=7)
    shop.write(
        records.create, "supply",
        {"product": "LOW", "quantity": D(1), "due": dt.date(2026, 12, 1), "supplier": "PT Angin"},
    )  # fmt: skip
    a_product(shop, "FULL", stock=D(9), reorder_level=D(5))
    order = shop.write(quotations.order, a_sent_quotation(shop, a_line(shop, "FAN1", "8")).number)
    shop.write(orders.confirm, order.number, backorder=True)
    low, fan = sorted(run(shop, "reorder", tmp_path), key=lambda row: row["product"], reverse=True)
    assert (low["suggested"], low["expected"], low["supplier"]) == ("20", "1", "PT Angin")
    assert (fan["product"], fan["waiting"], fan["suggested"]) == ("FAN1", "3", "3")


def test_stock_is_worth_its_moving_average_by_warehouse(shop: App, tmp_path: Path) -> None:
    shop.write(records.create, "warehouse", {"code": "EAST", "name": "East"})
    shop.write(stocking.receive, "FAN1", D(5), unit_cost=D(800_000))
    shop.write(stocking.transfer, "FAN1", D(4), target="EAST")
    rows = run(shop, "stock", tmp_path, ("product", "fan1"))
    worth = {row["warehouse"]: (row["quantity"], row["cost"], row["value"]) for row in rows}
    assert worth == {
        "EAST": ("4", "700000", "2800000"), "MAIN": ("6", "700000", "4200000"),
    }  # fmt: skip


def test_an_empty_stock_makes_reports_all_the_same(shop: App, tmp_path: Path) -> None:
    for ending in ("xlsx", "pdf"):
        for name in ("stock", "reorder"):
            path = tmp_path / f"{name}.{ending}"
            reports.run(shop, name, path, SalesOptions(filters=(("product", "NOPE"),)))
            assert path.stat().st_size > 0


def test_stock_is_not_narrowed_by_customers(shop: App, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="Stock cannot be filtered by “account”"):
        run(shop, "reorder", tmp_path, ("account", "ALFKI"))


def test_what_stock_is_worth_is_for_those_who_see_costs(sign_in: SignIn, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="See cost and margin"):
        run(sign_in("sales_support"), "stock", tmp_path)
    run(sign_in("sales_support"), "reorder", tmp_path)
