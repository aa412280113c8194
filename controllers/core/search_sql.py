"""The SQL of a search on SQLite: words of three letters and more by the trigram index."""

from functools import cached_property
from itertools import product
from typing import Any

from controllers.core.compared import escaped
from controllers.core.dialect import Dialect, Statement
from models.storage.search_index import (
    WAITING,
    is_ordered,
    place_column,
    search_table,
    text_table,
)
from models.values.fields import RecordKind
from models.values.folding import terms

LAST = "\U0010ffff"
"""Sorts behind everything that may follow a start."""


class SearchSql:
    """What is searched for in the records of a kind that are archived or not."""

    def __init__(self, kind: RecordKind, text: str, *, archived: bool) -> None:
        self.kind = kind
        self.archived = archived
        self.terms = terms(text) if kind.searchable else ()

    @cached_property
    def start(self) -> str:
        """A search of one or two letters, which means the start of title or key."""
        return self.terms[0] if len(self.terms) == 1 and len(self.terms[0]) < 3 else ""

    @property
    def end(self) -> str:
        """What stands behind everything that begins so."""
        return self.start + LAST

    @property
    def start_like(self) -> str:
        """The pattern of what begins so."""
        return f"{escaped(self.start)}%"

    @cached_property
    def grams(self) -> str:
        """The full-text expression that every find fulfils; "" where no term has three letters."""
        grams = {each[at : at + 3] for each in self.terms for at in range(len(each) - 2)}
        return " AND ".join(sorted(map(_quoted, grams)))

    def likes(self, alias: str) -> Statement:
        """What the text of a find fulfils."""
        parts = [f"{alias}.search_text LIKE ? ESCAPE '\\'" for _term in self.terms]
        return " AND ".join(parts), [f"%{escaped(term)}%" for term in self.terms]

    # Words: found in the order of the list, or in no order of ours

    @property
    def is_ordered(self) -> bool:
        """Whether the index can answer in the order of title and id."""
        return is_ordered(self.kind) and bool(self.terms) and not self.start

    def waiting(self) -> Statement:
        """A row where texts are not in the index yet, so that it cannot answer in order."""
        return f"SELECT 1 FROM {text_table(self.kind)} WHERE place >= {WAITING} LIMIT 1", []

    def in_order(self) -> tuple[str, str, list[Any]]:
        """A source `o` of what is found, with what holds of it and the values.

        Read by `place`, it comes in the order of the list without being sorted.
        """
        index, texts, place = (
            search_table(self.kind),
            text_table(self.kind),
            place_column(self.kind),
        )
        likes, values = self.likes("o")
        where = f"{likes} AND o.archived = {int(self.archived)}"
        if not self.grams:
            return f"{texts} o", where, values
        source = f"{index} f CROSS JOIN {texts} o ON o.{place} = f.rowid"
        return source, f"f.{index} MATCH ? AND {where}", [self.grams, *values]

    @property
    def place(self) -> str:
        """What puts the source into the order of the list."""
        return "f.rowid" if self.grams else "o.place"

    def finds(self) -> Statement:
        """The ids of all that is found, whether it is in the index or waits for it."""
        source, where, values = self.in_order()
        statement = f"SELECT o.id FROM {source} WHERE {where}"
        if not is_ordered(self.kind) or not self.grams:
            return statement, values
        likes, bound = self.likes("o")
        waiting = (
            f"SELECT o.id FROM {text_table(self.kind)} o WHERE o.place >= {WAITING} AND {likes} "
            f"AND o.archived = {int(self.archived)}"
        )
        return f"{statement} UNION ALL {waiting}", [*values, *bound]

    def found(self, alias: str) -> Statement:
        """Whether a row is a find, looked up."""
        statement, values = self.finds()
        return f"{alias}.id IN ({statement})", values

    # Starts of title or key

    @cached_property
    def title_column(self) -> str:
        """The column in which titles are compared."""
        title = self.kind[self.kind.title]
        return f"{title.name}_key" if title.folded else title.column

    def titles(self) -> Statement:
        """The ids of records whose title begins with the start."""
        column = self.title_column
        if column == self.kind.key:
            return f"SELECT id FROM {self.kind.table} WHERE 1 = 0", []
        where = f"{column} >= ? AND {column} < ?"
        return f"SELECT id FROM {self.kind.table} WHERE {where}", [self.start, self.end]

    def keys(self) -> Statement:
        """The ids of records whose key begins with the start, in small or capital letters."""
        key, spellings = self.kind.key, _spellings(self.start)
        where = " OR ".join(f"({key} >= ? AND {key} < ?)" for _each in spellings)
        values = [end for each in spellings for end in (each, each + LAST)]
        return f"SELECT id FROM {self.kind.table} WHERE {where}", values


class SharedSearchSql(SearchSql):
    """The same on PostgreSQL, whose index of runs knows no order; see `shared_search`."""

    @property
    def is_ordered(self) -> bool:
        """Never: what is found has to be sorted."""
        return False

    def finds(self) -> Statement:
        """The ids of all that is found."""
        likes, values = self.likes("o")
        flag = "TRUE" if self.archived else "FALSE"
        return f"SELECT o.id FROM {self.kind.table} o WHERE {likes} AND o.archived = {flag}", values

    def found(self, alias: str) -> Statement:
        """Whether a row is a find, by itself."""
        return self.likes(alias)


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


def _spellings(start: str) -> list[str]:
    """Every way to write a start in small and capital letters: an index knows no others."""
    return ["".join(each) for each in product(*({sign, sign.upper()} for sign in start))]


def searching(kind: RecordKind, text: str, dialect: Dialect, *, archived: bool) -> SearchSql:
    """What is searched for, as an engine looks it up."""
    return (SearchSql if dialect.is_embedded else SharedSearchSql)(kind, text, archived=archived)
