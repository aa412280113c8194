"""The audit trail of a shared database: triggers that write it, and one that seals it.

Each statement's entries are written at once. Who wrote them the server knows from the sign-in; the
workstation's name is told by the program, its address is what the server sees.

A transaction's first entry leaves a row in ``audit_pending``; its trigger waits for the commit and
seals the entries then, whatever program wrote them. Who seals locks the newest seal, so seals come
one after the other: the notice of each commit queues there anyway.
"""

from collections.abc import Iterator

from models.storage.chain import MARK, MOST_BLOCKS, canonical
from models.storage.postgres.scoping import DEFINER
from models.storage.trail import (
    COLUMNS,
    SETTINGS,
    bookkeeping,
    fieldwise_names,
    is_chosen,
    is_hidden,
    kept,
    setting_prefix,
    subject,
)
from models.system.kinds import KINDS
from models.values.fields import Field, FieldKind, RecordKind
from models.values.settings import HISTORY_ID

_MOMENT = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"

_STATION = """left(coalesce(nullif(current_setting('saudagar.workstation', true), ''),
    current_setting('application_name')), 100) || coalesce(' (' || host(inet_client_addr()) || ')',
    '')"""

_LOOKING = {
    "insert": "NEW TABLE AS now_rows",
    "update": "OLD TABLE AS old_rows NEW TABLE AS now_rows",
    "delete": "OLD TABLE AS old_rows",
}
"""The rows each kind of statement shows its trigger."""


def statements() -> Iterator[str]:
    """Every statement, in order, that makes the triggers and what they lean on anew."""
    yield (
        "CREATE UNLOGGED TABLE IF NOT EXISTS audit_pending "
        "(tx bigint PRIMARY KEY, first integer NOT NULL)"
    )
    yield "INSERT INTO audit_head(id) VALUES (1) ON CONFLICT DO NOTHING"
    yield _SEAL
    yield "DROP TRIGGER IF EXISTS audit_seals ON audit_pending"
    yield (
        "CREATE CONSTRAINT TRIGGER audit_seals AFTER INSERT ON audit_pending "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_seals()"
    )
    for kind in KINDS.values():
        yield from _triggers(kind)
    yield from _of_settings()


def _triggers(kind: RecordKind) -> Iterator[str]:
    yield _function(kind)
    for action, looking in _LOOKING.items():
        name = f"{kind.table}_audit_{action}"
        yield f"DROP TRIGGER IF EXISTS {name} ON {kind.table}"
        yield (
            f"CREATE TRIGGER {name} AFTER {action.upper()} ON {kind.table} REFERENCING {looking} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {kind.table}_audit()"
        )


def _function(kind: RecordKind) -> str:
    """A function of one statement for each action; of an update only rows that differ are kept."""
    some = "WHERE e.changes IS NOT NULL OR e.costs IS NOT NULL"
    return _writer(
        kind.table,
        f"""
            IF TG_OP = 'INSERT' THEN
                {_writing(_entries(kind, "insert", "n", "now_rows n"), "")}
            ELSIF TG_OP = 'DELETE' THEN
                {_writing(_entries(kind, "delete", "o", "old_rows o"), "")}
            ELSE
                {_writing(_entries(kind, "update", "n", _BOTH), some)}
            END IF;""",
    )


def _writer(table: str, writing: str) -> str:
    """The function of a table's triggers, which writes entries and has them sealed."""
    return f"""
        CREATE OR REPLACE FUNCTION {table}_audit() RETURNS trigger LANGUAGE plpgsql {DEFINER}
        AS $$
        DECLARE
            own CONSTANT bigint := pg_current_xact_id()::text::bigint;
            moment CONSTANT text := {_MOMENT};
            station CONSTANT text := {_STATION};
            begun integer;
        BEGIN
            {writing}
            IF begun IS NOT NULL THEN
                INSERT INTO audit_pending(tx, first) VALUES (own, begun) ON CONFLICT DO NOTHING;
            END IF;
            RETURN NULL;
        END $$"""


_BOTH = "old_rows o JOIN now_rows n ON n.id = o.id"


def _writing(entries: str, some: str) -> str:
    return (
        f"WITH made AS (INSERT INTO audit({COLUMNS}) SELECT e.* FROM ({entries}) e {some} "
        "RETURNING id) SELECT min(id) INTO begun FROM made;"
    )


def _entries(kind: RecordKind, action: str, row: str, source: str) -> str:
    shown, costs = kept(kind, restricted=False), kept(kind, restricted=True)
    if action == "update":
        told = _difference([*bookkeeping(kind), *shown]), _difference(costs)
    else:
        told = _filled(shown, row), _filled(costs, row)
    name, record, line = subject(kind, row)
    return (
        f"SELECT own, moment, session_user::text, station, {name}, {record}, {line}::integer, "
        f"'{action}', {told[0]} AS changes, {told[1]} AS costs FROM {source} ORDER BY {row}.id"
    )


def _value(field: Field, row: str) -> str:
    """A value as JSON, NULL where there is none; of a picture only whether there is one."""
    value = f"{row}.{field.column}"
    if field.kind is FieldKind.PICTURE:
        return f"CASE WHEN {value} IS NOT NULL THEN 'true' END"
    return f"to_json({value})::text"


def _changed(field: Field) -> str:
    old, new = (f"coalesce({_value(field, row)}, 'null')" for row in "on")
    return (
        f"CASE WHEN o.{field.column} IS DISTINCT FROM n.{field.column} "
        f"THEN '\"{field.name}\":[' || {old} || ',' || {new} || ']' END"
    )


def _object(parts: list[str]) -> str:
    """A JSON object of parts of which some are NULL; NULL where all are."""
    return f"'{{' || nullif(concat_ws(',', {', '.join(parts)}), '') || '}}'" if parts else "NULL"


def _difference(fields: list[Field]) -> str:
    return _object([_changed(each) for each in fields])


def _filled(fields: list[Field], row: str) -> str:
    return _object([f"'\"{each.name}\":' || {_value(each, row)}" for each in fields])


# The company's settings


def _of_settings() -> Iterator[str]:
    """The same for each setting that is written, with the fields that differ."""
    yield _LEAVES
    entry = (
        f"SELECT own, moment, session_user::text, station, '{SETTINGS}', {HISTORY_ID}, "
        "NULL::integer, 'update', '{' || string_agg(to_json(name)::text || ':[' || "
        "coalesce(o.shown, 'null') || ',' || coalesce(n.shown, 'null') || ']', ',' "
        "ORDER BY name) || '}' AS changes, NULL::text AS costs "
        "FROM setting_leaves(old.name, old.value) o "
        "FULL JOIN setting_leaves(new.name, new.value) n USING (name) "
        "WHERE o.compared IS DISTINCT FROM n.compared"
    )
    yield _writer("setting", _writing(entry, "WHERE e.changes IS NOT NULL"))
    yield "DROP TRIGGER IF EXISTS setting_audit ON setting"
    yield (
        "CREATE TRIGGER setting_audit AFTER INSERT OR UPDATE OR DELETE ON setting "
        "FOR EACH ROW EXECUTE FUNCTION setting_audit()"
    )


_LEAVES = f"""
    CREATE OR REPLACE FUNCTION setting_leaves(setting text, told text)
    RETURNS TABLE (name text, shown text, compared text) LANGUAGE sql IMMUTABLE AS $$
        WITH RECURSIVE parts AS (
            SELECT {setting_prefix("setting")} AS name, told::json AS part
            WHERE setting IN ({fieldwise_names()})
            UNION ALL
            SELECT p.name || CASE WHEN right(p.name, 1) IN ('', '_') THEN '' ELSE '_' END
                || e.key, e.value
            FROM parts p, json_each(CASE json_typeof(p.part) WHEN 'object' THEN p.part END) e
        )
        SELECT p.name, CASE WHEN {is_hidden("p.name")} THEN 'true' ELSE p.part::text END,
            p.part::text
        FROM parts p WHERE json_typeof(p.part) <> 'object'
            AND p.part::text NOT IN ('""', 'null', '[]') AND {is_chosen("p.name")}
        UNION ALL
        SELECT setting, 'true', CASE setting WHEN 'pin' THEN told::json ->> 'hash' ELSE told END
        WHERE setting NOT IN ({fieldwise_names()})
    $$"""
"""What a setting says: the name of each field, the value as shown, and as it is compared."""

_SEAL = f"""
    CREATE OR REPLACE FUNCTION audit_seals() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
    DECLARE
        made record;
        head record;
        sealed text;
    BEGIN
        DELETE FROM audit_pending WHERE tx = new.tx;
        WITH own AS (
            SELECT id, {canonical("a")} AS entry, row_number() OVER (ORDER BY id) - 1 AS place,
                count(*) OVER () AS entries
            FROM audit a WHERE tx = new.tx AND id >= new.first
        ), blocks AS (
            SELECT place / greatest(1, (entries + {MOST_BLOCKS - 1}) / {MOST_BLOCKS}) AS block,
                encode(sha256(convert_to(string_agg(entry, chr(10) ORDER BY id), 'UTF8')), 'hex')
                    AS digest, min(id) AS first, max(id) AS last, count(*) AS entries
            FROM own GROUP BY 1
        )
        SELECT min(first) AS first, max(last) AS last, sum(entries)::integer AS entries,
            string_agg(digest, '' ORDER BY block) AS digests,
            string_agg(left(digest, {MARK}), '' ORDER BY block) AS marks
        INTO made FROM blocks;
        INSERT INTO audit_head(id) VALUES (1) ON CONFLICT DO NOTHING;
        SELECT number + 1 AS number, hash INTO head FROM audit_head FOR UPDATE;
        sealed := encode(sha256(convert_to(head.hash || chr(10) || concat_ws(',', head.number,
            new.tx, made.first, made.last, made.entries) || chr(10) || made.digests, 'UTF8')),
            'hex');
        INSERT INTO audit_seal(id, tx, first, last, entries, hash, marks)
        VALUES (head.number, new.tx, made.first, made.last, made.entries, sealed, made.marks);
        UPDATE audit_head SET number = head.number, last = made.last, hash = sealed;
        RETURN NULL;
    END $$"""
"""In the form of `models.storage.chain`."""
