"""Sales by customer, product, category, salesperson, territory or time, any two crossed.

Counts what was ordered: every order that is neither a draft nor cancelled, by its date. Figures
are sums of the lines' own exact amounts; margins take the cost each line was sold with.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from controllers.core.compared import plain
from controllers.core.unit_of_work import UnitOfWork
from controllers.insight.naming import Record, told_apart
from models.storage.postgres.guards import HEAD_SEEN, LINES_WITH_HEADS
from models.values.errors import DomainError
from models.values.formatting import Style
from models.values.money import (
    SCALE,
    ZERO,
    currency_decimals,
    from_scaled,
    shortest,
    to_scaled,
)
from models.values.parsing import is_currency
from models.values.permissions import Scope, scope
from reports.kit.table import Column, Summary, TableReport
from resources.languages import marked as _
from resources.languages import translator

OWNER = "coalesce(nullif(u.full_name, ''), u.name, '')"

DIMENSIONS: dict[str, tuple[str, str, str]] = {
    "customer": (_("Customer"), "a.name", "a.code"),
    "product": (_("Product"), "coalesce(p.name, l.description)", "coalesce(p.sku, '')"),
    "category": (_("Category"), "coalesce(p.category, '')", "''"),
    "owner": (_("Salesperson"), OWNER, "coalesce(u.name, '')"),
    "team": (_("Team"), "coalesce(u.team, '')", "''"),
    "territory": (_("Territory"), "coalesce(a.territory, '')", "''"),
    "channel": (_("Channel"), "''", "''"),
    "month": (_("Month"), "substr(o.date, 1, 7)", "''"),
    "year": (_("Year"), "substr(o.date, 1, 4)", "''"),
}
"""By name: the English label, the SQL of what is shown, and that of the record's key."""

UNKNOWN = frozenset(("channel",))
"""Dimensions that no order has a value of; they can be asked for and are not offered."""

FILTERS = {
    "account": "a.code",
    "customer": "a.name",
    "product": "p.sku",
    "category": "p.category",
    "owner": "u.name",
    "team": "u.team",
    "territory": "a.territory",
    "state": "o.state",
    "currency": "o.currency",
    "country": "a.country",
    "city": "a.city",
}

MEASURES = ("quantity", "net", "tax", "gross", "margin")


@dataclass(frozen=True)
class SalesOptions:
    """What a sales report is about; days are inclusive."""

    by: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    currency: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    language: str = "en"


Key = tuple[str, ...]


@dataclass(slots=True)
class Figures:
    """The sums of one group; the margin is that of the lines with a cost, None without any."""

    quantity: Decimal = ZERO
    net: Decimal = ZERO
    tax: Decimal = ZERO
    margin: Decimal | None = None
    uncosted: Decimal = ZERO
    """The net of lines whose cost nobody knows."""

    def add(self, quantity: int, net: int, tax: int, uncosted: int, spent: int | None) -> None:
        """Add lines, in ten-thousandths; what they cost is cost × quantity × factor, each in such,
        and None where no cost is known.
        """
        self.quantity += from_scaled(quantity)
        self.net += from_scaled(net)
        self.tax += from_scaled(tax)
        self.uncosted += from_scaled(uncosted)
        if spent is not None:
            costed = from_scaled(net - uncosted)
            self.margin = (self.margin or ZERO) + costed - Decimal(spent) / SCALE**3

    def row(self) -> list[Decimal | None]:
        """The measures in their order, with no more decimals than they need."""
        money = (self.net, self.tax, self.net + self.tax, self.margin)
        return [
            shortest(to_scaled(self.quantity)),
            *(None if each is None else shortest(to_scaled(each), 2) for each in money),
        ]


def sales(uow: UnitOfWork, options: SalesOptions) -> TableReport:
    """The report; DomainError for an unknown dimension or filter, or more than two dimensions."""
    by = options.by or ("month",)
    _check(by, options)
    currency, others = _currency(uow, options)
    groups = _groups(uow, by, options, currency)
    sees_cost = uow.may("cost.see")
    if not sees_cost:
        for each in groups.values():
            each.uncosted = ZERO
    report = _report(by, options, currency, others, groups)
    return report if sees_cost else _without_margin(report)


def _without_margin(report: TableReport) -> TableReport:
    """The report for those who may not see costs."""
    return replace(
        report,
        columns=report.columns[:-1],
        rows=[list(row)[:-1] for row in report.rows],
        totals={name: total for name, total in report.totals.items() if name != "margin"},
    )


def _check(by: Sequence[str], options: SalesOptions) -> None:
    if len(by) > 2 or len(set(by)) < len(by):
        message = _("Sales can be crossed by two different dimensions at most.")
        raise DomainError(message, field="by")
    for name in by:
        if name not in DIMENSIONS:
            message = _("Sales cannot be shown by “{name}”; choose from {known}.")
            raise DomainError(message, field="by", name=name, known=", ".join(DIMENSIONS))
    for name, _value in options.filters:
        if name not in FILTERS:
            message = _("Sales cannot be filtered by “{name}”; choose from {known}.")
            raise DomainError(message, field="filters", name=name, known=", ".join(FILTERS))
    check_period(options)


def check_period(options: SalesOptions) -> None:
    """Raise DomainError at `until` where the end lies before the start."""
    if options.since and options.until and options.until < options.since:
        message = _("The end ({until}) lies before the start ({since}); turn them round.")
        raise DomainError(message, field="until", since=options.since, until=options.until)


_OF_ORDERS = " FROM sales_order_line l JOIN sales_order o ON o.id = l.order_id"

_OF_ORDERS_SEEN = (
    f" FROM {LINES_WITH_HEADS} l CROSS JOIN LATERAL"
    f" (SELECT {', '.join(f'l.{view} AS {column}' for column, view in HEAD_SEEN.items())}) o"
)
"""The same of the view, whose rows have what is told of their orders: asked for once, not twice."""

_JOINED = (
    " JOIN account a ON a.id = o.account_id"
    " LEFT JOIN product p ON p.id = l.product_id"
    " LEFT JOIN person u ON u.id = o.owner_id"
    " WHERE o.state NOT IN ('draft', 'cancelled') AND l.kind IN ('product', 'item')"
    " AND NOT l.optional"
)


def _reads_view(uow: UnitOfWork) -> bool:
    """Whether who sees a part of a server's orders reads the view, quicker than row policies."""
    return not uow.is_embedded and scope(uow.person.role, "documents.see") is not Scope.ALL


def _where(uow: UnitOfWork, options: SalesOptions) -> tuple[str, list[Any]]:
    shown, values = uow.person.shown("order", "o")
    parts = ["", *filter(None, [shown])]
    if options.since:
        parts.append("o.date >= ?")
        values.append(options.since.isoformat())
    if options.until:
        parts.append("o.date <= ?")
        values.append(options.until.isoformat())
    for name, value in options.filters:
        parts.append(f"{FILTERS[name]} = ?")
        values.append(plain(value))
    return " AND ".join(parts), values


def _currency(uow: UnitOfWork, options: SalesOptions) -> tuple[str, list[str]]:
    """The currency shown and the ones left out: what is asked, the company's, or the only one."""
    found = _currencies(uow, options)
    own = uow.settings.currency
    check_currency(options.currency, found)
    chosen = options.currency.upper() or (own if own in found or not found else found[0])
    return chosen, [each for each in found if each != chosen]


def _currencies(uow: UnitOfWork, options: SalesOptions) -> list[str]:
    """The currencies of what is sold: of the few that orders are in, those with a find."""
    where, values = _where(uow, options)
    known = uow.connection.exec_driver_sql("SELECT DISTINCT currency FROM sales_order ORDER BY 1")
    sold = f"SELECT 1{_OF_ORDERS}{_JOINED}{where} AND o.currency = ? LIMIT 1"
    return [
        each
        for (each,) in known.all()
        if uow.connection.exec_driver_sql(sold, (*values, each)).first() is not None
    ]


def check_currency(code: str, used: Sequence[str]) -> None:
    """Raise DomainError at `currency` for one that is neither used nor in ISO 4217."""
    if not code or code.upper() in used:
        return
    if not is_currency(code.upper()):
        known = ", ".join(used) or "IDR, MYR, SGD"
        message = _("“{code}” is no currency; write one of {known}.")
        raise DomainError(message, field="currency", code=code, known=known)


def _groups(
    uow: UnitOfWork, by: Sequence[str], options: SalesOptions, currency: str
) -> dict[Key, Figures]:
    groups: dict[tuple[Record, ...], Figures] = defaultdict(Figures)
    for key, sums in _sums(uow, by, options, currency):
        groups[tuple(zip(key[::2], key[1::2], strict=True))].add(*sums)
    names = [told_apart(records) for records in zip(*groups, strict=True)]
    told = {
        tuple(known[record] for known, record in zip(names, records, strict=True)): figures
        for records, figures in groups.items()
    }
    return dict(sorted(told.items()))


def _sums(
    uow: UnitOfWork, by: Sequence[str], options: SalesOptions, currency: str
) -> Iterator[tuple[Sequence[str], tuple[Any, ...]]]:
    """Keys of groups, and what `Figures.add` takes of each."""
    where, values = _where(uow, options)
    keys = ", ".join(", ".join(DIMENSIONS[name][1:]) for name in by)
    width = 2 * len(by)
    places = ", ".join(str(at + 1) for at in range(width))
    cost = "l.cost" if uow.may("cost.see") else "CAST(NULL AS BIGINT)"
    is_view = _reads_view(uow)
    told, more = _spent_there(cost) if is_view else _spent_here(cost)
    rows = uow.connection.exec_driver_sql(
        f"SELECT {keys}, sum(l.quantity), sum(l.net), sum(l.tax_amount), {told}"
        f"{_OF_ORDERS_SEEN if is_view else _OF_ORDERS}{_JOINED}{where} AND o.currency = ? "
        f"GROUP BY {places}{more}",
        (*values, currency),
    )
    for row in rows:
        key, (quantity, net, tax, *rest) = row[:width], row[width:]
        if not is_view:
            cost, factor = rest
            rest = [net, None] if cost is None else [0, cost * quantity * factor]
        yield key, (quantity, net, tax, *rest)


def _spent_here(cost: str) -> tuple[str, str]:
    """What lines of each cost and factor say: a product of three is beyond a file's numbers."""
    return f"{cost}, l.factor", f", {cost}, l.factor"


def _spent_there(cost: str) -> tuple[str, str]:
    """What is not costed, and what the rest cost: a server knows nothing of how many costs a
    barrier hides, and would take groups by them for so many that it sorts all lines.
    """
    return (
        f"coalesce(sum(l.net) FILTER (WHERE {cost} IS NULL), 0), "
        f"sum(CAST({cost} AS NUMERIC) * l.quantity * l.factor)",
        "",
    )


def _report(
    by: Sequence[str],
    options: SalesOptions,
    currency: str,
    others: list[str],
    groups: dict[Key, Figures],
) -> TableReport:
    say = translator(options.language)
    labels = [say(DIMENSIONS[name][0]) for name in by]
    notes = [say("Orders that are neither drafts nor cancelled, by their date; net of discounts.")]
    if not UNKNOWN.isdisjoint(by):
        notes.append(say("No order names its channel, so all of them stand under an empty one."))
    if others:
        text = say("Amounts in {others} are left out; choose another currency to see them.")
        notes.append(text.format(others=", ".join(others)))
    uncosted = sum((each.uncosted for each in groups.values()), ZERO)
    if uncosted:
        figure = Style.of(options.language).number(uncosted, currency_decimals(currency))
        text = say("Margins leave out lines without a known cost ({currency} {figure} net).")
        notes.append(text.format(currency=currency, figure=figure))
    return TableReport(
        title=say("Sales by {dimensions}").format(dimensions=" × ".join(labels)),
        subtitle=_period(options, say("all time")),
        columns=(*(_dimension(name, say) for name in by), *_measures(currency, say)),
        rows=[[*key, *figures.row()] for key, figures in groups.items()],
        notes=tuple(notes),
        totals=_totals(groups),
        summary=_summary(by, groups),
        language=options.language,
    )


def _dimension(name: str, say: Any) -> Column:
    return Column(name, say(DIMENSIONS[name][0]))


def _measures(currency: str, say: Any) -> tuple[Column, ...]:
    labels = (say("Net"), say("Tax"), say("Gross"), say("Margin"))
    money = zip(MEASURES[1:], labels, strict=True)
    return (
        Column("quantity", say("Quantity"), "quantity", total=True),
        *(Column(name, label, "money", currency=currency, total=True) for name, label in money),
    )


def _totals(groups: dict[Key, Figures]) -> dict[str, Decimal | int]:
    columns = zip(*(each.row() for each in groups.values()), strict=True) if groups else ()
    return {
        name: sum((each for each in column if each is not None), ZERO)
        for name, column in zip(MEASURES, columns, strict=False)
    }


TIMES = frozenset(("month", "year"))
"""Dimensions in the order of time; others stand with the largest first."""

CHARTED = 15


def _summary(by: Sequence[str], groups: dict[Key, Figures]) -> Summary | None:
    if not groups:
        return None
    rows = _labels(by, 0, groups)
    if len(by) == 1:
        chart: Any = "line" if by[0] in TIMES else "bar"
        measures = (*MEASURES[1:4], MEASURES[0])
        return Summary(by[0], rows, measures, chart=chart, charted=_charted(by[0]), series=1)
    columns = _labels(by, 1, groups)
    return Summary(
        by[0], rows, ("net",), by[1], columns, chart="column", charted=_charted(by[0]),
        turned=by[1] in TIMES and by[0] not in TIMES,
    )  # fmt: skip


def _charted(name: str) -> int:
    return 0 if name in TIMES else CHARTED


def _labels(by: Sequence[str], at: int, groups: dict[Key, Figures]) -> tuple[str, ...]:
    """The labels of a dimension: time in its order, others by their net, the largest first."""
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for key, figures in groups.items():
        sums[key[at]] += figures.net
    if by[at] in TIMES:
        return tuple(sorted(sums))
    return tuple(sorted(sums, key=lambda label: (-sums[label], label)))


def _period(options: SalesOptions, ever: str) -> str:
    if not options.since and not options.until:
        return ever
    start = options.since.isoformat() if options.since else "…"
    end = options.until.isoformat() if options.until else "…"
    return f"{start} – {end}"
