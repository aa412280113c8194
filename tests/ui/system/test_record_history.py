"""The history of a record in the window: reached from everywhere, read page by page."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.core.app import App
from controllers.system import history, settings
from tests.ui.showing import shown
from ui.kit import actions, language
from ui.kit.desk import Desk
from ui.shell.main_window import MainWindow
from ui.system.record_history.model import AFTER, BEFORE, WHAT
from ui.system.record_history.page import HistoryPage

Settle = Callable[[], None]


@pytest.fixture
def page(filled: App, desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[HistoryPage]:
    """A customer whose city and credit limit were changed."""
    account = filled.read(records.show, "account", "C003")
    change = {"city": "Medan", "credit_limit": Decimal(2_500_000)}
    filled.write(records.change, "account", "C003", change)
    yield from shown(
        lambda: HistoryPage(desk, "account", account.id or 0, account.title), qtbot, settle
    )


def cells(page: HistoryPage, row: int) -> list[str]:
    model = page.model
    return [str(model.data(model.index(row, at))) for at in range(model.columnCount())]


def test_the_newest_change_stands_first_with_both_values(page: HistoryPage) -> None:
    assert cells(page, 0)[1] == "Sari Wulandari"
    assert cells(page, 0)[WHAT:] == ["City", "Jakarta", "Medan"]
    assert cells(page, 1) == ["", "", "", "Credit limit", "–", "2,500,000"]
    assert page.model.texts(page.model.lines[2])[WHAT] == "Created"
    assert page.title == "History · Toko D03"


def test_the_row_of_the_cursor_is_shown_whole(page: HistoryPage, qtbot: QtBot) -> None:
    assert [each.text() for each in page.values] == ["Jakarta", "Medan"]
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert [each.text() for each in page.values] == ["–", "2,500,000"]


def test_one_field_narrows_and_an_unchanged_one_says_so(page: HistoryPage, settle: Settle) -> None:
    def choose(name: str) -> None:
        page.field.setCurrentIndex(page.field.findData(name))
        page.field.activated.emit(page.field.currentIndex())
        settle()

    choose("city")
    assert [line.difference.label for line in page.model.lines if line.difference] == [
        "City", "City",
    ]  # fmt: skip
    choose("tags")
    assert page.model.rowCount() == 0
    assert page._empty.text() == "This field was never changed."
    assert not page.table.isVisible()


def test_a_change_elsewhere_appears_at_once(page: HistoryPage, filled: App, settle: Settle) -> None:
    filled.write(records.change, "account", "C003", {"city": "Solo"})
    settle()
    assert cells(page, 0)[BEFORE:] == ["Medan", "Solo"]


def test_older_steps_come_while_scrolling(
    page: HistoryPage, filled: App, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(60):
        filled.write(records.change, "account", "C003", {"city": f"Kota {at}"})
    monkeypatch.setattr(history, "PAGE", 30)
    page.load()
    settle()
    bar = page.table.verticalScrollBar()
    for _turn in range(6):
        bar.setValue(0)
        bar.setValue(bar.maximum())
        settle()
    cities = [line.difference.after for line in page.model.lines
              if line.difference and line.difference.field == "city"]  # fmt: skip
    assert cities == [f"Kota {at}" for at in reversed(range(60))] + ["Medan", "Jakarta"]


def test_the_page_speaks_the_persons_language(page: HistoryPage, settle: Settle) -> None:
    page.desk.preferences.set("language", "id")
    language.set_language("id")
    settle()
    assert cells(page, 0)[WHAT] == "Kota"
    assert cells(page, 1)[AFTER] == "2.500.000"


def test_costs_stay_off_the_screen_by_wish(
    page: HistoryPage, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    desk.app.write(records.create, "product", {"sku": "P1", "name": "Pump", "cost": "5"})
    product = desk.app.read(records.show, "product", "P1").id or 0
    for hidden in (False, True):
        desk.preferences.set("hide_restricted", hidden)
        made = HistoryPage(desk, "product", product, "Pump")
        qtbot.addWidget(made)
        settle()
        fields = {line.difference.field for line in made.model.lines if line.difference}
        assert ("cost" in fields) != hidden
        assert (made.field.findData("cost") < 0) == hidden


# The ways to it


def test_ctrl_h_leads_there_from_the_list_and_from_a_form(
    window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    actions.possible()["list.history"].action.trigger()
    settle()
    listed = window.workspace.current()
    assert isinstance(listed, HistoryPage)
    assert listed.model.rowCount() > 0
    window.open_record("account", listed.record_id or 0)
    settle()
    qtbot.keyClick(window.workspace.current(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.workspace.current() is listed
    listed.open_record()
    assert window.workspace.current() is not listed


def test_ctrl_h_on_the_settings_tells_who_changed_them_and_leads_back(
    window: MainWindow, filled: App, qtbot: QtBot, settle: Settle
) -> None:
    company = filled.read(settings.load)
    filled.write(settings.save, replace(company, short_name="MJU", place="Medan"))
    place = window.show_place("settings")
    settle()
    qtbot.keyClick(place, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    settle()
    page = window.workspace.current()
    assert isinstance(page, HistoryPage)
    assert [cells(page, row)[WHAT] for row in (0, 1)] == ["Place before the date", "Short name"]
    assert cells(page, 1)[AFTER] == "MJU"
    page.open_record()
    assert window.workspace.current() is place


def test_the_panel_beside_a_list_leads_there(window: MainWindow, settle: Settle) -> None:
    (found,) = (
        each for each in window.findChildren(QPushButton)
        if each.accessibleName() == "History" and each.property("role") == "link"
    )  # fmt: skip
    found.click()
    settle()
    assert isinstance(window.workspace.current(), HistoryPage)


def test_an_open_history_is_no_tab_of_the_next_start(window: MainWindow, settle: Settle) -> None:
    window.open_history("account", 1, "Toko")
    settle()
    window.close()
    assert window.desk.preferences["tabs"] == []
