"""Quotations in the whole window: made anywhere, taken up again after a crash."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from tests.builders import a_quotation
from tests.ui.documents.hand import CTRL, SHIFT, Hand
from ui.documents.quotation_page import QuotationPage
from ui.kit import actions, icons
from ui.shell import resume
from ui.shell.main_window import MainWindow

pytestmark = pytest.mark.slow

K = Qt.Key


def _page(window: MainWindow, qtbot: QtBot) -> QuotationPage:
    page = window.workspace.current()
    assert isinstance(page, QuotationPage)
    qtbot.waitUntil(lambda: page.session.is_loaded)
    return page


def test_a_new_quotation_anywhere(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, K.Key_Q, CTRL | SHIFT)
    page = _page(window, qtbot)
    assert page.record_id is None
    assert page.title == "New quotation"


def test_a_new_quotation_to_the_customer_of_the_list(
    window: MainWindow, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    listed = window.show_place("account")
    settle()
    QTest.keyClick(listed.table, K.Key_F3)  # type: ignore[attr-defined]
    page = _page(window, qtbot)
    assert page.session.draft.account == "ALFKI"
    Hand(qtbot, page).type("2*PUMP12").enter().settle()
    assert page.session.draft.lines[0].sku == "PUMP12"


def test_what_was_typed_before_a_crash_is_offered_at_the_start(
    window: MainWindow, app: App, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    key = a_quotation(app).id or 0
    window.open_record("quotation", key)
    page = _page(window, qtbot)
    page.session.set_field("subject", "Half done")
    page.keep_draft()
    window.workspace._remove(page)
    drafts = window.desk.drafts.all()
    assert len(drafts) == 1
    resume._offer(window, drafts[0])
    again = _page(window, qtbot)
    qtbot.waitUntil(lambda: again.session.draft.subject == "Half done")
    assert again.is_dirty
    assert window.workspace.tabs.tabText(1).startswith("●")
    again.give_up()
    settle()
    assert window.desk.drafts.all() == []


def test_every_action_of_a_document_is_on_the_sheet_of_keys(
    window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(window, K.Key_Q, CTRL | SHIFT)
    _page(window, qtbot)
    pages = actions.sheet()
    assert pages["Lines of a document"]["Quantity and code"] == "3*PUMP12"
    assert pages["Quotations and orders"]["Show or hide the preview"] == "F9"


def test_every_icon_exists(window: MainWindow) -> None:
    folder = Path(__file__).resolve().parents[3] / "ui" / "documents"
    texts = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    assert [
        each for each in set(re.findall(r'"(ph\.[a-z-]+)"', texts)) if not icons.glyph(each)
    ] == []
