"""What the database derives by itself: the search index and the audit trail, as triggers.

Both are made from the field catalogue and can be dropped and made again at any time.
"""

from collections.abc import Iterator

from models.system.kinds import KINDS
from models.values.fields import FieldKind, RecordKind

UNAUDITED = frozenset(("quotation_line", "order_line"))
"""Lines are kept whole in the head's entry of the version they belong to."""


def search_table(kind: RecordKind) -> str:
    """The trigram index beside the table of a kind."""
    return f"{kind.table}_search"


def order_index(kind: RecordKind) -> str:
    """The index of the usual order where that is by title; "" elsewhere.

    It holds what a search looks through as well, so that a search that finds much walks it without
    touching a row: twenty times as fast.
    """
    title = kind[kind.title]
    is_usual = kind.sort == kind.title and title.folded and title.indexed
    return f"ix_{kind.table}_{title.name}_key" if is_usual and kind.searchable else ""


def archived_index(kind: RecordKind) -> str:
    """The index of the few that are archived, in the usual order."""
    return f"ix_{kind.table}_archived"


def _search_statements(kind: RecordKind) -> Iterator[str]:
    table, index = kind.table, search_table(kind)
    add = f"INSERT INTO {index}(rowid, search_text) VALUES (new.id, new.search_text);"
    remove = (
        f"INSERT INTO {index}({index}, rowid, search_text) "
        "VALUES ('delete', old.id, old.search_text);"
    )
    yield (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(search_text, content='{table}', "
        "content_rowid='id', tokenize='trigram', detail=none, columnsize=0)"
    )
    yield f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {add} END"
    yield f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {remove} END"
    yield (
        f"CREATE TRIGGER {index}_update AFTER UPDATE OF search_text ON {table} "
        f"WHEN old.search_text IS NOT new.search_text BEGIN {remove} {add} END"
    )


def before_json(kind: RecordKind, row: str) -> str:
    """The SQL expression of a row as it was, for the audit trail; pictures are left out."""
    shown = ", ".join(
        f"'{each.name}', {row}.{each.column}"
        for each in kind.stored
        if each.kind is not FieldKind.PICTURE
    )
    return f"json_object('version', {row}.version, 'archived', {row}.archived, {shown})"


def _audit_statements(kind: RecordKind) -> Iterator[str]:
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


def trigger_names(kind: RecordKind) -> list[str]:
    """The triggers a kind's table may have."""
    names = [f"{search_table(kind)}_{each}" for each in ("insert", "delete", "update")]
    audits = [f"{kind.table}_audit_{each}" for each in ("insert", "update", "delete")]
    return (names if kind.searchable else []) + audits


def trigger_statements(kind: RecordKind) -> Iterator[str]:
    """The statements that make a kind's triggers; a long import drops and makes them again."""
    searching = _search_statements(kind) if kind.searchable else ()
    yield from (each for each in searching if each.startswith("CREATE TRIGGER"))
    if kind.name not in UNAUDITED:
        yield from _audit_statements(kind)


def install_statements() -> Iterator[str]:
    """Every statement, in order, that drops and makes the derived things of SQLite."""
    for kind in KINDS.values():
        for name in trigger_names(kind):
            yield f"DROP TRIGGER IF EXISTS {name}"
        if kind.searchable:
            yield f"DROP TABLE IF EXISTS {search_table(kind)}"
            yield from _search_statements(kind)
            yield f"INSERT INTO {search_table(kind)}({search_table(kind)}) VALUES ('rebuild')"
        if kind.name not in UNAUDITED:
            yield from _audit_statements(kind)
    yield "INSERT OR IGNORE INTO writer(id, name) VALUES (1, '')"
