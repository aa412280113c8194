"""A list as a file: exactly what is shown, of any length, row by row from one statement."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from controllers.core.app import App
from controllers.insight.files import write_report
from models.system.kinds import kind_of
from models.values.fields import SCALED_KINDS, Field, FieldKind, RecordKind
from models.values.money import shortest
from models.values.records import ListQuery
from reports.kit.table import Column, ColumnKind, TableReport
from resources.languages import translator

Progress = Callable[[int], bool]

_KINDS: dict[FieldKind, ColumnKind] = {
    FieldKind.MONEY: "money",
    FieldKind.QUANTITY: "quantity",
    FieldKind.PERCENT: "percent",
    FieldKind.INTEGER: "integer",
    FieldKind.DATE: "date",
    FieldKind.MOMENT: "datetime",
    FieldKind.BOOLEAN: "bool",
}


def export_list(
    app: App, query: ListQuery, path: Path, language: str = "en", progress: Progress | None = None
) -> int:
    """Write a list into an XLSX, CSV or PDF file by its ending; answers the number of rows.

    `progress` is told the rows so far and answers False to stop: no file is left then.
    """
    return write_report(list_report(app, query, language), path, progress)


def list_report(app: App, query: ListQuery, language: str) -> TableReport:
    """A list as a report; its rows are read once, in order, while it is written.

    With links by key, fields and choices are named by their codes too, so that an import reads it.
    """
    kind = kind_of(query.kind)
    currencies = app.listing.currencies(query) if "currency" in kind.by_name else []
    currency = currencies[0] if len(currencies) == 1 else ""
    fields = [kind[name] for name in query.columns]
    say = translator(language)
    return TableReport(
        title=say(kind.plural),
        columns=tuple(
            column(each, each.name, "")
            if query.links_by_key
            else column(each, say(each.label), currency)
            for each in fields
        ),
        rows=_rows(app, kind, query, fields, language),
        language=language,
    )


def column(field: Field, label: str, currency: str) -> Column:
    """The column of a field, its money in this currency ("" where it differs by row)."""
    of_money = field.kind is FieldKind.MONEY
    return Column(
        name=field.name,
        label=label,
        kind=_KINDS.get(field.kind, "text"),
        currency=currency if of_money else "",
        total=field.summed and (not of_money or bool(currency)),
    )


def _rows(
    app: App, kind: RecordKind, query: ListQuery, fields: list[Field], language: str
) -> Iterator[list[Any]]:
    made = makers(fields, language, codes=query.links_by_key)
    end = -1 if "currency" in kind.by_name else None
    for row in chain.from_iterable(app.listing.stream(query)):
        values = row[1:end]
        yield [
            value if make is None or value is None else make(value)
            for make, value in zip(made, values, strict=True)
        ]


def makers(
    fields: Iterable[Field], language: str, *, codes: bool
) -> list[Callable[[Any], Any] | None]:
    """For each field what makes the value of a report from that of a list; with codes for scripts.

    Where an import is to read it again, no figure has exactly three decimals: alone in its column
    1.125 might as well be a thousand.
    """
    return [_coded(each) if codes else _maker(each, language) for each in fields]


def _coded(field: Field) -> Callable[[Any], Any] | None:
    if field.kind in SCALED_KINDS:
        least = 2 if field.kind is FieldKind.MONEY else 0
        return lambda value: unmistakable(shortest(value, least))
    return None if field.choices else _MAKERS.get(field.kind)


def unmistakable(figure: Decimal) -> Decimal:
    """The figure, with a fourth decimal where it has three."""
    return figure.quantize(_FOUR) if figure.as_tuple().exponent == -3 else figure


def _maker(field: Field, language: str) -> Callable[[Any], Any] | None:
    """From a raw list value to the value of a report; None where it stays as it is."""
    if field.kind in (FieldKind.CHOICE, FieldKind.STATE):
        say = translator(language)
        labels = {code: say(label) for code, label in field.choices}
        return lambda value: labels.get(value, value)
    return _MAKERS.get(field.kind)


_FOUR = Decimal("0.0001")

_MAKERS: dict[FieldKind, Callable[[Any], Any]] = {
    FieldKind.MONEY: lambda value: shortest(value, 2),
    FieldKind.QUANTITY: shortest,
    FieldKind.PERCENT: shortest,
    FieldKind.BOOLEAN: bool,
    FieldKind.DATE: dt.date.fromisoformat,
    FieldKind.MOMENT: lambda value: dt.datetime.fromisoformat(value).replace(tzinfo=None),
}
