"""Costs of documents whose writer may not see them, in a file; a server does this by triggers."""

from decimal import Decimal

from sqlalchemy import select, update

from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES
from models.values.money import ZERO, currency_decimals, rounded

_LINE = """
    UPDATE {line} AS l SET cost = coalesce({quoted}, (
        SELECT p.cost FROM product p WHERE p.id = l.product_id
            AND coalesce(nullif(p.currency, ''), ?) = ?))
    WHERE l.{kind}_id = ?"""

_QUOTED = """(
    SELECT q.cost FROM quotation_line q JOIN sales_order o ON o.quotation_id = q.quotation_id
    WHERE o.id = l.order_id AND q.product_id IS l.product_id AND q.description IS l.description
    ORDER BY q.position LIMIT 1)"""
"""The cost of the same line in the quotation that an order came from."""


def fill(uow: UnitOfWork, kind: str, head_id: int) -> None:
    """Give the lines of a document their costs, and the head the sum of them."""
    if uow.may("cost.see") or not uow.is_embedded:
        return
    head, line = TABLES[kind], TABLES[f"{kind}_line"]
    query = select(head.c.currency, head.c.line_decimals).where(head.c.id == head_id)
    currency, decimals = uow.connection.execute(query).one()
    quoted = _QUOTED if kind == "order" else "NULL"
    uow.connection.exec_driver_sql(
        _LINE.format(line=line.name, quoted=quoted, kind=kind),
        (uow.settings.currency, currency, head_id),
    )
    places = max(currency_decimals(currency), min(max(decimals or 0, 0), 4))
    total = _total(uow, kind, head_id, places)
    uow.connection.execute(update(head).where(head.c.id == head_id).values(cost_total=total))


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
