"""How a search is answered: by what it finds where that is little, by a walk where it is much.

Up to `SEARCH_CAP` finds are fetched and sorted. More stand so close together that walking the
list in its order meets the first hundred of them soon. Where the index finds much of which little
holds (three letters of a word each, but not the word), the finds are fetched and sorted as well.
"""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from controllers.core.list_sql import SEARCH_CAP, ListSql

Row = tuple[Any, ...]
Fetch = Callable[[str, Sequence[Any]], list[Row]]

_SAMPLE = 200
_SPARSE = 0.05
_MANY_KEYS = 1_000
"""A start that so many keys share says nothing about a record."""


def plan(sql: ListSql, fetch: Fetch) -> ListSql:
    """Look how much a search finds, and have `sql` answer it in the cheapest way."""
    if sql.grams:
        _plan_words(sql, fetch)
    elif sql.start:
        _plan_start(sql, fetch)
    return sql


def _plan_words(sql: ListSql, fetch: Fetch) -> None:
    ids = _ids(fetch(*sql.finds(SEARCH_CAP + 1)))
    if len(ids) <= SEARCH_CAP:
        sql.found = ids
        return
    sample = ids[:: max(1, len(ids) // _SAMPLE)]
    held = int(fetch(*sql.held(sample))[0][0])
    sql.walks = held >= _SPARSE * len(sample)


def _plan_start(sql: ListSql, fetch: Fetch) -> None:
    keys = _ids(fetch(*sql.keys_from(_spellings(sql.start), _MANY_KEYS + 1)))
    sql.keys = keys if len(keys) <= _MANY_KEYS else []
    titles = _ids(fetch(*sql.titles_from(SEARCH_CAP + 1)))
    if len(titles) <= SEARCH_CAP:
        sql.found = [*{*titles, *sql.keys}]


def _spellings(start: str) -> list[str]:
    """Every way to write a start in small and capital letters: an index knows no others."""
    return ["".join(each) for each in product(*({sign, sign.upper()} for sign in start))]


def _ids(rows: list[Row]) -> list[int]:
    return [row[0] for row in rows]
