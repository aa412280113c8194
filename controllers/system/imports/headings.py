"""Where a bank's file has its headings: below words of the bank's own."""

from collections.abc import Mapping
from typing import Any

from controllers.core.app import App
from controllers.system.imports import sources
from controllers.system.imports.mapping import PAID_OUT, plan
from controllers.system.imports.profiles import profile
from controllers.system.imports.sources import Source
from models.system.kinds import kind_of
from models.values.errors import DomainError
from models.values.fields import RecordKind

_WITHIN = 30
"""Rows of words above the headings that banks write at most."""


def with_headings(app: App, name: str, told: Mapping[str, str], source: Source) -> Source:
    """The table from the row on that names a day and money; as it is where no row does.

    `name` is a mapping profile or "", `told` goes from heading to field.
    """
    known = app.read(profile, name) if name else {}
    kind = kind_of("payment")
    for at, row in enumerate([source.headings, *source.rows[:_WITHIN]]):
        texts = [" ".join(str(cell or "").split()) for cell in row]
        here = {each: field for each, field in told.items() if each in texts}
        if _names_money(kind, texts, here, known):
            return sources.from_row(source, at - 1) if at else source
    return source


def _names_money(
    kind: RecordKind, texts: list[str], told: Mapping[str, str], known: Mapping[str, Any]
) -> bool:
    try:
        return names_money(plan(kind, texts, told, {}, known).columns)
    except DomainError:
        return False  # two columns mean one field: said where the whole file is planned


def names_money(columns: Mapping[str, object]) -> bool:
    """Whether fields hold what a line of a statement is made of."""
    return "date" in columns and bool({"amount", "document_amount", PAID_OUT} & columns.keys())
