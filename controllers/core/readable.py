"""Which columns a unit of work may name: all but those that only people with a right may see."""

from typing import Any

from sqlalchemy import ColumnElement

from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES
from models.system.kinds import KINDS
from models.values.errors import DomainError
from models.values.fields import RecordKind
from resources.languages import marked as _


def hidden(kind: RecordKind) -> frozenset[str]:
    """The columns of a kind that not everybody may see."""
    return frozenset(each.column for each in kind.stored if each.restricted)


def columns(kind: str, *, sees_cost: bool) -> list[ColumnElement[Any]]:
    """The columns of a kind's table that a statement may name."""
    left_out = frozenset() if sees_cost else hidden(KINDS[kind])
    return [each for each in TABLES[kind].c if each.name not in left_out]


def written(uow: UnitOfWork, kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row without what who acts may not write; the database gives it these columns itself."""
    if uow.may("cost.see"):
        return row
    left_out = hidden(KINDS[kind])
    return {name: value for name, value in row.items() if name not in left_out}


def refuse_hidden(uow: UnitOfWork, kind: RecordKind, names: Any) -> None:
    """Raise DomainError where somebody gives a value to what they may not see."""
    for name in names:
        if kind[name].restricted and not uow.may("cost.see"):
            message = _("Your role may not see “{label}”; ask your administrator.")
            raise DomainError(message, field=name, label=kind[name].label)
