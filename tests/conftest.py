"""Fixtures that every test may use: a real database and a program on it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from controllers.core.app import App
from models.storage import schema
from models.storage.database import Database

NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with nothing but the schema, made once and copied for each test."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    schema.create(path).close()
    return path


@pytest.fixture
def database_path(empty_database: Path, tmp_path: Path) -> Path:
    """A database file of this test's own."""
    return Path(copyfile(empty_database, tmp_path / "saudagar.db"))


@pytest.fixture
def app(database_path: Path) -> Iterator[App]:
    """The program on a database of this test's own, on a fixed day, as the user ``sari``."""
    app = App(Database(database_path), "sari", lambda: NOW)
    yield app
    app.close()
