"""The history of a record: who changed what, when and from where, newest first, field by field.

On a shared database the server itself shows nobody entries, or costs in them, beyond their rights;
of a file the same is asked here. The company's settings have a history as one record has, seen by
those of them who may change the settings.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from controllers.core.unit_of_work import UnitOfWork
from controllers.system.company import HISTORY, PIN, language_of
from controllers.system.history_texts import Texts
from models.storage.scopes import SCOPED
from models.system.kinds import LINES, kind_of
from models.values import permissions
from models.values.errors import NotFoundError
from models.values.fields import Field, RecordKind
from models.values.formatting import Style
from models.values.settings import HISTORY_ID
from resources.languages import marked as _

SEE = "audit.see"

CHANGE = "settings.change"
"""What the history of the settings asks for beside that."""

PAGE = 200
"""Entries read at once."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What one step did to one field, as it is shown."""

    field: str
    """The field's name; of a line ``line.`` before it; "" for a whole line."""
    label: str
    before: str
    after: str
    line: str = ""
    """What a line of a document says, or the language of words; "" for the record itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one transaction did to one record."""

    id: int
    """Of its oldest entry: the next page begins before it."""
    at: dt.datetime
    who: str
    name: str
    """The person's full name, or the login."""
    station: str
    action: str
    """``insert``, ``update``, ``delete``, ``archive`` or ``restore``."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some steps, and whether there are older ones."""

    steps: tuple[Step, ...]
    has_more: bool


class Entry(NamedTuple):
    """One row of the audit trail."""

    id: int
    tx: int
    at: str
    who: str
    station: str
    line: int | None
    action: str
    changes: dict[str, Any]


class Asked(NamedTuple):
    """Whose history is read, and what of it."""

    kind: RecordKind
    record_id: int
    field: str
    sees_cost: bool


def page(
    uow: UnitOfWork, kind_name: str, record_id: int, style: Style | None, *, before: int = 0,
    field: str = "", hides_cost: bool = False,
) -> Page:  # fmt: skip
    """The newest steps of a record's history, or those before an entry; `field` keeps only steps
    that changed it (``line.quantity`` means that of lines); costs can be left out by wish. Without
    a style values are plain, as scripts read them: links by key, amounts as decimals.

    Raises DomainError where the role may not see it, NotFoundError where it reaches no such record.
    """
    kind = kind_told(kind_name)
    require_seen(uow, kind, record_id)
    steps: list[Step] = []
    has_more = True
    while has_more and not steps:
        asked = Asked(kind, record_id, field, uow.may("cost.see") and not hides_cost)
        entries, has_more = _entries(uow, asked, before)
        steps = _steps(uow, kind, record_id, style, entries, field)
        before = entries[-1].id if entries else 0
    return Page(tuple(steps), has_more)


def _steps(
    uow: UnitOfWork, kind: RecordKind, record_id: int, style: Style | None, entries: list[Entry],
    field: str,
) -> list[Step]:  # fmt: skip
    """The steps entries make, but those that saved what stood there already."""
    texts = Texts(uow, kind, record_id, style)
    texts.learn((each.line, each.changes) for each in entries)
    names = _names(uow, {each.who for each in entries})
    made = [_step(kind, own, texts, names, field) for own in _by_step(entries)]
    return [each for each in made if each.differences or each.action != "update"]


def kind_told(name: str) -> RecordKind:
    """A kind with a history; the settings are one beside those of records."""
    return HISTORY if name == HISTORY.name else kind_of(name)


def find(uow: UnitOfWork, kind_name: str, key: str) -> int:
    """The id of a record by its key or number, also of one that was deleted."""
    kind = kind_told(kind_name)
    permissions.require(uow.person.role, SEE)
    if kind is HISTORY:
        if key != HISTORY.key:
            message = _("The settings have one history; name it “{kind} {key}”.")
            raise NotFoundError(message, field=kind.name, kind=kind.name, key=kind.key)
        return HISTORY_ID
    execute = uow.connection.exec_driver_sql
    found = execute(f"SELECT id FROM {kind.table} WHERE {kind.key} = ?", (key,)).scalar()
    if found is None and key.isdecimal() and len(key) < 10 and not kind.editable:
        found = execute(f"SELECT id FROM {kind.table} WHERE id = ?", (int(key),)).scalar()
    if found is None:
        told = _escaped(f'"{kind.key}":{json.dumps(key, ensure_ascii=False)}')
        found = execute(
            "SELECT record_id FROM audit WHERE kind = ? AND action = 'delete' AND line IS NULL "
            "AND changes LIKE ? ESCAPE '\\' ORDER BY id DESC LIMIT 1",
            (kind.name, f"%{told}%"),
        ).scalar()
    if found is None:
        raise _not_there(kind, key)
    return int(found)


def _not_there(kind: RecordKind, key: object) -> NotFoundError:
    return NotFoundError(
        _("There is no {kind} “{key}”; look it up in the list."),
        field=kind.name, kind=kind.label, key=key,
    )  # fmt: skip


def require_seen(uow: UnitOfWork, kind: RecordKind, record_id: int) -> None:
    """Raise unless the person may see the history of a record. One that was deleted is nobody's,
    so only who sees the history of all records sees what became of it.
    """
    permissions.require(uow.person.role, SEE)
    if kind is HISTORY:
        permissions.require(uow.person.role, CHANGE)
    condition, values = uow.person.within(SEE, kind.name, "t")
    if not condition or kind.name not in SCOPED:
        return
    statement = f"SELECT 1 FROM {kind.table} t WHERE t.id = ? AND {condition}"
    if uow.connection.exec_driver_sql(statement, (record_id, *values)).first() is None:
        raise _not_there(kind, record_id)


# Reading


def _entries(uow: UnitOfWork, asked: Asked, before: int) -> tuple[list[Entry], bool]:
    """A page of entries that ends with a whole step, and whether there are older ones."""
    found = _read(uow, asked, before, f"ORDER BY a.id DESC LIMIT {PAGE + 1}")
    if len(found) <= PAGE:
        return found, False
    last = found[-1]
    whole = [each for each in found if _same(each) != _same(last)]
    if whole:
        return whole, True
    return found + _read(uow, asked, last.id, f"AND a.tx = {last.tx} ORDER BY a.id DESC"), True


def _read(uow: UnitOfWork, asked: Asked, before: int, ending: str) -> list[Entry]:
    costs = "a.costs" if asked.sees_cost else "NULL"
    condition, values = _about(asked.field, sees_cost=asked.sees_cost)
    older, since = ("AND a.id < ?", (before,)) if before else ("", ())
    rows = uow.connection.exec_driver_sql(
        f"SELECT a.id, a.tx, a.at, a.who, a.station, a.line, a.action, a.changes, {costs} "
        f"FROM audit a WHERE a.kind = ? AND a.record_id = ? {older} {condition} {ending}",
        (asked.kind.name, asked.record_id, *since, *values),
    )
    return [Entry._make((*row[:7], _merged(row[7], row[8]))) for row in rows]


def _about(field: str, *, sees_cost: bool) -> tuple[str, tuple[str, ...]]:
    """The condition that an entry changed a field."""
    if not field:
        return "", ()
    first, dot, own = field.partition(".")
    which = "AND a.line IS NOT NULL" if dot else "AND a.line IS NULL"
    told = f'%"{_escaped(own or first)}":%'
    if not sees_cost:
        return f"{which} AND a.changes LIKE ? ESCAPE '\\'", (told,)
    either = "(a.changes LIKE ? ESCAPE '\\' OR a.costs LIKE ? ESCAPE '\\')"
    return f"{which} AND {either}", (told, told)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _merged(changes: str | None, costs: str | None) -> dict[str, Any]:
    return {**json.loads(changes or "{}"), **json.loads(costs or "{}")}


def _names(uow: UnitOfWork, logins: Iterable[str]) -> dict[str, str]:
    """The full names of people by their logins."""
    found = uow.connection.exec_driver_sql("SELECT name, full_name FROM person").all()
    return {name: full for name, full in found if full and name in logins}


# Making steps


def _same(entry: Entry) -> tuple[int, str]:
    """What entries of one step have in common; without a transaction only those of one moment."""
    return (entry.tx, "" if entry.tx else entry.at)


def _by_step(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    for _key, own in groupby(entries, _same):
        yield list(own)


def _step(
    kind: RecordKind, entries: list[Entry], texts: Texts, names: dict[str, str], field: str
) -> Step:
    """Entries of one transaction, newest first, as one step: the document before its lines."""
    newest, oldest = entries[0], entries[-1]
    ordered = sorted(entries, key=lambda each: (each.line is not None, each.id))
    told = [each for entry in ordered for each in _differences(kind, entry, texts)]
    return Step(
        oldest.id,
        dt.datetime.fromisoformat(newest.at),
        newest.who,
        names.get(newest.who, newest.who),
        newest.station,
        _action([each for each in ordered if each.line is None]),
        tuple(each for each in told if not field or each.field in (field, "")),
    )


def _action(own: list[Entry]) -> str:
    """What happened to the record itself: a change of lines alone is a change of its document."""
    actions = {each.action for each in own}
    for wanted in ("insert", "delete"):
        if wanted in actions:
            return wanted
    archived = [each.changes["archived"] for each in own if "archived" in each.changes]
    if archived:
        return "archive" if archived[-1][1] else "restore"
    return "update"


_HIDDEN = frozenset(("version", "archived", "frozen", "line_decimals", "factor", "pinned"))
"""What says nothing to people: bookkeeping, and copies of what stands elsewhere."""

_KEPT = "••••"
"""In the place of a value that no history tells."""

_REPEATED = frozenset(("amount", "net", "tax_amount"))
"""Of lines: what follows from quantity, price and discount, and stands in the document's sums."""


def _differences(kind: RecordKind, entry: Entry, texts: Texts) -> Iterator[Difference]:
    if entry.line is None:
        yield from _of_fields(kind, entry, texts, "")
        return
    line = LINES[kind.name]
    title = texts.line(entry.line)
    if entry.action == "update":
        yield from _of_fields(line, entry, texts, title)
        return
    whole = texts.line_whole(entry.changes)
    is_new = entry.action == "insert"
    label = texts.say(_("Line added") if is_new else _("Line removed"))
    yield Difference("", label, "" if is_new else whole, whole if is_new else "", title)


def _of_fields(kind: RecordKind, entry: Entry, texts: Texts, line: str) -> Iterator[Difference]:
    for name, value in entry.changes.items():
        field = kind.by_name.get(name)
        if field is None or name in _HIDDEN or (line and name in _REPEATED):
            continue
        before, after = _sides(entry.action, value)
        shown = [texts.value(field, each) for each in (before, after)]
        if kind is HISTORY and name == PIN:
            shown = [_KEPT if each else "" for each in (before, after)]
        if any(shown):
            named = f"line.{name}" if line else name
            about = language_of(name) if kind is HISTORY else line
            yield Difference(named, texts.say(field.label), shown[0], shown[1], about)


def _sides(action: str, value: Any) -> tuple[Any, Any]:
    if action == "update":
        return value[0], value[1]
    return (None, value) if action == "insert" else (value, None)


def searched_fields(kind_name: str, *, sees_cost: bool) -> list[tuple[str, Field, bool]]:
    """Name, field and whether it is a line's, of every field a history can be narrowed to."""
    found = [
        (each.name, each, False)
        for each in kind_told(kind_name).stored
        if kind_name != HISTORY.name or not language_of(each.name)
    ]
    if kind_name in LINES:
        found += [
            (f"line.{each.name}", each, True)
            for each in LINES[kind_name].stored[1:]
            if each.name not in _REPEATED
        ]
    return [
        each for each in found
        if each[1].name not in _HIDDEN and (sees_cost or not each[1].restricted)
    ]  # fmt: skip
