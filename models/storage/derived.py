"""What the database derives by itself: the search index and the audit trail, as triggers.

Both are made from the field catalogue and can be dropped and made again at any time.
"""

from collections.abc import Collection, Iterator

from models.storage.search_index import (
    index_statements,
    index_trigger_statements,
    index_triggers,
)
from models.system.kinds import KINDS
from models.values.fields import FieldKind, RecordKind

UNAUDITED = frozenset(("quotation_line", "order_line"))
"""Lines are kept whole in the head's entry of the version they belong to."""


def archived_index(kind: RecordKind) -> str:
    """The index of the few that are archived, in the usual order."""
    return f"ix_{kind.table}_archived"


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


def audit_statements(kind: RecordKind) -> Iterator[str]:
    """The statements that make the triggers of the audit trail."""
    if kind.name in UNAUDITED:
        return
    before = before_json(kind, "old")
    entry = "INSERT INTO audit(at, who, kind, record_id, action, before) VALUES ("
    who = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), (SELECT name FROM writer), "
    for action, row, value in (
        ("insert", "new", "NULL"),
        ("update", "old", before),
        ("delete", "old", before),
    ):
        yield (
            f"CREATE TRIGGER {kind.table}_audit_{action} AFTER {action.upper()} ON {kind.table} "
            f"BEGIN {entry}{who}'{kind.name}', {row}.id, '{action}', {value}); END"
        )


def audit_triggers(kind: RecordKind) -> list[str]:
    """The triggers that write the audit trail of a kind."""
    return [f"{kind.table}_audit_{each}" for each in ("insert", "update", "delete")]


def trigger_names(kind: RecordKind) -> list[str]:
    """The triggers a kind's table may have."""
    return (index_triggers(kind) if kind.searchable else []) + audit_triggers(kind)


def trigger_statements(kind: RecordKind) -> Iterator[str]:
    """The statements that make a kind's triggers."""
    if kind.searchable:
        yield from index_trigger_statements(kind)
    yield from audit_statements(kind)


def install_statements() -> Iterator[str]:
    """Every statement, in order, that drops and makes the derived things of SQLite."""
    for kind in KINDS.values():
        for name in trigger_names(kind):
            yield f"DROP TRIGGER IF EXISTS {name}"
        if kind.searchable:
            yield from index_statements(kind)
        yield from trigger_statements(kind)
    yield "INSERT OR IGNORE INTO writer(id, name) VALUES (1, '')"
