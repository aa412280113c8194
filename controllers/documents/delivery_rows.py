"""Deliveries in the database: read whole, written once, changed column by column."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, insert, select, update

from controllers.core import reach
from controllers.core.prepared import Prepared, insert_row, insert_rows
from controllers.core.records import search_text
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES
from models.system.kinds import KINDS
from models.values.deliveries import Delivery, DeliveryLine
from models.values.errors import NotFoundError
from resources.languages import marked as _

KIND = "delivery"

_LINKS = {
    "order": ("order", "number"),
    "account": ("account", "code"),
    "contact": ("contact", "code"),
    "owner": ("user", "name"),
    "warehouse": ("warehouse", "code"),
    "returned": ("delivery", "number"),
}
"""By link the kind it names and the field it is named by."""

_SAME = (
    "number", "date", "direction", "state", "reference", "carrier", "vehicle", "tracking",
    "reason", "received_by", "received_on", "language", "address", "notes",
)  # fmt: skip
_LINE_SAME = (
    "sku", "description", "detail", "quantity", "unit", "factor", "lot", "destination", "back",
)  # fmt: skip


@dataclass(frozen=True)
class StoredDelivery:
    """A delivery as it stands."""

    delivery: Delivery
    row: RowMapping
    frozen: dict[str, Any] = field(default_factory=dict)
    """Letterhead and party as they were when it was shipped."""

    @property
    def id(self) -> int:
        """The id of the head."""
        return int(self.row["id"])


@cache
def _query(by: str) -> Select[Any]:
    head = TABLES[KIND]
    joined: Any = head
    named = []
    for link, (kind, key) in _LINKS.items():
        target = TABLES[kind].alias(f"{link}_link")
        joined = joined.outerjoin(target, target.c.id == head.c[f"{link}_id"])
        named.append(target.c[key].label(f"{link}_name"))
    return select(head, *named).select_from(joined).where(head.c[by] == bindparam("key"))


def find(uow: UnitOfWork, key: str | int) -> StoredDelivery:
    """A delivery by its number or id; NotFoundError names what was asked for.

    Where the transaction writes, nobody else can move it until the commit.
    """
    row = _head(uow, "id" if isinstance(key, int) else "number", key)
    if row is None and isinstance(key, str) and key.isdecimal() and len(key) < 18:
        row = _head(uow, "id", int(key))
    if row is None or not reach.is_shown(uow, KIND, row["id"]):
        message = _("There is no {kind} “{key}”; look it up in the list.")
        raise NotFoundError(message, field=KIND, kind=KINDS[KIND].label, key=key)
    values: dict[str, Any] = {name: row[name] for name in _SAME if row[name] is not None}
    links: dict[str, Any] = {name: row[f"{name}_name"] or "" for name in _LINKS}
    delivery = Delivery(
        id=row["id"], version=row["version"], lines=tuple(_lines(uow, row["id"])), **values, **links
    )
    return StoredDelivery(delivery, row, json.loads(row["frozen"] or "{}"))


def _head(uow: UnitOfWork, by: str, key: str | int) -> RowMapping | None:
    query = _query(by)
    locks = uow.is_writing and not uow.is_embedded
    locked = query.with_for_update(of=TABLES[KIND]) if locks else query
    return uow.connection.execute(locked, {"key": key}).mappings().one_or_none()


@cache
def _lines_query() -> Prepared:
    line = TABLES["delivery_line"]
    query = select(line).where(line.c.delivery_id == bindparam("head"))
    return Prepared(query.order_by(line.c.position))


def _lines(uow: UnitOfWork, head: int) -> Iterable[DeliveryLine]:
    for row in _lines_query().rows(uow.connection, head=head):
        values = {name: row[name] for name in _LINE_SAME if row[name] is not None}
        yield DeliveryLine(
            order_line=row["order_line_id"], product=row["product_id"], id=row["id"], **values
        )


def add(uow: UnitOfWork, delivery: Delivery, links: dict[str, int | None], **more: Any) -> int:
    """Write a new delivery with its lines; answers its id. `links` are ids by column."""
    values = {name: getattr(delivery, name) or None for name in _SAME} | links | more
    values |= {"created_at": uow.now, "changed_at": uow.now}
    values["search_text"] = search_text(KINDS[KIND], values)
    head = insert_row(uow.connection, TABLES[KIND], values)
    reach.require_changeable(uow, KIND, head, delivery.number or delivery.order)
    rows = [
        {
            "delivery_id": head, "position": position, "order_line_id": line.order_line,
            "product_id": line.product, **{name: getattr(line, name) for name in _LINE_SAME},
        }
        for position, line in enumerate(delivery.lines, 1)
    ]  # fmt: skip
    insert_rows(uow.connection, TABLES["delivery_line"], rows)
    uow.changed(KIND, head)
    return head


def set_columns(uow: UnitOfWork, found: StoredDelivery, **values: Any) -> None:
    """Change some columns of the head; its version goes up."""
    change_columns(uow, found.id, found.delivery, **values)


def change_columns(uow: UnitOfWork, key: int, delivery: Delivery, **values: Any) -> None:
    """The same of a delivery that was just written."""
    table = TABLES[KIND]
    reach.require_changeable(uow, KIND, key, delivery.name)
    texts = {name: getattr(delivery, name) for name in _SAME} | values
    values |= {"changed_at": uow.now, "version": table.c.version + 1}
    values["search_text"] = search_text(KINDS[KIND], texts)
    uow.connection.execute(update(table).where(table.c.id == key).values(values))
    uow.changed(KIND, key)


def replace_lines(uow: UnitOfWork, found: StoredDelivery, lines: Iterable[DeliveryLine]) -> None:
    """Other lines in the place of a draft's."""
    table = TABLES["delivery_line"]
    uow.connection.execute(table.delete().where(table.c.delivery_id == found.id))
    for position, line in enumerate(lines, 1):
        values = {name: getattr(line, name) for name in _LINE_SAME}
        uow.connection.execute(
            insert(table).values(
                delivery_id=found.id, position=position, order_line_id=line.order_line,
                product_id=line.product, **values,
            )
        )  # fmt: skip


def count_back(uow: UnitOfWork, line: int, quantity: Any) -> None:
    """Count more of a delivered line as come back."""
    table = TABLES["delivery_line"]
    statement = update(table).where(table.c.id == line)
    uow.connection.execute(statement.values(back=table.c.back + quantity))
