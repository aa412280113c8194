"""A window of an older program on a database that a newer one has upgraded."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from controllers.system import opening
from models.storage.migrations import HEAD
from models.storage.sqlite import SqliteDatabase
from tests.postgres_server import PostgresServer
from tests.ui.shared.conftest import OpenWindow, Settle
from ui.kit import toasts
from ui.shell import launch
from ui.shell.connection.starting import StartDialog
from ui.widgets.record_form.form import RecordForm

pytestmark = pytest.mark.slow

NEWER = "UPDATE {schema}alembic_version SET version_num = '{revision}'"
SENTENCE = "was made by a newer version; update this program to open it."

Upgrade = Callable[[], None]


@pytest.fixture
def upgraded(server: PostgresServer) -> Iterator[Upgrade]:
    """Lets the shared database be newer for the rest of a test."""
    yield lambda: server.execute(NEWER.format(schema="saudagar.", revision="9999"), "desk")
    server.execute(NEWER.format(schema="saudagar.", revision=HEAD), "desk")


def words_at_the_start(place: str | Path) -> list[str]:
    """What is said in the place of a window."""
    said: list[str] = []

    def look() -> None:
        for each in QApplication.topLevelWidgets():
            if each.isVisible() and isinstance(each, (QMessageBox, StartDialog)):
                said.append(
                    each.text() if isinstance(each, QMessageBox) else each.page.answer.text()
                )
                assert isinstance(each, QDialog)
                each.reject()
                return
        QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)
    assert launch.open_window(place, "", "en") == 1
    return said


def test_a_file_is_not_opened(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "newer.db"
    opening.create_app(path, "sari").close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(NEWER.format(schema="", revision="9999"))
    assert words_at_the_start(path) == [f"{path} {SENTENCE}"]
    with closing(SqliteDatabase(path)) as database:
        assert database.revision() == "9999"


def test_a_shared_database_is_not_opened(
    server_url: str, upgraded: Upgrade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:  # fmt: skip
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    upgraded()
    assert words_at_the_start(server_url) == [f"desk @ 127.0.0.1 {SENTENCE}"]


def test_a_window_that_was_open_reads_on_and_writes_nothing(
    open_window: OpenWindow, server_url: str, upgraded: Upgrade, qtbot: QtBot, settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window = open_window(server_url)
    window.open_record("account", "C005")
    settle()
    form = window.workspace.current()
    assert isinstance(form, RecordForm)
    upgraded()
    qtbot.keyClicks(form.sheet.boxes["city"].editor.control, "Ambon")
    said: list[str] = []
    monkeypatch.setattr(toasts.host(window), "show_text", lambda text, *_more: said.append(text))
    form.save()
    settle()
    assert said == [f"desk @ 127.0.0.1 {SENTENCE}"]
    assert form.is_dirty
    assert window.desk.app.database.fetch("SELECT city FROM account WHERE code = 'C005'") == [
        (None,)
    ]
    window.show_place("account").freshen()
    settle()
