"""Lists as windows on a query: pages by key, rows by identifier, counts and sums on the side.

Reads through the raw driver and answers raw rows (scaled integers, ISO text), which the
formatters of `models.values.formatting` turn into what is shown. Nothing here loads SQLAlchemy.
"""

import datetime as dt
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from controllers.core.dialect import DIALECTS
from controllers.core.list_sql import ListSql
from controllers.core.person import Person
from models.storage.database import Database
from models.system.kinds import kind_of
from models.values.records import ListQuery

Row = tuple[Any, ...]
"""The id, then one raw value per column of the query, then the currency where the kind has one."""


_LONG = 100_000
"""Walking more ids than this fills the page cache with what is not needed again."""


class Page(NamedTuple):
    """Rows in order, and whether there are more."""

    rows: list[Row]
    more: bool


class Listing:
    """Answers every list of the program. Safe to use from several threads."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], dt.datetime],
        person: Callable[[], Person] = Person,
    ) -> None:
        self._database = database
        self._clock = clock
        self._person = person
        self._dialect = DIALECTS[database.engine_name]

    def limit_search(self, few: int, steps: int) -> None:
        """Fetch and walk no more than this in a search; see `Dialect`."""
        self._dialect = self._dialect._replace(few=few, steps=steps)

    def _sql(self, query: ListQuery) -> ListSql:
        day, person = self._clock().date(), self._person()
        return ListSql(kind_of(query.kind), query, day, self._dialect, person)

    def _planned(self, query: ListQuery, limit: int) -> ListSql:
        sql = self._sql(query)
        if query.search:
            from controllers.core.search_plan import planned

            planned(sql, self._all, limit)
        return sql

    def _oriented(self, query: ListQuery) -> ListSql:
        sql = self._sql(query)
        if query.search:
            from controllers.core.search_plan import oriented

            oriented(sql, self._all)
        return sql

    def _all(self, statement: str, values: Sequence[Any]) -> list[Row]:
        return self._database.fetch(statement, values)

    def first_page(self, query: ListQuery, limit: int = 100) -> Page:
        """The first rows of a list."""
        rows = self._all(*self._planned(query, limit + 1).page(limit + 1))
        return Page(rows[:limit], len(rows) > limit)

    def page_after(self, query: ListQuery, key: Any, record_id: int, limit: int = 100) -> Page:
        """The rows that follow the one with this sort key and id, found by index."""
        sql = self._oriented(query)
        rows = self._all(*sql.page(limit + 1, after=(key, record_id)))
        return Page(rows[:limit], len(rows) > limit)

    def identifiers(
        self, query: ListQuery, is_wanted: Callable[[], bool] = lambda: True
    ) -> "array[int]":
        """The ids of all rows in order, four bytes each; empty once `is_wanted` says no."""
        sql = self._oriented(query)
        archived: set[int] = set()
        if sql.is_plain:
            archived = {row[0] for row in self._all(*sql.archived())}
        statement = sql.every_identifier() if sql.is_plain else sql.identifiers()
        ids = array("I")
        for chunk in self._database.stream(*statement, 5_000):
            if not is_wanted():
                return array("I")
            ids.extend([row[0] for row in chunk if row[0] not in archived])
        if len(ids) > _LONG:
            self._database.trim()
        return ids

    def rows(self, query: ListQuery, ids: Sequence[int]) -> list[Row]:
        """The rows of these ids in the order asked; ids that are gone are left out."""
        found = {row[0]: row for row in self._all(*self._sql(query).by_ids(ids))}
        return [found[each] for each in ids if each in found]

    def stream(self, query: ListQuery, block: int = 2_000) -> Iterator[list[Row]]:
        """All rows in order, block by block from one statement; for files, not for screens."""
        statement, values = self._sql(query).everything()
        yield from self._database.stream(statement, values, block)

    def currencies(self, query: ListQuery) -> list[str]:
        """The currencies of a list, two at most: whether its amounts have one in common."""
        statement, values = self._sql(query).currencies()
        return [row[0] or "" for row in self._all(statement, values)]

    def count(self, query: ListQuery) -> int:
        """How many rows the list has."""
        sql = self._oriented(query)
        return int(self._all(*sql.count())[0][0])

    def sums(self, query: ListQuery) -> dict[str, dict[str, int]]:
        """By field the sum of each currency, scaled; "" where the kind has no currency."""
        sql = self._sql(query)
        names, statement, values = sql.sums()
        if not names:
            return {}
        sums: dict[str, dict[str, int]] = {name: {} for name in names}
        for currency, *figures in self._all(statement, values):
            for name, figure in zip(names, figures, strict=True):
                sums[name][currency or ""] = int(figure or 0)
        return sums

    def lookup(self, kind: str, text: str, limit: int = 20) -> list[Row]:
        """The best finds for typed text: id, key, title; the exact key first."""
        wanted = kind_of(kind)
        query = ListQuery(kind, (wanted.key, wanted.title), search=text)
        rows = self._all(*self._planned(query, limit).page(limit))
        exact = self._exact(query, text) if text else []
        return exact + [row for row in rows if row[0] not in {each[0] for each in exact}]

    def _exact(self, query: ListQuery, text: str) -> list[Row]:
        return self._all(*self._sql(query).by_key(text.strip()))
