"""Confirming an order in the window, and the day it is wanted on: what is refused and told."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders, quotations
from controllers.system import settings
from models.values.documents import Draft
from tests.builders import a_line, a_sent_quotation
from tests.ui.documents.hand import CTRL, Hand
from ui.documents.line_grid.columns import STOCK
from ui.documents.order_page import OrderPage
from ui.documents.panels.wanting import WantPanel

pytestmark = pytest.mark.slow

K = Qt.Key
ShowOrder = Callable[[int], OrderPage]


def an_order(app: App, sku: str = "FAN1", quantity: str = "1") -> Draft:
    sent = a_sent_quotation(app, a_line(app, sku, quantity))
    return app.write(quotations.order, sent.number)


def press(page: OrderPage, words: str, qtbot: QtBot) -> None:
    """Click the button that bears these words."""
    (found,) = (
        each for each in page.findChildren(QPushButton)
        if each.isVisible() and each.accessibleName() == words
    )  # fmt: skip
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def menu_of(page: OrderPage) -> dict[str, Callable[[], object]]:
    return {each.label: each.slot for each in page.menu_now()}


def want(page: OrderPage, day: str, qtbot: QtBot) -> None:
    """Type a day into the panel of the menu."""
    menu_of(page)["The day the customer wants it …"]()
    (panel,) = page.findChildren(WantPanel)
    qtbot.waitUntil(panel.isVisible)
    panel.day_field.selectAll()
    Hand(qtbot, page).press(K.Key_Delete).type(day).press(K.Key_Return, CTRL).settle()


def test_what_is_not_in_stock_is_confirmed_as_a_back_order_from_the_refusal(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    page = show_order(an_order(app, quantity="8").id or 0)
    Hand(qtbot, page).press(K.Key_Return, CTRL).settle()
    assert "5 are free" in page.notice.text
    assert page.session.draft.state == "draft"
    press(page, "Confirm with back-order", qtbot)
    qtbot.waitUntil(lambda: page.session.draft.state == "confirmed")
    assert app.read(records.show, "product", "FAN1").values["reserved"] == 5


def test_the_menu_of_a_draft_confirms_with_a_back_order(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    page = show_order(an_order(app, quantity="8").id or 0)
    menu_of(page)["Confirm with back-order"]()
    qtbot.waitUntil(lambda: page.session.draft.state == "confirmed")
    assert "Confirm with back-order" not in menu_of(page)


def test_a_warning_about_credit_is_told_once_the_order_is_confirmed(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    company = app.read(settings.load)
    app.write(settings.save, replace(company, credit_check="warn"))
    app.write(records.change, "account", "ALFKI", {"credit_limit": Decimal(1000)})
    page = show_order(an_order(app).id or 0)
    Hand(qtbot, page).press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.session.draft.state == "confirmed")
    assert "would be" in page.notice.text


def test_a_promise_after_the_wanted_day_is_told_once_the_order_is_confirmed(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = an_order(app)
    app.write(orders.want_on, order.number, dt.date(2026, 1, 5))
    page = show_order(order.id or 0)
    Hand(qtbot, page).press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.session.draft.state == "confirmed")
    assert "is wanted on" in page.notice.text


def test_a_confirmed_line_tells_the_day_it_was_promised_for(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = an_order(app)
    app.write(orders.confirm, order.number)
    page = show_order(order.id or 0)
    stock = page.grid.model().index(0, STOCK)
    day = page.desk.style.day(app.clock().date())
    assert stock.data(Qt.ItemDataRole.ToolTipRole) == f"Promised for {day}."


def test_nothing_is_told_of_an_order_without_a_problem(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    page = show_order(an_order(app).id or 0)
    Hand(qtbot, page).press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.session.draft.state == "confirmed")
    assert page.notice.isHidden()


def test_the_wanted_day_is_typed_and_taken_back(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = an_order(app)
    page = show_order(order.id or 0)
    want(page, "+14", qtbot)
    wanted = app.read(orders.shown, order.number).wanted_on
    assert wanted == app.clock().date() + dt.timedelta(days=14)
    want(page, "", qtbot)
    assert app.read(orders.shown, order.number).wanted_on is None


def test_a_day_that_cannot_be_kept_is_told_as_it_is_noted(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = app.write(orders.confirm, an_order(app).number)
    page = show_order(order.id or 0)
    want(page, page.desk.style.day(dt.date(2026, 1, 5)), qtbot)
    assert "is wanted on" in page.notice.text


def test_no_day_that_is_none_is_noted(app: App, show_order: ShowOrder, qtbot: QtBot) -> None:
    order = an_order(app)
    page = show_order(order.id or 0)
    want(page, "soon", qtbot)
    assert page.findChildren(WantPanel)[0].isVisible()
    assert app.read(orders.shown, order.number).wanted_on is None
