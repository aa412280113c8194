"""How a search is answered: by what it finds where that is little, by a walk where it is much.

Words are looked up by their runs of three letters. Runs that nearly every record has take long to
read and rule nothing out, so only the rare ones are asked for; the words themselves are compared
afterwards. Up to `SEARCH_CAP` finds are fetched and sorted. More stand so close together that
walking the list in its order meets the first hundred of them soon. Where the index finds much of
which little holds (the runs of a word, but not the word), the finds are fetched and sorted as well.
"""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from controllers.core.list_sql import SEARCH_CAP, ListSql

Row = tuple[Any, ...]
Fetch = Callable[[str, Sequence[Any]], list[Row]]

_SAMPLE = 200
_PROBE = 300
FEW = 4_500
"""Up to so many finds are fetched without looking whether a walk meets them sooner."""
STEPS = 40_000
_EVERY = 1 << 62
_COMMON = 4
"""A run that every fourth record has is not asked for, where there is a rarer one."""
_SPARSE = 0.05
_MANY_KEYS = 1_000
"""A start that so many keys share says nothing about a record."""


def plan(sql: ListSql, fetch: Fetch, limit: int) -> ListSql:
    """Look how much a search finds, and have `sql` answer its first rows in the cheapest way."""
    if sql.grams:
        _plan_words(sql, fetch, limit)
    elif sql.start:
        _plan_start(sql, fetch)
    return sql


def _plan_words(sql: ListSql, fetch: Fetch, limit: int) -> None:
    spread = {gram: _spread(sql, fetch, gram) for each in sql.grams_of_terms for gram in each}
    rare, rarer = rare_grams(sql, spread, 1), rare_grams(sql, spread, 2)
    ids = _ids(fetch(*sql.finds(FEW + 1, rare)))
    if len(ids) > FEW and rare != rarer:
        ids = _ids(fetch(*sql.finds(FEW + 1, rarer)))
    if len(ids) > FEW:
        if _walked(sql, fetch, limit, STEPS):
            return
        ids = _ids(fetch(*sql.finds(SEARCH_CAP + 1, rarer)))
    if len(ids) > SEARCH_CAP and rarer != sql.grams:
        ids = _ids(fetch(*sql.finds(SEARCH_CAP + 1)))
    if len(ids) <= SEARCH_CAP:
        _take(sql, fetch, limit, ids)
        return
    sample = ids[:: max(1, len(ids) // _SAMPLE)]
    held = int(fetch(*sql.held(sample))[0][0])
    sql.walks = held >= _SPARSE * len(sample)
    if sql.walks:
        _walked(sql, fetch, limit, _EVERY)


def _take(sql: ListSql, fetch: Fetch, limit: int, ids: list[int]) -> None:
    sql.found = ids
    if len(ids) > limit:
        sql.found = _ids(fetch(*sql.best_found(limit)))


def _walked(sql: ListSql, fetch: Fetch, limit: int, steps: int) -> bool:
    """Whether walking so many steps of the usual order meets all rows that are wanted."""
    if not sql.can_walk_index:
        return False
    ids = _ids(fetch(*sql.first_finds(limit, steps)))
    if len(ids) < limit and steps < _EVERY:
        return False
    sql.found = ids
    return True


def rare_grams(sql: ListSql, spread: dict[str, float], runs: int) -> str:
    """The runs of letters worth asking for: of each term the rarest, unless most have them."""
    if sum(map(bool, sql.grams_of_terms)) < 2:
        return sql.grams
    least = min(max(spread.values()), _COMMON)
    chosen: set[str] = set()
    for grams in sql.grams_of_terms:
        rarest = sorted(grams, key=lambda gram: spread[gram], reverse=True)[:runs]
        chosen.update(gram for gram in rarest if spread[gram] >= least)
    return " AND ".join(sorted(chosen))


def _spread(sql: ListSql, fetch: Fetch, gram: str) -> float:
    """How far apart the records with a run stand, judged by the first few hundred of them."""
    first, there = fetch(*sql.finds(1, gram)), fetch(*sql.finds(1, gram, _PROBE))
    return (there[0][0] - first[0][0]) / _PROBE if there else float("inf")


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
