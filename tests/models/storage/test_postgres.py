"""A shared database: made, told apart, saved; what goes wrong is said in words."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Queue

import pytest

from controllers.core import records
from controllers.core.app import App
from models.storage import schema
from models.storage.database import open_database
from models.storage.migrations import HEAD
from models.storage.postgres import notices
from models.storage.postgres.database import PostgresDatabase
from models.values.errors import ClashError, DomainError, OutageError
from models.values.records import EVERYTHING, Change
from tests.conftest import NOW
from tests.postgres_server import PASSWORD, PostgresServer, binaries

pytestmark = pytest.mark.slow


@pytest.fixture
def engine() -> str:
    return "postgresql"


@pytest.fixture
def own_server(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A server that a test may stop."""
    found = binaries()
    assert found
    server = PostgresServer(found)
    yield server
    server.remove()


def _message(url: str) -> str:
    with pytest.raises((DomainError, OutageError)) as caught, closing(open_database(url)) as named:
        named.revision()
    return str(caught.value)


def test_a_made_database_has_the_newest_schema_and_no_password_in_its_name(
    postgres: PostgresServer,
) -> None:
    database = schema.create(postgres.url("made-1"))
    assert database.revision() == HEAD
    assert PASSWORD not in database.name
    assert database.short_name == "made-1"
    with pytest.raises(DomainError, match="exists already"):
        schema.create(postgres.url("made-1"))
    database.close()
    postgres.execute('DROP DATABASE "made-1" WITH (FORCE)')


def test_what_is_wrong_with_a_connection_is_said_in_words(
    postgres: PostgresServer, postgres_url: str
) -> None:
    nobody = postgres.url("shared", user="nobody", password="guess")
    assert "name and password" in _message(nobody)
    assert "database create" in _message(postgres.url("not_there"))
    assert "cannot be reached" in _message("postgresql://sari@127.0.0.1:1/desk")
    assert "host of" in _message("postgresql://sari@no-such-host.invalid/desk")
    assert "offers no encryption" in _message(f"{postgres_url}?sslmode=require")
    assert "no address" in _message("postgresql://[::1/desk")
    assert "not a Saudagar database" in _refused(postgres.url("postgres"))


def _refused(url: str) -> str:
    with pytest.raises(DomainError) as caught, closing(open_database(url)) as named:
        named.check_schema()
    return str(caught.value)


def test_a_newer_schema_is_refused(postgres: PostgresServer, app: App) -> None:
    postgres.execute("UPDATE saudagar.alembic_version SET version_num = '9999'", "shared")
    try:
        with pytest.raises(DomainError, match="newer version"):
            app.database.check_schema()
    finally:
        postgres.execute(f"UPDATE saudagar.alembic_version SET version_num = '{HEAD}'", "shared")


def test_what_was_saved_is_restored_whole(
    postgres: PostgresServer, app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAUDAGAR_POSTGRES_BIN", str(binaries()))
    app.write(records.create, "account", {"code": "A1", "name": "PT Maju"})
    schema.backup(app.database, tmp_path / "desk.backup")
    schema.restore(tmp_path / "desk.backup", postgres.url("again"))
    again = App(open_database(postgres.url("again")), "sari", lambda: NOW)
    assert again.read(records.show, "account", "A1").values["name"] == "PT Maju"
    again.write(records.create, "account", {"code": "A2", "name": "PT Baru"})
    assert again.database.fetch("SELECT count(*) FROM audit") == [(2,)]
    with pytest.raises(DomainError, match="--replace"):
        schema.restore(tmp_path / "desk.backup", postgres.url("again"))
    schema.restore(tmp_path / "desk.backup", postgres.url("again"), replace=True)
    assert again.database.fetch("SELECT code FROM account") == [("A1",)]
    again.close()
    postgres.execute("DROP DATABASE again WITH (FORCE)")


def test_a_file_that_is_no_backup_changes_nothing(
    app: App, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAUDAGAR_POSTGRES_BIN", str(binaries()))
    app.write(records.create, "account", {"code": "A1", "name": "PT Maju"})
    (tmp_path / "text").write_text("no backup")
    with pytest.raises(DomainError, match="pg_restore"):
        schema.restore(tmp_path / "text", postgres_url, replace=True)
    assert app.read(records.show, "account", "A1").key == "A1"


def test_without_the_servers_programs_a_backup_names_them(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAUDAGAR_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(DomainError, match="pg_dump is not installed"):
        schema.backup(app.database, tmp_path / "desk.backup")
    assert list(tmp_path.glob("desk*")) == []


def test_others_hear_what_a_commit_changed_and_the_writer_does_not(
    app: App, postgres_url: str
) -> None:
    other = App(open_database(postgres_url), "budi", lambda: NOW)
    heard: Queue[tuple[str, Change]] = Queue()
    for name, program in (("writer", app), ("other", other)):
        program.listen(lambda _reached: None)
        program.changes.subscribe(lambda found, name=name: heard.put((name, found[0])))
    app.write(records.create, "account", {"code": "A1", "name": "PT Maju"})
    assert {heard.get(timeout=5)[0], heard.get(timeout=5)[0]} == {"writer", "other"}
    assert heard.empty()
    other.close()


def test_a_notice_of_many_records_names_their_kind() -> None:
    many = [Change("account", each) for each in range(5_000)]
    text = notices.payload("me", many)
    assert len(text) < 8_000
    assert notices.read(text, "you") == (Change("account", 0),)
    assert notices.read(text, "me") == ()


def test_after_the_server_came_back_everything_may_be_other(own_server: PostgresServer) -> None:
    url = own_server.url("desk")
    schema.create(url).close()
    app = App(open_database(url), "sari", lambda: NOW)
    heard: Queue[object] = Queue()
    app.listen(heard.put)
    app.changes.subscribe(heard.put)
    app.write(records.create, "account", {"code": "A1", "name": "PT Maju"})
    assert heard.get(timeout=10) == (Change("account", 1),)
    own_server.stop()
    assert heard.get(timeout=10) is False
    saved = threading.Thread(
        target=app.write, args=(records.create, "account", {"code": "A2", "name": "PT Baru"})
    )
    saved.start()
    own_server.start()
    saved.join(30)
    rows = app.database.fetch("SELECT code FROM account ORDER BY code")
    assert rows == [("A1",), ("A2",)]
    told = [heard.get(timeout=10)]
    while EVERYTHING not in (told[-1] if isinstance(told[-1], tuple) else ()):
        told.append(heard.get(timeout=10))
    assert True in told
    app.close()


def test_a_commit_whose_answer_was_lost_is_asked_for(app: App) -> None:
    database = app.database
    assert isinstance(database, PostgresDatabase)
    with database.writing() as connection:
        number = connection.exec_driver_sql("SELECT pg_current_xact_id()::text").scalar_one()
        assert database.is_committed(number) is None
    assert database.is_committed(number) is True
    with database.engine.connect() as connection:
        number = connection.exec_driver_sql("SELECT pg_current_xact_id()::text").scalar_one()
    assert database.is_committed(number) is False


def test_who_clashes_is_run_again(app: App, postgres_url: str) -> None:
    tries: list[int] = []

    def clashing(_uow: object) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise ClashError("clash")
        return "done"

    assert app.write(clashing) == "done"
    assert len(tries) == 3


def test_migrations_make_what_the_tables_say(app: App) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from models.storage.tables import METADATA

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        """Whose a row is and the indexes of words, the database derives by itself."""
        derived = ("scope_", "_walk", "_long", "_runs")
        of_ours = kind != "table" or name in METADATA.tables
        return of_ours and not any(each in (name or "") for each in derived)

    with app.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours})
        assert compare_metadata(context, METADATA) == []
