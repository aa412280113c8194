"""People: added, given a login where the database has logins, shut out and let in again."""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from controllers.core import records
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES
from models.values.errors import DomainError
from models.values.record import Record
from resources.languages import marked as _

_SHORTEST = 10

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are read for one another."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works or worked with the program."""

    id: int
    name: str
    full_name: str
    role: str
    team: str
    territory: str
    is_disabled: bool
    has_login: bool = False
    """Whether this person can sign in; nobody does on the embedded database."""
    is_here: bool = False
    """Whether this person is signed in now."""


def everybody(uow: UnitOfWork) -> list[Person]:
    """All people by name, those who were disabled last."""
    person = TABLES["user"]
    names = ("id", "name", "full_name", "role", "team", "territory", "archived")
    rows = uow.connection.execute(
        select(*(person.c[each] for each in names)).order_by(person.c.archived, person.c.name)
    ).all()
    found: dict[str, bool] = {}
    if has_logins(uow):
        from models.storage.postgres.logins import logins

        found = logins(uow.connection)
    return [
        Person(
            row.id, row.name, row.full_name or "", row.role or "", row.team or "",
            row.territory or "", bool(row.archived), row.name in found, found.get(row.name, False),
        )
        for row in rows
    ]  # fmt: skip


def first_password() -> str:
    """A password to hand over once: sixteen letters in four groups, about 79 bits."""
    letters = [secrets.choice(_LETTERS) for _each in range(16)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 16, 4))


def has_logins(uow: UnitOfWork) -> bool:
    """Whether people sign in to this database; the embedded one belongs to who opens it."""
    return uow.connection.dialect.name == "postgresql"


@needs("people.change")
def add(uow: UnitOfWork, values: dict[str, Any], password: str = "") -> Record:
    """A new person; on a shared database with a login where a password is given.

    DomainError where the embedded database is given a password, or a login one that is too short.
    """
    made = records.create(uow, "user", values)
    if password:
        set_password(uow, made.key, password)
    return made


@needs("people.change")
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


@needs("people.change")
def disable(uow: UnitOfWork, name: str) -> Record:
    """Take a person off the lists and shut the login out; what the person did stays."""
    if name == uow.user:
        raise DomainError(
            _("{name} is signed in here and cannot be disabled; let another administrator do it."),
            name=name,
        )
    return records.archive(uow, "user", name)


@needs("people.change")
def enable(uow: UnitOfWork, name: str, password: str = "") -> Record:
    """Bring a person back; on a shared database the login comes back with a new password."""
    back = records.restore(uow, "user", name)
    if password:
        set_password(uow, back.key, password)
    return back


@needs("people.change")
def ensure_administrator(uow: UnitOfWork) -> None:
    """See to it that who works with the program is known, as an administrator where it is new."""
    person = TABLES["user"]
    known = select(person.c.id).where(person.c.name == uow.user)
    if uow.connection.execute(known).first() is None:
        records.create(uow, "user", {"name": uow.user, "role": "administrator"})
