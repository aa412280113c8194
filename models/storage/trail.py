"""The audit trail of SQLite: triggers that keep what each statement changed, field by field.

An entry belongs to a record: ``kind`` and ``record_id``. A line's belongs to its document and names
the line beside. ``changes`` is a JSON object by field: ``[before, after]`` of an update, what was
filled in of an insert or a delete. ``costs`` holds those only people with a right may see.
"""

from collections.abc import Collection, Iterator

from models.system.kinds import LINES
from models.values.fields import Field, FieldKind, RecordKind
from models.values.settings import HISTORY_ID

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


def _difference(fields: list[Field]) -> str:
    """What changed of a row, as a JSON object; NULL where nothing did.

    The empty row in front names the columns. It has no type, or SQLite would compare the texts
    that follow a number as numbers.
    """
    rows = ", ".join(f"('{e.name}', {_value(e, 'old')}, {_value(e, 'new')})" for e in fields)
    named = f"SELECT '' AS n, '' AS b, '' AS a UNION ALL VALUES {rows}"
    told = "nullif(json_group_object(n, json_array(b, a)), '{}')"
    return f"(SELECT {told} FROM ({named}) WHERE b IS NOT a)" if fields else "NULL"


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


# The company's settings

SETTINGS = "settings"
"""The kind whose one record has the history of all settings."""
FIELDWISE = {"company": "", "backups": "backups_"}
"""The settings told field by field, and what stands before the names of their fields. Of others, as
the PIN, an entry says no more than that they were changed.
"""

BACKUP_FIELDS = ("folder", "days")
"""What is chosen of backups; the rest tells of the last one."""


def is_chosen(name: str) -> str:
    """The SQL condition that a field, by what it is told as, is of those that people choose."""
    chosen = ", ".join(f"'backups_{each}'" for each in BACKUP_FIELDS)
    return f"({name} NOT LIKE 'backups%' OR {name} IN ({chosen}))"


def is_hidden(name: str) -> str:
    """The SQL condition that of a field only is told that there is something."""
    return f"({name} = 'logo' OR {name} LIKE '%password%' OR {name} LIKE '%secret%')"


def setting_prefix(name: str) -> str:
    """The SQL expression of what stands before the fields of a setting."""
    return "CASE {} {} END".format(
        name, " ".join(f"WHEN '{each}' THEN '{prefix}'" for each, prefix in FIELDWISE.items())
    )


def fieldwise_names() -> str:
    """The names of settings told field by field, as SQL."""
    return ", ".join(f"'{each}'" for each in FIELDWISE)


def setting_triggers() -> list[str]:
    """The triggers that write the audit trail of the settings."""
    return [f"setting_audit_{each}" for each in ("insert", "update", "delete")]


def setting_statements() -> Iterator[str]:
    """The statements that make them: values within values are told as ``mail_host``."""
    before = f"SELECT n, shown AS b, compared AS bc, NULL AS a, NULL AS ac FROM ({_leaves('old')})"
    after = f"SELECT n, NULL AS b, NULL AS bc, shown AS a, compared AS ac FROM ({_leaves('new')})"
    sides = {"insert": after, "update": f"{before} UNION ALL {after}", "delete": before}
    pair = "json_array(json(coalesce(max(b), 'null')), json(coalesce(max(a), 'null')))"
    for action, both in sides.items():
        yield (
            f"CREATE TRIGGER setting_audit_{action} AFTER {action.upper()} ON setting BEGIN "
            f"INSERT INTO audit({COLUMNS}) SELECT w.tx, {_NOW}, w.name, w.station, '{SETTINGS}', "
            f"{HISTORY_ID}, NULL, 'update', c, NULL FROM writer w, (SELECT json_group_object(n, "
            f"json(p)) AS c FROM (SELECT n, {pair} AS p FROM ({both}) GROUP BY n "
            "HAVING max(bc) IS NOT max(ac) ORDER BY n)) WHERE c <> '{}'; END"
        )


def _leaves(row: str) -> str:
    """What a setting says: the name of each field, the value as shown, and as it is compared."""
    own, name, text = fieldwise_names(), f"{row}.name", f"{row}.value"
    value = "CASE type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE json_quote(atom) END"
    path = "replace(replace(substr(fullkey, 3), '\"', ''), '.', '_')"
    return (
        f"SELECT n, CASE WHEN {is_hidden('n')} THEN 'true' ELSE v END AS shown, v AS compared FROM "
        f"(SELECT {setting_prefix(name)} || {path} AS n, "
        f"{value} AS v FROM json_tree({text}) WHERE {name} IN ({own}) AND atom <> '') "
        f"WHERE {is_chosen('n')} UNION ALL SELECT {name}, 'true', CASE {name} WHEN 'pin' "
        f"THEN json_extract({text}, '$.hash') ELSE {text} END WHERE {name} NOT IN ({own})"
    )


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
