"""Reports about stock: what to buy, and what lies in the house is worth."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, or_, select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import backorders, promise
from controllers.insight.sales import SalesOptions
from models.rules.promise import Outlook
from models.rules.reorder import suggested
from models.storage.tables import TABLES
from models.values import permissions
from models.values.errors import DomainError
from models.values.money import ZERO, currency_decimals, rounded, shortest, to_scaled
from reports.kit.table import Column, Summary, TableReport
from resources.languages import marked as _
from resources.languages import translator

FILTERS = ("product", "category")


def _narrowed(query: Select[Any], options: SalesOptions) -> Select[Any]:
    """The query of products narrowed; DomainError for what stock cannot be narrowed by."""
    goods = TABLES["product"]
    columns = {"product": goods.c.sku, "category": goods.c.category}
    for name, value in options.filters:
        if name not in columns:
            message = _("Stock cannot be filtered by “{name}”; choose from {known}.")
            raise DomainError(message, field="filters", name=name, known=", ".join(FILTERS))
        query = query.where(func.lower(columns[name]) == value.lower())
    return query


# What to buy


def reorder(uow: UnitOfWork, options: SalesOptions) -> TableReport:
    """Products that fall under their reorder level or short of what orders wait for, by SKU."""
    goods = TABLES["product"]
    waiting = backorders.waiting(uow)
    names = ("id", "sku", "name", "unit", "category", "stock", "reserved", "reorder_level",
             "reorder_quantity", "lead_days")  # fmt: skip
    query = (
        select(*(goods.c[name] for name in names))
        .where(goods.c.stocked, goods.c.archived.is_(False))
        .where(or_(goods.c.reorder_level > 0, goods.c.id.in_(waiting)))
        .order_by(goods.c.sku)
    )
    found = uow.connection.execute(_narrowed(query, options)).mappings().all()
    known = promise.outlooks(uow, (row["id"] for row in found))
    suppliers = _suppliers(uow)
    rows = [
        _to_buy(row, known[row["id"]], suppliers.get(row["id"], ""), wanted)
        for row in found
        if (wanted := _wanted(row, known[row["id"]]))
    ]
    return _reorder_report(options, rows)


def _wanted(row: Any, known: Outlook) -> Decimal:
    level, lot = row["reorder_level"] or ZERO, row["reorder_quantity"] or ZERO
    return suggested(known, level, lot)


def _to_buy(row: Any, known: Outlook, supplier: str, wanted: Decimal) -> list[Any]:
    expected = sum((units for _day, units in known.receipts), ZERO)
    figures = (row["stock"] or ZERO, row["reserved"] or ZERO, known.free, known.owed, expected,
               row["reorder_level"] or ZERO, wanted)  # fmt: skip
    texts = (row["sku"], row["name"], row["category"] or "", row["unit"] or "")
    return [*texts, *map(_short, figures), row["lead_days"], supplier]


def _short(figure: Decimal) -> Decimal:
    return shortest(to_scaled(figure))


def _suppliers(uow: UnitOfWork) -> dict[int, str]:
    """Who supplied each product last, as expected receipts say."""
    supply = TABLES["supply"]
    query = (
        select(supply.c.product_id, supply.c.supplier)
        .where(supply.c.supplier.is_not(None), supply.c.supplier != "")
        .order_by(supply.c.due, supply.c.id)
    )
    return {row.product_id: row.supplier for row in uow.connection.execute(query)}


def _reorder_report(options: SalesOptions, rows: Sequence[Sequence[Any]]) -> TableReport:
    say = translator(options.language)
    return TableReport(
        title=say("Purchase suggestions"),
        columns=(
            Column("product", say("SKU")),
            Column("name", say("Name")),
            Column("category", say("Category")),
            Column("unit", say("Unit")),
            Column("stock", say("On hand"), "quantity"),
            Column("reserved", say("Reserved"), "quantity"),
            Column("free", say("Free"), "quantity"),
            Column("waiting", say(_("Orders wait for")), "quantity"),
            Column("expected", say("Expected"), "quantity"),
            Column("reorder_level", say("Reorder below"), "quantity"),
            Column("suggested", say(_("Suggested")), "quantity"),
            Column("lead_days", say("Days to get it"), "integer"),
            Column("supplier", say("Supplier")),
        ),
        rows=rows,
        notes=(say(_("Suggested is the reorder quantity, or more where that is not enough to reach "
                     "the level and serve what orders wait for.")),),
        language=options.language,
    )  # fmt: skip


# What it is worth


def valuation(uow: UnitOfWork, options: SalesOptions) -> TableReport:
    """What lies in each warehouse by category, at the moving average; for who may see costs."""
    permissions.require(uow.person.role, "cost.see")
    level, goods, places = TABLES["stock_level"], TABLES["product"], TABLES["warehouse"]
    query = (
        select(
            places.c.code, goods.c.category, goods.c.sku, goods.c.name, goods.c.unit,
            func.sum(level.c.quantity).label("quantity"), goods.c.average_cost, goods.c.cost,
        )
        .select_from(
            level.join(goods, goods.c.id == level.c.product_id)
            .join(places, places.c.id == level.c.warehouse_id)
        )
        .where(level.c.quantity != 0)
        .group_by(places.c.code, goods.c.id)
        .order_by(places.c.code, goods.c.category, goods.c.sku)
    )  # fmt: skip
    found = uow.connection.execute(_narrowed(query, options)).all()
    currency = uow.settings.currency
    return _stock_report(options, [_worth(row, currency) for row in found], currency)


def _worth(row: Any, currency: str) -> list[Any]:
    cost = row.cost if row.average_cost is None else row.average_cost
    value = None
    if cost is not None:
        value = rounded(row.quantity * cost, currency_decimals(currency))
    return [row.code, row.category or "", row.sku, row.name, row.unit or "", _short(row.quantity),
            None if cost is None else _short(cost), value]  # fmt: skip


def _stock_report(
    options: SalesOptions, rows: Sequence[Sequence[Any]], currency: str
) -> TableReport:  # fmt: skip
    say = translator(options.language)
    sums: dict[Any, Decimal] = defaultdict(lambda: ZERO)
    for row in rows:
        sums[row[1]] += row[7] or ZERO
    total = sum(sums.values(), ZERO)
    unknown = sum(row[7] is None for row in rows)
    note = say(_("{count} products have no cost and count for nothing.")).format(count=unknown)
    return TableReport(
        title=say(_("Stock and its value")),
        columns=(
            Column("warehouse", say("Warehouse")),
            Column("category", say("Category")),
            Column("product", say("SKU")),
            Column("name", say("Name")),
            Column("unit", say("Unit")),
            Column("quantity", say("On hand"), "quantity"),
            Column("cost", say("Average cost"), "money", currency),
            Column("value", say(_("Value")), "money", currency, total=True),
        ),
        rows=rows,
        notes=(note,) if unknown else (),
        totals={"value": total},
        summary=Summary(
            "category", tuple(sorted(sums)), ("value",), "warehouse",
            tuple(sorted({row[0] for row in rows})),
        ) if rows else None,
        language=options.language,
    )  # fmt: skip
