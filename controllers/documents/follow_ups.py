"""Follow-ups of quotations: noted by themselves at sending, done by a person or by a decision."""

import datetime as dt
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from controllers.core import reach
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import stored
from controllers.documents.stored import Stored
from models.storage.tables import TABLES
from models.values.errors import DomainError, NotFoundError
from resources.languages import marked as _

KIND = "follow_up"


def plan(uow: UnitOfWork, quotation: Stored) -> None:
    """Note when a quotation that goes out now is to be followed up, as the settings say."""
    ours, until = uow.settings, quotation.draft.valid_until
    if ours.follow_up_days:
        _note(uow, quotation, uow.today + dt.timedelta(ours.follow_up_days), "after_sending")
    if ours.expiry_days and until is not None:
        day = until - dt.timedelta(ours.expiry_days)
        if day > uow.today:
            _note(uow, quotation, day, "before_expiry")


def _note(uow: UnitOfWork, quotation: Stored, due: dt.date, reason: str, note: str = "") -> int:
    made = insert(TABLES[KIND]).values(
        quotation_id=quotation.id, account_id=quotation.row["account_id"],
        owner_id=quotation.row["owner_id"], due=due, reason=reason, note=note or None,
        created_at=uow.now, changed_at=uow.now,
    )  # fmt: skip
    (record_id,) = uow.connection.execute(made).inserted_primary_key or (0,)
    uow.changed(KIND, int(record_id))
    return int(record_id)


@needs("documents.change")
def add(uow: UnitOfWork, quotation: str | int, due: dt.date, note: str = "") -> int:
    """Note a day to ask about a quotation that was sent; answers its id."""
    found = stored.find(uow, "quotation", quotation)
    if found.draft.state not in ("sent", "expired"):
        message = _("{number} is not open with the customer; nothing is to be followed up.")
        raise DomainError(message, field="state", number=found.name)
    if due < uow.today:
        message = _("{due} is past; take today or a later day.")
        raise DomainError(message, field="due", due=due.isoformat())
    return _note(uow, found, due, "by_hand", note)


@needs("documents.change")
def done(uow: UnitOfWork, key: int, note: str = "") -> None:
    """It was followed up; what was said is kept."""
    row = _row(uow, key)
    if row["done_at"] is not None:
        raise DomainError(_("This was followed up already."), field="done")
    _end(uow, [key], note=note or row["note"])


def _row(uow: UnitOfWork, key: int) -> RowMapping:
    table = TABLES[KIND]
    query = select(table).where(table.c.id == key)
    row = uow.connection.execute(query).mappings().one_or_none()
    if row is None or not reach.is_shown(uow, KIND, key):
        raise NotFoundError(_("There is no follow-up {key}."), key=key)
    return row


def settle(uow: UnitOfWork, quotation: int) -> None:
    """A quotation was decided or revised: nothing of it is to be followed up any more."""
    table = TABLES[KIND]
    query = select(table.c.id).where(table.c.quotation_id == quotation, table.c.done_at.is_(None))
    _end(uow, list(uow.connection.execute(query).scalars()))


def _end(uow: UnitOfWork, ids: list[int], **values: Any) -> None:
    table = TABLES[KIND]
    for each in ids:
        uow.connection.execute(
            update(table).where(table.c.id == each).values(
                done_at=uow.now, done_by=uow.user, changed_at=uow.now,
                version=table.c.version + 1, **values,
            )
        )  # fmt: skip
        uow.changed(KIND, each)


def due(uow: UnitOfWork, limit: int = 50) -> list[RowMapping]:
    """What is to be followed up by today, the longest due first: id, quotation, customer, day."""
    table, quotation, account = TABLES[KIND], TABLES["quotation"], TABLES["account"]
    query = (
        select(table.c.id, table.c.due, table.c.reason, table.c.note, quotation.c.number,
               quotation.c.id.label("quotation_id"), account.c.name.label("customer"))
        .select_from(table.join(quotation, quotation.c.id == table.c.quotation_id)
                     .join(account, account.c.id == table.c.account_id))
        .where(table.c.done_at.is_(None), table.c.due <= uow.today)
        .order_by(table.c.due, table.c.id)
        .limit(limit)
    )  # fmt: skip
    rows = uow.connection.execute(query).mappings().all()
    return [row for row in rows if reach.is_shown(uow, KIND, row["id"])]
