"""The form: editing, problems, undo, saving, conflicts, drafts."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from controllers.core import records
from models.values.record import Record
from ui.kit.desk import Desk
from ui.shell.main_window import MainWindow
from ui.widgets.record_form.form import RecordForm
from ui.widgets.record_form.history import History

Settle = Callable[[], None]


@pytest.fixture
def form(window: MainWindow, settle: Settle) -> RecordForm:
    """The form of the first customer."""
    window.open_record("account", "C000")
    settle()
    page = window.workspace.current()
    assert isinstance(page, RecordForm)
    return page


def line(form: RecordForm, field: str) -> QLineEdit:
    control = form.sheet.boxes[field].editor.control
    assert isinstance(control, QLineEdit)
    return control


def type_into(qtbot: QtBot, form: RecordForm, field: str, text: str) -> None:
    control = line(form, field)
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, text)


def test_a_change_marks_the_tab_and_ctrl_s_saves_it(
    form: RecordForm, window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    type_into(qtbot, form, "name", "Toko Baru")
    assert form.is_dirty
    assert window.workspace.tabs.tabText(1).startswith("●")
    form.save()
    settle()
    assert not form.is_dirty
    assert desk.app.read(records.show, "account", "C000").title == "Toko Baru"


def test_a_problem_stands_at_its_field_and_nothing_is_saved(
    form: RecordForm, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    type_into(qtbot, form, "email", "no address")
    assert "E-mail" in form.sheet.boxes["email"]._problem.text()
    form.save()
    settle()
    assert desk.app.read(records.show, "account", "C000").values["email"] is None


def test_a_taken_code_is_told_at_the_code(form: RecordForm, settle: Settle, qtbot: QtBot) -> None:
    type_into(qtbot, form, "code", "C001")
    form.save()
    settle()
    assert "C001" in form.sheet.boxes["code"]._problem.text()


def test_undo_and_redo_go_over_all_fields(form: RecordForm, qtbot: QtBot) -> None:
    type_into(qtbot, form, "name", "X")
    type_into(qtbot, form, "territory", "West")
    form.undo()
    assert line(form, "territory").text() == ""
    form.undo()
    assert line(form, "name").text() == "Toko A00"
    assert not form.is_dirty
    form.redo()
    form.redo()
    assert (line(form, "name").text(), line(form, "territory").text()) == ("X", "West")


def test_ctrl_z_in_a_field_is_the_undo_of_the_form(form: RecordForm, qtbot: QtBot) -> None:
    type_into(qtbot, form, "name", "X")
    type_into(qtbot, form, "territory", "West")
    qtbot.keyClick(line(form, "name"), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line(form, "territory").text() == ""
    assert line(form, "name").text() == "X"


def test_a_link_takes_the_first_find_even_when_enter_is_typed_ahead(
    form: RecordForm, settle: Settle, qtbot: QtBot
) -> None:
    type_into(qtbot, form, "owner", "wulan")
    qtbot.keyClick(line(form, "owner"), Qt.Key.Key_Return)
    settle()
    assert form.sheet.boxes["owner"].editor.raw() == "sari"
    assert line(form, "owner").text() == "Sari Wulandari"


def test_typing_survives_as_a_draft_and_comes_back(
    form: RecordForm, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    type_into(qtbot, form, "name", "Half typed")
    qtbot.waitUntil(lambda: bool(desk.drafts.all()), timeout=3_000)
    (draft,) = desk.drafts.all()
    again = RecordForm(desk, "account", form.record_id, {})
    qtbot.addWidget(again)
    again.take_draft(draft)
    qtbot.waitUntil(lambda: again.is_dirty)
    settle()
    assert line(again, "name").text() == "Half typed"
    again.save()
    settle()
    assert desk.drafts.all() == []


def test_a_conflict_shows_both_and_the_choice_is_saved(
    form: RecordForm, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    type_into(qtbot, form, "name", "Mine")
    type_into(qtbot, form, "territory", "West")
    desk.app.write(records.change, "account", "C000", {"name": "Theirs", "postcode": "101"})
    settle()
    form.save()
    settle()
    form.conflict.choose("name", theirs=True)
    form.conflict.apply()
    form.save()
    settle()
    saved = desk.app.read(records.show, "account", "C000").values
    assert (saved["name"], saved["territory"], saved["postcode"]) == ("Theirs", "West", "101")


def test_a_clean_form_follows_changes_elsewhere(
    form: RecordForm, desk: Desk, settle: Settle
) -> None:
    desk.app.write(records.change, "account", "C000", {"name": "Renamed"})
    settle()
    assert line(form, "name").text() == "Renamed"


def test_a_new_record_is_made_and_keeps_its_tab(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    window.new_record("product")
    form = window.workspace.current()
    assert isinstance(form, RecordForm)
    type_into(qtbot, form, "sku", "P1")
    type_into(qtbot, form, "name", "Kertas")
    type_into(qtbot, form, "list_price", "12,500.50")
    form.save()
    settle()
    record: Record = desk.app.read(records.show, "product", "P1")
    assert str(record.values["list_price"]) == "12500.5000"
    assert window.workspace.page_of("product", record.id) is form


def test_alt_right_shows_the_next_record_of_the_list(form: RecordForm, settle: Settle) -> None:
    form.show_next()
    settle()
    assert form.record.key == "C026"


def test_typing_in_one_field_is_one_step() -> None:
    history = History({"name": ""})
    for text in ("a", "ab", "abc"):
        history.note("name", {"name": text})
    assert history.undo() == {"name": ""}
    assert history.undo() is None
    assert history.redo() == {"name": "abc"}
