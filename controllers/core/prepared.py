"""Small statements that run at every save, compiled once and given to the driver as they are.

SQLAlchemy takes five times as long to run such a statement as the database takes to answer it, and
to prepare a line of a document longer than the database takes to store it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Compiled,
    Connection,
    Dialect,
    Select,
    Table,
    insert,
    literal_column,
)

IDS: ColumnClause[Any] = literal_column("__ids__")
"""Stands in a statement for whole numbers of ours, given as `ids` when it runs."""

Row = dict[str, Any]
_Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Text:
    """A compiled statement: its text, the order of its parameters, and how values convert."""

    text: str
    order: tuple[str, ...]
    """Names in the order of their places; empty where the driver takes them by name."""
    into: tuple[tuple[str, _Convert], ...]
    """Parameters that are stored in another form."""
    out: tuple[tuple[str, _Convert | None], ...] = ()
    fixed: tuple[tuple[str, Any], ...] = ()
    """Values that stand in the statement itself."""

    def bound(self, values: Row) -> Any:
        """Parameters as the driver takes them."""
        values.update(self.fixed)
        for name, convert in self.into:
            values[name] = convert(values[name])
        return tuple(values[name] for name in self.order) if self.order else values

    def row(self, values: Iterable[Any]) -> Row:
        """A typed row."""
        return {
            name: value if convert is None else convert(value)
            for (name, convert), value in zip(self.out, values, strict=True)
        }


class Prepared:
    """One SELECT with named parameters; it answers typed rows as plain dictionaries."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._compiled = lru_cache(8)(self._compile)

    def rows(self, connection: Connection, ids: Iterable[int] = (), **values: Any) -> list[Row]:
        """The rows for these parameters."""
        known = self._compiled(connection.dialect)
        text = known.text.replace("__ids__", ", ".join(str(int(each)) for each in ids) or "NULL")
        cursor = connection.connection.cursor()
        try:
            cursor.execute(text, known.bound(values))
            return [known.row(each) for each in cursor.fetchall()]
        finally:
            cursor.close()

    def _compile(self, dialect: Dialect) -> _Text:
        compiled = self._statement.compile(dialect=dialect)
        columns = tuple(
            (str(each.key), each.type.dialect_impl(dialect).result_processor(dialect, None))
            for each in self._statement.selected_columns
        )
        return _Text(
            str(compiled), _order(compiled), _into(compiled, dialect), columns, _fixed(compiled)
        )


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns, in one statement; they are used up by it."""
    if rows:
        known = _insert(table, tuple(rows[0]), connection.dialect)
        connection.exec_driver_sql(known.text, [known.bound(row) for row in rows])


def insert_row(connection: Connection, table: Table, row: Row) -> int:
    """Insert one row, used up by it; answers its id."""
    known = _insert(table, tuple(row), connection.dialect, answers=True)
    return int(connection.exec_driver_sql(known.text, known.bound(row)).scalar_one())


@lru_cache(64)
def _insert(
    table: Table, columns: tuple[str, ...], dialect: Dialect, *, answers: bool = False
) -> _Text:
    statement = insert(table).returning(table.c.id) if answers else insert(table)
    compiled = statement.compile(dialect=dialect, column_keys=list(columns))
    return _Text(str(compiled), _order(compiled), _into(compiled, dialect))


def _order(compiled: Compiled) -> tuple[str, ...]:
    return tuple(getattr(compiled, "positiontup", None) or ())


def _fixed(compiled: Compiled) -> tuple[tuple[str, Any], ...]:
    binds: dict[str, Any] = getattr(compiled, "binds", {})
    return tuple((name, bind.value) for name, bind in binds.items() if not bind.required)


def _into(compiled: Compiled, dialect: Dialect) -> tuple[tuple[str, _Convert], ...]:
    binds: dict[str, Any] = getattr(compiled, "binds", {})
    found = (
        (name, bind.type.dialect_impl(dialect).bind_processor(dialect))
        for name, bind in binds.items()
    )
    return tuple((name, _remembered(convert)) for name, convert in found if convert)


def _remembered(convert: _Convert) -> _Convert:
    """Most figures of a document come again and again: nought, one, a round discount."""
    return lru_cache(4096)(convert)
