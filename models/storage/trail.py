"""The audit trail of SQLite: triggers that keep what each statement changed, field by field.

An entry belongs to a record: ``kind`` and ``record_id``. A line's belongs to its document and names
the line beside. ``changes`` is a JSON object by field: ``[before, after]`` of an update, what was
filled in of an insert or a delete. ``costs`` holds those only people with a right may see.
"""

from collections.abc import Collection, Iterator

from models.system.kinds import LINES
from models.values.fields import Field, FieldKind, RecordKind

GUARDED = ("audit", "audit_seal")
"""Tables nobody changes: what is in them stays as it is."""

_HEADS = {line.name: head for head, line in LINES.items()}

_NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

COLUMNS = "tx, at, who, station, kind, record_id, line, action, changes, costs"


def subject(kind: RecordKind, row: str) -> tuple[str, str, str]:
    """Whose history a row's entries stand in, as SQL: kind, id, and the line or NULL."""
    head = _HEADS.get(kind.name)
    if head is None:
        return f"'{kind.name}'", f"{row}.id", "NULL"
    return f"'{head}'", f"{row}.{kind.fields[0].column}", f"{row}.id"


def kept(kind: RecordKind, *, restricted: bool) -> list[Field]:
    """The fields of one of the two JSON objects; a line's document is named by the entry."""
    own = kind.stored[1:] if kind.name in _HEADS else kind.stored
    return [each for each in own if each.restricted == restricted]


def told_columns(kind: RecordKind) -> str:
    """The columns that tell of a change: all but those the database keeps by itself."""
    return ", ".join(("version", "archived", *(each.column for each in kind.stored)))


def bookkeeping(kind: RecordKind) -> list[Field]:
    """What a record has beside its fields: its version, and whether it is archived."""
    if kind.name in _HEADS:
        return []
    return [Field("version", "", FieldKind.INTEGER), Field("archived", "", FieldKind.BOOLEAN)]


def _value(field: Field, row: str) -> str:
    """A value; of a picture only whether there is one."""
    return f"{row}.{field.column}" + (" IS NOT NULL" if field.kind is FieldKind.PICTURE else "")


def _changed(field: Field) -> str:
    return (
        f"CASE WHEN old.{field.column} IS NOT new.{field.column} THEN ',\"{field.name}\":[' || "
        f"json_quote({_value(field, 'old')}) || ',' || json_quote({_value(field, 'new')}) "
        "|| ']' ELSE '' END"
    )


def _object(parts: str) -> str:
    """A JSON object of parts with a comma before each; NULL where there are none."""
    return f"'{{' || nullif(substr({parts}, 2), '') || '}}'"


def _difference(fields: list[Field]) -> str:
    return _object(" || ".join(map(_changed, fields))) if fields else "NULL"


def _filled(fields: list[Field], row: str) -> str:
    """What is filled in of a row, as a JSON object; a patch of nothing leaves out what is NULL.

    Every connection reads the text of all triggers, so it is kept short.
    """
    patch = f"json_patch('{{}}', json_object({_pairs(fields, row)}))"
    return f"nullif({patch}, '{{}}')" if fields else "NULL"


def _pairs(fields: list[Field], row: str) -> str:
    return ", ".join(f"'{each.name}', {_value(each, row)}" for each in fields)


def entries(kind: RecordKind, action: str, row: str, source: str) -> str:
    """The SELECT of the entries for rows of a source in which ``w`` is the writer."""
    shown, costs = kept(kind, restricted=False), kept(kind, restricted=True)
    if action == "update":
        told = _difference([*bookkeeping(kind), *shown]), _difference(costs)
    else:
        told = _filled(shown, row), _filled(costs, row)
    return _entry(kind, action, row, *told, source)


def _entry(
    kind: RecordKind, action: str, row: str, changes: str, costs: str, source: str, at: str = _NOW
) -> str:
    name, record, line = subject(kind, row)
    return (
        f"SELECT w.tx, {at}, w.name, w.station, {name}, {record}, {line}, '{action}', "
        f"{changes} AS c, {costs} AS h FROM {source}"
    )


def statements(kind: RecordKind) -> Iterator[str]:
    """The statements that make the triggers of a kind."""
    for action, row in (("insert", "new"), ("update", "old"), ("delete", "old")):
        found, of = entries(kind, action, row, "writer w"), ""
        if action == "update":
            # The limit has SQLite reckon the entry once, not once more to see that it is one.
            found = f"SELECT * FROM ({found} LIMIT 1) WHERE c IS NOT NULL OR h IS NOT NULL"
            of = f" OF {told_columns(kind)}"
        yield (
            f"CREATE TRIGGER {kind.table}_audit_{action} AFTER {action.upper()}{of} "
            f"ON {kind.table} BEGIN INSERT INTO audit({COLUMNS}) {found}; END"
        )


def entries_of_import(kind: RecordKind, columns: Collection[str], source: str) -> str:
    """The SELECT of the entries for records ``t`` that an import made: what its file gave, and
    what a field holds where nothing is given. Its first value is the moment, the same for all.
    """
    told = [
        _pairs([each for each in kept(kind, restricted=costs) if _is_told(each, columns)], "t")
        for costs in (False, True)
    ]
    shown, costs = (f"json_object({each})" if each else "NULL" for each in told)
    return _entry(kind, "insert", "t", shown, costs, source, at="?")


def _is_told(field: Field, columns: Collection[str]) -> bool:
    return field.column in columns or field.default is not None


def triggers(kind: RecordKind) -> list[str]:
    """The triggers that write the audit trail of a kind."""
    return [f"{kind.table}_audit_{each}" for each in ("insert", "update", "delete")]


_REFUSE = "SELECT RAISE(ABORT, 'the audit trail is only added to')"


def guard_names() -> Iterator[str]:
    """The triggers that keep entries and seals as they are."""
    for table in GUARDED:
        for what in ("update", "delete", "replace"):
            yield f"{table}_keeps_{what}"


def guards() -> Iterator[str]:
    """The statements that make them; they hold for any program."""
    for name in guard_names():
        yield f"DROP TRIGGER IF EXISTS {name}"
        table, _mark, what = name.partition("_keeps_")
        event = f"{what.upper()} ON {table}"
        if what == "replace":
            event = f"INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id)"
        yield f"CREATE TRIGGER {name} BEFORE {event} BEGIN {_REFUSE}; END"
