"""Records of every kind that a form edits: show, create, change, copy, archive, restore, delete."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from sqlalchemy import RowMapping, Table, func, insert, select, update
from sqlalchemy import delete as sql_delete
from sqlalchemy.exc import IntegrityError

from controllers.core import checks, reach, readable
from controllers.core.permitted import needs, of_its_kind
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES
from models.storage.violations import unique_column
from models.system.kinds import KINDS, kind_of
from models.values.errors import ConflictError, DomainError, NotFoundError
from models.values.fields import Field, FieldKind, RecordKind
from models.values.folding import folded
from models.values.record import Record
from resources.languages import marked as _

Values = dict[str, Any]


def show(uow: UnitOfWork, kind_name: str, key: str | int) -> Record:
    """One record by its key, or by its id where `key` is a number of ours."""
    kind = kind_of(kind_name)
    table = TABLES[kind.name]
    if kind.key == "id" and isinstance(key, str) and key.isdecimal() and len(key) < 18:
        key = int(key)
    condition = table.c.id == key if isinstance(key, int) else table.c[kind.key] == key
    query = select(*readable.columns(kind.name, sees_cost=uow.may("cost.see"))).where(condition)
    row = uow.connection.execute(query).mappings().one_or_none()
    if row is None or not reach.is_shown(uow, kind.name, row["id"]):
        raise NotFoundError(
            _("There is no {kind} “{key}”; look it up in the list."),
            field=kind.name,
            kind=kind.label,
            key=key,
        )
    return _record(uow, kind, row)


def _record(uow: UnitOfWork, kind: RecordKind, row: RowMapping) -> Record:
    values: Values = {}
    titles: dict[str, str] = {}
    for field in kind.fields:
        if field.kind is FieldKind.LINK and row[field.column] is not None:
            if linked := _linked(uow, field, row[field.column]):
                values[field.name], titles[field.name] = linked
        elif field.stored and field.column in row:
            values[field.name] = row[field.column]
    if "free" in kind.by_name:
        values["free"] = row["stock"] - row["reserved"]
    return Record(
        kind=kind.name,
        id=row["id"],
        version=row["version"],
        key=str(row[kind.key] or ""),
        title=str(row[kind.title] or row[kind.key] or ""),
        archived=row["archived"],
        values=values,
        titles=titles,
    )


def _linked(uow: UnitOfWork, field: Field, record_id: int) -> tuple[str, str] | None:
    """Key and title of a linked record; None where the person may not see it."""
    kind = KINDS[field.link]
    table = TABLES[kind.name]
    query = select(table.c[kind.key], table.c[kind.title]).where(table.c.id == record_id)
    found = uow.connection.execute(query).one_or_none()
    if found is None or not reach.is_shown(uow, kind.name, record_id):
        return None
    return str(found[0]), str(found[1] or found[0])


@needs(of_its_kind)
def create(uow: UnitOfWork, kind_name: str, values: Values) -> Record:
    """A new record from typed or plain values; raises ProblemsError with every problem.

    Who may change only some records is the owner of a new one unless another is named.
    """
    kind = _editable(kind_name)
    checks.known_names(kind, values)
    readable.refuse_hidden(uow, kind, values)
    complete = {each.name: each.default for each in kind.stored if not each.read_only} | values
    if "owner" in kind.by_name and uow.person.reaches(kind.name, "change", "t")[0]:
        complete["owner"] = complete.get("owner") or uow.user
    typed = checks.check(kind, complete, uow.settings.country)
    _fill_key(uow, kind, typed)
    _refuse_other_spelling(uow, kind, typed)
    row = columns(uow, kind, typed) | {"created_at": uow.now, "changed_at": uow.now}
    row = readable.written(uow, kind.name, row)
    with _naming_duplicates(kind, typed):
        result = uow.connection.execute(insert(TABLES[kind.name]).values(row))
    (record_id,) = result.inserted_primary_key or (0,)
    reach.require_changeable(uow, kind.name, record_id, str(typed[kind.key]))
    uow.changed(kind.name, record_id)
    _book_stock(uow, kind, record_id, "opening")
    return show(uow, kind.name, record_id)


@needs(of_its_kind)
def change(
    uow: UnitOfWork, kind_name: str, key: str | int, values: Values, version: int | None = None
) -> Record:
    """Change some fields; ConflictError where `version` is no longer the present one."""
    kind = _editable(kind_name)
    checks.known_names(kind, values)
    readable.refuse_hidden(uow, kind, values)
    before = show(uow, kind_name, key)
    if version is not None and version != before.version:
        raise _changed_meanwhile(before)
    stored = {name: value for name, value in before.values.items() if kind[name].stored}
    typed = checks.check(kind, stored | values, uow.settings.country)
    if typed.get(kind.key) != before.values.get(kind.key):
        _refuse_other_spelling(uow, kind, typed, before.id)
    _write(uow, kind, before, _changed_columns(uow, kind, before, typed), typed)
    _book_stock(uow, kind, before.id or 0, "adjustment")
    return show(uow, kind_name, before.id or 0)


def _book_stock(uow: UnitOfWork, kind: RecordKind, record_id: int, reason: str) -> None:
    """Stock that was typed becomes a move, as all stock is the sum of its moves."""
    if kind.name == "product":
        from controllers.catalogue import stock_moves

        stock_moves.balance(uow, [record_id], reason)


def _changed_columns(uow: UnitOfWork, kind: RecordKind, before: Record, typed: Values) -> Values:
    """The columns to write: what only use cases set, such as reserved stock, may be other now."""
    kept = {
        kind[name].column
        for name, value in typed.items()
        if kind[name].read_only and value == before.values.get(name)
    }
    row = readable.written(uow, kind.name, columns(uow, kind, typed))
    return {name: value for name, value in row.items() if name not in kept}


def _write(uow: UnitOfWork, kind: RecordKind, before: Record, row: Values, typed: Values) -> None:
    table = TABLES[kind.name]
    reach.require_changeable(uow, kind.name, before.id or 0, before.key)
    row |= {"changed_at": uow.now, "version": before.version + 1}
    statement = update(table).where(table.c.id == before.id, table.c.version == before.version)
    with _naming_duplicates(kind, typed):
        written = uow.connection.execute(statement.values(row)).rowcount
    if not written:
        raise _changed_meanwhile(before)
    reach.require_changeable(uow, kind.name, before.id or 0, before.key)
    uow.changed(kind.name, before.id or 0)


def _changed_meanwhile(record: Record) -> ConflictError:
    return ConflictError(
        _("{key} was changed by somebody else meanwhile; compare and save again."), key=record.key
    )


@needs(of_its_kind)
def archive(uow: UnitOfWork, kind_name: str, key: str | int, *, archived: bool = True) -> Record:
    """Take a record out of the lists, or bring it back; documents that name it keep it."""
    kind = _editable(kind_name)
    before = show(uow, kind_name, key)
    if before.archived != archived:
        _write(uow, kind, before, {"archived": archived}, before.values)
    return show(uow, kind_name, before.id or 0)


@needs(of_its_kind)
def restore(uow: UnitOfWork, kind_name: str, key: str | int) -> Record:
    """Bring an archived record back."""
    return archive(uow, kind_name, key, archived=False)


def copied(uow: UnitOfWork, kind_name: str, key: str | int) -> Record:
    """An unsaved record with everything of another one but its key and what a use case sets."""
    kind = _editable(kind_name)
    source = show(uow, kind_name, key)
    left_out = {kind.key, *(each.name for each in kind.fields if each.read_only or each.unique)}
    left_out |= {"stock"} if kind.name == "product" else set()
    values = {name: value for name, value in source.values.items() if name not in left_out}
    return Record(kind=kind.name, values=values, titles=source.titles)


@needs(of_its_kind)
def delete(uow: UnitOfWork, kind_name: str, key: str | int) -> None:
    """Remove a record that nothing else names; one that is named is to be archived instead."""
    kind = _editable(kind_name)
    before = show(uow, kind_name, key)
    table = TABLES[kind.name]
    reach.require_changeable(uow, kind.name, before.id or 0, before.key)
    if kind.name == "product":
        from controllers.catalogue import stock_moves

        stock_moves.forget_openings(uow, [before.id or 0])
    try:
        uow.connection.execute(sql_delete(table).where(table.c.id == before.id))
    except IntegrityError as error:
        raise DomainError(
            _("{key} stands in other records, so it cannot be deleted; archive it."),
            key=before.key,
        ) from error
    uow.changed(kind.name, before.id or 0)


def _editable(kind_name: str) -> RecordKind:
    kind = kind_of(kind_name)
    if not kind.editable:
        raise DomainError(
            _("{kind} is a document; use its own commands to make and change it."), kind=kind.label
        )
    return kind


# From typed values to columns


def columns(uow: UnitOfWork, kind: RecordKind, typed: Values) -> Values:
    """Values by column: links as ids, sort keys and search text beside the texts."""
    row: Values = {}
    for name, value in typed.items():
        field = kind[name]
        row[field.column] = _link_id(uow, field, value) if field.kind is FieldKind.LINK else value
        if field.folded:
            row[f"{name}_key"] = folded(value or "")
        if value is None and field.kind is FieldKind.BOOLEAN:
            row[name] = False
    if kind.searchable:
        row["search_text"] = search_text(kind, typed)
    return row


def search_text(kind: RecordKind, values: Values) -> str:
    """The folded text that search looks through."""
    parts = (values.get(each.name) for each in kind.searchable)
    return folded(" ".join(str(part) for part in parts if part))


def _link_id(uow: UnitOfWork, field: Field, key: str | None) -> int | None:
    if key is None:
        return None
    kind = KINDS[field.link]
    table = TABLES[kind.name]
    found = uow.connection.execute(
        select(table.c.id).where(table.c[kind.key] == key)
    ).scalar_one_or_none()
    if found is None or not reach.is_shown(uow, field.link, int(found)):
        raise NotFoundError(
            _("{label}: there is no {kind} “{key}”; make it first or name another."),
            field=field.name,
            label=field.label,
            kind=kind.label,
            key=key,
        )
    return int(found)


# Keys that are made, and duplicates


_KEY_PARTS = {
    "contact": ("account", "name"),
    "price": ("price_list", "product", "category", "minimum_quantity", "valid_from"),
    "tax_rate": ("tax", "tax_class", "valid_from"),
}


def made_key(kind: RecordKind, typed: Values) -> str:
    """A key made from a record's own values: ``dealers-pump12-10``."""
    parts = (str(typed.get(each) or "") for each in _KEY_PARTS.get(kind.name, (kind.title,)))
    text = "-".join(re.sub(r"[^a-z0-9.]+", "-", folded(part)).strip("-") for part in parts if part)
    return text.strip("-")[:70] or kind.name


def _fill_key(uow: UnitOfWork, kind: RecordKind, typed: Values) -> None:
    if typed.get(kind.key) is None:
        typed[kind.key] = _free_key(uow, TABLES[kind.name], kind.key, made_key(kind, typed))


def _free_key(uow: UnitOfWork, table: Table, column: str, base: str) -> str:
    taken: Iterable[str] = uow.connection.execute(
        select(table.c[column]).where(table.c[column].startswith(base, autoescape=True))
    ).scalars()
    names = set(taken)
    if base not in names:
        return base
    return next(f"{base}-{at}" for at in range(2, len(names) + 3) if f"{base}-{at}" not in names)


def _refuse_other_spelling(
    uow: UnitOfWork, kind: RecordKind, typed: Values, own: int | None = None
) -> None:
    """Raise DomainError where another record has the same key in other case."""
    key = str(typed[kind.key])
    table = TABLES[kind.name]
    column = table.c[kind.key]
    others = select(column).where(func.lower(column).in_(lowered(key)), column != key)
    found = uow.connection.execute(others.where(table.c.id != (own or 0)).limit(1)).scalar()
    if found is not None:
        raise _taken(kind, kind[kind.key], found)


def lowered(key: str) -> set[str]:
    """A key in small letters as both engines find it by the index of its kind's lowered keys.

    They leave letters beyond ASCII as they are, so these stand there both ways.
    """
    if key.isascii():
        return {key.lower()}
    plain = str.maketrans(ascii_uppercase, ascii_lowercase)
    return {key.lower(), key.upper().translate(plain), key.translate(plain)}


def _taken(kind: RecordKind, field: Field, value: Any) -> DomainError:
    message = _("{label} “{value}” is taken by another {kind}; choose another.")
    return DomainError(message, field=field.name, label=field.label, value=value, kind=kind.label)


@contextmanager
def _naming_duplicates(kind: RecordKind, typed: Values) -> Iterator[None]:
    """Turn a broken unique rule into a refusal that names the value in the way."""
    try:
        yield
    except IntegrityError as error:
        column = unique_column(error.orig)
        field = next((each for each in kind.stored if each.column == column), None)
        if field is None:
            raise
        raise _taken(kind, field, typed.get(field.name)) from error
