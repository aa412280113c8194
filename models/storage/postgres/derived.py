"""What the shared database derives by itself: the audit trail as triggers, logins and rights."""

from collections.abc import Collection, Iterator

from models.storage.derived import json_parts
from models.storage.postgres import people, rights, searching, trail
from models.storage.postgres.groups import Groups
from models.values.fields import RecordKind


def before_json(kind: RecordKind, row: str, hidden: Collection[str] = ()) -> str:
    """The SQL expression of a row as it was; pictures and hidden columns are left out."""
    return f"json_build_object({json_parts(kind, row, hidden)})::text"


def install_statements(groups: Groups) -> Iterator[str]:
    """Every statement, in order, that makes the derived things of PostgreSQL anew."""
    yield from trail.statements()
    yield from people.statements(groups)
    yield from rights.statements(groups)
    yield from searching.statements()
