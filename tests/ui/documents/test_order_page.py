"""An order in the window, as a person types it: its steps, its panels, its chain."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import deliveries, invoices, orders, quotations
from models.values.deliveries import Part
from tests.builders import a_line, a_sent_quotation
from tests.ui.documents.fulfilment import a_confirmed_order, an_invoice, panel_of
from tests.ui.documents.hand import CTRL, Hand
from ui.documents.order_page import EndPanel, OrderPage
from ui.documents.panels.billing import BillPanel
from ui.documents.panels.delivering import DeliverPanel

pytestmark = pytest.mark.slow

D = Decimal
K = Qt.Key
Opened = list[tuple[str, Any]]
ShowOrder = Callable[[int], OrderPage]
ShowSheet = Callable[[str, int], Any]


# The order


def test_ctrl_enter_confirms_delivers_invoices_and_closes(
    app: App, show_order: ShowOrder, qtbot: QtBot, opened: Opened
) -> None:
    order = app.write(quotations.order, a_sent_quotation(app).id or 0)
    page = show_order(order.id or 0)
    hand = Hand(qtbot, page).press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.session.draft.state == "confirmed")
    hand.settle().press(K.Key_Return, CTRL)
    panel_of(page, DeliverPanel, qtbot)
    hand.press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.session.draft.state == "delivered")
    hand.settle().press(K.Key_Return, CTRL)
    panel_of(page, BillPanel, qtbot)
    hand.press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(opened))
    assert [kind for kind, _key in opened] == ["invoice"]
    hand.settle().press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.session.draft.state == "closed")


def test_less_is_typed_into_the_panel_and_the_rest_stays_open(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    page = show_order(order.id or 0)
    page.next_step()
    panel_of(page, DeliverPanel, qtbot)
    Hand(qtbot, page).type("5").enter().press(K.Key_Return, CTRL).settle()
    (line,) = app.read(deliveries.open_lines, order.number)
    assert (line.shipped, line.open) == (5, 7)


def test_more_than_is_open_is_refused_in_the_panel_and_stays_typed(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    page = show_order(a_confirmed_order(app, a_line(app, quantity="2")).id or 0)
    page.next_step()
    panel = panel_of(page, DeliverPanel, qtbot)
    Hand(qtbot, page).type("3").enter().press(K.Key_Return, CTRL).settle()
    assert "2 are still open" in panel.problem.text()
    assert panel.model.rows[0][6] == "3"


def test_a_prepared_delivery_is_opened_as_a_draft(
    app: App, show_order: ShowOrder, qtbot: QtBot, opened: Opened
) -> None:
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    page.next_step()
    panel = panel_of(page, DeliverPanel, qtbot)
    panel.carrier.setText("JNE")
    panel.prepare()
    qtbot.waitUntil(lambda: bool(opened))
    made = app.read(deliveries.show, opened[0][1])
    assert (made.state, made.carrier) == ("draft", "JNE")


def test_an_order_delivered_in_part_is_closed_and_not_cancelled(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    (line,) = app.read(deliveries.open_lines, order.number)
    app.write(orders.deliver, order.number, [Part(line.line, D(5))])
    page = show_order(order.id or 0)
    labels = [each.label for each in page.menu_now()]
    assert "Close, give up the rest …" in labels
    assert "Cancel the order …" not in labels
    page.ask_close()
    panel_of(page, EndPanel, qtbot)._end(page, "close")
    qtbot.waitUntil(lambda: page.session.draft.state == "closed")


@pytest.mark.parametrize(("way", "percent", "kind"), [
    ("down", "30", "down_payment"), ("progress", "50", "progress"), ("ordered", "", "invoice"),
])  # fmt: skip
def test_an_order_is_invoiced_in_every_way(
    app: App, show_order: ShowOrder, qtbot: QtBot, opened: Opened, way: str, percent: str,
    kind: str,
) -> None:  # fmt: skip
    page = show_order(a_confirmed_order(app, a_line(app, quantity="12")).id or 0)
    page.ask_bill()
    panel = panel_of(page, BillPanel, qtbot)
    panel.way.show_code(way)
    panel.percent.setText(percent)
    panel.bill()
    qtbot.waitUntil(lambda: bool(opened))
    assert app.read(invoices.shown, opened[0][1]).type == kind


def test_a_panel_that_has_done_its_work_gives_the_focus_back_to_the_lines(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    page = show_order(a_confirmed_order(app, a_line(app, quantity="12")).id or 0)
    page.next_step()
    panel = panel_of(page, DeliverPanel, qtbot)
    hand = Hand(qtbot, page).type("5").enter()
    with qtbot.waitSignal(panel.closed):
        hand.press(K.Key_Return, CTRL)
    hand.settle()
    assert page.grid.hasFocus()


def test_where_there_is_little_room_the_next_step_keeps_its_words(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    page = show_order(a_confirmed_order(app).id or 0)
    page.top.setFixedWidth(960)
    steps = {each.accessibleName(): each for each in page.top.findChildren(QPushButton)}
    qtbot.waitUntil(lambda: steps["Deliver …"].text() == "Deliver …")
    assert (steps["Print"].text(), steps["Print"].toolTip()) == ("", "Print")
    shown = [each for each in steps.values() if each.isVisible()]
    qtbot.waitUntil(lambda: all(each.width() >= each.sizeHint().width() for each in shown))


# The chain


def test_arrows_go_along_the_chain_and_f2_opens_the_card(
    app: App, show_order: ShowOrder, qtbot: QtBot, opened: Opened
) -> None:
    order = a_confirmed_order(app)
    app.write(orders.deliver, order.number)
    page = show_order(order.id or 0)
    hand = Hand(qtbot, page).press(K.Key_L, CTRL).press(K.Key_Right).press(K.Key_F2)
    hand.press(K.Key_Home).enter()
    assert [kind for kind, _key in opened] == ["delivery", "quotation"]


def test_the_focus_stays_on_its_card_when_the_chain_grows(
    app: App, show_order: ShowOrder, qtbot: QtBot
) -> None:
    order = a_confirmed_order(app)
    page = show_order(order.id or 0)
    Hand(qtbot, page).press(K.Key_L, CTRL)
    app.write(orders.deliver, order.number)
    qtbot.waitUntil(lambda: len(page.chain.cards) == 3)
    assert page.chain.cards[1].hasFocus()


def test_f2_opens_the_order_of_an_invoice(
    app: App, show_sheet: ShowSheet, qtbot: QtBot, opened: Opened
) -> None:
    page = show_sheet("invoice", an_invoice(app))
    Hand(qtbot, page).press(K.Key_F2)
    assert [kind for kind, _key in opened] == ["order"]
