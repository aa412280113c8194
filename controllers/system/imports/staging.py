"""Writing a whole import at once: new rows go to their table, others to a staging table beside it.

A few statements whatever the number of rows: note what was before, update what differs, insert
what is new, note what was made. Long imports also write the audit trail at once, and the search
index anew where much of it changes, with the triggers that do so row by row taken away meanwhile.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from controllers.core.unit_of_work import UnitOfWork
from models.storage.derived import (
    audit_statements,
    audit_triggers,
    before_json,
    trigger_names,
    trigger_statements,
)
from models.storage.search_index import dealing_statements
from models.storage.types import moment_text
from models.values.fields import RecordKind
from models.values.folding import folded_all

LONG = 5_000
"""From so many rows on, writing audit trail and indexes at once is cheaper than by rows."""

DEALT_ANEW = 4
"""Where one in so many records is new or changed, writing the whole search index is cheapest."""


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
    Without `derive` search index and audit trail stay behind: for what is taken back at once.
    """
    execute = uow.connection.exec_driver_sql
    made, staged = _parted(uow, kind, columns.index(match), match, rows)
    _stage(uow, columns, staged)
    count = len(made) + len(staged)
    at_once = count >= LONG or not derive
    updated = _note_differences(uow, kind, run, match, columns)
    deals_anew = at_once and _deals_anew(uow, kind, len(made), updated)
    if at_once:
        for name in trigger_names(kind) if deals_anew or not derive else audit_triggers(kind):
            execute(f"DROP TRIGGER IF EXISTS {name}")
    if updated:
        _update(uow, kind, run, match, columns)
    _complete_search_texts(uow, kind, run, columns)
    indexes = _drop_indexes(uow, kind, len(made)) if at_once else []
    _insert(uow, kind, run, columns, made)
    for statement in indexes:
        execute(statement)
    if at_once and derive:
        _derive(uow, kind, run, deals_anew=deals_anew)
    execute("DROP TABLE temp.staging")
    return Written(len(made), updated, len(staged) - updated)


_Rows = list[Sequence[Any]]


def _parted(
    uow: UnitOfWork, kind: RecordKind, at: int, match: str, rows: Iterable[Sequence[Any]]
) -> tuple[_Rows, _Rows]:
    """Rows of new records, and those of records that are there with the record's id before."""
    every = list(rows)
    keys = json.dumps([row[at] for row in every])
    found = uow.connection.exec_driver_sql(
        f"SELECT {match}, id FROM {kind.table} WHERE {match} IN (SELECT value FROM json_each(?))",
        (keys,),
    )
    ids: dict[Any, int] = {row[0]: row[1] for row in found}
    if not ids:
        return every, []
    return (
        [row for row in every if row[at] not in ids],
        [(ids[row[at]], *row) for row in every if row[at] in ids],
    )


def _stage(uow: UnitOfWork, columns: Sequence[str], rows: _Rows) -> None:
    """Lay the rows of existing records beside their table, to compare them there."""
    execute = uow.connection.exec_driver_sql
    execute("DROP TABLE IF EXISTS temp.staging")
    execute(f"CREATE TEMP TABLE staging (record_id INTEGER PRIMARY KEY, {', '.join(columns)})")
    marks = ", ".join("?" * (len(columns) + 1))
    _executemany(uow, f"INSERT INTO staging VALUES ({marks})", rows)


def _executemany(uow: UnitOfWork, statement: str, rows: Any) -> int:
    """Bind rows straight to the driver, which takes them one by one from the iterator."""
    cursor = uow.connection.connection.cursor()
    try:
        cursor.executemany(statement, rows)
        return int(cursor.rowcount)
    finally:
        cursor.close()


def _note_differences(
    uow: UnitOfWork, kind: RecordKind, run: int, match: str, columns: Sequence[str]
) -> int:
    """Keep what the records that will change hold now; answers how many they are."""
    compared = [each for each in columns if each not in (match, "search_text")]
    differs = " OR ".join(f"t.{each} IS NOT s.{each}" for each in compared) or "0"
    execute = uow.connection.exec_driver_sql
    found = execute(
        f"INSERT INTO import_row(run_id, record_id, version, before) "
        f"SELECT ?, t.id, t.version + 1, {before_json(kind, 't')} "
        f"FROM staging s JOIN {kind.table} t ON t.id = s.record_id WHERE {differs}",
        (run,),
    ).rowcount
    return int(found)


def _deals_anew(uow: UnitOfWork, kind: RecordKind, made: int, updated: int) -> bool:
    if not kind.searchable:
        return False
    query = f"SELECT count(*) FROM {kind.table}"
    there = int(uow.connection.exec_driver_sql(query).scalar_one())
    return DEALT_ANEW * (made + updated) > there + made


def _update(
    uow: UnitOfWork, kind: RecordKind, run: int, match: str, columns: Sequence[str]
) -> None:
    """Give the records whose difference was noted the values of the file."""
    setters = ", ".join(f"{each} = s.{each}" for each in columns if each != match)
    uow.connection.exec_driver_sql(
        f"UPDATE {kind.table} AS t SET {setters}, version = t.version + 1, changed_at = ?1 "
        "FROM staging s JOIN import_row r ON r.run_id = ?2 AND r.record_id = s.record_id "
        "WHERE t.id = s.record_id",
        (moment_text(uow.now), run),
    )


def _complete_search_texts(
    uow: UnitOfWork, kind: RecordKind, run: int, columns: Sequence[str]
) -> None:
    """Write the search text of updated records anew where they hold more than the file gave."""
    names = [each.name for each in kind.searchable]
    lacking = [each for each in names if each not in columns]
    if not lacking:
        return
    more = " OR ".join(f"{each} <> ''" for each in lacking)
    rows = uow.connection.exec_driver_sql(
        f"SELECT id, {', '.join(names)} FROM {kind.table} WHERE id IN (SELECT record_id "
        f"FROM import_row WHERE run_id = ? AND before IS NOT NULL) AND ({more})",
        (run,),
    ).all()
    texts = folded_all([" ".join(filter(None, parts)) for _id, *parts in rows])
    statement = f"UPDATE {kind.table} SET search_text = ? WHERE id = ?"
    _executemany(uow, statement, zip(texts, (row[0] for row in rows), strict=True))


def _derive(uow: UnitOfWork, kind: RecordKind, run: int, *, deals_anew: bool) -> None:
    """Write the audit entries and the search index of a long import, and bring triggers back."""
    execute = uow.connection.exec_driver_sql
    execute(
        "INSERT INTO audit(at, who, kind, record_id, action, before) SELECT ?, ?, ?, record_id, "
        "CASE WHEN before IS NULL THEN 'insert' ELSE 'update' END, before "
        "FROM import_row WHERE run_id = ?",
        (moment_text(uow.now), uow.user, kind.name, run),
    )
    for statement in dealing_statements(kind) if deals_anew else ():
        execute(statement)
    for statement in trigger_statements(kind) if deals_anew else audit_statements(kind):
        execute(statement)


def _drop_indexes(uow: UnitOfWork, kind: RecordKind, made: int) -> list[str]:
    """Where most records will be new, making the indexes anew is cheaper than keeping them up.

    Answers the statements that make them.
    """
    execute = uow.connection.exec_driver_sql
    if execute(f"SELECT count(*) FROM {kind.table}").scalar_one() > made:
        return []
    rows = execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? "
        "AND sql IS NOT NULL AND sql NOT LIKE '%UNIQUE%'",
        (kind.table,),
    ).all()
    for name, _sql in rows:
        execute(f"DROP INDEX {name}")
    return [str(row[1]) for row in rows]


def _insert(
    uow: UnitOfWork, kind: RecordKind, run: int, columns: Sequence[str], rows: _Rows
) -> None:
    execute = uow.connection.exec_driver_sql
    last = execute(f"SELECT coalesce(max(id), 0) FROM {kind.table}").scalar_one()
    now = moment_text(uow.now)
    marks = ", ".join("?" * len(columns))
    _executemany(
        uow,
        f"INSERT INTO {kind.table}({', '.join(columns)}, created_at, changed_at) "
        f"VALUES ({marks}, '{now}', '{now}')",
        rows,
    )
    execute(
        f"INSERT INTO import_row(run_id, record_id, version) "
        f"SELECT ?, id, 1 FROM {kind.table} WHERE id > ?",
        (run, last),
    )
