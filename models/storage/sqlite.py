"""The embedded database: one SQLite file, durable, patient, with foreign keys."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from models.storage.database import Database, Hold, Row, Told, untold
from models.values.errors import DomainError
from resources.languages import marked as _

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_BUSY_SECONDS = 10

_COPIED_AT_ONCE = 2_000
"""Pages copied before somebody is told how far it is."""


def path_of(url: str) -> Path:
    """The file of an SQLite URL ``sqlite:///file.db``, or of a plain path."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        return Path(url).expanduser()
    if scheme != "sqlite" or not rest.startswith("/") or len(rest) < 2:
        raise DomainError(
            _("{url} is no database this version can open; name one as sqlite:///file.db or "
              "postgresql://user@host/name."),
            url=url,
        )  # fmt: skip
    return Path(rest[1:]).expanduser()


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode; transactions are begun by hand.

    Raises DomainError where the file cannot be opened or is no database.
    """
    mode = "ro" if read_only else "rw"
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        _prepare(connection, read_only=read_only)
    except sqlite3.DatabaseError as error:
        raise unreadable(path, error) from error
    return connection


def _prepare(connection: sqlite3.Connection, *, read_only: bool) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA cache_size=-10000")
    if read_only:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        return
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


class SqliteDatabase(Database):
    """A database file. Raises DomainError where it is missing, foreign or too new."""

    engine_name: ClassVar[str] = "sqlite"

    def __init__(self, path: Path) -> None:
        super().__init__(f"sqlite:///{path}")
        self.path = path

    @property
    def name(self) -> str:
        """The file."""
        return str(self.path)

    @property
    def short_name(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    def exists(self) -> bool:
        """Whether something stands at that path."""
        return self.path.exists()

    def _connect_reader(self) -> sqlite3.Connection:
        return connect(self.path, read_only=True)

    def _is_usable(self, connection: Any) -> bool:
        return True

    def _fetch(self, statement: str, values: Sequence[Any]) -> list[Row]:
        rows: list[Row] = self.reader().execute(statement, values).fetchall()
        return rows

    def _stream(self, statement: str, values: Sequence[Any], block: int) -> Iterator[list[Row]]:
        cursor = self.reader().execute(statement, values)
        while rows := cursor.fetchmany(block):
            yield rows

    def trim(self) -> None:
        """Give the page cache back."""
        self.reader().execute("PRAGMA shrink_memory")

    def revision(self) -> str:
        """The schema's revision, "" where there is none; DomainError where it is no database."""
        try:
            row = self.reader().execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return ""
            raise unreadable(self.path, error) from error
        return str(row[0]) if row else ""

    def size(self) -> int:
        """How many bytes the file takes."""
        return self.path.stat().st_size

    def make(self) -> None:
        """Make the file, readable by its owner alone."""
        if self.path.exists():
            raise DomainError(_("{path} exists already; name another file."), path=self.path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise DomainError(
                _("{path} cannot be made ({reason}); check folder and rights."),
                path=self.path,
                reason=error.strerror,
            ) from error

    def remove(self) -> None:
        """Take the file away, with all that SQLite keeps beside it."""
        for ending in ("", "-wal", "-shm", "-journal"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        for each in self.path.parent.iterdir():
            if each.name.startswith(f".{self.path.name}-"):
                each.unlink(missing_ok=True)

    def begin_upgrade(self, connection: "Connection") -> None:
        """A write transaction is alone already."""

    def derived(self) -> Iterator[str]:
        """Search index and triggers."""
        from models.storage.derived import install_statements

        return install_statements()

    def place_for_copy(self, revision: str) -> Path:
        """Beside the file."""
        return self.path.with_name(f"{self.path.stem}-before-{revision}{self.path.suffix}")

    def copy_to(self, target: Path, told: Told = untold) -> None:
        """Write a verified copy of everything over a file: the state of one moment, whatever is
        written meanwhile.
        """
        reader = self.reader()
        try:
            with closing(sqlite3.connect(target)) as copy:
                reader.execute("BEGIN")
                reader.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
                reader.backup(
                    copy,
                    pages=_COPIED_AT_ONCE,
                    progress=lambda _status, left, total: told(total - left, total),
                )
        except sqlite3.Error as error:
            raise OSError(0, str(error)) from error
        finally:
            if reader.in_transaction:
                reader.execute("ROLLBACK")
        verify(target)

    def load_from(self, source: Path, *, replace: bool) -> bool:
        """Take everything from a copy."""
        from models.storage.files import written_whole

        verify(source)
        with closing(SqliteDatabase(source)) as origin, written_whole(self.path) as part:
            origin.copy_to(part)
            for ending in ("-wal", "-shm"):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        return True

    def hold(self, what: str, part: str = "") -> Hold | None:
        """Hold a piece of work, all of it: a file belongs to one workstation."""
        connection = self._locked(what)
        if connection is None:
            return None
        self.close_at_end(connection)
        return _Hold(connection)

    def _locked(self, what: str) -> sqlite3.Connection | None:
        """A connection that keeps the lock of a piece of work; None where another one does, or
        where nothing may be written beside the file.
        """
        try:
            connection = sqlite3.connect(
                self._place_of(what), timeout=0, isolation_level=None, check_same_thread=False
            )
        except OSError:
            return None
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            connection.close()
            return None
        return connection

    def is_held(self, what: str, part: str = "") -> bool:
        """Whether any program holds it."""
        taken = self._locked(what)
        if taken:
            taken.close()
        return taken is None

    def _place_of(self, what: str) -> Path:
        """A file whose lock the system frees when the program ends; nothing is written into it."""
        path = self.path.with_name(f".{self.path.name}-{what}")
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        return path

    def silence(self, connection: "Connection") -> None:
        """Drop every trigger."""
        found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in found.scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")

    def take(
        self, connection: "Connection", table: str, columns: Sequence[str], rows: Iterable[Row]
    ) -> int:
        """Write raw rows in one prepared statement."""
        driver: Any = connection.connection.driver_connection
        connection.exec_driver_sql(f"DELETE FROM {table}")
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table}({', '.join(columns)}) VALUES ({marks})"
        return int(driver.executemany(statement, rows).rowcount)

    def continue_ids(self, connection: "Connection") -> None:
        """SQLite goes on after the greatest id by itself."""

    def _make_engine(self) -> "Engine":
        from sqlalchemy import create_engine, event
        from sqlalchemy.pool import QueuePool

        engine = create_engine(
            "sqlite://",
            creator=lambda: connect(self.path),
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=8,
        )

        @event.listens_for(engine, "begin")
        def begin(connection: "Connection") -> None:
            write = connection.get_execution_options().get("write", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

        return engine

    def _connected(self, *, write: bool) -> "Connection":
        return self.engine.connect().execution_options(write=write)

    def _begin_writing(self, connection: "Connection", who: str) -> None:
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        self.require_known(str(revision or ""))
        from platform import node

        from models.storage import chain

        chain.begin(connection, who, node())

    def _end_writing(self, connection: "Connection") -> None:
        """Seal what was written into the audit trail."""
        from models.storage import chain

        chain.seal(connection)

    def settle(self, connection: "Connection", kinds: Iterable[str]) -> None:
        """Number what is new in the search index."""
        from models.storage.search_index import settle

        settle(connection, kinds)

    def refusal(self, error: BaseException | None) -> DomainError | None:
        """What to tell a person about an error of the driver; None for a bug of ours."""
        text = str(error)
        if "disk is full" in text:
            return DomainError(
                _("There is no room left where {path} is; nothing was saved. Free some and try "
                  "again."),
                path=self.path,
            )  # fmt: skip
        known = ("locked", "malformed", "not a database", "readonly", "unable to open", "disk I/O")
        if isinstance(error, sqlite3.DatabaseError) and any(each in text for each in known):
            return unreadable(self.path, error)
        return None


class _Hold:
    """A lock of the system, kept by an open transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def is_kept(self) -> bool:
        """Always, until it is let go."""
        return True

    def release(self) -> None:
        """Let another program have it."""
        self._connection.close()


def verify(path: Path) -> None:
    """Raise DomainError unless the file is a whole Saudagar database."""
    with closing(connect(path, read_only=True)) as connection:
        try:
            problems = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.DatabaseError as error:
            if "no such table" in str(error):
                message = _("{path} is not a Saudagar database; make one with “database create”.")
                raise DomainError(message, path=path) from error
            raise unreadable(path, error) from error
    if problems != ["ok"]:
        raise DomainError(
            _("{path} is damaged ({reason}); restore a backup of it."),
            path=path,
            reason=problems[0],
        )


def unreadable(path: Path, error: sqlite3.Error) -> DomainError:
    """The refusal for a file SQLite will not open, in words with the remedy."""
    if path.is_dir():
        message = _("{path} is a folder; name a database file in it.")
    elif not path.exists():
        message = _("There is no database {path}; make it with “database create”.")
    elif "locked" in str(error):
        message = _("{path} is locked by another program; close that and try again.")
    elif "not a database" in str(error) or "malformed" in str(error):
        message = _("{path} is damaged or no database; restore a backup of it.")
    else:
        message = _("{path} cannot be opened ({reason}); check folder and rights.")
    return DomainError(message, path=path, reason=error)
