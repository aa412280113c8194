"""Quotations: written, sent, decided, and turned into orders."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import (
    approvals,
    attachments,
    drafting,
    follow_ups,
    frozen,
    numbering,
    orders,
    proposals,
    revisions,
    stored,
)
from controllers.documents.drafting import Opened, Shown
from controllers.documents.stored import Stored
from models.storage.tables import TABLES
from models.system.kinds import KINDS
from models.values.documents import Draft
from models.values.errors import ConflictError, DomainError
from models.values.parsing import checked
from models.values.states import QUOTATION_STATES
from reports.documents.data import SalesDocument
from resources.languages import marked as _

KIND = "quotation"


@dataclass(frozen=True, slots=True)
class Repriced:
    """What pricing a line anew would change; `row` counts from zero."""

    row: int
    sku: str
    old_price: Decimal
    new_price: Decimal
    reason: str


@needs("documents.change")
def new(uow: UnitOfWork, draft: Draft) -> Draft:
    """Save a quotation that is not in the database yet; it has an id, but no number until sent.

    A draft may still lack prices; it is only sent with all of them.
    Raises NotFoundError or DomainError at the field of what does not fit.
    """
    links = stored.link_ids(uow, draft)
    fresh = replace(draft, kind=KIND, id=None, number="", revision=1, state="draft", version=1)
    drafting.check(fresh, lines=False)
    priced = drafting.settled(uow, fresh)
    return replace(priced.draft, id=stored.insert_document(uow, KIND, priced, links))


@needs("documents.change")
def save(uow: UnitOfWork, draft: Draft) -> Draft:
    """Save a draft anew; prices as `drafting.settled` says. Without an id it is a new one.

    ConflictError, with the differences as facts, where somebody else saved meanwhile;
    DomainError where it is no draft any more.
    """
    if draft.id is None:
        return new(uow, draft)
    links = stored.link_ids(uow, draft)
    drafting.check(draft, lines=False)
    priced = drafting.settled(uow, draft)
    if not stored.replace_document(uow, KIND, priced, links):
        raise _not_saved(draft, stored.find(uow, KIND, draft.id))
    return replace(priced.draft, version=draft.version + 1)


def _not_saved(draft: Draft, theirs: Stored) -> DomainError:
    if theirs.draft.state != "draft":
        message = _("{number} is {state} and can no longer be changed; make a copy of it.")
        state = QUOTATION_STATES.labels[theirs.draft.state]
        return DomainError(message, field="state", number=theirs.name, state=state)
    message = _(
        "The draft {number} was changed by somebody else meanwhile ({fields}); "
        "compare and save again."
    )
    found = stored.differences(draft, theirs.draft)
    return ConflictError(
        message, number=theirs.name, fields=", ".join(found[:8]) or "–", differences=found
    )


def show(uow: UnitOfWork, key: str | int) -> Draft:
    """A quotation by its number or id."""
    return stored.find(uow, KIND, key).draft


def shown(uow: UnitOfWork, key: str | int) -> Shown:
    """A quotation with its figures and what happened to it."""
    document = stored.find(uow, KIND, key)
    return Shown(
        drafting.priced(uow, document),
        sent_at=document.row["sent_at"],
        decided_at=document.row["decided_at"],
        decision_note=document.row["decision_note"] or "",
        order=orders.number_of(uow, document.id),
    )


def opened(uow: UnitOfWork, key: str | int) -> Opened:
    """A quotation with all the editor needs."""
    return drafting.reopened(uow, stored.find(uow, KIND, key))


@needs("documents.change")
def copy(uow: UnitOfWork, key: str | int) -> Draft:
    """A new draft with the lines, terms and proposal of another quotation, dated today and priced
    anew.
    """
    source = stored.find(uow, KIND, key).draft
    fresh = drafting.new_draft(uow, source.account)
    lines = tuple(replace(line, id=None) for line in source.lines)
    dated = replace(
        source, date=fresh.date, valid_until=fresh.valid_until, owner=fresh.owner, lines=lines
    )
    made = new(uow, dated)
    proposals.take_along(uow, source.id or 0, made.id or 0)
    return made


@needs("documents.change")
def send(uow: UnitOfWork, key: str | int) -> Draft:
    """Issue a quotation: it draws its number and keeps letterhead, party and tax of the day.

    A later revision keeps the number of the first. DomainError where it has no line with a price,
    or is no draft.
    """
    document = stored.find(uow, KIND, key)
    QUOTATION_STATES.check_move(document.name, document.draft.state, "sent")
    number = document.draft.number if document.row["first_id"] else ""
    if not any(line.counts and not line.optional for line in document.draft.lines):
        message = _("The quotation {number} has no line to be sold yet; add one.")
        raise DomainError(message, field="lines", number=document.name)
    drafting.check(document.draft)
    approvals.require(uow, document)
    follow_ups.plan(uow, document)
    return stored.set_columns(
        uow, KIND, document,
        frozen=json.dumps(frozen.now(uow, document.draft), ensure_ascii=False),
        stored_state="sent", sent_at=uow.now,
        number=number or numbering.draw(uow, KIND, document.draft.date),
    )  # fmt: skip


@needs("documents.change")
def accept(
    uow: UnitOfWork,
    key: str | int,
    note: str = "",
    revision: int = 0,
    *,
    options: Collection[int] = (),
    alternative: str = "",
    by: str = "",
    how: str = "",
    copy: tuple[str, bytes] | None = None,
) -> Draft:
    """The customer accepts: the quotation is closed and becomes an order, in one transaction.

    An expired or declined one may still be accepted; that is noted with it. `revision` names an
    earlier one where that is what the customer accepts; then it holds and the others are closed.
    `options` names the optional lines they take too, by their place from one; `alternative` which
    of several they choose; `by` and `how` who accepted and by what way, one of `DECIDED_HOW`;
    `copy` the name and content of the paper they signed.
    """
    document = stored.find(uow, KIND, key)
    if document.draft.state == "replaced":
        revision = revision or document.draft.revision
        document = stored.find(uow, KIND, document.draft.number)
    if revision and revision != document.draft.revision:
        document = revisions.let_hold(uow, document, revision)
    _check_options(document, options)
    _check_alternative(document, alternative)
    told = note or _late(uow, document)
    accepted = _decide(uow, document, "accepted", told, by=by, how=how)
    if copy is not None:
        attachments.add(uow, KIND, document.id, *copy, "acceptance")
    orders.from_quotation(uow, document, options, alternative=alternative)
    return accepted


def _check_alternative(document: Stored, wanted: str) -> None:
    known = list(dict.fromkeys(each.alternative for each in document.draft.lines))
    named = [each for each in known if each]
    if wanted and wanted.casefold() not in (each.casefold() for each in named):
        message = _("{number} has no alternative “{name}”; it has {known}.")
        raise DomainError(
            message, field="alternative", number=document.name, name=wanted,
            known=", ".join(named) or "–",
        )  # fmt: skip


def _check_options(document: Stored, options: Collection[int]) -> None:
    known = {at for at, line in enumerate(document.draft.lines, 1) if line.optional}
    wrong = sorted(set(options) - known)
    if wrong:
        message = _("Line {line} of {number} is not optional; there are {known}.")
        listed = ", ".join(map(str, sorted(known))) or "–"
        raise DomainError(
            message, field="options", line=wrong[0], number=document.name, known=listed
        )


def _late(uow: UnitOfWork, document: Stored) -> str:
    """What is noted with an acceptance that comes after the offer's end."""
    today, draft = uow.today.isoformat(), document.draft
    if draft.state == "expired" and draft.valid_until is not None:
        return f"{draft.valid_until.isoformat()} → {today}"
    if draft.state == "declined":
        return f"{document.row['decision_note'] or ''} → {today}".strip()
    return ""


@needs("documents.change")
def decline(
    uow: UnitOfWork, key: str | int, reason: str = "", *, lost: str = "", by: str = "",
    how: str = "",
) -> Draft:  # fmt: skip
    """The customer declines; the reason is kept, and `lost` as one of `LOST_REASONS`."""
    document = stored.find(uow, KIND, key)
    return _decide(uow, document, "declined", reason, by=by, how=how, lost=lost)


def _decide(
    uow: UnitOfWork, document: Stored, state: str, note: str, *, by: str = "", how: str = "",
    lost: str = "",
) -> Draft:  # fmt: skip
    QUOTATION_STATES.check_move(document.name, document.draft.state, state)
    follow_ups.settle(uow, document.id)
    for name, value in (("decided_how", how), ("lost_reason", lost)):
        checked(KINDS[KIND][name], value)
    return stored.set_columns(
        uow, KIND, document, stored_state=state, decided_at=uow.now, decision_note=note or None,
        decided_by=by or None, decided_how=how or None, lost_reason=lost or None,
    )  # fmt: skip


@needs("documents.change")
def order(uow: UnitOfWork, key: str | int) -> Draft:
    """The order of a quotation; one that is not accepted yet is accepted by it. Never a second."""
    document = stored.find(uow, KIND, key)
    number = orders.number_of(uow, document.id)
    if not number:
        accept(uow, document.id)
        number = orders.number_of(uow, document.id)
    return orders.show(uow, number)


def reprice(uow: UnitOfWork, draft: Draft) -> tuple[Repriced, ...]:
    """What the price book would change, also in lines whose price was set by hand."""
    loose = replace(draft, lines=tuple(replace(line, pinned=False) for line in draft.lines))
    priced = drafting.settled(uow, loose)
    return tuple(
        Repriced(row, new.sku, old.unit_price, new.unit_price, new.price_reason)
        for row, (old, new) in enumerate(zip(draft.lines, priced.draft.lines, strict=True))
        if old.unit_price != new.unit_price
    )


def document(uow: UnitOfWork, key: str | int) -> SalesDocument:
    """A quotation alone as it is set on paper, in the customer's language."""
    return proposals.plain_document(uow, key)


def quotations_of(uow: UnitOfWork, account: str, limit: int = 20) -> tuple[str, ...]:
    """The numbers of the newest quotations to an account; drafts by their ids."""
    table, accounts = TABLES[KIND], TABLES["account"]
    query = (
        select(table.c.number, table.c.id)
        .join(accounts, accounts.c.id == table.c.account_id)
        .where(accounts.c.code == account, table.c.archived.is_(False))
        .order_by(table.c.date.desc(), table.c.id.desc())
        .limit(limit)
    )
    return tuple(row.number or str(row.id) for row in uow.connection.execute(query))
