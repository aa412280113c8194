"""How a server answers a search: by walking the list, or by its index of runs of three letters.

A common word fills the page within the first steps of a walk through the index that holds the
texts in the order of the titles. Where it does not, the word is rare, or it stands late in the list
because titles begin with it: the index of runs, which leaves the beginnings of titles out, tells
the rare ones, and the titles that begin with a word are a stretch of the list to be walked. What
neither answers is walked to the end; the server's statistics say beforehand that a word is too
common for the index.

Row policies hold for every walk; the index is asked through a function that keeps to the same
rows.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from controllers.core.list_sql import ListSql
from controllers.core.walk_sql import WalkSql

Row = tuple[Any, ...]
Fetch = Callable[[str, Sequence[Any]], list[Row]]

_REACH = 10
"""A stretch of titles with one beginning is walked so many times as far."""

_ALL_THE_WAY = 2**31 - 1

_DEARER = 2
"""A step costs so many times more where the index of the list does not hold the texts."""


def plan_words(sql: ListSql, fetch: Fetch, limit: int) -> None:
    """Tell `sql` the first rows that a search of words finds; `limit` of them at least."""
    if sql.is_walked:
        sql.found = _SharedSearch(sql, fetch).first(limit)
        return
    plan_all(sql, fetch)
    if sql.found is None and sql.can_be_walked:
        met = _ids(fetch(*sql.first_met(limit, sql.dialect.steps // _DEARER)))
        sql.found = met if len(met) == limit else None
    if sql.found is None or len(sql.found) > limit:
        sql.found = _ids(fetch(*sql.best_found(limit)))


def plan_all(sql: ListSql, fetch: Fetch) -> None:
    """Tell `sql` all that a search of words finds, where that is little and soon known."""
    if sql.search.terms and not sql.search.start and not sql.search.archived:
        search = _SharedSearch(sql, fetch)
        sql.found = search.rare(sql.dialect.few, whole=True)
        sql.only_short = search.is_walked and sql.found is None and not search.has_long()


class _Way(NamedTuple):
    """What a walk met, and whether it went to the end."""

    met: list[int]
    is_whole: bool


class _SharedSearch:
    """One search on a server."""

    def __init__(self, sql: ListSql, fetch: Fetch) -> None:
        self._fetch = fetch
        self._words = tuple(dict.fromkeys(sql.search.terms))
        self._few, self._steps = sql.dialect.few, sql.dialect.steps
        self._sql = WalkSql(sql.search, sql.dialect, descending=sql.descending)
        self.is_walked = self._sql.is_walked
        """Whether an index holds the texts in the order of the titles."""

    def has_long(self) -> bool:
        """Whether there are texts that no walk meets."""
        return bool(self._fetch(*self._sql.ways((), 0, 0)))

    def first(self, limit: int) -> list[int]:
        """Ids among which are the first `limit` finds in the order of the list."""
        (way,), has_long = self._ways(("",), limit, self._steps)
        met = way.met
        if len(met) < limit and not way.is_whole:
            found = self.rare(limit, whole=False, is_likely=not met)
            if found is not None:
                return found
            met = _ids(self._fetch(*self._sql.walked(limit, _ALL_THE_WAY)))
        return met + self._long(limit) if has_long else met

    def rare(self, most: int, *, whole: bool, is_likely: bool = True) -> list[int] | None:
        """Ids of all finds, or else of the first `most` at least; None where they are too many.

        Statistics take words for common that never stand together; where it is likely that they
        do not, more is let be expected.
        """
        expected = self._few * 2 if is_likely else self._few // 2
        found = self._indexed(self._words, expected, most)
        if found is None or not self.is_walked:
            return found
        ways, has_long = self._ways(self._words, most + 1, self._steps * _REACH)
        for word, way in zip(self._words, ways, strict=True):
            more = self._beginning(word, way, most, whole=whole)
            if more is None:
                return None
            found += more
        if has_long:
            found += self._long(most + 1)
        return found if len(found) <= most or not whole else None

    def _beginning(self, word: str, way: _Way, most: int, *, whole: bool) -> list[int] | None:
        """Finds whose title begins with a word."""
        if len(way.met) > most:
            return None if whole else way.met
        if way.is_whole:
            return way.met
        others = [each for each in self._words if not word.startswith(each)]
        found = self._indexed(others, self._few, self._few) if others else None
        return None if found is None else _ids(self._fetch(*self._sql.finds_among(found)))

    def _indexed(self, words: Sequence[str], expected: int, first: int) -> list[int] | None:
        """What the index knows of, by title; None where that is more than few."""
        ((ids,),) = self._fetch(*self._sql.indexed(words, expected, self._few, first))
        return ids if ids is None else list(ids)

    def _ways(self, starts: Sequence[str], limit: int, steps: int) -> tuple[list[_Way], bool]:
        """Walks from several starts, and whether there are texts that none meets."""
        rows = self._fetch(*self._sql.ways(starts, limit, steps))
        ways = [
            _Way([each for at, each in rows if at == way and each], (way, None) not in rows)
            for way in range(len(starts))
        ]
        return ways, (-1, None) in rows

    def _long(self, limit: int) -> list[int]:
        """Finds among the texts that no walk meets."""
        return _ids(self._fetch(*self._sql.long_found(limit)))


def _ids(rows: list[Row]) -> list[int]:
    return [row[0] for row in rows]
