"""Back-orders: what came in is shared out to the orders that wait, the oldest promise first.

Where a count or scrap leaves less than orders hold, the newest promises give way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import RowMapping, text, update

from controllers.core.unit_of_work import UnitOfWork
from models.storage import outlook
from models.storage.postgres import sharing
from models.storage.tables import TABLES
from models.values.money import ZERO, from_scaled


@dataclass(frozen=True, slots=True)
class Share:
    """Stock units an order was given of a product, or lost where they are negative."""

    order: int
    product: int
    units: Decimal


def share(uow: UnitOfWork, products: Iterable[int]) -> tuple[Share, ...]:
    """Give what is free of products to orders that wait for it; take back what is not there."""
    wanted = sorted(set(products))
    if not wanted:
        return ()
    if uow.is_embedded:
        shares = tuple(each for product in wanted for each in _share_in_file(uow, product))
    else:
        found = sharing.share_stock(uow.connection, wanted)
        shares = tuple(Share(order, goods, from_scaled(units)) for order, goods, units in found)
    for each in shares:
        uow.changed("order", each.order)
        uow.changed("product", each.product)
    return shares


def follow(uow: UnitOfWork, products: Iterable[int]) -> tuple[Share, ...]:
    """Share out what a form or an import changed, of as many products as a file may hold."""
    wanted = set(products)
    if uow.is_embedded and wanted:
        wanted &= {*waiting(uow), *uow.connection.exec_driver_sql(_OVERDRAWN).scalars()}
    return share(uow, wanted)


_OVERDRAWN = "SELECT id FROM product WHERE reserved > stock"

_LACKS = outlook.lacking(is_embedded=True)

_CLAIMS = text(
    f"SELECT l.id, l.order_id, l.reserved, {_LACKS} AS lacking FROM sales_order_line l "
    "JOIN sales_order o ON o.id = l.order_id "
    f"WHERE l.product_id = :product AND {outlook.CLAIMING} "
    f"AND (l.reserved > 0 OR {_LACKS} > 0) ORDER BY coalesce(l.promised, '9999'), l.id"
)


def _share_in_file(uow: UnitOfWork, product: int) -> list[Share]:
    free = _free(uow, product)
    if not free:
        return []
    claims = uow.connection.execute(_CLAIMS, {"product": product}).mappings().all()
    shares = _given(claims, free) if free > 0 else _taken(claims[::-1], -free)
    line, goods = TABLES["order_line"], TABLES["product"]
    for claim, units in shares:
        more = line.c.reserved + units
        uow.connection.execute(
            update(line).where(line.c.id == claim["id"]).values(reserved=more)
        )  # fmt: skip
    change = sum((units for _claim, units in shares), ZERO)
    if change:
        uow.connection.execute(
            update(goods).where(goods.c.id == product).values(reserved=goods.c.reserved + change)
        )
    return [Share(claim["order_id"], product, units) for claim, units in shares]


def _free(uow: UnitOfWork, product: int) -> Decimal:
    query = "SELECT coalesce(stock, 0) - coalesce(reserved, 0) FROM product WHERE id = ?"
    return from_scaled(uow.connection.exec_driver_sql(query, (product,)).scalar() or 0)


_Shares = list[tuple[RowMapping, Decimal]]


def _given(claims: Sequence[RowMapping], free: Decimal) -> _Shares:
    shares: _Shares = []
    for claim in claims:
        units = min(free, from_scaled(max(claim["lacking"], 0)))
        if units > 0:
            shares.append((claim, units))
            free -= units
    return shares


def _taken(claims: Sequence[RowMapping], missing: Decimal) -> _Shares:
    shares: _Shares = []
    for claim in claims:
        units = min(missing, from_scaled(claim["reserved"]))
        if units > 0:
            shares.append((claim, -units))
            missing -= units
    return shares


_WAITING = (
    "SELECT DISTINCT l.product_id FROM sales_order_line l "
    "JOIN sales_order o ON o.id = l.order_id "
    "JOIN product p ON p.id = l.product_id AND p.stocked "
    f"WHERE {outlook.CLAIMING} AND {{lacks}} > 0"
)


def waiting(uow: UnitOfWork) -> tuple[int, ...]:
    """The products that some confirmed order a person sees waits for."""
    statement = _WAITING.format(lacks=outlook.lacking(is_embedded=uow.is_embedded))
    return tuple(sorted(uow.connection.exec_driver_sql(statement).scalars()))
