"""The Import page: from a file to records and back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from controllers.core import records
from models.values.records import ListQuery
from tests.ui.showing import shown
from ui.kit import tasks
from ui.kit.desk import Desk
from ui.system.import_page import ImportPage
from ui.system.mapping import MappingTable

pytestmark = pytest.mark.slow

Settle = Callable[[], None]

TEXT = "Kode,Nama,City,Fax\nC000,Toko A00,Medan,1\nNEW1,Toko Baru,Solo,2\n,Tanpa kode,Solo,3\n,,,\n"


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[ImportPage]:
    yield from shown(lambda: ImportPage(desk), qtbot, settle)


@pytest.fixture
def look(page: ImportPage, qtbot: QtBot, settle: Settle, tmp_path: Path) -> Callable[..., None]:
    """Give the page a file and wait for its look."""

    def give(text: str = TEXT) -> None:
        path = tmp_path / "rows.csv"
        path.write_text(text, encoding="utf-8")
        page.choices.set_path(path)
        wait(page, qtbot, settle)

    return give


def wait(page: ImportPage, qtbot: QtBot, settle: Settle) -> None:
    """Until the rest is over and the answer is there."""
    qtbot.waitUntil(lambda: not page._rest.isActive(), timeout=5_000)
    settle()


def figures(page: ImportPage) -> list[str]:
    return [each.text() for each in page.panel.figures.buttons.values()]


def notices(page: ImportPage) -> str:
    found = [page._notices.itemAt(at).widget() for at in range(page._notices.count())]
    return " ".join(label.text() for each in found if each for label in each.findChildren(QLabel))


def count(page: ImportPage) -> int:
    return page.desk.app.listing.count(ListQuery("account", ("code",)))


def test_a_page_without_a_file_says_what_to_do(page: ImportPage) -> None:
    assert page._places.currentIndex() == 0
    assert not page.start.isEnabled()


def test_a_file_shows_its_mapping_and_what_would_change(
    page: ImportPage, look: Callable[..., None]
) -> None:
    look()
    rows = page.mapping.rows
    assert [rows.text(row, 2) for row in range(4)] == ["Code", "Name", "City", "left out"]
    assert figures(page) == ["1 new", "1 changed", "0 unchanged", "1 rejected"]
    assert page.start.text() == "Import 2"
    assert count(page) == 30


def test_a_change_stands_from_before_to_after_and_a_rejection_with_its_reason(
    page: ImportPage, look: Callable[..., None]
) -> None:
    look()
    by_state = {each.state: each for each in page.panel.model.lines}
    assert by_state["changed"].details == ("City: Jakarta → Medan",)
    assert by_state["rejected"].what == "Line 4"
    page.panel.figures.buttons["rejected"].click()
    assert {each.state for each in page.panel.model.lines} == {"rejected"}
    page.panel.figures.buttons["rejected"].click()
    assert len(page.panel.model.lines) == 3


def test_a_field_given_to_another_column_leaves_the_first_one(
    page: ImportPage, look: Callable[..., None], qtbot: QtBot, settle: Settle
) -> None:
    look()
    page.mapping.rows.setData(page.mapping.rows.index(3, 2), "city")
    wait(page, qtbot, settle)
    rows = page.mapping.rows
    assert [rows.text(row, 2) for row in (2, 3)] == ["left out", "City"]


def test_enter_opens_the_list_of_fields_and_delete_leaves_a_column_out(
    page: ImportPage, look: Callable[..., None], qtbot: QtBot, settle: Settle
) -> None:
    look()
    table: MappingTable = page.mapping
    table.setCurrentIndex(table.rows.index(2, 0))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    box = table.findChild(QComboBox)
    assert box is not None
    assert box.currentData() == "city"
    box.setCurrentIndex(box.findData("province"))
    box.activated.emit(box.currentIndex())
    wait(page, qtbot, settle)
    assert table.rows.text(2, 2) == "Province or state"
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    wait(page, qtbot, settle)
    assert table.rows.text(2, 2) == "left out"


def test_a_fixed_value_goes_into_every_row(
    page: ImportPage, look: Callable[..., None], qtbot: QtBot, settle: Settle
) -> None:
    look()
    page.fixed.add()
    value = page.fixed.rows[0]
    value.field.setCurrentIndex(value.field.findData("territory"))
    qtbot.keyClicks(value.value, "West")
    qtbot.keyClick(value.value, Qt.Key.Key_Return)
    wait(page, qtbot, settle)
    changed = next(each for each in page.panel.model.lines if each.state == "changed")
    assert "Territory: – → West" in changed.details


def test_a_column_in_doubt_is_shown_both_ways_and_a_button_decides(
    page: ImportPage, look: Callable[..., None], qtbot: QtBot, settle: Settle
) -> None:
    look("code,name,credit_limit\nC000,Toko A00,1.234\n")
    assert "1.234  =  1,234" in notices(page)
    assert "1.234  =  1.234" in notices(page)
    assert not page.start.isEnabled()
    comma = next(e for e in page.findChildren(QPushButton) if e.text() == "decimal comma")
    comma.click()
    wait(page, qtbot, settle)
    assert page.choices.decimals.currentData() == ","
    assert page.panel.model.lines[0].details == ("Credit limit: – → 1,234.00",)


def test_a_file_that_cannot_be_read_says_why(page: ImportPage, look: Callable[..., None]) -> None:
    look("")
    assert "is empty" in notices(page)
    assert not page.start.isEnabled()


def test_import_then_take_back(
    page: ImportPage, look: Callable[..., None], qtbot: QtBot, settle: Settle
) -> None:
    look()
    page.run()
    settle()
    assert "Customers: 1 new, 1 changed, 0 unchanged, 1 rejected." in notices(page)
    assert count(page) == 31
    page.undo_last()
    wait(page, qtbot, settle)
    settle()
    assert count(page) == 30
    shown = page.desk.app.read(records.show, "account", "C000")
    assert shown.values["city"] == "Jakarta"


def test_a_cancelled_import_leaves_nothing(
    page: ImportPage, look: Callable[..., None], qtbot: QtBot, settle: Settle
) -> None:
    look()
    page.run()
    assert page.job is not None
    page.job.cancel()
    tasks.tasks().jobs_changed.emit()
    wait(page, qtbot, settle)
    assert page.job is None
    assert count(page) in (30, 31)  # a cancel after the commit comes too late
    assert page.start.isEnabled()


def test_rejected_rows_are_saved(
    page: ImportPage, look: Callable[..., None], settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    look()
    page.run()
    settle()
    path = tmp_path / "rejected.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    page.ask_rejected()
    settle()
    assert "Code is missing" in path.read_text("utf-8-sig")


def test_the_history_takes_an_import_back(
    page: ImportPage, look: Callable[..., None], settle: Settle
) -> None:
    look()
    page.run()
    settle()
    page.show_part(1)
    settle()
    assert [page.history.model.texts(each)[4] for each in page.history.model.runs] == ["rows.csv"]
    page.history.undo_chosen()
    settle()
    assert page.history.model.texts(page.history.model.runs[0])[-1] == "Taken back"
    assert count(page) == 30


def test_an_import_whose_records_were_changed_since_is_refused_in_words(
    page: ImportPage, look: Callable[..., None], settle: Settle
) -> None:
    look()
    page.run()
    settle()
    page.desk.app.write(records.change, "account", "NEW1", {"city": "Ipoh"})
    page.show_part(1)
    settle()
    page.history.undo_chosen()
    settle()
    assert "NEW1 was changed since import" in page.history._problem.text()


def test_a_mapping_is_kept_and_used_again(
    page: ImportPage, look: Callable[..., None], qtbot: QtBot, settle: Settle
) -> None:
    look()
    page.mapping.rows.setData(page.mapping.rows.index(3, 2), "province")
    wait(page, qtbot, settle)
    page.choices.profile.setEditText("Our ERP")
    page.choices._keep_profile()
    settle()
    page.told.clear()
    page.choices.profile.setCurrentIndex(page.choices.profile.findText("Our ERP"))
    page._on_profile()
    wait(page, qtbot, settle)
    assert page.mapping.rows.text(3, 2) == "Province or state"


def test_a_dropped_file_is_taken(
    page: ImportPage, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    path = tmp_path / "dropped.csv"
    path.write_text(TEXT, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    page.dropEvent(drop)
    wait(page, qtbot, settle)
    assert page.choices.file.text() == "dropped.csv"
    assert page.start.isEnabled()


def test_a_workbook_with_several_sheets_asks_for_one(
    page: ImportPage, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["moon"])
    book.active.append(["1"])
    sheet = book.create_sheet("Customers")
    sheet.append(["code", "name"])
    sheet.append(["X1", "Toko X"])
    book.save(tmp_path / "book.xlsx")
    page.choices.set_path(tmp_path / "book.xlsx")
    wait(page, qtbot, settle)
    assert page.choices.sheet.isVisible()
    page.choices.sheet.setCurrentIndex(1)
    wait(page, qtbot, settle)
    assert figures(page)[0] == "1 new"


def test_another_kind_forgets_the_mapping(
    page: ImportPage, look: Callable[..., None], qtbot: QtBot, settle: Settle
) -> None:
    look("sku,name\nP1,Pump\n")
    page.choices.kind.setCurrentIndex(page.choices.kind.findData("product"))
    settle()
    wait(page, qtbot, settle)
    assert page.mapping.rows.text(0, 2) == "SKU"
    assert figures(page)[0] == "1 new"


def test_northwind_customers_are_understood_by_the_profile_that_comes_with_the_program(
    page: ImportPage, look: Callable[..., None], qtbot: QtBot, settle: Settle
) -> None:
    look("CustomerID,CompanyName,Region,Fax\nALFKI,Alfreds,BC,1\n")
    page.choices.profile.setCurrentIndex(page.choices.profile.findText("northwind-customers"))
    page._on_profile()
    wait(page, qtbot, settle)
    rows = page.mapping.rows
    assert [rows.text(row, 2) for row in range(4)] == [
        "Code", "Name", "Province or state", "left out",
    ]  # fmt: skip
