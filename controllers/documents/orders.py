"""Sales orders: made from a quotation, confirmed against stock, promised, delivered, closed."""

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Update, bindparam, select, update

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import (
    backorders,
    credit,
    deliveries,
    drafting,
    fulfilment,
    numbering,
    paper,
    promise,
    seal,
    stock,
    stored,
)
from controllers.documents.backorders import Share
from controllers.documents.drafting import Opened, Shown
from controllers.documents.stored import Stored
from models.rules.promise import latest
from models.storage.tables import TABLES
from models.values.deliveries import Part
from models.values.documents import Draft, Line
from models.values.errors import DomainError
from models.values.money import ZERO
from models.values.states import ORDER_STATES
from reports.documents.data import SalesDocument
from resources.languages import marked as _

if TYPE_CHECKING:
    from controllers.documents.amendments import LineChange

KIND = "order"


def show(uow: UnitOfWork, key: str | int) -> Draft:
    """An order by its number or id."""
    return stored.find(uow, KIND, key).draft


def shown(uow: UnitOfWork, key: str | int) -> Shown:
    """An order with its figures and the quotation it came from."""
    document = stored.find(uow, KIND, key)
    return Shown(
        drafting.priced(uow, document),
        decided_at=document.row["confirmed_at"],
        quotation=_quotation_number(uow, document),
        wanted_on=document.row["required_date"],
        amendment=document.row["amendment"] or 0,
        promised=_promised(uow, document.id),
    )


def _promised(uow: UnitOfWork, order: int) -> dict[int, dt.date]:
    line = TABLES["order_line"].c
    query = select(line.id, line.promised).where(line.order_id == order, line.promised.is_not(None))
    return {row.id: row.promised for row in uow.connection.execute(query)}


def opened(uow: UnitOfWork, key: str | int) -> Opened:
    """An order with all a screen needs to show it."""
    return drafting.reopened(uow, stored.find(uow, KIND, key))


def _quotation_number(uow: UnitOfWork, document: Stored) -> str:
    table = TABLES["quotation"]
    query = select(table.c.number).where(table.c.id == document.row["quotation_id"])
    return uow.connection.execute(query).scalar_one_or_none() or ""


def number_of(uow: UnitOfWork, quotation_id: int) -> str:
    """The number of the order a quotation became, "" where there is none."""
    table = TABLES[KIND]
    query = select(table.c.number).where(table.c.quotation_id == quotation_id)
    return uow.connection.execute(query).scalar_one_or_none() or ""


def from_quotation(
    uow: UnitOfWork,
    quotation: Stored,
    options: Collection[int] = (),
    *,
    alternative: str = "",
    recurs: bool = False,
) -> int:
    """The order of an accepted quotation, with its frozen texts, prices, taxes and party.

    Optional lines were no part of the offer's total and stay behind, but those the customer takes
    too, by their place from one. Of alternatives the one that is named goes along, else the one
    that counts in the total. One that `recurs` is not the order the quotation became.
    Answers the order's id.
    """
    lines = tuple(
        replace(line, id=None, pinned=True, optional=False)
        for at, line in enumerate(quotation.draft.lines, 1)
        if _is_taken(line, at, options, alternative)
    )
    offer = replace(quotation, draft=replace(quotation.draft, lines=lines))
    agreed = drafting.priced(uow, offer)
    number = numbering.draw(uow, KIND, uow.today)
    dated = replace(agreed.draft, kind=KIND, id=None, number=number, state="draft", date=uow.today)
    links = {name: quotation.row[name] for name in quotation.row if name in stored.LINK_COLUMNS}
    return stored.insert_document(
        uow, KIND, replace(agreed, draft=dated), links,
        quotation_id=None if recurs else quotation.id, state="draft",
        frozen=json.dumps(quotation.frozen, ensure_ascii=False),
    )  # fmt: skip


def _is_taken(line: Line, at: int, options: Collection[int], alternative: str) -> bool:
    if line.alternative and alternative:
        return line.alternative.casefold() == alternative.casefold()
    return not line.optional or at in options


@needs("documents.change")
def confirm(uow: UnitOfWork, key: str | int, *, backorder: bool = False) -> Draft:
    """Confirm an order: its stock is held, all of it or, with a DomainError, none.

    With `backorder` it holds what is free and waits for the rest. Each line and the order are
    promised for a day. DomainError as well where the company's credit rule keeps it back.
    """
    document = _moving(uow, key, "confirmed")
    credit.require(uow, document)
    lines = document.draft.lines
    known = promise.outlooks(uow, (each.product for each in lines if each.product is not None))
    held = stock.wanted_of(lines, known)
    days = promise.by_outlook(known, lines, uow.today, uow.today)
    if backorder:
        set_promised(uow, lines, days)
    else:
        stock.reserve(uow, document.name, held, known)
        _set_held_and_promised(uow, document, held, days)
    draft = stored.set_columns(
        uow, KIND, document, state="confirmed", confirmed_at=uow.now,
        promised_date=latest_of(lines, days),
    )  # fmt: skip
    if backorder:
        backorders.share(uow, held)
    return draft


@needs("documents.change")
def allocate(uow: UnitOfWork) -> tuple[Share, ...]:
    """Give stock that is free to the back-orders, the oldest promise first."""
    return backorders.share(uow, backorders.waiting(uow))


def credit_warning(uow: UnitOfWork, key: str | int) -> DomainError | None:
    """What speaks against confirming an order on credit, to be shown beside it; None: nothing."""
    return credit.problem(uow, stored.find(uow, KIND, key))


def late_warning(uow: UnitOfWork, key: str | int) -> DomainError | None:
    """That an order is, or would now be, promised for a later day than it is wanted on."""
    document = stored.find(uow, KIND, key)
    wanted, day = document.row["required_date"], document.row["promised_date"]
    lines = document.draft.lines
    if document.draft.state == "draft":
        day = latest_of(lines, promise.of_lines(uow, lines))
    if wanted is None or (day is not None and day <= wanted) or not _promises(lines):
        return None
    if day is None:
        message = _(
            "{order} is wanted on {wanted_on}, and nobody knows when all of it can be there."
        )
        return DomainError(message, field="required_date", order=document.name, wanted_on=wanted)
    message = _("{order} is wanted on {wanted_on} and can be there on {promised}.")
    return DomainError(
        message, field="required_date", order=document.name, wanted_on=wanted, promised=day
    )


@needs("documents.change")
def want_on(uow: UnitOfWork, key: str | int, day: dt.date | None) -> Draft:
    """Note the day the customer wants an order on; None takes it back."""
    document = stored.find(uow, KIND, key)
    if document.draft.state not in ("draft", "confirmed"):
        message = _("{order} is {state}; its day can no longer be changed.")
        state = ORDER_STATES.labels[document.draft.state]
        raise DomainError(message, field="required_date", order=document.name, state=state)
    return stored.set_columns(uow, KIND, document, required_date=day)


@needs("documents.change")
def cancel(uow: UnitOfWork, key: str | int) -> Draft:
    """Cancel an order of which nothing went out; what it held in stock is free again."""
    document = _moving(uow, key, "cancelled")
    if _has_shipped(uow, document):
        message = _("Part of {order} was delivered; close it, or take the deliveries back first.")
        raise DomainError(message, field="state", order=document.name)
    draft = stored.set_columns(uow, KIND, document, state="cancelled")
    if document.draft.state == "confirmed":
        _free(uow, document)
    return draft


@needs("documents.change", "deliveries.change")
def deliver(uow: UnitOfWork, key: str | int, parts: Sequence[Part] | None = None) -> Draft:
    """Deliver a confirmed order at once, all that is open or the given parts; what it held leaves
    the stock. Answers the order as it is then.
    """
    return show(uow, deliveries.deliver(uow, key, parts).order)


@needs("documents.change")
def close(uow: UnitOfWork, key: str | int) -> Draft:
    """Close an order that was delivered, or in part; what is left of it is given up and free."""
    document = _moving(uow, key, "closed")
    is_open = document.draft.state == "confirmed"
    if is_open and not _has_shipped(uow, document):
        message = _("Nothing of {order} was delivered; cancel it instead.")
        raise DomainError(message, field="state", order=document.name)
    draft = stored.set_columns(uow, KIND, document, state="closed")
    if is_open:
        _free(uow, document)
    return draft


def _has_shipped(uow: UnitOfWork, document: Stored) -> bool:
    return any(each.shipped for each in fulfilment.open_lines(uow, document.id))


@needs("documents.change")
def amend(
    uow: UnitOfWork,
    key: str | int,
    changes: "Sequence[LineChange]",
    note: str,
    *,
    backorder: bool = False,
) -> Draft:
    """Amend a confirmed order, as `amendments.amend` says."""
    from controllers.documents import amendments

    return amendments.amend(uow, key, changes, note, backorder=backorder)


def document(uow: UnitOfWork, key: str | int) -> SalesDocument:
    """An order as its confirmation is set on paper, in the customer's language."""
    found = stored.find(uow, KIND, key)
    return seal.sealed(uow, paper.sales_document(uow, found, drafting.priced(uow, found)))


def _moving(uow: UnitOfWork, key: str | int, state: str) -> Stored:
    """The order, if it may go to that state."""
    document = stored.find(uow, KIND, key)
    ORDER_STATES.check_move(document.name, document.draft.state, state)
    return document


# Promised days


def _promises(lines: Sequence[Line]) -> bool:
    return any(line.product is not None and not line.optional for line in lines)


def latest_of(lines: Sequence[Line], days: Sequence[dt.date | None]) -> dt.date | None:
    """The day of the last of the lines that are sold; None where one is unknown."""
    return latest(
        day
        for line, day in zip(lines, days, strict=True)
        if line.product is not None and not line.optional
    )


def set_promised(
    uow: UnitOfWork, lines: Sequence[Line], days: Sequence[dt.date | None]
) -> None:  # fmt: skip
    """Note the days of lines that are stored already."""
    _set_lines(uow, ("promised",), [
        (line.id, day) for line, day in zip(lines, days, strict=True) if line.product is not None
    ])  # fmt: skip


def _set_held_and_promised(
    uow: UnitOfWork, document: Stored, held: stock.Wanted, days: Sequence[dt.date | None]
) -> None:
    """Both in one statement: each one writes its line and its history."""
    figures, lines = dict(_per_line(document, held)), document.draft.lines
    _set_lines(uow, ("reserved", "promised"), [
        (line.id, figures.get(line.id, ZERO), day)
        for line, day in zip(lines, days, strict=True) if line.product is not None
    ])  # fmt: skip


# Stock by line


def _free(uow: UnitOfWork, document: Stored) -> None:
    """Give back what an order held, to those that wait."""
    held = _held(uow, document)
    stock.give_back(uow, held)
    set_held(uow, {line.id: ZERO for line in document.draft.lines})
    backorders.share(uow, held)


def _per_line(document: Stored, held: stock.Wanted) -> list[tuple[int | None, Decimal]]:
    """What each line holds, in stock units."""
    return [
        (line.id, stock.units(line))
        for line in document.draft.lines
        if line.counts and not line.optional and line.product in held
    ]


def _held(uow: UnitOfWork, document: Stored) -> stock.Wanted:
    """What the order holds, by product; the lines know it, whatever the products say since."""
    table = TABLES["order_line"]
    query = select(table.c.product_id, table.c.reserved).where(
        table.c.order_id == document.id, table.c.reserved > ZERO
    )
    held: stock.Wanted = {}
    for row in uow.connection.execute(query.order_by(table.c.product_id)):
        held[row.product_id] = held.get(row.product_id, ZERO) + row.reserved
    return held


def set_held(uow: UnitOfWork, figures: dict[int | None, Decimal]) -> None:
    """Set what lines hold, in stock units."""
    _set_lines(uow, ("reserved",), list(figures.items()))


def _set_lines(uow: UnitOfWork, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Set columns of lines; each row has the id of its line and a value for each column."""
    if rows:
        names = ("line", *(f"new_{each}" for each in columns))
        values = [dict(zip(names, row, strict=True)) for row in rows]
        uow.connection.execute(_setting(columns), values)


@cache
def _setting(columns: tuple[str, ...]) -> Update:
    table = TABLES["order_line"]
    new = {each: bindparam(f"new_{each}", type_=table.c[each].type) for each in columns}
    return update(table).where(table.c.id == bindparam("line")).values(new)
