"""The program without its window: runs use cases in transactions and announces what changed."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from controllers.core.changes import ChangeBus
from controllers.core.listing import Listing
from models.storage.database import Database

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from controllers.core.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")


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
        """Run a use case, commit what it did or nothing of it, and announce the changes."""
        with self.database.writing(self.user) as connection:
            uow = self._unit_of_work(connection)
            answer = use_case(uow, *args, **kwargs)
        if uow.changes:
            self.changes.announce(tuple(uow.changes))
        return answer

    def _unit_of_work(self, connection: "Connection") -> "UnitOfWork":
        from controllers.core.unit_of_work import UnitOfWork

        moment = self.clock()
        return UnitOfWork(connection, self.user, moment.astimezone(dt.UTC), moment.date())

    def close(self) -> None:
        """Close the database."""
        self.database.close()
