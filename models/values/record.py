"""What leaves the controllers for a form: one record."""

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
