"""Revisions of a quotation: each is kept as it was sent, one of them holds and bears the number.

Every revision is a quotation of its own, so mails, archived papers and orders belong to the one
they were made from. Those that no longer hold are archived and in the state ``replaced``.
"""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import RowMapping, select

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import drafting, follow_ups, proposals, stored
from controllers.documents.stored import Stored
from models.storage.tables import TABLES
from models.values.documents import Draft, Line
from models.values.errors import DomainError, NotFoundError
from models.values.reasons import COPIED, reason
from models.values.states import QUOTATION_STATES
from resources.languages import marked as _

KIND = "quotation"

_COLUMNS = ("id", "revision", "stored_state", "valid_until", "date", "sent_at", "currency", "total",
            "revision_note", "frozen")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision as a list of them shows it."""

    id: int
    revision: int
    state: str
    date: dt.date
    sent_at: dt.datetime | None
    currency: str
    total: Decimal
    note: str
    """Why it was made; empty for the first."""
    was_offered: bool
    """A customer has it; others were given up before that."""
    holds: bool
    """It bears the number; what it says is what is offered."""


def revisions(uow: UnitOfWork, key: str | int) -> tuple[Revision, ...]:
    """All revisions of a quotation, the newest first."""
    return _all(uow, stored.find(uow, KIND, key))


def _all(uow: UnitOfWork, document: Stored) -> tuple[Revision, ...]:
    table = TABLES[KIND]
    query = select(*(table.c[each] for each in _COLUMNS)).where(
        stored.of_one_quotation(document.row)
    )
    rows = uow.connection.execute(query.order_by(table.c.revision.desc())).mappings()
    return tuple(_revision(uow, row) for row in rows)


def _revision(uow: UnitOfWork, row: RowMapping) -> Revision:
    return Revision(
        row["id"], row["revision"], stored.shown_state(uow, row), row["date"], row["sent_at"],
        row["currency"], row["total"], row["revision_note"] or "", row["frozen"] is not None,
        row["stored_state"] != "replaced",
    )  # fmt: skip


@needs("documents.change")
def revise(uow: UnitOfWork, key: str | int, reason: str = "") -> Draft:
    """A new revision to write, with the lines, prices and proposal that were offered; it holds from
    now on.

    What was offered is kept as it is. DomainError where there is nothing sent to revise.
    """
    document = stored.find(uow, KIND, key)
    QUOTATION_STATES.check_move(document.name, document.draft.state, "replaced")
    _replace(uow, document)
    follow_ups.settle(uow, document.id)
    fresh = _fresh(uow, document)
    links = stored.link_ids(uow, fresh)
    priced = drafting.settled(uow, fresh)
    head = stored.insert_document(
        uow,
        KIND,
        priced,
        links,
        first_id=document.row["first_id"] or document.id,
        revision_note=reason or None,
    )
    proposals.take_along(uow, document.id, head)
    return replace(priced.draft, id=head)


def _replace(uow: UnitOfWork, document: Stored) -> None:
    """It holds no longer: the number goes on to another."""
    stored.set_columns(uow, KIND, document, stored_state="replaced", archived=True, number=None)


def _fresh(uow: UnitOfWork, document: Stored) -> Draft:
    """A draft of today with what was offered; it stays open as many days as before."""
    old = document.draft
    days = uow.settings.valid_days
    if old.valid_until is not None:
        days = (old.valid_until - old.date).days
    return replace(
        old, id=None, version=1, state="draft", revision=_all(uow, document)[0].revision + 1,
        date=uow.today, valid_until=drafting.days_after(uow.today, days),
        lines=_as_offered(uow, old),
    )  # fmt: skip


def _as_offered(uow: UnitOfWork, old: Draft) -> tuple[Line, ...]:
    """The lines with the prices that were offered: pinned where the book has others by now."""
    loose = tuple(replace(line, id=None) for line in old.lines)
    today = drafting.settled(uow, replace(old, date=uow.today, lines=loose)).draft.lines
    why = reason(COPIED, number=f"{old.number} R{old.revision}")
    return tuple(
        line if line.pinned or line.unit_price == now.unit_price
        else replace(line, pinned=True, price_reason=why)
        for line, now in zip(loose, today, strict=True)
    )  # fmt: skip


@needs("documents.change")
def take_back(uow: UnitOfWork, key: str | int) -> Draft:
    """Give up a revision that was not sent; what was offered before holds again.

    DomainError where the quotation is no draft, or its first revision.
    """
    document = stored.find(uow, KIND, key)
    if document.draft.state != "draft" or document.row["first_id"] is None:
        message = _("{number} has no unsent revision to take back; revise it first.")
        raise DomainError(message, field="revision", number=document.name)
    offered = [each.revision for each in _all(uow, document) if each.was_offered]
    return let_hold(uow, document, offered[0]).draft


def let_hold(uow: UnitOfWork, document: Stored, revision: int) -> Stored:
    """Let another revision that was offered hold in the place of this one, which is closed.

    NotFoundError names the revisions there are; DomainError where this one is accepted already.
    """
    if document.draft.state != "draft":
        QUOTATION_STATES.check_move(document.name, document.draft.state, "replaced")
    offered = {each.revision: each.id for each in _all(uow, document) if each.was_offered}
    if revision not in offered:
        message = _("{number} has no sent revision {revision}; it has {known}.")
        known = ", ".join(map(str, sorted(offered))) or "–"
        raise NotFoundError(
            message, field="revision", number=document.name, revision=revision, known=known
        )
    number = document.draft.number
    _replace(uow, document)
    other = stored.find(uow, KIND, offered[revision])
    stored.set_columns(uow, KIND, other, stored_state="sent", archived=False, number=number)
    return stored.find(uow, KIND, other.id)
