"""One import from file to figures, and its rehearsal."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update

from controllers.core.app import App
from controllers.core.permitted import needs, of_its_kind
from controllers.core.unit_of_work import UnitOfWork
from controllers.system.imports import mapping, sources
from controllers.system.imports import records as record_import
from controllers.system.imports.headings import with_headings
from controllers.system.imports.outcome import Outcome, Rejected, write_rejects
from controllers.system.imports.profiles import profile
from controllers.system.imports.staging import Written
from models.storage.tables import IMPORT_ROW, IMPORT_RUN, TABLES
from models.system.kinds import LINES, kind_of
from models.values.fields import RecordKind
from models.values.records import Change
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


class RehearsalError(Exception):
    """Ends a rehearsal so that nothing of it stays; `seen` is what a witness found before."""

    def __init__(self, outcome: Outcome, seen: Any) -> None:
        super().__init__()
        self.outcome, self.seen = outcome, seen


Watch = Callable[[str, int, int], None]


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
    if rehearse:
        return rehearsed(app, request, *prepared(app, request), watch)[0]
    source, plan = prepared(app, request)
    with _collector_resting():
        return app.write(_run, source, plan, request, None, watch)


def prepared(app: App, request: Request) -> tuple[sources.Source, mapping.Plan]:
    """The table of the file and how it is read; DomainError as for an import."""
    source = read_source(app, request)
    return source, planned(app, request, source)


def read_source(app: App, request: Request) -> sources.Source:
    """The table of the file; of a bank's file from its headings on."""
    with _collector_resting():
        source = sources.read(request.path, request.sheet)
    if request.kind == "payment":
        return with_headings(app, request.profile, request.map, source)
    return source


def planned(app: App, request: Request, source: sources.Source) -> mapping.Plan:
    """How the table is read: what was asked, then the profile, then the names."""
    known = app.read(profile, request.profile) if request.profile else {}
    kind = kind_of(request.kind)
    plan = mapping.plan(kind, source.headings, request.map, request.set, known)
    mapping.check_key(kind, request.key)
    plan = mapping.without_misfits(kind, plan, source, {*request.map, *known.get("map", {})})
    return replace(
        plan,
        key=request.key or plan.key,
        decimals=request.decimals or plan.decimals,
        dates=request.dates or plan.dates,
    )


def rehearsed(
    app: App,
    request: Request,
    source: sources.Source,
    plan: mapping.Plan,
    watch: Watch = _quiet,
    witness: Callable[[UnitOfWork, int], Any] = lambda _uow, _run: None,
) -> tuple[Outcome, Any]:
    """Do everything, let `witness` look at it, and take it back."""
    try:
        with _collector_resting():
            app.write(_run, source, plan, request, witness, watch)
    except RehearsalError as end:
        return end.outcome, end.seen
    raise AssertionError("a rehearsal ends with its own error")


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


def _of_kind(_source: object, _plan: object, request: Request, *_more: object) -> str:
    return of_its_kind(request.kind)


@needs("imports.run", _of_kind)
def _run(
    uow: UnitOfWork,
    source: sources.Source,
    plan: mapping.Plan,
    request: Request,
    witness: Callable[[UnitOfWork, int], Any] | None,
    watch: Watch,
) -> Outcome:
    kind = kind_of(request.kind)
    run = _start(uow, request)
    write = _writer(kind, derive=witness is None)
    written, rejected = write(uow, kind, run, source, plan, watch)
    outcome = _outcome(source, plan, written, rejected, run, request.language)
    if kind.name == "product":
        _book_stock(uow, run)
    if kind.name == "price":
        outcome = replace(outcome, expired=_expired(uow, run))
    if request.rejects is not None and len(rejected):
        write_rejects(request.rejects, source, outcome.reasons)
    watch(_("Finishing"), len(source.rows), len(source.rows))
    if witness is not None:
        raise RehearsalError(replace(outcome, run=None), witness(uow, run))
    if not written.created and not written.updated:
        uow.connection.execute(IMPORT_RUN.delete().where(IMPORT_RUN.c.id == run))
        return replace(outcome, run=None)
    counts = {"created": written.created, "updated": written.updated}
    uow.connection.execute(update(IMPORT_RUN).where(IMPORT_RUN.c.id == run).values(**counts))
    uow.changes += [Change(kind.name, 0), Change("import", run)]
    return outcome


def _book_stock(uow: UnitOfWork, run: int) -> None:
    """Stock that a file gives becomes moves: of new products their opening stock."""
    from controllers.catalogue import stock_moves

    for is_new, reason in ((True, "opening"), (False, "adjustment")):
        before = IMPORT_ROW.c.before
        noted = select(IMPORT_ROW.c.record_id).where(
            IMPORT_ROW.c.run_id == run, before.is_(None) if is_new else before.is_not(None)
        )
        stock_moves.balance(uow, list(uow.connection.execute(noted).scalars()), reason)


def _expired(uow: UnitOfWork, run: int) -> int:
    """How many of the prices an import made or changed hold no longer."""
    price = TABLES["price"]
    ours = select(IMPORT_ROW.c.record_id).where(IMPORT_ROW.c.run_id == run)
    query = select(func.count()).where(price.c.id.in_(ours), price.c.valid_to < uow.today)
    return int(uow.connection.execute(query).scalar_one())


_Writer = Callable[..., tuple[Written, Rejected]]


def _writer(kind: RecordKind, *, derive: bool) -> _Writer:
    if kind.name not in LINES:
        return partial(record_import.write, derive=derive)
    if kind.name in ("delivery", "invoice", "payment"):
        from controllers.system.imports import fulfilled

        return fulfilled.write
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
