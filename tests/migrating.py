"""Upgrades with data in them: a database of an older revision, filled from its own tables whatever
they are, and figures that must be the same afterwards."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, select
from sqlalchemy.types import BigInteger, Boolean, Integer, LargeBinary, Numeric

from models.storage import schema
from models.storage.database import Database, open_database

ROWS = 5
"""In every table."""

Figures = dict[str, tuple[int, ...]]


def made_at(place: str, revision: str) -> Database:
    """A database as an older program made it, filled."""
    database = open_database(place)
    database.make()
    with database.writing_raw() as connection:
        database.begin_upgrade(connection)
        schema.migrate(connection, revision)
        for table in _tables(connection):
            _fill(connection, table)
    return database


def _tables(connection: Connection) -> list[Table]:
    """The tables as they stand in the database, those that others point to first; the search
    index is made anew.
    """
    found = MetaData()
    found.reflect(connection)
    own = [each for each in found.sorted_tables if each.name != "alembic_version"]
    return [each for each in own if "_search" not in each.name]


def _fill(connection: Connection, table: Table) -> None:
    rows = [{each.name: _value(each, at) for each in table.columns} for at in range(1, ROWS + 1)]
    connection.execute(table.insert(), rows)


def _value(column: Any, at: int) -> Any:
    """A value of its kind; of every row another one, so that nothing clashes."""
    kind = column.type
    if column.foreign_keys or isinstance(kind, (Integer, BigInteger)):
        return at
    if isinstance(kind, Boolean):
        return at % 2 == 0
    if isinstance(kind, Numeric):
        return Decimal(at)
    if isinstance(kind, LargeBinary):
        return bytes([at])
    return f"{at} {column.name}"[: getattr(kind, "length", None) or 40]


def figures(database: Database, known: Figures | None = None) -> Figures:
    """By table the count of its rows and the sums of its whole numbers; of the tables and columns
    that `known` has where it is given.
    """
    with database.reading() as connection:
        found = {}
        for table in _tables(connection):
            numbers = sorted(each.name for each in table.columns if type(each.type) is not Boolean
                             and isinstance(each.type, (Integer, BigInteger)))  # fmt: skip
            sums = [func.sum(table.c[name]) for name in numbers]
            row = connection.execute(select(func.count(), *sums).select_from(table)).one()
            found[table.name] = tuple(int(each or 0) for each in row)
            found |= {f"{table.name}.{n}": (int(s or 0),)
                      for n, s in zip(numbers, row[1:], strict=True)}  # fmt: skip
    counts = {name: value[:1] for name, value in found.items()}
    return counts if known is None else {name: counts.get(name, ()) for name in known}
