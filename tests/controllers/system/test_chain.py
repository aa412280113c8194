"""The chain over the audit trail: whole through all that happens, broken by any tampering."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import quotations
from controllers.system import databases, imports
from controllers.system.integrity import problems
from models.storage.database import open_database
from models.storage.sqlite import SqliteDatabase, connect
from models.values.errors import DomainError
from tests.builders import a_company, a_line, a_quotation, an_account
from tests.conftest import NOW
from tests.postgres_server import PostgresServer

Tamper = Callable[..., None]


@pytest.fixture
def tamper(app: App, request: pytest.FixtureRequest) -> Tamper:
    """Run statements as the owner of the tables, with every guard lifted."""

    def run(*statements: str) -> None:
        if isinstance(app.database, SqliteDatabase):
            with closing(connect(app.database.path)) as connection:
                for name in ("audit", "audit_seal"):
                    for command in ("update", "delete", "replace"):
                        connection.execute(f"DROP TRIGGER IF EXISTS {name}_keeps_{command}")
                for each in statements:
                    connection.execute(each)
            return
        server: PostgresServer = request.getfixturevalue("postgres")
        quiet = "SET session_replication_role = replica; SET search_path = saudagar;"
        server.execute(f"{quiet} {'; '.join(statements)}", "shared")

    return run


@pytest.fixture
def trail(app: App) -> list[int]:
    """The entries of five changes to one account, each a transaction of its own."""
    an_account(app)
    for city in ("Bandung", "Ipoh", "Medan", "Bogor"):
        app.write(records.change, "account", "ALFKI", {"city": city})
    return [row[0] for row in app.database.fetch("SELECT id FROM audit ORDER BY id")]


def broken(app: App) -> list[str]:
    return [each for each in app.write(problems) if "audit trail" in each]


def test_every_transaction_is_sealed_whole(app: App, trail: list[int]) -> None:
    seals = app.database.fetch("SELECT id, first, last, entries FROM audit_seal ORDER BY id")
    assert seals == [(at, entry, entry, 1) for at, entry in enumerate(trail, 1)]
    assert broken(app) == []
    app.write(records.change, "account", "ALFKI", {"city": "Bogor"})
    assert broken(app) == []


def test_a_refused_or_failed_use_case_leaves_neither_entry_nor_seal(
    app: App, trail: list[int]
) -> None:
    with pytest.raises(DomainError):
        app.write(records.create, "account", {"code": "ALFKI", "name": "Twice"})
    assert app.database.fetch("SELECT count(*) FROM audit_seal") == [(len(trail),)]
    assert broken(app) == []


def test_a_changed_value_is_named(app: App, trail: list[int], tamper: Tamper) -> None:
    tamper(f"UPDATE audit SET changes = replace(changes, 'Medan', 'Solo') WHERE id = {trail[3]}")
    assert broken(app) == [
        f"The audit trail does not hold: entry {trail[3]} in seal 4 was changed (account ALFKI)."
    ]


@pytest.mark.parametrize("column", ["who", "at", "station", "action", "kind"])
def test_another_person_moment_place_or_deed_is_named(
    column: str, app: App, trail: list[int], tamper: Tamper
) -> None:
    tamper(f"UPDATE audit SET {column} = {column} || 'x' WHERE id = {trail[1]}")
    assert [each for each in broken(app) if f"entry {trail[1]} in seal 2 was changed" in each]


def test_a_removed_entry_is_missed(app: App, trail: list[int], tamper: Tamper) -> None:
    tamper(f"DELETE FROM audit WHERE id = {trail[2]}")
    (found,) = broken(app)
    assert "in seal 3 an entry is missing" in found
    assert "(0 of 1 entries are there)" in found


def test_an_entry_removed_from_many_is_placed(app: App, tamper: Tamper) -> None:
    a_company(app)
    draft = a_quotation(app, *(a_line(app, quantity=str(at + 1)) for at in range(5)))
    ids = [row[0] for row in app.database.fetch(
        "SELECT id FROM audit WHERE kind = 'quotation' ORDER BY id")]  # fmt: skip
    assert draft.id
    assert len(ids) == 6
    tamper(f"DELETE FROM audit WHERE id = {ids[3]}")
    (found,) = broken(app)
    assert f"an entry is missing after entry {ids[2]} (5 of 6 entries are there)" in found


def test_a_removed_seal_is_missed(app: App, trail: list[int], tamper: Tamper) -> None:
    tamper("DELETE FROM audit_seal WHERE id = 3")
    found = broken(app)
    assert "seal 3 is missing before seal 4" in found[0]
    assert f"entry {trail[2]} has no seal" in found[-1]


def test_entries_cut_off_at_the_end_with_their_seals_are_missed(
    app: App, trail: list[int], tamper: Tamper
) -> None:
    tamper(f"DELETE FROM audit WHERE id >= {trail[3]}", "DELETE FROM audit_seal WHERE id >= 4")
    (found,) = broken(app)
    assert "the seals 4 to 5 were cut off at the end" in found


def test_a_trail_cut_off_is_missed_by_the_seal_that_was_noted(
    app: App, trail: list[int], tamper: Tamper
) -> None:
    noted = databases.newest_seal(app)
    assert databases.check(app, noted) == []
    before = app.database.fetch("SELECT last, hash FROM audit_seal WHERE id = 3")[0]
    tamper(
        f"DELETE FROM audit WHERE id >= {trail[3]}", "DELETE FROM audit_seal WHERE id >= 4",
        "UPDATE audit_head SET number = 3, last = {}, hash = '{}'".format(*before),
    )  # fmt: skip
    assert broken(app) == []
    assert any("seal 5 that was noted" in each for each in databases.check(app, noted))


def test_entries_that_changed_places_are_named(app: App, trail: list[int], tamper: Tamper) -> None:
    one, other = trail[1], trail[2]
    tamper(
        f"UPDATE audit SET id = 1000 WHERE id = {one}",
        f"UPDATE audit SET id = {one}, tx = (SELECT tx FROM audit WHERE id = 1000) "
        f"WHERE id = {other}",
        f"UPDATE audit SET id = {other} WHERE id = 1000",
    )
    assert f"entry {one} in seal 2 was changed" in broken(app)[0]


def test_an_entry_slipped_in_has_no_seal(app: App, trail: list[int], tamper: Tamper) -> None:
    tamper(
        "INSERT INTO audit(id, tx, at, who, station, kind, record_id, action) SELECT 5000, tx, at, "
        f"who, station, kind, record_id, 'delete' FROM audit WHERE id = {trail[4]}"
    )
    app.write(records.change, "account", "ALFKI", {"city": "Solo"})
    (found,) = broken(app)
    assert "entry 5000 has no seal: another program wrote it (account ALFKI)" in found


def test_an_entry_slipped_into_a_seal_is_named(app: App, trail: list[int], tamper: Tamper) -> None:
    tamper(
        "UPDATE audit_seal SET last = last + 1 WHERE id = 5",
        "INSERT INTO audit(id, tx, at, who, station, kind, record_id, action) "
        f"SELECT id + 1, tx, at, who, station, kind, record_id, 'delete' FROM audit "
        f"WHERE id = {trail[4]}",
    )
    assert "in seal 5 was added" in broken(app)[0]


def test_a_changed_seal_is_named(app: App, trail: list[int], tamper: Tamper) -> None:
    tamper("UPDATE audit_seal SET hash = 'made up' WHERE id = 2")
    assert "seal 2 itself was changed" in broken(app)[0]


def test_a_copy_on_the_same_engine_keeps_the_chain(
    app: App, trail: list[int], tmp_path: Path
) -> None:
    databases.move(app, str(tmp_path / "copy.db"), lambda _table, _rows: None)
    copy = App(open_database(tmp_path / "copy.db"), "sari", lambda: NOW)
    copy.write(records.change, "account", "ALFKI", {"city": "Solo"})
    assert broken(copy) == []
    sealed = copy.database.fetch("SELECT hash FROM audit_seal ORDER BY id")
    assert sealed[: len(trail)] == app.database.fetch("SELECT hash FROM audit_seal ORDER BY id")
    copy.close()


def test_an_import_and_its_undoing_are_sealed(app: App, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    rows = [f"C{at:05},PT Maju {at},Kota {at % 7}" for at in range(6_000)]
    file.write_text("\n".join(["code,name,city", *rows]))
    an_account(app, "C00001", city="Ipoh")
    outcome = imports.import_file(app, imports.Request("account", file))
    assert (outcome.created, outcome.updated) == (5_999, 1)
    changed = app.database.fetch(
        "SELECT changes FROM audit WHERE kind = 'account' AND action = 'update'"
    )
    assert json.loads(changed[0][0])["city"] == ["Ipoh", "Kota 1"]
    made = app.database.fetch("SELECT max(changes) FROM audit WHERE action = 'insert'")
    assert json.loads(made[0][0])["name"].startswith("PT Maju")
    assert broken(app) == []
    app.write(imports.undo, outcome.run or 0)
    assert broken(app) == []


def test_a_saved_document_tells_only_the_lines_that_changed(app: App) -> None:
    a_company(app)
    draft = a_quotation(app, *(a_line(app, quantity=str(at + 1)) for at in range(3)))
    read = app.read(quotations.show, draft.id or 0)
    lines = (read.lines[0], replace(read.lines[2], quantity=Decimal(9)), a_line(app, "FAN1"))
    app.write(quotations.save, replace(read, lines=lines))
    told = app.database.fetch(
        "SELECT action, line IS NULL FROM audit WHERE kind = 'quotation' AND id > "
        "(SELECT max(last) FROM audit_seal WHERE id < (SELECT number FROM audit_head)) ORDER BY id"
    )
    assert sorted((action, bool(head)) for action, head in told) == [
        ("delete", False), ("insert", False), ("update", False), ("update", True),
    ]  # fmt: skip
    assert broken(app) == []


class TestFile:
    """What only a file has to fear: another program that writes beside this one."""

    @pytest.fixture
    def engine(self) -> str:
        return "sqlite"

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit SET who = 'nobody'",
            "DELETE FROM audit",
            "REPLACE INTO audit(id, tx, at, who, station, kind, record_id, action) "
            "VALUES (1, 1, '', '', '', '', 1, '')",
            "UPDATE audit_seal SET hash = ''",
            "DELETE FROM audit_seal",
            "REPLACE INTO audit_seal VALUES (1, 1, 1, 1, 1, '', '')",
        ],
    )
    def test_nobody_rewrites_what_happened(
        self, statement: str, app: App, trail: list[int]
    ) -> None:
        assert isinstance(app.database, SqliteDatabase)
        with (
            closing(connect(app.database.path)) as connection,
            pytest.raises(Exception, match="only added to"),
        ):
            connection.execute(statement)
        assert broken(app) == []

    def test_what_another_program_wrote_is_never_blessed(self, app: App, trail: list[int]) -> None:
        assert isinstance(app.database, SqliteDatabase)
        with closing(connect(app.database.path)) as connection:
            connection.execute("UPDATE account SET city = 'Nowhere'")
        app.write(records.change, "account", "ALFKI", {"city": "Solo"})
        foreign = trail[-1] + 1
        assert broken(app) == [
            f"The audit trail does not hold: entry {foreign} has no seal: another program wrote it "
            "(account ALFKI)."
        ]
        who = app.database.fetch("SELECT who FROM audit ORDER BY id DESC LIMIT 2")
        assert who == [("sari",), ("",)]

    def test_a_missing_trigger_is_named(self, app: App) -> None:
        assert isinstance(app.database, SqliteDatabase)
        with closing(connect(app.database.path)) as connection:
            connection.execute("DROP TRIGGER account_audit_update")
        assert app.write(problems) == [
            "The trigger account_audit_update is missing; restore a backup."
        ]


@pytest.mark.slow
class TestServer:
    """What only a shared database has: many at once, and programs that are not ours."""

    @pytest.fixture
    def engine(self) -> str:
        return "postgresql"

    def test_sixteen_who_write_at_once_leave_one_chain(self, app: App, postgres_url: str) -> None:
        for at in range(16):
            an_account(app, f"A{at}")
        stations = [App(open_database(postgres_url), f"desk{at}", lambda: NOW) for at in range(16)]
        together = threading.Barrier(16)

        def work(at: int) -> None:
            together.wait(30)
            for turn in range(8):
                city = {"city": f"Kota {turn}"}
                stations[at].write(records.change, "account", f"A{at}", city)
                an_account(stations[at], f"B{at}-{turn}")

        with ThreadPoolExecutor(16) as people:
            list(people.map(work, range(16)))
        for each in stations:
            each.close()
        assert app.database.fetch("SELECT count(*) FROM audit") == [(16 + 16 * 8 * 2,)]
        assert app.database.fetch("SELECT count(*) FROM audit_pending") == [(0,)]
        assert broken(app) == []

    def test_psql_is_sealed_as_well_with_login_program_and_address(
        self, app: App, postgres_url: str, trail: list[int]
    ) -> None:
        with psycopg.connect(
            postgres_url, options="-c search_path=saudagar", application_name="psql"
        ) as connection:
            connection.execute("UPDATE account SET city = 'Solo'")
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            connection.execute("UPDATE account SET city = 'Pati'")
            connection.execute("SAVEPOINT a")
            connection.execute("UPDATE account SET city = 'Tuban'")
            connection.execute("ROLLBACK TO a")
        (entry,) = app.database.fetch(
            "SELECT who, station, changes FROM audit ORDER BY id DESC LIMIT 1"
        )
        assert entry == ("postgres", "psql (127.0.0.1)", '{"city":["Solo","Pati"]}')
        assert broken(app) == []

    def test_who_writes_is_the_login_whatever_the_program_says(
        self, app: App, trail: list[int]
    ) -> None:
        """The program was opened as ``sari``, with the login ``postgres``."""
        assert app.database.fetch("SELECT DISTINCT who FROM audit") == [("postgres",)]

    def test_a_kill_leaves_the_chain_whole(
        self, app: App, postgres_url: str, trail: list[int]
    ) -> None:
        with psycopg.connect(postgres_url, options="-c search_path=saudagar") as other:
            other.execute("UPDATE account SET city = 'Lost'")
            pid = other.info.backend_pid
            app.database.fetch("SELECT pg_terminate_backend(?)", (pid,))
            with pytest.raises(psycopg.OperationalError):
                other.execute("SELECT 1")
        app.write(records.change, "account", "ALFKI", {"city": "Solo"})
        assert broken(app) == []
