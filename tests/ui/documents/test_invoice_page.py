"""Invoices and the money for them in the window, as a person types them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import invoices, payments
from tests.ui.documents.fulfilment import an_invoice, panel_of, press
from tests.ui.documents.hand import CTRL, Hand
from ui.documents.panels.allocating import AllocatePanel
from ui.documents.panels.crediting import CreditPanel
from ui.documents.panels.paying import PayPanel
from ui.documents.panels.undoing import UninvoicePanel, VoidPanel

pytestmark = pytest.mark.slow

D = Decimal
K = Qt.Key
Opened = list[tuple[str, Any]]
ShowSheet = Callable[[str, int], Any]


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
    press(panel_of(page, UninvoicePanel, qtbot), words, qtbot)
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
    press(panel_of(page, VoidPanel, qtbot), "Make it void", qtbot)
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
