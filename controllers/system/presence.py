"""Who else has a record open: told by notices, kept nowhere, forgotten within a minute.

Every program calls out which records its person has open: at once when that changes, and again as
long as it lives. Whoever is not heard for a while is taken to be gone, as after a crash.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

Records = frozenset[tuple[str, int]]

BEAT = 15.0
"""Seconds between two calls of a program that has something open."""

LIFE = 40.0
"""Seconds after which a program that was not heard counts as gone: two calls may get lost."""

_MOST = 200
"""Records named in one call; a notice holds 8,000 bytes."""


class _Heard(NamedTuple):
    """The newest call of another program."""

    name: str = ""
    records: Records = frozenset()
    at: float = 0.0
    number: int = 0


class Presence:
    """What one program knows. Not for several threads: whoever hears hands over to its own."""

    def __init__(
        self,
        origin: str,
        name: str,
        call_out: Callable[[str], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._origin = origin
        self.name = name
        """What others read."""
        self._call_out = call_out
        self._clock = clock
        self._open: Records = frozenset()
        self._heard: dict[str, _Heard] = {}
        self._calls = 0

    def set_open(self, records: Records) -> None:
        """What the person has open now."""
        if records != self._open:
            self._open = records
            self._call()

    def beat(self) -> None:
        """Call again, and forget who was not heard for too long; called every `BEAT` seconds."""
        if self._open:
            self._call()
        now = self._clock()
        self._heard = {
            origin: known for origin, known in self._heard.items() if now - known.at < LIFE
        }

    def leave(self) -> None:
        """The program ends."""
        self.set_open(frozenset())

    def _call(self) -> None:
        self._calls += 1
        named = sorted(self._open)[:_MOST]
        told = [self._origin, self.name, named, self._calls]
        self._call_out(json.dumps(told, ensure_ascii=False))

    def hear(self, text: str) -> None:
        """Take note of a call; whoever has just opened what is open here is answered at once.

        Calls may overtake one another on their way: one that is older than the last is passed over.
        """
        with suppress(ValueError, TypeError):
            origin, name, named, number = json.loads(text)
            before = self._heard.get(origin, _Heard())
            if origin == self._origin or number <= before.number:
                return
            records: Records = frozenset((str(kind), int(record)) for kind, record in named)
            self._heard[origin] = _Heard(str(name), records, self._clock(), int(number))
            if (records - before.records) & self._open:
                self._call()

    def others(self, kind: str, record_id: int) -> tuple[str, ...]:
        """Who else has a record open, by name, each once."""
        now = self._clock()
        found = {
            each.name
            for each in self._heard.values()
            if (kind, record_id) in each.records and now - each.at < LIFE
        }
        return tuple(sorted(found))
