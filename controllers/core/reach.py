"""Which records a person may see and change, asked for one record.

A shared database keeps people apart by itself; there these questions only find a clear sentence
before it refuses.
"""

from sqlalchemy import ColumnElement, Table, and_, or_, text, true

from controllers.core.unit_of_work import UnitOfWork
from models.storage.scopes import SCOPED
from models.system.kinds import KINDS, LINES
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


def of_documents(uow: UnitOfWork, table: Table, action: str = "see") -> ColumnElement[bool]:
    """What holds of the rows of a table whose documents a person may ``see`` or ``change``."""
    if uow.person.is_kept_apart:
        return true()
    return or_(*(_of_document(uow, table, kind, action) for kind in LINES))


def _of_document(uow: UnitOfWork, table: Table, kind: str, action: str) -> ColumnElement[bool]:
    condition, values = uow.person.reaches(kind, action, "t")
    if not condition:
        return table.c.document == kind
    names = {f"{kind}_{action}_{at}": value for at, value in enumerate(values)}
    for name in names:
        condition = condition.replace("?", f":{name}", 1)
    there = (
        f"{table.name}.document = '{kind}' AND EXISTS (SELECT 1 FROM {KINDS[kind].table} t "
        f"WHERE t.id = {table.name}.document_id AND {condition})"
    )
    return and_(text(there).bindparams(**names))


def require_changeable(uow: UnitOfWork, kind: str, record_id: int, name: str) -> None:
    """Raise DomainError unless a person may change a record, or write it as it now is."""
    if kind not in SCOPED:
        return
    if not _holds(uow, kind, record_id, *uow.person.reaches(kind, "change", "t")):
        message = _("{name} is not among the records you may change; ask its owner, or your "
                    "administrator.")  # fmt: skip
        raise DomainError(message, field="owner", name=name)
