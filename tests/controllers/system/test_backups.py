"""Backups: written whole where they were asked for, kept in mind, reminded of, never annoying."""

import datetime as dt
import stat
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.system import backups, databases, people, pin
from controllers.system.backups import Backups, Reminder
from controllers.system.opening import create_app, open_app
from models.storage.sqlite import SqliteDatabase
from models.values.errors import DomainError
from models.values.records import ListQuery
from tests.conftest import NOW
from tests.postgres_server import PostgresServer, binaries

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, where there are any."""
    monkeypatch.setenv("SAUDAGAR_POSTGRES_BIN", str(binaries()))


@pytest.fixture
def app(app: App, tmp_path: Path) -> App:
    app.write(people.ensure_administrator)
    app.write(backups.choose, str(tmp_path / "backups"), 1)
    return app


def test_a_backup_is_written_where_it_was_asked_for_and_kept_in_mind(
    app: App, tmp_path: Path
) -> None:
    path = backups.back_up(app)
    ending = "db" if app.database.engine_name == "sqlite" else "backup"
    assert list((tmp_path / "backups").iterdir()) == [path]
    assert path.name.endswith(f"-2026-11-20.{ending}")
    kept = app.read(backups.load)
    assert (kept.at, kept.file) == (NOW, str(path))


def test_a_second_backup_of_a_day_takes_the_place_of_the_first(app: App) -> None:
    assert backups.back_up(app) == backups.back_up(app)


def test_backups_and_their_folder_are_for_their_owner_alone(app: App) -> None:
    path = backups.back_up(app)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_reminder_comes_when_nothing_was_saved_for_too_long(app: App) -> None:
    assert app.read(backups.reminder) is None
    app.clock = lambda: NOW + DAY
    assert app.read(backups.reminder) == Reminder(None, 1)
    backups.back_up(app)
    assert app.read(backups.reminder) is None
    app.clock = lambda: NOW + 4 * DAY
    assert app.read(backups.reminder) == Reminder(NOW + DAY, 3)


def test_who_wants_no_reminder_gets_none(app: App) -> None:
    app.write(backups.choose, "", 0)
    app.clock = lambda: NOW + 100 * DAY
    assert app.read(backups.reminder) is None
    with pytest.raises(DomainError, match="0 is never"):
        app.write(backups.choose, "", -1)


def test_a_backup_by_command_counts_too(app: App, tmp_path: Path) -> None:
    databases.backup(app, tmp_path / "by-hand")
    assert app.read(backups.load).file == str(tmp_path / "by-hand")


def test_a_folder_that_cannot_be_made_is_named(app: App, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    app.write(backups.choose, str(tmp_path / "file" / "inside"), 1)
    with pytest.raises(DomainError, match="choose another one in Settings"):
        backups.back_up(app)


def test_two_backups_are_not_written_at_once(app: App) -> None:
    hold = app.database.hold("backup")
    assert hold
    with pytest.raises(DomainError, match="Another program is writing a backup"):
        backups.back_up(app)
    hold.release()
    backups.back_up(app)


@pytest.mark.slow
def test_on_a_shared_database_only_who_may_change_settings_is_reminded(
    postgres: PostgresServer, postgres_url: str
) -> None:
    with closing(open_app(postgres_url)) as boss:
        boss.write(people.add, {"name": "wati", "role": "sales_support"}, "rahasia sekali")
        later = dt.datetime.now(dt.UTC) + 3 * DAY
        boss.clock = lambda: later
        assert boss.read(backups.reminder)
        with closing(open_app(postgres.url("shared", "wati", "rahasia%20sekali"))) as wati:
            wati.clock = lambda: later
            assert wati.read(backups.reminder) is None
        boss.write(people.disable, "wati")
    postgres.execute("DROP OWNED BY wati; DROP ROLE wati", "shared")


# On a file


@pytest.fixture
def file_app(database_path: Path) -> App:
    """A program on a file with some records."""
    app = App(SqliteDatabase(database_path), "sari", lambda: NOW)
    for at in range(40):
        app.write(records.create, "account", {"code": f"A{at}", "name": "PT", "notes": "x" * 9000})
    return app


def test_progress_is_told_and_a_cancelled_backup_leaves_nothing(
    file_app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.storage import sqlite

    monkeypatch.setattr(sqlite, "_COPIED_AT_ONCE", 20)
    told: list[tuple[int, int]] = []
    backups.write(file_app, tmp_path / "whole.db", told=lambda *far: told.append(far))
    assert len(told) > 3
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]

    class Stop(Exception):  # noqa: N818 - no error
        pass

    def stop(done: int, total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        backups.write(file_app, tmp_path / "half.db", told=stop)
    assert not list(tmp_path.glob("half*"))
    backups.write(file_app, tmp_path / "again.db")
    file_app.close()


def test_what_is_written_meanwhile_neither_waits_nor_gets_into_the_copy(
    file_app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.storage import sqlite

    monkeypatch.setattr(sqlite, "_COPIED_AT_ONCE", 20)
    added: list[Thread] = []

    def told(_done: int, _total: int) -> None:
        if len(added) < 5:
            values = {"code": f"NEW{len(added)}", "name": "PT Baru"}
            added.append(Thread(target=file_app.write, args=(records.create, "account", values)))
            added[-1].start()
            added[-1].join(5)
            assert not added[-1].is_alive()

    backups.write(file_app, tmp_path / "copy.db", told=told)
    every = ListQuery("account", ("code",))
    assert (len(added), file_app.listing.count(every)) == (5, 45)
    with closing(App(SqliteDatabase(tmp_path / "copy.db"), "sari", lambda: NOW)) as copy:
        assert copy.listing.count(every) == 40
        assert copy.read(backups.load) == Backups()
    file_app.close()


def test_every_file_of_the_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    with closing(create_app(path, "sari")) as app:
        app.write(records.create, "account", {"code": "Z", "name": "PT"})
        assert app.database.hold("timed-outbox")
        app.write(pin.change, "", "2580")
        beside = list(path.parent.glob(f"*{path.name}*"))
        assert {each.name.removeprefix(path.name) for each in beside} >= {"", "-wal", "-shm"}
        assert {stat.S_IMODE(each.stat().st_mode) for each in beside} == {0o600}
