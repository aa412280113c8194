"""How quotations fare: which become orders, how long that takes, and which still wait."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from statistics import median
from typing import Any

from controllers.core.compared import plain
from controllers.core.unit_of_work import UnitOfWork
from controllers.insight import sales
from controllers.insight.naming import Record, told_apart
from controllers.insight.sales import SalesOptions
from models.values.errors import DomainError
from models.values.money import HUNDRED, ZERO, rounded, shortest
from reports.kit.table import Column, Summary, TableReport
from resources.languages import marked as _
from resources.languages import translator

_BY = {
    "month": (_("Month"), "substr(q.date, 1, 7)", "''"),
    "year": (_("Year"), "substr(q.date, 1, 4)", "''"),
    "owner": (_("Salesperson"), sales.OWNER, "coalesce(u.name, '')"),
    "customer": (_("Customer"), "a.name", "a.code"),
}

_STATE = (
    "CASE WHEN q.stored_state = 'sent' AND q.valid_until < ? THEN 'expired' ELSE q.stored_state END"
)
_FROM = (
    " FROM quotation q JOIN account a ON a.id = q.account_id"
    " LEFT JOIN person u ON u.id = q.owner_id"
)
_OUTCOMES = ("sent", "accepted", "declined", "expired")


FILTERS = {name: sql for name, sql in sales.FILTERS.items() if sql.startswith(("a.", "u."))} | {
    "currency": "q.currency"
}


def _narrowed(uow: UnitOfWork, options: SalesOptions) -> tuple[str, list[Any]]:
    """The conditions on quotations; DomainError for a filter they do not have."""
    sales.check_period(options)
    shown, values = uow.person.shown("quotation", "q")
    parts = [f" AND {shown}"] if shown else []
    for sign, day in ((">=", options.since), ("<=", options.until)):
        if day is not None:
            parts.append(f" AND q.date {sign} ?")
            values.append(day.isoformat())
    for name, value in options.filters:
        if name not in FILTERS:
            message = _("Quotations cannot be filtered by “{name}”; choose from {known}.")
            raise DomainError(message, field="filters", name=name, known=", ".join(FILTERS))
        parts.append(f" AND {FILTERS[name]} = ?")
        values.append(plain(value))
    if options.currency:
        sales.check_currency(options.currency, ())
        parts.append(" AND q.currency = ?")
        values.append(options.currency.upper())
    return "".join(parts), values


def _dimension(options: SalesOptions) -> str:
    """What quotations are grouped by; DomainError for what they cannot be."""
    by = (options.by or ("month",))[0]
    if by not in _BY:
        message = _("Quotations cannot be shown by “{name}”; choose from {known}.")
        raise DomainError(message, field="by", name=by, known=", ".join(_BY))
    return by


def conversion(uow: UnitOfWork, options: SalesOptions) -> TableReport:
    """Quotations sent, by outcome, and the share accepted of those decided or expired."""
    by = _dimension(options)
    narrowed, values = _narrowed(uow, options)
    found = uow.connection.exec_driver_sql(
        f"SELECT {_BY[by][1]}, {_BY[by][2]}, {_STATE}, count(*){_FROM} WHERE "
        f"q.stored_state NOT IN ('draft', 'replaced'){narrowed} GROUP BY 1, 2, 3 ORDER BY 1, 2",
        (uow.today.isoformat(), *values),
    )
    groups: dict[Record, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_OUTCOMES, 0))
    for name, key, state, count in found:
        groups[name, key][state] += count
    names = told_apart(groups)
    return _conversion_report(by, options, {names[each]: groups[each] for each in groups})


def _conversion_report(
    by: str, options: SalesOptions, groups: dict[str, dict[str, int]]
) -> TableReport:
    say = translator(options.language)
    labels = (say("Open"), say("Accepted"), say("Declined"), say("Expired"))
    return TableReport(
        title=say("Quotation conversion"),
        columns=(
            Column(by, say(_BY[by][0])),
            Column("quotations", say("Quotations"), "integer", total=True),
            *(
                Column(name, label, "integer", total=True)
                for name, label in zip(_OUTCOMES, labels, strict=True)
            ),
            Column("rate", say("Accepted %"), "percent"),
        ),
        rows=[_conversion_row(key, counts) for key, counts in groups.items()],
        notes=(say("Accepted of those that were accepted, declined or expired."),),
        summary=Summary(by, tuple(groups), ("quotations", "accepted"), chart="column")
        if groups
        else None,
        language=options.language,
    )


def _conversion_row(key: str, counts: dict[str, int]) -> list[Any]:
    decided = counts["accepted"] + counts["declined"] + counts["expired"]
    rate = rounded(HUNDRED * counts["accepted"] / decided, 1) if decided else None
    return [key, sum(counts.values()), *(counts[each] for each in _OUTCOMES), rate]


def answer_times(uow: UnitOfWork, options: SalesOptions) -> TableReport:
    """Days from writing a quotation to sending it, and from sending to the customer's word.

    The median says what is usual, the longest what went wrong. What was never sent here counts not.
    """
    by = _dimension(options)
    narrowed, values = _narrowed(uow, options)
    found = uow.connection.exec_driver_sql(
        f"SELECT {_BY[by][1]}, {_BY[by][2]}, q.created_at, q.sent_at, q.decided_at{_FROM} WHERE "
        f"q.sent_at IS NOT NULL{narrowed} ORDER BY 1, 2",
        tuple(values),
    )
    sending: dict[Record, list[Decimal]] = defaultdict(list)
    answering: dict[Record, list[Decimal]] = defaultdict(list)
    for name, key, created, sent, decided in found:
        sending[name, key].append(_days(created, sent))
        if decided:
            answering[name, key].append(_days(sent, decided))
    names = told_apart(sending)
    rows = [[names[each], len(sending[each]), len(answering[each]),
             *_usual_and_longest(sending[each]), *_usual_and_longest(answering[each])]
            for each in sending]  # fmt: skip
    return _answer_report(by, options, rows)


def _answer_report(by: str, options: SalesOptions, rows: list[list[Any]]) -> TableReport:
    say = translator(options.language)
    figures = (
        ("sending", say("Days to send")), ("sending_longest", say("Longest to send")),
        ("answering", say("Days to answer")), ("answering_longest", say("Longest to answer")),
    )  # fmt: skip
    return TableReport(
        title=say("Answer times"),
        columns=(
            Column(by, say(_BY[by][0])),
            Column("quotations", say("Quotations"), "integer", total=True),
            Column("answered", say("Answered"), "integer", total=True),
            *(Column(name, label, "quantity", decimals=1) for name, label in figures),
        ),
        rows=rows,
        notes=(say("The usual time is the median: half took less, half took longer."),),
        summary=Summary(by, tuple(row[0] for row in rows), ("quotations", "answered"),
                        chart="column") if rows else None,
        language=options.language,
    )  # fmt: skip


def _days(since: str, until: str) -> Decimal:
    taken = dt.datetime.fromisoformat(until) - dt.datetime.fromisoformat(since)
    return max(ZERO, Decimal(int(taken.total_seconds())) / 86_400)


def _usual_and_longest(days: list[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    if not days:
        return None, None
    return rounded(median(days), 1), rounded(max(days), 1)


def open_quotations(uow: UnitOfWork, options: SalesOptions) -> TableReport:
    """Quotations that were sent and wait for an answer, the soonest to expire first."""
    narrowed, values = _narrowed(uow, options)
    currency = options.currency.upper() or uow.settings.currency
    found = uow.connection.exec_driver_sql(
        "SELECT q.number, a.name, coalesce(nullif(u.full_name, ''), u.name, ''), q.date, "
        f"q.valid_until, q.currency, q.total{_FROM} WHERE q.stored_state = 'sent' "
        f"AND (q.valid_until IS NULL OR q.valid_until >= ?){narrowed} ORDER BY q.valid_until, q.id",
        (uow.today.isoformat(), *values),
    )
    rows = [_open_row(uow, *row) for row in found]
    say = translator(options.language)
    return TableReport(
        title=say("Open quotations"),
        columns=(
            Column("number", say("Number")),
            Column("customer", say("Customer")),
            Column("owner", say("Salesperson")),
            Column("date", say("Date"), "date"),
            Column("valid_until", say("Valid until"), "date"),
            Column("days", say("Days left"), "integer"),
            Column("currency", say("Currency")),
            Column("total", say("Total"), "money", decimals=0 if currency == "IDR" else 2),
        ),
        rows=rows,
        summary=_by_customer(rows),
        language=options.language,
    )


def _open_row(uow: UnitOfWork, *row: Any) -> list[Any]:
    number, customer, owner, date, until, currency, total = row
    last = dt.date.fromisoformat(until) if until else None
    days = (last - uow.today).days if last else None
    return [number, customer, owner, dt.date.fromisoformat(date), last, days, currency,
            shortest(total, 2)]  # fmt: skip


def _by_customer(rows: list[list[Any]]) -> Summary | None:
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in rows:
        sums[row[6]] += row[7]
    currencies = tuple(sorted(sums))
    return Summary("currency", currencies, ("total",)) if currencies else None
