"""Importing records with a form of their own: accounts, contacts, products, prices, users …

Columns are understood one by one, so that a hundred thousand rows cost a few passes over lists.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from controllers.core import checks
from controllers.core.records import lowered, made_key
from controllers.core.unit_of_work import UnitOfWork
from controllers.system.imports.columns import understood
from controllers.system.imports.engines import among
from controllers.system.imports.mapping import Plan
from controllers.system.imports.outcome import Rejected
from controllers.system.imports.phones import Phones
from controllers.system.imports.sources import Source
from controllers.system.imports.staging import Written, write_rows
from models.storage.tables import TABLES
from models.system.kinds import KINDS
from models.values.errors import DomainError, ProblemsError
from models.values.fields import NUMBER_KINDS, SCALED_KINDS, Field, FieldKind, RecordKind
from models.values.folding import folded_all
from models.values.money import to_scaled
from resources.languages import marked as _

Columns = dict[str, list[Any]]
"""Typed values by field name, a list as long as the file."""

Watch = Callable[[str, int, int], None]
"""Told the stage and how far it is; raises to stop the import."""

CHUNK = 500


def read_columns(fields: dict[str, Field], source: Source, plan: Plan) -> tuple[Columns, Rejected]:
    """Every mapped column understood as a whole, and the rows that could not be."""
    rejected = Rejected()
    columns: Columns = {}
    cells = list(zip(*source.rows, strict=False)) if source.rows else []
    for name, at in plan.columns.items():
        columns[name], problems = understood(
            fields[name],
            cells[at] if cells else (),
            source.headings[at],
            decimals=plan.decimals,
            dates=plan.dates,
            renamed=plan.values.get(name),
        )
        rejected.add(problems)
    for name, text in plan.fixed.items():
        values, problems = understood(fields[name], [text], name)
        if problems:
            raise problems[0][1]
        columns[name] = values * len(source.rows)
    return columns, rejected


def write(
    uow: UnitOfWork,
    kind: RecordKind,
    run: int,
    source: Source,
    plan: Plan,
    watch: Watch,
    *,
    derive: bool = True,
) -> tuple[Written, Rejected]:
    """Create and update the records of a file; bad rows are left out and told."""
    total = len(source.rows)
    watch(_("Reading"), 0, total)
    columns, rejected = read_columns(kind.by_name, source, plan)
    if not columns:
        raise DomainError(
            _("No column of {path} means a field of {kind}; say which with --map COLUMN=FIELD."),
            path=source.path,
            kind=kind.label,
        )
    match = plan.key or kind.key
    _complete(uow, kind, columns, match, len(source.rows))
    columns[kind.key] = _one_spelling(uow, kind, columns[kind.key])
    watch(_("Checking"), total * 3 // 10, total)
    _reject_missing(kind, columns, match, rejected)
    _reject_incomplete(uow, kind, columns, match, rejected)
    _reject_by_rules(uow, kind, columns, rejected)
    _reject_repeated(kind, columns, match, rejected, source)
    _reject_taken(uow, kind, columns, match, rejected)
    watch(_("Writing"), total * 5 // 10, total)
    raw = _raw_columns(uow, kind, columns, rejected)
    kept = rejected.kept(len(source.rows))
    whole = len(kept) == len(source.rows)
    lists = [values if whole else [values[at] for at in kept] for values in raw.values()]
    written = write_rows(
        uow, kind, run, kind[match].column, tuple(raw), zip(*lists, strict=True), derive=derive
    )
    return replace(written, unchanged=written.unchanged + rejected.repeated()), rejected


def _complete(uow: UnitOfWork, kind: RecordKind, columns: Columns, match: str, rows: int) -> None:
    """Keys where the file has none: the record's own where another column finds it, else made."""
    if kind.key in columns:
        return
    own: list[Any] = [None] * rows
    if match in columns:
        there = _keys_by(uow, kind, match, matched := _matched(uow, kind, match, columns[match]))
        own = [there.get(each) for each in matched]
    names = list(columns)
    columns[kind.key] = [
        own[at] or made_key(kind, dict(zip(names, values, strict=True)))
        for at, values in enumerate(zip(*columns.values(), strict=True))
    ] if rows else []  # fmt: skip


def _matched(uow: UnitOfWork, kind: RecordKind, match: str, values: list[Any]) -> list[Any]:
    """What finds the record of each row, as the table keeps it."""
    field = kind[match]
    if field.kind is FieldKind.LINK:
        return list(link_ids(uow, field, values, Rejected()))
    return _stored(field, values)


def _keys_by(uow: UnitOfWork, kind: RecordKind, name: str, values: list[Any]) -> dict[Any, Any]:
    """The keys of the records that have one of these values in a field, by the value."""
    column = kind[name].column
    any_of, wanted = among(uow, column, {each for each in values if each is not None})
    found = uow.connection.exec_driver_sql(
        f"SELECT {column}, {kind.key} FROM {kind.table} WHERE {any_of} ORDER BY id", (wanted,)
    )
    return {row[0]: row[1] for row in found}


def _one_spelling(uow: UnitOfWork, kind: RecordKind, keys: list[Any]) -> list[Any]:
    """Keys that differ in case alone as one: as the record there writes it, else the first row."""
    exact = {key for key in keys if key is not None}
    folded = {key.casefold() for key in exact}
    there = _any_spelling(uow, kind, exact, folded)
    if len(folded) == len(exact) and there <= exact:
        return keys
    spellings: dict[str, str] = {}
    for key in (*sorted(there), *keys):
        if key is not None:
            spellings.setdefault(key.casefold(), key)
    return [key if key is None or key in there else spellings[key.casefold()] for key in keys]


def _any_spelling(uow: UnitOfWork, kind: RecordKind, keys: set[str], folded: set[str]) -> set[str]:
    """The keys of records that are one of these, whatever the case of their letters."""
    is_plain = "".join(keys).isascii()
    forms = folded if is_plain else {form for key in keys for form in lowered(key)}
    any_of, values = among(uow, f"lower({kind.key})", forms)
    found = uow.connection.exec_driver_sql(
        f"SELECT {kind.key} FROM {kind.table} WHERE {any_of}", (values,)
    )
    return {key for key in found.scalars() if key.casefold() in folded}


def _reject_missing(kind: RecordKind, columns: Columns, match: str, rejected: Rejected) -> None:
    if match not in columns:
        raise DomainError(
            _("The key {name} is no column of the file; map one to it."), name=match, field=match
        )
    for name, values in columns.items():
        field = kind[name]
        if (field.required or name == match) and None in values:
            message = _("{label} is missing; fill it in.")
            problem = DomainError(message, field=name, label=field.label)
            rejected.add([(at, problem) for at, each in enumerate(values) if each is None])
        if field.kind in NUMBER_KINDS:
            message = _("{label} cannot be negative ({value}); write 0 or more.")
            rejected.add(
                (at, DomainError(message, field=name, label=field.label, value=value))
                for at, value in enumerate(values)
                if value is not None and value < 0
            )


def _reject_incomplete(
    uow: UnitOfWork, kind: RecordKind, columns: Columns, match: str, rejected: Rejected
) -> None:
    """Leave new records out where the file has no column of a field they must have."""
    lacking = [
        each for each in kind.stored
        if each.required and each.name not in columns and each.default is None
    ]  # fmt: skip
    if not lacking:
        return
    matched = _matched(uow, kind, match, columns[match])
    there = _keys_by(uow, kind, match, matched)
    message = _("{label} is missing for a new record; map a column to it or give a fixed value.")
    problem = DomainError(message, field=lacking[0].name, label=lacking[0].label)
    rejected.add(
        (at, problem) for at, key in enumerate(matched) if key is not None and key not in there
    )


def _reject_taken(
    uow: UnitOfWork, kind: RecordKind, columns: Columns, match: str, rejected: Rejected
) -> None:
    """Leave rows out whose key is another record's, where another column finds the records."""
    if match == kind.key:
        return
    field, keys = kind[kind.key], columns[kind.key]
    any_of, wanted = among(uow, kind.key, {each for each in keys if each is not None})
    found = uow.connection.exec_driver_sql(
        f"SELECT {kind.key}, {kind[match].column} FROM {kind.table} WHERE {any_of}", (wanted,)
    )
    owners: dict[Any, Any] = {row[0]: row[1] for row in found}
    message = _("{label} “{value}” is taken by another {kind}; choose another.")
    for at, own in enumerate(_matched(uow, kind, match, columns[match])):
        if at not in rejected and owners.setdefault(keys[at], own) != own:
            facts = {"label": field.label, "value": keys[at], "kind": kind.label}
            rejected.add([(at, DomainError(message, field=field.name, **facts))])


def _reject_by_rules(
    uow: UnitOfWork, kind: RecordKind, columns: Columns, rejected: Rejected
) -> None:
    """Apply the rules of the kind row by row; phones, which every account has, column by column."""
    country = uow.settings.country
    if kind.name in ("account", "contact"):
        if "phone" in columns:
            phones = Phones(country)
            countries = columns.get("country") or [None] * len(columns["phone"])
            columns["phone_e164"] = phones.column(columns["phone"], countries)
        return
    rule = checks.RULES.get(kind.name)
    if rule is None:
        return
    names = list(columns)
    for at, row in enumerate(zip(*columns.values(), strict=True)):
        values = {each.name: each.default for each in kind.stored} | dict(
            zip(names, row, strict=True)
        )
        problems = rule(values, country)
        if problems:
            rejected.add([(at, ProblemsError(problems))])


def _reject_repeated(
    kind: RecordKind, columns: Columns, match: str, rejected: Rejected, source: Source
) -> None:
    """Keep the first of rows with one key; another with other values says where it stands."""
    keys = columns[match]
    if len(set(keys)) == len(keys):
        return
    first: dict[Any, int] = {}
    rows = list(zip(*columns.values(), strict=True))
    for at, key in enumerate(keys):
        if key is None or at in rejected:
            continue
        seen = first.setdefault(key, at)
        if seen != at and rows[seen] == rows[at]:
            rejected.repeat(at)
        elif seen != at:
            message = _("{label} “{key}” stands already in line {line}, with other values.")
            facts = {"label": kind[match].label, "key": key, "line": seen + source.first}
            rejected.add([(at, DomainError(message, field=match, **facts))])


def _raw_columns(
    uow: UnitOfWork, kind: RecordKind, columns: Columns, rejected: Rejected
) -> Columns:
    """Values as the table keeps them, with links as ids, sort keys and the text to search."""
    raw: Columns = {}
    for name, values in columns.items():
        field = kind[name]
        if field.kind is FieldKind.LINK:
            raw[field.column] = link_ids(uow, field, values, rejected)
        else:
            raw[field.column] = _stored(field, values)
        if field.folded:
            raw[f"{name}_key"] = folded_all([each or "" for each in values])
    if kind.searchable:
        raw["search_text"] = _search_texts(kind, columns)
    return raw


def _stored(field: Field, values: list[Any]) -> list[Any]:
    if field.kind in SCALED_KINDS:
        known = {each: to_scaled(each) for each in set(values) if each is not None}
        return [known.get(each) for each in values]
    if field.kind is FieldKind.DATE:
        return [each and each.isoformat() for each in values]
    if field.kind is FieldKind.BOOLEAN:
        return [bool(each) for each in values]
    return values


def _search_texts(kind: RecordKind, columns: Columns) -> list[str]:
    """What search looks through. A part that the file lacks is completed from the record after."""
    parts = [columns[each.name] for each in kind.searchable if each.name in columns]
    spaced = [[f" {each}" if each else "" for each in part] for part in parts]
    return folded_all(list(map("".join, zip(*spaced, strict=True))))


def link_ids(
    uow: UnitOfWork, field: Field, keys: Sequence[Any], rejected: Rejected
) -> list[int | None]:
    """The ids behind the keys of a link column; rows that name nothing are rejected."""
    linked = KINDS[field.link]
    table = TABLES[linked.name]
    wanted = [each for each in dict.fromkeys(keys) if each is not None]
    found: dict[str, int] = {}
    for start in range(0, len(wanted), CHUNK):
        query = select(table.c[linked.key], table.c.id).where(
            table.c[linked.key].in_(wanted[start : start + CHUNK])
        )
        found.update((key, record_id) for key, record_id in uow.connection.execute(query))
    message = _("{label}: there is no {kind} “{key}”; make it first or name another.")
    facts = {"label": field.label, "kind": linked.label}
    rejected.add(
        (at, DomainError(message, field=field.name, key=key, **facts))
        for at, key in enumerate(keys)
        if key is not None and key not in found
    )
    return [found.get(each) if each is not None else None for each in keys]
