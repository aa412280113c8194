"""Who waits for a lock, deadlocks or cannot be put in order is run again, but not for ever."""

from collections.abc import Callable, Iterator
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import psycopg
import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from models.storage.database import open_database
from models.values.errors import ClashError, DomainError, HiddenClashError
from tests.conftest import NOW

pytestmark = pytest.mark.slow

CITY = "UPDATE account SET city = ? WHERE code = ?"


@pytest.fixture
def app(postgres_url: str) -> Iterator[App]:
    made = App(open_database(postgres_url), "postgres", lambda: NOW)
    for code in ("A", "B"):
        made.write(records.create, "account", {"code": code, "name": code})
    yield made
    made.close()


def cities(app: App) -> list[Any]:
    return app.database.fetch("SELECT code, city FROM account ORDER BY code")


class Counted:
    """A use case that counts how often it is run."""

    def __init__(self, work: Callable[[UnitOfWork, int], None]) -> None:
        self.work, self.tries = work, 0

    def __call__(self, uow: UnitOfWork) -> None:
        self.tries += 1
        self.work(uow, self.tries)


def test_every_connection_has_limits_on_waiting(app: App) -> None:
    asked = "SELECT name, setting::int FROM pg_settings WHERE name LIKE ?"
    with app.database.writing() as connection:
        writer = connection.exec_driver_sql(asked, ("%_timeout",)).all()
    for found in (dict(map(tuple, writer)), dict(app.database.fetch(asked, ("%_timeout",)))):
        assert 0 < found["lock_timeout"] < found["statement_timeout"] <= 120_000
        assert 0 < found["idle_in_transaction_session_timeout"] <= 120_000


def test_a_deadlock_ends_with_both_changes_made(app: App) -> None:
    meeting = Barrier(2)

    def crossing(first: str, second: str, city: str) -> Counted:
        def work(uow: UnitOfWork, tries: int) -> None:
            uow.connection.exec_driver_sql(CITY, (city, first))
            if tries == 1:
                try:
                    meeting.wait(10)
                except BrokenBarrierError:
                    pytest.fail("they never met")
            note = "UPDATE account SET notes = coalesce(notes, '') || ? WHERE code = ?"
            uow.connection.exec_driver_sql(note, (city, second))

        return Counted(work)

    ways = crossing("A", "B", "x"), crossing("B", "A", "y")
    threads = [Thread(target=app.write, args=(way,)) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    rows = app.database.fetch("SELECT code, city, notes FROM account ORDER BY code")
    assert rows == [("A", "x", "y"), ("B", "y", "x")]
    assert sorted(way.tries for way in ways) == [1, 2]


def test_who_waited_too_long_for_a_lock_gets_it_the_next_time(app: App, postgres_url: str) -> None:
    with psycopg.connect(postgres_url, options="-c search_path=saudagar") as holder:
        holder.execute("UPDATE account SET city = 'held' WHERE code = 'A'")

        def work(uow: UnitOfWork, tries: int) -> None:
            if tries == 2:
                holder.rollback()
            uow.connection.exec_driver_sql("SET LOCAL lock_timeout = '100ms'")
            uow.connection.exec_driver_sql(CITY, ("ours", "A"))

        waiting = Counted(work)
        app.write(waiting)
    assert (waiting.tries, cities(app)[0]) == (2, ("A", "ours"))


@pytest.mark.parametrize("state", ["40001", "40P01", "55P03"])
def test_what_cannot_be_put_in_order_is_run_again(app: App, state: str) -> None:
    def work(uow: UnitOfWork, tries: int) -> None:
        uow.connection.exec_driver_sql(CITY, (str(tries), "A"))
        if tries < 3:
            uow.connection.exec_driver_sql(_failing(state))

    clashing = Counted(work)
    app.write(clashing)
    assert (clashing.tries, cities(app)[0]) == (3, ("A", "3"))


def _failing(state: str) -> str:
    """A statement the server refuses as it would in such a case."""
    return f"DO $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = '{state}'; END $$"


def test_it_is_not_run_for_ever(app: App) -> None:
    def work(uow: UnitOfWork, _tries: int) -> None:
        uow.connection.exec_driver_sql(CITY, ("gone", "A"))
        uow.connection.exec_driver_sql(_failing("40001"))

    clashing = Counted(work)
    with pytest.raises(ClashError, match="Somebody else is changing the same record"):
        app.write(clashing)
    assert (clashing.tries, cities(app)[0]) == (ClashError.most_tries, ("A", None))


def test_a_statement_that_takes_too_long_is_refused_once(app: App) -> None:
    def work(uow: UnitOfWork, _tries: int) -> None:
        uow.connection.exec_driver_sql("SET LOCAL statement_timeout = '100ms'")
        uow.connection.exec_driver_sql("SELECT pg_sleep(20)")

    slow = Counted(work)
    with pytest.raises(DomainError, match="took too long"):
        app.write(slow)
    assert slow.tries == 1


def test_a_record_that_stays_hidden_is_not_run_into_eight_times(app: App) -> None:
    def work(_uow: UnitOfWork, _tries: int) -> None:
        raise HiddenClashError("somebody has it")

    hidden = Counted(work)
    with pytest.raises(HiddenClashError):
        app.write(hidden)
    assert hidden.tries == 2
