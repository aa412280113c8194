"""The list: order, search, filters, selection, copying, archiving, changes elsewhere."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers.core import records
from models.values.records import Filter
from ui.kit.desk import Desk
from ui.shell.main_window import MainWindow
from ui.widgets.record_list import commands
from ui.widgets.record_list.conditions import from_plain, to_plain
from ui.widgets.record_list.page import ListPage
from ui.widgets.record_list.table import fitted

Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow) -> ListPage:
    """The list of customers."""
    found = window.workspace.current()
    assert isinstance(found, ListPage)
    return found


def column(page: ListPage, name: str) -> list[str]:
    at = page.model.query.columns.index(name)
    return [page.model.text(row, at) for row in range(page.model.rowCount())]


def test_a_click_on_a_header_sorts_and_a_second_one_turns_the_order(
    page: ListPage, settle: Settle
) -> None:
    at = page.model.query.columns.index("code")
    for expected in (sorted, lambda codes: sorted(codes, reverse=True)):
        page.table.horizontalHeader().sectionClicked.emit(at)
        settle()
        assert column(page, "code") == expected(column(page, "code"))


def test_typing_searches_and_the_newest_answer_counts(
    page: ListPage, settle: Settle, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.search, "toko b2")
    settle()
    assert column(page, "name") == ["Toko B27"]
    assert page.status == "1 customer"


def test_letters_typed_into_the_table_belong_to_the_search(
    page: ListPage, settle: Settle, qtbot: QtBot
) -> None:
    page.table.setFocus()
    page.table.keyboardSearch("c029")
    settle()
    assert page.search.text() == "c029"
    assert page.model.rowCount() == 1


def test_a_filter_narrows_and_its_chip_takes_it_away(page: ListPage, settle: Settle) -> None:
    condition = Filter("city", "contains", "ipoh")
    page._add_filter(condition)
    settle()
    assert set(column(page, "city")) == {"Ipoh"}
    page._remove_filter(page.model.query.filters[0])
    settle()
    assert page.model.rowCount() == 30


def test_a_search_without_finds_says_so_and_offers_the_way_back(
    page: ListPage, settle: Settle, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.search, "nobody")
    settle()
    assert page.empty.isVisible()
    page.clear_search()
    settle()
    assert page.model.rowCount() == 30
    assert not page.empty.isVisible()


def test_select_all_counts_by_ranges_and_gives_every_id(page: ListPage) -> None:
    QAccessible.setActive(True)
    try:
        page.table.selectAll()
    finally:
        QAccessible.setActive(False)
    assert page.table.selected_count() == 30
    assert len(page.table.selected_ids()) == 30
    assert "30 selected" in page.status


def test_copied_rows_have_headers_and_tabs(page: ListPage, settle: Settle) -> None:
    page.table.selectRow(0)
    commands.copy(page)
    settle()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["Code", "Name"]
    assert lines[1].split("\t")[:2] == ["C000", "Toko A00"]


def test_archiving_takes_rows_away_and_undo_brings_them_back(page: ListPage, qtbot: QtBot) -> None:
    from ui.kit import toasts

    page.table.selectRow(0)
    commands.archive(page)
    qtbot.waitUntil(lambda: page.model.rowCount() == 29)
    toasts._hosts[-1].undo()
    qtbot.waitUntil(lambda: page.model.rowCount() == 30)


def test_a_record_made_elsewhere_appears(page: ListPage, desk: Desk, qtbot: QtBot) -> None:
    desk.app.write(records.create, "account", {"code": "NEW", "name": "Aaa"})
    qtbot.waitUntil(lambda: column(page, "name")[0] == "Aaa")


def test_enter_opens_the_record_once(
    page: ListPage, window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    page.table.setFocus()
    page.table.go_to(1)
    for _twice in range(2):
        window.show_place("account")
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        settle()
    assert len(window.workspace.record_pages) == 1


def test_going_to_a_row_chooses_it_alone_while_keys_are_held(page: ListPage, qtbot: QtBot) -> None:
    page.table.go_to(1)
    qtbot.keyPress(page.table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    page.table.go_to(4)
    qtbot.keyRelease(page.table, Qt.Key.Key_Control)
    assert page.table.selected_ranges() == [(4, 4)]


def test_the_panel_follows_the_cursor(page: ListPage, settle: Settle) -> None:
    page.table.go_to(2)
    settle()
    assert page._panel is not None
    assert page._panel.record_id == page.table.current_id()


def test_a_view_survives_being_stored(page: ListPage) -> None:
    query = page.model.query
    query = query._replace(filters=(Filter("city", "=", "Ipoh"),), sort="-code")
    assert from_plain(page.kind, to_plain(query)) == query


def test_private_views_stand_among_the_chips(page: ListPage, settle: Settle) -> None:
    page.views._keep("Mine only", False)
    settle()
    assert "Mine only" in [chip.text() for chip, _query in page.views._chips]


def test_chosen_columns_are_remembered(page: ListPage, desk: Desk, settle: Settle) -> None:
    page._set_columns(("name", "country"))
    settle()
    assert page.model.query.columns == ("name", "country")
    assert page.usual_query().columns == ("name", "country")


def test_columns_fill_the_room_and_give_way_where_it_is_small() -> None:
    assert fitted([100, 100], [1], 300) == [100, 200]
    assert sum(fitted([100, 400, 400], [1, 2], 700)) <= 702
