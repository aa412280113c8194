"""Connections to a PostgreSQL server, opened one way: in our schema, with limits on waiting."""

import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

import psycopg
from psycopg import Cursor
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import Loader

SCHEMA = "saudagar"
"""Where everything of ours stands; nothing of ours is in ``public``."""

CONNECT_SECONDS = 10

PATIENCE = 135.0
"""Seconds without a word after which a server is given up: it ends a statement by itself before.

The network alone tells of a server that is cut off; one that is there and does not work on stays
silent for ever.
"""

RV = TypeVar("RV")

_OPTIONS = {
    "search_path": f"{SCHEMA},pg_temp",
    "statement_timeout": "120s",
    "lock_timeout": "8s",
    "idle_in_transaction_session_timeout": "120s",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "jit": "off",
    "TimeZone": "UTC",
    "client_min_messages": "warning",
}
"""Limits the server keeps. The last three let it notice within half a minute that a workstation is
gone, and free what that held.
"""

_PARTS = {
    "application_name": "Saudagar",
    "client_encoding": "UTF8",
    "connect_timeout": str(CONNECT_SECONDS),
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


class PatientConnection(psycopg.Connection[Any]):
    """Waits for an answer as long as `patience` says, then closes itself and raises."""

    patience: float | None = PATIENCE
    """Seconds without a word; None waits for ever, as an upgrade does."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Consume a generator of the driver."""
        return super().wait(self._not_forever(gen), interval, timeout)

    def _not_forever(self, gen: PQGen[RV]) -> PQGen[RV]:
        heard = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = time.monotonic()
                elif self.patience is not None and time.monotonic() - heard > self.patience:
                    self.pgconn.finish()
                    raise psycopg.OperationalError("timeout: the server fell silent")
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


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
    connection = PatientConnection.connect(
        url, autocommit=read_only, cursor_factory=QuestionMarkCursor, **told  # type: ignore[arg-type]
    )  # fmt: skip
    connection.adapters.register_loader("numeric", _WholeNumber)
    return connection
