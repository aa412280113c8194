"""How a search is answered: in the order of the index, by what it finds, or by a walk.

The index of SQLite is numbered in the usual order of the list, so there the first page is read
from it and nothing else. In another order few finds are fetched and sorted. More stand so close
together that walking the list in its order mostly meets the first hundred of them soon; where it
does not, as in a list by city when a city is searched for, all finds are sorted. A server has ways
of its own (`shared_search`).
"""

from collections.abc import Callable, Sequence
from typing import Any

from controllers.core.dialect import Statement
from controllers.core.list_sql import ListSql

Row = tuple[Any, ...]
Fetch = Callable[[str, Sequence[Any]], list[Row]]

_FARTHER = 8
"""Words too short for any index are common ones: the walk goes so many times as far for them."""


def oriented(sql: ListSql, fetch: Fetch) -> ListSql:
    """`sql`, told whether the index answers it in order: not while a text waits for its place.

    On a server it is told all that is found, where that is little.
    """
    if not sql.dialect.is_embedded:
        from controllers.core import shared_search

        shared_search.plan_all(sql, fetch)
        return sql
    sql.in_order = sql.may_be_in_order and not fetch(*sql.search.waiting())
    return sql


def planned(sql: ListSql, fetch: Fetch, limit: int) -> ListSql:
    """`sql`, told how its first rows are met in the cheapest way."""
    if sql.search.start:
        _plan_start(sql, fetch)
    elif sql.search.terms and not sql.dialect.is_embedded:
        from controllers.core import shared_search

        shared_search.plan_words(sql, fetch, limit)
    elif sql.search.terms and not oriented(sql, fetch).in_order:
        _plan_words(sql, fetch, limit)
    return sql


def _plan_words(sql: ListSql, fetch: Fetch, limit: int) -> None:
    sql.found = _some(fetch, sql.search.finds(), sql.dialect.few) if sql.search.grams else None
    if sql.found is None and sql.can_be_walked:
        steps = sql.dialect.steps * (1 if sql.search.grams else _FARTHER)
        met = _ids(fetch(*sql.first_met(limit, steps)))
        sql.found = met if len(met) == limit else None
    if sql.found is None or len(sql.found) > limit:
        sql.found = _ids(fetch(*sql.best_found(limit)))


def _plan_start(sql: ListSql, fetch: Fetch) -> None:
    titles, keys = (
        _some(fetch, each, sql.dialect.few) for each in (sql.search.titles(), sql.search.keys())
    )
    if keys is None:
        sql.walks = True
    elif titles is None:
        sql.keys = keys
    else:
        sql.found = [*{*titles, *keys}]


def _some(fetch: Fetch, statement: Statement, few: int) -> list[int] | None:
    """The ids a statement answers, or None where they are too many to be fetched."""
    text, values = statement
    ids = _ids(fetch(f"{text} LIMIT ?", [*values, few + 1]))
    return ids if len(ids) <= few else None


def _ids(rows: list[Row]) -> list[int]:
    return [row[0] for row in rows]
