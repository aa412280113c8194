"""What the database derives by itself: the search index and the audit trail, as triggers.

Both are made from the field catalogue and can be dropped and made again at any time.
"""

from collections.abc import Collection, Iterator

from models.storage import trail
from models.storage.search_index import (
    index_statements,
    index_trigger_statements,
    index_triggers,
)
from models.system.kinds import KINDS
from models.values.fields import FieldKind, RecordKind


def before_json(kind: RecordKind, row: str, hidden: Collection[str] = ()) -> str:
    """The SQL expression of a row as it was; pictures and hidden columns are left out."""
    return f"json_object({json_parts(kind, row, hidden)})"


def json_parts(kind: RecordKind, row: str, hidden: Collection[str]) -> str:
    """Names and values of a row as JSON functions take them."""
    shown = ", ".join(
        f"'{each.name}', {row}.{each.column}"
        for each in kind.stored
        if each.kind is not FieldKind.PICTURE and each.column not in hidden
    )
    return f"'version', {row}.version, 'archived', {row}.archived, {shown}"


def trigger_names(kind: RecordKind) -> list[str]:
    """The triggers a kind's table may have."""
    return (index_triggers(kind) if kind.searchable else []) + trail.triggers(kind)


def trigger_statements(kind: RecordKind) -> Iterator[str]:
    """The statements that make a kind's triggers."""
    if kind.searchable:
        yield from index_trigger_statements(kind)
    yield from trail.statements(kind)


def every_trigger() -> set[str]:
    """The names of all triggers a file has."""
    own = {name for kind in KINDS.values() for name in trigger_names(kind)}
    return own | {*trail.setting_triggers(), *trail.guard_names()}


def install_statements() -> Iterator[str]:
    """Every statement, in order, that drops and makes the derived things of SQLite."""
    for kind in KINDS.values():
        for name in trigger_names(kind):
            yield f"DROP TRIGGER IF EXISTS {name}"
        if kind.searchable:
            yield from index_statements(kind)
        yield from trigger_statements(kind)
    for name in trail.setting_triggers():
        yield f"DROP TRIGGER IF EXISTS {name}"
    yield from trail.setting_statements()
    yield from trail.guards()
    yield "INSERT OR IGNORE INTO writer(id, name) VALUES (1, '')"
    yield "INSERT OR IGNORE INTO audit_head(id) VALUES (1)"
