"""Whose a row is, kept in columns of its own, and who asks: what row policies compare.

Triggers keep the columns: a record that changes hands takes its contacts and documents along, a
person who changes team or territory takes all of theirs.
"""

from collections.abc import Iterator

from models.storage.scopes import (
    COLUMNS,
    DECIDING,
    OWNED,
    SCOPED,
    person_team,
    person_territory,
    whose,
)
from models.storage.tables import sort_column
from models.system.kinds import KINDS
from models.values.fields import RecordKind
from models.values.permissions import RIGHTS, Scope, see

DEFINER = "SECURITY DEFINER SET search_path = saudagar, pg_temp"
"""Runs as the owner of the tables, in our schema alone."""

CALLED = {"my_owner()": "", "my_team()": "", "my_territory()": ""}
"""The functions a person calls, with the permission that asks for."""

_MINE = {
    "my_owner": ("integer", "p.id"),
    "my_team": ("text", person_team("p")),
    "my_territory": ("text", person_territory("p")),
}

_ALL = ", ".join(COLUMNS.values())
_TYPES = ("integer", 'text COLLATE "C"', 'text COLLATE "C"')


def statements() -> Iterator[str]:
    """Every statement, in order, that makes the columns, their values, indexes and triggers."""
    for name, (kind, sql) in _MINE.items():
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS {kind} LANGUAGE sql STABLE "
            f"PARALLEL SAFE {DEFINER} "
            f"AS $$ SELECT {sql} FROM person p WHERE p.name = session_user::text $$"
        )
    for record in SCOPED.values():
        yield from _columns(record)
    for record in SCOPED.values():
        yield from _kept(record)
    yield from _followed_account()
    yield from _followed_person()


def _columns(kind: RecordKind) -> Iterator[str]:
    for column, of_type in zip(COLUMNS.values(), _TYPES, strict=True):
        yield f"ALTER TABLE {kind.table} ADD COLUMN IF NOT EXISTS {column} {of_type}"
    for each in ("insert", "update", "followed"):
        yield f"DROP TRIGGER IF EXISTS {kind.table}_scope_{each} ON {kind.table}"
    values = ", ".join(whose(kind, "t").values())
    yield (
        f"UPDATE {kind.table} t SET ({_ALL}) = ROW({values}) "
        f"WHERE ROW({_ALL}) IS DISTINCT FROM ROW({values})"
    )
    for scope in used_scopes(kind):
        column, first = COLUMNS[scope], sort_column(kind[kind.sort.lstrip("-")])
        yield (
            f"CREATE INDEX IF NOT EXISTS ix_{kind.table}_{column} "
            f"ON {kind.table} ({column}, {first}, id)"
        )


def used_scopes(kind: RecordKind) -> list[Scope]:
    """The scopes by which some role sees a part of a kind, and so reads its lists."""
    given = RIGHTS[see(kind.name)].values()
    return [scope for scope in COLUMNS if scope in given]


def _kept(kind: RecordKind) -> Iterator[str]:
    """The triggers that give a row its columns, whatever a statement says of them.

    A row that is nobody's and stays so is left alone, as are those of most imports.
    """
    table = kind.table
    sets = " ".join(f"new.{COLUMNS[scope]} := {sql};" for scope, sql in whose(kind, "new").items())
    yield (
        f"CREATE OR REPLACE FUNCTION {table}_scope() RETURNS trigger LANGUAGE plpgsql {DEFINER} "
        f"AS $$ BEGIN {sets} RETURN new; END $$"
    )
    columns = (*DECIDING[kind.name], *COLUMNS.values())
    old, new = (f"ROW({', '.join(f'{row}.{each}' for each in columns)})" for row in ("old", "new"))
    for event, needed in (
        ("insert", f"{new} IS DISTINCT FROM ROW({', '.join(['NULL'] * len(columns))})"),
        ("update", f"{new} IS DISTINCT FROM {old}"),
    ):
        of = f" OF {', '.join(columns)}" if event == "update" else ""
        yield (
            f"CREATE TRIGGER {table}_scope_{event} BEFORE {event.upper()}{of} ON {table} "
            f"FOR EACH ROW WHEN ({needed}) EXECUTE FUNCTION {table}_scope()"
        )


_NOBODY_IS = -1
"""No id of a person: it differs from whatever stands there, and the trigger puts it right."""


def _touched(where: dict[str, str]) -> str:
    """Statements that have the triggers of tables reckon the columns of some rows anew."""
    return " ".join(
        f"UPDATE {table} SET scope_owner = {_NOBODY_IS} WHERE {condition};"
        for table, condition in where.items()
    )


def _followed_account() -> Iterator[str]:
    tables = ("contact", *(KINDS[each].table for each in OWNED))
    of_account = dict.fromkeys(tables, "account_id = new.id")
    yield (
        "CREATE OR REPLACE FUNCTION account_scope_followed() RETURNS trigger LANGUAGE plpgsql "
        f"{DEFINER} AS $$ BEGIN {_touched(of_account)} RETURN NULL; END $$"
    )
    changed = ", ".join(f"old.{column}" for column in COLUMNS.values())
    yield (
        "CREATE TRIGGER account_scope_followed "
        f"AFTER UPDATE OF owner_id, territory, {_ALL} ON account FOR EACH ROW "
        f"WHEN (ROW({changed}) IS DISTINCT FROM ROW({changed.replace('old.', 'new.')})) "
        "EXECUTE FUNCTION account_scope_followed()"
    )


def _followed_person() -> Iterator[str]:
    owned = dict.fromkeys(("account", *(KINDS[each].table for each in OWNED)), "owner_id = new.id")
    yield (
        "CREATE OR REPLACE FUNCTION person_scope_followed() RETURNS trigger LANGUAGE plpgsql "
        f"{DEFINER} AS $$ BEGIN {_touched(owned)} RETURN NULL; END $$"
    )
    yield "DROP TRIGGER IF EXISTS person_scope_followed ON person"
    yield (
        "CREATE TRIGGER person_scope_followed AFTER UPDATE OF team, territory ON person "
        "FOR EACH ROW WHEN (ROW(old.team, old.territory) IS DISTINCT FROM "
        "ROW(new.team, new.territory)) EXECUTE FUNCTION person_scope_followed()"
    )
