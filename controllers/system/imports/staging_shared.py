"""How an import writes into a shared database: with the rights of everybody, beside others.

Nobody may make a table or take a trigger away there. So the rows travel as one value for each
column, a list in JSON, and the server makes rows of them in the statement that needs them.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar

from sqlalchemy import Integer
from sqlalchemy.exc import IntegrityError

from controllers.system.imports.engines import blocks
from controllers.system.imports.staging import Laid, Rows, Staging, Written, overtaken
from models.storage.tables import TABLES
from models.storage.types import moment_text

_TAKEN_OR_GONE = ("23505", "23503")
"""States of SQL: a key that another record has, and a link to none."""


class SharedStaging(Staging):
    """The way into a shared database."""

    differs: ClassVar[str] = "IS DISTINCT FROM"

    def write(self, rows: Rows, *, derive: bool) -> Written:
        """Make, change or leave the record of each row; somebody else may be faster."""
        try:
            return super().write(rows, derive=derive)
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", "") not in _TAKEN_OR_GONE:
                raise
            raise overtaken() from error

    def lay(self, names: Sequence[str], rows: Rows) -> Laid:
        """Columns side by side, each text of a list becoming a value of its type."""
        lists = ", ".join("json_array_elements_text(?::json)" for _name in names)
        typed = ", ".join(f"x.{name}::{self._type(name)} AS {name}" for name in names)
        columns = zip(*rows, strict=True)
        values = tuple(json.dumps(column, ensure_ascii=False) for column in columns)
        return f"(SELECT {typed} FROM ROWS FROM ({lists}) AS x({', '.join(names)})) AS s", values

    def _type(self, name: str) -> str:
        column = TABLES[self.kind.name].c.get(name)
        kind = Integer() if column is None else column.type
        return str(kind.compile(dialect=self.uow.connection.dialect))

    def insert(self, rows: Rows) -> None:
        """Make new records, and note them by the ids the server gave them."""
        names, now = ", ".join(self.columns), moment_text(self.uow.now)
        for block in blocks(rows):
            laid, values = self.lay(self.columns, block)
            self.execute(
                f"WITH made AS (INSERT INTO {self.kind.table}({names}, created_at, "
                f"changed_at) SELECT {names}, ?, ? FROM {laid} RETURNING id) "
                "INSERT INTO import_row(run_id, record_id, version) SELECT ?, id, 1 FROM made",
                now, now, *values, self.run,
            )  # fmt: skip

    @contextmanager
    def at_once(self, made: int, there: int, changed: int, *, derive: bool) -> Iterator[None]:
        """Triggers write the audit trail, of a long import as of a short one."""
        yield
