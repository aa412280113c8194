"""What tests of rights share: a filled server, how people sign in, how the server is asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from controllers.core.app import App
from models.storage import schema
from models.storage.database import open_database
from models.storage.postgres.groups import Groups
from tests.conftest import NOW
from tests.models.storage.people_of_every_role import PASSWORD, fill, remove
from tests.postgres_server import PostgresServer

DATABASE = "rights"
GROUPS = Groups(DATABASE)
OPTIONS = "-c search_path=saudagar -c lock_timeout=3s"

Connection = psycopg.Connection[Any]
SignIn = Callable[[str], Connection]
Person = Callable[[str], App]


@contextmanager
def filled(server: PostgresServer, database: str) -> Iterator[PostgresServer]:
    """A database with a person of every role and records that some of them see."""
    schema.create(server.url(database)).close()
    app = App(open_database(server.url(database)), "sari", lambda: NOW)
    fill(app)
    app.close()
    yield server
    remove(server, database)


@contextmanager
def signing_in(server: PostgresServer, database: str) -> Iterator[SignIn]:
    """Opens connections as any client would, with a person's own login; nothing is kept."""
    opened: list[Connection] = []

    def connect(name: str) -> Connection:
        opened.append(psycopg.connect(url(server, database, name), options=OPTIONS))
        return opened[-1]

    yield connect
    for each in opened:
        each.rollback()
        each.close()


def url(server: PostgresServer, database: str, name: str) -> str:
    """The address with a person's login."""
    return server.url(database, name, PASSWORD.replace(" ", "%20"))


def column(connection: Connection, statement: str) -> set[Any]:
    """The first value of every row."""
    return {row[0] for row in connection.execute(statement)}  # type: ignore[call-overload]
