"""Costs of documents whose writer may not see them, in a file; a server does this by triggers."""

import json
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select, update

from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES
from models.values.money import ZERO, currency_decimals, rounded

_LINE = """
    UPDATE {line} AS l SET cost = coalesce({quoted}, (
        SELECT p.cost FROM product p WHERE p.id = l.product_id
            AND coalesce(nullif(p.currency, ''), ?) = ?),
        (SELECT json_extract(a.costs, '$.cost') FROM audit a
        WHERE a.kind = '{kind}' AND a.record_id = l.{kind}_id AND a.line IS NOT NULL
            AND a.action = 'delete' AND a.costs IS NOT NULL
            AND json_extract(a.changes, '$.product') IS l.product_id
            AND json_extract(a.changes, '$.description') IS l.description
        ORDER BY a.id DESC LIMIT 1))
    WHERE l.{kind}_id = ? AND NOT EXISTS (SELECT 1 FROM json_each(?) j
        WHERE CAST(j.key AS INTEGER) = l.id AND j.value IS l.product_id)"""
"""What costs nothing elsewhere costs what a line of the same words did that was here before; lines
that were here already and have the same product keep theirs.
"""

_QUOTED = """(
    SELECT q.cost FROM quotation_line q JOIN sales_order o ON o.quotation_id = q.quotation_id
    WHERE o.id = l.order_id AND q.product_id IS l.product_id AND q.description IS l.description
    ORDER BY q.position LIMIT 1)"""
"""The cost of the same line in the quotation that an order came from."""

_ORDERED = """(
    SELECT o.cost FROM sales_order_line o
    WHERE o.id = l.order_line_id AND o.product_id IS l.product_id)"""
"""The cost of the order's line that a line of an invoice bills."""


def products(uow: UnitOfWork, kind: str, head_id: int) -> dict[int, int | None]:
    """The product of each line of a document, before it is written, where `fill` will ask."""
    if not _is_asked(uow):
        return {}
    line = TABLES[f"{kind}_line"]
    query = select(line.c.id, line.c.product_id).where(line.c[f"{kind}_id"] == head_id)
    return {row.id: row.product_id for row in uow.connection.execute(query)}


def fill(
    uow: UnitOfWork, kind: str, head_id: int, before: Mapping[int, int | None] | None = None
) -> None:
    """Give the lines of a document their costs, and the head the sum of them.

    Lines that had the same product `before` keep theirs, which may have been entered by hand.
    """
    if not _is_asked(uow):
        return
    head, line = TABLES[kind], TABLES[f"{kind}_line"]
    query = select(head.c.currency, head.c.line_decimals).where(head.c.id == head_id)
    currency, decimals = uow.connection.execute(query).one()
    quoted = {"order": _QUOTED, "invoice": _ORDERED}.get(kind, "NULL")
    uow.connection.exec_driver_sql(
        _LINE.format(line=line.name, quoted=quoted, kind=kind),
        (uow.settings.currency, currency, head_id, json.dumps(before or {})),
    )
    places = max(currency_decimals(currency), min(max(decimals or 0, 0), 4))
    total = _total(uow, kind, head_id, places)
    uow.connection.execute(update(head).where(head.c.id == head_id).values(cost_total=total))


def _is_asked(uow: UnitOfWork) -> bool:
    """Whether who writes may not see costs, in a file."""
    return uow.is_embedded and not uow.may("cost.see")


def _total(uow: UnitOfWork, kind: str, head_id: int, places: int) -> Decimal | None:
    """The cost of all lines that are sold and have one, each rounded as its amount is."""
    line = TABLES[f"{kind}_line"]
    query = select(line.c.quantity, line.c.cost, line.c.factor).where(
        line.c[f"{kind}_id"] == head_id,
        line.c.kind.in_(("product", "item")),
        line.c.optional.is_(False),
        line.c.cost.is_not(None),
    )
    known = [
        rounded(row.quantity * row.cost * row.factor, places)
        for row in uow.connection.execute(query)
    ]
    return sum(known, ZERO) if known else None


def restored(uow: UnitOfWork, kind: str, head_id: int) -> dict[int, int]:
    """By the id of a line that is gone what it cost, in ten-thousandths; for who may see that.

    What somebody noted who may not see costs lacks them; the audit trail has them.
    """
    if not uow.may("cost.see"):
        return {}
    rows = uow.connection.exec_driver_sql(
        "SELECT line, costs FROM audit WHERE kind = ? AND record_id = ? AND line IS NOT NULL "
        "AND action = 'delete' AND costs IS NOT NULL",
        (kind, head_id),
    )
    found = {line: json.loads(told).get("cost") for line, told in rows}
    return {line: cost for line, cost in found.items() if cost is not None}
