"""What people do through functions of the server alone: draw a number, bill a line of an order.

Nobody may write these tables themselves, so no number is used twice and no line billed twice,
whatever the program.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.storage.postgres.scoping import DEFINER
from models.system.kinds import KINDS, SERIES

if TYPE_CHECKING:
    from sqlalchemy import Connection

CALLED = {
    "draw_number(text, text)": "papers.send",
    "number_is_taken(text, text)": "papers.send",
    "bill_lines(integer[], bigint[])": "invoices.change",
}
"""The functions a person calls, with the permission that asks for."""


def statements() -> Iterator[str]:
    """Every statement, in order, that makes the functions."""
    yield _DRAW
    yield _TAKEN
    yield _BILL


_DRAW = f"""
    CREATE OR REPLACE FUNCTION draw_number(series text, within text) RETURNS bigint
    LANGUAGE plpgsql {DEFINER} AS $$
    DECLARE
        drawn bigint;
    BEGIN
        IF series NOT IN ({", ".join(f"'{each}'" for each in SERIES)}) THEN
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
        SELECT CASE series {
    " ".join(
        f"WHEN '{each}' THEN EXISTS (SELECT 1 FROM {KINDS[kind].table} WHERE number = wanted)"
        for each, kind in SERIES.items()
    )
} END
    $$"""
"""Also by a document that who asks does not see."""

_BILL = f"""
    CREATE OR REPLACE FUNCTION bill_lines(lines integer[], billed_by bigint[])
    RETURNS void LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        FOR at IN 1 .. cardinality(lines) LOOP
            UPDATE sales_order_line SET invoiced = invoiced + billed_by[at]
            WHERE id = lines[at] AND invoiced + billed_by[at] BETWEEN 0 AND quantity;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'line % was billed meanwhile', lines[at]
                    USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
    END $$"""
"""Lines in the order of their ids, so that two invoices never block; it bills all or nothing."""


def draw_number(connection: "Connection", series: str, period: str) -> int:
    """The next count of a series in a period."""
    drawn = connection.exec_driver_sql("SELECT draw_number(?, ?)", (series, period))
    return int(drawn.scalar_one())


def number_is_taken(connection: "Connection", series: str, number: str) -> bool:
    """Whether any document of a series has a number, seen or not."""
    found = connection.exec_driver_sql("SELECT number_is_taken(?, ?)", (series, number))
    return bool(found.scalar_one())


def bill_lines(connection: "Connection", lines: Sequence[int], by: Sequence[int]) -> None:
    """Count quantities of lines of orders as invoiced, in ten-thousandths, sorted by id.

    Raises SQLAlchemy's IntegrityError where one would be billed beyond what was ordered.
    """
    connection.exec_driver_sql("SELECT bill_lines(?::int[], ?::bigint[])", (list(lines), list(by)))
