"""Stock booked by hand: received, adjusted, moved to another warehouse, scrapped.

What comes in goes to back-orders at once; where less is left than orders hold, the newest promises
give way.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, func, select, true

from controllers.catalogue import stock_moves, supplies
from controllers.catalogue.stock_moves import Move
from controllers.core import readable
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import backorders, periods
from controllers.documents.backorders import Share
from models.storage.tables import TABLES
from models.system.kinds import KINDS
from models.values.errors import DomainError, NotFoundError
from models.values.money import ZERO, rounded
from models.values.reasons import grouped
from resources.languages import marked as _

Lots = Sequence[str] | Mapping[str, Decimal]
"""Lots with their quantities, or serial numbers, of which each is one piece."""

LARGEST = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Booked:
    """What became of a product: its stock now, and which orders were given or lost some."""

    sku: str
    stock: Decimal
    reserved: Decimal
    shares: tuple[Share, ...] = ()


@needs("stock.change")
def receive(
    uow: UnitOfWork,
    product: str | int,
    quantity: Decimal | None = None,
    warehouse: str = "",
    unit_cost: Decimal | None = None,
    lots: Lots = (),
    *,
    supply: str = "",
    surplus: bool = False,
    date: dt.date | None = None,
    note: str = "",
) -> Booked:
    """Book a receipt in stock units, against an expected one where `supply` names its code.

    `unit_cost` is of one stock unit in the company's currency; else that of the expected receipt,
    else the average. Without a quantity lots say how much, or all that is still expected came.
    DomainError at `surplus` where more came than is expected and nobody said that it is meant.
    """
    goods = find_product(uow, product)
    expected = supplies.find(uow, supply, goods) if supply else None
    if quantity is None and not lots and expected is not None:
        quantity = expected["quantity"] - expected["received"]
    parts = _parts(goods, quantity, lots)
    if unit_cost is not None:
        readable.refuse_hidden(uow, KINDS["stock_move"], ["unit_cost"])
    if unit_cost is not None and unit_cost < 0:
        raise DomainError(_("A cost cannot be below 0."), field="unit_cost")
    if unit_cost is None and expected is not None:
        unit_cost = supplies.cost_of(uow, expected["id"])
    place = _place(uow, warehouse, expected)
    if goods["tracking"] == "serial":
        _check_new_serials(uow, goods, parts)
    source = {"document": "supply", "document_id": expected["id"]} if expected else {}
    moves = [
        Move(goods["id"], units, "receipt", place, lot, unit_cost=unit_cost, note=note, date=date,
             **source)
        for lot, units in parts.items()
    ]  # fmt: skip
    if expected is not None:
        units = sum(parts.values(), ZERO)
        supplies.refuse_surplus(expected, units, surplus=surplus)
        supplies.came(uow, expected, units)
    return book(uow, moves, goods)


@needs("stock.change")
def adjust(
    uow: UnitOfWork,
    product: str | int,
    *,
    quantity: Decimal | None = None,
    difference: Decimal | None = None,
    warehouse: str = "",
    lot: str = "",
    note: str = "",
    date: dt.date | None = None,
) -> Booked:
    """Set what lies in a warehouse to a new quantity, or change it by a difference, and say why."""
    goods = find_product(uow, product)
    if (quantity is None) == (difference is None):
        message = _("{sku}: give the new quantity or the difference, one of the two.")
        raise DomainError(message, field="quantity", sku=goods["sku"])
    if not note.strip():
        message = _("{sku}: say in the note why its stock is adjusted.")
        raise DomainError(message, field="note", sku=goods["sku"])
    place, lot = stock_moves.warehouse_id(uow, warehouse), lot.strip()
    there = stock_moves.on_hand(uow, goods["id"], place, lot)
    change = difference if difference is not None else (quantity or ZERO) - there
    check_place(uow, goods, place, lot, there + change)
    if not change:
        message = _("{sku}: {there} are there already; nothing is to be adjusted.")
        raise DomainError(message, field="quantity", sku=goods["sku"], there=grouped(there))
    move = Move(goods["id"], change, "adjustment", place, lot, note=note.strip(), date=date)
    return book(uow, [move], goods)


@needs("stock.change")
def transfer(
    uow: UnitOfWork,
    product: str | int,
    quantity: Decimal | None = None,
    *,
    source: str = "",
    target: str,
    lots: Lots = (),
    note: str = "",
    date: dt.date | None = None,
) -> Booked:
    """Move stock from one warehouse to another; what the product has in all stays."""
    goods = find_product(uow, product)
    there, here = stock_moves.warehouse_id(uow, source), stock_moves.warehouse_id(uow, target)
    if not target or there == here:
        message = _("{sku}: name two different warehouses to move it between.")
        raise DomainError(message, field="target", sku=goods["sku"])
    parts = _parts(goods, quantity, lots)
    moves = [
        Move(goods["id"], sign * units, "transfer", place, lot, note=note, date=date)
        for lot, units in parts.items()
        for place, sign in ((there, -1), (here, 1))
    ]
    return book(uow, moves, goods)


@needs("stock.change")
def scrap(
    uow: UnitOfWork,
    product: str | int,
    quantity: Decimal | None = None,
    warehouse: str = "",
    lots: Lots = (),
    *,
    note: str = "",
    date: dt.date | None = None,
) -> Booked:
    """Book stock out that is worth nothing any more."""
    goods = find_product(uow, product)
    place = stock_moves.warehouse_id(uow, warehouse)
    moves = [
        Move(goods["id"], -units, "scrap", place, lot, note=note.strip(), date=date)
        for lot, units in _parts(goods, quantity, lots).items()
    ]
    return book(uow, moves, goods)


# What all of them do


def find_product(uow: UnitOfWork, key: str | int) -> RowMapping:
    """A product that is kept in stock, by its id or SKU whatever the case, with its stock."""
    table = TABLES["product"]
    names = ("id", "sku", "name", "unit", "stocked", "tracking", "stock", "reserved", "archived")
    query = select(*(table.c[name] for name in names))
    by = table.c.id == key if isinstance(key, int) else func.lower(table.c.sku) == key.lower()
    row = uow.connection.execute(query.where(by)).mappings().first()
    if row is None:
        message = _("There is no product “{key}”; look it up in the list.")
        raise NotFoundError(message, field="product", key=key)
    if not row["stocked"]:
        message = _("{sku} is not kept in stock; say so in the product first.")
        raise DomainError(message, field="product", sku=row["sku"])
    return row


def book(uow: UnitOfWork, moves: Sequence[Move], goods: RowMapping) -> Booked:
    """Book moves of one product, share out what is free, and tell how it stands then."""
    shares = book_all(uow, moves)
    now = find_product(uow, goods["id"])
    return Booked(now["sku"], now["stock"] or ZERO, now["reserved"] or ZERO, shares)


def book_all(uow: UnitOfWork, moves: Sequence[Move]) -> tuple[Share, ...]:
    """Book moves of any products in open books, and share out what is free then."""
    for day in {each.date or uow.today for each in moves}:
        if day > uow.today:
            message = _("Stock cannot be moved on {date}, which is still to come.")
            raise DomainError(message, field="date", date=day)
        periods.require_open(uow, day)
    stock_moves.post(uow, moves)
    return backorders.share(uow, {each.product for each in moves})


def _parts(goods: RowMapping, quantity: Decimal | None, lots: Lots) -> dict[str, Decimal]:
    """Stock units by lot; DomainError where the lots do not fit the product or the quantity."""
    parts = _by_lot(goods, quantity, lots)
    for units in parts.values():
        if not 0 < units <= LARGEST or units != rounded(units, 4):
            message = _("{sku}: a quantity is over 0, with four decimals at most.")
            raise DomainError(message, field="quantity", sku=goods["sku"])
    if quantity is not None and sum(parts.values(), ZERO) != quantity:
        message = _("{sku}: the lots come to {sum}, the quantity is {quantity}; mend one of them.")
        raise DomainError(
            message, field="lots", sku=goods["sku"], sum=grouped(sum(parts.values(), ZERO)),
            quantity=grouped(quantity),
        )  # fmt: skip
    for lot, units in parts.items():
        check_lot(goods, lot, units)
    return parts


def _by_lot(goods: RowMapping, quantity: Decimal | None, lots: Lots) -> dict[str, Decimal]:
    if isinstance(lots, Mapping):
        named = {lot.strip(): units for lot, units in lots.items()}
    elif len(lots) == 1 and goods["tracking"] != "serial" and quantity is not None:
        named = {lots[0].strip(): quantity}
    else:
        named = {lot.strip(): Decimal(1) for lot in lots}
    if len(named) < len(lots):
        message = _("{sku}: a lot or serial number stands twice.")
        raise DomainError(message, field="lots", sku=goods["sku"])
    if named:
        return named
    if quantity is None:
        message = _("{sku}: say how many.")
        raise DomainError(message, field="quantity", sku=goods["sku"])
    return {"": quantity}


def check_lot(goods: RowMapping, lot: str, units: Decimal) -> None:
    """Raise DomainError where a lot does not fit how a product is tracked."""
    if goods["tracking"] == "none" and lot:
        message = _("{sku} is not tracked, so it has no lot “{lot}”; leave it out.")
        raise DomainError(message, field="lots", sku=goods["sku"], lot=lot)
    if goods["tracking"] != "none" and not lot:
        message = _("{sku} is tracked: name its lots or serial numbers.")
        raise DomainError(message, field="lots", sku=goods["sku"])
    if goods["tracking"] == "serial" and units not in (ZERO, Decimal(1)):
        message = _("{sku}: serial number {lot} is one piece, not {units}.")
        raise DomainError(message, field="lots", sku=goods["sku"], lot=lot, units=grouped(units))


def check_place(uow: UnitOfWork, goods: RowMapping, place: int, lot: str, after: Decimal) -> None:
    """Raise DomainError where what would lie in a place cannot lie there."""
    if after < 0 or after > LARGEST or after != rounded(after, 4):
        message = _("{sku}: {after} cannot lie in stock; a quantity is 0 or more, with four "
                    "decimals at most.")  # fmt: skip
        raise DomainError(message, field="quantity", sku=goods["sku"], after=grouped(after))
    untracked = goods["tracking"] != "none" and not lot
    if untracked and after <= stock_moves.on_hand(uow, goods["id"], place):
        return
    check_lot(goods, lot, after)
    if goods["tracking"] == "serial" and after:
        _check_new_serials(uow, goods, {lot: after}, but=place)


def _check_new_serials(
    uow: UnitOfWork, goods: RowMapping, parts: Mapping[str, Decimal], *, but: int = 0
) -> None:
    """A serial number lies in one place at most."""
    level, places = TABLES["stock_level"], TABLES["warehouse"]
    query = (
        select(level.c.lot, places.c.code)
        .select_from(level.join(places, places.c.id == level.c.warehouse_id))
        .where(level.c.product_id == goods["id"], level.c.quantity > 0)
        .where(level.c.lot.in_(list(parts)), level.c.warehouse_id != but)
    )
    found = uow.connection.execute(query.limit(1)).first()
    if found is not None:
        message = _("{sku}: serial number {lot} lies in {warehouse} already.")
        raise DomainError(
            message, field="lots", sku=goods["sku"], lot=found.lot, warehouse=found.code
        )


def _place(uow: UnitOfWork, warehouse: str, supply: RowMapping | None) -> int:
    if not warehouse and supply is not None and supply["warehouse_id"]:
        return int(supply["warehouse_id"])
    return stock_moves.warehouse_id(uow, warehouse)


# What there is


def levels(
    uow: UnitOfWork, product: str = "", warehouse: str = "", *, empty: bool = False
) -> tuple[dict[str, Any], ...]:
    """What lies where: SKU, name, unit, warehouse, lot and quantity, by product and place."""
    level, goods, places = TABLES["stock_level"], TABLES["product"], TABLES["warehouse"]
    query = (
        select(
            goods.c.id, goods.c.sku, goods.c.name, goods.c.unit, places.c.code.label("warehouse"),
            level.c.lot, level.c.quantity, goods.c.category,
        )
        .select_from(
            level.join(goods, goods.c.id == level.c.product_id)
            .join(places, places.c.id == level.c.warehouse_id)
        )
        .where(goods.c.archived.is_(False), true() if empty else level.c.quantity != 0)
        .order_by(goods.c.sku, places.c.code, level.c.lot)
    )  # fmt: skip
    if product:
        query = query.where(goods.c.id == find_product(uow, product)["id"])
    if warehouse:
        query = query.where(places.c.id == stock_moves.warehouse_id(uow, warehouse))
    return tuple(dict(row) for row in uow.connection.execute(query).mappings())


def moves(uow: UnitOfWork, product: str | int, limit: int = 200) -> tuple[dict[str, Any], ...]:
    """The moves of a product, the newest first, without costs."""
    move, places = TABLES["stock_move"], TABLES["warehouse"]
    names = ("id", "date", "lot", "quantity", "reason", "note", "who", "document", "document_id")
    query = (
        select(*(move.c[name] for name in names), places.c.code.label("warehouse"))
        .select_from(move.join(places, places.c.id == move.c.warehouse_id))
        .where(move.c.product_id == find_product(uow, product)["id"])
        .order_by(move.c.id.desc())
        .limit(limit)
    )
    return tuple(dict(row) for row in uow.connection.execute(query).mappings())
