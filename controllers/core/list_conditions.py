"""What a list is filtered by, as SQL; every value is bound, never written in."""

from collections.abc import Sequence
from typing import Any

from controllers.core.compared import bound, pattern
from controllers.core.dialect import Statement
from controllers.core.list_sql import ListSql
from models.system.kinds import KINDS
from models.values.errors import DomainError
from models.values.fields import Field, FieldKind
from models.values.records import Filter
from resources.languages import marked as _

_COMPARISONS = frozenset(("=", "!=", "<", "<=", ">", ">="))


def condition(sql: ListSql, wanted: Filter) -> Statement:
    """The condition of one filter of a list, with its values; DomainError where it makes none."""
    field = sql.field(wanted.field)
    expression = _compared(sql, field)
    if wanted.operator == "empty":
        return f"({expression} IS NULL OR CAST({expression} AS TEXT) = '')", []
    if wanted.operator == "filled":
        return f"({expression} IS NOT NULL AND CAST({expression} AS TEXT) <> '')", []
    if wanted.operator in ("contains", "starts"):
        like = pattern(field, wanted.operator, wanted.value)
        return f"{expression} {sql.dialect.contains} ? ESCAPE '\\'", [like]
    if wanted.operator == "in":
        return _in(expression, [bound(field, each) for each in wanted.value])
    if wanted.operator == "between":
        low, high = (bound(field, each) for each in wanted.value)
        return f"{expression} BETWEEN ? AND ?", [low, high]
    if wanted.operator not in _COMPARISONS:
        raise DomainError(_("There is no comparison “{sign}”."), sign=wanted.operator)
    if field.kind is FieldKind.LINK and wanted.operator == "=":
        linked = KINDS[field.link]
        by_key = f"(SELECT id FROM {linked.table} WHERE {linked.key} = ?)"
        return f"t.{field.column} = {by_key}", [bound(field, wanted.value)]
    sign = sql.dialect.is_other if wanted.operator == "!=" else wanted.operator
    return f"{expression} {sign} ?", [bound(field, wanted.value)]


def _compared(sql: ListSql, field: Field) -> str:
    if field.kind is not FieldKind.LINK:
        return sql.expression(field)
    return sql.linked(field, KINDS[field.link].key)


def _in(expression: str, values: Sequence[Any]) -> Statement:
    return f"{expression} IN ({','.join('?' * len(values))})", [*values]
