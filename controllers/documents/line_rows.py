"""Storing the lines of a document that is there already: only what differs is written.

So the history of a document tells what somebody changed, and a long one is saved in a moment.
"""

from collections import defaultdict, deque
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, delete, select, update

from controllers.core import readable
from controllers.core.prepared import Prepared, insert_rows
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES

Row = dict[str, Any]


def store(
    uow: UnitOfWork, kind: str, head: int, ids: Sequence[int | None], rows: list[Row]
) -> None:
    """Make the lines of a document these rows; `ids` says which line each was read as."""
    table = TABLES[f"{kind}_line"]
    query = _present(kind, sees_cost=uow.may("cost.see"))
    there = {row["id"]: row for row in query.rows(uow.connection, head=head)}
    pairs = list(zip(paired(there, ids, rows), rows, strict=True))
    gone = there.keys() - {line for line, _row in pairs}
    if gone:
        uow.connection.execute(delete(table).where(table.c.id.in_(gone)))
    _change(uow, table, there, [(line, row) for line, row in pairs if line is not None])
    insert_rows(uow.connection, table, [row for line, row in pairs if line is None])


@cache
def _present(kind: str, *, sees_cost: bool) -> Prepared:
    table = TABLES[f"{kind}_line"]
    columns = readable.columns(f"{kind}_line", sees_cost=sees_cost)
    return Prepared(select(*columns).where(table.c[f"{kind}_id"] == bindparam("head")))


def _change(
    uow: UnitOfWork, table: Table, there: dict[int, Row], kept: list[tuple[int, Row]]
) -> None:
    """Write what differs, in one statement for all lines that differ in the same columns."""
    changes: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for line, row in kept:
        differs = {name: row[name] for name in row if row[name] != there[line][name]}
        if differs:
            changes[tuple(differs)].append(differs | {"own_id": line})
    for names, rows in changes.items():
        statement = update(table).where(table.c.id == bindparam("own_id"))
        uow.connection.execute(statement.values({each: bindparam(each) for each in names}), rows)


def paired(there: dict[int, Row], ids: Sequence[int | None], rows: list[Row]) -> list[int | None]:
    """For each row the line it becomes: the one it was read as, else one that says the same; None
    for a new line.
    """
    free = dict.fromkeys(there, True)
    found = [each if each is not None and free.pop(each, False) else None for each in ids]
    alike: dict[tuple[Any, ...], deque[int]] = defaultdict(deque)
    for line in free:
        alike[_essence(there[line])].append(line)
    for at, row in enumerate(rows):
        if found[at] is None and (same := alike.get(_essence(row))):
            found[at] = same.popleft()
    return found


def _essence(row: Row) -> tuple[Any, ...]:
    """What a line says, wherever it stands."""
    return tuple(row[each] for each in ("kind", "product_id", "sku", "description", "detail"))
