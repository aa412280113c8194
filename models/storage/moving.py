"""A whole database copied to another place or engine, and compared afterwards."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import BigInteger, Boolean, Connection, Integer, Table

from models.storage import schema
from models.storage.database import Database, Row
from models.storage.tables import METADATA, WRITER
from models.values.errors import DomainError
from resources.languages import marked as _

Told = Callable[[str, int], object]


def move(source: Database, place: str, told: Told) -> dict[str, int]:
    """Copy everything into a new database; answers how many rows each table has.

    `told` hears of each table. Raises DomainError where something stands at `place` already, or
    where the copy is not the same; then the copy is taken away again.
    """
    source.check_schema()
    target = schema.create(place)
    try:
        with target.writing_raw() as connection:
            target.begin_upgrade(connection)
            target.silence(connection)
            for table in _moved():
                told(table.name, _copy(source, target, connection, table))
            target.continue_ids(connection)
            schema.derive(target, connection)
        return _compared(source, target)
    except BaseException:
        schema.remove(target)
        raise
    finally:
        target.close()


def _moved() -> list[Table]:
    """Every table but the one that says who is writing now, which each database has of its own."""
    return [each for each in METADATA.sorted_tables if each is not WRITER]


def _copy(source: Database, target: Database, connection: Connection, table: Table) -> int:
    names = [column.name for column in table.columns]
    flags = [at for at, each in enumerate(table.columns) if isinstance(each.type, Boolean)]
    order = ", ".join(column.name for column in table.primary_key)
    blocks = source.stream(f"SELECT {', '.join(names)} FROM {table.name} ORDER BY {order}")
    return target.take(connection, table.name, names, _with_flags(blocks, flags))


def _with_flags(blocks: Iterator[list[Row]], flags: list[int]) -> Iterator[Row]:
    """Rows with yes and no as truth values, which SQLite keeps as numbers."""
    for rows in blocks:
        for row in rows:
            if flags:
                values: list[Any] = list(row)
                for at in flags:
                    values[at] = None if values[at] is None else bool(values[at])
                yield tuple(values)
            else:
                yield row


def _compared(source: Database, target: Database) -> dict[str, int]:
    """Rows by table; DomainError where a count or the sum of any column of numbers differs."""
    counts: dict[str, int] = {}
    for table in _moved():
        statement = _figures(table)
        ours, theirs = (each.fetch(statement)[0] for each in (source, target))
        if [int(each or 0) for each in ours] != [int(each or 0) for each in theirs]:
            raise DomainError(
                _("The copy of {table} in {path} is not the same; the copy was taken away."),
                table=table.name, path=target.name,
            )  # fmt: skip
        counts[table.name] = int(ours[0])
    return counts


def _figures(table: Table) -> str:
    """How many rows, and the sum of each column of whole numbers."""
    numbers = [each.name for each in table.columns if _is_number(each.type)]
    sums = "".join(f", sum({name})" for name in numbers)
    return f"SELECT count(*){sums} FROM {table.name}"


def _is_number(kind: Any) -> bool:
    return isinstance(getattr(kind, "impl", kind), (BigInteger, Integer))
