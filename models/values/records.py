"""What leaves the controllers: a record of a form, a row of a list, a change others should know."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """One record, whole: typed values by field name; a link is the key of its record."""

    kind: str
    id: int | None = None
    version: int = 0
    key: str = ""
    title: str = ""
    archived: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """The title of each linked record, by field name."""


@dataclass(frozen=True, slots=True)
class Change:
    """A record that was made, changed or archived. A hint: the database is the truth."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition of a list: a field, how to compare, with what (typed values).

    Operators: ``=  != < <= > >= contains starts empty filled in between``.
    """

    field: str
    operator: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list shows: columns, search, filters and order."""

    kind: str
    columns: tuple[str, ...] = ()
    search: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    """A field's name, ``-`` before it turns the order; "" the kind's own order."""
    archived: bool = False
    """Only archived records instead of only the others."""
    links_by_key: bool = False
    """Linked records by their keys, as scripts and imports name them, instead of their titles."""
