"""The SQL of a list, made from the field catalogue; every value is bound, never written in."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from models.storage.derived import search_table
from models.system.kinds import KINDS
from models.values.errors import DomainError
from models.values.fields import SCALED_KINDS, Field, FieldKind, RecordKind
from models.values.folding import terms
from models.values.money import to_scaled
from models.values.records import Filter, ListQuery
from resources.languages import marked as _

Statement = tuple[str, list[Any]]

SEARCH_CAP = 1_000
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
            title = linked.title if linked.title != linked.key else linked.key
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

    @property
    def _grams(self) -> str:
        """The full-text expression that every find fulfils; "" where no term has three letters."""
        grams = {term[at : at + 3] for term in self._terms for at in range(len(term) - 2)}
        return " AND ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))

    def _search_conditions(self) -> tuple[list[str], list[Any]]:
        short_only = not self._grams
        if short_only and len(self._terms) == 1:
            return self._starts(self._terms[0])
        return (
            ["t.search_text LIKE ? ESCAPE '\\'" for _term in self._terms],
            [f"%{_escaped(term)}%" for term in self._terms],
        )

    def _starts(self, term: str) -> tuple[list[str], list[Any]]:
        title = self.kind[self.kind.title]
        column = f"{title.name}_key" if title.folded else title.column
        high = term[:-1] + chr(ord(term[-1]) + 1)
        if column == self.kind.key:
            return [f"t.{column} LIKE ? ESCAPE '\\'"], [f"{_escaped(term)}%"]
        return [
            f"t.id IN (SELECT id FROM {self.kind.table} WHERE {column} >= ? AND {column} < ? "
            f"UNION SELECT id FROM {self.kind.table} WHERE {self.kind.key} LIKE ? ESCAPE '\\')"
        ], [term, high, f"{_escaped(term)}%"]

    def _where(self, *, grams: bool = True) -> tuple[str, list[Any]]:
        parts, values = self._conditions()
        if self._terms:
            found, bound = self._search_conditions()
            parts += found
            values += bound
            if grams and self._grams:
                index = search_table(self.kind)
                parts.append(f"t.id IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)")
                values.append(self._grams)
        return " WHERE " + " AND ".join(parts), values

    # Statements

    def page(self, limit: int, after: tuple[Any, int] | None = None) -> Statement:
        """Rows from the start, or after a sort key and id."""
        where, values = self._where()
        if after is not None:
            turn = "<" if self.descending else ">"
            where += f" AND ({self.sort_key}, t.id) {turn} (?, ?)"
            values += after
        statement = f"SELECT {self._select} FROM {self.kind.table} t{where}{self._order} LIMIT ?"
        return statement, [*values, limit]

    def everything(self) -> Statement:
        """All rows in order."""
        where, values = self._where()
        return f"SELECT {self._select} FROM {self.kind.table} t{where}{self._order}", values

    def currencies(self) -> Statement:
        """The first two currencies of the rows."""
        where, values = self._where()
        return f"SELECT DISTINCT t.currency FROM {self.kind.table} t{where} LIMIT 2", values

    def identifiers(self) -> Statement:
        """The ids of all rows in order."""
        where, values = self._where()
        return f"SELECT t.id FROM {self.kind.table} t{where}{self._order}", values

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


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _in(expression: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    return f"{expression} IN ({','.join('?' * len(values))})", [*values]
