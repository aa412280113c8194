"""Proposals: what goes around a quotation, kept with it, looked at, and printed as one PDF."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update

from controllers.core import reach
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import (
    attachments,
    bilingual,
    drafting,
    paper,
    proposal_json,
    proposal_parts,
    seal,
    stored,
)
from controllers.documents.stored import Stored
from models.storage.tables import PROPOSAL, TABLES
from models.values.errors import ConflictError, DomainError
from models.values.proposals import NOTHING, Proposal
from models.values.states import QUOTATION_STATES
from reports.documents.data import SalesDocument
from reports.documents.proposal.data import ProposalDocument
from resources.languages import marked as _

KIND = "quotation"

_OF_EVERY_LANGUAGE = ("picture", "stationery", "appendix")

Paper = SalesDocument | ProposalDocument


class Choice(NamedTuple):
    """A text block of the library as it is offered for a proposal."""

    code: str
    title: str
    purpose: str
    text: str


class Around(NamedTuple):
    """What goes around a quotation, with files by name that are not attached to it yet."""

    proposal: Proposal
    files: Mapping[str, bytes]


def blocks(uow: UnitOfWork, language: str) -> tuple[Choice, ...]:
    """The text blocks in a language, by title; pictures have none and are offered in each."""
    table = TABLES["text_block"]
    query = (
        select(table.c.code, table.c.title, table.c.purpose, table.c.text)
        .where(table.c.archived.is_(False))
        .where((table.c.language == language) | table.c.purpose.in_(_OF_EVERY_LANGUAGE))
        .order_by(table.c.title_key, table.c.id)
    )
    rows = uow.connection.execute(query)
    return tuple(Choice(row.code, row.title, row.purpose, row.text or "") for row in rows)


def of_quotation(uow: UnitOfWork, key: str | int) -> Proposal:
    """The proposal of a quotation; an empty one where nothing goes around it."""
    return _of(uow, stored.find(uow, KIND, key).id)


def _of(uow: UnitOfWork, quotation: int) -> Proposal:
    query = select(PROPOSAL.c.value).where(PROPOSAL.c.quotation_id == quotation)
    found = uow.connection.execute(query).scalar_one_or_none()
    return proposal_json.read(json.loads(found)) if found else NOTHING


def shown(uow: UnitOfWork, key: str | int) -> dict[str, Any]:
    """A proposal for scripts, with its quotation and the files attached to it."""
    document = stored.find(uow, KIND, key)
    found = attachments.of_document(uow, KIND, document.id)
    return {
        "quotation": document.name, "state": document.draft.state,
        "language": document.draft.language, **proposal_json.as_json(_of(uow, document.id)),
        "files": [each.name for each in found if each.purpose == "proposal"],
    }  # fmt: skip


@needs("documents.change")
def keep(
    uow: UnitOfWork, key: str | int, proposal: Proposal, files: Mapping[str, bytes] | None = None,
    *, before: Proposal | None = None,
) -> Proposal:  # fmt: skip
    """Keep what goes around a draft; `files` are attached to it by name, anew where it has them.

    `before` is what was around it when it was opened. ConflictError where somebody kept something
    else since; DomainError, with nothing kept, where it is no draft any more, where a part names
    what is not there, or a file cannot be printed.
    """
    document = stored.find(uow, KIND, key)
    reach.require_changeable(uow, KIND, document.id, document.name)
    _require_untouched(uow, document, before)
    if document.draft.state != "draft":
        message = _("{number} is {state} and can no longer be changed; make a revision of it.")
        state = QUOTATION_STATES.labels[document.draft.state]
        raise DomainError(message, field="state", number=document.name, state=state)
    for name, content in (files or {}).items():
        _attach(uow, document.id, name, content)
    _document(uow, document, proposal)
    _store(uow, document.id, proposal)
    uow.changed(KIND, document.id)
    return proposal


def _require_untouched(uow: UnitOfWork, document: Stored, before: Proposal | None) -> None:
    if before is None or _of(uow, document.id) == before:
        return
    query = select(PROPOSAL.c.who).where(PROPOSAL.c.quotation_id == document.id)
    message = _("{who} changed the proposal of {number} meanwhile; keep yours or take theirs.")
    who = uow.connection.execute(query).scalar_one_or_none() or "–"
    raise ConflictError(message, who=who, number=document.name)


def _attach(uow: UnitOfWork, quotation: int, name: str, content: bytes) -> None:
    for each in attachments.of_document(uow, KIND, quotation):
        if (each.name, each.purpose) == (attachments.stored_name(name), "proposal"):
            attachments.remove(uow, each.id)
    attachments.add(uow, KIND, quotation, name, content, "proposal")


def _store(uow: UnitOfWork, quotation: int, proposal: Proposal) -> None:
    value = json.dumps(proposal_json.as_json(proposal), ensure_ascii=False)
    values = {"value": value, "changed_at": uow.now, "who": uow.user}
    changed = update(PROPOSAL).where(PROPOSAL.c.quotation_id == quotation)
    if not uow.connection.execute(changed, values).rowcount:
        uow.connection.execute(insert(PROPOSAL).values(quotation_id=quotation, **values))


def take_along(uow: UnitOfWork, old: int, new: int) -> None:
    """Give a copy or revision of a quotation its proposal, with the files it is made of."""
    proposal = _of(uow, old)
    if proposal != NOTHING:
        attachments.take_along(uow, KIND, old, new)
        _store(uow, new, proposal)


# Paper


def plain_document(uow: UnitOfWork, key: str | int) -> SalesDocument:
    """A quotation alone as it is set on paper, in the customer's language and the second one."""
    found = stored.find(uow, KIND, key)
    return _quotation(uow, found, _of(uow, found.id))


def unsaved_document(uow: UnitOfWork, unsaved: Stored, around: Around | None = None) -> Paper:
    """A draft as it is typed, with what goes around it: as it is kept, or as it would be."""
    proposal, files = around or Around(_of(uow, unsaved.draft.id or 0), {})
    return _document(uow, unsaved, proposal, files)


def _quotation(uow: UnitOfWork, found: Stored, proposal: Proposal) -> SalesDocument:
    priced = drafting.priced(uow, found)
    made = seal.sealed(uow, paper.sales_document(uow, found, priced))
    texts = dict(proposal.translations)
    return bilingual.spoken_twice(uow, found, priced, made, proposal.second_language, texts)


def document(uow: UnitOfWork, key: str | int) -> Paper:
    """What is handed out for a quotation: its proposal, or the quotation where it has none."""
    found = stored.find(uow, KIND, key)
    return _document(uow, found, _of(uow, found.id))


def _document(
    uow: UnitOfWork, found: Stored, proposal: Proposal, files: Mapping[str, bytes] | None = None
) -> Paper:
    made = _quotation(uow, found, proposal)
    if proposal.is_bare:
        return made
    library = proposal_parts.Library(uow, found.draft.id or 0, files or {})
    return proposal_parts.document(library, proposal, found.draft, made)
