"""The first real run: a known trading company comes in, twice, to the cent."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from controllers.core.app import App
from controllers.insight.sales import SalesOptions, sales
from controllers.system import imports
from controllers.system.integrity import problems
from tests.outside_data import outside

pytestmark = pytest.mark.slow

FILES = (
    ("user", "Employees", "employees"),
    ("account", "Customers", "customers"),
    ("contact", "Customers", "contacts"),
    ("product", "Products", "products"),
    ("order", "Orders", "orders"),
    ("order", "OrderDetails", "orders"),
)


def _bring_in(app: App, folder: Path) -> list[imports.Outcome]:
    return [
        imports.import_file(
            app,
            imports.Request(
                kind, folder / f"{file}.csv", profile=f"northwind-{profile}",
                set={"currency": "USD"} if kind in ("account", "order") else {},
            ),
        )
        for kind, file, profile in FILES
    ]  # fmt: skip


@pytest.fixture
def folder() -> Path:
    return outside("northwind", "csv")


def test_northwind_comes_in_whole_and_again_changes_nothing(app: App, folder: Path) -> None:
    first = _bring_in(app, folder)
    assert [each.rejected for each in first] == [0] * 6
    assert [each.created for each in first] == [9, 93, 93, 77, 830, 0]
    assert first[5].read == 2155
    again = _bring_in(app, folder)
    assert [(each.created, each.updated, each.rejected) for each in again] == [(0, 0, 0)] * 6


def test_the_order_lines_come_to_what_the_files_say(app: App, folder: Path) -> None:
    _bring_in(app, folder)
    with (folder / "OrderDetails.csv").open(encoding="utf-8", newline="") as file:
        wanted = sum(
            Decimal(row["UnitPrice"]) * Decimal(row["Quantity"]) * (1 - Decimal(row["Discount"]))
            for row in csv.DictReader(file)
        )
    report = app.read(sales, SalesOptions(by=("customer",), currency="USD"))
    assert report.totals["net"] == wanted
    assert app.write(problems) == []


def test_taking_the_lines_back_leaves_the_heads(app: App, folder: Path) -> None:
    outcomes = _bring_in(app, folder)
    assert app.write(imports.undo, outcomes[5].run) == {"removed": 0, "restored": 830}
    assert app.write(imports.undo, outcomes[4].run) == {"removed": 830, "restored": 0}
    assert app.write(problems) == []
