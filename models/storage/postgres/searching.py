"""How a server finds words: two kinds of indexes, and a function that uses one for everybody.

A list in the order of its titles is walked in an index that holds the texts themselves, so that a
row costs a sixth of a microsecond and a common word has filled its page before long. Rare words are
in the index of runs of three letters. No row policy lets a comparison of texts use that one, as it
could tell of hidden rows; so a function asks it, as the owner, with the person's scope inside.

In lists by title the index of runs leaves the first letter of each title out. Words that many
titles begin with, as "toko", are rare in it then, and those titles stand together in the list.

Without the server's trigram extension texts are walked through, which is right as well and slower
from some hundred thousand records on.
"""

from collections.abc import Iterator

from models.storage.postgres.groups import Groups, literal
from models.storage.postgres.guards import GUARDS, Guard, by_scope, condition
from models.storage.postgres.scoping import DEFINER, used_scopes
from models.storage.postgres.texts import is_long, is_short, length
from models.storage.scopes import COLUMNS, SCOPED
from models.storage.search_index import is_ordered
from models.storage.tables import sort_column
from models.system.kinds import KINDS
from models.values.fields import RecordKind
from models.values.permissions import see

EXTENSION = """
    DO $$ BEGIN
        IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
            CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
        END IF;
    EXCEPTION WHEN insufficient_privilege THEN
        NULL;
    END $$"""
"""Makes the extension where the server has it and the login may; it is a trusted one."""

_SEARCHED = {kind.name: kind for kind in KINDS.values() if kind.searchable}

CALLED = {
    f"{kind.table}_found(text[], integer, integer, integer, boolean)": see(kind.name)
    for kind in _SEARCHED.values()
}
"""The functions a person calls, with the permission that asks for."""


def statements() -> Iterator[str]:
    """Every statement that makes the indexes."""
    for kind in _SEARCHED.values():
        yield _runs(kind)
        if is_ordered(kind):
            yield from _walks(kind)


def functions(groups: Groups) -> Iterator[str]:
    """The function of each kind that finds rare words."""
    guards = {guard.table: guard for guard in GUARDS}
    for kind in _SEARCHED.values():
        yield _found(kind, guards[kind.table], groups)


def _index(kind: RecordKind) -> str:
    return f"{kind.table}_runs"


def _indexed(kind: RecordKind) -> str:
    """What the index of runs holds: a text, without the first letter of the title in it.

    A word has no blank in it. So whichever stands there without being in the rest, the title
    begins with it.
    """
    if not is_ordered(kind):
        return "search_text"
    text, title = "' ' || search_text || ' '", f"' ' || {sort_column(kind[kind.title])} || ' '"
    at = f"strpos({text}, {title})"
    return (
        f"CASE WHEN {at} > 0 THEN overlay(search_text PLACING '' FROM {at} FOR 1) "
        "ELSE search_text END"
    )


def _runs(kind: RecordKind) -> str:
    return f"""
        DO $$ DECLARE home text; BEGIN
            SELECT n.nspname INTO home FROM pg_extension e
            JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
            IF home IS NOT NULL THEN
                EXECUTE format('CREATE INDEX IF NOT EXISTS {_index(kind)} ON {kind.table} '
                    'USING gin ((%s) %I.gin_trgm_ops)', {literal(_indexed(kind))}, home);
                {_statistics(kind)}
            END IF;
        END $$"""


def _statistics(kind: RecordKind) -> str:
    """Enough of them to tell a word in three hundred records from one in three thousand."""
    if not is_ordered(kind):
        return ""
    return f"ALTER INDEX {_index(kind)} ALTER COLUMN 1 SET STATISTICS 500;"


def _walks(kind: RecordKind) -> Iterator[str]:
    """The indexes that hold the texts in the order of the list, of all and of each scope."""
    table, order = kind.table, f"{sort_column(kind[kind.title])}, id"
    scopes = used_scopes(kind) if kind.name in SCOPED else []
    for column in ("", *(COLUMNS[scope] for scope in scopes)):
        first = f"{column}, " if column else ""
        yield (
            f"CREATE INDEX IF NOT EXISTS {table}_walk{column.removeprefix('scope')} ON {table} "
            f"({first}{order}) INCLUDE (search_text) WHERE NOT archived AND {is_short(table)}"
        )
    yield (
        f"CREATE INDEX IF NOT EXISTS {table}_long ON {table} ({length(table)}) "
        f"WHERE {is_long(table)}"
    )


def _found(kind: RecordKind, guard: Guard, groups: Groups) -> str:
    """The `first` ids in the order of the titles. NULL where more than `most` are found, where the
    server's statistics let more than `expected` be expected, where it has no index of runs, or
    where no word has a run.

    Words of one or two letters are only compared, as they have no run. What a word says is never a
    pattern nor part of the statement.
    """
    order = sort_column(kind[kind.title])
    return f"""
        CREATE OR REPLACE FUNCTION {kind.table}_found(
            words text[], expected integer, most integer, first integer, is_descending boolean)
        RETURNS integer[]
        LANGUAGE plpgsql {DEFINER}
        SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off AS $$
        DECLARE
            reached text := {_reached(guard, groups)};
            indexed text := {literal(_indexed(kind))};
            turn text := CASE WHEN is_descending THEN ' DESC' ELSE '' END;
            asked text := '';
            told text := '';
            patterns text[];
            runs text[];
            plan json;
            ids integer[];
        BEGIN
            IF to_regclass('saudagar.{_index(kind)}') IS NULL
                OR NOT EXISTS (SELECT 1 FROM unnest(words) w WHERE length(w) >= 3) THEN
                RETURN NULL;
            END IF;
            IF reached = '' THEN
                RETURN '{{}}';
            END IF;
            SELECT array_agg('%' || e || '%'), array_agg('%' || {_telling("e")} || '%')
            INTO patterns, runs FROM (SELECT {_escaped("w")} e FROM unnest(words) w) s;
            FOR at IN 1 .. cardinality(words) LOOP
                IF length(words[at]) >= 3 THEN
                    asked := asked || ' AND (' || indexed || ') LIKE ($1)[' || at || ']';
                END IF;
                told := told || ' AND search_text LIKE ($2)[' || at || ']';
            END LOOP;
            EXECUTE 'EXPLAIN (FORMAT JSON) SELECT 1 FROM {kind.table} WHERE NOT archived' || asked
            INTO plan USING runs;
            IF (plan -> 0 -> 'Plan' ->> 'Plan Rows')::numeric > expected THEN
                RETURN NULL;
            END IF;
            EXECUTE 'WITH found AS MATERIALIZED (SELECT id, {order} AS k FROM {kind.table} '
                'WHERE NOT archived AND ((' || reached || ') IS TRUE)' || asked || told ||
                ' LIMIT $3 + 1) '
                'SELECT CASE WHEN (SELECT count(*) FROM found) <= $3 THEN ARRAY('
                'SELECT id FROM found ORDER BY k' || turn || ', id' || turn || ' LIMIT $4) END'
            INTO ids USING runs, patterns, most, first;
            RETURN ids;
        END $$"""


def _escaped(word: str) -> str:
    """A word of which no sign means anything to LIKE."""
    for sign in ("\\", "%", "_"):
        word = f"replace({word}, {literal(sign)}, {literal(chr(92) + sign)})"
    return word


def _telling(word: str) -> str:
    """The part of an escaped word to ask the index for: numbers mostly begin alike."""
    return (
        f"CASE WHEN {word} ~ '[0-9]' AND strpos({word}, {literal(chr(92))}) = 0 "
        f"THEN right({word}, 5) ELSE {word} END"
    )


def _reached(guard: Guard, groups: Groups) -> str:
    """SQL of the condition of the rows a person sees; '' where there are none."""
    parts = ", ".join(
        f"CASE WHEN {_is_one_of(roles, groups)} THEN {literal(condition(guard, scope))} END"
        for scope, roles in by_scope(guard.see).items()
    )
    return f"concat_ws(' OR ', {parts})"


def _is_one_of(roles: list[str], groups: Groups) -> str:
    return " OR ".join(
        f"pg_has_role(session_user, {literal(groups.role(role))}, 'MEMBER')" for role in roles
    )
