"""The SQL of a search on a server: walks through the texts, and questions to the index of runs."""

from collections.abc import Sequence
from typing import Any

from controllers.core.dialect import Dialect, Statement
from controllers.core.search_sql import LAST, SearchSql
from models.storage.postgres.texts import is_long, is_short, length
from models.storage.search_index import is_ordered


class WalkSql:
    """What the words of a search find among what is not archived, by title and id."""

    def __init__(self, search: SearchSql, dialect: Dialect, *, descending: bool) -> None:
        self._search = search
        self._dialect = dialect
        self._table = search.kind.table
        self._turn = descending
        self.is_walked = is_ordered(search.kind)
        """Whether an index holds the texts in the order of the titles."""

    @property
    def _order(self) -> str:
        turn = " DESC" if self._turn else ""
        return f" ORDER BY t.{self._search.title_column}{turn}, t.id{turn}"

    def _texts(self, start: str) -> Statement:
        """The texts in their order, of all titles or of those with a start."""
        column, parts, values = f"t.{self._search.title_column}", [_PRESENT, is_short("t")], []
        if start:
            parts.append(f"{column} >= ? AND {column} < ?")
            values = [start, start + LAST]
        where = " AND ".join(parts)
        source = f"SELECT t.id, t.search_text FROM {self._table} t WHERE {where}{self._order}"
        return source, values

    def walked(self, limit: int, steps: int, start: str = "") -> Statement:
        """Ids of the first finds met in so many steps."""
        texts, values = self._texts(start)
        likes, bound = self._search.likes("t")
        statement = f"SELECT t.id FROM ({texts} LIMIT ?) t WHERE {likes} LIMIT ?"
        return statement, [*values, steps, *bound, limit]

    def ways(self, starts: Sequence[str], limit: int, steps: int) -> Statement:
        """Several walks at once: the number of each with the ids it met, and once without an id
        where it met fewer and so many steps do not lead to its end; then -1 where there are long
        texts.
        """
        walks: list[str] = []
        parts: list[str] = []
        values: list[Any] = []
        for at, start in enumerate(starts):
            walk, bound = self.walked(limit, steps, start)
            walks.append(f"w{at} AS MATERIALIZED ({walk})")
            values += bound
        for at, start in enumerate(starts):
            texts, bound = self._texts(start)
            parts += [
                f"SELECT {at}, id FROM w{at}",
                f"SELECT {at}, NULL::int FROM ({texts} OFFSET ? LIMIT 1) t "
                f"WHERE (SELECT count(*) FROM w{at}) < ?",
            ]
            values += [*bound, steps, limit]
        parts.append(f"SELECT -1, NULL::int FROM ({self._long} LIMIT 1) t")
        before = f"WITH {', '.join(walks)} " if walks else ""
        return before + " UNION ALL ".join(parts), values

    def indexed(self, words: Sequence[str], expected: int, most: int, first: int) -> Statement:
        """One row: the ids of the first records that hold these words, in the order of titles.

        NULL where they are more than `most`, or probably more than `expected`, or where the server
        has no index that would know. In lists by title those are left out whose title begins with
        one of the words.
        """
        found = f"SELECT {self._table}_found(?::text[], ?, ?, ?, ?)"
        return found, [list(words), expected, most, first, self._turn]

    def finds_among(self, ids: Sequence[int]) -> Statement:
        """Which of some records are finds."""
        likes, values = self._search.likes("t")
        among, bound = self._dialect.among("t.id", ids)
        statement = f"SELECT t.id FROM {self._table} t WHERE {among} AND {_PRESENT} AND {likes}"
        return statement, [*bound, *values]

    @property
    def _long(self) -> str:
        """The long texts, in the order that only their index has: no other way is taken then."""
        column = self._search.title_column
        return (
            f"SELECT t.id, t.{column}, t.search_text FROM {self._table} t "
            f"WHERE {_PRESENT} AND {is_long('t')} ORDER BY {length('t')} DESC"
        )

    def long_found(self, limit: int) -> Statement:
        """Ids of the first finds among those."""
        likes, values = self._search.likes("t")
        source = f"({self._long} OFFSET 0) t"
        return f"SELECT t.id FROM {source} WHERE {likes}{self._order} LIMIT ?", [*values, limit]


_PRESENT = "t.archived = FALSE"
