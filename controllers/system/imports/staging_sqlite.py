"""How an import writes into a database file: through a temporary table, alone with it.

Long imports also write the audit trail at once, and the search index anew where much of it
changes, with the triggers that do so row by row taken away meanwhile.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from controllers.system.imports.staging import Laid, Rows, Staging
from models.storage.derived import (
    audit_statements,
    audit_triggers,
    trigger_names,
    trigger_statements,
)
from models.storage.search_index import dealing_statements
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
        everything = deals_anew or not derive
        for name in trigger_names(self.kind) if everything else audit_triggers(self.kind):
            self.execute(f"DROP TRIGGER IF EXISTS {name}")
        indexes = self._drop_indexes(made)
        yield
        for statement in indexes:
            self.execute(statement)
        if derive:
            self._derive(deals_anew=deals_anew)

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
        """Write audit entries and search index of a long import, and bring the triggers back."""
        self.execute(
            "INSERT INTO audit(at, who, kind, record_id, action, before) "
            "SELECT ?, ?, ?, record_id, "
            "CASE WHEN before IS NULL THEN 'insert' ELSE 'update' END, before "
            "FROM import_row WHERE run_id = ?",
            moment_text(self.uow.now), self.uow.user, self.kind.name, self.run,
        )  # fmt: skip
        for statement in dealing_statements(self.kind) if deals_anew else ():
            self.execute(statement)
        triggers = trigger_statements if deals_anew else audit_statements
        for statement in triggers(self.kind):
            self.execute(statement)
