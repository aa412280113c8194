"""SQLite connections, opened one way: durable, patient, with foreign keys."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from models.values.errors import DomainError
from resources.languages import marked as _

_BUSY_SECONDS = 10


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
    connection.execute("PRAGMA cache_size=-16000")
    if read_only:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        return
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


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
