"""Lists as files: exactly what is shown, whole or not at all, of any length."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from controllers.core import records
from controllers.core.app import App
from controllers.insight.exports import export_list
from models.values.errors import DomainError
from models.values.records import Filter, ListQuery
from reports.kit.files import Cancelled
from tests.conftest import Contents

COLUMNS = ("code", "name", "city", "credit_limit")


@pytest.fixture
def contents() -> Contents:
    return thirty_customers


def thirty_customers(app: App) -> None:
    for at in range(30):
        values = {"code": f"C{at:02}", "name": f"Toko {at:02}", "credit_limit": f"{at}.5",
                  "city": ("Ipoh", "Medan")[at % 2], "currency": "MYR"}  # fmt: skip
        app.write(records.create, "account", values)


def shown(app: App, query: ListQuery) -> list[str]:
    """The codes of a list, in its order."""
    return [str(row[1]) for block in app.listing.stream(query) for row in block]


@pytest.mark.parametrize(
    "query",
    [
        ListQuery("account", COLUMNS),
        ListQuery("account", COLUMNS, search="toko 1"),
        ListQuery("account", COLUMNS, filters=(Filter("city", "=", "Medan"),)),
        ListQuery("account", COLUMNS, search="toko", sort="-code"),
    ],
)
def test_a_file_holds_exactly_what_is_shown(app: App, tmp_path: Path, query: ListQuery) -> None:
    path = tmp_path / "list.csv"
    count = export_list(app, query, path)
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    assert [row[0] for row in rows[1:]] == shown(app, query)
    assert count == len(rows) - 1 > 0


def test_the_columns_are_those_of_the_list_in_the_persons_language(
    app: App, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    export_list(app, ListQuery("account", ("city", "code")), path)
    assert next(csv.reader(path.read_text("utf-8").splitlines())) == ["City", "Code"]


def test_a_workbook_keeps_amounts_as_figures(app: App, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    export_list(app, ListQuery("account", COLUMNS), path)
    rows = list(load_workbook(path)["Data"].values)
    assert rows[0] == ("Code", "Name", "City", "Credit limit (MYR)")
    assert rows[3][:3] == ("C02", "Toko 02", "Ipoh")
    assert Decimal(str(rows[3][3])) == Decimal("2.5")


def test_a_cancel_leaves_no_file_and_an_older_one_as_it_was(app: App, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(b"older")
    with pytest.raises(Cancelled):
        export_list(app, ListQuery("account", COLUMNS), path, progress=lambda _rows: False)
    assert path.read_bytes() == b"older"
    assert [each for each in tmp_path.iterdir() if each.suffix == ".tmp"] == []


@pytest.mark.parametrize("name", ["list.doc", "list", "."])
def test_a_file_that_cannot_be_is_refused(app: App, tmp_path: Path, name: str) -> None:
    with pytest.raises(DomainError):
        export_list(app, ListQuery("account", COLUMNS), tmp_path / name)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_cancel_amid_many_rows_leaves_no_file(app: App, tmp_path: Path, ending: str) -> None:
    insert = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) "
        "INSERT INTO account(code, name, name_key) SELECT 'D' || i, 'Toko', 'toko' FROM n"
    )
    app.write(lambda uow: uow.connection.exec_driver_sql(insert))
    folder, told = tmp_path / "out", list[int]()
    folder.mkdir()

    def progress(rows: int) -> bool:
        told.append(rows)
        return rows < 10_000

    with pytest.raises(Cancelled):
        export_list(app, ListQuery("account", ("code",)), folder / f"l.{ending}", progress=progress)
    assert told == [5_000, 10_000]
    assert list(folder.iterdir()) == []
