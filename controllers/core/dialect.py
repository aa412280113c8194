"""What list SQL says differently on the two engines."""

from collections.abc import Sequence
from typing import Any, NamedTuple

Statement = tuple[str, list[Any]]


class Dialect(NamedTuple):
    """The words of one engine."""

    name: str
    false: str
    true: str
    is_other: str
    """Differs, with nothing counted as a value."""
    contains: str
    """Compares with a pattern, whatever the case of the letters."""
    by_hand: str
    """Before a column: no index of it is to be used."""
    null_first: str
    null_last: str
    """Records without a value come before all others, on both engines."""
    few: int
    """Up to so many finds of a search are fetched and sorted."""
    steps: int
    """So far a list is walked to meet the first finds, where there are more."""

    def flag(self, value: bool) -> str:
        """Yes or no."""
        return self.true if value else self.false

    def among(self, expression: str, ids: Sequence[int]) -> Statement:
        """Whether a number is one of many."""
        return f"{expression} IN ({self.listed})", [self.list_value(ids)]

    @property
    def listed(self) -> str:
        """A query of the numbers in a list value."""
        return (
            "SELECT value FROM json_each(?)" if self.name == "sqlite" else "SELECT unnest(?::int[])"
        )

    def list_value(self, ids: Sequence[int]) -> Any:
        """Numbers as one value of a statement."""
        return f"[{','.join(map(str, ids))}]" if self.is_embedded else list(ids)

    @property
    def is_embedded(self) -> bool:
        """Whether it is SQLite."""
        return self.name == "sqlite"


SQLITE = Dialect("sqlite", "0", "1", "IS NOT", "LIKE", "+", "", "", 4_000, 25_000)
POSTGRESQL = Dialect(
    "postgresql",
    "FALSE",
    "TRUE",
    "IS DISTINCT FROM",
    "ILIKE",
    "",
    " NULLS FIRST",
    " NULLS LAST",
    2_000,
    6_000,
)
DIALECTS = {each.name: each for each in (SQLITE, POSTGRESQL)}
