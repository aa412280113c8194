"""Connections to a PostgreSQL server, opened one way: in our schema, with limits on waiting."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import Cursor
from psycopg.abc import Buffer
from psycopg.adapt import Loader

SCHEMA = "saudagar"
"""Where everything of ours stands; nothing of ours is in ``public``."""

CONNECT_SECONDS = 10

_OPTIONS = {
    "search_path": f"{SCHEMA},pg_temp",
    "statement_timeout": "120s",
    "lock_timeout": "8s",
    "idle_in_transaction_session_timeout": "120s",
    "TimeZone": "UTC",
    "client_min_messages": "warning",
}
_PARTS = {
    "application_name": "Saudagar",
    "client_encoding": "UTF8",
    "connect_timeout": str(CONNECT_SECONDS),
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


class QuestionMarkCursor(Cursor[Any]):
    """Takes values in order for ``?``, as SQLite does, beside the driver's own named style."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> "QuestionMarkCursor":
        """Run one statement."""
        super().execute(_driver_text(query, params), params, **more)
        return self

    def executemany(self, query: Any, params_seq: Iterable[Any], **more: Any) -> None:
        """Run one statement with many rows of values."""
        rows = list(params_seq)
        super().executemany(_driver_text(query, rows[0] if rows else None), rows, **more)


def _driver_text(query: Any, params: Any) -> Any:
    return marked(query) if isinstance(query, str) and isinstance(params, (tuple, list)) else query


@lru_cache(2_000)
def marked(query: str) -> str:
    """The statement with the driver's marks; none of ours holds a question mark in a text."""
    return query.replace("%", "%%").replace("?", "%s")


class _WholeNumber(Loader):
    """Sums of whole numbers: the server answers them as NUMERIC, which no column of ours is."""

    def load(self, data: Buffer) -> int | float:
        text = bytes(data)
        return float(text) if b"." in text or b"N" in text else int(text)


def connect(
    url: str, password: str | None = None, *, read_only: bool = False, database: str | None = None
) -> "psycopg.Connection[Any]":
    """A connection; in autocommit mode where it only reads.

    Raises psycopg.OperationalError, which `words.refusal` puts into a sentence.
    """
    options = _OPTIONS | ({"default_transaction_read_only": "on"} if read_only else {})
    told = dict(_PARTS)
    told["options"] = " ".join(f"-c {name}={value}" for name, value in options.items())
    if password:
        told["password"] = password
    if database:
        told["dbname"] = database
    connection = psycopg.connect(
        url, autocommit=read_only, cursor_factory=QuestionMarkCursor, **told  # type: ignore[arg-type]
    )  # fmt: skip
    connection.adapters.register_loader("numeric", _WholeNumber)
    return connection
