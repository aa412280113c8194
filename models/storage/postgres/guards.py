"""What a person needs to read and write each table of a shared database, and which of its rows.

The permissions and how far they go come from the one declared table (`models.values.permissions`);
here stands only what each table has to do with them.
"""

from typing import NamedTuple

from models.storage.scopes import COLUMNS, SCOPED
from models.system.kinds import KINDS, LIBRARY, LINES
from models.values.fields import RecordKind
from models.values.permissions import RIGHTS, Scope, change, see

EVERYBODY = ""
"""In the place of a permission: whoever signs in."""

LINES_WITH_HEADS = "sales_order_line_seen"

LINES_SEEN = {LINES_WITH_HEADS: "sales_order_line"}
"""The views that reports read, and the table each shows a part of."""

HEAD_SEEN = {
    each: f"head_{each}" for each in ("account_id", "owner_id", "date", "state", "currency")
}
"""What such a view tells of each line's document, and the column it stands in."""

NOBODY = "-"
"""In the place of a permission: only what the database does by itself."""

_ALL = ("INSERT", "UPDATE", "DELETE")


class Guard(NamedTuple):
    """The permissions a table asks for, and what may be done to its rows with the second."""

    table: str
    see: str
    change: str
    commands: tuple[str, ...] = _ALL
    follows: str = ""
    """What its rows belong to: itself, a head, a document, what a file is attached to, a record or
    an import; "" nothing."""
    updates: str = ""
    """What a change of a row asks for, where that is another permission."""

    def asks(self, command: str) -> str:
        """The permission that a command asks for."""
        if command == "SELECT":
            return self.see
        return self.updates if command == "UPDATE" and self.updates else self.change


def _guard(kind: RecordKind) -> Guard:
    head = next((name for name, line in LINES.items() if line is kind), "")
    follows = "itself" if kind.name in SCOPED else head
    if kind.name in ("stock_move", "stock_level"):
        return Guard(kind.table, see(kind.name), NOBODY, ())
    updates = "approvals.decide" if kind.name == "approval" else ""
    return Guard(kind.table, see(kind.name), change(kind.name), follows=follows, updates=updates)


GUARDS: tuple[Guard, ...] = (
    *map(_guard, KINDS.values()),
    Guard("setting", EVERYBODY, "settings.change"),
    Guard("mapping_profile", EVERYBODY, "imports.run"),
    Guard("import_run", "imports.run", "imports.run", follows="who"),
    Guard("import_row", "imports.run", "imports.run", follows="import"),
    Guard("archive", "documents.see", "papers.send", ("INSERT",), "document"),
    Guard("outbox", "documents.see", "papers.send", ("INSERT", "UPDATE"), "document"),
    Guard("attachment", "documents.see", "papers.send", ("INSERT", "DELETE"), "attached"),
    Guard("proposal", "documents.see", "documents.change", follows="quotation"),
    Guard("audit", "audit.see", NOBODY, (), "record"),
    Guard("audit_seal", "settings.change", NOBODY, ()),
    Guard("audit_head", "settings.change", NOBODY, ()),
    Guard(LINES_WITH_HEADS, "documents.see", NOBODY, ()),
    Guard("number_series", "settings.change", NOBODY, ()),
    Guard("writer", NOBODY, NOBODY, ()),
    Guard("alembic_version", EVERYBODY, NOBODY, ()),
)
"""Every table but ``saved_view`` and ``delegation``, whose rows say themselves whose they are; and
views.
"""


def roles_with(permission: str) -> dict[str, Scope]:
    """The roles that have a permission, and how far it goes; of everybody's all roles."""
    if permission == NOBODY:
        return {}
    if permission == EVERYBODY:
        return dict.fromkeys(next(iter(RIGHTS.values())), Scope.ALL)
    return {role: scope for role, scope in RIGHTS[permission].items() if scope is not Scope.NONE}


def by_scope(permission: str) -> dict[Scope, list[str]]:
    """The roles that have a permission, by how far it goes."""
    found: dict[Scope, list[str]] = {}
    for role, scope in roles_with(permission).items():
        found.setdefault(scope, []).append(role)
    return found


# Which rows

MINE = {
    Scope.OWN: "(SELECT my_owner())",
    Scope.TEAM: "(SELECT my_team())",
    Scope.TERRITORY: "(SELECT my_territory())",
}
"""What a scope's column is compared with: asked once in a statement, not for every row."""


def condition(guard: Guard, scope: Scope) -> str:
    """The rows of a table a scope reaches, as SQL."""
    if scope is Scope.ALL or not guard.follows:
        return "true"
    if guard.follows == "itself":
        return _own(guard.table, scope)
    if guard.follows == "who":
        return f"{guard.table}.who = session_user::text"
    if guard.follows == "import":
        return f"EXISTS (SELECT 1 FROM import_run r WHERE r.id = {guard.table}.run_id)"
    if guard.follows in LINES:
        link = LINES[guard.follows].fields[0].column
        return _exists(guard.follows, f"{guard.table}.{link}", scope)
    kinds, column, other = (
        (SCOPED, "kind", "true") if guard.follows == "record" else (LINES, "document", "false")
    )
    record = f"{guard.table}.{'record_id' if guard.follows == 'record' else 'document_id'}"
    cases = " ".join(f"WHEN '{kind}' THEN {_exists(kind, record, scope)}" for kind in kinds)
    if guard.follows == "attached":
        cases += "".join(f" WHEN '{kind}' THEN true" for kind in LIBRARY)
    return f"CASE {guard.table}.{column} {cases} ELSE {other} END"


def _own(row: str, scope: Scope) -> str:
    return f"{row}.{COLUMNS[scope]} = {MINE[scope]}"


def _exists(kind: str, id_column: str, scope: Scope) -> str:
    """Looked up for a few rows, hashed once for many, as the server finds cheaper."""
    table = KINDS[kind].table
    return f"EXISTS (SELECT 1 FROM {table} h WHERE h.id = {id_column} AND {_own('h', scope)})"


def written(guard: Guard, scope: Scope) -> str:
    """What a row must be after it was written: within the scope, of an account that is seen."""
    reached = condition(guard, scope)
    names_account = guard.follows == "itself" and guard.table != "account"
    if scope is Scope.ALL or not names_account:
        return reached
    seen = f"EXISTS (SELECT 1 FROM account a WHERE a.id = {guard.table}.account_id)"
    return f"{reached} AND {seen}"
