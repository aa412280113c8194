"""The SQL of a list, made from the field catalogue; every value is bound, never written in."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from models.storage.derived import archived_index, order_index, search_table
from models.system.kinds import KINDS
from models.values.errors import DomainError
from models.values.fields import SCALED_KINDS, Field, FieldKind, RecordKind
from models.values.folding import terms
from models.values.money import to_scaled
from models.values.records import Filter, ListQuery
from resources.languages import marked as _

Statement = tuple[str, list[Any]]

SEARCH_CAP = 8_000
"""Up to so many finds are fetched and sorted; more are walked in the order of the list."""

_COMPARISONS = frozenset(("=", "!=", "<", "<=", ">", ">="))


class ListSql:
    """One list query as SQL text and values."""

    def __init__(self, kind: RecordKind, query: ListQuery, today: dt.date) -> None:
        self.kind = kind
        self.query = query
        self.today = today
        sort = query.sort or kind.sort
        self.descending = sort.startswith("-")
        self.sort_field = self._field(sort.lstrip("-"))
        self.found: list[int] | None = None
        """All that a search finds, where that is little; set by the search plan."""
        self.keys: list[int] | None = None
        """What a start finds among the keys; set by the search plan."""
        self.walks = False
        """Whether rows are tried in their order because many match."""

    def _field(self, name: str) -> Field:
        field = self.kind.by_name.get(name)
        if field is None:
            raise DomainError(
                _("{kind} has no field “{name}”; there are {known}."),
                kind=self.kind.label,
                field=name,
                name=name,
                known=", ".join(self.kind.by_name),
            )
        return field

    # What is shown

    def _shown(self, field: Field) -> str:
        if field.kind is FieldKind.LINK:
            linked = KINDS[field.link]
            title = linked.key if self.query.links_by_key else linked.title
            return f"(SELECT l.{title} FROM {linked.table} l WHERE l.id = t.{field.column})"
        return self._expression(field)

    def _expression(self, field: Field) -> str:
        """The stored or computed value of a field."""
        if field.sql:
            return "(" + field.sql.replace("{today}", f"'{self.today.isoformat()}'") + ")"
        return f"t.{field.column}"

    @property
    def _select(self) -> str:
        columns = [self._shown(self._field(name)) for name in self.query.columns]
        currency = ["t.currency"] if self.has_currency else []
        return ", ".join(["t.id", *columns, *currency])

    @cached_property
    def has_currency(self) -> bool:
        """Whether each row ends in its currency."""
        return "currency" in self.kind.by_name

    # Order

    @cached_property
    def sort_key(self) -> str:
        """What rows are sorted by, before their id."""
        field = self.sort_field
        if field.folded:
            return f"t.{field.name}_key"
        if field.kind is FieldKind.LINK and not field.indexed:
            return self._shown(field)
        return self._expression(field)

    @property
    def _order(self) -> str:
        turn = " DESC" if self.descending else ""
        return f" ORDER BY {self.sort_key}{turn}, t.id{turn}"

    # Conditions

    def _conditions(self) -> tuple[list[str], list[Any]]:
        parts = [f"t.archived = {int(self.query.archived)}"]
        values: list[Any] = []
        for each in self.query.filters:
            condition, bound = self._condition(each)
            parts.append(condition)
            values.extend(bound)
        return parts, values

    def _condition(self, wanted: Filter) -> tuple[str, list[Any]]:
        field = self._field(wanted.field)
        expression = self._compared(field)
        if wanted.operator == "empty":
            return f"({expression} IS NULL OR {expression} = '')", []
        if wanted.operator == "filled":
            return f"({expression} IS NOT NULL AND {expression} <> '')", []
        if wanted.operator in ("contains", "starts"):
            start = "%" if wanted.operator == "contains" else ""
            return f"{expression} LIKE ? ESCAPE '\\'", [f"{start}{_escaped(str(wanted.value))}%"]
        if wanted.operator == "in":
            return _in(expression, [self._bound(field, each) for each in wanted.value])
        if wanted.operator == "between":
            low, high = (self._bound(field, each) for each in wanted.value)
            return f"{expression} BETWEEN ? AND ?", [low, high]
        if wanted.operator not in _COMPARISONS:
            raise DomainError(_("There is no comparison “{sign}”."), sign=wanted.operator)
        if field.kind is FieldKind.LINK and wanted.operator == "=":
            linked = KINDS[field.link]
            by_key = f"(SELECT id FROM {linked.table} WHERE {linked.key} = ?)"
            return f"t.{field.column} = {by_key}", [wanted.value]
        sign = "IS NOT" if wanted.operator == "!=" else wanted.operator
        return f"{expression} {sign} ?", [self._bound(field, wanted.value)]

    def _compared(self, field: Field) -> str:
        if field.kind is not FieldKind.LINK:
            return self._expression(field)
        linked = KINDS[field.link]
        return f"(SELECT l.{linked.key} FROM {linked.table} l WHERE l.id = t.{field.column})"

    def _bound(self, field: Field, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        if field.kind in SCALED_KINDS:
            return to_scaled(Decimal(value))
        if isinstance(value, dt.date):
            return value.isoformat()
        return int(value) if isinstance(value, bool) else value

    # Search: three letters and more by trigrams, fewer as the start of name or key

    @cached_property
    def _terms(self) -> tuple[str, ...]:
        return terms(self.query.search) if self.kind.searchable else ()

    @cached_property
    def grams_of_terms(self) -> tuple[tuple[str, ...], ...]:
        """The runs of three letters of each term, ready for the full-text index."""
        return tuple(
            tuple(_quoted(term[at : at + 3]) for at in range(len(term) - 2)) for term in self._terms
        )

    @cached_property
    def grams(self) -> str:
        """The full-text expression that every find fulfils; "" where no term has three letters."""
        return " AND ".join(sorted({gram for each in self.grams_of_terms for gram in each}))

    @cached_property
    def start(self) -> str:
        """A search of one or two letters, which means the start of title or key."""
        return self._terms[0] if len(self._terms) == 1 and not self.grams else ""

    @cached_property
    def _title_column(self) -> str:
        title = self.kind[self.kind.title]
        return f"{title.name}_key" if title.folded else title.column

    def _search_conditions(self) -> tuple[list[str], list[Any]]:
        if self.start:
            return self._starts()
        return (
            ["t.search_text LIKE ? ESCAPE '\\'" for _term in self._terms],
            [f"%{_escaped(term)}%" for term in self._terms],
        )

    def _starts(self) -> tuple[list[str], list[Any]]:
        column, key, term = self._title_column, self.kind.key, self.start
        if column == key:
            return [f"t.{column} LIKE ? ESCAPE '\\'"], [f"{_escaped(term)}%"]
        title = f"SELECT id FROM {self.kind.table} WHERE {column} >= ? AND {column} < ?"
        if self.keys is not None:
            marks = "SELECT value FROM json_each(?)"
            return [f"t.id IN ({title} UNION {marks})"], [term, _after(term), _json(self.keys)]
        return [
            f"t.id IN ({title} "
            f"UNION SELECT id FROM {self.kind.table} WHERE {key} LIKE ? ESCAPE '\\')"
        ], [term, _after(term), f"{_escaped(term)}%"]

    def finds(self, limit: int, grams: str = "", skip: int = 0) -> Statement:
        """Ids that the full-text index finds, in no order of ours."""
        index = search_table(self.kind)
        statement = f"SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT ? OFFSET ?"
        return statement, [grams or self.grams, limit, skip]

    @property
    def can_walk_index(self) -> bool:
        """Whether the index of the usual order alone can tell what a search finds."""
        plain = not self.query.filters and not self.query.archived
        return plain and bool(order_index(self.kind)) and self.sort_field.name == self.kind.sort

    def first_finds(self, limit: int, steps: int) -> Statement:
        """Ids of the first rows a search finds, in so many steps of the usual index."""
        found, bound = self._search_conditions()
        walk = (
            f"SELECT t.id, t.search_text FROM {self.kind.table} t "
            f"INDEXED BY {order_index(self.kind)} WHERE t.archived = 0{self._order} LIMIT ?"
        )
        where = " AND ".join(found)
        return f"SELECT t.id FROM ({walk}) t WHERE {where} LIMIT ?", [steps, *bound, limit]

    def held(self, ids: Sequence[int]) -> Statement:
        """How many of these ids hold every term."""
        found, bound = self._search_conditions()
        where = " AND ".join(["t.id IN (SELECT value FROM json_each(?))", *found])
        return f"SELECT count(*) FROM {self.kind.table} t WHERE {where}", [_json(ids), *bound]

    def titles_from(self, limit: int) -> Statement:
        """Ids of records whose title begins with the start."""
        column = self._title_column
        if column == self.kind.key:
            return f"SELECT id FROM {self.kind.table} WHERE ? AND 0", [limit]
        where = f"{column} >= ? AND {column} < ?"
        values = [self.start, _after(self.start), limit]
        return f"SELECT id FROM {self.kind.table} WHERE {where} LIMIT ?", values

    def keys_from(self, spellings: Sequence[str], limit: int) -> Statement:
        """Ids of records whose key begins with one of these."""
        key = self.kind.key
        where = " OR ".join(f"({key} >= ? AND {key} < ?)" for _each in spellings)
        values: list[Any] = [end for each in spellings for end in (each, _after(each))]
        return f"SELECT id FROM {self.kind.table} WHERE {where} LIMIT ?", [*values, limit]

    def best_found(self, limit: int) -> Statement:
        """Ids of the first rows among what was found: what they show is fetched for these alone."""
        statement, values = self.identifiers()
        return f"{statement} LIMIT ?", [*values, limit]

    def _where(self) -> tuple[str, list[Any]]:
        parts, values = self._conditions()
        if self._terms and not (self.start and self.found is not None):
            found, bound = self._search_conditions()
            parts += found
            values += bound
        if self.found is not None:
            parts.append("t.id IN (SELECT value FROM json_each(?))")
            values.append(_json(self.found))
        elif self.grams and not self.walks:
            index = search_table(self.kind)
            parts.append(f"t.id IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)")
            values.append(self.grams)
        return " WHERE " + " AND ".join(parts), values

    def _first_of_start(self, limit: int) -> Statement:
        """The first rows whose title or key begins so, where many titles do."""
        parts, values = self._conditions()
        column, table = self._title_column, self.kind.table
        where = " AND ".join([*parts, f"t.{column} >= ?", f"t.{column} < ?"])
        titles = f"SELECT t.id FROM {table} t WHERE {where}{self._order} LIMIT ?"
        own = " AND ".join(parts)
        statement = (
            f"SELECT {self._select} FROM {table} t WHERE {own} AND t.id IN (SELECT id FROM "
            f"({titles}) UNION SELECT value FROM json_each(?)){self._order} LIMIT ?"
        )
        keys = _json(self.keys or [])
        return statement, [
            *values, *values, self.start, _after(self.start), limit, keys, limit
        ]  # fmt: skip

    # Statements

    def page(self, limit: int, after: tuple[Any, int] | None = None) -> Statement:
        """Rows from the start, or after a sort key and id."""
        if self.keys is not None and self.found is None and after is None:
            return self._first_of_start(limit)
        where, values = self._where()
        if after is not None:
            turn = "<" if self.descending else ">"
            where += f" AND ({self.sort_key}, t.id) {turn} (?, ?)"
            values += after
        statement = f"SELECT {self._select} FROM {self._source}{where}{self._order} LIMIT ?"
        return statement, [*values, limit]

    @property
    def _source(self) -> str:
        """The table, and for what is archived the index that holds nothing else."""
        alone = self.query.archived and not self._terms and not self.query.filters
        usual = self.sort_field.name == self.kind.sort and order_index(self.kind)
        hint = f" INDEXED BY {archived_index(self.kind)}" if alone and usual else ""
        return f"{self.kind.table} t{hint}"

    def everything(self) -> Statement:
        """All rows in order."""
        where, values = self._where()
        return f"SELECT {self._select} FROM {self.kind.table} t{where}{self._order}", values

    def currencies(self) -> Statement:
        """The first two currencies of the rows."""
        where, values = self._where()
        return f"SELECT DISTINCT t.currency FROM {self.kind.table} t{where} LIMIT 2", values

    @property
    def is_plain(self) -> bool:
        """Whether the list holds everything that is not archived, in an order with an index."""
        field = self.sort_field
        narrowed = self.query.filters or self._terms or self.query.archived
        return field.indexed and not field.sql and not narrowed

    def every_identifier(self) -> Statement:
        """The ids of all rows in order, archived or not, from the index alone."""
        return f"SELECT t.id FROM {self.kind.table} t{self._order}", []

    def archived(self) -> Statement:
        """The ids of what is archived."""
        return f"SELECT id FROM {self.kind.table} WHERE archived = 1", []

    def identifiers(self) -> Statement:
        """The ids of all rows in order."""
        where, values = self._where()
        return f"SELECT t.id FROM {self._source}{where}{self._order}", values

    def by_ids(self, ids: Sequence[int]) -> Statement:
        """The rows of these ids, in any order."""
        marks = ",".join("?" * len(ids))
        return f"SELECT {self._select} FROM {self.kind.table} t WHERE t.id IN ({marks})", [*ids]

    def by_key(self, key: str) -> Statement:
        """The row with exactly this key."""
        statement = f"SELECT {self._select} FROM {self.kind.table} t WHERE t.{self.kind.key} = ?"
        return statement, [key]

    def count(self) -> Statement:
        """How many rows there are."""
        where, values = self._where()
        return f"SELECT count(*) FROM {self.kind.table} t{where}", values

    def sums(self) -> tuple[list[str], str, list[Any]]:
        """Field names, then a statement with a row per currency: the currency and each sum."""
        names = [name for name in self.query.columns if self._field(name).summed]
        figures = ", ".join(f"sum({self._expression(self._field(each))})" for each in names)
        where, values = self._where()
        currency = "t.currency" if self.has_currency else "''"
        return (
            names,
            (f"SELECT {currency}, {figures} FROM {self.kind.table} t{where} GROUP BY 1"),
            values,
        )


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


def _json(ids: Sequence[int]) -> str:
    return f"[{','.join(map(str, ids))}]"


def _after(start: str) -> str:
    """The first text after all that begin so."""
    return start[:-1] + chr(ord(start[-1]) + 1)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _in(expression: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    return f"{expression} IN ({','.join('?' * len(values))})", [*values]
