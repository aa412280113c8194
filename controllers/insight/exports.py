"""A list as a file: exactly what is shown, of any length, row by row from one statement."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from controllers.core.app import App
from controllers.insight.files import write_report
from models.system.kinds import kind_of
from models.values.fields import Field, FieldKind, RecordKind
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
            _column(each, each.name, "")
            if query.links_by_key
            else _column(each, say(each.label), currency)
            for each in fields
        ),
        rows=_rows(app, kind, query, fields, language),
        language=language,
    )


def _column(field: Field, label: str, currency: str) -> Column:
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
    codes = query.links_by_key
    makers = [None if codes and each.choices else _maker(each, language) for each in fields]
    end = -1 if "currency" in kind.by_name else None
    for row in chain.from_iterable(app.listing.stream(query)):
        values = row[1:end]
        yield [
            value if make is None or value is None else make(value)
            for make, value in zip(makers, values, strict=True)
        ]


def _maker(field: Field, language: str) -> Callable[[Any], Any] | None:
    """From a raw list value to the value of a report; None where it stays as it is."""
    if field.kind in (FieldKind.CHOICE, FieldKind.STATE):
        say = translator(language)
        labels = {code: say(label) for code, label in field.choices}
        return lambda value: labels.get(value, value)
    return _MAKERS.get(field.kind)


_MAKERS: dict[FieldKind, Callable[[Any], Any]] = {
    FieldKind.MONEY: lambda value: shortest(value, 2),
    FieldKind.QUANTITY: shortest,
    FieldKind.PERCENT: shortest,
    FieldKind.BOOLEAN: bool,
    FieldKind.DATE: dt.date.fromisoformat,
    FieldKind.MOMENT: lambda value: dt.datetime.fromisoformat(value).replace(tzinfo=None),
}
