"""People: added, given a login where the database has logins, and shut out."""

from typing import Any

from sqlalchemy import select

from controllers.core import records
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES
from models.values.errors import DomainError
from models.values.record import Record
from resources.languages import marked as _

_SHORTEST = 10


def has_logins(uow: UnitOfWork) -> bool:
    """Whether people sign in to this database; the embedded one belongs to who opens it."""
    return uow.connection.dialect.name == "postgresql"


def add(uow: UnitOfWork, values: dict[str, Any], password: str = "") -> Record:
    """A new person; on a shared database with a login where a password is given.

    DomainError where the embedded database is given a password, or a login one that is too short.
    """
    made = records.create(uow, "user", values)
    if password:
        set_password(uow, made.key, password)
    return made


def set_password(uow: UnitOfWork, name: str, password: str) -> None:
    """Give a person a login, or another password."""
    if not has_logins(uow):
        message = _("The embedded database has no logins; leave the password out.")
        raise DomainError(message, field="password")
    if len(password) < _SHORTEST:
        raise DomainError(
            _("The password of {name} is too short; {count} letters at least."),
            field="password", name=name, count=_SHORTEST,
        )  # fmt: skip
    from models.storage.postgres.people import enlist

    person = records.show(uow, "user", name)
    enlist(uow.connection, person.key, password)


def disable(uow: UnitOfWork, name: str) -> Record:
    """Take a person off the lists and shut the login out; what the person did stays."""
    if name == uow.user:
        raise DomainError(
            _("{name} is signed in here and cannot be disabled; let another administrator do it."),
            name=name,
        )
    return records.archive(uow, "user", name)


def ensure_administrator(uow: UnitOfWork) -> None:
    """See to it that who works with the program is known, as an administrator where it is new."""
    person = TABLES["user"]
    known = select(person.c.id).where(person.c.name == uow.user)
    if uow.connection.execute(known).first() is None:
        records.create(uow, "user", {"name": uow.user, "role": "administrator"})
