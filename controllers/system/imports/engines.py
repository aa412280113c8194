"""What imports say differently on the two engines."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Boolean, Table

from controllers.core import readable
from controllers.core.unit_of_work import UnitOfWork
from models.storage import derived
from models.storage.postgres import derived as shared
from models.values.fields import RecordKind

Item = TypeVar("Item")

BLOCK = 20_000
"""Rows in one statement, so that none lasts longer than a server lets it."""


def blocks(items: list[Item]) -> Iterator[list[Item]]:
    """A list in parts that one statement takes."""
    return (items[start : start + BLOCK] for start in range(0, len(items), BLOCK))


def among(uow: UnitOfWork, expression: str, values: Iterable[Any]) -> tuple[str, Any]:
    """The SQL condition that an expression is one of many texts or numbers, and its one value."""
    if uow.is_embedded:
        return f"{expression} IN (SELECT value FROM json_each(?))", json.dumps(list(values))
    return f"{expression} = ANY(?)", list(values)


def row_json(uow: UnitOfWork, kind: RecordKind, row: str) -> str:
    """The SQL expression of a row as JSON text: by field, with version and archived."""
    hidden = frozenset() if uow.may("cost.see") else readable.hidden(kind)
    if uow.is_embedded:
        return derived.before_json(kind, row, hidden)
    return shared.before_json(kind, row, hidden)


def raw_values(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """Columns that `row_json` wrote as either engine takes them: SQLite wrote yes and no as 1 and
    0, which a shared database refuses.
    """
    return {
        name: bool(value) if value is not None and _is_flag(table, name) else value
        for name, value in values.items()
    }


def _is_flag(table: Table, name: str) -> bool:
    return isinstance(table.c[name].type, Boolean)
