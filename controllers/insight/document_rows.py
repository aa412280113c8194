"""Quotations and orders as rows: one per line, the head's fields repeated, for an import to read.

An import finds documents by their number, so drafts that have none yet are left out where nobody
chose the fields.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, select

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.insight.exports import Progress, column, list_report, makers, unmistakable
from controllers.insight.files import write_report
from controllers.system.imports.mapping import DOCUMENT, FRACTION, importable_fields
from models.storage.tables import TABLES
from models.system.kinds import LINES, kind_of
from models.values.errors import DomainError
from models.values.fields import Field, FieldKind
from models.values.money import currency_decimals, shortest, to_scaled
from models.values.records import Filter, ListQuery
from reports.kit.table import TableReport
from resources.languages import marked as _
from resources.languages import translator

FIRST = ("number", "account", "date", "product", "description", "quantity", "unit", "unit_price",
         "discount_percent", "currency", "owner", "state")  # fmt: skip
"""The columns scripts rely on; what else an import takes in follows them."""

_BLOCK = 200
"""Documents whose lines are in memory at one time."""

_FIGURES = frozenset(("quantity", "unit_price", "discount_percent", "discount_amount", "optional",
                      "tax_class", "unit"))  # fmt: skip
"""What headings and texts do not have."""


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows written, and drafts left out as they have no number."""

    rows: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """One column: a field of the head or of the lines."""

    name: str
    field: Field
    of_line: bool


def export_documents(
    app: App, query: ListQuery, names: Sequence[str], path: Path, language: str = "en",
    progress: Progress | None = None,
) -> Exported:  # fmt: skip
    """Write the documents of a list into a file; answers how many rows.

    Without `names` all fields an import takes in, of documents with a number. With fields of heads
    alone there is one row per document. DomainError for a name that is no field.
    """
    if not names:
        left_out = _without_number(app, query)
        query = query._replace(filters=(*query.filters, Filter("number", "filled")))
        return Exported(write_report(_report(app, query, _all(query), language), path, progress),
                        left_out)  # fmt: skip
    parts = [_part(query.kind, name) for name in names]
    if any(each.of_line for each in parts):
        return Exported(write_report(_report(app, query, parts, language), path, progress))
    heads = query._replace(columns=tuple(each.field.name for each in parts))
    return Exported(write_report(list_report(app, heads, language), path, progress))


def _without_number(app: App, query: ListQuery) -> int:
    return app.listing.count(query._replace(filters=(*query.filters, Filter("number", "empty"))))


def _all(query: ListQuery) -> list[_Part]:
    return [_part(query.kind, name) for name in _known(query.kind)]


def _known(kind: str) -> list[str]:
    """Every column an import takes in, the usual ones first."""
    names = dict.fromkeys((*FIRST, *importable_fields(kind_of(kind))))
    return [name for name in names if name != FRACTION]


def _part(kind_name: str, name: str) -> _Part:
    """The field a column means; of both a line's and a head's of one name the line's."""
    kind, line = kind_of(kind_name), LINES[kind_name]
    own = name.removeprefix(DOCUMENT)
    if own != name and own in kind.by_name:
        return _Part(name, kind[own], of_line=False)
    if name in line.by_name and name != line.fields[0].name:
        return _Part(name, line[name], of_line=True)
    if name in kind.by_name:
        return _Part(name, kind[name], of_line=False)
    message = _("“{name}” is no field to export; there are {known}.")
    raise DomainError(message, field=name, name=name, known=", ".join(_known(kind_name)))


def _report(app: App, query: ListQuery, parts: list[_Part], language: str) -> TableReport:
    heads = tuple(each.field.name for each in parts if not each.of_line)
    return TableReport(
        title=translator(language)(kind_of(query.kind).plural),
        columns=tuple(column(each.field._replace(name=each.name), each.name, "") for each in parts),
        rows=_rows(app, query._replace(columns=heads), parts, language),
        language=language,
    )


def _rows(app: App, query: ListQuery, parts: list[_Part], language: str) -> Iterator[Sequence[Any]]:
    heads = [each.field for each in parts if not each.of_line]
    made = makers(heads, language, codes=True)
    fields = [each.field for each in parts if each.of_line]
    for block in app.listing.stream(query, _BLOCK):
        lines = app.read(_lines, query.kind, [row[0] for row in block], fields)
        for row in block:
            head = [_head_value(*each, row[-1]) for each in zip(heads, made, row[1:], strict=False)]
            for line in lines.get(row[0], [[None] * len(fields)]):
                values, figures = iter(head), iter(line)
                yield [next(figures) if each.of_line else next(values) for each in parts]


def _head_value(field: Field, make: Any, value: Any, currency: str) -> Any:
    """One value of a head; line amounts have the currency's decimals where nothing is said."""
    if field.name == "line_decimals" and value is None:
        return currency_decimals(currency)
    return value if make is None or value is None else make(value)


def _lines(
    uow: UnitOfWork, kind_name: str, ids: Sequence[int], fields: Sequence[Field]
) -> dict[int, list[list[Any]]]:
    """The wanted values of every line by document, in their order."""
    line, product = TABLES[f"{kind_name}_line"], TABLES["product"]
    head = line.c[f"{kind_name}_id"]
    columns: list[ColumnElement[Any]] = [
        product.c.sku if each.name == "product" else line.c[each.column] for each in fields
    ]
    query = (
        select(head, line.c.kind, *columns)
        .select_from(line.outerjoin(product, product.c.id == line.c.product_id))
        .where(head.in_(ids))
        .order_by(head, line.c.position)
    )
    found = uow.connection.execute(query)
    return {
        document: [_told(row, fields) for row in rows]
        for document, rows in groupby(found, key=lambda row: int(row[0]))
    }


def _told(row: Any, fields: Sequence[Field]) -> list[Any]:
    is_text = row[1] in ("section", "note")
    return [
        None if is_text and each.name in _FIGURES else _plain(each, value)
        for each, value in zip(fields, row[2:], strict=True)
    ]


def _plain(field: Field, value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    return unmistakable(shortest(to_scaled(value), 2 if field.kind is FieldKind.MONEY else 0))
