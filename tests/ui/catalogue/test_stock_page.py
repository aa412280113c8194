"""Stock in the window: booked by hand, moved, counted from a file, and left to who may."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from controllers.catalogue import stocking
from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders, quotations
from controllers.system import people
from tests.builders import a_company, a_line, a_product, a_sent_quotation
from tests.conftest import Contents
from tests.ui.showing import shown
from ui.catalogue.stock_page import StockPage
from ui.kit import actions, language
from ui.kit.desk import Desk
from ui.shell.main_window import MainWindow
from ui.system.rows_table import RowsTable

pytestmark = pytest.mark.slow

Settle = Callable[[], None]
D = Decimal


@pytest.fixture
def contents() -> Contents:
    return a_company


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[StockPage]:
    yield from shown(lambda: StockPage(desk), qtbot, settle)


@pytest.fixture
def on_fan(page: StockPage, app: App, settle: Settle) -> StockPage:
    """The page with the fan, of which five lie in MAIN."""
    page.open_product(app.read(records.show, "product", "FAN1").id or 0)
    settle()
    return page


def rows(page: StockPage, which: str) -> list[tuple[str, ...]]:
    return [each.texts for each in getattr(page, which).rows]


def book(page: StockPage, settle: Settle, way: str, quantity: str, note: str = "") -> None:
    page.start(way)
    page.booking.quantity.setText(quantity)
    page.booking.note.setText(note)
    page.booking.book()
    settle()


def test_a_product_is_found_by_typing_and_received_with_the_keyboard(
    page: StockPage, app: App, qtbot: QtBot, settle: Settle
) -> None:
    page.product.setFocus()
    qtbot.keyClicks(page.product, "fan")
    settle()
    qtbot.keyClick(page.product, Qt.Key.Key_Return)
    settle()
    assert page.figures.text() == "FAN1: 5 unit on hand, 0 held for orders, 5 free"
    page.booking.quantity.setFocus()
    qtbot.keyClicks(page.booking.quantity, "7")
    qtbot.keyClick(page.booking.quantity, Qt.Key.Key_Return)
    settle()
    assert app.read(records.show, "product", "FAN1").values["stock"] == D(12)
    assert rows(page, "levels") == [("MAIN", "", "12")]
    assert rows(page, "moves")[0][1:5] == ("Receipt", "MAIN", "", "+7")
    assert page.booking.quantity.text() == ""


def test_adjusting_asks_why(on_fan: StockPage, settle: Settle) -> None:
    book(on_fan, settle, "adjust", "3")
    assert "say in the note why" in on_fan.booking.problem.text()
    assert on_fan.booking.note.hasFocus()
    book(on_fan, settle, "adjust", "3", "counted")
    assert rows(on_fan, "levels") == [("MAIN", "", "3")]


def test_moving_and_scrapping(on_fan: StockPage, app: App, settle: Settle) -> None:
    app.write(records.create, "warehouse", {"code": "EAST", "name": "East"})
    on_fan.start("transfer")
    on_fan.booking.target.set_key("EAST", "East")
    book(on_fan, settle, "transfer", "2")
    book(on_fan, settle, "scrap", "1")
    assert rows(on_fan, "levels") == [("EAST", "", "2"), ("MAIN", "", "2")]


def test_what_cannot_be_is_said_and_nothing_is_lost(on_fan: StockPage, settle: Settle) -> None:
    for typed, sentence in (("9999", "are to leave MAIN"), ("many", "many"), ("", "say how many")):
        book(on_fan, settle, "scrap", typed)
        assert sentence in on_fan.booking.problem.text()
        assert on_fan.booking.quantity.text() == typed
    assert rows(on_fan, "levels") == [("MAIN", "", "5")]


def test_without_a_product_nothing_is_booked(page: StockPage, settle: Settle) -> None:
    book(page, settle, "receive", "1")
    assert page.booking.problem.text() == "Choose a product first."


def test_lots_are_asked_of_tracked_products_alone(
    page: StockPage, app: App, settle: Settle
) -> None:
    glue = a_product(app, "GLUE", tracking="lot", stock=D(0))
    assert page.booking.lots.isHidden()
    page.open_product(glue.id or 0)
    settle()
    page.booking.lots.setPlainText("L1 = 30\nL2 = 2.5")
    book(page, settle, "receive", "")
    assert rows(page, "levels") == [("MAIN", "L1", "30"), ("MAIN", "L2", "2.5")]
    page.booking.lots.setPlainText("= 3")
    book(page, settle, "receive", "")
    assert "is no lot" in page.booking.problem.text()


def test_who_waited_is_told(on_fan: StockPage, app: App, settle: Settle) -> None:
    order = app.write(quotations.order, a_sent_quotation(app, a_line(app, "FAN1", "8")).number)
    app.write(orders.confirm, order.number, backorder=True)
    book(on_fan, settle, "receive", "3")
    assert "8 held for orders, 0 free" in on_fan.figures.text()


def filled_in(path: Path, sku: str, counted: int) -> None:
    workbook = load_workbook(path)
    data = workbook["Data"]
    heads = [cell.value for cell in data[1]]
    for row in data.iter_rows(min_row=2):
        if row[heads.index("SKU")].value == sku:
            row[heads.index("Counted")].value = counted
    workbook.save(path)


def test_a_count_goes_out_comes_back_and_is_booked(
    on_fan: StockPage, app: App, settle: Settle, tmp_path: Path
) -> None:
    counting, path = on_fan.counting, tmp_path / "count.xlsx"
    on_fan.show_view(1)
    counting.save_sheet(path)
    settle()
    filled_in(path, "FAN1", 9)
    app.write(stocking.receive, "FAN1", D(1))
    counting.open_file(path)
    settle()
    (line,) = counting.model.rows
    assert line.texts[2:] == ("6", "9", "+4", "1 moved since the sheet was printed")
    assert "1 counted, 1 differ, 0 not understood, 1 left empty" in counting.told.text()
    counting.post()
    settle()
    assert app.read(records.show, "product", "FAN1").values["stock"] == D(10)
    assert not counting.post_button.isEnabled()


def test_rows_that_were_not_understood_come_first(
    page: StockPage, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "count.csv"
    path.write_text("sku,counted\nFAN1,6\nNOPE,1\n", encoding="utf-8")
    page.counting.open_file(path)
    settle()
    first, second = page.counting.model.rows
    assert (first.tone, first.texts[0], second.texts[4]) == ("bad", "NOPE", "+1")
    assert "nobody knows what moved" in page.counting.told.text()


def test_a_file_that_is_no_count_is_refused(
    page: StockPage, settle: Settle, tmp_path: Path
) -> None:
    page.show_view(1)
    page.counting.open_file(tmp_path)
    settle()
    assert "is a folder" in page.counting.problem.text()


def test_who_may_not_book_sees_and_changes_nothing(
    app: App, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    app.write(people.add, {"name": "sari", "role": "administrator"})
    app.write(people.add, {"name": "rudi", "role": "read_only"})
    app.user = "rudi"
    for page in shown(lambda: StockPage(desk), qtbot, settle):
        assert not page.booking.go.isEnabled()
        assert not page.counting.post_button.isEnabled()
        assert page.booking.cost.isHidden()


def test_the_page_is_reached_from_list_form_and_palette(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    def trigger(name: str) -> None:
        qtbot.waitUntil(lambda: name in actions.possible())
        actions.possible()[name].action.trigger()
        settle()

    window.show_place("product")
    settle()
    trigger("list.stock")
    page = window.workspace.current()
    assert isinstance(page, StockPage)
    assert page.booking.product
    assert {"place.stocking", "stock.receive", "stock.count"} <= set(actions.possible())
    window.desk.open_record("product", page.booking.product)
    settle()
    trigger("form.stock")
    assert window.workspace.current() is page


@pytest.mark.parametrize("code", ["id", "ms"])
def test_the_page_follows_the_language(on_fan: StockPage, settle: Settle, code: str) -> None:
    language.set_language(code)
    settle()
    assert on_fan.figures.text()


# Receipts that are begun from a list


def a_supply(app: App, quantity: str = "10") -> None:
    app.write(records.create, "supply", {
        "code": "PO-1", "product": "FAN1", "quantity": D(quantity), "due": dt.date(2026, 12, 1),
    })  # fmt: skip


def focused(qtbot: QtBot, wanted: QWidget) -> QWidget:
    qtbot.waitUntil(wanted.hasFocus)
    return wanted


def test_what_is_expected_is_received_from_its_list_by_keys(
    window: MainWindow, app: App, qtbot: QtBot, settle: Settle
) -> None:
    a_supply(app)
    shown_list: Any = window.show_place("supply")
    settle()
    window.activateWindow()
    qtbot.keyClick(focused(qtbot, shown_list.table), Qt.Key.Key_F8)
    settle()
    stock: Any = window.workspace.current()
    assert (stock.booking.supply.key, stock.booking.quantity.text()) == ("PO-1", "10")
    qtbot.keyClicks(focused(qtbot, stock.booking.quantity), "4")
    qtbot.keyClick(stock.booking.quantity, Qt.Key.Key_Return)
    settle()
    assert app.read(records.show, "supply", "PO-1").values["received"] == D(4)
    assert app.read(records.show, "product", "FAN1").values["stock"] == D(9)


def test_receive_above_the_stock_list_begins_with_its_product_and_place(
    window: MainWindow, app: App, qtbot: QtBot, settle: Settle
) -> None:
    shown_list: Any = window.show_place("stock_level")
    settle()
    made = {each.text(): each for each in shown_list.findChildren(QPushButton)}["Receive"]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    settle()
    stock: Any = window.workspace.current()
    assert stock.booking.way == "receive"
    assert stock.booking.warehouse.key == "MAIN"
    assert stock.booking.product


def test_more_than_was_expected_is_asked_and_booked_knowingly(
    on_fan: StockPage, app: App, qtbot: QtBot, settle: Settle
) -> None:
    a_supply(app, "4")
    on_fan.activateWindow()
    on_fan.booking.supply.set_key("PO-1")
    book(on_fan, settle, "receive", "6")
    assert "6 came, 4 are still expected" in on_fan.booking.problem.text()
    qtbot.keyClick(focused(qtbot, on_fan.booking.surplus), Qt.Key.Key_Space)
    settle()
    assert app.read(records.show, "product", "FAN1").values["stock"] == D(11)
    assert on_fan.booking.surplus.isHidden()


@pytest.mark.parametrize("code", ["en", "id", "ms"])
def test_the_headings_of_its_tables_are_not_cut(
    on_fan: StockPage, settle: Settle, code: str
) -> None:
    language.set_language(code)
    settle()
    for table in on_fan.findChildren(RowsTable):
        model, metrics = table.model(), table.horizontalHeader().fontMetrics()
        for at in range(model.columnCount()):
            words = str(model.headerData(at, Qt.Orientation.Horizontal))
            assert metrics.horizontalAdvance(words) < table.columnWidth(at), words
