"""Stock moves: booked one by one, all of a booking or none, with what follows from them.

What lies in a warehouse, what a product has on hand and what it costs on average are sums of its
moves; they are kept beside them in the same transaction, and `database check` compares them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from controllers.core.prepared import IDS, Prepared
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import backorders
from models.rules.valuation import moving_average
from models.storage.postgres import stocking
from models.storage.tables import TABLES
from models.values.errors import ClashError, DomainError
from models.values.money import ZERO, to_scaled
from models.values.reasons import grouped
from resources.languages import marked as _


@dataclass(frozen=True, slots=True)
class Move:
    """One move of a product; `quantity` counts stock units, what leaves is negative."""

    product: int
    quantity: Decimal
    reason: str
    warehouse: int
    """The id of a warehouse; see `warehouse_id`."""
    lot: str = ""
    held: Decimal = ZERO
    """By how much what is held for orders changes with it."""
    unit_cost: Decimal | None = None
    """Of one stock unit, in the company's currency; None takes the average."""
    document: str = ""
    document_id: int | None = None
    note: str = ""
    date: dt.date | None = None
    """None is today."""


def post(uow: UnitOfWork, moves: Sequence[Move]) -> None:
    """Book moves, all or none.

    DomainError, naming the product, where a warehouse has too little of it or a lot is unknown;
    ClashError where somebody else was faster than the check.
    Open forms of the products are outdated then.
    """
    ordered = sorted(moves, key=lambda each: (each.product, each.warehouse, each.lot))
    if not ordered:
        return
    _check_there(uow, ordered)
    try:
        if uow.is_embedded:
            _leave_file(uow, [each for each in ordered if each.quantity < 0])
            for each in ordered:
                if each.quantity >= 0:
                    _come_into_file(uow, each)
        else:
            stocking.post_moves(uow.connection, [_as_json(uow, each) for each in ordered])
    except IntegrityError as error:
        message = _("Somebody else took the stock just now; try again.")
        raise ClashError(message, field="quantity") from error
    for product in sorted({each.product for each in ordered}):
        uow.changed("product", product)
    uow.changed("stock_level", 0)
    uow.changed("stock_move", 0)


def _as_json(uow: UnitOfWork, move: Move) -> dict[str, Any]:
    return {
        "product": move.product, "warehouse": move.warehouse, "lot": move.lot,
        "quantity": to_scaled(move.quantity), "held": to_scaled(move.held), "reason": move.reason,
        "unit_cost": None if move.unit_cost is None else to_scaled(move.unit_cost),
        "date": (move.date or uow.today).isoformat(), "document": move.document or None,
        "document_id": move.document_id, "note": move.note or None,
    }  # fmt: skip


# What must be there


def _check_there(uow: UnitOfWork, moves: Sequence[Move]) -> None:
    """Raise DomainError where more would leave a place than lies there."""
    leaving: dict[tuple[int, int, str], Decimal] = {}
    for each in moves:
        key = (each.product, each.warehouse, each.lot)
        leaving[key] = leaving.get(key, ZERO) + each.quantity
    going = {key: quantity for key, quantity in leaving.items() if quantity < 0}
    there = _levels(uow, {product for product, _warehouse, _lot in going}) if going else {}
    for key, quantity in going.items():
        if there.get(key, ZERO) + quantity < 0:
            raise _too_little(uow, *key, -quantity)


def _levels(uow: UnitOfWork, products: Iterable[int]) -> dict[tuple[int, int, str], Decimal]:
    """What lies where of some products."""
    rows = _levels_query().rows(uow.connection, products)
    return {(row["product_id"], row["warehouse_id"], row["lot"]): row["quantity"] for row in rows}


@cache
def _levels_query() -> Prepared:
    level = TABLES["stock_level"]
    return Prepared(
        select(level.c.product_id, level.c.warehouse_id, level.c.lot, level.c.quantity).where(
            level.c.product_id.in_([IDS])
        )
    )


def on_hand(uow: UnitOfWork, product: int, warehouse: int, lot: str = "") -> Decimal:
    """Stock units of a product and lot in a warehouse."""
    level = TABLES["stock_level"]
    query = select(level.c.quantity).where(
        level.c.product_id == product, level.c.warehouse_id == warehouse, level.c.lot == lot
    )
    found: Decimal | None = uow.connection.execute(query).scalar_one_or_none()
    return ZERO if found is None else found


def _too_little(
    uow: UnitOfWork, product: int, warehouse: int, lot: str, wanted: Decimal
) -> DomainError:
    goods, places = TABLES["product"], TABLES["warehouse"]
    sku = uow.connection.execute(select(goods.c.sku).where(goods.c.id == product)).scalar_one()
    place = uow.connection.execute(
        select(places.c.code).where(places.c.id == warehouse)
    ).scalar_one()
    message = _("{sku}: {wanted} are to leave {warehouse}, {there} are there; count, receive or "
                "take less.")  # fmt: skip
    if lot:
        message = _("{sku}: {wanted} of lot {lot} are to leave {warehouse}, {there} are there; "
                    "choose another lot.")  # fmt: skip
    return DomainError(
        message, field="quantity", sku=sku, wanted=grouped(wanted), warehouse=place, lot=lot,
        there=grouped(on_hand(uow, product, warehouse, lot)),
    )  # fmt: skip


# In a file


_LEAVING = (
    """INSERT INTO stock_move (date, product_id, warehouse_id, lot, quantity, reason, unit_cost,
            document, document_id, note, who, created_at)
        SELECT :date, id, :warehouse, :lot, :quantity, :reason,
            coalesce(:unit_cost, average_cost, cost), :document, :document_id, :note, :who, :now
        FROM product WHERE id = :product""",
    """INSERT INTO stock_level (product_id, warehouse_id, lot, quantity)
        VALUES (:product, :warehouse, :lot, :quantity)
        ON CONFLICT (product_id, warehouse_id, lot)
        DO UPDATE SET quantity = quantity + excluded.quantity, version = version + 1""",
    """UPDATE product SET stock = stock + :quantity, reserved = reserved + :held,
            version = version + 1 WHERE id = :product""",
)
"""What leaves is worth the average and leaves it as it is, so all of it goes at once."""


def _leave_file(uow: UnitOfWork, moves: Sequence[Move]) -> None:
    now = uow.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = [_as_json(uow, each) | {"who": uow.user, "now": now} for each in moves]
    for statement in _LEAVING:
        if rows:
            uow.connection.exec_driver_sql(statement, rows)


def _come_into_file(uow: UnitOfWork, move: Move) -> None:
    product = TABLES["product"]
    columns = (product.c.stock, product.c.average_cost, product.c.cost, product.c.version)
    before = uow.connection.execute(
        select(*columns).where(product.c.id == move.product)
    ).mappings().one()  # fmt: skip
    cost = _cost(move, before)
    _level(uow, move)
    uow.connection.execute(insert(TABLES["stock_move"]).values(_row(uow, move, cost)))
    values = {
        "stock": product.c.stock + move.quantity,
        "reserved": product.c.reserved + move.held,
        "version": before["version"] + 1,
        "average_cost": before["average_cost"],
    }
    if move.quantity > 0 and cost is not None:
        values["average_cost"] = moving_average(
            before["stock"] or ZERO, before["average_cost"], move.quantity, cost
        )
    uow.connection.execute(update(product).where(product.c.id == move.product).values(values))


def _cost(move: Move, product: RowMapping) -> Decimal | None:
    known = (move.unit_cost, product["average_cost"], product["cost"])
    return next((each for each in known if each is not None), None)


def _level(uow: UnitOfWork, move: Move) -> None:
    level = TABLES["stock_level"]
    key = {"product_id": move.product, "warehouse_id": move.warehouse, "lot": move.lot}
    changed = uow.connection.execute(
        update(level)
        .where(*(level.c[name] == value for name, value in key.items()))
        .values(quantity=level.c.quantity + move.quantity, version=level.c.version + 1)
    )
    if not changed.rowcount:
        uow.connection.execute(insert(level).values(quantity=move.quantity, **key))


def _row(uow: UnitOfWork, move: Move, cost: Decimal | None) -> dict[str, Any]:
    return {
        "date": move.date or uow.today, "product_id": move.product, "warehouse_id": move.warehouse,
        "lot": move.lot, "quantity": move.quantity, "reason": move.reason, "unit_cost": cost,
        "document": move.document or None, "document_id": move.document_id,
        "note": move.note or None, "who": uow.user, "created_at": uow.now,
    }  # fmt: skip


# Where, and what was typed


def warehouse_id(uow: UnitOfWork, code: str = "") -> int:
    """The id of a warehouse by its code; without one the company's usual, made where none is.

    NotFoundError is a DomainError at `warehouse` for a code nobody made.
    """
    place = TABLES["warehouse"]
    if code:
        query = select(place.c.id).where(func.lower(place.c.code) == code.lower())
        found = uow.connection.execute(query).scalar_one_or_none()
        if found is None:
            message = _("There is no warehouse “{key}”; make it first or name another.")
            raise DomainError(message, field="warehouse", key=code)
        return int(found)
    usual = uow.settings.warehouse
    if not uow.is_embedded:
        return stocking.main_warehouse(uow.connection, usual)
    query = select(place.c.id).where(place.c.archived.is_(False))
    named = uow.connection.execute(query.where(place.c.code == usual)).scalar_one_or_none()
    first = named or uow.connection.execute(query.order_by(place.c.id).limit(1)).scalar()
    return int(first) if first else _main_warehouse(uow)


def warehouses(uow: UnitOfWork) -> tuple[tuple[str, str], ...]:
    """Code and name of every warehouse in use, the company's usual one first."""
    place, usual = TABLES["warehouse"], uow.settings.warehouse
    query = select(place.c.code, place.c.name).where(place.c.archived.is_(False))
    found = uow.connection.execute(query.order_by(place.c.id)).all()
    return tuple((row.code, row.name) for row in sorted(found, key=lambda row: row.code != usual))


def _main_warehouse(uow: UnitOfWork) -> int:
    made = insert(TABLES["warehouse"]).values(
        code="MAIN", name="Main warehouse", name_key="main warehouse",
        search_text="main main warehouse", created_at=uow.now, changed_at=uow.now,
    )  # fmt: skip
    (record_id,) = uow.connection.execute(made).inserted_primary_key or (0,)
    uow.changed("warehouse", record_id)
    return int(record_id)


def balance(uow: UnitOfWork, products: Sequence[int], reason: str) -> None:
    """Book as moves what the typed or imported stock of products differs from what is booked.

    What comes in goes to orders that wait, as a receipt does; for a new product nobody waits yet.
    `reason` is ``opening`` or ``adjustment``. DomainError where stock lies in several places, so
    that nobody can know which of them has less.
    """
    wanted = _unbalanced(uow, sorted(set(products)))
    if not wanted:
        return
    if uow.is_embedded:
        warehouse = warehouse_id(uow)
        for statement in _BALANCE:
            _run(uow, statement, wanted, reason=reason, warehouse=warehouse)
    else:
        stocking.balance(uow.connection, wanted, reason, uow.settings.warehouse)
    _refuse_below_nothing(uow, wanted)
    if reason != "opening":
        backorders.follow(uow, wanted)


def _run(uow: UnitOfWork, statement: str, products: Sequence[int], **values: Any) -> Any:
    import json

    named = {
        "products": json.dumps(list(products)), "day": uow.today.isoformat(), "who": uow.user,
        "now": uow.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }  # fmt: skip
    return uow.connection.exec_driver_sql(statement, named | values)


_MISSING = """
    SELECT p.id, p.stock - coalesce((SELECT sum(l.quantity) FROM stock_level l
        WHERE l.product_id = p.id), 0) AS quantity, coalesce(p.average_cost, p.cost) AS cost
    FROM product p WHERE p.id IN (SELECT value FROM json_each(:products))"""

_BALANCE = (
    f"""INSERT INTO stock_move (date, product_id, warehouse_id, lot, quantity, reason, unit_cost,
            who, created_at)
        SELECT :day, id, :warehouse, '', quantity, :reason, cost, :who, :now
        FROM ({_MISSING}) WHERE quantity <> 0 ORDER BY id""",
    """UPDATE product SET average_cost = cost WHERE average_cost IS NULL AND cost IS NOT NULL
        AND stock <> 0 AND id IN (SELECT value FROM json_each(:products))""",
    f"""INSERT INTO stock_level (product_id, warehouse_id, lot, quantity)
        SELECT id, :warehouse, '', quantity FROM ({_MISSING}) WHERE quantity <> 0 ORDER BY id
        ON CONFLICT (product_id, warehouse_id, lot)
        DO UPDATE SET quantity = quantity + excluded.quantity, version = version + 1""",
)
"""The levels come last: until then they tell what is missing."""


def forget_openings(uow: UnitOfWork, products: Sequence[int]) -> None:
    """Take back the opening stock of products that never moved, so that they can be deleted."""
    if uow.is_embedded:
        for statement in _FORGET:
            _run(uow, statement, products)
    else:
        stocking.forget_openings(uow.connection, products)


_FORGET = (
    """DELETE FROM stock_move WHERE reason = 'opening'
        AND product_id IN (SELECT value FROM json_each(:products)) AND NOT EXISTS (
            SELECT 1 FROM stock_move m WHERE m.product_id = stock_move.product_id
            AND m.reason <> 'opening')""",
    """DELETE FROM stock_level WHERE product_id IN (SELECT value FROM json_each(:products))
        AND NOT EXISTS (SELECT 1 FROM stock_move m WHERE m.product_id = stock_level.product_id)""",
)


def _unbalanced(uow: UnitOfWork, products: Sequence[int]) -> list[int]:
    """The products whose stock is not the sum of what lies somewhere."""
    product, level = TABLES["product"], TABLES["stock_level"]
    booked = (
        select(func.coalesce(func.sum(level.c.quantity), 0))
        .where(level.c.product_id == product.c.id)
        .scalar_subquery()
    )
    found = uow.connection.execute(
        select(product.c.id).where(product.c.id.in_(products), product.c.stock != booked)
    )
    return list(found.scalars())


def _refuse_below_nothing(uow: UnitOfWork, products: Sequence[int]) -> None:
    level, product = TABLES["stock_level"], TABLES["product"]
    found = uow.connection.execute(
        select(product.c.sku)
        .select_from(level.join(product, product.c.id == level.c.product_id))
        .where(level.c.product_id.in_(products), level.c.quantity < 0)
        .limit(1)
    ).scalar()
    if found is not None:
        message = _("The stock of {sku} lies in several warehouses or lots; count it where it is "
                    "less.")  # fmt: skip
        raise DomainError(message, field="stock", sku=found)
