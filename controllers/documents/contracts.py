"""Contracts: renewals quoted in time at a higher price, and orders that recur."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, select, update

from controllers.core import reach, records
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import orders, quotations, stored
from models.storage.tables import TABLES
from models.values.documents import Draft, Line
from models.values.errors import DomainError
from models.values.money import HUNDRED, currency_decimals, rounded
from models.values.reasons import COPIED, reason
from resources.languages import marked as _

KIND = "contract"

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@needs("documents.change")
def renew(uow: UnitOfWork, key: str | int) -> Draft:
    """The draft of a contract's renewal: its quotation's lines at prices raised as agreed.

    DomainError where the contract names no quotation, or its renewal was quoted already.
    """
    row = _row(uow, key)
    source = _source(row)
    if row["renewal_id"] is not None:
        message = _("The renewal of {number} was quoted already.")
        raise DomainError(message, field="renewal", number=row["number"])
    copy = quotations.copy(uow, source)
    raised = replace(copy, lines=_raised(copy, row), subject=row["name"])
    draft = quotations.save(uow, raised)
    _set(uow, row, renewal_id=draft.id)
    return draft


def _row(uow: UnitOfWork, key: str | int) -> RowMapping:
    record = records.show(uow, KIND, key)
    table = TABLES[KIND]
    query = select(table).where(table.c.id == record.id)
    return uow.connection.execute(query).mappings().one()


def _source(row: RowMapping) -> int:
    if row["source_id"] is None:
        message = _("{number} names no quotation whose lines it takes; fill it in.")
        raise DomainError(message, field="source", number=row["number"])
    return int(row["source_id"])


def _raised(draft: Draft, row: RowMapping) -> tuple[Line, ...]:
    percent = row["escalation_percent"] or Decimal(0)
    why = reason(COPIED, number=f"{row['number']} +{percent.normalize():f} %")
    places = currency_decimals(draft.currency)
    return tuple(
        replace(
            line, pinned=True, price_reason=why,
            unit_price=rounded(line.unit_price * (HUNDRED + percent) / HUNDRED, places),
        )
        if line.counts and percent else line
        for line in draft.lines
    )  # fmt: skip


def _set(uow: UnitOfWork, row: RowMapping, **values: Any) -> None:
    table = TABLES[KIND]
    reach.require_changeable(uow, KIND, row["id"], row["number"])
    values |= {"changed_at": uow.now, "version": row["version"] + 1}
    uow.connection.execute(update(table).where(table.c.id == row["id"]).values(values))
    uow.changed(KIND, row["id"])


@needs("documents.change")
def order_now(uow: UnitOfWork, key: str | int) -> Draft:
    """The next recurring order of a contract, a draft; the day of the one after moves on.

    The lines, prices and taxes are those of its quotation. DomainError where it does not recur.
    """
    row = _row(uow, key)
    months = _MONTHS.get(row["every"] or "none")
    if months is None or row["next_on"] is None:
        message = _("{number} has no recurring order; choose how often, and the next day.")
        raise DomainError(message, field="every", number=row["number"])
    source = stored.find(uow, "quotation", _source(row))
    made = orders.from_quotation(uow, source, recurs=True)
    _set(uow, row, next_on=later(row["next_on"], months))
    return orders.show(uow, made)


def later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)).day
    return dt.date(year, month, min(day.day, last))


def renewals_due(uow: UnitOfWork) -> list[int]:
    """The ids of contracts whose renewal is to be quoted by now and was not yet."""
    table = TABLES[KIND]
    query = select(table.c.id, table.c.ends, table.c.renew_days).where(
        table.c.archived.is_(False), table.c.ends.is_not(None), table.c.renewal_id.is_(None),
        table.c.source_id.is_not(None), table.c.ends >= uow.today,
    )  # fmt: skip
    return [
        row.id
        for row in uow.connection.execute(query.order_by(table.c.ends))
        if row.ends - dt.timedelta(int(row.renew_days or 0)) <= uow.today
    ]


def orders_due(uow: UnitOfWork) -> list[int]:
    """The ids of contracts whose next recurring order is due."""
    table = TABLES[KIND]
    ends = table.c.ends.is_(None) | (table.c.ends >= table.c.next_on)
    query = select(table.c.id).where(
        table.c.archived.is_(False), table.c.every.in_(tuple(_MONTHS)),
        table.c.source_id.is_not(None), table.c.next_on <= uow.today, ends,
    )  # fmt: skip
    return list(uow.connection.execute(query.order_by(table.c.next_on)).scalars())


@needs("documents.change")
def run(uow: UnitOfWork) -> dict[str, int]:
    """Quote every renewal and make every recurring order that is due; answers how many of each."""
    renewals, recurring = renewals_due(uow), orders_due(uow)
    for each in renewals:
        renew(uow, each)
    for each in recurring:
        order_now(uow, each)
    return {"renewals": len(renewals), "orders": len(recurring)}
