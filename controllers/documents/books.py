"""Price books from the database: the products asked for, the rules about them, the last prices."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from controllers.core import readable
from controllers.core.prepared import IDS, Prepared, Row
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import promise, reckoned
from models.rules.price_book import BookProduct, LastPrice, PriceBook, PriceRule, parse_units
from models.storage.tables import TABLES
from models.values.documents import Draft
from models.values.errors import NotFoundError
from models.values.money import ZERO
from resources.languages import marked as _

_LAST_LINES = 1000
"""How far back the search for last prices goes, in order lines of the customer."""


def price_book(
    uow: UnitOfWork, draft: Draft, products: Iterable[int] = (), *, history: bool = False
) -> PriceBook:
    """The book of a draft's price list and currency with its products and those named.

    `history` adds what the customer paid last and what is to come of stock. NotFoundError for a
    product that is not there.
    """
    wanted = {line.product for line in draft.lines if line.product is not None} | set(products)
    ids = sorted(wanted)
    found = _products(uow, ids)
    for number, line in enumerate(draft.lines, 1):
        if line.product is not None and line.product not in found:
            message = _("Line {line}: its product is no longer there; choose another.")
            raise NotFoundError(message, field="product", line=number)
    book = _priced_by(uow, draft, ids)
    last = _last_prices(uow, draft, ids) if history and ids else {}
    coming = promise.outlooks(uow, ids) if history else {}
    found |= {key: replace(found[key], outlook=each) for key, each in coming.items()}
    return PriceBook(
        currency=draft.currency, price_list=draft.price_list, products=found, last_prices=last,
        **book,
    )  # fmt: skip


def sku_book(uow: UnitOfWork, draft: Draft, skus: Sequence[str]) -> PriceBook:
    """The book of a draft's terms with the products of these SKUs; unknown ones are left out.

    SKUs are compared without case, as people type them.
    """
    product = TABLES["product"]
    wanted = sorted({each.casefold() for each in skus})
    query = select(product.c.id).where(func.lower(product.c.sku).in_(wanted))
    ids = list(uow.connection.execute(query).scalars()) if wanted else []
    return price_book(uow, replace(draft, lines=()), ids, history=True)


_COLUMNS = (
    "id", "sku", "name", "name_id", "name_ms", "description", "unit", "units", "category",
    "list_price", "cost", "currency", "tax_class", "stocked", "stock", "reserved", "components",
    "configuration",
)  # fmt: skip


@cache
def _products_query(*, sees_cost: bool) -> Prepared:
    known = readable.columns("product", sees_cost=sees_cost)
    wanted = [each for each in known if each.name in _COLUMNS]
    return Prepared(select(*wanted).where(TABLES["product"].c.id.in_([IDS])))


def _products(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, BookProduct]:
    if not ids:
        return {}
    rows = _products_query(sees_cost=uow.may("cost.see")).rows(uow.connection, ids)
    return {row["id"]: _product(uow, row) for row in rows}


def _product(uow: UnitOfWork, row: Row) -> BookProduct:
    """A product of the book; without a currency of its own it has the company's."""
    names = {"id": row["name_id"], "ms": row["name_ms"]}
    return BookProduct(
        id=row["id"],
        sku=row["sku"],
        name=row["name"],
        names={language: name for language, name in names.items() if name},
        description=row["description"] or "",
        unit=row["unit"] or "",
        units=parse_units(row["units"] or ""),
        category=row["category"] or "",
        list_price=row["list_price"] or ZERO,
        cost=row.get("cost"),
        currency=row["currency"] or uow.settings.currency,
        tax_class=row["tax_class"] or "standard",
        stocked=row["stocked"],
        stock=row["stock"] or ZERO,
        reserved=row["reserved"] or ZERO,
        is_configured=bool(row["components"] or row["configuration"]),
    )


@cache
def _rules_query(*, sees_cost: bool) -> Prepared:
    """The list and its rules about some products, categories or everything."""
    head, price = TABLES["price_list"], TABLES["price"]
    about = price.c.product_id.is_(None) | price.c.product_id.in_([IDS])
    rules = (price.c.price_list_id == head.c.id) & about & price.c.archived.is_(False)
    return Prepared(
        select(
            head.c.valid_from.label("list_from"), head.c.valid_to.label("list_to"),
            head.c.tax_included, price.c.id, price.c.product_id, price.c.category,
            price.c.minimum_quantity, price.c.valid_from, price.c.valid_to, price.c.price,
            price.c.discount_percent, *([price.c.formula] if sees_cost else ()),
        )
        .select_from(head.outerjoin(price, rules))
        .where(head.c.name == bindparam("price_list"))
    )  # fmt: skip


def _priced_by(uow: UnitOfWork, draft: Draft, ids: Sequence[int]) -> dict[str, Any]:
    if not draft.price_list:
        return {}
    sees_cost = uow.may("cost.see")
    query = _rules_query(sees_cost=sees_cost)
    rows = query.rows(uow.connection, ids, price_list=draft.price_list)
    if not rows:
        message = _("There is no price list “{key}”; make it first or name another.")
        raise NotFoundError(message, field="price_list", key=draft.price_list)
    known = {} if sees_cost else reckoned.prices(uow, draft.price_list, ids)
    return {
        "tax_included": rows[0]["tax_included"],
        "valid_from": rows[0]["list_from"],
        "valid_to": rows[0]["list_to"],
        "rules": tuple(_rule(row, known) for row in rows if row["id"] is not None),
    }


def _rule(row: Row, known: reckoned.Prices) -> PriceRule:
    return PriceRule(
        product=row["product_id"],
        category=row["category"] or "",
        minimum_quantity=row["minimum_quantity"] or ZERO,
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        price=row["price"],
        discount_percent=row["discount_percent"],
        formula=row.get("formula") or "",
        reckoned=known.get(row["id"], ()),
    )


def _last_prices(uow: UnitOfWork, draft: Draft, ids: Sequence[int]) -> dict[int, LastPrice]:
    """What the account last paid for one stock unit of each product, in this currency."""
    order, line, account = TABLES["order"], TABLES["order_line"], TABLES["account"]
    query = (
        select(line.c.product_id, line.c.unit_price, line.c.factor, order.c.date)
        .select_from(line.join(order).join(account, account.c.id == order.c.account_id))
        .where(
            account.c.code == draft.account,
            order.c.currency == draft.currency,
            order.c.state != "cancelled",
            line.c.product_id.in_(ids),
        )
        .order_by(order.c.date, order.c.id)
        .limit(_LAST_LINES)
    )
    return {
        row.product_id: LastPrice(row.unit_price / (row.factor or 1), row.date)
        for row in uow.connection.execute(query)
        if row.unit_price is not None
    }
