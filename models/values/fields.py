"""The field catalogue: every field of every kind of record, described once.

Tables, lists, forms, filters, import, export and the audit trail all read these descriptions;
a new field is one line here in its kind and one migration.
"""

from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from models.values.described import Described


class FieldKind(StrEnum):
    """What a field holds, and so how it is stored, typed, shown and compared."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CODE = "code"
    """A short name in one line that people and scripts use for the record."""
    PHONE = "phone"
    EMAIL = "email"
    MONEY = "money"
    QUANTITY = "quantity"
    PERCENT = "percent"
    INTEGER = "integer"
    DATE = "date"
    MOMENT = "moment"
    """A point in time, stored as UTC text ``2026-11-21T08:15:00Z``."""
    BOOLEAN = "boolean"
    CHOICE = "choice"
    STATE = "state"
    LINK = "link"
    """Another record, named by its key; stored as its id in the column ``<name>_id``."""
    TAGS = "tags"
    """Words separated by commas."""
    PICTURE = "picture"
    """PNG or JPEG bytes."""


SCALED_KINDS = frozenset((FieldKind.MONEY, FieldKind.QUANTITY, FieldKind.PERCENT))
"""Kinds stored as whole ten-thousandths."""

NUMBER_KINDS = SCALED_KINDS | {FieldKind.INTEGER}


class Field(NamedTuple):
    """One field. `label` and `help` are English texts, translated where they are shown."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    help: str = ""
    required: bool = False
    unique: bool = False
    importable: bool = True
    read_only: bool = False
    """Computed or set by a use case; shown, never typed."""
    listed: bool = False
    """A column of the list until a person chooses others."""
    searchable: bool = False
    """Part of the text that search looks through."""
    indexed: bool = False
    """Has an index to sort and page by; every field can be sorted, these at once at any size."""
    folded: bool = False
    """Sorted by a stored key without case and accents (column ``<name>_key``)."""
    link: str = ""
    """The kind of record a LINK names."""
    choices: tuple[tuple[str, str], ...] = ()
    """Stored code and English label, in their order."""
    default: object = None
    sql: str = ""
    """An SQL expression over the table alias ``t`` for a figure that is computed, not stored."""
    aliases: tuple[str, ...] = ()
    """Other column headings that mean this field in a file (compared by their letters alone)."""
    restricted: bool = False
    """Only people who may see costs see it."""
    summed: bool = False
    """Its sum stands in the footer of a list."""

    @property
    def stored(self) -> bool:
        """Whether the table has a column of it."""
        return not self.sql

    @property
    def column(self) -> str:
        """Its column in the table."""
        return f"{self.name}_id" if self.kind is FieldKind.LINK else self.name


class Section(NamedTuple):
    """A titled part of a form: rows of field names, two or three beside each other."""

    title: str
    rows: tuple[tuple[str, ...], ...]


class RecordKind(Described):
    """One kind of record: its names, table, key, fields and form."""

    name: str
    label: str
    plural: str
    table: str
    key: str
    """The field people name a record by; unique."""
    title: str
    fields: tuple[Field, ...]
    layout: tuple[Section, ...] = ()
    icon: str = "ph.folder"
    empty: str = ""
    """What an empty list says: what to do next."""
    default_sort: str = ""
    unique_together: tuple[tuple[str, ...], ...] = ()
    editable: bool = True
    """Made and changed through the record form (documents have an editor of their own)."""

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {each.name: each for each in self.fields}

    def __getitem__(self, name: str) -> Field:
        return self.by_name[name]

    @cached_property
    def searchable(self) -> tuple[Field, ...]:
        """The fields that search looks through, in their order."""
        return tuple(each for each in self.fields if each.searchable)

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields with a column in the table."""
        return tuple(each for each in self.fields if each.stored)

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The columns of a list until a person chooses others."""
        return tuple(each.name for each in self.fields if each.listed)

    @cached_property
    def sort(self) -> str:
        """The field a list is sorted by at first; ``-`` before it turns the order."""
        return self.default_sort or self.title
