"""Deliveries and returns in the window, as a person types them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import attachments, deliveries, returns
from tests.builders import a_line
from tests.ui.documents.fulfilment import a_confirmed_order, a_shipped_delivery, panel_of, press
from tests.ui.documents.hand import CTRL, Hand
from ui.documents.panels.receiving import ReceivePanel
from ui.documents.panels.returning import ReturnPanel
from ui.documents.panels.undoing import UndeliverPanel

pytestmark = pytest.mark.slow

K = Qt.Key
Opened = list[tuple[str, Any]]
ShowSheet = Callable[[str, int], Any]


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
    press(panel_of(page, UndeliverPanel, qtbot), words, qtbot)
    qtbot.waitUntil(lambda: page.session.draft.state == "cancelled")


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
    page.files.remove(file)
    qtbot.waitUntil(lambda: not app.read(attachments.of_document, "delivery", key))
