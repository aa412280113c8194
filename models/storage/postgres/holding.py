"""What one workstation alone does: an advisory lock of the server, kept by a connection of its own.

When the program ends or its connection is cut, the server frees the lock.
"""

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from models.storage.postgres.database import PostgresDatabase

_FAMILY = 0x5A0D46A3
"""Tells our locks from those of other programs on the database; the other half names the work."""

_HELD = """
    SELECT EXISTS (
        SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (classid::bigint << 32 | objid::bigint) = ?
    )
"""


def _key(what: str, part: str) -> int:
    """The lock of a piece of work: 63 bits, so that two are never taken for each other."""
    digest = hashlib.sha256(f"{_FAMILY}\n{what}\n{part}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


class _Hold:
    """A lock and the connection that keeps it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def is_kept(self) -> bool:
        """Whether the connection still lives."""
        try:
            self._connection.execute("SELECT 1")
        except psycopg.Error:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Let another program have it at once; servers end a connection in their own time."""
        with suppress(psycopg.Error):
            self._connection.execute("SELECT pg_advisory_unlock_all()")
        self._connection.close()


def take(database: "PostgresDatabase", what: str, part: str) -> _Hold | None:
    """Take a lock without waiting; None where another program has it."""
    if is_held(database, what, part):
        return None
    connection = database.connect(read_only=True)
    try:
        ((taken,),) = connection.execute("SELECT pg_try_advisory_lock(?)", (_key(what, part),))
    except BaseException:
        connection.close()
        raise
    if not taken:
        connection.close()
        return None
    database.close_at_end(connection)
    return _Hold(connection)


def is_held(database: "PostgresDatabase", what: str, part: str) -> bool:
    """Whether any program has a lock."""
    return bool(database.fetch(_HELD, (_key(what, part),))[0][0])
