"""Importing quotations and orders: one row per line, a document whole or not at all.

Rows with one number make one document. A file of heads alone makes documents without lines; a
file of lines alone adds them to those. What is imported is history: it holds no stock, keeps four
decimals in its line amounts so that its sum is that of its source, and has no tax unless told.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select

from controllers.catalogue.taxes import preset
from controllers.core import readable
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import costs, frozen, stored
from controllers.system.imports.engines import raw_values, row_json
from controllers.system.imports.mapping import DOCUMENT, FRACTION, Plan, importable_fields
from controllers.system.imports.outcome import Rejected
from controllers.system.imports.records import CHUNK, Columns, Watch, read_columns
from controllers.system.imports.sources import Source
from controllers.system.imports.staging import Written
from models.rules.pricing import price_document
from models.storage.tables import AUDIT, IMPORT_ROW, TABLES
from models.system.kinds import LINES
from models.values.documents import ITEM, NOTE, PRODUCT, SECTION, Draft, Line
from models.values.errors import DomainError
from models.values.fields import RecordKind
from models.values.money import HUNDRED, SCALE, ZERO, currency_decimals
from models.values.reasons import IMPORTED
from resources.languages import marked as _

EVERY = 200
"""Documents between two reports of progress."""

_LINE_VALUES = ("kind", "description", "detail", "quantity", "unit", "unit_price",
                "discount_amount", "tax_class", "optional")  # fmt: skip
_LINE_NAMES = frozenset(("product", "discount_percent", FRACTION, *_LINE_VALUES))
_TEXTS = (SECTION, NOTE)
_DRAFT_NAMES = frozenset(each.name for each in fields(Draft))
_STATE_NAMES = {"quotation": "stored_state", "order": "state"}
_USUAL_STATE = {"quotation": "sent", "order": "closed"}

Rows = list[tuple[int, dict[str, Any]]]
"""The place in the file and the typed values of each row of one document."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What lines need to know of products: sku → (id, sku, name, unit, cost, tax class, currency);
    `currency` is the company's, which products without one of their own have."""

    products: dict[str, tuple[Any, ...]]
    currency: str


def write(
    uow: UnitOfWork, kind: RecordKind, run: int, source: Source, plan: Plan, watch: Watch
) -> tuple[Written, Rejected]:
    """Make and complete the documents of a file; a document with one bad row is left out whole."""
    columns, rejected = read_columns(importable_fields(kind), source, plan)
    if "number" not in columns:
        message = _("No column means the number; say which with --map COLUMN=number.")
        raise DomainError(message, field="number")
    groups = grouped(columns, rejected)
    reject_whole(groups, rejected)
    catalogue = _catalogue(uow, columns)
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for done, (number, rows) in enumerate(groups.items()):
        if done % EVERY == 0:
            watch(_("Writing"), done, len(groups))
        if rows[0][0] in rejected:
            continue
        try:
            counts[_write_one(uow, kind, run, number, rows, catalogue)] += 1
        except DomainError as problem:
            rejected.add((at, problem) for at, _values in rows)
    return Written(**counts), rejected


def grouped(columns: Columns, rejected: Rejected) -> dict[str, Rows]:
    """The rows of each document by its number; rows without one are rejected."""
    names = list(columns)
    groups: dict[str, Rows] = {}
    for at, values in enumerate(zip(*columns.values(), strict=True)):
        row = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        if "number" not in row:
            problem = DomainError(_("The number is missing; fill it in."), field="number")
            rejected.add([(at, problem)])
            continue
        groups.setdefault(str(row["number"]), []).append((at, row))
    return groups


def reject_whole(groups: dict[str, Rows], rejected: Rejected) -> None:
    """One bad row takes its whole document out."""
    for number, rows in groups.items():
        if any(at in rejected for at, _values in rows):
            message = _("{number} is left out whole, as another row of it is wrong.")
            problem = DomainError(message, field="number", number=number)
            rejected.add((at, problem) for at, _values in rows)


def _catalogue(uow: UnitOfWork, columns: Columns) -> Catalogue:
    wanted = [each for each in dict.fromkeys(columns.get("product", ())) if each is not None]
    cost = "cost" if uow.may("cost.see") else "NULL"
    found: dict[str, tuple[Any, ...]] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ",".join("?" * len(part))
        rows = uow.connection.exec_driver_sql(
            f"SELECT id, sku, name, unit, {cost}, tax_class, currency FROM product "
            f"WHERE sku IN ({marks})",
            tuple(part),
        )
        found.update((row[1], tuple(row)) for row in rows)
    return Catalogue(found, uow.settings.currency)


def _write_one(
    uow: UnitOfWork, kind: RecordKind, run: int, number: str, rows: Rows, catalogue: Catalogue
) -> str:
    """Write one document; answers created, updated or unchanged."""
    head = head_of(rows)
    there = _existing(uow, kind, number)
    currency = head.get("currency") or (
        there.draft.currency if there else _currency(uow, str(head.get("account", "")))
    )
    lines = _lines(rows, catalogue, currency)
    if there is None:
        draft = _new_draft(uow, kind, number, head, lines)
        _insert(uow, kind, run, draft, head)
        return "created"
    return _complete(uow, kind, run, there, head, lines, rows)


def head_of(rows: Rows) -> dict[str, Any]:
    """The head's values: of each field the first that any row has."""
    head: dict[str, Any] = {}
    for _at, values in rows:
        for name, value in values.items():
            if name not in _LINE_NAMES:
                head.setdefault(name.removeprefix(DOCUMENT), value)
    return head


def _existing(uow: UnitOfWork, kind: RecordKind, number: str) -> stored.Stored | None:
    table = TABLES[kind.name]
    query = table.select().with_only_columns(table.c.id).where(table.c.number == number)
    found = uow.connection.execute(query).scalar_one_or_none()
    return None if found is None else stored.find(uow, kind.name, int(found))


# Lines


def _lines(rows: Rows, catalogue: Catalogue, currency: str) -> tuple[Line, ...]:
    return tuple(
        _line(values, catalogue, currency)
        for _at, values in rows
        if values.keys() & {"product", "description", "kind"}
    )


def _line(values: dict[str, Any], catalogue: Catalogue, currency: str) -> Line:
    """One line; its cost is known only where the product has it in the document's currency."""
    if values.get("kind") in _TEXTS:
        text, more = values.get("description", ""), values.get("detail", "")
        return Line(values["kind"], description=text, detail=more, quantity=ZERO)
    sku = values.get("product")
    product = catalogue.products.get(sku) if sku is not None else None
    if sku is not None and product is None:
        message = _("There is no product “{key}”; import or make it first.")
        raise DomainError(message, field="product", key=sku)
    if "unit_price" not in values:
        raise DomainError(_("The unit price is missing; fill it in."), field="unit_price")
    own: dict[str, Any] = {"kind": ITEM}
    if product is not None:
        record_id, code, name, unit, cost, tax_class, priced_in = product
        if (priced_in or catalogue.currency) != currency:
            cost = None
        own = {
            "kind": PRODUCT, "product": record_id, "sku": code, "description": name,
            "unit": unit or "", "tax_class": tax_class or "standard",
            "cost": None if cost is None else Decimal(cost) / SCALE,
        }  # fmt: skip
    given = {name: values[name] for name in _LINE_VALUES[1:] if name in values}
    return Line(
        **(own | given), discount_percent=_percent(values), pinned=True, price_reason=IMPORTED
    )


def _percent(values: dict[str, Any]) -> Decimal:
    if FRACTION in values:
        return Decimal(values[FRACTION]) * HUNDRED
    return Decimal(values.get("discount_percent", 0))


# New documents


def _new_draft(
    uow: UnitOfWork, kind: RecordKind, number: str, head: dict[str, Any], lines: tuple[Line, ...]
) -> Draft:
    for name, label in (("account", _("customer")), ("date", _("date"))):
        if name not in head:
            message = _("{number} is not there yet and has no {label}; map a column to it.")
            raise DomainError(message, field=name, number=number, label=label)
    known = {name: value for name, value in head.items() if name in _DRAFT_NAMES}
    known["currency"] = head.get("currency") or _currency(uow, str(head["account"]))
    known.setdefault("tax", "none")
    known.setdefault("line_decimals", 4)
    return Draft(kind=kind.name, lines=lines, **(known | {"number": number}))


def _currency(uow: UnitOfWork, account: str) -> str:
    query = "SELECT currency FROM account WHERE code = ?"
    row = uow.connection.exec_driver_sql(query, (account,)).one_or_none()
    return (row[0] if row else None) or uow.settings.currency


def _more(uow: UnitOfWork, kind: RecordKind, draft: Draft, head: dict[str, Any]) -> dict[str, Any]:
    """Columns that a draft does not hold."""
    state = head.get("state") or _USUAL_STATE[kind.name]
    more: dict[str, Any] = {
        _STATE_NAMES[kind.name]: "sent" if state == "expired" else state,
        "frozen": json.dumps(frozen.now(uow, draft), ensure_ascii=False),
    }
    if kind.name == "order":
        more |= {"imported": True, "required_date": head.get("required_date")}
    return more


def _insert(
    uow: UnitOfWork, kind: RecordKind, run: int, draft: Draft, head: dict[str, Any]
) -> None:
    links = stored.link_ids(uow, draft)
    priced = price_document(draft, preset(uow, draft.tax, draft.date))
    more = _more(uow, kind, draft, head)
    record_id = stored.insert_document(uow, kind.name, priced, links, **more)
    note_made(uow, run, record_id, 1, None)


def note_made(uow: UnitOfWork, run: int, record_id: int, version: int, before: str | None) -> None:
    """Note with an import what it did to a record."""
    uow.connection.execute(
        insert(IMPORT_ROW).values(run_id=run, record_id=record_id, version=version, before=before)
    )


# Documents that are there


def _complete(
    uow: UnitOfWork, kind: RecordKind, run: int, there: stored.Stored, head: dict[str, Any],
    lines: tuple[Line, ...], rows: Rows,
) -> str:  # fmt: skip
    """Give an imported document new head values or lines where they differ."""
    now = there.draft
    known = {name: value for name, value in head.items() if name in _DRAFT_NAMES}
    if now.line_decimals is None and known.get("line_decimals") == currency_decimals(now.currency):
        del known["line_decimals"]
    told = {name for _at, values in rows for name in values}
    wanted = replace(now, **known, lines=lines or now.lines)
    if _same(now, wanted, told):
        return "unchanged"
    if kind.name == "order" and not there.row["imported"]:
        message = _("Order {number} is no import; change it in the program.")
        raise DomainError(message, field="number", number=there.name)
    if kind.name == "quotation" and now.state not in ("draft", "sent", "expired"):
        message = _("Quotation {number} is decided; it stays as it is.")
        raise DomainError(message, field="number", number=there.name)
    if kind.name == "quotation" and now.state != "draft" and not _is_history(uow, there.id):
        message = _("Quotation {number} was sent from here; revise it in the program.")
        raise DomainError(message, field="number", number=there.name)
    before = _before(uow, kind, there.id)
    links = stored.link_ids(uow, wanted)
    priced = price_document(wanted, preset(uow, wanted.tax, wanted.date))
    _replace(uow, kind, there, priced, links)
    note_made(uow, run, there.id, there.row["version"] + 1, before)
    return "updated"


def _is_history(uow: UnitOfWork, quotation: int) -> bool:
    """Whether an import brought a quotation in as sent; every other began as a draft, and what it
    says was agreed to before it went out.
    """
    query = select(AUDIT.c.changes).where(
        AUDIT.c.kind == "quotation", AUDIT.c.record_id == quotation, AUDIT.c.line.is_(None),
        AUDIT.c.action == "insert",
    )  # fmt: skip
    told = json.loads(uow.connection.execute(query.limit(1)).scalar() or "{}")
    return bool(told.get("stored_state", "draft") != "draft")


def _same(now: Draft, wanted: Draft, told: set[str]) -> bool:
    return replace(now, lines=()) == replace(wanted, lines=()) and [
        _essence(each, told) for each in now.lines
    ] == [_essence(each, told) for each in wanted.lines]


def _essence(line: Line, told: set[str]) -> tuple[Any, ...]:
    """What makes two lines the same business; of rarer columns only those the file fills in."""
    if not line.counts:
        return (line.kind, line.description, *(line.detail for _name in told & {"detail"}))
    rare = told & {"detail", "discount_amount", "optional"}
    return (line.product, line.description, line.quantity, line.unit, line.unit_price,
            line.discount_percent, line.tax_class,
            *(getattr(line, name) for name in sorted(rare)))  # fmt: skip


def _replace(
    uow: UnitOfWork, kind: RecordKind, there: stored.Stored, priced: Any, links: dict[str, Any]
) -> None:
    lines = TABLES[f"{kind.name}_line"]
    uow.connection.execute(lines.delete().where(lines.c[f"{kind.name}_id"] == there.id))
    values = stored.head_values(kind.name, priced, links)
    values.pop("number")
    stored.set_columns(uow, kind.name, there, **values)
    stored.insert_lines(uow, kind.name, there.id, priced)


def _before(uow: UnitOfWork, kind: RecordKind, record_id: int) -> str:
    """Head and lines as they were, to put them back."""
    line = LINES[kind.name]
    execute = uow.connection.exec_driver_sql
    head = execute(
        f"SELECT {row_json(uow, kind, 't')} FROM {kind.table} t WHERE t.id = ?", (record_id,)
    ).scalar_one()
    known = readable.columns(line.name, sees_cost=uow.may("cost.see"))
    names = ", ".join(str(each.key) for each in known)
    rows = execute(
        f"SELECT {names} FROM {line.table} WHERE {line.fields[0].column} = ?", (record_id,)
    ).mappings()
    return json.dumps(json.loads(head) | {"lines": [dict(row) for row in rows]})


def put_lines_back(
    uow: UnitOfWork, kind: RecordKind, record_id: int, rows: Iterable[dict[str, Any]]
) -> None:
    """Give a document the lines it had before an import, under new ids: nothing names a line, and
    an id that a server has not dealt yet is not ours to take.
    """
    line = LINES[kind.name]
    execute: Callable[..., Any] = uow.connection.exec_driver_sql
    execute(f"DELETE FROM {line.table} WHERE {line.fields[0].column} = ?", (record_id,))
    known = costs.restored(uow, kind.name, record_id)
    for row in rows:
        values = {"cost": known[row["id"]]} if row["id"] in known else {}
        values |= raw_values(TABLES[line.name], row)
        del values["id"]
        marks = ", ".join("?" * len(values))
        names = ", ".join(values)
        execute(f"INSERT INTO {line.table}({names}) VALUES ({marks})", tuple(values.values()))
    costs.fill(uow, kind.name, record_id)
