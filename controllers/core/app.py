"""The program without its window: runs use cases in transactions and announces what changed."""

import datetime as dt
import os
import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from controllers.core.changes import ChangeBus
from controllers.core.listing import Listing
from models.storage.database import Database, Listening
from models.storage.search_index import settle
from models.values.errors import ClashError, OutageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from controllers.core.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")

_TRIES = 8
"""How often a request that clashed with another is run, all in all."""

_PAUSE = 0.005
"""Seconds before the second try; every further one waits about twice as long."""

_AWAY_PAUSE = 2.0


def now() -> dt.datetime:
    """The present moment in the person's own zone."""
    return dt.datetime.now().astimezone()


class App:
    """One open database and one person. Safe to use from several threads."""

    def __init__(
        self, database: Database, user: str = "", clock: Callable[[], dt.datetime] = now
    ) -> None:
        database.check_schema()
        self.database = database
        self.user = user
        self.clock = clock
        self.origin = os.urandom(16).hex()
        """This program among all that work on the database."""
        self.is_patient = False
        self.reached: Callable[[bool], None] = _ignored
        self._listener: Listening | None = None
        self.changes = ChangeBus()
        self.listing = Listing(database, clock)

    def read(
        self,
        use_case: "Callable[Concatenate[UnitOfWork, P], T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case on one unchanging view of the database."""
        with self.database.reading() as connection:
            return use_case(self._unit_of_work(connection), *args, **kwargs)

    def write(
        self,
        use_case: "Callable[Concatenate[UnitOfWork, P], T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a use case, commit what it did or nothing of it, and announce the changes.

        Where two people clash, it is run again, a few times. Where the database is away, it waits
        for it if the program is patient, else raises OutageError.
        """
        tries = 0
        while True:
            try:
                return self._write_once(use_case, args, kwargs)
            except ClashError:
                tries += 1
                if tries == _TRIES:
                    raise
                time.sleep(random.uniform(0, _PAUSE * 2**tries))
            except OutageError:
                if not self.is_patient:
                    raise
                self.reached(False)
                time.sleep(_AWAY_PAUSE)

    def _write_once(
        self,
        use_case: "Callable[Concatenate[UnitOfWork, ...], T]",
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> T:
        with self.database.writing(self.user) as connection:
            uow = self._unit_of_work(connection, is_writing=True)
            answer = use_case(uow, *args, **kwargs)
            if uow.changes:
                settle(connection, {each.kind for each in uow.changes})
                self.database.tell_others(connection, self.origin, uow.changes)
        if uow.changes:
            self.changes.announce(tuple(uow.changes))
        return answer

    def _unit_of_work(self, connection: "Connection", *, is_writing: bool = False) -> "UnitOfWork":
        from controllers.core.unit_of_work import UnitOfWork

        moment = self.clock()
        return UnitOfWork(
            connection, self.user, moment.astimezone(dt.UTC), moment.date(), is_writing=is_writing
        )

    def listen(self, reached: Callable[[bool], None]) -> None:
        """Hear from now on what other workstations commit, and wait for a database that is away.

        `reached` is told, on another thread, when the database goes away and comes back.
        """
        self.is_patient = True
        self.reached = reached
        self._listener = self.database.listen(self.origin, self.changes.announce, reached)

    def close(self) -> None:
        """Close the database."""
        self.is_patient = False
        if self._listener:
            self._listener.stop()
        self.database.close()


def _ignored(_reached: bool) -> None:
    """Nobody asked whether the database answers."""
