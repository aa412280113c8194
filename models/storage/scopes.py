"""Whose a record is, as SQL: its owner, team and territory, said once for both engines.

On PostgreSQL triggers keep what these expressions give in columns of their own, which the row
policies compare; on SQLite a list compares the expressions themselves.

A person without a team is a team of their own, and one without a territory has theirs alone.
"""

from models.system.kinds import Kinds
from models.values.fields import RecordKind
from models.values.permissions import SUBJECTS, Scope

OWNED = (
    "quotation",
    "order",
    "delivery",
    "invoice",
    "payment",
    "approval",
    "follow_up",
    "contract",
)
"""The kinds whose records have an owner and a customer."""

SCOPED = Kinds(("account", "contact", *OWNED))
"""The kinds of which people may see and change a part."""

COLUMNS = {
    Scope.OWN: "scope_owner",
    Scope.TEAM: "scope_team",
    Scope.TERRITORY: "scope_territory",
}
"""By scope the column of it; on PostgreSQL alone."""

DECIDING = {
    "account": ("owner_id", "territory"),
    "contact": ("account_id",),
    **dict.fromkeys(OWNED, ("owner_id", "account_id")),
}
"""The columns of each kind that say whose a record is."""


def person_team(person: str) -> str:
    """The team of a row of `person`."""
    return _named(f"{person}.team", person)


def person_territory(person: str) -> str:
    """The territory of a row of `person`."""
    return _named(f"{person}.territory", person)


def _named(column: str, person: str) -> str:
    """A name people share, else a mark of the person alone; no name can look like the mark."""
    return f"CASE WHEN {column} <> '' THEN 't:' || {column} ELSE 'p:' || {person}.id END"


def whose(kind: RecordKind, row: str) -> dict[Scope, str]:
    """By scope the SQL expression of whose a row of a kind is; NULL where it is nobody's."""
    if kind.name == "account":
        return _account(row)
    if kind.name == "contact":
        return {scope: _of_account(sql, row) for scope, sql in _account("a").items()}
    owner = f"coalesce({row}.owner_id, {_of_account('a.owner_id', row)})"
    return {
        Scope.OWN: owner,
        Scope.TEAM: f"(SELECT {person_team('p')} FROM person p WHERE p.id = {owner})",
        Scope.TERRITORY: _of_account(_account("a")[Scope.TERRITORY], row),
    }


def _account(row: str) -> dict[Scope, str]:
    """An account without a territory is in that of its owner."""
    owner = f"FROM person p WHERE p.id = {row}.owner_id"
    return {
        Scope.OWN: f"{row}.owner_id",
        Scope.TEAM: f"(SELECT {person_team('p')} {owner})",
        Scope.TERRITORY: (
            f"CASE WHEN {row}.territory <> '' THEN 't:' || {row}.territory "
            f"ELSE (SELECT {person_territory('p')} {owner}) END"
        ),
    }


def _of_account(expression: str, row: str) -> str:
    return f"(SELECT {expression} FROM account a WHERE a.id = {row}.account_id)"


def permission(kind: str, action: str) -> str:
    """The permission to ``see`` or ``change`` records of a kind."""
    return f"{SUBJECTS[kind]}.{action}"
