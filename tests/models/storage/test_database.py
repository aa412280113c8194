"""Databases that are full, locked, damaged or of another version are refused in words."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.system import databases
from controllers.system.integrity import problems
from models.storage import schema, sqlite
from models.storage.database import Database
from models.system.kinds import KINDS
from models.values.errors import DomainError
from models.values.record import Record
from models.values.records import ListQuery


def _account(app: App, code: str = "A1", **values: str) -> Record:
    return app.write(records.create, "account", {"code": code, "name": "PT Maju", **values})


def test_a_full_disk_saves_nothing_and_says_so(app: App) -> None:
    with app.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        pages = connection.exec_driver_sql("PRAGMA max_page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 60}")
    _account(app, "A0")
    with pytest.raises(DomainError, match="no room left"):
        _many(app)
    rows = app.listing.first_page(ListQuery("account", ("notes",), sort="code")).rows
    assert rows[0][1] is None
    assert {len(row[1]) for row in rows[1:]} == {19_000}


def _many(app: App) -> None:
    for at in range(1, 200):
        _account(app, f"A{at}", notes="x" * 19_000)


def test_a_locked_database_is_named(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(app.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DomainError, match="locked by another program"):
            _account(app)
        other.execute("ROLLBACK")
    _account(app)


def _fill(uow: UnitOfWork) -> None:
    for at in range(300):
        values = {"code": f"A{at}", "name": "PT Maju", "notes": "x" * 500}
        records.create(uow, "account", values)


def test_a_damaged_database_is_named(app: App) -> None:
    app.write(_fill)
    path = app.database.path
    app.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[8192 : len(content) // 2] = b"\xff" * (len(content) // 2 - 8192)
    path.write_bytes(content)
    with pytest.raises(DomainError, match="damaged"):
        sqlite.verify(path)


def test_the_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    schema.create(path).close()
    assert path.stat().st_mode & 0o077 == 0


def test_check_finds_a_changed_total(app: App) -> None:
    from tests.builders import a_company, a_sent_quotation

    a_company(app)
    draft = a_sent_quotation(app)
    assert app.write(problems) == []
    with app.database.writing() as connection:
        connection.exec_driver_sql("UPDATE quotation SET total = total + 1")
    assert any(draft.number in each and "total" in each for each in databases.check(app))


def test_check_finds_a_number_that_is_gone(app: App) -> None:
    from tests.builders import a_company, a_sent_quotation

    a_company(app)
    a_sent_quotation(app)
    with app.database.writing() as connection:
        connection.exec_driver_sql("UPDATE number_series SET last = last + 1")
    assert databases.check(app) == ["2 numbers of quotations were drawn, but 1 are there."]


def test_every_change_leaves_what_was_before_and_after_in_the_audit_trail(app: App) -> None:
    _account(app, city="Bandung")
    app.write(records.change, "account", "A1", {"city": "Medan"})
    rows = app.database.reader().execute(
        "SELECT who, action, json_extract(changes, '$.city') FROM audit WHERE kind = 'account'"
    )
    wanted = [("sari", "insert", "Bandung"), ("sari", "update", '["Bandung","Medan"]')]
    assert rows.fetchall() == wanted


def test_a_database_of_another_program_is_no_backup(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection, connection:
        connection.execute("CREATE TABLE thing (id INTEGER)")
    with pytest.raises(DomainError, match="not a Saudagar database"):
        schema.restore(foreign, tmp_path / "target.db")
    assert not (tmp_path / "target.db").exists()


def test_a_backup_into_a_missing_folder_is_refused_in_words(app: App, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match=r"could not be written \(No such file or directory\)"):
        schema.backup(app.database, tmp_path / "nowhere" / "copy.db")


def test_a_restore_never_overwrites_a_foreign_database_unasked(
    database_path: Path, tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE mine (id INTEGER)")
    before = foreign.read_bytes()
    with pytest.raises(DomainError, match="--replace"):
        schema.restore(database_path, foreign)
    assert foreign.read_bytes() == before


def test_the_id_of_a_deleted_record_is_never_dealt_again(app: App) -> None:
    first = _account(app).id or 0
    app.write(records.delete, "account", "A1")
    assert (_account(app).id or 0) > first
    dealt = app.database.fetch("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
    assert {name for (name,) in dealt} == {kind.table for kind in KINDS.values()}


def test_closing_waits_for_what_is_being_read(database: Database) -> None:
    stream = database.stream("SELECT 1 UNION ALL SELECT 2", block=1)
    next(stream)
    closed = threading.Event()
    closing = threading.Thread(target=lambda: (database.close(), closed.set()))
    closing.start()
    assert not closed.wait(0.1)
    assert list(stream) == [[(2,)]]
    closing.join(5)
    assert closed.is_set()
