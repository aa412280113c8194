"""Trying a shared database before it is opened: who one is there, or what is wrong in words."""

from typing import NamedTuple

from controllers.system.addresses import address_of
from models.storage.database import Database, open_database
from models.values.errors import DomainError, OutageError
from resources.languages import marked as _


class Welcome(NamedTuple):
    """Whom a shared database knows one as."""

    database: str
    login: str
    name: str
    role: str
    """One of `models.values.roles`; "" where nobody added this login as a user."""


def try_out(url: str) -> Welcome:
    """Sign in, look whether the schema fits, and sign out again.

    Raises DomainError with the field to look at: host, port, database, user, password, tls or
    certificate; "" where it is none of them.
    """
    database = open_database(url)
    try:
        database.check_schema()
        return _welcome(database)
    except OutageError as error:
        raise unanswered(url, error) from error
    finally:
        database.close()


def try_copy(url: str) -> None:
    """Look whether reports can be read from a copy; DomainError at `reports` where they cannot."""
    database = open_database(url)
    try:
        database.check_schema()
    except (DomainError, OutageError) as error:
        refused = error if isinstance(error, DomainError) else unanswered(url, error)
        message = _("The server for reports cannot be used: {reason}")
        raise DomainError(message, field="reports", reason=refused) from error
    finally:
        database.close()


def _welcome(database: Database) -> Welcome:
    login = database.login
    found = database.fetch("SELECT full_name, role FROM person WHERE name = ?", (login,))
    name, role = found[0] if found else ("", "")
    return Welcome(database.name, login, name or login, role)


def unanswered(url: str, error: OutageError) -> DomainError:
    """Why no server answers, with what to check."""
    address = address_of(url)
    message = _(
        "{host} does not answer at port {port}; check both and the network, or ask your "
        "administrator whether the server runs."
    )
    if "refused" in str(error).lower():
        message = _(
            "Nothing listens at {host}, port {port}; check both, or ask your administrator whether "
            "the server runs."
        )
    return DomainError(message, field="host", host=address.host, port=address.port)
