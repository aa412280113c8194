"""What people do through functions of the server alone: draw a number, move stock.

Nobody may write these tables themselves, so no number is used twice and no stock sold twice,
whatever the program.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.storage.postgres.scoping import DEFINER
from models.system.kinds import LINES

if TYPE_CHECKING:
    from sqlalchemy import Connection

CALLED = {
    "draw_number(text, text)": "documents.change",
    "number_is_taken(text, text)": "documents.change",
    "move_stock(integer[], bigint[], bigint[])": "documents.change",
}
"""The functions a person calls, with the permission that asks for."""


def statements() -> Iterator[str]:
    """Every statement, in order, that makes the functions."""
    yield _DRAW
    yield _TAKEN
    yield _MOVE


_DRAW = f"""
    CREATE OR REPLACE FUNCTION draw_number(series text, within text) RETURNS bigint
    LANGUAGE plpgsql {DEFINER} AS $$
    DECLARE
        drawn bigint;
    BEGIN
        IF series NOT IN ({", ".join(f"'{kind}'" for kind in LINES)}) THEN
            RAISE EXCEPTION 'there is no series %', series USING ERRCODE = 'check_violation';
        END IF;
        INSERT INTO number_series AS s (name, period, last) VALUES (series, within, 1)
        ON CONFLICT (name, period) DO UPDATE SET last = s.last + 1 RETURNING last INTO drawn;
        RETURN drawn;
    END $$"""
"""The series' row is locked until the commit; who else draws meanwhile waits for it."""

_TAKEN = f"""
    CREATE OR REPLACE FUNCTION number_is_taken(series text, wanted text) RETURNS boolean
    LANGUAGE sql STABLE {DEFINER} AS $$
        SELECT CASE series
            WHEN 'quotation' THEN EXISTS (SELECT 1 FROM quotation WHERE number = wanted)
            ELSE EXISTS (SELECT 1 FROM sales_order WHERE number = wanted) END
    $$"""
"""Also by a document that who asks does not see."""

_MOVE = f"""
    CREATE OR REPLACE FUNCTION move_stock(products integer[], stock_by bigint[], held_by bigint[])
    RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        FOR at IN 1 .. cardinality(products) LOOP
            UPDATE product SET stock = stock + stock_by[at], reserved = reserved + held_by[at],
                version = version + (stock_by[at] <> 0)::int
            WHERE id = products[at] AND reserved + held_by[at] >= 0
                AND (held_by[at] <= 0 OR stock - reserved >= held_by[at]);
            IF NOT FOUND THEN
                RAISE EXCEPTION 'product % has too little stock', products[at]
                    USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
    END $$"""
"""Products in the order of their ids, so that two orders never block; it moves all or nothing."""


def draw_number(connection: "Connection", series: str, period: str) -> int:
    """The next count of a series in a period."""
    drawn = connection.exec_driver_sql("SELECT draw_number(?, ?)", (series, period))
    return int(drawn.scalar_one())


def number_is_taken(connection: "Connection", series: str, number: str) -> bool:
    """Whether any document of a series has a number, seen or not."""
    found = connection.exec_driver_sql("SELECT number_is_taken(?, ?)", (series, number))
    return bool(found.scalar_one())


def move_stock(
    connection: "Connection",
    products: Sequence[int],
    stock_by: Sequence[int],
    held_by: Sequence[int],
) -> None:
    """Change what is on hand and what is held of products, in ten-thousandths, sorted by id.

    Raises SQLAlchemy's IntegrityError where one has too little; then nothing is moved.
    """
    moved = (list(products), list(stock_by), list(held_by))
    connection.exec_driver_sql("SELECT move_stock(?::int[], ?::bigint[], ?::bigint[])", moved)
