"""Amending an order in the window, as a person types it."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import deliveries, orders, quotations
from models.values.deliveries import Part
from models.values.documents import Draft
from tests.builders import a_line, a_product, a_sent_quotation
from tests.ui.documents.conftest import settle
from tests.ui.documents.hand import CTRL, Hand
from ui.documents.order_page import OrderPage
from ui.documents.panels.amending import AmendPanel

pytestmark = pytest.mark.slow

K = Qt.Key
ShowOrder = Callable[[int], OrderPage]


def a_confirmed_order(app: App, quantity: str = "4") -> Draft:
    sent = a_sent_quotation(app, a_line(app, quantity=quantity))
    order = app.write(quotations.order, sent.number)
    return app.write(orders.confirm, order.number)


def panel_of(page: OrderPage, qtbot: QtBot) -> AmendPanel:
    """The panel of the menu's entry."""
    {each.label: each.slot for each in page.menu_now()}["Amend …"]()
    qtbot.waitUntil(lambda: bool(page.findChildren(AmendPanel)))
    (panel,) = page.findChildren(AmendPanel)
    qtbot.waitUntil(panel.isVisible)
    return panel


def on_cell(panel: AmendPanel, column: int) -> None:
    panel.table.setCurrentIndex(panel.model.index(0, column))


def test_a_quantity_is_amended_and_the_head_counts_the_amendment(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    panel = panel_of(page, qtbot)
    on_cell(panel, 3)
    hand = Hand(qtbot, page).type("6").enter()
    panel.note.setFocus()
    hand.type("Two more pumps").press(K.Key_Return, CTRL).settle()
    assert app.read(orders.show, order.number).lines[0].quantity == 6
    shown = [each.text() for each in page.top.findChildren(QLabel) if each.isVisible()]
    assert "amendment 1" in shown


def test_products_are_added_one_after_the_other(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    a_product(app, "FAN2", unit="pcs", units="box=12", list_price=Decimal(7), stock=Decimal(99))
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    panel = panel_of(page, qtbot)
    hand = Hand(qtbot, page)
    for sku in ("fan1", "fan2"):
        panel.product.setFocus()
        hand.type(sku).settle().enter().settle()
        hand.type("2").enter()
    panel.model.setData(panel.model.index(2, 4), "box")
    panel.note.setFocus()
    hand.type("Fans too").press(K.Key_Return, CTRL).settle()
    lines = app.read(orders.show, order.number).lines
    assert [(each.sku, each.quantity, each.unit) for each in lines[1:]] == [
        ("FAN1", 2, "unit"), ("FAN2", 2, "box"),
    ]  # fmt: skip
    assert [each.unit_price for each in lines[1:]] == [1_000_000, 84]


def test_another_product_is_delivered_in_the_stead_of_one(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    a_product(app, "PUMP14", list_price=Decimal(9), stock=Decimal(9))
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    panel = panel_of(page, qtbot)
    on_cell(panel, 0)
    hand = Hand(qtbot, page).type("pump14").enter()
    panel.note.setFocus()
    hand.type("PUMP12 is no longer made").press(K.Key_Return, CTRL).settle()
    (line,) = app.read(orders.show, order.number).lines
    assert (line.sku, line.quantity, line.unit_price) == ("PUMP14", 4, 5_150_000)


def test_a_price_and_a_description_are_amended(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    panel = panel_of(page, qtbot)
    on_cell(panel, 1)
    hand = Hand(qtbot, page).type("Pump, blue").enter()
    on_cell(panel, 5)
    hand.type("5000000").enter()
    panel.note.setFocus()
    hand.type("As agreed by telephone").press(K.Key_Return, CTRL).settle()
    (line,) = app.read(orders.show, order.number).lines
    assert (line.description, line.unit_price) == ("Pump, blue", 5_000_000)


def test_without_a_reason_nothing_is_amended_and_what_was_typed_stays(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    panel = panel_of(page, qtbot)
    on_cell(panel, 3)
    Hand(qtbot, page).type("6").enter().press(K.Key_Return, CTRL).settle()
    assert panel.model.rows[0][3] == "6"
    assert panel.note.hasFocus()
    assert app.read(orders.shown, order.number).amendment == 0


@pytest.mark.parametrize("price", ["", "-5", "much"])
def test_a_price_that_is_none_is_refused_in_the_panel(
    app: App, show_order: ShowOrder, qtbot: QtBot, price: str
) -> None:
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    panel = panel_of(page, qtbot)
    panel.model.setData(panel.model.index(0, 5), price)
    panel.note.setText("Cheaper")
    Hand(qtbot, page).press(K.Key_Return, CTRL).settle()
    assert panel.problem.isVisible()
    assert app.read(orders.shown, order.number).amendment == 0


@pytest.mark.parametrize(("product", "quantity"), [("NOPE", ""), ("FAN1", ""), ("FAN1", "0")])
def test_a_line_to_add_needs_a_product_and_a_quantity(
    app: App, show_order: ShowOrder, qtbot: QtBot, product: str, quantity: str
) -> None:
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    panel = panel_of(page, qtbot)
    panel.product.setFocus()
    hand = Hand(qtbot, page).type(product).settle().enter().settle()
    if panel.model.rowCount() > 1:
        panel.model.setData(panel.model.index(1, 3), quantity)
    panel.note.setText("One more")
    hand.press(K.Key_Return, CTRL).settle()
    assert panel.isVisible()
    assert app.read(orders.shown, order.number).amendment == 0


@pytest.mark.parametrize(("shipped", "open_columns"), [("1", [3]), ("", [0, 1, 3, 5])])
def test_what_went_out_keeps_its_description_and_price(
    app: App, show_order: ShowOrder, qtbot: QtBot, shipped: str, open_columns: list[int]
) -> None:
    order = a_confirmed_order(app)
    if shipped:
        (line,) = app.read(deliveries.open_lines, order.number)
        app.write(orders.deliver, order.number, [Part(line.line, Decimal(shipped))])
    panel = panel_of(show_order(order.id or 0), qtbot)
    assert [at for at in range(6) if panel.model.is_typed(panel.model.index(0, at))] == open_columns


def test_more_than_there_is_waits_only_where_that_is_ticked(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    panel = panel_of(page, qtbot)
    on_cell(panel, 3)
    hand = Hand(qtbot, page).type("500").enter()
    panel.note.setText("A big one")
    hand.press(K.Key_Return, CTRL).settle()
    assert app.read(orders.shown, order.number).amendment == 0
    panel.waits.click()
    hand.press(K.Key_Return, CTRL).settle()
    settle(qtbot)
    assert app.read(orders.show, order.number).lines[0].quantity == 500
