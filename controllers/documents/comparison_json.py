"""Revisions and their differences as scripts read them."""

from dataclasses import asdict
from typing import Any

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import comparison as comparing
from controllers.documents import revisions as kept
from controllers.documents.comparison import Change, LineChange
from controllers.documents.quotation_json import line_answer, money, plain_value

Values = dict[str, Any]


def revisions(uow: UnitOfWork, key: str | int) -> list[Values]:
    """All revisions of a quotation, the newest first."""
    return [
        {name: plain_value(value) for name, value in asdict(each).items()}
        | {"total": money(each.total)}
        for each in kept.revisions(uow, key)
    ]


def comparison(uow: UnitOfWork, key: str | int, first: int, second: int) -> Values:
    """What changed between two revisions; lines that are the same are left out."""
    found = comparing.compare(uow, key, first, second)
    return {
        "number": found.after.draft.number or found.before.draft.number,
        "first": first,
        "second": second,
        "same": found.is_same,
        "terms": [_change(each) for each in found.head],
        "lines": [_line(each) for each in found.lines if each.how != "same"],
        "figures": [_change(each) for each in found.figures],
    }


def _change(change: Change) -> Values:
    return {
        "field": change.name,
        "before": plain_value(change.before),
        "after": plain_value(change.after),
    }


def _line(change: LineChange) -> Values:
    return {
        "how": change.how,
        "before": line_answer(change.before, change.figures_before) if change.before else None,
        "after": line_answer(change.after, change.figures_after) if change.after else None,
        "difference": money(change.difference),
        "fields": list(change.fields),
    }
