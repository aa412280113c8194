"""Mails about approvals: who is to decide now, what was decided, and reminders of what waits.

They go through the outbox like every mail, where a server is set up, and name no cost or margin. A
person without a mail address sees the same in their Today page.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, RowMapping, or_, select, update

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import mail_texts, outbox, stored
from controllers.documents.stored import Stored
from models.storage.postgres import approving
from models.storage.tables import DELEGATION, TABLES
from resources.mail_texts import APPROVAL_TEXTS

_APPROVAL = TABLES["approval"]
_PLAIN = tuple(each for each in _APPROVAL.c if each.name != "figure")


def ask(uow: UnitOfWork, quotation: Stored) -> None:
    """Tell those who decide next about a quotation; nobody where nothing waits."""
    _mail(uow, quotation, "asked", _next(uow, quotation.id))


def tell(uow: UnitOfWork, quotation: int, asked_by: str) -> None:
    """Tell who asked that a quotation was refused, or approved once nothing waits any more."""
    query = select(*_PLAIN).where(_APPROVAL.c.quotation_id == quotation)
    rows = uow.connection.execute(query.order_by(_APPROVAL.c.id)).mappings().all()
    states = {row["rule_name"]: row["state"] for row in rows}
    event = "refused" if "refused" in states.values() else "approved"
    if event == "approved" and "waiting" in states.values():
        return
    person = TABLES["user"]
    found = stored.find(uow, "quotation", quotation)
    _send(uow, found, event, rows, _addresses(uow, [person.c.name == asked_by]))


@needs("documents.change")
def remind(uow: UnitOfWork) -> int:
    """Mail those who are to decide where a question waits longer than its rule says.

    Asked again after as many days as the rule names; answers how many quotations that were.
    """
    if not _is_possible(uow):
        return 0
    late = or_(_APPROVAL.c.remind_at.is_(None), _APPROVAL.c.remind_at <= uow.today)
    waiting = _APPROVAL.c.state == "waiting"
    query = select(_APPROVAL.c.quotation_id).where(waiting, late).distinct()
    reminded, days = 0, _remind_days(uow)
    for each in sorted(uow.connection.execute(query).scalars()):
        rows = [row for row in _next(uow, each) if _is_late(uow, row)]
        _mail(uow, stored.find(uow, "quotation", each), "reminded", rows)
        for row in rows:
            _put_off(uow, row, days.get(row["rule_name"], 1))
        reminded += bool(rows)
    return reminded


def _is_late(uow: UnitOfWork, row: RowMapping) -> bool:
    return row["remind_at"] is None or bool(row["remind_at"] <= uow.today)


def _remind_days(uow: UnitOfWork) -> dict[str, int]:
    """After how many days each rule asks again, at least one."""
    rule = TABLES["approval_rule"].c
    rows = uow.connection.execute(select(rule.name, rule.remind_days))
    return {row.name: max(1, row.remind_days or 1) for row in rows}


def _put_off(uow: UnitOfWork, row: RowMapping, days: int) -> None:
    day = uow.today + dt.timedelta(days)
    if not uow.is_embedded:
        approving.put_off_reminder(uow.connection, row["id"], day.isoformat())
        return
    uow.connection.execute(
        update(_APPROVAL)
        .where(_APPROVAL.c.id == row["id"], _APPROVAL.c.state == "waiting")
        .values(remind_at=day)
    )


def _next(uow: UnitOfWork, quotation: int) -> list[RowMapping]:
    """The questions of the lowest level that still waits."""
    query = select(*_PLAIN).where(
        _APPROVAL.c.quotation_id == quotation, _APPROVAL.c.state == "waiting"
    )
    rows = uow.connection.execute(query.order_by(_APPROVAL.c.id)).mappings().all()
    lowest = min((row["level"] for row in rows), default=0)
    return [row for row in rows if row["level"] == lowest]


def _mail(uow: UnitOfWork, quotation: Stored, event: str, rows: Sequence[RowMapping]) -> None:
    """One mail to each person who may decide one of the questions."""
    if not rows or not _is_possible(uow):
        return
    person = TABLES["user"]
    people = {row["approver_id"] for row in rows} - {None}
    roles = {row["approver_role"] for row in rows if row["approver_id"] is None}
    named = person.c.id.in_(people) | person.c.role.in_(roles)
    stands_in = person.c.id.in_(
        select(DELEGATION.c.delegate_id)
        .join(person, person.c.id == DELEGATION.c.person_id)
        .where(named, DELEGATION.c.since <= uow.today, DELEGATION.c.until >= uow.today)
    )
    asked_by = {row["asked_by"] for row in rows}
    who = [named | stands_in, person.c.name.not_in(asked_by)]
    _send(uow, quotation, event, rows, _addresses(uow, who))


def _is_possible(uow: UnitOfWork) -> bool:
    return bool(uow.settings.mail.host) and uow.may("papers.send")


def _addresses(uow: UnitOfWork, conditions: Iterable[ColumnElement[bool]]) -> list[str]:
    person = TABLES["user"]
    query = select(person.c.email).where(*conditions, person.c.archived.is_(False))
    return sorted({each for each in uow.connection.execute(query).scalars() if each})


def _send(
    uow: UnitOfWork, quotation: Stored, event: str, rows: Sequence[RowMapping], to: Sequence[str]
) -> None:
    if not to or not _is_possible(uow):
        return
    comments = [f"{row['rule_name']}: {row['comment']}" for row in rows if row["comment"]]
    known = {
        "number": quotation.name,
        "account": _customer(uow, quotation),
        "rules": ", ".join(dict.fromkeys(row["rule_name"] for row in rows)),
        "comment": "\n".join(comments),
        "asked_by": rows[0]["asked_by"] or "",
        "company": uow.settings.company,
    }
    text = APPROVAL_TEXTS[event, uow.settings.language]
    for address in to:
        outbox.add(
            uow, document="quotation", document_id=quotation.id, recipient=address,
            subject=" ".join(mail_texts.filled(text.subject, known).split()),
            body=mail_texts.filled(text.body, known),
        )  # fmt: skip


def _customer(uow: UnitOfWork, quotation: Stored) -> str:
    account = TABLES["account"]
    query = select(account.c.name).where(account.c.id == quotation.row["account_id"])
    return str(uow.connection.execute(query).scalar() or "")
