"""Who works with the program: the role, what it lets them do, and whose records it reaches."""

from typing import TYPE_CHECKING, Any, NamedTuple

from models.storage.scopes import SCOPED, person_team, person_territory, whose
from models.values.permissions import Scope, change, may, scope, see

if TYPE_CHECKING:
    from models.storage.database import Database

ADMINISTRATOR = "administrator"


class Person(NamedTuple):
    """One person. Teams and territories are as `models.storage.scopes` writes them."""

    role: str = ADMINISTRATOR
    id: int = 0
    team: str = ""
    territory: str = ""
    is_kept_apart: bool = False
    """Whether the database itself shows them no other rows than theirs."""

    def may(self, permission: str) -> bool:
        """Whether the role has a permission; everybody has ""."""
        return not permission or may(self.role, permission)

    def reaches(self, kind: str, action: str, row: str) -> tuple[str, list[Any]]:
        """The condition and its values that hold for the rows of a kind a person may ``see`` or
        ``change``; "" where these are all.
        """
        permission = (see if action == "see" else change)(kind)
        return self.within(permission, kind, row) if permission else ("", [])

    def within(self, permission: str, kind: str, row: str) -> tuple[str, list[Any]]:
        """The same for any permission; a kind whose records are nobody's is reached whole."""
        far = scope(self.role, permission)
        if far is Scope.ALL:
            return "", []
        if far is Scope.NONE:
            return "1 = 0", []
        if kind not in SCOPED:
            return ("1 = 0", []) if permission in (see(kind), change(kind)) else ("", [])
        mine = {Scope.OWN: self.id, Scope.TEAM: self.team, Scope.TERRITORY: self.territory}
        return f"{whose(SCOPED[kind], row)[far]} = ?", [mine[far]]

    def shown_written(self, kind: str, row: str) -> str:
        """The same as ``shown``, with its values written in: for places before other values."""
        condition, values = self.shown(kind, row)
        for value in values:
            text = str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
            condition = condition.replace("?", text, 1)
        return condition

    def shown(self, kind: str, row: str) -> tuple[str, list[Any]]:
        """The condition a statement must add itself, so that only what may be seen is shown."""
        return ("", []) if self.is_kept_apart else self.reaches(kind, "see", row)


_KNOWN = (
    f"SELECT p.id, p.role, {person_team('p')}, {person_territory('p')}, p.archived "
    "FROM person p WHERE p.name = ?"
)


_AN_ADMINISTRATOR = "SELECT 1 FROM person WHERE role = ? AND NOT archived LIMIT 1"


def person_of(database: "Database", user: str) -> Person:
    """Who works with a database: on a shared one whoever signed in, on a file who opens it.

    A file belongs to who opens it: where its people do not know them, or have no administrator,
    they are its administrator. Who is disabled may do nothing.
    """
    is_shared = bool(database.login)
    found = database.fetch(_KNOWN, (database.login or user,))
    if not found:
        return Person(ADMINISTRATOR if database.is_administered else "", is_kept_apart=is_shared)
    ((number, role, team, territory, archived),) = found
    if archived:
        role = ""
    elif not is_shared and not database.fetch(_AN_ADMINISTRATOR, (ADMINISTRATOR,)):
        role = ADMINISTRATOR
    return Person(role, number, team, territory, is_shared)
