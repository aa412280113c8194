"""Stock on a shared database moves through functions alone: it is held, moved and never oversold.

Every move is a row of its own; what lies in a warehouse, what a product has on hand and what it
costs on average follow in the same statement.
"""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from models.storage.postgres.scoping import DEFINER

if TYPE_CHECKING:
    from sqlalchemy import Connection

CALLED = {
    "hold_stock(integer[], bigint[])": "documents.change",
    "deliver_stock(jsonb)": "deliveries.change",
    "book_stock(jsonb)": "stock.change",
    "balance_stock(integer[], text, text)": "catalogue.change",
    "forget_openings(integer[])": "catalogue.change",
    "main_warehouse(text)": "",
    "receive_supply(integer, bigint)": "stock.change",
}
"""The functions a person calls, with the permission that asks for."""

DELIVERING = ("delivery", "return")
"""The reasons of moves that deliveries and returns alone make."""


def statements() -> Iterator[str]:
    """Every statement, in order, that makes the functions."""
    yield _HOLD
    yield _MAIN
    yield _POST
    yield _checked("deliver_stock", f"IN {(*DELIVERING, 'scrap')} AND {_GOING}")
    yield _checked("book_stock", f"NOT IN {DELIVERING} AND m.document IS DISTINCT FROM 'delivery'")
    yield _BALANCE
    yield _FORGET
    yield _SUPPLY


_HOLD = f"""
    CREATE OR REPLACE FUNCTION hold_stock(products integer[], held_by bigint[])
    RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        FOR at IN 1 .. cardinality(products) LOOP
            UPDATE product SET reserved = reserved + held_by[at]
            WHERE id = products[at] AND reserved + held_by[at] >= 0
                AND (held_by[at] <= 0 OR stock - reserved >= held_by[at]);
            IF NOT FOUND THEN
                RAISE EXCEPTION 'product % has too little stock', products[at]
                    USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
    END $$"""
"""Products in the order of their ids, so that two orders never block; it holds all or nothing."""

_MAIN = f"""
    CREATE OR REPLACE FUNCTION main_warehouse(wanted text) RETURNS integer
    LANGUAGE plpgsql {DEFINER} AS $$
    DECLARE
        found integer;
    BEGIN
        SELECT id INTO found FROM warehouse WHERE NOT archived
            ORDER BY (code = wanted) DESC, id LIMIT 1;
        IF found IS NULL THEN
            INSERT INTO warehouse (code, name, name_key, search_text, version)
            VALUES ('MAIN', 'Main warehouse', 'main warehouse', 'main main warehouse', 1)
            ON CONFLICT (code) DO UPDATE SET archived = FALSE RETURNING id INTO found;
        END IF;
        RETURN found;
    END $$"""
"""The warehouse that is named, else the first; made where there is none."""

_POST = f"""
    CREATE OR REPLACE FUNCTION post_moves(moves jsonb)
    RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
    DECLARE
        each record;
        before record;
        left_over bigint;
        worth bigint;
    BEGIN
        FOR each IN SELECT * FROM jsonb_to_recordset(moves) AS m(product integer,
            warehouse integer, lot text, quantity bigint, held bigint, reason text,
            unit_cost bigint, date text, document text, document_id bigint, note text)
        LOOP
            SELECT p.stock, p.average_cost, p.cost INTO before FROM product p
                WHERE p.id = each.product FOR UPDATE;
            worth := coalesce(each.unit_cost, (SELECT s.unit_cost FROM supply s
                WHERE each.document = 'supply' AND s.id = each.document_id),
                before.average_cost, before.cost);
            INSERT INTO stock_level AS l (product_id, warehouse_id, lot, quantity)
                VALUES (each.product, each.warehouse, each.lot, each.quantity)
                ON CONFLICT (product_id, warehouse_id, lot)
                DO UPDATE SET quantity = l.quantity + excluded.quantity, version = l.version + 1
                RETURNING quantity INTO left_over;
            IF left_over < 0 AND each.quantity < 0 THEN
                RAISE EXCEPTION 'product % has too little stock', each.product
                    USING ERRCODE = 'check_violation';
            END IF;
            INSERT INTO stock_move (date, product_id, warehouse_id, lot, quantity, reason,
                unit_cost, document, document_id, note, who, created_at)
            VALUES (each.date, each.product, each.warehouse, each.lot, each.quantity, each.reason,
                worth, each.document, each.document_id, each.note, session_user::text,
                to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
            UPDATE product SET stock = stock + each.quantity, reserved = reserved + each.held,
                version = version + 1,
                average_cost = CASE
                    WHEN each.quantity <= 0 OR worth IS NULL THEN average_cost
                    WHEN stock <= 0 OR average_cost IS NULL THEN worth
                    ELSE round((stock::numeric * average_cost + each.quantity::numeric * worth)
                        / (stock::numeric + each.quantity))::bigint END
            WHERE id = each.product AND reserved + each.held >= 0 AND (
                each.reason <> 'delivery' OR stock + each.quantity >= reserved + each.held);
            IF NOT FOUND THEN
                RAISE EXCEPTION 'product % holds too little', each.product
                    USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
    END $$"""
"""All moves or none; they come sorted by product, so that two bookings never block."""


_GOING = """m.document = 'delivery' AND EXISTS (SELECT 1 FROM delivery d
    JOIN delivery_line l ON l.delivery_id = d.id AND l.product_id = m.product
    WHERE d.id = m.document_id AND CASE WHEN m.reason = 'delivery' OR d.direction = 'in'
        THEN d.state = 'draft' ELSE d.state = 'shipped' END)"""
"""Goods leave or come for a delivery that goes off or is taken back in the same step."""


def _checked(name: str, reasons: str) -> str:
    return f"""
        CREATE OR REPLACE FUNCTION {name}(moves jsonb)
        RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM jsonb_to_recordset(moves) AS m(reason text, product integer,
                    document text, document_id bigint)
                WHERE NOT coalesce(m.reason {reasons}, FALSE)) THEN
                RAISE EXCEPTION 'no reason for this move' USING ERRCODE = 'check_violation';
            END IF;
            PERFORM post_moves(moves);
        END $$"""


_BALANCE = f"""
    CREATE OR REPLACE FUNCTION balance_stock(products integer[], reason text, wanted text)
    RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
    DECLARE
        place integer;
    BEGIN
        IF reason NOT IN ('opening', 'adjustment') THEN
            RAISE EXCEPTION 'no reason for this move' USING ERRCODE = 'check_violation';
        END IF;
        place := main_warehouse(wanted);
        WITH missing AS (
            SELECT p.id, p.stock - coalesce(l.quantity, 0) AS quantity,
                coalesce(p.average_cost, p.cost) AS cost
            FROM product p LEFT JOIN (SELECT product_id, sum(quantity)::bigint AS quantity
                FROM stock_level WHERE product_id = ANY(products) GROUP BY 1) l
                ON l.product_id = p.id
            WHERE p.id = ANY(products) AND p.stock <> coalesce(l.quantity, 0)
        ), leveled AS (
            INSERT INTO stock_level AS l (product_id, warehouse_id, lot, quantity)
            SELECT id, place, '', quantity FROM missing ORDER BY id
            ON CONFLICT (product_id, warehouse_id, lot)
            DO UPDATE SET quantity = l.quantity + excluded.quantity, version = l.version + 1
        ), costed AS (
            UPDATE product p SET average_cost = m.cost FROM missing m
            WHERE p.id = m.id AND p.average_cost IS NULL AND m.cost IS NOT NULL
        )
        INSERT INTO stock_move (date, product_id, warehouse_id, lot, quantity, reason, unit_cost,
            who, created_at)
        SELECT to_char(now(), 'YYYY-MM-DD'), id, place, '', quantity, reason, cost,
            session_user::text, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        FROM missing ORDER BY id;
    END $$"""
"""Books as moves what the stock of products differs from the sum of their moves."""


_FORGET = f"""
    CREATE OR REPLACE FUNCTION forget_openings(products integer[])
    RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        DELETE FROM stock_move o WHERE o.product_id = ANY(products) AND o.reason = 'opening'
            AND NOT EXISTS (SELECT 1 FROM stock_move m WHERE m.product_id = o.product_id
                AND m.reason <> 'opening');
        DELETE FROM stock_level l WHERE l.product_id = ANY(products)
            AND NOT EXISTS (SELECT 1 FROM stock_move m WHERE m.product_id = l.product_id);
    END $$"""
"""Takes back the opening stock of products that never moved, so that they can be deleted."""


_SUPPLY = f"""
    CREATE OR REPLACE FUNCTION receive_supply(wanted integer, came bigint)
    RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        UPDATE supply SET received = received + came, version = version + 1
        WHERE id = wanted AND came > 0;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'no such supply' USING ERRCODE = 'check_violation';
        END IF;
    END $$"""
"""Notes what came of an expected receipt; the move itself is booked beside it."""


def hold_stock(connection: "Connection", products: Sequence[int], by: Sequence[int]) -> None:
    """Change what is held of products, in ten-thousandths, sorted by id.

    Raises SQLAlchemy's IntegrityError where one has too little; then nothing is held.
    """
    held = (list(products), list(by))
    connection.exec_driver_sql("SELECT hold_stock(?::int[], ?::bigint[])", held)


def post_moves(connection: "Connection", moves: Sequence[dict[str, Any]]) -> None:
    """Book moves, in ten-thousandths, sorted by product; all of them or, with IntegrityError, none.

    Who books deliveries and returns needs another right than who books receipts and counts.
    """
    name = "deliver_stock" if moves[0]["document"] == "delivery" else "book_stock"
    connection.exec_driver_sql(f"SELECT {name}(?::jsonb)", (json.dumps(moves),))


def balance(connection: "Connection", products: Sequence[int], reason: str, warehouse: str) -> None:
    """Book as moves what the stock of products differs from the sum of their moves."""
    values = (list(products), reason, warehouse)
    connection.exec_driver_sql("SELECT balance_stock(?::int[], ?, ?)", values)


def main_warehouse(connection: "Connection", wanted: str) -> int:
    """The id of the warehouse that is named, else of the first; made where there is none."""
    found = connection.exec_driver_sql("SELECT main_warehouse(?)", (wanted,))
    return int(found.scalar_one())


def forget_openings(connection: "Connection", products: Sequence[int]) -> None:
    """Take back the opening stock of products that never moved."""
    connection.exec_driver_sql("SELECT forget_openings(?::int[])", (list(products),))


def receive_supply(connection: "Connection", supply: int, came: int) -> None:
    """Note what came of an expected receipt, in ten-thousandths."""
    connection.exec_driver_sql("SELECT receive_supply(?, ?)", (supply, came))
