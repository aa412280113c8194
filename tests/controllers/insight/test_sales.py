"""The sales report on a real database: dimensions, periods, currencies, margins, filters."""

import datetime as dt
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders, quotations
from controllers.insight import reports
from controllers.insight.naming import told_apart
from controllers.insight.sales import SalesOptions
from models.values.errors import DomainError, NotFoundError
from reports.kit.table import TableReport
from tests.builders import a_sent_quotation, an_item
from tests.conftest import Contents
from tests.controllers.insight.business import a_business

D = Decimal
SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 31)


@pytest.fixture
def contents() -> Contents:
    return a_business


@pytest.fixture
def taxed(app: App) -> App:
    """One more order of today, confirmed, with tax: 1,000,000 net and 110,000 tax."""
    order = app.write(
        quotations.order, a_sent_quotation(app, an_item("1000000"), owner="sari").number
    )
    app.write(orders.confirm, order.number)
    return app


def run(app: App, name: str = "sales", **options: Any) -> TableReport:
    return app.read(reports.report, name, SalesOptions(**options))


def rows(app: App, **options: Any) -> dict[tuple[object, ...], list[object]]:
    """The measures by the values of the dimensions."""
    width = len(options.get("by") or ("month",))
    return {tuple(row[:width]): list(row[width:]) for row in run(app, **options).rows}


def test_months_are_the_usual_dimension_and_drafts_count_for_nothing(app: App) -> None:
    assert {key[0]: row[1] for key, row in rows(app).items()} == {
        "2025-12": D(10_000), "2026-09": D(10_000), "2026-10": D(7_100),
    }  # fmt: skip


def test_discounts_are_off_and_margins_take_the_cost_of_the_line(app: App) -> None:
    september = rows(app, by=("product",), since=SEPTEMBER, until=dt.date(2026, 9, 30))
    assert september == {
        ("Pump PUMP12",): [D(2), D(9000), D(0), D(9000), D(3000)],
        ("Pump FAN1",): [D(1), D(1000), D(0), D(1000), D(400)],
    }


def test_two_dimensions_are_crossed(app: App) -> None:
    found = rows(app, by=("category", "owner"))
    assert {key: row[:2] for key, row in found.items()} == {
        ("", "Budi"): [D(3), D(2100)],
        ("Fans", "Budi"): [D(10), D(10_000)],
        ("Fans", "Sari"): [D(1), D(1000)],
        ("Pumps", "Sari"): [D(3), D(14_000)],
    }


@pytest.fixture
def namesakes(app: App) -> App:
    """BETA has the name of ALFKI and a free item that of a product, but for their case."""
    app.write(records.change, "account", "BETA", {"name": "ALFREDS Futterkiste"})
    app.write(records.change, "product", "FAN1", {"name": "Installation"})
    return app


def test_customers_of_one_name_are_told_apart_by_their_codes(namesakes: App) -> None:
    found = rows(namesakes, by=("customer",))
    assert {key: row[1] for key, row in found.items()} == {
        ("Alfreds Futterkiste (ALFKI)",): D(15_000),
        ("ALFREDS Futterkiste (BETA)",): D(12_100),
    }
    report = run(namesakes, by=("customer", "month"))
    assert report.summary is not None
    assert len(report.summary.row_labels) == 2


def test_a_product_and_a_free_item_of_one_name_are_two_rows(namesakes: App) -> None:
    found = rows(namesakes, by=("product",))
    assert {key[0]: row[1] for key, row in found.items()} == {
        "Installation (FAN1)": D(11_000), "Installation": D(2100), "Pump PUMP12": D(14_000),
    }  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf"])
def test_every_file_tells_customers_of_one_name_apart(
    namesakes: App, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"sales.{ending}"
    assert reports.run(namesakes, "sales", path, SalesOptions(by=("customer",))) == 2
    if ending == "csv":
        assert path.read_text().count("(BETA)") == 1


def test_a_group_without_any_known_cost_has_no_margin_and_a_note_says_so(app: App) -> None:
    found = rows(app, by=("owner",), since=SEPTEMBER)
    assert found["Budi",][4] is None
    assert found["Sari",][4] == D(5400)
    notes = run(app, by=("owner",)).notes
    assert any("without a known cost (IDR 2,100 net)" in each for each in notes)


def test_a_margin_is_that_of_the_lines_with_a_cost(app: App) -> None:
    found = rows(app, since=dt.date(2026, 10, 1))
    assert found["2026-10",] == [D(4), D(7100), D(0), D(7100), D(2000)]


def test_the_first_and_the_last_day_belong_to_the_period(app: App) -> None:
    found = rows(app, by=("year",), since=dt.date(2026, 9, 10), until=OCTOBER)
    assert found["2026",][1] == D(17_100)
    assert ("2025",) not in found


def test_currencies_are_never_added_up(app: App) -> None:
    report = run(app, by=("customer",))
    assert "Amounts in MYR are left out; choose another currency to see them." in report.notes
    assert rows(app, by=("customer",), currency="myr") == {
        ("Beta Toko",): [D(4), D(1002), D(0), D(1002), None],
    }


def test_filters_narrow_by_record_and_by_place(app: App) -> None:
    assert list(rows(app, filters=(("product", "PUMP12"),))) == [("2026-09",), ("2026-10",)]
    by_team = rows(app, by=("team",), filters=(("account", "BETA"), ("owner", "budi")))
    assert list(by_team) == [("East",)]
    assert list(rows(app, by=("territory",), filters=(("city", "Ipoh"),))) == [("North",)]


def test_tax_and_gross_are_those_of_the_lines(taxed: App) -> None:
    found = rows(taxed, since=dt.date(2026, 11, 1))
    assert found["2026-11",] == [D(1), D(1_000_000), D(110_000), D(1_110_000), None]


def test_totals_are_the_sums_of_the_rows(taxed: App) -> None:
    report = run(taxed, by=("customer", "month"))
    for at, column in enumerate(report.columns[2:], 2):
        values = [row[at] for row in report.rows if row[at] is not None]
        assert report.totals[column.name] == sum(values)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"by": ("moon",)}, "by"),
        ({"by": ("month", "month")}, "by"),
        ({"by": ("month", "year", "team")}, "by"),
        ({"filters": (("moon", "1"),)}, "filters"),
        ({"since": OCTOBER, "until": SEPTEMBER}, "until"),
        ({"currency": "XQZ"}, "currency"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(
    app: App, options: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refusal:
        run(app, **options)
    assert refusal.value.field == field


def test_an_unknown_report_names_the_ones_there_are(app: App) -> None:
    with pytest.raises(NotFoundError, match="sales, quotation_conversion, answer_times"):
        run(app, "moon")


def test_a_known_currency_without_sums_gives_an_empty_report(app: App) -> None:
    assert list(run(app, currency="SGD").rows) == []


def test_hidden_columns_leave_rows_and_totals(app: App) -> None:
    report = app.read(reports.report, "sales", SalesOptions(), ("margin",))
    assert "margin" not in [each.name for each in report.columns]
    assert {len(list(row)) for row in report.rows} == {5}
    assert "margin" not in report.totals


def test_the_data_sheet_has_the_names_scripts_rely_on(app: App, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "sales.xlsx"
    reports.run(app, "sales", path, SalesOptions(by=("category", "month")))
    book = load_workbook(path)
    heads = [cell.value for cell in next(book["Data"].iter_rows(max_row=1))]
    assert heads == ["category", "month", "quantity", "net", "tax", "gross", "margin"]
    assert len(book.worksheets[0]._charts) == 1


@pytest.mark.slow
@pytest.mark.parametrize("by", [("month",), ("category", "month"), ("customer", "owner")])
def test_the_workbooks_formulas_agree_with_the_programs_totals(
    taxed: App, tmp_path: Path, by: tuple[str, ...]
) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    from openpyxl import load_workbook

    path, out = tmp_path / "sales.xlsx", tmp_path / "out"
    reports.run(taxed, "sales", path, SalesOptions(by=by))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    sheet = load_workbook(out / path.name, data_only=True).worksheets[0]
    told = {row[0]: row[1] for row in reversed(list(sheet.values)) if row[0]}
    report = run(taxed, by=by)
    labels = {each.name: each.heading for each in report.columns}
    shown = {name: Decimal(str(told[labels[name]])).quantize(D("0.01")) for name in report.totals}
    assert shown == {
        name: Decimal(each).quantize(D("0.01")) for name, each in report.totals.items()
    }


def test_a_name_that_looks_like_another_with_its_code_stays_apart() -> None:
    toko, other, third = ("Toko", "A"), ("toko", "B"), ("Toko (A)", "C")
    names = told_apart([toko, other, third, ("2026", "")])
    assert len({each.casefold() for each in names.values()}) == 4
    assert names["2026", ""] == "2026"
