"""What is done with lines: undo, copies, moves, paste, pinned prices and new ones."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.core.app import App
from models.values.formatting import Style
from tests.builders import a_line, a_price, a_quotation, an_item
from tests.ui.documents.hand import CTRL, SHIFT, Hand
from ui.documents.line_grid import columns as at
from ui.documents.line_grid.cells import margin_text
from ui.documents.panels.pasting import PastePanel
from ui.documents.panels.repricing import RepricePanel
from ui.documents.quotation_page import QuotationPage

pytestmark = pytest.mark.slow

Show = Callable[..., QuotationPage]
D = Decimal
K = Qt.Key


def _skus(page: QuotationPage) -> list[str]:
    return [line.sku for line in page.session.draft.lines]


def _two(app: App) -> int | None:
    return a_quotation(app, a_line(app), a_line(app, "FAN1", "2")).id


def test_undo_and_redo_go_back_through_every_step(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(_two(app))
    page.grid.write_on()
    hand = Hand(qtbot, page).type("3*KE0008").enter().settle()
    assert _skus(page) == ["PUMP12", "FAN1", "KE0008"]
    hand.press(K.Key_Z, CTRL)
    assert _skus(page) == ["PUMP12", "FAN1"]
    page.grid.edit_cell(0, at.QUANTITY)
    hand.type("7").enter()
    assert page.session.draft.lines[0].quantity == D(7)
    hand.press(K.Key_Z, CTRL)
    assert page.session.draft.lines[0].quantity == D(1)
    hand.press(K.Key_Y, CTRL)
    assert page.session.draft.lines[0].quantity == D(7)
    assert page.is_dirty


def test_lines_are_copied_moved_doubled_and_deleted_by_keys(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(_two(app))
    page.grid.go_to(1, at.QUANTITY)
    hand = Hand(qtbot, page)
    hand.press(K.Key_D, CTRL)
    assert page.session.draft.lines[1].quantity == D(1)
    hand.press(K.Key_Up, CTRL)
    assert _skus(page) == ["FAN1", "PUMP12"]
    hand.press(K.Key_Down, CTRL)
    assert _skus(page) == ["PUMP12", "FAN1"]
    hand.press(K.Key_D, CTRL | SHIFT)
    assert _skus(page) == ["PUMP12", "FAN1", "FAN1"]
    hand.press(K.Key_Delete, CTRL)
    assert _skus(page) == ["PUMP12", "FAN1"]
    hand.press(K.Key_P, CTRL | SHIFT)
    assert page.session.draft.lines[1].optional


def test_insert_makes_room_above_and_leaves_nothing_when_given_up(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(_two(app))
    page.grid.go_to(1, at.PRODUCT)
    hand = Hand(qtbot, page).press(K.Key_Insert)
    assert page.grid.lines.rowCount() == 4
    hand.press(K.Key_Escape)
    assert page.grid.lines.rowCount() == 3
    page.grid.go_to(1, at.PRODUCT)
    hand.press(K.Key_Insert).type("5*KE0008").enter().settle()
    assert _skus(page) == ["PUMP12", "KE0008", "FAN1"]


def test_pasted_rows_that_are_understood_are_lines_at_once(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(_two(app))
    page.grid.write_on()
    QApplication.clipboard().setText("SKU\tQty\tPrice\nKE0008\t12\t\nTI0017\t3\t9,500\n")
    Hand(qtbot, page).press(K.Key_V, CTRL).settle()
    assert _skus(page) == ["PUMP12", "FAN1", "KE0008", "TI0017"]
    assert page.session.draft.lines[3].unit_price == D(9500)
    assert page.session.draft.lines[3].pinned


def test_pasted_rows_that_are_not_understood_are_shown_first(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(_two(app))
    page.grid.write_on()
    QApplication.clipboard().setText("KE0008\t12\nNOSUCH\t3\nTI0017\t-4")
    hand = Hand(qtbot, page).press(K.Key_V, CTRL).settle()
    (panel,) = page.findChildren(PastePanel)
    assert panel.good == 1
    assert _skus(page) == ["PUMP12", "FAN1"]
    hand.press(K.Key_Return)
    assert _skus(page) == ["PUMP12", "FAN1", "KE0008"]
    page.undo()
    assert _skus(page) == ["PUMP12", "FAN1"]


def test_a_typed_price_is_pinned_until_it_is_let_go(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(_two(app))
    page.grid.edit_cell(0, at.PRICE)
    hand = Hand(qtbot, page).type("5000000").enter()
    line = page.session.draft.lines[0]
    assert (line.unit_price, line.pinned) == (D(5_000_000), True)
    page.grid.edit_cell(0, at.QUANTITY)
    hand.type("10").enter()
    assert page.session.draft.lines[0].unit_price == D(5_000_000)
    page.grid.go_to(0, at.PRICE)
    hand.press(K.Key_U, CTRL | SHIFT)
    line = page.session.draft.lines[0]
    assert (line.unit_price, line.pinned) == (D(4_890_000), False)


def test_new_prices_are_shown_before_they_are_taken(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(_two(app))
    page.grid.edit_cell(1, at.PRICE)
    hand = Hand(qtbot, page).type("900000").enter()
    a_price(app, product="PUMP12", price=D(5_000_000))
    hand.press(K.Key_R, CTRL | SHIFT).settle()
    (panel,) = page.findChildren(RepricePanel)
    assert page.session.draft.lines[0].unit_price == D(5_150_000)
    panel.take()
    prices = [line.unit_price for line in page.session.draft.lines]
    assert prices == [D(5_000_000), D(1_000_000)]
    page.undo()
    assert page.session.draft.lines[1].unit_price == D(900_000)


def test_f4_tells_why_the_line_costs_what_it_does(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(_two(app))
    page.grid.go_to(0, at.PRODUCT)
    Hand(qtbot, page).press(K.Key_F4)
    assert "List price" in page.why._reasons.text()
    assert "from 10" in page.why._reasons.text() or "10 and more" in page.why._reasons.text()
    page.grid.go_to(1, at.PRODUCT)
    assert "FAN1" in page.why._title.text()


def test_what_is_short_in_stock_counts_the_lines_above(app: App, show: Show) -> None:
    page = show(a_quotation(app, a_line(app, "FAN1", "3"), a_line(app, "FAN1", "4")).id)
    texts = [page.grid.lines.text(row, at.STOCK) for row in (0, 1)]
    assert texts == ["5", "2 short"]


def test_stock_beside_a_line_follows_what_changes_elsewhere(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app, a_line(app, "FAN1", "3")).id)
    app.write(records.change, "product", "FAN1", {"stock": 2})
    qtbot.waitUntil(lambda: page.grid.lines.text(0, at.STOCK) == "1 short")
    assert not page.is_dirty


def test_stock_is_looked_up_again_when_a_line_is_touched(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app, a_line(app, "FAN1", "3")).id)
    with app.database.writing() as connection:  # as another program would
        connection.exec_driver_sql("UPDATE product SET stock = 20000 WHERE sku = 'FAN1'")
    page.session.do(lambda editor: editor.set_quantity(0, Decimal(4)))
    qtbot.waitUntil(lambda: page.grid.lines.text(0, at.STOCK) == "2 short")


def test_the_day_it_can_be_there_stands_beside_the_stock(
    app: App, show: Show, qtbot: QtBot
) -> None:
    supply = {"product": "FAN1", "quantity": 9, "due": dt.date(2026, 12, 1)}
    app.write(records.create, "supply", supply)
    page = show(a_quotation(app, a_line(app, "FAN1", "3"), a_line(app, "FAN1", "4")).id)
    tips = [
        page.grid.lines.index(row, at.STOCK).data(Qt.ItemDataRole.ToolTipRole) for row in (0, 1)
    ]
    assert tips == ["Can be there today.", "Can be there on 1 Dec 2026."]
    page.toggle_why()
    page.grid.go_to(1, at.PRODUCT)
    assert "Can be there on 1 Dec 2026." in page.why._stock.text()
    page.session.do(lambda editor: editor.set_quantity(1, Decimal(40)))
    Hand(qtbot, page).settle()
    assert "Nobody knows when it can be there" in page.why._stock.text()


def test_another_currency_shows_its_decimals_at_once(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app, an_item("1000")).id)
    assert page.grid.lines.text(0, at.AMOUNT) == "1,000"
    page.session.set_prices(currency="USD")
    Hand(qtbot, page).settle()
    texts = [page.grid.lines.text(0, column) for column in (at.PRICE, at.AMOUNT)]
    assert texts == ["1,000.00", "1,000.00"]


def test_a_section_shows_its_subtotal(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app, an_item("1000"), an_item("2000")).id)
    page.grid.go_to(0, at.PRODUCT)
    Hand(qtbot, page).press(K.Key_H, CTRL | SHIFT).type("Jasa").enter().settle()
    assert page.grid.lines.text(0, at.AMOUNT) == "3,000"
    assert [page.grid.lines.text(row, at.NUMBER) for row in range(4)] == ["", "1", "2", "3"]


def test_another_customer_brings_prices_while_lines_stay(
    app: App, show: Show, qtbot: QtBot
) -> None:
    app.write(records.create, "account", {"code": "BUDI", "name": "Budi Jaya", "currency": "IDR"})
    page = show(_two(app))
    page.session.set_account("BUDI")
    Hand(qtbot, page).settle()
    assert page.session.draft.account == "BUDI"
    assert page.session.draft.price_list == ""
    assert _skus(page) == ["PUMP12", "FAN1"]
    page.undo()
    assert page.session.draft.account == "ALFKI"


def test_margins_of_a_column_have_the_same_decimals() -> None:
    shown = [margin_text(D(each), Style()) for each in ("19", "5", "104.26")]
    assert shown == ["19.0%", "5.0%", "104.3%"]
