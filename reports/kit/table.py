"""A report as data: typed columns, rows of any number, notes, and a crossed summary."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Literal

ColumnKind = Literal["text", "integer", "quantity", "money", "percent", "date", "datetime", "bool"]
ChartKind = Literal["", "column", "bar", "line", "pie"]

NUMERIC: frozenset[str] = frozenset(("integer", "quantity", "money", "percent"))
"""Kinds that are right-aligned and can be summed."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` is unique in its report, `label` is what people read.

    Values by kind: text str; integer int; quantity, money and percent Decimal (12.5 means
    12.5 %); date, datetime and bool as they are; None is an empty cell everywhere. `currency`
    (ISO 4217) stands in the heading; `decimals` None means two for money (none for IDR), as many
    as needed for a quantity, one for a percentage. `width` is in characters. `total` asks for
    the sum of the column. `caption` is what people read beside it where `label` is a bare name.
    """

    name: str
    label: str
    kind: ColumnKind = "text"
    currency: str = ""
    decimals: int | None = None
    width: float | None = None
    total: bool = False
    caption: str = ""

    @property
    def heading(self) -> str:
        """The label on one line, with the currency where there is one."""
        label = " ".join((self.label or self.name).split())
        shown = self.currency and f"({self.currency})" not in label
        return f"{label} ({self.currency})" if shown else label

    @property
    def places(self) -> int:
        """Decimals to show at least."""
        if self.decimals is not None:
            return self.decimals
        if self.kind == "money":
            return 0 if self.currency == "IDR" else 2
        return 1 if self.kind == "percent" else 0


@dataclass(frozen=True, slots=True)
class Summary:
    """A crossed table: sums of the measures for each row label and column label.

    `row_column` and `column_column` name the columns whose values are the labels; without a
    `column_column` the measures stand side by side. Labels that are None or "" mean empty cells.
    """

    row_column: str
    row_labels: tuple[object, ...]
    measures: tuple[str, ...]
    column_column: str = ""
    column_labels: tuple[object, ...] = ()
    title: str = ""
    chart: ChartKind = ""
    charted: int = 0
    """How many of the first row labels the chart shows; 0 means all."""
    series: int = 0
    """How many of the measures the chart shows, where they stand side by side; 0 means all."""
    turned: bool = False
    """The chart shows the column labels along its axis and the row labels as series."""


@dataclass(frozen=True, slots=True)
class TableReport:
    """A report. `rows` may be a generator and is then read once; each row has one value per
    column. `totals` are the program's own sums by column name, printed on paper; a workbook
    computes its own live ones. `language` is one of id, ms and en. Raises ValueError where two
    columns share a name or a summary speaks of a column that is not there."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[object]]
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    totals: Mapping[str, Decimal | int] = field(default_factory=dict)
    summary: Summary | None = None
    language: str = "en"

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if not names or doubled:
            raise ValueError(f"columns need different names: {', '.join(doubled) or 'none given'}")
        spoken = self.summary
        if spoken is not None:
            used = {spoken.row_column, spoken.column_column or spoken.row_column, *spoken.measures}
            if used - set(names):
                raise ValueError(f"no such column: {', '.join(sorted(used - set(names)))}")

    def headings(self) -> tuple[str, ...]:
        """Headings of the columns, all different whatever the case, as an Excel table asks."""
        taken: set[str] = set()
        headings = []
        for column in self.columns:
            heading, count = column.heading, 1
            while heading.casefold() in taken:
                count += 1
                heading = f"{column.heading} {count}"
            taken.add(heading.casefold())
            headings.append(heading)
        return tuple(headings)


def blocks(rows: Iterable[Sequence[object]], size: int = 1_000) -> Iterator[list[Sequence[object]]]:
    """The rows in lists of at most `size`, so that long reports never stand in memory whole."""
    iterator = iter(rows)
    while block := list(islice(iterator, size)):
        yield block
