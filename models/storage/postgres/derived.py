"""What the shared database derives by itself: the audit trail as triggers, logins and rights."""

from collections.abc import Collection, Iterator

from models.storage.derived import UNAUDITED, json_parts
from models.storage.postgres import people, rights, searching
from models.storage.postgres.groups import Groups
from models.system.kinds import KINDS
from models.values.fields import RecordKind


def before_json(kind: RecordKind, row: str, hidden: Collection[str] = ()) -> str:
    """The SQL expression of a row as it was; pictures and hidden columns are left out."""
    return f"json_build_object({json_parts(kind, row, hidden)})::text"


def _audit_statements(kind: RecordKind) -> Iterator[str]:
    function = trigger = f"{kind.table}_audit"
    yield (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql "
        "SECURITY DEFINER SET search_path = saudagar, pg_temp AS $$ BEGIN "
        "INSERT INTO audit(at, who, kind, record_id, action, before) VALUES ("
        "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), "
        f"session_user, '{kind.name}', CASE TG_OP WHEN 'DELETE' THEN old.id ELSE new.id END, "
        f"lower(TG_OP), CASE TG_OP WHEN 'INSERT' THEN NULL ELSE {before_json(kind, 'old')} END); "
        "RETURN NULL; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {trigger} ON {kind.table}"
    yield (
        f"CREATE TRIGGER {trigger} AFTER INSERT OR UPDATE OF {_told(kind)} OR DELETE "
        f"ON {kind.table} FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


def _told(kind: RecordKind) -> str:
    """The columns that tell of a change: all but those the database keeps by itself."""
    return ", ".join(("version", "archived", *(each.column for each in kind.stored)))


def install_statements(groups: Groups) -> Iterator[str]:
    """Every statement, in order, that makes the derived things of PostgreSQL anew."""
    for kind in KINDS.values():
        if kind.name not in UNAUDITED:
            yield from _audit_statements(kind)
    yield from people.statements(groups)
    yield from rights.statements(groups)
    yield from searching.statements()
