"""A server that is there and never answers: everything ends in a sentence, within its time."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from models.storage.database import open_database
from models.storage.postgres import connection
from models.storage.postgres.connection import PatientConnection
from models.values.errors import OutageError
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.slow

LIMITS = {
    "statement_timeout": "2min",
    "lock_timeout": "8s",
    "idle_in_transaction_session_timeout": "2min",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}


@pytest.fixture
def mute() -> Iterator[int]:
    """The port of a server that takes callers in and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made.getsockname()[1]


def test_every_limit_is_set_on_server_and_network(postgres_url: str) -> None:
    with closing(open_database(postgres_url)) as database:
        asked = "SELECT current_setting(?)"
        assert {name: database.fetch(asked, (name,))[0][0] for name in LIMITS} == LIMITS
        told = database.reader().info.get_parameters()
    assert told["connect_timeout"] == "10"
    assert told["tcp_user_timeout"] == "30000"
    assert told["keepalives_idle"] == "30"
    assert connection.PATIENCE > 120


def test_connecting_to_a_server_that_never_answers_ends(
    mute: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection._PARTS, "connect_timeout", "2")
    begun = time.monotonic()
    with (
        closing(open_database(f"postgresql://sari@127.0.0.1:{mute}/desk")) as database,
        pytest.raises(OutageError, match=r"desk @ 127\.0\.0\.1 cannot be reached \(.*timeout"),
    ):
        database.revision()
    assert time.monotonic() - begun < 8


@contextmanager
def frozen(*pids: int) -> Iterator[None]:
    """Processes of the server stand still; their connections stay open."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be frozen there")
def test_a_statement_nobody_answers_ends(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientConnection, "patience", 1.0)
    with closing(open_database(postgres_url)) as database, database.reading() as reading:
        pid = reading.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        begun = time.monotonic()
        with frozen(pid), pytest.raises(OutageError, match="cannot be reached"):
            _asked(database, reading)
        assert time.monotonic() - begun < 5


def _asked(database: object, reading: object) -> None:
    with database._refusing():  # type: ignore[attr-defined]
        reading.exec_driver_sql("SELECT 1")  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be frozen there")
def test_after_the_silence_the_next_request_is_answered(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_database(postgres_url)) as database:
        pid = database.fetch("SELECT pg_backend_pid()")[0][0]
        monkeypatch.setattr(PatientConnection, "patience", 1.0)
        with frozen(pid):
            assert database.fetch("SELECT 7") == [(7,)]


def test_a_statement_that_takes_long_is_no_silence(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientConnection, "patience", 2.0)
    with closing(open_database(postgres_url)) as database:
        assert database.fetch("SELECT 1 FROM pg_sleep(0.5)") == [(1,)]


def test_who_listens_hears_on_after_more_than_the_patience(
    postgres_url: str, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientConnection, "patience", 0.6)
    heard = threading.Event()
    listening = threading.Event()
    away: list[bool] = []
    with closing(open_database(postgres_url)) as database:
        listener = database.listen("me", lambda _changes: None, away.append,
                                   lambda _text: heard.set())  # fmt: skip
        assert listener
        assert not listening.wait(1.5)
        with closing(open_database(postgres_url)) as other:
            other.call_out('["other", "Sari", [], 1]')
            assert heard.wait(5)
        listener.stop()
    assert away == []
