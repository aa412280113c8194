"""A look at what an import would do: which column means what, in doubt of what, and what changes.

The figures and differences come from a rehearsal: everything is done and taken back.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.insight.files import unwritable
from controllers.system.imports import sources
from controllers.system.imports.columns import Reading, TwoWaysError, doubt
from controllers.system.imports.engines import row_json
from controllers.system.imports.importing import (
    Request,
    Watch,
    planned,
    read_source,
    rehearsed,
)
from controllers.system.imports.mapping import Plan, importable_fields
from controllers.system.imports.outcome import Outcome, write_rejects
from models.storage.tables import TABLES
from models.system.kinds import KINDS, LINES, kind_of
from models.values.errors import DomainError
from models.values.fields import Field, FieldKind, RecordKind
from models.values.formatting import Style, formatter
from resources.languages import marked as _
from resources.languages import translator

SAMPLES = 3
SHOWN = 100
"""Of new and of changed records each."""


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of the file: what stands in it, and the field it means ("" is left out)."""

    heading: str
    samples: tuple[str, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A column that can be read two ways: `option` is decimals or dates, readings by its value."""

    heading: str
    option: str
    readings: tuple[tuple[str, tuple[Reading, ...]], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One record: made, or changed from before to after by field label."""

    is_new: bool
    key: str
    title: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Preview:
    """All a person needs to know before an import. `outcome` is None while something is open."""

    columns: tuple[FileColumn, ...]
    rows: int
    sheets: tuple[str, ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    problem: DomainError | None = None
    outcome: Outcome | None = None
    differences: tuple[Difference, ...] = ()


def possible_fields(kind_name: str) -> list[tuple[str, str, bool]]:
    """Name, English label and whether it is required, of each field a file can bring."""
    fields = importable_fields(kind_of(kind_name)).values()
    return [(each.name, each.label, each.required) for each in fields]


def _quiet(_stage: str, _done: int, _rows: int) -> None:
    return None


def preview(
    app: App, request: Request, style: Style | None = None, watch: Watch = _quiet
) -> Preview:
    """What an import would do; DomainError where the file itself cannot be read.

    `watch` may raise to stop. Nothing is changed.
    """
    source = read_source(app, request)
    sheets = tuple(sources.sheets(request.path))
    try:
        plan = planned(app, request, source)
    except DomainError as problem:
        told = file_columns(source, dict(request.map))
        return Preview(told, len(source.rows), sheets, problem=problem)
    return _rehearsal(app, request, source, plan, style or Style(request.language), watch, sheets)


def _rehearsal(
    app: App, request: Request, source: sources.Source, plan: Plan, style: Style, watch: Watch,
    sheets: tuple[str, ...],
) -> Preview:  # fmt: skip
    kind = kind_of(request.kind)
    meant = {source.headings[at]: name for name, at in plan.columns.items()}
    made = Preview(
        file_columns(source, meant), len(source.rows), sheets, tuple(plan.fixed.items()),
        doubts(importable_fields(kind), source, plan),
    )  # fmt: skip
    if made.doubts:
        return made
    told = replace(request, rejects=None)
    try:
        outcome, found = rehearsed(
            app, told, source, plan, watch, lambda uow, run: _differences(uow, kind, run, style)
        )
    except DomainError as problem:
        return replace(made, problem=problem)
    return replace(made, outcome=outcome, differences=tuple(found))


def file_columns(source: sources.Source, meant: dict[str, str]) -> tuple[FileColumn, ...]:
    """The columns of a file with what stands in them; `meant` goes from heading to field."""
    return tuple(
        FileColumn(heading, _samples(row[at] for row in source.rows[:200]), _field(meant, heading))
        for at, heading in enumerate(source.headings)
    )


def _field(meant: dict[str, str], heading: str) -> str:
    name = meant.get(heading, "")
    return "" if name == "-" else name


def _samples(cells: Iterable[Any]) -> tuple[str, ...]:
    """The first different texts that stand in a column."""
    texts = (" ".join(str(cell).split())[:60] for cell in cells if cell not in ("", None))
    found: dict[str, None] = {}
    for each in texts:
        found.setdefault(each)
        if len(found) == SAMPLES:
            break
    return tuple(found)


def doubts(fields: dict[str, Field], source: sources.Source, plan: Plan) -> tuple[Doubt, ...]:
    """The columns that can be read two ways and nobody decided."""
    found = []
    for name, at in plan.columns.items():
        cells = [row[at] for row in source.rows] if _may_doubt(fields[name], plan) else []
        error = doubt(fields[name], cells, source.headings[at])
        if error is not None:
            found.append(_told(error))
    return tuple(found)


def _may_doubt(field: Field, plan: Plan) -> bool:
    return not (plan.dates if field.kind is FieldKind.DATE else plan.decimals)


def _told(error: TwoWaysError) -> Doubt:
    readings = tuple((value, tuple(each)) for value, each in error.readings.items())
    return Doubt(error.heading, error.option, readings)


# Differences

_Texts = dict[str, Callable[[Any, str], str]]


def _differences(uow: UnitOfWork, kind: RecordKind, run: int, style: Style) -> list[Difference]:
    """The first records made and changed, seen inside the rehearsal."""
    rows = [
        row
        for is_new in (False, True)
        for row in uow.connection.exec_driver_sql(
            f"SELECT t.{kind.key}, t.{kind.title}, i.before, {row_json(uow, kind, 't')}, t.id "
            f"FROM import_row i JOIN {kind.table} t ON t.id = i.record_id "
            f"WHERE i.run_id = ? AND i.before IS {'' if is_new else 'NOT '}NULL "
            f"ORDER BY t.id LIMIT {SHOWN}",
            (run,),
        )
    ]
    read = [
        (key, title, _plain(before), json.loads(now), at) for key, title, before, now, at in rows
    ]
    texts = _texts(uow, kind, [each for _k, _t, *both, _id in read for each in both], style)
    return [_difference(uow, kind, texts, style.language, *row) for row in read]


def _plain(before: str | None) -> dict[str, Any]:
    return json.loads(before) if before else {}


def _texts(uow: UnitOfWork, kind: RecordKind, values: list[dict[str, Any]], style: Style) -> _Texts:
    """How each field is written; a link is written as the key of its record."""
    return {
        each.name: _linked(uow, each, values)
        if each.kind is FieldKind.LINK
        else formatter(each, style)
        for each in kind.stored
        if each.kind is not FieldKind.PICTURE
    }


def _linked(
    uow: UnitOfWork, field: Field, values: list[dict[str, Any]]
) -> Callable[[Any, str], str]:
    linked = KINDS[field.link]
    table = TABLES[linked.name]
    wanted = {each.get(field.name) for each in values} - {None}
    query = select(table.c.id, table.c[linked.key]).where(table.c.id.in_(wanted))
    keys = {record_id: str(key) for record_id, key in uow.connection.execute(query)}
    return lambda value, _currency: keys.get(value, "")


def _difference(
    uow: UnitOfWork, kind: RecordKind, texts: _Texts, language: str,
    key: Any, title: Any, before: dict[str, Any], now: dict[str, Any], record_id: int,
) -> Difference:  # fmt: skip
    say, currency = translator(language), now.get("currency") or ""
    changes = [
        (say(kind[name].label), write(before.get(name), currency), write(now.get(name), currency))
        for name, write in texts.items()
        if name in now
        and now[name] != before.get(name)
        and (before or name not in (kind.key, kind.title))
    ]
    if kind.name in LINES:
        changes += _line_changes(uow, kind, say, before, record_id)
    shown = [each for each in changes if each[1] != each[2]]
    return Difference(not before, str(key or ""), str(title or key or ""), tuple(shown))


def _line_changes(
    uow: UnitOfWork, kind: RecordKind, say: Callable[[str], str], before: dict[str, Any], at: int
) -> list[tuple[str, str, str]]:
    line = LINES[kind.name]
    count = uow.connection.exec_driver_sql(
        f"SELECT count(*) FROM {line.table} WHERE {line.fields[0].column} = ?", (at,)
    ).scalar_one()
    had = len(before["lines"]) if "lines" in before else 0
    return [(say(_("Lines")), str(had) if before else "", str(count))]


# Rejected rows


def save_rejected(app: App, request: Request, outcome: Outcome, path: Path) -> int:
    """Write the rows an import left out, each with its reason, as CSV; answers how many."""
    try:
        write_rejects(path, read_source(app, request), outcome.reasons)
    except OSError as error:
        raise unwritable(path, error) from error
    return len(outcome.reasons)
