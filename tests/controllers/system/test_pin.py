"""The PIN of a file: asked for, salted and hashed, dearer with every wrong try, taken off again."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from controllers.core.app import App
from controllers.system import databases, pin
from controllers.system.opening import open_app
from models.storage.sqlite import SqliteDatabase
from models.values.errors import DomainError
from tests.conftest import NOW
from tests.postgres_server import PostgresServer
from ui.terminal.run import run


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def no_sources() -> Iterator[None]:
    """Nobody is asked."""
    pin.comes_from()
    yield
    pin.comes_from()


@pytest.fixture
def locked(app: App) -> App:
    """A program on a file with a PIN."""
    app.write(pin.change, "", "2580")
    return app


def _refused(app: App, typed: str) -> str:
    with pytest.raises(DomainError) as caught:
        pin.require(app, typed)
    assert caught.value.field == "pin"
    return str(caught.value)


def test_without_a_pin_nothing_is_asked(app: App) -> None:
    pin.require(app)
    assert not pin.is_set(app)


def test_the_right_pin_opens(locked: App, database_path: Path) -> None:
    open_app(database_path, "sari", pin="2580").close()
    with pytest.raises(DomainError, match="asks for its PIN"):
        open_app(database_path, "sari")
    with pytest.raises(DomainError, match="not the PIN"):
        open_app(database_path, "sari", pin="1111")


def test_the_file_holds_a_salted_hash_and_not_the_pin(locked: App) -> None:
    ((kept,),) = locked.database.fetch("SELECT value FROM setting WHERE name = 'pin'")
    assert not re.search(r"\b2580\b", kept)
    locked.write(pin.change, "2580", "2580")
    assert locked.database.fetch("SELECT value FROM setting WHERE name = 'pin'") != [(kept,)]


def test_wrong_tries_must_wait_longer_and_longer_even_after_a_restart(
    locked: App, database_path: Path
) -> None:
    assert [pin.wait_after(wrong) for wrong in (1, 2, 3, 4, 5)] == [0, 0, 5, 10, 20]
    assert pin.wait_after(10_000) == 900
    assert "try again" in _refused(locked, "1")
    assert "try again" in _refused(locked, "2")
    assert "wait 5 seconds" in _refused(locked, "3")
    again = App(SqliteDatabase(database_path), "sari", lambda: NOW + dt.timedelta(seconds=2))
    assert "wait 3 seconds" in _refused(again, "2580")
    again.clock = lambda: NOW + dt.timedelta(seconds=6)
    assert "wait 10 seconds" in _refused(again, "4")
    again.clock = lambda: NOW + dt.timedelta(seconds=17)
    pin.require(again, "2580")
    assert "try again" in _refused(again, "5")
    again.close()


def test_a_pin_is_changed_and_removed_by_who_knows_it(locked: App) -> None:
    for present, wanted, field in (("1", "9999", "present"), ("2580", "12", "wanted")):
        with pytest.raises(DomainError) as caught:
            locked.write(pin.change, present, wanted)
        assert caught.value.field == field
    locked.write(pin.change, "2580", "kucing hitam")
    pin.require(locked, "kucing hitam")
    locked.write(pin.change, "kucing hitam", "")
    assert not pin.is_set(locked)


def test_the_command_line_takes_it_from_the_environment(
    locked: App, database_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    command = ["--database", str(database_path), "list", "account"]
    assert run(command) == 1
    assert "SAUDAGAR_PIN" in capsys.readouterr().err
    monkeypatch.setenv("SAUDAGAR_PIN", "2580")
    assert run(command) == 0
    monkeypatch.setenv("SAUDAGAR_PIN", "1234")
    assert run(command) == 1
    assert "not the PIN" in capsys.readouterr().err


@pytest.mark.slow
def test_a_shared_database_never_gets_one(locked: App, postgres: PostgresServer) -> None:
    databases.move(locked, postgres.url("unpinned"), lambda _table, _rows: None)
    shared = open_app(postgres.url("unpinned"))
    assert not pin.is_set(shared)
    assert shared.database.fetch("SELECT 1 FROM setting WHERE name = 'pin'") == []
    with pytest.raises(DomainError, match="everybody signs in"):
        shared.write(pin.change, "", "2580")
    shared.close()
    postgres.execute("DROP DATABASE unpinned WITH (FORCE)")
