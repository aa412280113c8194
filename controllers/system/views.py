"""Saved views of lists: columns, filters and order under a name, private or shared."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete as sql_delete
from sqlalchemy import insert, select

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import SAVED_VIEW, TABLES
from models.values.errors import DomainError
from resources.languages import marked as _


@dataclass(frozen=True, slots=True)
class View:
    """`value` holds plain values: columns, filters as [field, operator, value], sort, archived."""

    name: str
    kind: str
    value: dict[str, Any]
    shared: bool = True


def views(uow: UnitOfWork, kind: str) -> list[View]:
    """The shared views of a kind and this person's own, by name."""
    table = SAVED_VIEW
    query = (
        select(table.c.name, table.c.owner, table.c.value)
        .where(table.c.kind == kind, table.c.owner.in_(("", uow.user)))
        .order_by(table.c.name)
    )
    rows = uow.connection.execute(query)
    return [View(name, kind, json.loads(value), not owner) for name, owner, value in rows]


def _sharing(view: View) -> str:
    return "views.share" if view.shared else ""


@needs(_sharing)
def save_view(uow: UnitOfWork, view: View) -> View:
    """Keep a view; one of the same name and owner is replaced."""
    if not view.name.strip():
        raise DomainError(_("The view has no name; give it one."), field="name")
    delete_view(uow, view)
    owner = "" if view.shared else uow.user
    value = json.dumps(view.value, ensure_ascii=False)
    row = {"kind": view.kind, "name": view.name.strip(), "owner": owner, "maker": uow.user,
           "value": value}  # fmt: skip
    uow.connection.execute(insert(SAVED_VIEW).values(row))
    uow.changed("saved_view", 0)
    return view


@needs(_sharing)
def delete_view(uow: UnitOfWork, view: View) -> None:
    """Forget a view; the records it showed stay.

    Raises DomainError for a shared one unless its maker or an administrator asks.
    """
    table = SAVED_VIEW
    owner = "" if view.shared else uow.user
    if view.shared:
        _require_maker(uow, view)
    uow.connection.execute(
        sql_delete(table).where(
            table.c.kind == view.kind, table.c.name == view.name, table.c.owner == owner
        )
    )
    uow.changed("saved_view", 0)


def _require_maker(uow: UnitOfWork, view: View) -> None:
    table, person = SAVED_VIEW, TABLES["user"]
    query = select(table.c.maker).where(
        table.c.kind == view.kind, table.c.name == view.name, table.c.owner == ""
    )
    maker = uow.connection.execute(query).scalar_one_or_none()
    role = select(person.c.role).where(person.c.name == uow.user)
    if not maker or maker == uow.user:
        return
    if uow.connection.execute(role).scalar_one_or_none() != "administrator":
        message = _("“{name}” was shared by {maker}; only they or an administrator may change it.")
        raise DomainError(message, field="name", name=view.name, maker=maker)
