"""Prices by a formula for those who may not see costs: what it gives, not how."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import func, or_, select

from controllers.core.unit_of_work import UnitOfWork
from models.rules.formula import parse
from models.storage.tables import TABLES
from models.values.errors import DomainError

Prices = dict[int, tuple[tuple[int, Decimal], ...]]
"""By the id of a price: products and what the formula gives for one stock unit of each."""


def prices(uow: UnitOfWork, price_list: str, products: Sequence[int]) -> Prices:
    """What the formulas of a price list give for some products, before it is rounded."""
    rows = _in_file if uow.is_embedded else _on_server
    found: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    for price_id, product_id, price in rows(uow, price_list, products):
        found[price_id].append((product_id, price))
    return {price_id: tuple(known) for price_id, known in found.items()}


_Row = tuple[int, int, Decimal]


def _on_server(uow: UnitOfWork, price_list: str, products: Sequence[int]) -> list[_Row]:
    """The server reckons them itself, as this person cannot read a cost."""
    rows = uow.connection.exec_driver_sql(
        "SELECT price_id, product_id, amount FROM reckoned_prices(?, ?::int[]) "
        "WHERE amount IS NOT NULL",
        (price_list, list(products)),
    )
    return [(price_id, product_id, Decimal(text)) for price_id, product_id, text in rows]


def _in_file(uow: UnitOfWork, price_list: str, products: Sequence[int]) -> list[_Row]:
    head, price, product = TABLES["price_list"], TABLES["price"], TABLES["product"]
    category = func.coalesce(price.c.category, "")
    fits = (price.c.product_id == product.c.id) | (
        price.c.product_id.is_(None)
        & or_(category == "", func.lower(category) == func.lower(product.c.category))
    )
    query = (
        select(price.c.id, product.c.id, price.c.formula, product.c.list_price, product.c.cost)
        .select_from(head.join(price, price.c.price_list_id == head.c.id).join(product, fits))
        .where(head.c.name == price_list, price.c.archived.is_(False), price.c.formula != "")
        .where(product.c.id.in_(products))
    )
    found = []
    for price_id, product_id, text, list_price, cost in uow.connection.execute(query):
        try:
            found.append((price_id, product_id, parse(text).price(list_price, cost)))
        except DomainError:
            continue
    return found
