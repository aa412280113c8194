"""Stock shared out among orders on a shared database, and what it knows of everybody's orders.

Who books a receipt or promises a day may not see all orders; these functions do.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from models.storage import outlook
from models.storage.postgres.scoping import DEFINER

if TYPE_CHECKING:
    from sqlalchemy import Connection

CALLED = {
    "share_stock(integer[])": "documents.change",
    "stock_outlook(integer[])": "",
    "credit_standing(integer, text, text)": "documents.change",
}
"""The functions a person calls, with the permission that asks for."""

_LACKS = outlook.lacking(is_embedded=False)


def statements() -> Iterator[str]:
    """Every statement, in order, that makes the functions."""
    yield _SHARE
    yield f"""
        CREATE OR REPLACE FUNCTION stock_outlook(wanted integer[])
        RETURNS TABLE (product_id integer, is_stocked boolean, free bigint, owed bigint,
            lead_days bigint, due text, quantity bigint)
        LANGUAGE sql STABLE {DEFINER} AS $$
            {outlook.of_products("= ANY(wanted)", is_embedded=False)} $$"""
    yield f"""
        CREATE OR REPLACE FUNCTION credit_standing(account integer, money text, today text)
        RETURNS TABLE (open bigint, overdue bigint, ordered bigint)
        LANGUAGE sql STABLE {DEFINER} AS $$
            {outlook.of_account("$1", "$2", "$3", is_embedded=False)} $$"""


_SHARE = f"""
    CREATE OR REPLACE FUNCTION share_stock(products integer[])
    RETURNS TABLE (order_id integer, product_id integer, units bigint)
    LANGUAGE plpgsql {DEFINER} AS $$
    #variable_conflict use_column
    DECLARE
        goods record;
        claim record;
        left_over bigint;
        part bigint;
    BEGIN
        FOR goods IN SELECT p.id, p.stock - p.reserved AS free FROM product p
            WHERE p.id = ANY(products) ORDER BY p.id FOR UPDATE
        LOOP
            left_over := goods.free;
            FOR claim IN SELECT o.id AS head, l.id AS line FROM sales_order o
                JOIN sales_order_line l ON l.order_id = o.id
                WHERE l.product_id = goods.id AND {outlook.CLAIMING} AND goods.free <> 0
                    AND CASE WHEN goods.free > 0 THEN {_LACKS} > 0 ELSE l.reserved > 0 END
                ORDER BY CASE WHEN goods.free > 0 THEN coalesce(l.promised, '9999') END,
                    CASE WHEN goods.free > 0 THEN l.id END,
                    CASE WHEN goods.free < 0 THEN coalesce(l.promised, '9999') END DESC,
                    CASE WHEN goods.free < 0 THEN l.id END DESC
                FOR UPDATE OF o SKIP LOCKED
            LOOP
                EXIT WHEN left_over = 0;
                SELECT CASE WHEN left_over > 0 THEN least(left_over, greatest({_LACKS}, 0))
                    ELSE greatest(left_over, -l.reserved) END
                    INTO part FROM sales_order_line l WHERE l.id = claim.line;
                CONTINUE WHEN coalesce(part, 0) = 0;
                UPDATE sales_order_line SET reserved = reserved + part WHERE id = claim.line;
                UPDATE product SET reserved = reserved + part WHERE id = goods.id;
                left_over := left_over - part;
                order_id := claim.head;
                product_id := goods.id;
                units := part;
                RETURN NEXT;
            END LOOP;
            IF left_over < 0 THEN
                RAISE EXCEPTION 'product % is held by orders somebody works on', goods.id
                    USING ERRCODE = 'serialization_failure';
            END IF;
        END LOOP;
    END $$"""
"""Products are locked before orders everywhere but where a person works on one order; such an order
is passed over, so that two never wait for each other. What a line holds is read once its order is
locked.
"""


def share_stock(connection: "Connection", products: Sequence[int]) -> list[tuple[int, int, int]]:
    """Give what is free of products to orders that wait, or take from orders what is not there.

    Answers order, product and stock units, in ten-thousandths, of each change.
    """
    found = connection.exec_driver_sql(
        "SELECT order_id, product_id, units FROM share_stock(?::int[])", (list(products),)
    )
    return [(row[0], row[1], row[2]) for row in found]


def stock_outlook(connection: "Connection", products: Sequence[int]) -> Sequence[Any]:
    """The rows of `models.storage.outlook.of_products`."""
    return connection.exec_driver_sql(
        "SELECT * FROM stock_outlook(?::int[])", (list(products),)
    ).all()


def credit_standing(connection: "Connection", account: int, currency: str, today: str) -> Any:
    """The row of `models.storage.outlook.of_account`."""
    values = (account, currency, today)
    return connection.exec_driver_sql("SELECT * FROM credit_standing(?, ?, ?)", values).one()
