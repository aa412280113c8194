"""What can be done is tested on both engines."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from controllers.core.app import App
from models.storage import schema
from models.storage.database import open_database
from tests.conftest import NOW, Contents
from tests.models.storage.people_of_every_role import PASSWORD, fill, remove

SignIn = Callable[[str], App]

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
"""The shared database is left out of the quick check, not of the whole suite."""


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine of the test's database."""
    return str(request.param)


@pytest.fixture(scope="module", params=ENGINES)
def desk(
    request: pytest.FixtureRequest,
    filled_database: Callable[[Contents], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Any]:
    """The address of a database with a person of every role, by the person's name."""
    if request.param == "sqlite":
        path = copyfile(filled_database(fill), tmp_path_factory.mktemp("desk") / "desk.db")
        yield lambda _name: path
        return
    server = request.getfixturevalue("postgres")
    app = App(schema.create(server.url("permits")), "sari", lambda: NOW)
    fill(app)
    app.close()
    yield lambda name: server.url("permits", name, PASSWORD.replace(" ", "%20"))
    remove(server, "permits")


@pytest.fixture
def sign_in(desk: Callable[[str], Any]) -> Iterator[SignIn]:
    opened: list[App] = []

    def open_as(name: str) -> App:
        opened.append(App(open_database(desk(name)), name, lambda: NOW))
        return opened[-1]

    yield open_as
    for each in opened:
        each.close()
