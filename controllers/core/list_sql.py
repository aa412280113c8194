"""The SQL of a list, made from the field catalogue; every value is bound, never written in."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from controllers.core.dialect import SQLITE, Dialect, Statement
from controllers.core.person import Person
from models.system.kinds import KINDS
from models.values.errors import DomainError
from models.values.fields import Field, FieldKind, RecordKind
from models.values.records import ListQuery
from resources.languages import marked as _

if TYPE_CHECKING:
    from controllers.core.search_sql import SearchSql


class ListSql:
    """One list query as SQL text and values; a plain list loads nothing that only others need."""

    def __init__(
        self,
        kind: RecordKind,
        query: ListQuery,
        today: dt.date,
        dialect: Dialect = SQLITE,
        person: Person = Person(),  # noqa: B008 - a person never changes
    ) -> None:
        self.person = person
        self.reached = person.shown(kind.name, "t")
        """What holds of the rows a person may see; "" where these are all."""
        self.kind = kind
        self.query = query
        self.today = today
        sort = query.sort or kind.sort
        self.descending = sort.startswith("-")
        self.sort_field = self.field(sort.lstrip("-"))
        self.dialect = dialect
        self.in_order = False
        """Whether the search index is read in the order of the list; set by the search plan."""
        self.found: list[int] | None = None
        """All that a search finds, where that is little; set by the search plan."""
        self.keys: list[int] | None = None
        """What a start finds among the keys, where its titles are many; set by the search plan."""
        self.walks = False
        """Whether rows are tried in their order, as many have a start; set by the search plan."""
        self.only_short = False
        """Whether a server holds all texts in the index it walks; set by the search plan."""

    def field(self, name: str) -> Field:
        """The field of a name; DomainError where there is none, or the role may not see it."""
        field = self.kind.by_name.get(name)
        if field is None:
            raise DomainError(
                _("{kind} has no field “{name}”; there are {known}."),
                kind=self.kind.label,
                field=name,
                name=name,
                known=", ".join(self.kind.by_name),
            )
        if field.restricted and not self.person.may("cost.see"):
            message = _("Your role may not see “{label}”; ask your administrator.")
            raise DomainError(message, field=name, label=field.label)
        return field

    # What is shown

    def _shown(self, field: Field) -> str:
        if field.kind is FieldKind.LINK:
            linked = KINDS[field.link]
            title = linked.key if self.query.links_by_key else linked.title
            return self.linked(field, title)
        return self.expression(field)

    def linked(self, field: Field, column: str) -> str:
        """A column of a linked record, where the person may see that."""
        shown = self.person.shown_written(field.link, "l")
        where = " AND ".join(filter(None, [f"l.id = t.{field.column}", shown]))
        return f"(SELECT l.{column} FROM {KINDS[field.link].table} l WHERE {where})"

    def expression(self, field: Field) -> str:
        """The stored or computed value of a field."""
        if field.sql:
            return "(" + field.sql.replace("{today}", f"'{self.today.isoformat()}'") + ")"
        return f"t.{field.column}"

    @property
    def _select(self) -> str:
        columns = [self._shown(self.field(name)) for name in self.query.columns]
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
        return self.expression(field)

    @property
    def _order(self) -> str:
        turn = " DESC" if self.descending else ""
        if self.in_order:
            return f" ORDER BY {self.search.place}{turn}"
        return f" ORDER BY {self.sort_key}{turn}{self._empty_ones}, t.id{turn}"

    @property
    def _empty_ones(self) -> str:
        """Where records without a value stand, if there may be some."""
        field = self.sort_field
        if field.folded or field.required:
            return ""
        return self.dialect.null_last if self.descending else self.dialect.null_first

    # Conditions

    def _conditions(self) -> tuple[list[str], list[Any]]:
        reached, bound = self.reached
        parts = [f"t.archived = {self.dialect.flag(self.query.archived)}", *filter(None, [reached])]
        values: list[Any] = [*bound]
        if self.query.filters:
            from controllers.core.list_conditions import condition

            for each in self.query.filters:
                part, bound = condition(self, each)
                parts.append(part)
                values.extend(bound)
        return parts, values

    # Search

    @cached_property
    def search(self) -> "SearchSql":
        """What is searched for; DomainError where no text can hold it."""
        from controllers.core.compared import plain
        from controllers.core.search_sql import searching

        text = plain(self.query.search)
        return searching(self.kind, text, self.dialect, archived=self.query.archived)

    @property
    def is_searched(self) -> bool:
        """Whether the list is narrowed by a search."""
        return bool(self.query.search and self.search.terms)

    @property
    def may_be_in_order(self) -> bool:
        """Whether the search index can be read in the order of this list."""
        return self.search.is_ordered and self._is_by_title and not self.query.archived

    @property
    def _is_by_title(self) -> bool:
        return self.sort_field.name == self.kind.title

    @property
    def is_walked(self) -> bool:
        """Whether a server walks its texts in the order of this list."""
        from models.storage.search_index import is_ordered

        narrowed = self.query.filters or self.reached[0] or self.query.archived
        return self._is_by_title and is_ordered(self.kind) and not narrowed

    @cached_property
    def _title_column(self) -> str:
        """The column of titles; no index of it is used where the list has another order."""
        by_hand = "" if self._is_by_title else self.dialect.by_hand
        return f"{by_hand}t.{self.search.title_column}"

    def _where(self) -> tuple[str, list[Any]]:
        parts, values = self._conditions()
        if self.found is not None:
            condition, bound = self.dialect.among("t.id", self.found)
            parts.append(condition)
            values += bound
        elif self.is_searched:
            condition, bound = self._tried() if self.walks else self._searched()
            parts.append(condition)
            values += bound
            if self.only_short:
                from models.storage.postgres.texts import is_short

                parts.append(is_short("t"))
        return " WHERE " + " AND ".join(parts), values

    def _searched(self) -> Statement:
        """A find, looked up."""
        search = self.search
        if not search.start:
            return search.found("t")
        (titles, values), (keys, bound) = search.titles(), search.keys()
        return f"t.id IN ({titles} UNION {keys})", [*values, *bound]

    def _tried(self) -> Statement:
        """A start, known by itself."""
        title, search = self._title_column, self.search
        key = f"t.{self.kind.key} {self.dialect.contains} ? ESCAPE '\\'"
        values = [search.start, search.end, search.start_like]
        return f"({title} >= ? AND {title} < ? OR {key})", values

    @property
    def can_be_walked(self) -> bool:
        """Whether an index holds the order of the list."""
        return self.sort_field.indexed and not self.sort_field.sql

    def first_met(self, limit: int, steps: int) -> Statement:
        """Ids of the first rows a search finds, met in so many steps of the list."""
        parts, values = self._conditions()
        likes, bound = self.search.likes("t")
        walk = (
            f"SELECT t.id, t.search_text FROM {self._source} WHERE {' AND '.join(parts)}"
            f"{self._order} LIMIT ?"
        )
        statement = f"SELECT t.id FROM ({walk}) t WHERE {likes} LIMIT ?"
        return statement, [*values, steps, *bound, limit]

    def best_found(self, limit: int) -> Statement:
        """Ids of the first rows among what was found: what they show is fetched for these alone.

        A server is kept from walking the whole list for them, which it often takes for cheaper.
        """
        if self.dialect.is_embedded:
            statement, values = self.identifiers()
            return f"{statement} LIMIT ?", [*values, limit]
        where, values = self._where()
        turn = " DESC" if self.descending else ""
        return (
            f"WITH m AS MATERIALIZED (SELECT t.id, {self.sort_key} AS k FROM {self.kind.table} t"
            f"{where}) SELECT id FROM m ORDER BY k{turn}{self._empty_ones}, id{turn} LIMIT ?"
        ), [*values, limit]  # fmt: skip

    def _first_of_start(self, limit: int) -> Statement:
        """The first rows whose title or key begins so, where many titles do."""
        parts, values = self._conditions()
        column, table, search = self._title_column, self.kind.table, self.search
        where = " AND ".join([*parts, f"{column} >= ?", f"{column} < ?"])
        titles = f"SELECT t.id FROM {table} t WHERE {where}{self._order} LIMIT ?"
        own = " AND ".join(parts)
        statement = (
            f"SELECT {self._select} FROM {table} t WHERE {own} AND t.id IN (SELECT id FROM "
            f"({titles}) s UNION {self.dialect.listed}){self._order} LIMIT ?"
        )
        keys = self.dialect.list_value(self.keys or [])
        return statement, [*values, *values, search.start, search.end, limit, keys, limit]

    def _ordered(self, shown: str, *, rows: bool = True) -> tuple[str, list[Any]]:
        """What a search finds, as the index has it; without `rows` from the index alone."""
        source, where, values = self.search.in_order()
        parts, bound = self._conditions()
        if rows or self.is_narrowed:
            source += f" CROSS JOIN {self.kind.table} t ON t.id = o.id"
            where = " AND ".join([where, *parts])
            values += bound
        return f"SELECT {shown} FROM {source} WHERE {where}", values

    # Statements

    def page(self, limit: int, after: tuple[Any, int] | None = None) -> Statement:
        """Rows from the start, or after a sort key and id."""
        if self.keys is not None and after is None:
            return self._first_of_start(limit)
        if self.in_order:
            statement, values = self._ordered(self._select)
        else:
            where, values = self._where()
            statement = f"SELECT {self._select} FROM {self._source}{where}"
        if after is not None:
            turn = "<" if self.descending else ">"
            statement += f" AND ({self.sort_key}, t.id) {turn} (?, ?)"
            values += after
        return f"{statement}{self._order} LIMIT ?", [*values, limit]

    @property
    def _source(self) -> str:
        """The table, and for what is archived the index that holds nothing else."""
        table = f"{self.kind.table} t"
        if not self.query.archived or self.query.filters or not self.dialect.is_embedded:
            return table
        from models.storage.search_index import archived_index, is_ordered

        usual = self._is_by_title and is_ordered(self.kind)
        return f"{table} INDEXED BY {archived_index(self.kind)}" if usual else table

    def everything(self) -> Statement:
        """All rows in order."""
        where, values = self._where()
        return f"SELECT {self._select} FROM {self.kind.table} t{where}{self._order}", values

    def currencies(self) -> Statement:
        """The first two currencies of the rows."""
        where, values = self._where()
        return f"SELECT DISTINCT t.currency FROM {self.kind.table} t{where} LIMIT 2", values

    @property
    def is_narrowed(self) -> bool:
        """Whether it holds a part alone: by its conditions, or of what a person may see."""
        return bool(self.query.filters or self.reached[0])

    @property
    def is_plain(self) -> bool:
        """Whether the list holds everything that is not archived, in an order with an index."""
        field = self.sort_field
        narrowed = self.is_narrowed or self.is_searched or self.query.archived
        return field.indexed and not field.sql and not narrowed

    def every_identifier(self) -> Statement:
        """The ids of all rows in order, archived or not, from the index alone."""
        return f"SELECT t.id FROM {self.kind.table} t{self._order}", []

    def archived(self) -> Statement:
        """The ids of what is archived."""
        return f"SELECT id FROM {self.kind.table} WHERE archived = {self.dialect.true}", []

    def identifiers(self) -> Statement:
        """The ids of all rows in order."""
        if self.in_order:
            statement, values = self._ordered("o.id", rows=False)
            return f"{statement}{self._order}", values
        where, values = self._where()
        return f"SELECT t.id FROM {self._source}{where}{self._order}", values

    def by_ids(self, ids: Sequence[int]) -> Statement:
        """The rows of these ids, in any order."""
        return self._which(f"t.id IN ({','.join('?' * len(ids))})", ids)

    def by_key(self, key: str) -> Statement:
        """The row with exactly this key."""
        from controllers.core.compared import plain

        return self._which(f"t.{self.kind.key} = ?", [plain(key)])

    def _which(self, condition: str, values: Sequence[Any]) -> Statement:
        """The rows of a condition, archived or not, if a person may see them."""
        reached, bound = self.reached
        where = " AND ".join(filter(None, [condition, reached]))
        return f"SELECT {self._select} FROM {self.kind.table} t WHERE {where}", [*values, *bound]

    def count(self) -> Statement:
        """How many rows there are."""
        looked_up = self.dialect.is_embedded and self.is_searched and not self.search.start
        if looked_up and not self.is_narrowed:
            statement, values = self.search.finds()
            return f"SELECT count(*) FROM ({statement}) found", values
        where, values = self._where()
        return f"SELECT count(*) FROM {self.kind.table} t{where}", values

    def sums(self) -> tuple[list[str], str, list[Any]]:
        """Field names, then a statement with a row per currency: the currency and each sum."""
        names = [name for name in self.query.columns if self.field(name).summed]
        figures = ", ".join(f"sum({self.expression(self.field(each))})" for each in names)
        where, values = self._where()
        currency = "t.currency" if self.has_currency else "''"
        return (
            names,
            (f"SELECT {currency}, {figures} FROM {self.kind.table} t{where} GROUP BY 1"),
            values,
        )
