"""A report as plain values for the screen: headings, kinds, rows, totals, figures to draw."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from controllers.core.unit_of_work import UnitOfWork
from controllers.insight import reports
from controllers.insight.sales import CHARTED, TIMES, SalesOptions
from models.values.money import ZERO
from reports.kit.table import NUMERIC, Column, Summary, TableReport
from resources.languages import marked as _
from resources.languages import translator

MOST_SERIES = 5
"""More series than these are drawn as one, Others."""


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column; `kind` is that of the report, or month for texts as ``2026-11``."""

    name: str
    heading: str
    kind: str
    places: int = 0
    is_number: bool = False
    currency: str = ""

    @property
    def full_heading(self) -> str:
        """The heading with its currency."""
        return f"{self.heading} ({self.currency})" if self.currency else self.heading


@dataclass(frozen=True, slots=True)
class ShownChart:
    """What is drawn: `labels` along the axis, for each series as many figures."""

    title: str
    kind: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[Decimal, ...]], ...]
    column: ShownColumn
    """How the figures are written."""
    axis: str = ""
    """The kind of the labels: month or text."""


@dataclass(frozen=True)
class Shown:
    """A whole report; totals stand by the place of their column."""

    title: str
    subtitle: str
    columns: tuple[ShownColumn, ...]
    rows: list[tuple[Any, ...]]
    notes: tuple[str, ...] = ()
    totals: dict[int, Any] = field(default_factory=dict)
    chart: ShownChart | None = None


def shown(uow: UnitOfWork, name: str, options: SalesOptions, hidden: tuple[str, ...] = ()) -> Shown:
    """Run a report for the screen; DomainError stands at the option it belongs to."""
    made = reports.report(uow, name, options, hidden)
    rows = [tuple(row) for row in made.rows]
    columns = tuple(_column(each) for each in made.columns)
    return Shown(
        made.title, made.subtitle, columns, rows, made.notes,
        _totals(made, rows), _chart(made, columns, rows),
    )  # fmt: skip


def _column(each: Column) -> ShownColumn:
    kind = "month" if each.name == "month" else each.kind
    number = each.kind in NUMERIC
    return ShownColumn(each.name, each.label, kind, each.places, number, each.currency)


def _totals(made: TableReport, rows: Sequence[Sequence[Any]]) -> dict[int, Any]:
    """The program's own totals, else the sums of the columns that ask for one."""
    found: dict[int, Any] = {}
    for at, each in enumerate(made.columns):
        if each.name in made.totals:
            found[at] = made.totals[each.name]
        elif each.total:
            found[at] = sum((row[at] for row in rows if row[at] is not None), 0)
    return found


# The chart

_Sums = dict[tuple[Any, Any], Decimal]


def _chart(
    made: TableReport, columns: tuple[ShownColumn, ...], rows: Sequence[Sequence[Any]]
) -> ShownChart | None:
    told = made.summary
    if told is None or not told.chart or not rows:
        return None
    at = {each.name: place for place, each in enumerate(columns)}
    if told.column_column:
        return _crossed(made, told, columns, rows, at)
    same_kind = columns[at[told.measures[0]]].kind
    measures = told.measures[:1] if same_kind == "money" else told.measures
    labels = told.row_labels[: told.charted or None]
    sums = _sums(rows, at[told.row_column], None, {m: at[m] for m in measures})
    series = tuple(
        (
            columns[at[each]].heading if len(measures) > 1 else "",
            tuple(sums[label, each] for label in labels),
        )
        for each in measures
    )
    measure = columns[at[measures[0]]]
    title = measure.full_heading if len(measures) == 1 else made.title
    kind = told.chart if len(labels) > 1 or told.chart != "line" else "column"
    return ShownChart(title, kind, _texts(labels), series, measure, _axis(told.row_column))


def _sums(
    rows: Sequence[Sequence[Any]], label: int, across: int | None, measures: dict[str, int]
) -> _Sums:
    sums: _Sums = defaultdict(lambda: ZERO)
    for row in rows:
        for name, place in measures.items():
            key = name if across is None else row[across]
            sums[row[label], key] += row[place] or 0
    return sums


def _crossed(
    made: TableReport, told: Summary, columns: tuple[ShownColumn, ...],
    rows: Sequence[Sequence[Any]], at: dict[str, int],
) -> ShownChart:  # fmt: skip
    along, across = (told.row_column, told.column_column)
    labels, names = (told.row_labels, told.column_labels)
    if told.turned:
        along, across, labels, names = across, along, names, labels
    measure = columns[at[told.measures[0]]]
    sums = _sums(rows, at[along], at[across], {measure.name: at[measure.name]})
    labels = labels if along in TIMES else labels[:CHARTED]
    series = _series(sums, labels, names, translator(made.language)(_("Others")), across in TIMES)
    kind = "line" if along in TIMES and len(labels) > 2 else "column"
    return ShownChart(measure.full_heading, kind, _texts(labels), series, measure, _axis(along))


def _series(
    sums: _Sums, labels: Sequence[Any], names: Sequence[Any], others: str, in_time: bool
) -> tuple[tuple[str, tuple[Decimal, ...]], ...]:
    """The first names as series of their own (of times the last), the rest as one."""
    cut = names[-MOST_SERIES:] if in_time else names[:MOST_SERIES]
    rest = [each for each in names if each not in cut]
    made = [(str(each or "–"), tuple(sums[label, each] for label in labels)) for each in cut]
    if rest:
        left = tuple(sum((sums[label, each] for each in rest), ZERO) for label in labels)
        made.append((others, left))
    return tuple(made)


def _texts(labels: Sequence[Any]) -> tuple[str, ...]:
    return tuple("–" if each in (None, "") else str(each) for each in labels)


def _axis(name: str) -> str:
    return "month" if name == "month" else "text"
