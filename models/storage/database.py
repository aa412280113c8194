"""One database: where it is, whether it fits this program, and how to read and write it.

Lists and search read through the raw driver, which is there long before SQLAlchemy; use cases
read and write through SQLAlchemy Core. Raw statements mark their values with ``?`` on every engine.
"""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from models.storage.migrations import HEAD
from models.values.errors import DomainError
from models.values.records import Change
from resources.languages import marked as _

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Row = tuple[Any, ...]

Heard = Callable[[Sequence[Change]], None]
Reached = Callable[[bool], None]
Called = Callable[[str], None]


Told = Callable[[int, int], object]
"""Told how much of how much is done."""


def untold(_done: int, _total: int) -> None:
    """Nobody asked."""


_PATIENCE = 5.0
"""Seconds that closing waits for reads: a driver dies where its connection is closed under it."""


class InUse:
    """Counts who is within, from any thread."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    def __enter__(self) -> None:
        with self._changed:
            self._count += 1

    def __exit__(self, *_error: object) -> None:
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    def has_ended(self, seconds: float) -> bool:
        """Wait until nobody is within, so long at most; whether nobody is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._count, seconds)


class Hold(Protocol):
    """A piece of work that is this program's alone until it lets go, ends or is cut off."""

    def is_kept(self) -> bool:
        """Whether it still is; a connection may have been cut meanwhile."""

    def release(self) -> None:
        """Let another program have it."""


class Listening(Protocol):
    """Hears what others commit until it is stopped."""

    def stop(self) -> None:
        """Hear no more."""


class Database(ABC):
    """An open database of either engine. Safe to use from several threads."""

    engine_name: ClassVar[str]
    """``sqlite`` or ``postgresql``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._local = threading.local()
        self._opened: list[Any] = []
        self._in_use = InUse()
        self._lock = threading.Lock()

    @property
    @abstractmethod
    def name(self) -> str:
        """What a person calls it: a file, or a database on a host; never a password."""

    @property
    @abstractmethod
    def short_name(self) -> str:
        """The same in one word, as the window shows it."""

    @property
    def login(self) -> str:
        """Who is signed in; "" where nobody signs in."""
        return ""

    @property
    def is_administered(self) -> bool:
        """Whether who is signed in may do everything without being among the people."""
        return True

    @abstractmethod
    def exists(self) -> bool:
        """Whether there is such a database, be it empty."""

    def is_taken(self) -> bool:
        """Whether something stands there that must not be overwritten unasked."""
        return self.exists()

    # Reading through the raw driver

    def reader(self) -> Any:
        """This thread's raw connection that only reads; a DB-API connection in autocommit mode."""
        connection = getattr(self._local, "reader", None)
        if connection is None or not self._is_usable(connection):
            connection = self._connect_reader()
            self._local.reader = connection
            self.close_at_end(connection)
        return connection

    def close_at_end(self, connection: Any) -> None:
        """Close a raw connection together with the database."""
        with self._lock:
            self._opened.append(connection)

    @abstractmethod
    def _connect_reader(self) -> Any: ...

    @abstractmethod
    def _is_usable(self, connection: Any) -> bool: ...

    def fetch(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """All rows of a raw statement."""
        with self._in_use:
            return self._fetch(statement, values)

    @abstractmethod
    def _fetch(self, statement: str, values: Sequence[Any]) -> list[Row]: ...

    def stream(
        self, statement: str, values: Sequence[Any] = (), block: int = 2_000
    ) -> Iterator[list[Row]]:
        """The rows of a raw statement, block by block in constant memory."""
        with self._in_use:
            yield from self._stream(statement, values, block)

    @abstractmethod
    def _stream(self, statement: str, values: Sequence[Any], block: int) -> Iterator[list[Row]]: ...

    def trim(self) -> None:
        """Give memory back after much was read."""
        return

    # What it is

    @abstractmethod
    def revision(self) -> str:
        """The schema's revision, "" where there is none; DomainError where it is no database."""

    @abstractmethod
    def size(self) -> int:
        """How many bytes it takes."""

    def check_schema(self) -> None:
        """Raise DomainError unless the schema is the one this program knows."""
        self.require_known(self.revision())

    def require_known(self, revision: str) -> None:
        """Raise DomainError unless a revision is the one this program knows."""
        if revision == HEAD:
            return
        if not revision:
            message = _("{path} is not a Saudagar database; make one with “database create”.")
        elif revision > HEAD:
            message = _("{path} was made by a newer version; update this program to open it.")
        else:
            message = _("{path} is of an older version; upgrade it with “database upgrade”.")
        raise DomainError(message, path=self.name)

    # Making and upgrading

    @abstractmethod
    def make(self) -> None:
        """Make the place for a new schema; DomainError where something stands there already."""

    @abstractmethod
    def remove(self) -> None:
        """Take away what `make` made, with all that is in it."""

    @abstractmethod
    def begin_upgrade(self, connection: "Connection") -> None:
        """Let one program upgrade at a time, with the right to."""

    @abstractmethod
    def derived(self) -> Iterator[str]:
        """The statements that make anew what the database derives by itself."""

    def place_for_copy(self, revision: str) -> Path | None:
        """Where a copy is kept before an upgrade; None where the administrator keeps them."""
        return None

    @abstractmethod
    def copy_to(self, target: Path, told: Told = untold) -> None:
        """Write a verified copy of everything over a file; OSError where it cannot be written.

        `told` may raise to give up.
        """

    @abstractmethod
    def load_from(self, source: Path, *, replace: bool) -> bool:
        """Take everything from such a copy, in the place of what is there; DomainError where it
        is no whole copy, and then nothing is changed. Answers whether what is derived is in it.
        """

    # What one program alone does

    @abstractmethod
    def hold(self, what: str, part: str = "") -> Hold | None:
        """Hold a piece of work, or a part of it, for this program alone; None where another has it.

        It is free again as soon as the program that holds it ends, however that happens.
        """

    @abstractmethod
    def is_held(self, what: str, part: str = "") -> bool:
        """Whether any program holds it."""

    # Taking over everything from another database

    @abstractmethod
    def silence(self, connection: "Connection") -> None:
        """Let no trigger fire until `derived` made them anew."""

    @abstractmethod
    def take(
        self, connection: "Connection", table: str, columns: Sequence[str], rows: Iterable[Row]
    ) -> int:
        """Write raw rows as they come; answers how many."""

    @abstractmethod
    def continue_ids(self, connection: "Connection") -> None:
        """Let new records follow the ids that were taken over."""

    # Use cases

    @cached_property
    def engine(self) -> "Engine":
        """SQLAlchemy's engine, made on first use."""
        return self._make_engine()

    @abstractmethod
    def _make_engine(self) -> "Engine": ...

    @contextmanager
    def reading(self) -> Iterator["Connection"]:
        """A connection that sees one state of the database throughout."""
        with self._refusing(), self._connected(write=False) as connection:
            yield connection

    @contextmanager
    def writing(self, who: str = "") -> Iterator["Connection"]:
        """A transaction that may write, committed at the end and rolled back on any error."""
        with self.writing_raw() as connection:
            self._begin_writing(connection, who)
            yield connection
            self._end_writing(connection)

    @contextmanager
    def writing_raw(self) -> Iterator["Connection"]:
        """A write transaction that does not say who writes: there may be no tables yet."""
        with self._refusing(), self._connected(write=True) as connection, connection.begin():
            yield connection

    @abstractmethod
    def _connected(self, *, write: bool) -> "Connection": ...

    @abstractmethod
    def _begin_writing(self, connection: "Connection", who: str) -> object: ...

    def _end_writing(self, connection: "Connection") -> None:
        """The last thing in a transaction that writes."""
        return

    def settle(self, connection: "Connection", kinds: Iterable[str]) -> None:
        """Bring up to date what is derived from these kinds at the end of a transaction."""
        return

    def tell_others(self, connection: "Connection", origin: str, changes: Sequence[Change]) -> None:
        """Tell programs on other workstations, with the commit, what it changed."""
        return

    def call_out(self, text: str) -> None:
        """Tell programs on other workstations, now, what nobody keeps: names and ids only."""
        return

    def listen(
        self, origin: str, heard: Heard, reached: Reached, called: Called
    ) -> Listening | None:
        """Hear what others commit and call out; None where nobody else can."""
        return None

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Turn the driver's errors about the database itself into refusals with a remedy."""
        from sqlalchemy.exc import DBAPIError

        try:
            yield
        except DBAPIError as error:
            raise self.refusal(error.orig) or error from error

    @abstractmethod
    def refusal(self, error: BaseException | None) -> Exception | None:
        """What to tell a person about an error of the driver; None for a bug of ours."""

    def close(self) -> None:
        """Close every connection, once what is being read was read; a read that takes very long
        keeps its connections."""
        is_idle = self._in_use.has_ended(_PATIENCE)
        with self._lock:
            for connection in self._opened if is_idle else ():
                connection.close()
            self._opened.clear()
        self._local = threading.local()
        if "engine" in self.__dict__:
            self.engine.dispose()


def open_database(place: str | Path) -> Database:
    """The database of a file or URL: ``sqlite:///file.db``, ``postgresql://user@host/name``.

    Raises DomainError where the URL is of another kind. Nothing is read yet.
    """
    url = str(place)
    scheme = url.partition("://")[0] if "://" in url else "sqlite"
    if scheme in ("postgresql", "postgres"):
        from models.storage.postgres.database import PostgresDatabase

        return PostgresDatabase(url)
    from models.storage.sqlite import SqliteDatabase, path_of

    return SqliteDatabase(path_of(url))
