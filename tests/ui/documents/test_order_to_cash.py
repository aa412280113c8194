"""From an order to the money in the window, as a person types it."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import (
    attachments,
    deliveries,
    invoices,
    orders,
    payments,
    quotations,
    returns,
)
from models.values.deliveries import Part
from models.values.documents import Draft, Line
from tests.builders import a_line, a_sent_quotation
from tests.ui.documents.hand import CTRL, Hand
from ui.documents.order_page import EndPanel, OrderPage
from ui.documents.panels.allocating import AllocatePanel
from ui.documents.panels.billing import BillPanel
from ui.documents.panels.crediting import CreditPanel
from ui.documents.panels.delivering import DeliverPanel
from ui.documents.panels.paying import PayPanel
from ui.documents.panels.receiving import ReceivePanel
from ui.documents.panels.returning import ReturnPanel
from ui.documents.panels.undoing import UndeliverPanel, UninvoicePanel, VoidPanel

pytestmark = pytest.mark.slow

D = Decimal
K = Qt.Key
Opened = list[tuple[str, Any]]
ShowOrder = Callable[[int], OrderPage]
ShowSheet = Callable[[str, int], Any]


def a_confirmed_order(app: App, *lines: Line) -> Draft:
    sent = a_sent_quotation(app, *lines)
    order = app.write(quotations.order, sent.number)
    return app.write(orders.confirm, order.number)


def a_shipped_delivery(app: App, quantity: str = "12") -> int:
    order = a_confirmed_order(app, a_line(app, quantity=quantity))
    app.write(orders.deliver, order.number)
    return app.read(deliveries.of_order, order.id or 0)[0].id or 0


def an_invoice(app: App, *, is_issued: bool = True) -> int:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    app.write(orders.deliver, order.number)
    bill = app.write(invoices.new, order.number)
    if is_issued:
        app.write(invoices.issue, bill.id or 0)
    return bill.id or 0


def panel_of(page: Any, kind: type, qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: bool(page.findChildren(kind)))
    return page.findChildren(kind)[0]


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


# The delivery


def test_a_draft_is_changed_and_shipped_by_ctrl_enter(
    app: App, show_sheet: ShowSheet, qtbot: QtBot
) -> None:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    draft = app.write(deliveries.new, order.number)
    page = show_sheet("delivery", draft.id or 0)
    hand = Hand(qtbot, page).type("4").enter()
    page.facts.field("carrier").setText("JNE")
    hand.press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.session.draft.state == "shipped")
    made = app.read(deliveries.show, draft.id or 0)
    assert (made.lines[0].quantity, made.carrier) == (4, "JNE")


def test_what_is_typed_into_a_delivery_makes_it_dirty_and_ctrl_s_saves_it(
    app: App, show_sheet: ShowSheet, qtbot: QtBot
) -> None:
    draft = app.write(deliveries.new, a_confirmed_order(app, a_line(app, quantity="12")).number)
    page = show_sheet("delivery", draft.id or 0)
    hand = Hand(qtbot, page).type("4").enter()
    assert page.is_dirty
    hand.press(K.Key_S, CTRL)
    qtbot.waitUntil(lambda: not page.is_dirty)
    assert app.read(deliveries.show, draft.id or 0).lines[0].quantity == 4


def test_receiving_notes_who_and_keeps_the_signed_copy(
    app: App, show_sheet: ShowSheet, qtbot: QtBot, tmp_path: Path
) -> None:
    key = a_shipped_delivery(app)
    page = show_sheet("delivery", key)
    page.next_step()
    panel = panel_of(page, ReceivePanel, qtbot)
    copy = tmp_path / "signed.pdf"
    copy.write_bytes(b"%PDF-1.4 signed")
    panel.attach(copy)
    Hand(qtbot, page).type("Budi").press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.session.draft.state == "delivered")
    assert app.read(deliveries.show, key).received_by == "Budi"
    assert [each.name for each in app.read(attachments.of_document, "delivery", key)] == [
        "signed.pdf"
    ]


def test_goods_come_back_to_stock_and_to_scrap(
    app: App, show_sheet: ShowSheet, qtbot: QtBot, opened: Opened
) -> None:
    page = show_sheet("delivery", a_shipped_delivery(app))
    page.ask_return()
    panel = panel_of(page, ReturnPanel, qtbot)
    panel.reason.show_code("damaged")
    Hand(qtbot, page).type("3").press(K.Key_Tab).type("2").enter().press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(opened))
    made = app.read(deliveries.show, opened[0][1])
    assert made.reason == "damaged"
    assert {each.destination: each.quantity for each in made.lines} == {"stock": 3, "scrap": 2}


def test_a_shipped_delivery_is_cancelled_to_go_out_again(
    app: App, show_sheet: ShowSheet, qtbot: QtBot
) -> None:
    page = show_sheet("delivery", a_shipped_delivery(app))
    _cancel(page, "Cancel, deliver again", qtbot)
    order = page.sheet.delivery.order
    assert app.read(deliveries.open_lines, order)[0].reserved == 12


def test_a_shipped_delivery_is_cancelled_and_its_goods_are_free(
    app: App, show_sheet: ShowSheet, qtbot: QtBot
) -> None:
    page = show_sheet("delivery", a_shipped_delivery(app))
    _cancel(page, "Cancel, goods are free", qtbot)
    order = page.sheet.delivery.order
    assert app.read(deliveries.open_lines, order)[0].reserved == 0


def _cancel(page: Any, words: str, qtbot: QtBot) -> None:
    """Press that answer in the panel of the menu."""
    {each.label: each.slot for each in page.menu_now()}["Cancel the delivery …"]()
    _press(panel_of(page, UndeliverPanel, qtbot), words, qtbot)
    qtbot.waitUntil(lambda: page.session.draft.state == "cancelled")


def _press(panel: Any, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(panel.isVisible)
    (found,) = (each for each in panel.findChildren(QPushButton) if each.text() == words)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_a_return_says_so_and_offers_no_way_on(
    app: App, show_sheet: ShowSheet, qtbot: QtBot
) -> None:
    made = app.write(returns.take_back, a_shipped_delivery(app))
    page = show_sheet("delivery", made.id or 0)
    assert [each.label for each in page.steps_now()] == ["Print"]


def test_files_are_dropped_opened_and_taken_away(
    app: App, show_sheet: ShowSheet, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from ui.documents import handing

    seen: list[Any] = []
    monkeypatch.setattr(handing, "open_address", seen.append)
    key = a_shipped_delivery(app)
    page, path = show_sheet("delivery", key), tmp_path / "note & more.pdf"
    path.write_bytes(b"signed")
    page.files.add([path])
    qtbot.waitUntil(lambda: bool(app.read(attachments.of_document, "delivery", key)))
    (file,) = app.read(attachments.of_document, "delivery", key)
    page.files.open(file.id)
    qtbot.waitUntil(lambda: bool(seen))
    page.files.remove(file.id)
    qtbot.waitUntil(lambda: not app.read(attachments.of_document, "delivery", key))


# The invoice and its money


def test_an_invoice_is_issued_and_paid_with_ctrl_enter(
    app: App, show_sheet: ShowSheet, qtbot: QtBot
) -> None:
    key = an_invoice(app, is_issued=False)
    page = show_sheet("invoice", key)
    hand = Hand(qtbot, page).press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.state() == "open")
    hand.settle().press(K.Key_Return, CTRL)
    panel_of(page, PayPanel, qtbot)
    hand.press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.state() == "settled")
    assert app.read(invoices.shown, key).open == 0


@pytest.mark.parametrize(("words", "state"), [
    ("Make it void", "void"), ("Leave it as it is", "issued"),
])  # fmt: skip
def test_an_invoice_is_void_only_once_that_is_answered(
    app: App, show_sheet: ShowSheet, qtbot: QtBot, words: str, state: str
) -> None:
    key = an_invoice(app)
    page = show_sheet("invoice", key)
    {each.label: each.slot for each in page.menu_now()}["Make void …"]()
    _press(panel_of(page, UninvoicePanel, qtbot), words, qtbot)
    qtbot.waitUntil(lambda: not page.findChildren(UninvoicePanel))
    assert app.read(invoices.shown, key).state == state


def test_a_void_invoice_is_made_again_and_its_draft_is_shown(
    app: App, show_sheet: ShowSheet, qtbot: QtBot, opened: Opened
) -> None:
    key = an_invoice(app)
    page = show_sheet("invoice", key)
    {each.label: each.slot for each in page.menu_now()}["Make void …"]()
    panel = panel_of(page, UninvoicePanel, qtbot)
    qtbot.waitUntil(panel.isVisible)
    hand = Hand(qtbot, page)
    hand.press(K.Key_Tab).press(K.Key_Tab).press(K.Key_Space)
    qtbot.waitUntil(lambda: bool(opened))
    again = app.read(invoices.shown, opened[0][1])
    assert (app.read(invoices.shown, key).state, again.state) == ("void", "draft")
    assert again.row["total"] == app.read(invoices.shown, key).row["total"]


def test_a_draft_is_crossed_out_without_asking_for_another(
    app: App, show_sheet: ShowSheet, qtbot: QtBot
) -> None:
    key = an_invoice(app, is_issued=False)
    page = show_sheet("invoice", key)
    {each.label: each.slot for each in page.menu_now()}["Make void …"]()
    _press(panel_of(page, VoidPanel, qtbot), "Make it void", qtbot)
    qtbot.waitUntil(lambda: app.read(invoices.shown, key).state == "void")


def test_tax_withheld_without_a_slip_is_refused_at_its_field(
    app: App, show_sheet: ShowSheet, qtbot: QtBot
) -> None:
    page = show_sheet("invoice", an_invoice(app))
    page.next_step()
    panel = panel_of(page, PayPanel, qtbot)
    panel.amount.setText("1000000")
    panel.withheld.setText("20000")
    panel.pay()
    qtbot.waitUntil(lambda: bool(panel.slip.accessibleDescription()))
    assert "slip" in panel.slip.accessibleDescription()


def test_part_of_an_invoice_is_credited(
    app: App, show_sheet: ShowSheet, qtbot: QtBot, opened: Opened
) -> None:
    page = show_sheet("invoice", an_invoice(app))
    page.ask_credit()
    panel = panel_of(page, CreditPanel, qtbot)
    panel.reason.setText("Damaged")
    Hand(qtbot, page).type("2").enter().press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(opened))
    made = app.read(invoices.shown, opened[0][1])
    assert (made.type, made.lines[0]["quantity"], made.row["reason"]) == (
        "credit_note", 2, "Damaged",
    )  # fmt: skip


def test_a_payment_is_booked_by_hand_and_settles_the_oldest(
    app: App, desk: Any, qtbot: QtBot, opened: Opened
) -> None:
    from ui.documents.new_payment import NewPaymentPage

    key = an_invoice(app)
    page = NewPaymentPage(desk, "payment", {"account": "ALFKI"})
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.start_work()
    Hand(qtbot, page).type("1000000").press(K.Key_Return, CTRL).settle()  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(opened))
    assert app.read(invoices.shown, key).paid == 1_000_000


def test_what_is_free_of_a_payment_settles_the_oldest_invoice(
    app: App, show_sheet: ShowSheet, qtbot: QtBot
) -> None:
    key = an_invoice(app)
    paid = app.write(payments.receive, "ALFKI", D(1_000_000))
    page = show_sheet("payment", paid.id)
    page.next_step()
    panel = panel_of(page, AllocatePanel, qtbot)
    panel.fill()
    panel.confirm()
    qtbot.waitUntil(lambda: page.payment.free == 0)
    assert app.read(invoices.shown, key).paid == 1_000_000
