"""The Reports page: choose, narrow, read, sort, hand out."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.insight import reports
from controllers.system import imports
from tests.ui.showing import shown
from ui.insight.periods import period
from ui.insight.reports_page import ReportsPage
from ui.kit import language, tasks
from ui.kit.desk import Desk

pytestmark = pytest.mark.slow

Settle = Callable[[], None]

ROWS = """number,account,date,description,quantity,unit_price,currency
S1,C001,2026-09-10,Visit,2,5000,IDR
S2,C002,2026-10-02,Parts,1,7000,IDR
S3,C002,2026-10-31,Parts,3,100,MYR
"""


@pytest.fixture
def sold(filled: App, tmp_path: Path) -> App:
    path = tmp_path / "orders.csv"
    path.write_text(ROWS, encoding="utf-8")
    assert imports.import_file(filled, imports.Request("order", path)).created == 3
    return filled


@pytest.fixture
def page(sold: App, desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[ReportsPage]:
    yield from shown(lambda: ReportsPage(desk), qtbot, settle)


def texts(page: ReportsPage, at: int) -> list[str]:
    model = page.result.model
    return [model.text(row, at) for row in range(model.rowCount())]


def choose(page: ReportsPage, first: str, second: str = "") -> None:
    page.options.first.setCurrentIndex(page.options.first.findData(first))
    page.options.second.setCurrentIndex(page.options.second.findData(second))


def test_sales_by_month_of_the_last_year_stand_there_at_once(page: ReportsPage) -> None:
    assert page.report == "sales"
    assert texts(page, 0) == ["Sep 2026", "Oct 2026"]
    assert texts(page, 2) == ["10,000", "7,000"]
    assert page.chart.data is not None
    assert page.chart.data.labels == ("Sep 2026", "Oct 2026")


def test_totals_stand_below_the_rows(page: ReportsPage) -> None:
    model = page.result.totals.model()
    assert [model.index(0, at).data() for at in range(3)] == ["Total", "3", "17,000"]


def test_another_dimension_is_read_at_once(page: ReportsPage, settle: Settle) -> None:
    choose(page, "customer", "month")
    settle()
    assert texts(page, 0) == ["Toko B01", "Toko C02"]
    assert page.chart.data is not None
    assert [each.name for each in page.chart.data.series] == ["Toko B01", "Toko C02"]


def test_a_heading_sorts_and_again_turns(page: ReportsPage, qtbot: QtBot) -> None:
    header = page.result.view.horizontalHeader()
    header.sectionClicked.emit(2)
    assert texts(page, 2) == ["10,000", "7,000"]
    assert header.model().headerData(2, Qt.Orientation.Horizontal) == "Net ↓"
    header.sectionClicked.emit(2)
    assert texts(page, 2) == ["7,000", "10,000"]


def test_the_keyboard_sorts_by_the_column_of_the_cursor(page: ReportsPage, qtbot: QtBot) -> None:
    page.result.view.setCurrentIndex(page.result.model.index(0, 2))
    page.result.view.setFocus()
    qtbot.keyClick(page.result.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier
                   | Qt.KeyboardModifier.ShiftModifier)  # fmt: skip
    assert page.result.model.sorted == 2


def test_a_bad_day_stands_at_its_field_and_the_report_stays(
    page: ReportsPage, settle: Settle
) -> None:
    page.options.since.setText("32 Foo")
    page.options.ask()
    settle()
    assert "no date" in page.options.fields["since"].problem
    assert page.options.since.property("wrong") == "true"
    assert len(texts(page, 0)) == 2


def test_an_end_before_its_start_stands_at_the_end(page: ReportsPage, settle: Settle) -> None:
    page.options.since.setText("31/12/2026")
    page.options.until.setText("1/1/2026")
    page.options.ask()
    settle()
    assert "turn them round" in page.options.fields["until"].problem


def test_an_unknown_currency_stands_at_its_field(page: ReportsPage, settle: Settle) -> None:
    page.options.currency.setEditText("XQZ")
    page.options.ask()
    settle()
    assert "no currency" in page.options.fields["currency"].problem
    page.options.currency.setEditText("MYR")
    page.options.ask()
    settle()
    assert page.options.fields["currency"].problem == ""
    assert texts(page, 2) == ["300.00"]


def test_the_same_dimension_twice_stands_at_the_second(page: ReportsPage, settle: Settle) -> None:
    choose(page, "month", "month")
    settle()
    assert page.options.fields["across"].problem


def test_a_filter_is_found_by_typing_and_taken_away_again(
    page: ReportsPage, qtbot: QtBot, settle: Settle
) -> None:
    page.options.filter.setCurrentIndex(page.options.filter.findData("account"))
    page.options.value.setFocus()
    qtbot.keyClicks(page.options.value, "toko c02")
    settle()
    qtbot.keyClick(page.options.value, Qt.Key.Key_Return)
    settle()
    assert page.options.filters == [("account", "C002", "Toko C02")]
    assert texts(page, 2) == ["7,000"]
    page.options._remove("account")
    settle()
    assert len(texts(page, 0)) == 2


def test_an_empty_report_says_what_to_do_and_shows_all_time(
    page: ReportsPage, settle: Settle
) -> None:
    page.options.period.setCurrentIndex(page.options.period.findData("last_year"))
    settle()
    assert page.places.currentWidget() is page.empty
    assert not page.excel.isEnabled()
    page.show_ever()
    settle()
    assert page.places.currentWidget() is page.split
    assert len(texts(page, 0)) == 2


def test_every_report_can_be_read(page: ReportsPage, settle: Settle) -> None:
    for name in page.reports:
        page.cards.choose(name)
        settle()
        assert page.shown is not None
        assert page.report == name


def test_the_whole_page_speaks_the_language_chosen(page: ReportsPage, settle: Settle) -> None:
    language.set_language("id")
    settle()
    assert page.options.period.currentData() == "twelve_months"
    assert page.shown is not None
    assert page.shown.title != "Sales by Month"


@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf"])
def test_the_report_is_handed_out_as_a_file(
    page: ReportsPage, settle: Settle, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sales"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    page.export(form)
    settle()
    assert path.with_suffix(f".{form}").stat().st_size > 0


def test_a_cancelled_file_is_not_there(
    page: ReportsPage, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled, run = threading.Event(), reports.run

    def late(*args: Any) -> int:
        cancelled.wait(10)
        return run(*args)

    monkeypatch.setattr(reports, "run", late)
    page.export_to(tmp_path / "sales.pdf")
    for each in tasks.tasks().jobs:
        each.cancel()
    cancelled.set()
    settle()
    assert not (tmp_path / "sales.pdf").exists()


def test_rows_are_copied_with_their_headings(page: ReportsPage) -> None:
    page.result.copy()
    first, second, *_more = QApplication.clipboard().text().split("\n")
    assert first.startswith("Month\tQuantity\tNet")
    assert second.startswith("Sep 2026\t2\t10,000")


def test_costs_are_hidden_from_those_who_ask_for_it(page: ReportsPage, settle: Settle) -> None:
    page.desk.preferences.set("hide_restricted", True)
    page.run()
    settle()
    assert "Margin" not in [each.heading for each in page.result.model.columns]


def test_every_control_has_a_name(page: ReportsPage) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView

    for kind in (QAbstractButton, QComboBox, QLineEdit, QTableView):
        for each in page.findChildren(kind):
            if each.isVisibleTo(page) and not isinstance(each.parent(), (QComboBox, QTableView)):
                assert each.accessibleName(), each


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("this_month", dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
        ("last_month", dt.date(2026, 10, 1), dt.date(2026, 10, 31)),
        ("this_quarter", dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
        ("this_year", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("last_year", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        ("twelve_months", dt.date(2025, 12, 1), dt.date(2026, 11, 30)),
        ("ever", None, None),
    ],
)
def test_periods_are_whole_months(name: str, first: dt.date | None, last: dt.date | None) -> None:
    assert period(name, dt.date(2026, 11, 21)) == (first, last)
