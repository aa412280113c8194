"""Answers of the command line: records, rows and fields as plain values and as text."""

import re
from collections.abc import Sequence
from typing import Any

from controllers.core.app import App
from controllers.core.catalogue import KINDS, LINES, kind_of
from controllers.core.listing import Row
from models.values.errors import DomainError
from models.values.fields import NUMBER_KINDS, SCALED_KINDS, Field, FieldKind, RecordKind
from models.values.formatting import Style, format_rows
from models.values.money import from_scaled
from models.values.parsing import as_plain, parse
from models.values.record import Record
from models.values.records import Filter, ListQuery
from resources.languages import marked as _
from resources.languages import translate
from ui.terminal.session import table

_SIGNS = re.compile(r"^([a-z_0-9]+)(<=|>=|!=|=|<|>|~)(.*)$", re.DOTALL)


def record(found: Record) -> dict[str, Any]:
    """A record as one JSON object."""
    kind = kind_of(found.kind)
    values = {name: as_plain(kind[name], value) for name, value in found.values.items()}
    return {"id": found.id, "version": found.version, "archived": found.archived, **values}


def query(
    kind_name: str,
    search: str,
    filters: Sequence[str],
    sort: str,
    fields: str = "",
    *,
    for_scripts: bool = False,
) -> ListQuery:
    """The list a command line asks for; refuses names that are no field.

    Scripts get every field where none is named, and linked records by their keys.
    """
    kind = kind_of(kind_name)
    shown = [each.name for each in kind.fields if _is_plain(each)]
    columns = names(fields) or kind.listed
    return ListQuery(
        kind=kind_name,
        columns=tuple(shown) if for_scripts and not fields else columns,
        search=search,
        filters=tuple(_filter(kind, each) for each in filters),
        sort=sort,
        links_by_key=for_scripts,
    )


def names(fields: str) -> tuple[str, ...]:
    """Names separated by commas, as --fields has them."""
    return tuple(each.strip() for each in fields.split(",")) if fields else ()


def _is_plain(field: Field) -> bool:
    return field.kind is not FieldKind.PICTURE and field.name not in ("frozen", "stored_state")


def _filter(kind: RecordKind, text: str) -> Filter:
    match = _SIGNS.match(text)
    if match is None or match[1] not in kind.by_name:
        raise DomainError(
            _("“{text}” is no filter; write one of {known} with = and a value."),
            text=text,
            known=", ".join(kind.by_name),
        )
    name, sign, value = match.groups()
    if not value:
        return Filter(name, "filled" if sign == "!=" else "empty")
    if sign == "~":
        return Filter(name, "contains", value)
    return Filter(name, sign, parse(kind[name], value, _PLAIN))


_PLAIN = Style(group="_", date_order="ymd")
"""Scripts write plain decimals and ISO dates whatever the language."""


def rows_as_json(asked: ListQuery, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Raw list rows as JSON objects with the id first."""
    kind = kind_of(asked.kind)
    fields = [kind[name] for name in asked.columns]
    return [
        {"id": row[0]}
        | {each.name: _plain(each, value) for each, value in zip(fields, row[1:], strict=False)}
        for row in rows
    ]


def _plain(field: Field, value: Any) -> Any:
    if field.kind in SCALED_KINDS and value is not None:
        return as_plain(field, from_scaled(value))
    if field.kind is FieldKind.BOOLEAN and value is not None:
        return bool(value)
    return value


def rows_as_text(asked: ListQuery, rows: Sequence[Row], style: Style) -> str:
    """Raw list rows as an aligned table."""
    kind = kind_of(asked.kind)
    fields = [kind[name] for name in asked.columns]
    heads = [translate(each.label, style.language) for each in fields]
    shown = format_rows(fields, rows, style, currency="currency" in kind.by_name)
    right = frozenset(at for at, each in enumerate(fields) if each.kind in NUMBER_KINDS)
    lines = [[text.splitlines()[0] if text else "" for text in row] for row in shown]
    return table(heads, lines, right)


SEARCHED = ("account", "contact", "product", "quotation", "order", "user")


def search(app: App, text: str, limit: int) -> list[dict[str, Any]]:
    """Finds over every kind, customers first."""
    return [
        {"kind": kind, "id": row[0], "key": row[1] or str(row[0]), "title": row[2] or ""}
        for kind in SEARCHED
        for row in app.listing.lookup(kind, text, limit)
    ][:limit]


def fields(kind_name: str, language: str) -> list[dict[str, Any]]:
    """The field catalogue of a kind; documents with the fields of their lines."""
    kind = kind_of(kind_name)
    lines = LINES[kind_name].fields[1:] if kind_name in LINES else ()
    every = {each.name: each for each in (*lines, *kind.fields)}
    named = [each.name for each in kind.fields] + [each.name for each in lines]
    return [_described(every[name], language) for name in dict.fromkeys(named)]


def _described(field: Field, language: str) -> dict[str, Any]:
    described = {
        "name": field.name,
        "label": translate(field.label, language),
        "type": str(field.kind),
        "required": field.required,
        "importable": field.importable and not field.read_only,
    }
    if field.choices:
        described["choices"] = [code for code, _label in field.choices]
    if field.link:
        described["link"] = field.link
    return described


def kinds() -> list[str]:
    """The kinds a command may name."""
    return [name for name in KINDS if not name.endswith("_line")]
