"""The window: palette, keys, language, theme, zoom, accessibility, contrast, errors."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from ui.kit import actions, errors, icons, tasks, theme
from ui.kit.desk import Desk
from ui.kit.language import set_language, tr
from ui.kit.preferences import Preferences
from ui.kit.tokens import DARK, LIGHT, Tokens
from ui.shell.entries import ENTRIES
from ui.shell.main_window import MainWindow
from ui.widgets.record_form.form import RecordForm
from ui.widgets.record_list.page import ListPage

Settle = Callable[[], None]


def test_the_palette_finds_a_record_and_enter_opens_it(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    window.open_palette()
    palette = window._palette
    qtbot.keyClicks(palette.field, "toko c002")
    palette.enter()
    settle()
    page = window.workspace.current()
    assert isinstance(page, RecordForm)
    assert page.record.key == "C002"


def test_nothing_moves_after_the_first_paint(desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    page = window.show_place("account", now=True)
    places: list[list[object]] = []

    def note() -> None:
        table = page.table
        columns = [table.columnWidth(at) for at in range(page.model.columnCount())]
        parts = (window.rail, window.top, window.status, page, page.search, table)
        places.append([*columns, *(each.geometry() for each in parts)])

    window.painted.connect(note)
    with qtbot.waitSignal(window.completed, timeout=20_000):
        window.show()
    settle()
    note()
    assert places[0] == places[1]


_FIRST_PAINT = """
import enum, os, sys
from pathlib import Path
from ui import start

def classes(above):
    return {each.__qualname__ for each in above.__subclasses__()}.union(
        *map(classes, above.__subclasses__()))

def painted():
    dear = ("Qt.", "QStyle.", "QGradient.")
    print(*(each for each in classes(enum.Enum) if each.startswith(dear)))
    late = ("dataclasses", "decimal", "sqlalchemy", "psycopg", "keyring", "ui.shell.connection",
            "ui.system.presence", "ui.shell.trouble", "controllers.system.sign_in",
            "controllers.core.shared_search", "controllers.core.search_sql",
            "controllers.core.compared", "models.storage.trail", "models.storage.search_index",
            "models.storage.files", "models.documents", "models.catalogue", "models.values.states",
            "ui.widgets.pills", "ui.widgets.record_list.empty")
    print(*(each for each in late if each in sys.modules))
    sys.stdout.flush()
    os._exit(0)

start.open_window(Path(sys.argv[1]), "sari", None, painted)
"""


def test_the_first_paint_loads_nothing_dear(filled: App, tmp_path: Path) -> None:
    """Each of these takes as long as several widgets, and one line anywhere loads it."""
    kept = tmp_path / "saudagar" / "sari.json"
    kept.parent.mkdir()
    kept.write_text('{"place": "account"}')
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_PAINT, str(filled.database.path)],
        env=os.environ | {"XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.split() == []


def test_the_palette_runs_a_command(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    window.open_palette()
    qtbot.keyClicks(window._palette.field, "narrow or widen")
    settle()
    was = window.rail.is_narrow
    window._palette.enter()
    assert window.rail.is_narrow is not was


def test_every_workspace_of_the_rail_opens(window: MainWindow, settle: Settle) -> None:
    for entry in ENTRIES:
        assert window.show_place(entry.name).isVisible()
        settle()
        assert window.rail._buttons[entry.name].isChecked()


def test_keys_are_unique_where_they_hold_together(window: MainWindow, settle: Settle) -> None:
    window.open_record("account", "C000")
    settle()
    for context in ("list", "form"):
        seen: dict[str, str] = {}
        for each in actions.live():
            key = each.action.shortcut().toString()
            if key and each.context in ("window", context):
                assert seen.setdefault(key, each.name) == each.name


def test_the_sheet_of_keys_is_made_from_the_actions(window: MainWindow) -> None:
    sheet = actions.sheet()
    assert sheet["Everywhere"]["Search or run a command"] == "Ctrl+K"
    assert sheet["Lists"]["Open the record"] == "Enter"
    window.open_keys()


def test_every_icon_has_a_drawing(window: MainWindow) -> None:
    for entry in ENTRIES:
        assert icons.glyph(entry.icon), entry.icon


def test_the_language_switches_at_once_everywhere(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"Filter": "Saringan", "Customers": "Pelanggan", "Name": "Nama"}
    monkeypatch.setattr(
        "ui.kit.language.translator", lambda code: lambda text: words.get(text, text)
    )
    set_language("id")
    settle()
    page = window.workspace.current()
    assert isinstance(page, ListPage)
    assert page._filter_button.text() == "Saringan"
    assert window.rail._buttons["account"].text().strip() == "Pelanggan"
    assert page.model.headerData(1, Qt.Orientation.Horizontal) == "Nama ↑"
    assert tr("Filter") == "Saringan"


def test_the_theme_switches_at_once(window: MainWindow) -> None:
    theme.set_mode("dark")
    assert QApplication.palette().window().color().name().upper() == DARK.ground
    theme.set_mode("light")
    assert QApplication.palette().window().color().name().upper() == LIGHT.ground


def test_zoom_makes_rows_higher(window: MainWindow) -> None:
    page = window.workspace.current()
    assert isinstance(page, ListPage)
    before = page.table.rowHeight(0)
    window.set_zoom(150)
    after = page.table.rowHeight(0)
    window.set_zoom(100)
    assert after > before


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_and_borders_can_be_read(colours: Tokens) -> None:
    for tone in ("good", "warn", "bad", "info", "quiet", "accent"):
        assert contrast(*colours.tone(tone)) >= 4.5, tone
    for ground in (colours.ground, colours.paper, colours.accent_ground, colours.hover):
        assert contrast(colours.ink, ground) >= 4.5
    assert contrast(colours.soft, colours.ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.border, colours.paper) >= 3


CONTROLS = frozenset((
    QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.ComboBox,
    QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.Table,
    QAccessible.Role.List, QAccessible.Role.PageTabList, QAccessible.Role.ProgressBar,
))  # fmt: skip


def controls(found: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    if found.role() in CONTROLS and not found.state().invisible:
        yield found
    if found.role() not in (QAccessible.Role.Table, QAccessible.Role.ComboBox):
        for at in range(found.childCount()):
            child = found.child(at)
            if child is not None and child.isValid():
                yield from controls(child)


def test_every_control_has_an_accessible_name(window: MainWindow, settle: Settle) -> None:
    window.open_record("account", "C000")
    settle()
    for place in (
        "account", "today", "settings", "reports", "first_run", "people", "connection",
    ):  # fmt: skip
        window.show_place(place)
        settle()
        for each in controls(QAccessible.queryAccessibleInterface(window)):
            widget = each.object()
            told = each.text(QAccessible.Text.Name)
            assert told, (place, each.role(), widget, widget.parent())


def test_only_the_newest_of_several_questions_is_answered(qtbot: QtBot) -> None:
    answers: list[int] = []
    for at in range(20):
        tasks.run(lambda at=at: at, answers.append, key="same")
    qtbot.waitUntil(tasks.tasks().is_idle)
    assert answers[-1] == 19
    assert len(answers) < 20


def test_writes_keep_their_order(qtbot: QtBot) -> None:
    done: list[int] = []
    for at in range(50):
        tasks.write(lambda at=at: done.append(at))
    qtbot.waitUntil(tasks.tasks().is_idle)
    assert done == list(range(50))


def test_a_job_shows_its_progress_and_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    def work(task: tasks.Task) -> None:
        while True:
            task.progress(1, 10)

    ended: list[object] = []
    job = tasks.job("Counting", work, ended.append)
    assert window.status._job.isVisible()
    job.cancel()
    qtbot.waitUntil(tasks.tasks().is_idle)
    assert ended == []
    assert not window.status._job.isVisible()


def test_a_bug_is_logged_and_told(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    leave = errors.install(tmp_path / "log")
    try:
        with qtbot.waitSignal(errors.troubles.bug):
            errors.show(ValueError("boom"))
    finally:
        leave()
    assert "boom" in (tmp_path / "log").read_text()


def test_an_outage_shows_a_banner_until_it_is_over(window: MainWindow, settle: Settle) -> None:
    errors.troubles.outage.emit(True)
    banner = window._notices.itemAt(0).widget()
    banner.retry()
    settle()
    assert window._notices.count() == 0


def test_preferences_come_back_and_broken_ones_do_no_harm(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "me.json"
    chosen = Preferences(path)
    chosen.set("theme", "dark")
    chosen.save()
    assert Preferences(path)["theme"] == "dark"
    path.write_text("{broken")
    assert Preferences(path)["theme"] == "system"
    assert json.loads((path.write_text("[]"), path.read_text())[1]) == []
    assert Preferences(path)["zoom"] == 100


def test_a_window_comes_back_only_on_a_screen_that_exists(desk: Desk, qtbot: QtBot) -> None:
    desk.preferences.set("geometry", [99_000, 99_000, 1100, 700])
    window = MainWindow(desk)
    qtbot.addWidget(window)
    assert window.x() < 90_000


def test_closing_keeps_unsaved_typing_for_the_next_start(
    window: MainWindow, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    window.open_record("account", "C000")
    settle()
    form = window.workspace.current()
    assert isinstance(form, RecordForm)
    control = form.sheet.boxes["notes"].editor.control
    qtbot.keyClicks(control, "half a thought")
    window.close()
    (draft,) = desk.drafts.all()
    assert draft.content["state"]["notes"] == "half a thought"


def test_a_dirty_tab_asks_before_it_closes(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    window.open_record("account", "C000")
    settle()
    form = window.workspace.current()
    assert isinstance(form, RecordForm)
    qtbot.keyClicks(form.sheet.boxes["notes"].editor.control, "x")
    window.workspace.close_current()
    assert form in window.workspace.record_pages
    form.give_up()
    form.undo()
    window.workspace.close_page(form)
    assert form not in window.workspace.record_pages
