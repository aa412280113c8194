"""Files people put to a document: a signed copy, the customer's order, a signed delivery note."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from controllers.core.permitted import needs
from controllers.core.reach import of_documents
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import ATTACHMENT
from models.system.kinds import LINES
from models.values.errors import DomainError, NotFoundError
from resources.languages import marked as _

LARGEST = 25 * 2**20
"""Bytes of one file."""

PURPOSES = {
    "acceptance": _("Acceptance"),
    "purchase_order": _("Customer's order"),
    "delivery_note": _("Signed delivery note"),
    "other": _("Other"),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file without its content."""

    id: int
    name: str
    purpose: str
    bytes: int
    who: str
    at: dt.datetime


@needs("papers.send")
def add(
    uow: UnitOfWork, kind: str, document_id: int, name: str, content: bytes, purpose: str = "other"
) -> int:
    """Put a file to a document; answers its id. DomainError where it is empty or too large."""
    if kind not in LINES or purpose not in PURPOSES:
        raise DomainError(_("Files belong to a document; name one."), field="file")
    if not content or len(content) > LARGEST:
        message = _("{name} is empty or larger than {most} MB; put a smaller file there.")
        raise DomainError(message, field="file", name=name, most=LARGEST // 2**20)
    result = uow.connection.execute(
        insert(ATTACHMENT).values(
            created_at=uow.now, document=kind, document_id=document_id, purpose=purpose,
            name=name.replace("/", "-").replace("\\", "-")[-120:], content=content,
            sha256=hashlib.sha256(content).hexdigest(), who=uow.user,
        )
    )  # fmt: skip
    (record_id,) = result.inserted_primary_key or (0,)
    uow.changed(kind, document_id)
    return int(record_id)


def of_document(uow: UnitOfWork, kind: str, document_id: int) -> tuple[Attachment, ...]:
    """The files of a document, the oldest first."""
    from sqlalchemy import func

    columns = ATTACHMENT.c
    query = (
        select(columns.id, columns.name, columns.purpose, func.length(columns.content),
               columns.who, columns.created_at)
        .where(columns.document == kind, columns.document_id == document_id)
        .where(of_documents(uow, ATTACHMENT))
        .order_by(columns.id)
    )  # fmt: skip
    return tuple(Attachment(*row) for row in uow.connection.execute(query))


def content(uow: UnitOfWork, key: int) -> tuple[str, bytes]:
    """Name and bytes of a file; DomainError where it was tampered with."""
    columns = ATTACHMENT.c
    query = select(columns.name, columns.content, columns.sha256).where(
        columns.id == key, of_documents(uow, ATTACHMENT)
    )
    row = uow.connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(_("There is no such file any more."), field="file")
    if hashlib.sha256(row.content).hexdigest() != row.sha256:
        message = _("{name} was changed after it was put there; restore a backup.")
        raise DomainError(message, name=row.name)
    return row.name, bytes(row.content)


@needs("papers.send")
def remove(uow: UnitOfWork, key: int) -> None:
    """Take a file away again."""
    columns = ATTACHMENT.c
    query = select(columns.document, columns.document_id).where(columns.id == key)
    row = uow.connection.execute(query.where(of_documents(uow, ATTACHMENT))).one_or_none()
    if row is None:
        raise NotFoundError(_("There is no such file any more."), field="file")
    uow.connection.execute(delete(ATTACHMENT).where(columns.id == key))
    uow.changed(row.document, row.document_id)
