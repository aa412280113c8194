"""What a commit changed, told to every workstation with the commit itself.

A notice names kinds and ids, never contents: everybody signed in may listen.
"""

import json
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import Notify

from models.storage.database import Called, Heard, Reached
from models.values.errors import DomainError, OutageError
from models.values.records import EVERYTHING, Change

if TYPE_CHECKING:
    from models.storage.postgres.database import PostgresDatabase

CHANNEL = "saudagar_changes"
CALLS = "saudagar_calls"
"""What programs call out to one another and nobody keeps, as who has which record open."""

_LONGEST = 7_500
"""A server takes 8,000 bytes in one notice; more records are told as “any of that kind”."""

_PAUSE = 2.0
"""Seconds between two tries to reach a server that went away."""


def payload(origin: str, changes: Sequence[Change]) -> str:
    """A notice as text."""
    ids: dict[str, list[int]] = {}
    for each in changes:
        ids.setdefault(each.kind, []).append(each.id)
    text = json.dumps([origin, ids], separators=(",", ":"))
    return text if len(text) < _LONGEST else json.dumps([origin, {kind: [0] for kind in ids}])


def read(text: str, origin: str) -> tuple[Change, ...]:
    """The changes of a notice; none where it is our own."""
    sender, ids = json.loads(text)
    if sender == origin:
        return ()
    return tuple(Change(kind, each) for kind, found in ids.items() for each in found)


_CALLER = (
    "SELECT a.usename::text, coalesce(nullif(p.full_name, ''), a.usename::text), "
    "a.usename = session_user FROM pg_stat_activity a LEFT JOIN person p ON p.name = a.usename "
    "WHERE a.pid = ? AND a.datname = current_database()"
)
"""Who called, as the server knows from the connection: login, full name, and whether it is us."""


def vouched(text: str, login: str, name: str, is_own: bool) -> str:
    """A call with the name the server vouches for; "" where it is none.

    Everybody signed in may call, whatever name they give themselves. So the name is not taken from
    the call, and nobody speaks for another person's program.
    """
    try:
        origin, _given, named, number = json.loads(text)
    except (ValueError, TypeError):
        return ""
    own = str(origin) if is_own else f"{login}: {origin}"
    return json.dumps([own, name, named, number], ensure_ascii=False)


class Listener:
    """Hears on a connection and thread of its own what other workstations commit."""

    def __init__(
        self,
        database: "PostgresDatabase",
        origin: str,
        heard: Heard,
        reached: Reached,
        called: Called,
    ) -> None:
        self._database = database
        self._origin = origin
        self._heard = heard
        self._reached = reached
        self._called = called
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True, name="listener")
        self._thread.start()

    def _listen(self) -> None:
        was_away = False
        while not self._ended.is_set():
            try:
                with self._database.connect(read_only=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    connection.execute(f"LISTEN {CALLS}")
                    if was_away:
                        self._reached(True)
                        self._heard((EVERYTHING,))
                    was_away = False
                    self._hear(connection)
            except (psycopg.Error, OutageError, DomainError):
                if not self._ended.is_set():
                    was_away = True
                    self._reached(False)
                    self._ended.wait(_PAUSE)

    def _hear(self, connection: Any) -> None:
        while not self._ended.is_set():
            for notice in tuple(connection.notifies(timeout=0.5, stop_after=1)):
                self._take(connection, notice)
                if self._ended.is_set():
                    return

    def _take(self, connection: Any, notice: Notify) -> None:
        if notice.channel == CALLS:
            caller = connection.execute(_CALLER, (notice.pid,)).fetchone()
            if caller is not None and (text := vouched(notice.payload, *caller)):
                self._called(text)
        elif changes := read(notice.payload, self._origin):
            self._heard(changes)

    def stop(self) -> None:
        """Hear no more."""
        self._ended.set()
        self._thread.join(5)
