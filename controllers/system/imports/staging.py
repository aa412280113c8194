"""Writing a whole import at once: new rows go to their table, others are laid beside it first.

A few statements whatever the number of rows: note what was before, update what differs, insert
what is new, note what was made. How rows are laid out and inserted is each engine's own.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, ClassVar

from controllers.core.unit_of_work import UnitOfWork
from controllers.system.imports.engines import among, blocks, row_json
from models.storage.types import moment_text
from models.values.errors import HiddenClashError
from models.values.fields import RecordKind
from models.values.folding import folded_all
from resources.languages import marked as _

Rows = list[Sequence[Any]]
Laid = tuple[str, tuple[Any, ...]]
"""Rows as an SQL source called ``s``, and the values it needs."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many records an import made, changed and left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


def write_rows(
    uow: UnitOfWork,
    kind: RecordKind,
    run: int,
    match: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    derive: bool = True,
) -> Written:
    """Write rows of raw column values; `match` is the column that finds the existing record.

    Rows must be distinct in `match`. What an import does is kept in ``import_row`` to undo it.
    Without `derive` search index and audit trail may stay behind: for what is taken back at once.
    Raises ClashError where somebody else writes the same records meanwhile.
    """
    from controllers.system.imports.staging_shared import SharedStaging
    from controllers.system.imports.staging_sqlite import SqliteStaging

    engine = SqliteStaging if uow.is_embedded else SharedStaging
    return engine(uow, kind, run, match, columns).write(list(rows), derive=derive)


@dataclass(frozen=True)
class Staging(ABC):
    """The way of one import's rows into the table of their kind."""

    uow: UnitOfWork
    kind: RecordKind
    run: int
    match: str
    columns: Sequence[str]

    differs: ClassVar[str]
    """Compares two values, of which both may be NULL."""

    def write(self, rows: Rows, *, derive: bool) -> Written:
        """Make, change or leave the record of each row."""
        made, there = self._parted(rows)
        changed = self._noted(there)
        with self.at_once(len(made), len(there), len(changed), derive=derive):
            for block in blocks(self._completed(changed)):
                self._update(block)
            self.insert(made)
        return Written(len(made), len(changed), len(there) - len(changed))

    # What each engine does in its own way

    @abstractmethod
    def lay(self, names: Sequence[str], rows: Rows) -> Laid:
        """Lay out rows of these columns; ``record_id`` may be one. Only the last ones stay."""

    @abstractmethod
    def insert(self, rows: Rows) -> None:
        """Make new records, and note that this import made them."""

    @abstractmethod
    def at_once(
        self, made: int, there: int, changed: int, *, derive: bool
    ) -> AbstractContextManager[None]:
        """Around all that is written: what a long import does once rather than row by row."""

    # What is the same

    def execute(self, statement: str, *values: Any) -> Any:
        """Run one raw statement; answers SQLAlchemy's result."""
        return self.uow.connection.exec_driver_sql(statement, values)

    def _parted(self, rows: Rows) -> tuple[Rows, Rows]:
        """Rows of new records, and those of records that are there with the record's id before."""
        at = self.columns.index(self.match)
        ids = self._ids([row[at] for row in rows])
        if not ids:
            return rows, []
        return (
            [row for row in rows if row[at] not in ids],
            [(ids[row[at]], *row) for row in rows if row[at] in ids],
        )

    def _ids(self, keys: list[Any]) -> dict[Any, int]:
        """The ids of the records there are, by what they are matched with."""
        any_of, values = among(self.uow, self.match, keys)
        found = self.execute(
            f"SELECT {self.match}, id FROM {self.kind.table} WHERE {any_of} ORDER BY id", values
        )
        return {row[0]: row[1] for row in found}

    def _noted(self, there: Rows) -> Rows:
        """The rows that differ from their record, with what it holds now kept to undo it."""
        ids: set[int] = set()
        for block in blocks(there):
            ids |= self._note_differences(block)
        return [row for row in there if row[0] in ids]

    def _note_differences(self, rows: Rows) -> set[int]:
        compared = [each for each in self.columns if each not in (self.match, "search_text")]
        if not compared:
            return set()
        differs = " OR ".join(f"t.{each} {self.differs} s.{each}" for each in compared)
        laid, values = self.lay(("record_id", *self.columns), rows)
        found = self.execute(
            "INSERT INTO import_row(run_id, record_id, version, before) "
            f"SELECT ?, t.id, t.version + 1, {row_json(self.uow, self.kind, 't')} "
            f"FROM {laid} JOIN {self.kind.table} t ON t.id = s.record_id WHERE {differs} "
            "RETURNING record_id",
            self.run, *values,
        )  # fmt: skip
        return set(found.scalars())

    def _completed(self, rows: Rows) -> Rows:
        """Rows with the text to search, where their records hold more of it than the file gave."""
        names = [each.name for each in self.kind.searchable]
        lacking = [each for each in names if each not in self.columns]
        if not rows or not lacking:
            return rows
        more = self._held(lacking)
        partial = [row for row in rows if row[0] in more]
        texts = folded_all([
            " ".join(filter(None, map((self._by_name(row) | more[row[0]]).get, names)))
            for row in partial
        ])  # fmt: skip
        at = 1 + self.columns.index("search_text")
        whole = [row for row in rows if row[0] not in more]
        pairs = zip(partial, texts, strict=True)
        return whole + [(*row[:at], text, *row[at + 1 :]) for row, text in pairs]

    def _by_name(self, row: Sequence[Any]) -> dict[str, Any]:
        return dict(zip(self.columns, row[1:], strict=True))

    def _held(self, names: list[str]) -> dict[int, dict[str, Any]]:
        """What changed records hold of these texts; only records that hold any of them."""
        any_held = " OR ".join(f"{each} <> ''" for each in names)
        found = self.execute(
            f"SELECT id, {', '.join(names)} FROM {self.kind.table} WHERE id IN (SELECT record_id "
            f"FROM import_row WHERE run_id = ? AND before IS NOT NULL) AND ({any_held})",
            self.run,
        )
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in found}

    def _update(self, rows: Rows) -> None:
        """Give the records whose difference was noted the values of the file."""
        setters = ", ".join(f"{each} = s.{each}" for each in self.columns if each != self.match)
        laid, values = self.lay(("record_id", *self.columns), rows)
        count = self.execute(
            f"UPDATE {self.kind.table} AS t SET {setters}, version = t.version + 1, "
            f"changed_at = ? FROM {laid} JOIN import_row r ON r.record_id = s.record_id "
            "WHERE r.run_id = ? AND t.id = s.record_id AND r.version = t.version + 1",
            moment_text(self.uow.now), *values, self.run,
        ).rowcount  # fmt: skip
        if count != len(rows):
            raise overtaken()


def overtaken() -> HiddenClashError:
    """What to raise where somebody else wrote a record between our look and our writing.

    Or where there is a record all the time that the person has no right to see.
    """
    return HiddenClashError(
        _("Somebody else writes the same records, or has some that you cannot see; try again, or "
          "let somebody import the file who sees all of them.")
    )  # fmt: skip
