"""Fixtures that every test may use: a real database and a program on it."""

import datetime as dt
import gc
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any

import pytest

from controllers.core.app import App
from models.storage import schema
from models.storage.database import Database, open_database
from models.storage.sqlite import SqliteDatabase
from models.storage.tables import METADATA
from tests.postgres_server import PostgresServer, server_or_skip
from ui.kit import quick_imports

NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))

Contents = Callable[[App], Any]


def pytest_configure() -> None:
    """The plugin for Qt has loaded PySide6, which slows every import from then on; so does
    looking for garbage among what is loaded.
    """
    quick_imports.install()
    gc.disable()


def pytest_collection_finish() -> None:
    """The collector of garbage need not look through what is loaded once and stays."""
    gc.collect()
    gc.freeze()
    gc.enable()


_EMPTYING = (
    "SET session_replication_role = replica; "
    + " ".join(f"DELETE FROM saudagar.{table.name};" for table in METADATA.sorted_tables)
    + """
SELECT setval(sequence.oid, 1, false) FROM pg_class AS sequence WHERE relkind = 'S'
AND relnamespace = 'saudagar'::regnamespace;"""
)
"""As the superuser and without triggers: faster than a database of its own for every test."""


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with nothing but the schema, made once and copied for each test."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    schema.create(path).close()
    return path


@pytest.fixture
def contents() -> Contents:
    """What stands in the test's database at its start; folders of tests say it once for all."""
    return nothing


def nothing(app: App) -> None:
    """A database with nothing but its schema."""


@pytest.fixture(scope="session")
def filled_database(
    empty_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Contents], Path]:
    """A database file with given contents, made once and copied for each test."""

    @cache
    def make(contents: Contents) -> Path:
        path = tmp_path_factory.mktemp("filled") / "filled.db"
        copyfile(empty_database, path)
        with closing(App(SqliteDatabase(path), "sari", lambda: NOW)) as app:
            contents(app)
        return path

    return make


@pytest.fixture(scope="session")
def sqlite_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteDatabase]:
    """The database whose file is another one in each test. To SQLAlchemy it stays the same, and so
    statements are compiled once: for each test anew they take a third of the time.
    """
    made = SqliteDatabase(tmp_path_factory.mktemp("database") / "own" / "saudagar.db")
    yield made
    made.close()


@pytest.fixture
def database_path(
    contents: Contents,
    filled_database: Callable[[Contents], Path],
    sqlite_database: SqliteDatabase,
) -> Path:
    """A database file of this test's own, in a folder of its own."""
    sqlite_database.close()
    path = sqlite_database.path
    rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    return Path(copyfile(filled_database(contents), path))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of the tests' own."""
    server = server_or_skip()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def shared_database(postgres: PostgresServer) -> str:
    """The name of a shared database with nothing but the schema, emptied after each test."""
    schema.create(postgres.url("shared")).close()
    return "shared"


@pytest.fixture
def postgres_url(postgres: PostgresServer, shared_database: str) -> Iterator[str]:
    """The URL of an empty shared database."""
    yield postgres.url(shared_database)
    postgres.execute(_EMPTYING, shared_database)


@pytest.fixture
def engine() -> str:
    """The engine of the test's database; tests of the controllers run on both."""
    return "sqlite"


@pytest.fixture
def database(engine: str, request: pytest.FixtureRequest) -> Database:
    """A database of this test's own, on the test's engine."""
    if engine == "postgresql":
        return open_database(request.getfixturevalue("postgres_url"))
    request.getfixturevalue("database_path")
    found: Database = request.getfixturevalue("sqlite_database")
    return found


@pytest.fixture
def app(database: Database, contents: Contents) -> Iterator[App]:
    """The program on a database of this test's own, on a fixed day, as the user ``sari``."""
    app = App(database, "sari", lambda: NOW)
    if database.engine_name != "sqlite":
        contents(app)
    yield app
    app.close()
