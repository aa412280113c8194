"""What must hold over a whole database: storage, totals, numbers, stock, archive, audit trail."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import stored
from controllers.documents.drafting import priced
from controllers.system import sums
from models.storage import chain
from models.storage.derived import every_trigger
from models.storage.postgres.connection import SCHEMA
from models.storage.search_index import is_ordered, search_table, settle, text_table
from models.storage.tables import ARCHIVE, METADATA, NUMBER_SERIES, TABLES
from models.system.kinds import KINDS
from models.values.documents import Priced
from models.values.errors import DomainError
from models.values.fields import RecordKind


@needs("settings.change")
def problems(uow: UnitOfWork) -> list[str]:
    """Everything that is wrong, a sentence each; an empty list where all is well."""
    checks = (
        _storage, _links, _totals, _numbers, _stock, sums.problems, _archive, _search, _trail,
    )  # fmt: skip
    return [sentence for check in checks for sentence in check(uow)]


def _all(uow: UnitOfWork, statement: str, *values: Any) -> list[Any]:
    return list(uow.connection.exec_driver_sql(statement, values))


def _storage(uow: UnitOfWork) -> Iterator[str]:
    """The file is whole; of a shared database, which its server keeps whole, every rule holds."""
    if uow.is_embedded:
        for (line,) in _all(uow, "PRAGMA integrity_check(20)"):
            if line != "ok":
                yield f"The file is damaged: {line}."
        there = {name for (name,) in _all(uow, _TRIGGERS)}
        for name in sorted(every_trigger() - there):
            yield f"The trigger {name} is missing; restore a backup."
        return
    for statement, sentence in _SERVER_RULES:
        for table, name in _all(uow, statement, SCHEMA):
            yield sentence.format(table=table, name=name)


_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"

_SERVER_RULES = (
    (
        "SELECT c.relname, k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
        "WHERE NOT k.convalidated AND k.connamespace = ?::regnamespace ORDER BY 1, 2",
        "The rule {name} of {table} was never held against what stood there before.",
    ),
    (
        "SELECT c.relname, i.indexrelid::regclass::text FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indrelid "
        "WHERE NOT i.indisvalid AND c.relnamespace = ?::regnamespace ORDER BY 1, 2",
        "The index {name} of {table} was never finished.",
    ),
    (
        "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE t.tgenabled NOT IN ('O', 'A') AND c.relnamespace = ?::regnamespace ORDER BY 1, 2",
        "The trigger {name} of {table} is switched off.",
    ),
)
"""What a server says of rules that do not hold for every row, and the sentence about each."""


def _links(uow: UnitOfWork) -> Iterator[str]:
    for table in METADATA.sorted_tables:
        own = next(iter(table.primary_key)).name
        for link in sorted(table.foreign_keys, key=lambda each: each.parent.name):
            name, parent = link.parent.name, link.column.table.name
            for (row,) in _all(
                uow,
                f"SELECT t.{own} FROM {table.name} t LEFT JOIN {parent} p ON p.id = t.{name} "
                f"WHERE t.{name} IS NOT NULL AND p.id IS NULL ORDER BY 1",
            ):
                yield f"{table.name} {row} names a record of {parent} that is not there."


def _totals(uow: UnitOfWork) -> Iterator[str]:
    """Every document reckoned anew gives the figures that are stored."""
    for kind in ("quotation", "order"):
        for (record_id,) in _all(uow, f"SELECT id FROM {KINDS[kind].table} ORDER BY id"):
            yield from _document(uow, kind, record_id)


def _document(uow: UnitOfWork, kind: str, record_id: int) -> Iterator[str]:
    document = stored.find(uow, kind, record_id)
    try:
        figures = priced(uow, document)
    except DomainError as error:
        yield f"{kind} {document.name} cannot be reckoned: {error}"
        return
    totals = figures.totals
    wanted = {
        "subtotal": totals.subtotal, "discount": totals.discount, "tax_base": totals.tax_base,
        "tax_amount": totals.tax, "rounding": totals.rounding, "total": totals.total,
    }  # fmt: skip
    for name, figure in wanted.items():
        if document.row[name] != figure:
            yield f"{kind} {document.name}: {name} is {document.row[name]}, not {figure}."
    yield from _lines(uow, kind, document, figures)


def _lines(uow: UnitOfWork, kind: str, document: stored.Stored, figures: Priced) -> Iterator[str]:
    table = TABLES[f"{kind}_line"]
    rows = uow.connection.execute(
        select(table.c.amount, table.c.net)
        .where(table.c[f"{kind}_id"] == document.id)
        .order_by(table.c.position)
    ).all()
    for at, (row, line) in enumerate(zip(rows, figures.lines, strict=True), 1):
        if (row.amount, row.net) != (line.amount, line.net):
            yield f"{kind} {document.name}, line {at}: {row.amount} is not {line.amount}."


def _numbers(uow: UnitOfWork) -> Iterator[str]:
    """As many numbers were issued as each series says; none twice (unique by the schema)."""
    drawn: dict[str, int] = defaultdict(int)
    for row in uow.connection.execute(select(NUMBER_SERIES.c.name, NUMBER_SERIES.c.last)):
        drawn[row.name] += row.last
    for series, kind, own in (
        ("quotation", "quotation", "first_id IS NULL AND sent_at IS NOT NULL"),
        ("order", "order", "number IS NOT NULL AND NOT imported"),
        *sums.NUMBERED,
    ):
        ((count,),) = _all(uow, f"SELECT count(*) FROM {KINDS[kind].table} WHERE {own}")
        if count != drawn[series]:
            yield f"{drawn[series]} numbers of {series}s were drawn, but {count} are there."


def _stock(uow: UnitOfWork) -> Iterator[str]:
    """What products say is reserved is what confirmed orders hold, and never more than there is."""
    held = dict(
        _all(
            uow,
            "SELECT l.product_id, sum(l.reserved) FROM sales_order_line l "
            "JOIN sales_order o ON o.id = l.order_id WHERE o.state = 'confirmed' "
            "AND l.product_id IS NOT NULL GROUP BY 1",
        )
    )
    for record_id, sku, stock, reserved, stocked in _all(
        uow, "SELECT id, sku, stock, reserved, stocked FROM product ORDER BY id"
    ):
        if reserved != (held.get(record_id) or 0):
            orders = (held.get(record_id) or 0) / 10_000
            yield f"Product {sku}: {reserved / 10_000:g} reserved, orders hold {orders:g}."
        if stocked and reserved > stock:
            yield f"Product {sku}: more reserved than on hand."


def _archive(uow: UnitOfWork) -> Iterator[str]:
    rows = uow.connection.execute(select(ARCHIVE.c.name, ARCHIVE.c.sha256, ARCHIVE.c.content))
    for row in rows:
        if hashlib.sha256(row.content).hexdigest() != row.sha256:
            yield f"The archived {row.name} is not what was sent."


def _trail(uow: UnitOfWork) -> Iterator[str]:
    """The chain over the audit trail holds, and nothing stands in the trail beside it."""
    for each in islice(chain.breaks(uow.connection), _MOST_BREAKS):
        about = f" ({each.kind} {_key_of(uow, each)})" if each.kind else ""
        yield f"The audit trail does not hold: {each.problem}{about}."


_MOST_BREAKS = 20


def newest_seal(uow: UnitOfWork) -> str:
    """The newest seal as ``number:hash``; whoever notes it elsewhere can prove later what stood
    before it.
    """
    number, found = chain.head(uow.connection)
    return f"{number}:{found}"


def noted_seal(uow: UnitOfWork, noted: str) -> list[str]:
    """What is wrong with a seal that was noted earlier; nothing where the chain still holds it."""
    number, _mark, wanted = noted.partition(":")
    found = chain.hash_of(uow.connection, int(number)) if number.isdecimal() else None
    if found == wanted:
        return []
    return [f"The audit trail does not hold: the seal {number} that was noted is not in it."]


def _key_of(uow: UnitOfWork, found: chain.Break) -> str:
    """What people call the record a break is about; its id where it is gone."""
    kind = KINDS.get(found.kind)
    if kind is None:
        return str(found.record_id)
    statement = f"SELECT {kind.key} FROM {kind.table} WHERE id = ?"
    rows = _all(uow, statement, found.record_id)
    return str(rows[0][0] or found.record_id) if rows else f"#{found.record_id}"


def _search(uow: UnitOfWork) -> Iterator[str]:
    """The full-text index agrees with the texts it was made from, and they with the records; a
    shared database has none beside its tables.
    """
    if not uow.is_embedded:
        return
    settle(uow.connection, KINDS)
    for kind in KINDS.values():
        if not kind.searchable:
            continue
        index = search_table(kind)
        check = f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"
        try:
            uow.connection.exec_driver_sql(check)
        except DatabaseError as error:
            yield f"The search index of {kind.name} is wrong ({error.orig})."
        if is_ordered(kind) and _misplaced(uow, kind):
            yield f"The search index of {kind.name} is not in the order of its list."


def _misplaced(uow: UnitOfWork, kind: RecordKind) -> bool:
    """Whether a record lacks its text and place, or stands before one that comes first."""
    own, texts = kind.table, text_table(kind)
    found = _all(
        uow,
        "SELECT 1 FROM (SELECT t.*, s.place, s.search_text AS held, s.archived AS held_archived, "
        f"lag(s.place) OVER (ORDER BY t.{kind.title}_key, t.id) AS before "
        f"FROM {own} t LEFT JOIN {texts} s ON s.id = t.id) WHERE place IS NULL OR place <= before "
        "OR held <> search_text OR held_archived <> archived "
        f"UNION ALL SELECT 1 FROM {texts} WHERE id NOT IN (SELECT id FROM {own}) LIMIT 1",
    )
    return bool(found)
