"""Filters in words and in plain values: what can be compared how, and how a condition reads."""

from typing import Any

from models.values.fields import NUMBER_KINDS, Field, FieldKind, RecordKind
from models.values.formatting import Style
from models.values.parsing import as_plain, checked, written
from models.values.records import Filter, ListQuery
from resources.languages import marked as _
from ui.kit.language import tr

WORDS = {
    "=": _("is"),
    "!=": _("is not"),
    "contains": _("contains"),
    "starts": _("starts with"),
    "<": _("is less than"),
    "<=": _("is at most"),
    ">": _("is more than"),
    ">=": _("is at least"),
    "between": _("is between"),
    "empty": _("is empty"),
    "filled": _("is filled in"),
}

DAY_WORDS = {"<": _("is before"), "<=": _("is until"), ">": _("is after"), ">=": _("is from")}

_DAYS = frozenset((FieldKind.DATE, FieldKind.MOMENT))
_FIXED = frozenset((FieldKind.CHOICE, FieldKind.STATE))


def operators(field: Field) -> tuple[str, ...]:
    """The comparisons that make sense for a field, the likeliest first."""
    if field.kind in NUMBER_KINDS or field.kind in _DAYS:
        return (">=", "<=", "between", "=", ">", "<", "empty", "filled")
    if field.kind in _FIXED:
        return ("=", "!=", "empty", "filled")
    if field.kind is FieldKind.LINK:
        return ("=", "!=", "empty", "filled")
    if field.kind is FieldKind.BOOLEAN:
        return ("=",)
    return ("contains", "starts", "=", "!=", "empty", "filled")


def word(field: Field, operator: str) -> str:
    """How a comparison reads."""
    words = WORDS | DAY_WORDS if field.kind in _DAYS else WORDS
    return tr(words[operator])


def value_text(field: Field, value: Any, style: Style) -> str:
    """The compared value as a person reads it."""
    if field.kind in _FIXED:
        return tr(dict(field.choices).get(value, str(value)))
    if field.kind is FieldKind.BOOLEAN:
        return tr(_("Yes")) if value else tr(_("No"))
    return written(field, value, style)


def condition_text(kind: RecordKind, condition: Filter, style: Style) -> str:
    """A condition in words: “City contains Jakarta”."""
    field = kind[condition.field]
    parts = [tr(field.label), word(field, condition.operator)]
    if condition.operator == "between":
        low, high = (value_text(field, each, style) for each in condition.value)
        parts.append(tr(_("{low} and {high}"), low=low, high=high))
    elif condition.operator not in ("empty", "filled"):
        parts.append(value_text(field, condition.value, style))
    return " ".join(parts)


def filterable(kind: RecordKind) -> list[Field]:
    """The fields a condition may name."""
    return [each for each in kind.fields if each.kind is not FieldKind.PICTURE]


def to_plain(query: ListQuery) -> dict[str, Any]:
    """A query as plain values for a saved view."""
    from controllers.core.catalogue import KINDS

    kind = KINDS[query.kind]
    return {
        "columns": list(query.columns),
        "search": query.search,
        "filters": [[f.field, f.operator, _plain(kind[f.field], f)] for f in query.filters],
        "sort": query.sort,
        "archived": query.archived,
    }


def from_plain(kind: RecordKind, stored: dict[str, Any]) -> ListQuery:
    """The query of a saved view; fields that are gone are left out."""
    columns = tuple(each for each in stored.get("columns", ()) if each in kind.by_name)
    filters = tuple(
        Filter(name, operator, _checked(kind[name], operator, value))
        for name, operator, value in stored.get("filters", ())
        if name in kind.by_name and operator in WORDS
    )
    sort = stored.get("sort", "")
    return ListQuery(
        kind.name,
        columns or kind.listed,
        stored.get("search", ""),
        filters,
        sort if sort.lstrip("-") in kind.by_name else "",
        bool(stored.get("archived")),
    )


def _plain(field: Field, condition: Filter) -> Any:
    if condition.operator == "between":
        return [as_plain(field, each) for each in condition.value]
    return as_plain(field, condition.value)


def _checked(field: Field, operator: str, value: Any) -> Any:
    if operator == "between":
        return tuple(checked(field, each) for each in value)
    return checked(field, value)
