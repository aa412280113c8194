"""What programs call out to one another bears the name the server vouches for."""

import json
import threading
from collections.abc import Iterator

import psycopg
import pytest

from models.storage.database import open_database
from models.storage.postgres.notices import CALLS, vouched
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.slow


@pytest.fixture
def eve(postgres: PostgresServer, postgres_url: str) -> Iterator[str]:
    """The address of somebody who may sign in, and is among the people."""
    postgres.execute(
        "CREATE ROLE eve LOGIN PASSWORD 'x'; GRANT shared_member TO eve; "
        "INSERT INTO saudagar.person(name, full_name, full_name_key) VALUES ('eve', 'Eve', 'eve')",
        "shared",
    )
    yield postgres.url("shared", "eve", "x")
    postgres.execute("DROP ROLE eve", "shared")


def test_a_call_bears_the_callers_own_name(postgres_url: str, eve: str) -> None:
    heard: list[str] = []
    arrived = threading.Event()

    def called(text: str) -> None:
        heard.append(text)
        arrived.set()

    database = open_database(postgres_url)
    listening = threading.Event()
    listener = database.listen("ours", lambda _all: None, lambda _on: None, called)
    assert listener is not None
    with psycopg.connect(eve, autocommit=True) as connection:
        while not listening.is_set():
            connection.execute("SELECT pg_notify(%s, 'no JSON')", (CALLS,))
            connection.execute(
                'SELECT pg_notify(%s, \'["ours", "The director", [], 1]\')', (CALLS,)
            )
            if arrived.wait(0.2):
                listening.set()
    listener.stop()
    database.close()
    assert {tuple(json.loads(each)[:2]) for each in heard} == {("eve: ours", "Eve")}


def test_what_is_no_call_is_dropped() -> None:
    for text in ("", "{}", "[]", "7", "[1]", "\x00"):
        assert vouched(text, "eve", "Eve", is_own=False) == ""
