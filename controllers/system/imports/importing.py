"""One import from file to figures, its rehearsal, its profile, and its undoing."""

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.system.imports import mapping, sources
from controllers.system.imports import records as record_import
from controllers.system.imports.outcome import Outcome, Rejected, write_rejects
from controllers.system.imports.staging import Written
from models.storage.tables import IMPORT_ROW, IMPORT_RUN, PROFILE, TABLES
from models.system.kinds import LINES, kind_of
from models.values.errors import DomainError, NotFoundError
from models.values.fields import RecordKind
from models.values.records import Change
from resources.import_profiles import DELIVERED
from resources.languages import marked as _


@dataclass(frozen=True)
class Request:
    """What a person asks of an import."""

    kind: str
    path: Path
    map: Mapping[str, str] = field(default_factory=dict)
    """Heading to field; "-" leaves a column out."""
    set: Mapping[str, str] = field(default_factory=dict)
    """Field to a value for every row."""
    profile: str = ""
    key: str = ""
    decimals: str = ""
    dates: str = ""
    sheet: str = ""
    rejects: Path | None = None
    language: str = "en"


class _RehearsalError(Exception):
    """Ends a rehearsal so that nothing of it stays."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


def _quiet(_stage: str, _done: int, _rows: int) -> None:
    return None


def import_file(
    app: App,
    request: Request,
    *,
    rehearse: bool = False,
    watch: Callable[[str, int, int], None] = _quiet,
) -> Outcome:
    """Read a file into records in one transaction; rows that cannot be are left out and told.

    `rehearse` does everything and takes it back. `watch` may raise to stop: nothing stays then.
    """
    kind = kind_of(request.kind)
    with _collector_resting():
        source = sources.read(request.path, request.sheet)
    profile = app.read(_profile, request.profile) if request.profile else {}
    plan = mapping.plan(kind, source.headings, request.map, request.set, profile)
    plan = replace(
        plan,
        key=request.key or plan.key,
        decimals=request.decimals or plan.decimals,
        dates=request.dates or plan.dates,
    )
    try:
        with _collector_resting():
            return app.write(_run, kind, source, plan, request, rehearse, watch)
    except _RehearsalError as end:
        return end.outcome


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Long lists of texts hold no cycles; looking for them took a third of an import."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _run(
    uow: UnitOfWork,
    kind: RecordKind,
    source: sources.Source,
    plan: mapping.Plan,
    request: Request,
    rehearse: bool,
    watch: Callable[[str, int, int], None],
) -> Outcome:
    run = _start(uow, request)
    written, rejected = _writer(kind)(uow, kind, run, source, plan, watch)
    if request.rejects is not None and len(rejected):
        write_rejects(request.rejects, source, rejected, request.language)
    outcome = _outcome(source, plan, written, rejected, run, request.language)
    if rehearse:
        raise _RehearsalError(replace(outcome, run=None))
    if not written.created and not written.updated:
        uow.connection.execute(IMPORT_RUN.delete().where(IMPORT_RUN.c.id == run))
        return replace(outcome, run=None)
    counts = {"created": written.created, "updated": written.updated}
    uow.connection.execute(update(IMPORT_RUN).where(IMPORT_RUN.c.id == run).values(**counts))
    uow.changes.append(Change(kind.name, 0))
    return outcome


_Writer = Callable[..., tuple[Written, Rejected]]


def _writer(kind: RecordKind) -> _Writer:
    if kind.name not in LINES:
        return record_import.write
    from controllers.system.imports import documents

    return documents.write


def _start(uow: UnitOfWork, request: Request) -> int:
    result = uow.connection.execute(
        insert(IMPORT_RUN).values(
            at=uow.now, who=uow.user, kind=request.kind, file=request.path.name
        )
    )
    (run,) = result.inserted_primary_key or (0,)
    return int(run)


def _outcome(
    source: sources.Source,
    plan: mapping.Plan,
    written: Written,
    rejected: Rejected,
    run: int,
    language: str,
) -> Outcome:
    return Outcome(
        read=len(source.rows),
        created=written.created,
        updated=written.updated,
        unchanged=written.unchanged,
        rejected=len(rejected),
        run=run,
        reasons=tuple(
            (at + source.first, problem.text(language)) for at, problem in rejected.in_order()
        ),
        unmapped=plan.unmapped,
    )


# Profiles


def profiles(uow: UnitOfWork, kind: str = "") -> dict[str, str]:
    """The names of mapping profiles and the kinds they are for; delivered ones first."""
    own = uow.connection.execute(select(PROFILE.c.name, PROFILE.c.kind)).all()
    found = {name: str(each["kind"]) for name, each in DELIVERED.items()}
    found |= {str(name): str(of) for name, of in own}
    return {name: of for name, of in found.items() if not kind or of == kind}


def save_profile(uow: UnitOfWork, name: str, kind: str, value: Mapping[str, Any]) -> None:
    """Keep a mapping under a name for the next file of the same making."""
    uow.connection.execute(PROFILE.delete().where(PROFILE.c.name == name))
    stored = json.dumps(dict(value), ensure_ascii=False)
    uow.connection.execute(insert(PROFILE).values(name=name, kind=kind, value=stored))


def _profile(uow: UnitOfWork, name: str) -> dict[str, Any]:
    stored = uow.connection.execute(
        select(PROFILE.c.value).where(PROFILE.c.name == name)
    ).scalar_one_or_none()
    if stored is not None:
        return dict(json.loads(stored))
    if name in DELIVERED:
        return dict(DELIVERED[name])
    raise NotFoundError(
        _("There is no mapping profile “{name}”; there are {known}."),
        name=name,
        known=", ".join(profiles(uow)),
    )


# Taking back


def undo(uow: UnitOfWork, run: int) -> dict[str, int]:
    """Take a whole import back: remove what it made, put back what it changed.

    Raises DomainError where a record was changed or used since, naming it; nothing is changed then.
    """
    found = uow.connection.execute(
        select(IMPORT_RUN).where(IMPORT_RUN.c.id == run)
    ).mappings().one_or_none()  # fmt: skip
    if found is None or found["undone_at"] is not None:
        message = _("There is no import {run} to take back.")
        raise NotFoundError(message, run=run)
    kind = kind_of(found["kind"])
    _refuse_changed(uow, kind, run)
    counts = {"removed": _remove_made(uow, kind, run), "restored": _put_back(uow, kind, run)}
    uow.connection.execute(
        update(IMPORT_RUN).where(IMPORT_RUN.c.id == run).values(undone_at=uow.now)
    )
    uow.changes.append(Change(kind.name, 0))
    return counts


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

    made = "SELECT record_id FROM import_row WHERE run_id = ? AND before IS NULL"
    execute = uow.connection.exec_driver_sql
    try:
        if kind.name in LINES:
            line = LINES[kind.name]
            owner = line.fields[0].column
            execute(f"DELETE FROM {line.table} WHERE {owner} IN ({made})", (run,))
        return int(execute(f"DELETE FROM {kind.table} WHERE id IN ({made})", (run,)).rowcount)
    except IntegrityError as error:
        raise DomainError(
            _("Records of import {run} are used by others meanwhile, so the import stays."), run=run
        ) from error


def _put_back(uow: UnitOfWork, kind: RecordKind, run: int) -> int:
    table = TABLES[kind.name]
    rows = uow.connection.execute(
        select(IMPORT_ROW.c.record_id, IMPORT_ROW.c.before).where(
            IMPORT_ROW.c.run_id == run, IMPORT_ROW.c.before.is_not(None)
        )
    ).all()
    for record_id, before in rows:
        _restore(uow, kind, table.name, record_id, json.loads(before))
    return len(rows)


def _restore(
    uow: UnitOfWork, kind: RecordKind, table: str, record_id: int, before: dict[str, Any]
) -> None:
    """Put a record back as it was; an earlier import of it can then be taken back as well."""
    from controllers.core.records import search_text
    from models.values.folding import folded

    columns = {each.column: before[each.name] for each in kind.stored if each.name in before}
    for each in kind.stored:
        if each.folded:
            columns[f"{each.name}_key"] = folded(before.get(each.name) or "")
    if kind.searchable:
        columns["search_text"] = search_text(kind, before)
    setters = ", ".join(f"{name} = ?" for name in columns)
    uow.connection.exec_driver_sql(
        f"UPDATE {table} SET {setters}, version = version + 1 WHERE id = ?",
        (*columns.values(), record_id),
    )
    uow.connection.exec_driver_sql(
        f"UPDATE import_row SET version = (SELECT version FROM {table} WHERE id = ?1) "
        "WHERE record_id = ?1 AND version = ?2 "
        "AND run_id IN (SELECT id FROM import_run WHERE kind = ?3)",
        (record_id, before["version"], kind.name),
    )
    if kind.name in LINES:
        from controllers.system.imports.documents import put_lines_back

        put_lines_back(uow, kind, record_id, before.get("lines", []))
