"""What a list is asked for, and what a commit tells others.

Values the first window needs are named tuples: a dataclass writes and compiles its methods while
it is imported, and a dozen of them took a twentieth of the time to the first paint.
"""

from typing import Any, NamedTuple


class Change(NamedTuple):
    """A record that was made, changed or archived. A hint: the database is the truth."""

    kind: str
    id: int

    def concerns(self, kind: str, record_id: int = 0) -> bool:
        """Whether records of a kind, or one of them, may be others now."""
        return self.kind in ("", kind) and (not record_id or self.id in (0, record_id))


EVERYTHING = Change("", 0)
"""Anything may be other now, as after the time a server was away."""


class Filter(NamedTuple):
    """One condition of a list: a field, how to compare, with what (typed values).

    Operators: ``=  != < <= > >= contains starts empty filled in between``.
    """

    field: str
    operator: str
    value: Any = None


class ListQuery(NamedTuple):
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
