"""What came of an import: figures, the rows left out with their reasons, and the file of them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from controllers.system.imports.sources import Source
from models.values.errors import DomainError


class Rejected:
    """The rows that are left out, each with the first reason found."""

    def __init__(self) -> None:
        self._reasons: dict[int, DomainError] = {}

    def add(self, problems: Iterable[tuple[int, DomainError]]) -> None:
        """Note problems by the row's place; a row keeps its first."""
        for at, problem in problems:
            self._reasons.setdefault(at, problem)

    def __contains__(self, at: int) -> bool:
        return at in self._reasons

    def __len__(self) -> int:
        return len(self._reasons)

    def kept(self, rows: int) -> list[int]:
        """The places of the rows that stay."""
        return [at for at in range(rows) if at not in self._reasons]

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
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "reason", *source.headings])
        for line, reason in reasons:
            at = line - source.first
            cells = source.rows[at] if at < len(source.rows) else []
            writer.writerow([line, reason, *cells])
