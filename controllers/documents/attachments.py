"""Files people put to a document: a signed copy, the customer's order, a signed delivery note.

Products and text blocks have files too: sheets, stationery and appendices that proposals take in.
Whatever a proposal takes in is looked through when it is put there.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, literal, or_, select

from controllers.core.permitted import needs
from controllers.core.reach import of_documents
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import proposal_files
from models.storage.tables import ATTACHMENT
from models.system.kinds import KINDS, LIBRARY, LINES
from models.values import permissions
from models.values.errors import DomainError, NotFoundError
from resources.languages import marked as _

LARGEST = 25 * 2**20
"""Bytes of one file."""

PURPOSES = {
    "acceptance": _("Acceptance"),
    "purchase_order": _("Customer's order"),
    "delivery_note": _("Signed delivery note"),
    "proposal": _("Part of the proposal"),
    "sheet": _("Product sheet"),
    "other": _("Other"),
}

PRINTED = ("proposal", "sheet")
"""The purposes of files that proposals take in."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file without its content."""

    id: int
    name: str
    purpose: str
    bytes: int
    who: str
    at: dt.datetime


def _to_add(kind: str = "", *_more: Any, **_named: Any) -> str:
    """The permission to put files to a kind of record."""
    return permissions.change(kind) if kind in LIBRARY else "papers.send"


@needs(_to_add)
def add(
    uow: UnitOfWork, kind: str, document_id: int, name: str, content: bytes, purpose: str = "other"
) -> int:
    """Put a file to a document, product or text block; answers its id.

    DomainError where it is empty or too large, or goes into a proposal and cannot be printed.
    """
    if kind not in (*LINES, *LIBRARY) or purpose not in PURPOSES:
        raise DomainError(_("Files belong to a document; name one."), field="file")
    if not content or len(content) > LARGEST:
        message = _("{name} is empty or larger than {most} MB; put a smaller file there.")
        raise DomainError(message, field="file", name=name, most=LARGEST // 2**20)
    if kind in LINES:
        _require_reached(uow, kind, document_id)
    if kind in LIBRARY or purpose in PRINTED:
        proposal_files.check(name, content)
    result = uow.connection.execute(
        insert(ATTACHMENT).values(
            created_at=uow.now, document=kind, document_id=document_id, purpose=purpose,
            name=stored_name(name), content=content,
            sha256=hashlib.sha256(content).hexdigest(), who=uow.user,
        )
    )  # fmt: skip
    (record_id,) = result.inserted_primary_key or (0,)
    uow.changed(kind, document_id)
    return int(record_id)


def _require_reached(uow: UnitOfWork, kind: str, document_id: int) -> None:
    """Raise DomainError unless a person may send papers about a document."""
    table = KINDS[kind].table
    condition, values = uow.person.within("papers.send", kind, "t")
    there = f"SELECT 1 FROM {table} t WHERE t.id = ?" + (f" AND {condition}" if condition else "")
    if uow.connection.exec_driver_sql(there, (document_id, *values)).first() is None:
        message = _("{kind} {key} is not among the documents whose papers you may issue; ask its "
                    "owner, or your administrator.")  # fmt: skip
        raise DomainError(message, field="file", kind=KINDS[kind].label, key=document_id)


def stored_name(name: str) -> str:
    """The name a file is kept under: the end of a long one, never a path."""
    return name.replace("/", "-").replace("\\", "-")[-120:]


def _seen(uow: UnitOfWork) -> ColumnElement[bool]:
    """The files a person may see: of their documents, and of all products and text blocks."""
    return or_(ATTACHMENT.c.document.in_(LIBRARY), of_documents(uow, ATTACHMENT))


def of_document(uow: UnitOfWork, kind: str, document_id: int) -> tuple[Attachment, ...]:
    """The files of a document, the oldest first."""
    from sqlalchemy import func

    columns = ATTACHMENT.c
    query = (
        select(columns.id, columns.name, columns.purpose, func.length(columns.content),
               columns.who, columns.created_at)
        .where(columns.document == kind, columns.document_id == document_id)
        .where(_seen(uow))
        .order_by(columns.id)
    )  # fmt: skip
    return tuple(Attachment(*row) for row in uow.connection.execute(query))


def content(uow: UnitOfWork, key: int) -> tuple[str, bytes]:
    """Name and bytes of a file; DomainError where it was tampered with."""
    columns = ATTACHMENT.c
    query = select(columns.name, columns.content, columns.sha256).where(
        columns.id == key, _seen(uow)
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
    row = uow.connection.execute(query.where(_seen(uow))).one_or_none()
    if row is None:
        raise NotFoundError(_("There is no such file any more."), field="file")
    permissions.require(uow.person.role, _to_add(row.document))
    if row.document in LINES:
        _require_reached(uow, row.document, row.document_id)
    uow.connection.execute(delete(ATTACHMENT).where(columns.id == key))
    uow.changed(row.document, row.document_id)


def take_along(uow: UnitOfWork, kind: str, old: int, new: int) -> None:
    """Give a document the files that another one's proposal is made of."""
    columns = ATTACHMENT.c
    same = ("document", "purpose", "name", "sha256", "content")
    kept = select(
        literal(uow.now, columns.created_at.type), literal(new), literal(uow.user),
        *(columns[each] for each in same),
    ).where(
        columns.document == kind, columns.document_id == old, columns.purpose == "proposal",
        of_documents(uow, ATTACHMENT),
    )  # fmt: skip
    names = ("created_at", "document_id", "who", *same)
    uow.connection.execute(insert(ATTACHMENT).from_select(names, kept))
