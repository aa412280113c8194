"""A database on a PostgreSQL server, shared by many workstations."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from platform import node
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

import psycopg
from psycopg import conninfo

from models.storage import passwords
from models.storage.database import (
    Called,
    Database,
    Heard,
    Hold,
    Listening,
    Reached,
    Row,
    Told,
    untold,
)
from models.storage.postgres import certificates, words
from models.storage.postgres.connection import SCHEMA, connect, marked
from models.storage.postgres.groups import Groups
from models.values.errors import ClashError, DomainError, OutageError
from models.values.records import Change
from resources.languages import marked as _

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


_LONGEST_DOUBT = 60.0
"""Seconds to ask for what became of a commit whose answer was lost."""

_PAUSE = 0.5


class PostgresDatabase(Database):
    """A database that a URL ``postgresql://user@host/name`` names."""

    engine_name: ClassVar[str] = "postgresql"

    def __init__(self, url: str) -> None:
        super().__init__(url)
        try:
            parts = conninfo.conninfo_to_dict(url)
        except psycopg.Error as error:
            raise DomainError(
                _("{url} is no address of a database; write postgresql://user@host/name."), url=url
            ) from error
        self._host = str(parts.get("host") or "localhost")
        self._name = str(parts.get("dbname") or parts.get("user") or "postgres")

    @property
    def name(self) -> str:
        """The database and its host."""
        return f"{self._name} @ {self._host}"

    @property
    def short_name(self) -> str:
        """The database's own name."""
        return self._name

    @cached_property
    def login(self) -> str:
        """Who is signed in."""
        return str(self.fetch("SELECT session_user::text")[0][0])

    @property
    def is_administered(self) -> bool:
        """Whether who is signed in may do everything without being among the people."""
        asked = "SELECT pg_has_role(session_user, ?, 'MEMBER')"
        return bool(self.fetch(asked, (self.groups.role("administrator"),))[0][0])

    def connect(self, *, read_only: bool = False, database: str | None = None) -> Any:
        """A raw connection; errors are refusals and outages in words."""
        refused: Exception | None = None
        begun = passwords.moment()
        for password in passwords.offered(self.url):
            try:
                made = connect(self.url, password, read_only=read_only, database=database)
            except psycopg.Error as error:
                refused = words.unreachable(self.name, error, certificates.why(self.url, error))
                refused.__cause__ = error
                if not words.is_about_password(refused):
                    break
            else:
                if password:
                    passwords.found(self.url, password, begun)
                return made
        raise refused or OutageError(self.name)

    def exists(self) -> bool:
        """Whether the database is there; a server that cannot be reached raises."""
        try:
            self.reader()
        except DomainError as error:
            if isinstance(error.__cause__, psycopg.Error) and "does not exist" in str(
                error.__cause__
            ):
                return False
            raise
        return True

    def is_taken(self) -> bool:
        """Whether our schema stands there; an empty database may be filled."""
        return self.exists() and bool(self.revision())

    # Reading through the raw driver

    def _connect_reader(self) -> Any:
        return self.connect(read_only=True)

    def _is_usable(self, connection: Any) -> bool:
        return not connection.closed

    def _fetch(self, statement: str, values: Sequence[Any]) -> list[Row]:
        """Once more on a new connection where the old one broke."""
        reader = self.reader()
        try:
            rows: list[Row] = reader.execute(statement, values).fetchall()
        except psycopg.Error as error:
            if not reader.closed:
                raise words.refusal(self.name, error) or error from error
            rows = self._fetch_anew(statement, values)
        return rows

    def _fetch_anew(self, statement: str, values: Sequence[Any]) -> list[Row]:
        try:
            rows: list[Row] = self.reader().execute(statement, values).fetchall()
        except psycopg.Error as error:
            raise words.refusal(self.name, error) or error from error
        return rows

    def _stream(self, statement: str, values: Sequence[Any], block: int) -> Iterator[list[Row]]:
        with self.reader().transaction(), self.reader().cursor(f"stream_{uuid4().hex}") as cursor:
            cursor.execute(marked(statement), values)
            while rows := cursor.fetchmany(block):
                yield rows

    # What it is

    def revision(self) -> str:
        """The schema's revision, "" where there is none."""
        found = self.fetch("SELECT to_regclass('alembic_version')::text")
        if found[0][0] is None:
            return ""
        rows = self.fetch("SELECT version_num FROM alembic_version")
        return str(rows[0][0]) if rows else ""

    def size(self) -> int:
        """How many bytes it takes on the server."""
        return int(self.fetch("SELECT pg_database_size(current_database())")[0][0])

    # Making and upgrading

    def make(self) -> None:
        """The database where it is missing, and our empty schema with its owner in it."""
        from models.storage.postgres import making

        making.make(self)

    def remove(self) -> None:
        """Take our schema away again, with everything in it."""
        from models.storage.postgres import making

        making.remove(self)

    def begin_upgrade(self, connection: "Connection") -> None:
        """Wait for others who upgrade, then work as the owner until the transaction ends."""
        from models.storage.postgres import making

        making.begin(connection, self.groups)

    def derived(self) -> Iterator[str]:
        """Triggers and rights."""
        from models.storage.postgres.derived import install_statements

        return install_statements(self.groups)

    @cached_property
    def groups(self) -> Groups:
        """The groups of this database's people; their names come from the schema's owner."""
        ((owner,),) = self.fetch(
            "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = ?", (SCHEMA,)
        )
        return Groups(str(owner).removesuffix("_owner"))

    def copy_to(self, target: Path, told: Told = untold) -> None:
        """Everything into one file, by PostgreSQL's own program, read through once."""
        from models.storage.postgres import dumping

        dumping.dump(self, target)

    def load_from(self, source: Path, *, replace: bool) -> bool:
        """Everything from such a file; rights and triggers are made anew."""
        from models.storage.postgres import dumping, making

        dumping.verify(self, source)
        if replace and self.is_taken():
            making.remove(self)
        self.make()
        try:
            dumping.load(self, source)
        except BaseException:
            self.remove()
            raise
        return False

    # Taking over everything from another database

    def silence(self, connection: "Connection") -> None:
        """Switch the triggers of every table off; making them anew switches them on."""
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = ?"
        for name in connection.exec_driver_sql(tables, (SCHEMA,)).scalars().all():
            connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER USER")

    def take(
        self, connection: "Connection", table: str, columns: Sequence[str], rows: Iterable[Row]
    ) -> int:
        """Stream raw rows into the server."""
        driver: Any = connection.connection.driver_connection
        connection.exec_driver_sql(f"DELETE FROM {table}")
        count = 0
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copying,
        ):
            for count, row in enumerate(rows, 1):  # noqa: B007 - the count outlives the loop
                copying.write_row(row)
        return count

    def continue_ids(self, connection: "Connection") -> None:
        """Set every sequence to the greatest id of its table."""
        owned = (
            "SELECT pg_get_serial_sequence(table_name, column_name), table_name, column_name "
            "FROM information_schema.columns WHERE table_schema = ? "
            "AND pg_get_serial_sequence(table_name, column_name) IS NOT NULL"
        )
        for sequence, table, column in connection.exec_driver_sql(owned, (SCHEMA,)).all():
            connection.exec_driver_sql(
                f"SELECT setval(?, greatest(max({column}), 1), max({column}) IS NOT NULL) "
                f"FROM {table}",
                (sequence,),
            )

    # Use cases

    def _make_engine(self) -> "Engine":
        from sqlalchemy import create_engine, event

        engine = create_engine(
            "postgresql+psycopg://",
            creator=self.connect,
            pool_size=4,
            max_overflow=8,
            pool_pre_ping=True,
        )

        @event.listens_for(engine, "checkin")
        def checkin(connection: Any, _record: object) -> None:
            """An upgrade waits for ever; who takes the connection next does not."""
            if connection is not None:
                vars(connection).pop("patience", None)

        return engine

    def _connected(self, *, write: bool) -> "Connection":
        level = "READ COMMITTED" if write else "REPEATABLE READ"
        return self.engine.connect().execution_options(
            isolation_level=level, postgresql_readonly=not write
        )

    @contextmanager
    def writing(self, who: str = "") -> Iterator["Connection"]:
        """A transaction that may write. Where the connection breaks while it commits, the server
        is asked afterwards what became of it, so that nothing is done twice.

        Raises ClashError where it was not done and may be tried again, DomainError where nobody
        knows: trying again could do it twice.
        """
        from sqlalchemy.exc import DBAPIError

        with (
            self._refusing(),
            self._connected(write=True) as connection,
            connection.begin() as transaction,
        ):
            number = self._begin_writing(connection, who)
            yield connection
            try:
                transaction.commit()
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                self._settle(number)

    def _begin_writing(self, connection: "Connection", who: str) -> str:
        """The transaction's number; who writes, the server knows from the sign-in.

        A database that was upgraded under a running program is written to no more.
        """
        told = connection.exec_driver_sql(
            "SELECT pg_current_xact_id()::text, set_config('saudagar.workstation', ?, true), "
            "(SELECT version_num FROM alembic_version)",
            (node(),),
        )
        number, _workstation, revision = told.one()
        self.require_known(str(revision or ""))
        return str(number)

    def _settle(self, transaction: str) -> None:
        """Find out what became of a commit whose answer was lost."""
        end = time.monotonic() + _LONGEST_DOUBT
        while (committed := self.is_committed(transaction)) is None:
            if time.monotonic() > end:
                raise DomainError(
                    _("{name} went away while it saved; see whether it did before you save again."),
                    name=self.name,
                )
            time.sleep(_PAUSE)
        if not committed:
            raise ClashError(_("{name} went away and came back; try again."), name=self.name)

    def tell_others(self, connection: "Connection", origin: str, changes: Sequence[Change]) -> None:
        """Tell programs on other workstations, with the commit, what it changed."""
        from models.storage.postgres.notices import CHANNEL, payload

        connection.exec_driver_sql("SELECT pg_notify(?, ?)", (CHANNEL, payload(origin, changes)))

    def call_out(self, text: str) -> None:
        """Tell programs on other workstations, now, what nobody keeps."""
        from models.storage.postgres.notices import CALLS

        self.fetch("SELECT pg_notify(?, ?)", (CALLS, text))

    def listen(self, origin: str, heard: Heard, reached: Reached, called: Called) -> Listening:
        """Hear what other workstations commit and call out."""
        from models.storage.postgres.notices import Listener

        return Listener(self, origin, heard, reached, called)

    def hold(self, what: str, part: str = "") -> Hold | None:
        """Hold a piece of work for this program alone, as long as its connection lives."""
        from models.storage.postgres.holding import take

        return take(self, what, part)

    def is_held(self, what: str, part: str = "") -> bool:
        """Whether any program holds it."""
        from models.storage.postgres.holding import is_held

        return is_held(self, what, part)

    def is_committed(self, transaction: str) -> bool | None:
        """Whether a transaction went through; None while the server cannot be reached."""
        try:
            ((status,),) = self.fetch("SELECT pg_xact_status(?::xid8)", (transaction,))
        except OutageError:
            return None
        return None if status == "in progress" else status == "committed"

    def refusal(self, error: BaseException | None) -> Exception | None:
        """What to tell a person about an error of the driver; None for a bug of ours."""
        return words.refusal(self.name, error)
