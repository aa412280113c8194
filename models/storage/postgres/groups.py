"""The groups of people on a server: one for the owner of all, one for members, one for each role.

Groups belong to the server and not to a database, so their names begin with the database's own:
who is an administrator here is nobody in another company's database on the same server.
"""

from dataclasses import dataclass

from models.values.errors import DomainError
from models.values.roles import ROLES
from resources.languages import marked as _

_LONGEST = 63
"""Letters of a name on a server."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one database."""

    prefix: str

    @property
    def owner(self) -> str:
        """Owns every table; nobody signs in as it."""
        return f"{self.prefix}_owner"

    @property
    def member(self) -> str:
        """Everybody who may sign in, whatever the role."""
        return f"{self.prefix}_member"

    def role(self, name: str) -> str:
        """Everybody of a role."""
        return f"{self.prefix}_{name}"

    @property
    def roles(self) -> dict[str, str]:
        """The group of each role."""
        return {name: self.role(name) for name, _label in ROLES}


def groups_for(database: str) -> Groups:
    """The groups of a new database; DomainError where its name leaves no room for theirs."""
    made = Groups(database)
    longest = max((made.owner, made.member, *made.roles.values()), key=len)
    if len(longest.encode()) > _LONGEST:
        raise DomainError(
            _("The name {database} is too long for a shared database; choose a shorter one."),
            database=database,
        )
    return made


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever signs it holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL takes it."""
    return "'" + text.replace("'", "''") + "'"
