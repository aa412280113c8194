"""Approvals of quotations: asked for by rules, decided by whoever they name, kept with the figures.

A quotation that was changed needs consent again only where a figure is worse than what was agreed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, and_, insert, select, update

from controllers.core import reach
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import approval_mails, drafting, margins, stored
from controllers.documents.stored import Stored
from models.rules import approval
from models.rules.approval import MARGIN, Hit, Rule
from models.storage.tables import DELEGATION, TABLES
from models.values.documents import Priced
from models.values.errors import DomainError
from models.values.roles import ROLES
from models.values.states import APPROVAL_STATES
from resources.languages import marked as _

KIND = "approval"


@dataclass(frozen=True, slots=True)
class Approval:
    """One question and its answer."""

    id: int
    quotation: int
    rule: str
    measure: str
    threshold: Decimal
    figure: Decimal | None
    level: int
    who: str
    """The label of the role, or the name of the person, who decides."""
    state: str
    asked_by: str
    asked_at: dt.datetime | None
    decided_by: str
    decided_at: dt.datetime | None
    comment: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a quotation stands: what still needs consent, and what was decided."""

    open: tuple[Hit, ...]
    """Rules nobody agreed to yet; those asked for already are among `approvals`."""
    approvals: tuple[Approval, ...]

    @property
    def state(self) -> str:
        """``none`` needed, ``needed``, ``waiting``, ``approved`` or ``refused``."""
        if not self.open:
            return "approved" if any(e.state == "approved" for e in self.approvals) else "none"
        newest = {each.rule: each.state for each in self.approvals}
        states = {newest.get(each.rule.name, "needed") for each in self.open}
        found = (each for each in ("refused", "waiting") if each in states)
        return next(found, "needed")


def rules(uow: UnitOfWork) -> tuple[Rule, ...]:
    """Every rule that holds."""
    table = TABLES["approval_rule"]
    query = select(table).where(table.c.archived.is_(False))
    return tuple(
        Rule(
            row["name"], row["measure"], row["threshold"],
            row["currency"] or uow.settings.currency, row["role"] or "", row["team"] or "",
            int(row["level"]), row["approver_role"] or "", row["approver_id"],
            int(row["remind_days"] or 0),
        )
        for row in uow.connection.execute(query).mappings()
    )  # fmt: skip


def needed(uow: UnitOfWork, priced: Priced) -> tuple[Hit, ...]:
    """The rules that a quotation as it is written would fall under, for a what-if as well."""
    role, team = _writer(uow, priced.draft.owner)
    return approval.hits(rules(uow), approval.figures(priced), priced.draft.currency, role, team)


def _writer(uow: UnitOfWork, owner: str) -> tuple[str, str]:
    """Role and team of whose quotation it is."""
    person = TABLES["user"]
    query = select(person.c.role, person.c.team).where(person.c.name == (owner or uow.user))
    found = uow.connection.execute(query).one_or_none()
    return (found.role or "", found.team or "") if found else (uow.person.role, "")


def standing(uow: UnitOfWork, key: str | int) -> Standing:
    """Where a quotation stands with its approvals."""
    return _standing(uow, stored.find(uow, "quotation", key))


def _standing(uow: UnitOfWork, document: Stored) -> Standing:
    rows = _rows_of_all(uow, document)
    open_hits = tuple(
        hit
        for hit in _hits(uow, document)
        if not any(_covers(uow, document, row, hit) for row in rows)
    )
    return Standing(open_hits, tuple(_approval(uow, row) for row in rows))


def _hits(uow: UnitOfWork, document: Stored) -> tuple[Hit, ...]:
    """What a stored quotation falls under; of a margin nobody here may see only that it is low."""
    priced = drafting.priced(uow, document)
    role, team = _writer(uow, document.draft.owner)
    known = approval.figures(priced)
    if uow.may("cost.see"):
        return approval.hits(rules(uow), known, document.draft.currency, role, team)
    known.pop(MARGIN, None)
    every = rules(uow)
    hidden = tuple(
        Hit(rule, None)
        for rule in every
        if rule.measure == MARGIN and rule.is_for(role, team)
        and margins.is_under(uow, document.id, rule.threshold)
    )  # fmt: skip
    return approval.hits(every, known, document.draft.currency, role, team) + hidden


def _covers(uow: UnitOfWork, document: Stored, row: RowMapping, hit: Hit) -> bool:
    """Whether somebody agreed to at least as much, for this or an earlier revision."""
    same = (row["rule_name"], row["measure"]) == (hit.rule.name, hit.rule.measure)
    if row["state"] != "approved" or not same:
        return False
    if hit.figure is None or not uow.may("cost.see"):
        return not margins.fell(uow, row["id"], document.id, hit.figure)
    agreed = row["figure"]
    return agreed is not None and hit.rule.is_no_worse(hit.figure, agreed)


def _rows_of_all(uow: UnitOfWork, document: Stored) -> Sequence[RowMapping]:
    """The questions about a quotation in all its revisions."""
    quotation = TABLES["quotation"]
    every = select(quotation.c.id).where(stored.of_one_quotation(document.row))
    return _rows(uow, list(uow.connection.execute(every).scalars()))


def _rows(uow: UnitOfWork, quotations: Sequence[int]) -> Sequence[RowMapping]:
    table = TABLES[KIND]
    columns = [each for each in table.c if each.name != "figure" or uow.may("cost.see")]
    query = select(*columns).where(table.c.quotation_id.in_(quotations))
    return uow.connection.execute(query.order_by(table.c.id)).mappings().all()


def _approval(uow: UnitOfWork, row: RowMapping) -> Approval:
    return Approval(
        row["id"], row["quotation_id"], row["rule_name"], row["measure"], row["threshold"],
        row.get("figure"), int(row["level"]), _decider(uow, row), row["state"],
        row["asked_by"] or "", row["asked_at"], row["decided_by"] or "", row["decided_at"],
        row["comment"] or "",
    )  # fmt: skip


def _decider(uow: UnitOfWork, row: RowMapping) -> str:
    if row["approver_id"] is None:
        return dict(ROLES).get(row["approver_role"], "")
    person = TABLES["user"]
    query = select(person.c.full_name, person.c.name).where(person.c.id == row["approver_id"])
    found = uow.connection.execute(query).one_or_none()
    return str(found.full_name or found.name) if found else ""


# Asking


@needs("documents.change")
def submit(uow: UnitOfWork, key: str | int) -> Standing:
    """Ask for every consent a draft needs and has not yet; none where none is needed."""
    document = stored.find(uow, "quotation", key)
    if document.draft.state != "draft":
        message = _("{number} was sent already; revise it to ask for approval.")
        raise DomainError(message, field="state", number=document.name)
    _withdraw(uow, document)
    for hit in _standing(uow, document).open:
        _ask(uow, document, hit)
    approval_mails.ask(uow, document)
    return _standing(uow, document)


def _withdraw(uow: UnitOfWork, document: Stored) -> None:
    """What waits was about the figures of then; it is asked anew about those of now."""
    table = TABLES[KIND]
    waiting = and_(table.c.quotation_id == document.id, table.c.state == "waiting")
    uow.connection.execute(table.delete().where(waiting))


def _ask(uow: UnitOfWork, document: Stored, hit: Hit) -> None:
    rule = hit.rule
    values: dict[str, Any] = {
        "quotation_id": document.id, "account_id": document.row["account_id"],
        "owner_id": document.row["owner_id"], "rule_name": rule.name, "measure": rule.measure,
        "threshold": rule.threshold, "level": rule.level, "approver_role": rule.approver_role,
        "approver_id": rule.approver, "state": "waiting", "asked_at": uow.now,
        "asked_by": uow.user, "remind_at": uow.today + dt.timedelta(rule.remind_days),
        "created_at": uow.now, "changed_at": uow.now,
    }  # fmt: skip
    if uow.may("cost.see") or rule.measure != MARGIN:
        figure = hit.figure
    else:
        figure = margins.of_file(uow, document.id)
    if uow.may("cost.see") or uow.is_embedded:
        values["figure"] = figure
    result = uow.connection.execute(insert(TABLES[KIND]).values(values))
    (record_id,) = result.inserted_primary_key or (0,)
    uow.changed(KIND, int(record_id))
    uow.changed("quotation", document.id)


def require(uow: UnitOfWork, document: Stored) -> None:
    """Raise DomainError where a quotation may not be sent yet, saying whose consent it needs."""
    found = _standing(uow, document)
    if not found.open:
        return
    message = _("{number} needs approval first ({rules}); submit it, or change it.")
    names = ", ".join(each.rule.name for each in found.open)
    raise DomainError(message, field="approval", number=document.name, rules=names)


# Deciding


def waiting_for_me(uow: UnitOfWork) -> tuple[Approval, ...]:
    """What a person is to decide now, the oldest first."""
    table = TABLES[KIND]
    columns = [each for each in table.c if each.name != "figure" or uow.may("cost.see")]
    query = select(*columns).where(table.c.state == "waiting").order_by(table.c.id)
    rows = uow.connection.execute(query).mappings().all()
    return tuple(_approval(uow, row) for row in rows if _may_decide(uow, row) is None)


@needs("approvals.decide")
def decide(uow: UnitOfWork, key: int, *, is_approved: bool, comment: str = "") -> Approval:
    """Agree to a question, or refuse it with a comment.

    DomainError where somebody else is to decide, a lower level comes first, or it is one's own.
    """
    row = _row(uow, key)
    wanted = "approved" if is_approved else "refused"
    APPROVAL_STATES.check_move(row["rule_name"], row["state"], wanted)
    refused = _may_decide(uow, row)
    if refused is not None:
        raise refused
    table = TABLES[KIND]
    uow.connection.execute(
        update(table).where(table.c.id == row["id"]).values(
            state=wanted, decided_at=uow.now, decided_by=uow.user, comment=comment or None,
            changed_at=uow.now, version=row["version"] + 1,
        )
    )  # fmt: skip
    uow.changed(KIND, row["id"])
    uow.changed("quotation", row["quotation_id"])
    _go_on(uow, row, is_approved=is_approved)
    return _approval(uow, _row(uow, key))


def _go_on(uow: UnitOfWork, row: RowMapping, *, is_approved: bool) -> None:
    """Tell the next who decides, or who asked, once everything of a level is decided."""
    table = TABLES[KIND]
    same = and_(table.c.quotation_id == row["quotation_id"], table.c.level == row["level"])
    waiting = select(table.c.id).where(same, table.c.state == "waiting").limit(1)
    if uow.connection.execute(waiting).scalar() is None and is_approved:
        approval_mails.ask(uow, stored.find(uow, "quotation", row["quotation_id"]))
    approval_mails.tell(uow, row["quotation_id"], row["asked_by"] or "")


@needs("approvals.decide")
def decide_all(
    uow: UnitOfWork, quotation: str | int, *, is_approved: bool, comment: str = ""
) -> Standing:
    """Decide every question of a quotation that a person may decide now.

    DomainError where there is none.
    """
    document = stored.find(uow, "quotation", quotation)
    done = 0
    while True:
        mine = [row for row in _rows(uow, [document.id])
                if row["state"] == "waiting" and _may_decide(uow, row) is None]  # fmt: skip
        if not mine:
            break
        decide(uow, mine[0]["id"], is_approved=is_approved, comment=comment)
        done += 1
    if not done:
        raise _nothing_to_decide(uow, document)
    return _standing(uow, document)


def _nothing_to_decide(uow: UnitOfWork, document: Stored) -> DomainError:
    for row in _rows(uow, [document.id]):
        if row["state"] == "waiting":
            refused = _may_decide(uow, row)
            if refused is not None:
                return refused
    return DomainError(_("Nothing of {number} waits for a decision."), number=document.name)


def _row(uow: UnitOfWork, key: int) -> RowMapping:
    table = TABLES[KIND]
    columns = [each for each in table.c if each.name != "figure" or uow.may("cost.see")]
    row = uow.connection.execute(
        select(*columns).where(table.c.id == key)
    ).mappings().one_or_none()  # fmt: skip
    if row is None or not reach.is_shown(uow, KIND, row["id"]):
        raise DomainError(_("There is no approval {key}."), key=key)
    return row


def _may_decide(uow: UnitOfWork, row: RowMapping) -> DomainError | None:
    """Why a person may not decide a question; None where they may."""
    if not _is_theirs(uow, row):
        message = _("{rule} is decided by {who}; ask them.")
        return DomainError(message, rule=row["rule_name"], who=_decider(uow, row))
    if row["asked_by"] == uow.user or row["owner_id"] == uow.person.id != 0:
        message = _("Nobody decides about a quotation of their own; ask somebody else.")
        return DomainError(message)
    table = TABLES[KIND]
    below = select(table.c.rule_name).where(
        table.c.quotation_id == row["quotation_id"], table.c.state == "waiting",
        table.c.level < row["level"],
    )  # fmt: skip
    first = uow.connection.execute(below.limit(1)).scalar()
    if first is not None:
        message = _("{first} is to be decided before {rule}.")
        return DomainError(message, first=first, rule=row["rule_name"])
    return None


def _is_theirs(uow: UnitOfWork, row: RowMapping) -> bool:
    """Whether a person, or somebody they stand in for, is named by the rule."""
    people = [(uow.person.id, uow.person.role), *_stood_in_for(uow)]
    return any(
        number == row["approver_id"] if row["approver_id"] is not None
        else role in (row["approver_role"], "administrator")
        for number, role in people
    )  # fmt: skip


def _stood_in_for(uow: UnitOfWork) -> list[tuple[int, str]]:
    person = TABLES["user"]
    query = (
        select(person.c.id, person.c.role)
        .select_from(DELEGATION.join(person, person.c.id == DELEGATION.c.person_id))
        .where(DELEGATION.c.delegate_id == uow.person.id)
        .where(DELEGATION.c.since <= uow.today, DELEGATION.c.until >= uow.today)
    )
    return [(row.id, row.role) for row in uow.connection.execute(query)]


@needs("approvals.decide")
def delegate(uow: UnitOfWork, to: str, since: dt.date, until: dt.date) -> None:
    """Let somebody decide in one's place from one day to another; an earlier word is taken back.

    DomainError for a person who is not there, oneself, or days turned round.
    """
    person = TABLES["user"]
    query = select(person.c.id).where(person.c.name == to, person.c.archived.is_(False))
    found = uow.connection.execute(query).scalar_one_or_none()
    if found is None or found == uow.person.id:
        message = _("“{name}” cannot stand in for you; name a colleague.")
        raise DomainError(message, field="delegate", name=to)
    if until < since:
        message = _("The last day ({until}) lies before the first ({since}); turn them round.")
        raise DomainError(message, field="until", until=until, since=since)
    mine = and_(DELEGATION.c.person_id == uow.person.id, DELEGATION.c.until >= since)
    uow.connection.execute(DELEGATION.delete().where(mine))
    uow.connection.execute(
        insert(DELEGATION).values(
            person_id=uow.person.id, delegate_id=found, since=since, until=until
        )
    )
    uow.changed("user", uow.person.id)
