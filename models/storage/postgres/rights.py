"""Rights on a shared database, made from the declared table: grants, row policies, functions.

They hold for any client. Nobody who signs in owns a table, so nobody can lift them. A policy
compares one column with a value that is asked once in a statement; both comparisons, of whole
numbers and of texts, are leakproof, so that conditions of the statement can still use an index.
"""

from collections.abc import Iterator, Sequence

from models.storage.postgres import (
    approving,
    consent,
    costs,
    issued,
    lines_seen,
    measures,
    people,
    scoping,
    searching,
    service,
    settling,
    sharing,
    stocking,
)
from models.storage.postgres.groups import Groups, quoted
from models.storage.postgres.guards import (
    GUARDS,
    HEAD_SEEN,
    LINES_SEEN,
    Guard,
    by_scope,
    condition,
    roles_with,
)
from models.storage.postgres.guards import written as written_condition
from models.storage.scopes import COLUMNS, SCOPED
from models.storage.tables import METADATA
from models.storage.trail import SETTINGS
from models.system.kinds import KINDS, LIBRARY, MOVED
from models.values.permissions import Scope, change, may

_BY_TABLE = {kind.table: kind for kind in KINDS.values()}

CALLED = {
    **people.CALLED,
    **scoping.CALLED,
    **costs.CALLED,
    **service.CALLED,
    **stocking.CALLED,
    **sharing.CALLED,
    **consent.CALLED,
    **approving.CALLED,
    **searching.CALLED,
    **lines_seen.CALLED,
}
"""Every function a person may call, with the permission that asks for."""

_COSTS = {"audit": frozenset(("costs",))}
"""Columns beside the kinds' own in which costs stand."""

_NO_POLICIES = (
    "DO $$ DECLARE each record; BEGIN FOR each IN SELECT policyname, tablename FROM pg_policies "
    "WHERE schemaname = 'saudagar' LOOP "
    "EXECUTE format('DROP POLICY %I ON %I', each.policyname, each.tablename); END LOOP; END $$"
)


def statements(groups: Groups) -> Iterator[str]:
    """Every statement, in order, that makes rights, policies and what they lean on anew."""
    yield _NO_POLICIES
    yield from scoping.statements()
    yield from costs.statements(groups)
    yield from service.statements()
    yield from stocking.statements()
    yield from sharing.statements()
    yield from measures.statements()
    yield from consent.statements(groups)
    yield from approving.statements(groups)
    yield from issued.statements(groups)
    yield from settling.statements(groups)
    yield from lines_seen.statements(groups)
    yield from searching.functions(groups)
    yield from _nothing(groups)
    yield from _general(groups)
    for guard in GUARDS:
        yield from _grants(guard, groups)
        if guard.follows:
            yield from _policies(guard, groups)
    yield from _views(groups)
    yield from _delegations(groups)
    yield _settings_history(groups)
    yield from _library_files(groups)
    yield from _functions(groups)


def _everyone(groups: Groups) -> str:
    return ", ".join(map(quoted, (groups.member, *groups.roles.values())))


def _to(groups: Groups, roles: Sequence[str]) -> str:
    return ", ".join(quoted(groups.role(each)) for each in roles)


def _nothing(groups: Groups) -> Iterator[str]:
    """Begin with no right at all, so that what is taken out of the table is taken away."""
    everyone = _everyone(groups)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA saudagar FROM {everyone}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA saudagar FROM {everyone}"
    yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA saudagar FROM PUBLIC, {everyone}"


def _general(groups: Groups) -> Iterator[str]:
    member = quoted(groups.member)
    yield f"GRANT CONNECT ON DATABASE {quoted(groups.prefix)} TO {member}"
    yield f"GRANT USAGE ON SCHEMA saudagar TO {member}"


# Grants


def _grants(guard: Guard, groups: Groups) -> Iterator[str]:
    given: dict[str, list[str]] = {}
    for role in roles_with(guard.see):
        given.setdefault(f"SELECT{_readable(guard.table, role)}", []).append(role)
    for command in guard.commands:
        for role in roles_with(guard.asks(command)):
            columns = "" if command == "DELETE" else _writable(guard.table, role, command)
            given.setdefault(f"{command}{columns}", []).append(role)
    for right, roles in given.items():
        yield f"GRANT {right} ON {guard.table} TO {_to(groups, roles)}"
    if "INSERT" in guard.commands and "id" in columns_of(guard.table):
        to = _to(groups, list(roles_with(guard.change)))
        yield f"GRANT USAGE ON SEQUENCE {guard.table}_id_seq TO {to}"


def columns_of(table: str) -> list[str]:
    """The columns of a table, those of its scope among them."""
    if table in LINES_SEEN:
        return [*columns_of(LINES_SEEN[table]), *HEAD_SEEN.values()]
    if table not in METADATA.tables:
        return []
    scopes = COLUMNS.values() if _BY_TABLE.get(table) in SCOPED.values() else ()
    return [*(each.name for each in METADATA.tables[table].columns), *scopes]


def hidden_columns(table: str, role: str) -> frozenset[str]:
    """The columns of a table that a role may not read."""
    kind = _BY_TABLE.get(LINES_SEEN.get(table, table))
    if may(role, "cost.see"):
        return frozenset()
    if kind is None:
        return _COSTS.get(table, frozenset())
    return frozenset(each.column for each in kind.stored if each.restricted)


def _readable(table: str, role: str) -> str:
    hidden = hidden_columns(table, role)
    return _listed([each for each in columns_of(table) if each not in hidden]) if hidden else ""


def _writable(table: str, role: str, command: str) -> str:
    """The columns a role may give values; "" for all of them."""
    kept = MOVED.get(table, frozenset()) | set(COLUMNS.values())
    kept |= hidden_columns(table, role) | ({"id"} if command == "UPDATE" else set())
    return _listed([each for each in columns_of(table) if each not in kept])


def _listed(columns: Sequence[str]) -> str:
    return f" ({', '.join(columns)})" if columns else ""


# Row policies


def _policies(guard: Guard, groups: Groups) -> Iterator[str]:
    """One policy for each command and scope, for all the roles it goes so far for."""
    yield f"ALTER TABLE {guard.table} ENABLE ROW LEVEL SECURITY"
    for scope, roles in by_scope(guard.see).items():
        using = f"USING ({condition(guard, scope)})"
        yield _policy("SELECT", guard.table, scope, _to(groups, roles), using)
    for command in guard.commands:
        for scope, roles in by_scope(guard.asks(command)).items():
            using = f"USING ({condition(guard, scope)})"
            check = f"WITH CHECK ({written_condition(guard, scope)})"
            clauses = {"INSERT": check, "UPDATE": f"{using} {check}", "DELETE": using}
            yield _policy(command, guard.table, scope, _to(groups, roles), clauses[command])


def policy_name(command: str, scope: Scope) -> str:
    """What the policy of a command and scope is called."""
    return f"{command.lower()}_{scope.value}"


def _policy(command: str, table: str, scope: Scope, to: str, clauses: str) -> str:
    name = policy_name(command, scope)
    return f"CREATE POLICY {name} ON {table} FOR {command} TO {to} {clauses}"


def _views(groups: Groups) -> Iterator[str]:
    """Everybody has views of their own and sees the shared ones, which their makers change."""
    member, sharing = quoted(groups.member), _to(groups, list(roles_with("views.share")))
    mine, shared = "owner = session_user::text", "owner = ''"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON saved_view TO {member}"
    yield f"GRANT USAGE ON SEQUENCE saved_view_id_seq TO {member}"
    yield "ALTER TABLE saved_view ENABLE ROW LEVEL SECURITY"
    yield f"CREATE POLICY shared ON saved_view FOR SELECT TO {member} USING ({shared})"
    yield f"CREATE POLICY own ON saved_view TO {member} USING ({mine}) WITH CHECK ({mine})"
    made = f"{shared} AND maker = session_user::text"
    yield f"CREATE POLICY made ON saved_view TO {sharing} USING ({made}) WITH CHECK ({made})"
    keepers = _to(groups, list(roles_with("people.change")))
    yield (
        f"CREATE POLICY kept ON saved_view TO {keepers} USING ({shared} OR {mine}) "
        f"WITH CHECK ({shared} OR {mine})"
    )


def _delegations(groups: Groups) -> Iterator[str]:
    """Everybody sees who decides for whom; who decides says for oneself alone who that is."""
    member, deciding = quoted(groups.member), _to(groups, list(roles_with("approvals.decide")))
    mine = "person_id = (SELECT my_owner())"
    yield f"GRANT SELECT ON delegation TO {member}"
    yield f"GRANT INSERT, DELETE ON delegation TO {deciding}"
    yield f"GRANT USAGE ON SEQUENCE delegation_id_seq TO {deciding}"
    yield "ALTER TABLE delegation ENABLE ROW LEVEL SECURITY"
    yield f"CREATE POLICY seen ON delegation FOR SELECT TO {member} USING (true)"
    told = f"{mine} AND delegate_id <> person_id AND until >= since"
    yield f"CREATE POLICY told ON delegation FOR INSERT TO {deciding} WITH CHECK ({told})"
    yield f"CREATE POLICY own ON delegation FOR DELETE TO {deciding} USING ({mine})"


def _settings_history(groups: Groups) -> str:
    """Of the audit trail who may not change the settings sees nothing of them, however far."""
    changing = roles_with("settings.change")
    others = [each for each in roles_with("audit.see") if each not in changing]
    return (
        f"CREATE POLICY no_settings ON audit AS RESTRICTIVE FOR SELECT TO {_to(groups, others)} "
        f"USING (kind <> '{SETTINGS}')"
    )


def _library_files(groups: Groups) -> Iterator[str]:
    """Files of products and text blocks are changed by those who may change these."""
    sending = roles_with("papers.send")
    for kind in LIBRARY:
        others = [each for each in sending if each not in roles_with(change(kind))]
        for command, clause in (("INSERT", "WITH CHECK"), ("DELETE", "USING")):
            yield (
                f"CREATE POLICY no_{kind}_{command.lower()} ON attachment AS RESTRICTIVE "
                f"FOR {command} TO {_to(groups, others)} {clause} (document <> '{kind}')"
            )


# Functions


def _functions(groups: Groups) -> Iterator[str]:
    """Who may call what: everybody what policies ask, others what their permission is for."""
    for function, permission in CALLED.items():
        to = _to(groups, list(roles_with(permission)))
        yield f"GRANT EXECUTE ON FUNCTION {function} TO {to}"
