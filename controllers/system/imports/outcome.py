"""What came of an import: figures, the rows left out with their reasons, and the file of them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from controllers.system.imports.sources import Source
from models.values.errors import DomainError
from resources.languages import marked as _


class Rejected:
    """The rows that are left out, each with the first reason found."""

    def __init__(self) -> None:
        self._reasons: dict[int, DomainError] = {}
        self._repeated: set[int] = set()

    def add(self, problems: Iterable[tuple[int, DomainError]]) -> None:
        """Note problems by the row's place; a row keeps its first."""
        for at, problem in problems:
            self._reasons.setdefault(at, problem)

    def repeat(self, at: int) -> None:
        """Pass over a row that says nothing new; nobody needs to be told."""
        self._repeated.add(at)

    def repeated(self) -> int:
        """How many rows say nothing new."""
        return len(self._repeated - self._reasons.keys())

    def __contains__(self, at: int) -> bool:
        return at in self._reasons

    def __len__(self) -> int:
        return len(self._reasons)

    def kept(self, rows: int) -> list[int]:
        """The places of the rows that stay."""
        left_out = self._reasons.keys() | self._repeated
        return [at for at in range(rows) if at not in left_out]

    def in_order(self) -> list[tuple[int, DomainError]]:
        """Place and reason, in the file's order."""
        return sorted(self._reasons.items())


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of an import; `run` is its number, with which it can be taken back."""

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    run: int | None
    reasons: tuple[tuple[int, str], ...] = ()
    """Line of the file and what is wrong with it."""
    unmapped: tuple[str, ...] = field(default=())
    """Headings that mean no field and were passed over."""
    expired: int = 0
    """Of the prices made or changed, those that hold no longer today."""

    def as_json(self) -> dict[str, int | None]:
        """The figures as the command line prints them."""
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "import": self.run,
        }


def write_rejects(path: Path, source: Source, reasons: Iterable[tuple[int, str]]) -> None:
    """A CSV of the rows left out, as they were, with the line and the reason before them."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["line", "reason", *source.headings])
            for line, reason in reasons:
                at = line - source.first
                cells = source.rows[at] if at < len(source.rows) else []
                writer.writerow([line, reason, *map(_cell, cells)])
    except OSError as error:
        message = _("{path} cannot be written ({reason}); nothing was changed.")
        raise DomainError(message, path=path, reason=error.strerror or error) from error


def _cell(cell: Any) -> Any:
    """A whole figure of a workbook without the point that would make another text of it."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
