"""A server where every person works with the program and with bare SQL."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from controllers.core import records
from controllers.core.app import App
from models.storage.database import open_database
from tests.conftest import NOW
from tests.models.storage.rights.asking import Person, SignIn, filled, signing_in, url
from tests.postgres_server import PostgresServer

_DATABASE = "issued"


@pytest.fixture(scope="package")
def desk(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A server with the database ``issued``, where discounts over 10 % need the manager's word."""
    with filled(postgres, _DATABASE) as server:
        rule = {"name": "Big discount", "measure": "discount_percent", "threshold": Decimal(10)}
        app = App(open_database(server.url(_DATABASE)), "sari", lambda: NOW)
        app.write(records.create, "approval_rule", rule)
        app.close()
        yield server


@pytest.fixture
def person(desk: PostgresServer) -> Iterator[Person]:
    """The program, with a person's own login."""
    opened: list[App] = []

    def open_as(name: str) -> App:
        opened.append(App(open_database(url(desk, _DATABASE, name)), name, lambda: NOW))
        return opened[-1]

    yield open_as
    for each in opened:
        each.close()


@pytest.fixture
def sign_in(desk: PostgresServer) -> Iterator[SignIn]:
    with signing_in(desk, _DATABASE) as connect:
        yield connect
