"""One database: where it is, whether it fits this program, and how to read and write it.

Lists and search read through the raw driver, which is there long before SQLAlchemy; use cases
read and write through SQLAlchemy Core. Both see only committed data.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from models.storage import sqlite
from models.storage.migrations import HEAD
from models.values.errors import DomainError
from resources.languages import marked as _

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


def path_of(url: str) -> Path:
    """The file of an SQLite URL ``sqlite:///file.db``, or of a plain path."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        return Path(url).expanduser()
    if scheme != "sqlite" or not rest.startswith("/") or len(rest) < 2:
        raise DomainError(
            _("{url} is no database this version can open; name one as sqlite:///file.db."), url=url
        )
    return Path(rest[1:]).expanduser()


class Database:
    """An open database. Raises DomainError where the file is missing, foreign or too new."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._readers = threading.local()
        self._open_readers: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """The database as SQLAlchemy names it."""
        return f"sqlite:///{self.path}"

    def reader(self) -> sqlite3.Connection:
        """This thread's raw read connection."""
        connection: sqlite3.Connection | None = getattr(self._readers, "connection", None)
        if connection is None:
            connection = sqlite.connect(self.path, read_only=True)
            self._readers.connection = connection
            with self._lock:
                self._open_readers.append(connection)
        return connection

    def revision(self) -> str:
        """The schema's revision, "" where there is none; DomainError where it is no database."""
        try:
            row = self.reader().execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return ""
            raise sqlite.unreadable(self.path, error) from error
        return str(row[0]) if row else ""

    def check_schema(self) -> None:
        """Raise DomainError unless the schema is the one this program knows."""
        revision = self.revision()
        if revision == HEAD:
            return
        if not revision:
            message = _("{path} is not a Saudagar database; make one with “database create”.")
        elif revision > HEAD:
            message = _("{path} was made by a newer version; update this program to open it.")
        else:
            message = _("{path} is of an older version; upgrade it with “database upgrade”.")
        raise DomainError(message, path=self.path)

    @cached_property
    def engine(self) -> "Engine":
        """SQLAlchemy's engine, made on first use."""
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import QueuePool

        engine = create_engine(
            "sqlite://",
            creator=lambda: sqlite.connect(self.path),
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=8,
        )

        @event.listens_for(engine, "begin")
        def begin(connection: "Connection") -> None:
            write = connection.get_execution_options().get("write", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

        return engine

    @contextmanager
    def reading(self) -> Iterator["Connection"]:
        """A connection that sees one state of the database throughout."""
        with self._refusing(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, who: str = "") -> Iterator["Connection"]:
        """A transaction that may write, committed at the end and rolled back on any error."""
        with self.writing_raw() as connection:
            connection.exec_driver_sql("UPDATE writer SET name = ? WHERE name <> ?", (who, who))
            yield connection

    @contextmanager
    def writing_raw(self) -> Iterator["Connection"]:
        """A write transaction before there is a table of writers."""
        with (
            self._refusing(),
            self.engine.connect().execution_options(write=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Turn the driver's errors about the file into refusals with a remedy."""
        from sqlalchemy.exc import DatabaseError

        try:
            yield
        except DatabaseError as error:
            raise refusal(self.path, error.orig) or error from error

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            for connection in self._open_readers:
                connection.close()
            self._open_readers.clear()
        self._readers = threading.local()
        if "engine" in self.__dict__:
            self.engine.dispose()


def refusal(path: Path, error: BaseException | None) -> DomainError | None:
    """What to tell a person about an error of the driver; None for a bug of ours."""
    text = str(error)
    if "disk is full" in text:
        return DomainError(
            _("There is no room left where {path} is; nothing was saved. Free some and try again."),
            path=path,
        )
    known = ("locked", "malformed", "not a database", "readonly", "unable to open", "disk I/O")
    if isinstance(error, sqlite3.DatabaseError) and any(each in text for each in known):
        return sqlite.unreadable(path, error)
    return None
