"""How an import writes into a database file: through a temporary table, alone with it.

Long imports also write the entries of new records at once, and the search index anew where much of
it changes, with the triggers that do so row by row taken away meanwhile.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from controllers.system.imports.staging import Laid, Rows, Staging
from models.storage import trail
from models.storage.derived import trigger_names
from models.storage.search_index import (
    dealing_statements,
    index_trigger_statements,
    index_triggers,
)
from models.storage.types import moment_text

LONG = 5_000
"""From so many rows on, writing audit trail and indexes at once is cheaper than by rows."""

DEALT_ANEW = 4
"""Where one in so many records is new or changed, writing the whole search index is cheapest."""


class SqliteStaging(Staging):
    """The way into a database file."""

    differs: ClassVar[str] = "IS NOT"

    def lay(self, names: Sequence[str], rows: Rows) -> Laid:
        """Fill a temporary table."""
        self.execute("DROP TABLE IF EXISTS temp.staging")
        columns = ", ".join(names).replace("record_id", "record_id INTEGER PRIMARY KEY")
        self.execute(f"CREATE TEMP TABLE staging ({columns})")
        self._executemany("INSERT INTO staging VALUES ({marks})", names, rows)
        return "staging s", ()

    def insert(self, rows: Rows) -> None:
        """Make new records; nobody else writes, so all beyond the last are this import's."""
        last = self.execute(f"SELECT coalesce(max(id), 0) FROM {self.kind.table}").scalar_one()
        now = moment_text(self.uow.now)
        self._executemany(
            f"INSERT INTO {self.kind.table}({', '.join(self.columns)}, created_at, changed_at) "
            f"VALUES ({{marks}}, '{now}', '{now}')",
            self.columns,
            rows,
        )
        self.execute(
            "INSERT INTO import_row(run_id, record_id, version) "
            f"SELECT ?, id, 1 FROM {self.kind.table} WHERE id > ?",
            self.run, last,
        )  # fmt: skip

    def _executemany(self, statement: str, names: Sequence[str], rows: Rows) -> None:
        """Bind rows straight to the driver."""
        cursor = self.uow.connection.connection.cursor()
        try:
            cursor.executemany(statement.format(marks=", ".join("?" * len(names))), rows)
        finally:
            cursor.close()

    @contextmanager
    def at_once(self, made: int, there: int, changed: int, *, derive: bool) -> Iterator[None]:
        """Take triggers and indexes away where that is cheaper, and bring them back."""
        if made + there < LONG and derive:
            yield
            return
        deals_anew = self._deals_anew(made, changed)
        for name in self._spared(deals_anew=deals_anew, derive=derive):
            self.execute(f"DROP TRIGGER IF EXISTS {name}")
        indexes = self._drop_indexes(made)
        yield
        for statement in indexes:
            self.execute(statement)
        if derive:
            self._derive(deals_anew=deals_anew)

    def _spared(self, *, deals_anew: bool, derive: bool) -> list[str]:
        """The triggers whose work is done at once; what changes a record stays on watch."""
        if not derive:
            return trigger_names(self.kind)
        indexing = index_triggers(self.kind) if deals_anew else []
        return [*indexing, trail.triggers(self.kind)[0], *trail.guard_names()]

    def _count(self) -> int:
        return int(self.execute(f"SELECT count(*) FROM {self.kind.table}").scalar_one())

    def _deals_anew(self, made: int, changed: int) -> bool:
        if not self.kind.searchable:
            return False
        return DEALT_ANEW * (made + changed) > self._count() + made

    def _drop_indexes(self, made: int) -> list[str]:
        """Where most records will be new, making the indexes anew is cheaper than keeping them up.

        Answers the statements that make them.
        """
        if self._count() > made:
            return []
        rows = self.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? "
            "AND sql IS NOT NULL",
            self.kind.table,
        ).all()
        for name, _sql in rows:
            self.execute(f"DROP INDEX {name}")
        return [str(row[1]) for row in rows]

    def _derive(self, *, deals_anew: bool) -> None:
        """Write the entries of what was made and the search index, and bring triggers back."""
        source = f"import_row r JOIN {self.kind.table} t ON t.id = r.record_id CROSS JOIN writer w"
        found = trail.entries_of_import(self.kind, self.columns, source)
        self.execute(
            f"INSERT INTO audit({trail.COLUMNS}) {found} "
            "WHERE r.run_id = ? AND r.before IS NULL ORDER BY t.id",
            _now(), self.run,
        )  # fmt: skip
        for statement in self._deriving() if deals_anew else ():
            self.execute(statement)
        for statement in (next(trail.statements(self.kind)), *trail.guards()):
            self.execute(statement)

    def _deriving(self) -> Iterator[str]:
        yield from dealing_statements(self.kind)
        yield from index_trigger_statements(self.kind)


def _now() -> str:
    """The moment by the computer's clock, as triggers write it."""
    return moment_text(dt.datetime.now(dt.UTC))
