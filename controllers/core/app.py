"""The program without its window: runs use cases in transactions and announces what changed."""

import datetime as dt
import os
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from controllers.core import permitted
from controllers.core.changes import ChangeBus
from controllers.core.listing import Listing
from controllers.core.person import Person, person_of
from models.storage.database import Database, Listening
from models.values import permissions
from models.values.errors import ClashError, OutageError
from models.values.records import Change

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from controllers.core.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")

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
        self.reports_place = ""
        """The address of a copy that reports read; "" where they read the database itself."""
        self.reports: App | None = None
        """The program on that copy, once it was opened."""
        self.is_patient = False
        self.reached: Callable[[bool], None] = _ignored
        self.called: Callable[[str], None] = _ignored
        """Told, on another thread, what other workstations call out (`Database.call_out`)."""
        self._listener: Listening | None = None
        self.changes = ChangeBus()
        self.changes.subscribe(self._look_anew)
        self._known: tuple[str, Person] | None = (user, person_of(database, user))
        self.listing = Listing(database, clock, lambda: self.person)

    @property
    def person(self) -> Person:
        """Who works with the program, as the people say.

        Read when the program opens the database, which no window does on its own thread, and again
        when the people change: so nobody who asks what they may waits for a server.
        """
        known = self._known
        if known is None or known[0] != self.user:
            known = self._known = (self.user, person_of(self.database, self.user))
        return known[1]

    def act_as(self, person: Person) -> None:
        """Work with the rights another database knows of, which may be ahead of this one."""
        self._known = (self.user, person)

    def _look_anew(self, changes: Sequence[Change]) -> None:
        """Read the person again, on the thread that tells of it: no window waits for that."""
        if any(each.concerns("user") for each in changes):
            with suppress(OutageError):
                self._known = (self.user, person_of(self.database, self.user))

    def may(self, permission: str) -> bool:
        """Whether who works with the program has a permission."""
        return self.person.may(permission)

    def require(self, permission: str) -> None:
        """Raise DomainError, naming what is missing, unless they have it."""
        if not self.may(permission):
            permissions.require(self.person.role, permission)

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

        Raises DomainError, with nothing begun, where the role lacks what the use case declares.
        Where two people clash, it is run again, a few times. Where the database is away, it waits
        for it if the program is patient, else raises OutageError.
        """
        needed = permitted.needed_by(use_case, *args, **kwargs)
        tries = 0
        while True:
            try:
                for permission in needed:
                    self.require(permission)
                return self._write_once(use_case, args, kwargs)
            except ClashError as error:
                tries += 1
                if tries >= error.most_tries:
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
                self.database.settle(connection, {each.kind for each in uow.changes})
                self.database.tell_others(connection, self.origin, uow.changes)
        if uow.changes:
            self.changes.announce(tuple(uow.changes))
        return answer

    def _unit_of_work(self, connection: "Connection", *, is_writing: bool = False) -> "UnitOfWork":
        from controllers.core.unit_of_work import UnitOfWork

        moment = self.clock()
        return UnitOfWork(
            connection,
            self.user,
            moment.astimezone(dt.UTC),
            moment.date(),
            is_writing=is_writing,
            person=self.person,
        )

    def listen(self, reached: Callable[[bool], None]) -> None:
        """Hear from now on what other workstations commit, and wait for a database that is away.

        `reached` is told, on another thread, when the database goes away and comes back.
        """
        self.is_patient = True
        self.reached = reached
        self._listener = self.database.listen(
            self.origin, self.changes.announce, reached, lambda text: self.called(text)
        )

    def close(self) -> None:
        """Close the database."""
        self.is_patient = False
        if self._listener:
            self._listener.stop()
        if self.reports:
            self.reports.close()
        self.database.close()


def _ignored(_told: object) -> None:
    """Nobody asked."""
