"""The imports there were, and taking one back: what it made goes, what it changed returns."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, true, update

from controllers.catalogue import stock_moves
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.system.imports.engines import among, blocks, raw_values
from models.storage.tables import IMPORT_ROW, IMPORT_RUN, TABLES
from models.system.kinds import LINES, MOVED, kind_of
from models.values.errors import DomainError, NotFoundError
from models.values.fields import RecordKind
from models.values.permissions import Scope, scope
from models.values.records import Change
from resources.languages import marked as _

_BEYOND = 2**62
"""A number no import reaches, and one the database still takes."""


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import that was made."""

    id: int
    at: dt.datetime
    who: str
    kind: str
    file: str
    created: int
    updated: int
    undone_at: dt.datetime | None = None


def history(uow: UnitOfWork, limit: int = 200) -> list[ImportRun]:
    """The imports a person may take back, newest first."""
    if not uow.may("imports.run"):
        return []
    run = IMPORT_RUN.c
    query = (
        select(run.id, run.at, run.who, run.kind, run.file, run.created, run.updated, run.undone_at)
        .where(_is_theirs(uow))
        .order_by(run.id.desc())
    )
    return [ImportRun(*row) for row in uow.connection.execute(query.limit(limit))]


@needs("imports.run")
def undo(uow: UnitOfWork, run: int) -> dict[str, int]:
    """Take a whole import back: remove what it made, put back what it changed.

    Raises DomainError where a record was changed or used since, naming it; nothing is changed then.
    """
    query = select(IMPORT_RUN).where(IMPORT_RUN.c.id == min(run, _BEYOND), _is_theirs(uow))
    found = uow.connection.execute(query).mappings().one_or_none()
    if found is None or found["undone_at"] is not None:
        message = _("There is no import {run} to take back.")
        raise NotFoundError(message, run=run)
    kind = kind_of(found["kind"])
    _refuse_changed(uow, kind, run)
    counts = {"removed": _remove_made(uow, kind, run), "restored": _put_back(uow, kind, run)}
    uow.connection.execute(
        update(IMPORT_RUN).where(IMPORT_RUN.c.id == run).values(undone_at=uow.now)
    )
    uow.changes += [Change(kind.name, 0), Change("import", run)]
    return counts


def _is_theirs(uow: UnitOfWork) -> ColumnElement[bool]:
    """What holds of the imports a person may take back; a shared database sees to it itself."""
    own = scope(uow.person.role, "imports.run") is Scope.OWN
    return IMPORT_RUN.c.who == uow.user if own else true()


def _refuse_changed(uow: UnitOfWork, kind: RecordKind, run: int) -> None:
    changed = uow.connection.exec_driver_sql(
        f"SELECT t.{kind.key}, t.id FROM import_row i JOIN {kind.table} t ON t.id = i.record_id "
        "WHERE i.run_id = ? AND t.version <> i.version LIMIT 1",
        (run,),
    ).first()
    if changed is not None:
        raise DomainError(
            _("{key} was changed since import {run}, so the import stays; put it right by hand."),
            key=changed[0] or changed[1],
            run=run,
        )


def _remove_made(uow: UnitOfWork, kind: RecordKind, run: int) -> int:
    from sqlalchemy.exc import IntegrityError

    noted = select(IMPORT_ROW.c.record_id).where(
        IMPORT_ROW.c.run_id == run, IMPORT_ROW.c.before.is_(None)
    )
    ids = list(uow.connection.execute(noted).scalars())
    try:
        return sum(_remove(uow, kind, block) for block in blocks(ids))
    except IntegrityError as error:
        raise DomainError(
            _("Records of import {run} are used by others meanwhile, so the import stays."), run=run
        ) from error


def _remove(uow: UnitOfWork, kind: RecordKind, ids: list[int]) -> int:
    execute = uow.connection.exec_driver_sql
    if kind.name == "payment":
        return _void_payments(uow, ids)
    if kind.name in LINES:
        line = LINES[kind.name]
        any_of, values = among(uow, line.fields[0].column, ids)
        execute(f"DELETE FROM {line.table} WHERE {any_of}", (values,))
    if kind.name == "product":
        stock_moves.forget_openings(uow, ids)
    any_of, values = among(uow, "id", ids)
    return int(execute(f"DELETE FROM {kind.table} WHERE {any_of}", (values,)).rowcount)


def _void_payments(uow: UnitOfWork, ids: list[int]) -> int:
    """Payments keep their numbers: they are made void, and what they settled is open again."""
    from controllers.documents import payments

    for each in ids:
        payments.void(uow, each)
    return len(ids)


def _put_back(uow: UnitOfWork, kind: RecordKind, run: int) -> int:
    """Put records back as they were; earlier imports of them can then be taken back as well."""
    noted = select(IMPORT_ROW.c.record_id, IMPORT_ROW.c.version, IMPORT_ROW.c.before).where(
        IMPORT_ROW.c.run_id == run, IMPORT_ROW.c.before.is_not(None)
    )
    rows = [
        (record_id, version, json.loads(before))
        for record_id, version, before in uow.connection.execute(noted)
    ]
    if rows:
        _restore(uow, kind, [(before, record_id) for record_id, _version, before in rows])
        _renumber(uow, kind, rows)
        if kind.name == "product":
            stock_moves.balance(uow, [record_id for record_id, *_more in rows], "adjustment")
    if kind.name in LINES:
        from controllers.system.imports.documents import put_lines_back

        for record_id, _version, before in rows:
            put_lines_back(uow, kind, record_id, before.get("lines", []))
    return len(rows)


def _restore(uow: UnitOfWork, kind: RecordKind, rows: list[tuple[dict[str, Any], int]]) -> None:
    """Give records their old values, which all hold the same fields, as one import noted them."""
    raw = [(_columns(kind, before), record_id) for before, record_id in rows]
    setters = ", ".join(f"{name} = ?" for name in raw[0][0])
    uow.connection.exec_driver_sql(
        f"UPDATE {kind.table} SET {setters}, version = version + 1 WHERE id = ?",
        [(*columns.values(), record_id) for columns, record_id in raw],
    )


def _columns(kind: RecordKind, before: dict[str, Any]) -> dict[str, Any]:
    """What a record held, by its columns, with the keys and the text made from it."""
    from controllers.core.records import search_text
    from models.values.folding import folded

    moved = MOVED.get(kind.table, frozenset())
    columns = {
        each.column: before[each.name]
        for each in kind.stored
        if each.name in before and each.name not in moved
    }
    for each in kind.stored:
        if each.folded:
            columns[f"{each.name}_key"] = folded(before.get(each.name) or "")
    if kind.searchable:
        columns["search_text"] = search_text(kind, before)
    return raw_values(TABLES[kind.name], columns)


def _renumber(
    uow: UnitOfWork, kind: RecordKind, rows: list[tuple[int, int, dict[str, Any]]]
) -> None:
    """Tell the import that wrote the version a record had, that it is the present one again."""
    uow.connection.exec_driver_sql(
        "UPDATE import_row SET version = ? WHERE record_id = ? AND version = ? "
        "AND run_id IN (SELECT id FROM import_run WHERE kind = ?)",
        [
            (version + 1, record_id, before["version"], kind.name)
            for record_id, version, before in rows
        ],
    )
