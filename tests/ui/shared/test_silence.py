"""The window stays alive while a server that took the call says nothing."""

import socket
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from controllers.system.addresses import Address
from models.storage.postgres import connection
from models.storage.postgres.connection import PatientConnection
from tests.models.storage.test_silence import frozen
from tests.postgres_server import PostgresServer
from tests.ui.shared.conftest import OpenWindow, Settle
from ui.kit.places import Places
from ui.shell.connection.page import ConnectionPage

pytestmark = pytest.mark.slow

BEAT = 20


class Pulse:
    """Counts the turns of the window's own loop."""

    def __init__(self) -> None:
        self.beats = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT)

    def _beat(self) -> None:
        self.beats += 1


@pytest.fixture
def mute() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made.getsockname()[1]


def test_the_connection_page_offers_proof_first(places: Places, qtbot: QtBot) -> None:
    page = ConnectionPage(places)
    qtbot.addWidget(page)
    guard = page.fields.guard
    assert guard.currentData() == "verify-full"
    assert guard.itemData(0) == "verify-full"
    assert "proves who it is" in guard.currentText()


def test_a_connection_that_is_never_answered_ends_in_a_sentence(
    mute: int, places: Places, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection._PARTS, "connect_timeout", "2")
    page = ConnectionPage(places)
    qtbot.addWidget(page)
    page.show()
    settle()
    page.fields.show_address(Address("127.0.0.1", mute, "desk", "wati", "disable"))
    pulse = Pulse()
    page.test()
    assert not page.test_button.isEnabled()
    qtbot.waitUntil(page.test_button.isEnabled, timeout=15_000)
    assert "does not answer at port" in page.answer.text()
    assert pulse.beats > 30
    settle()


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be frozen there")
def test_a_server_that_stands_still_shows_the_outage_and_the_window_lives(
    open_window: OpenWindow, server: PostgresServer, qtbot: QtBot, settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window = open_window(server.url("desk"))
    asked = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
    pids = [row[0] for row in window.desk.app.database.fetch(asked)]
    monkeypatch.setitem(connection._PARTS, "connect_timeout", "2")
    monkeypatch.setattr(PatientConnection, "patience", 1.0)
    pulse = Pulse()
    with frozen(server.process.pid, *pids):
        window.open_record("account", "C003")
        qtbot.waitUntil(lambda: window._notices.count() == 1, timeout=15_000)
    assert pulse.beats > 20
    qtbot.waitUntil(lambda: window._notices.count() == 0, timeout=15_000)
    settle()
    assert window.workspace.current().title == "Toko 03"
