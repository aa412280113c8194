"""Which records a person may see and change, asked for one record.

A shared database keeps people apart by itself; there these questions only find a clear sentence
before it refuses.
"""

from controllers.core.unit_of_work import UnitOfWork
from models.storage.scopes import SCOPED
from models.system.kinds import KINDS
from models.values.errors import DomainError
from resources.languages import marked as _


def is_shown(uow: UnitOfWork, kind: str, record_id: int) -> bool:
    """Whether a person may see a record that is there."""
    return _holds(uow, kind, record_id, *uow.person.shown(kind, "t"))


def _holds(
    uow: UnitOfWork, kind: str, record_id: int, condition: str, values: list[object]
) -> bool:
    if not condition:
        return True
    statement = f"SELECT 1 FROM {KINDS[kind].table} t WHERE t.id = ? AND {condition}"
    found = uow.connection.exec_driver_sql(statement, (record_id, *values))
    return found.first() is not None


def require_changeable(uow: UnitOfWork, kind: str, record_id: int, name: str) -> None:
    """Raise DomainError unless a person may change a record, or write it as it now is."""
    if kind not in SCOPED:
        return
    if not _holds(uow, kind, record_id, *uow.person.reaches(kind, "change", "t")):
        message = _("{name} is not among the records you may change; ask its owner, or your "
                    "administrator.")  # fmt: skip
        raise DomainError(message, field="owner", name=name)
