"""A program that waits for its server does so whatever it has to ask there first."""

from collections.abc import Iterator
from queue import Queue
from threading import Event, Thread

import pytest

from controllers.core import records
from controllers.core.app import App
from models.storage import schema
from models.values.errors import OutageError
from tests.conftest import NOW
from tests.postgres_server import PostgresServer, server_or_skip

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    found = server_or_skip()
    yield found
    found.remove()


def test_a_write_waits_even_where_the_person_is_not_known_yet(server: PostgresServer) -> None:
    app = App(schema.create(server.url("away")), "postgres", lambda: NOW)
    app.user = "somebody else"
    server.stop()
    with pytest.raises(OutageError):
        app.write(records.create, "account", {"code": "A1", "name": "A"})
    app.is_patient = True
    noticed, answers = Event(), Queue[str]()
    app.reached = lambda _reached: noticed.set()

    def write() -> None:
        answers.put(app.write(records.create, "account", {"code": "A1", "name": "A"}).key)

    Thread(target=write, daemon=True).start()
    assert noticed.wait(20)
    server.start()
    assert answers.get(timeout=30) == "A1"
    app.close()
