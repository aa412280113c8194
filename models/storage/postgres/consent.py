"""Margins for those who may not see costs: whether one is too low, never what it is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.storage.postgres.scoping import DEFINER
from models.values.money import SCALE

if TYPE_CHECKING:
    from sqlalchemy import Connection

CALLED = {
    "margin_is_under(integer, bigint)": "documents.see",
    "margin_fell(integer, integer)": "documents.see",
}
"""The functions a person calls, with the permission that asks for."""

_MARGIN = f"""
    CREATE OR REPLACE FUNCTION margin_of(wanted integer) RETURNS bigint
    LANGUAGE sql STABLE {DEFINER} AS $$
        SELECT (round((sum(net) - sum(spent)) * 10000 / nullif(sum(net), 0)) * 100)::bigint FROM (
            SELECT l.net::numeric AS net,
                l.quantity::numeric * l.cost * l.factor / {SCALE**2} AS spent
            FROM quotation_line l WHERE l.quotation_id = wanted AND l.cost IS NOT NULL
                AND l.kind IN ('product', 'item') AND NOT l.optional) known
    $$"""
"""In ten-thousandths of a percent, of the lines whose cost is known; nobody may call it."""

_UNDER = f"""
    CREATE OR REPLACE FUNCTION margin_is_under(wanted integer, threshold bigint) RETURNS boolean
    LANGUAGE sql STABLE {DEFINER} AS $$ SELECT coalesce(margin_of(wanted) < threshold, FALSE) $$"""

_FELL = f"""
    CREATE OR REPLACE FUNCTION margin_fell(agreed integer, wanted integer) RETURNS boolean
    LANGUAGE sql STABLE {DEFINER} AS $$
        SELECT coalesce(margin_of(wanted) < a.figure, TRUE) FROM approval a WHERE a.id = agreed
    $$"""

_FIGURE = f"""
    CREATE OR REPLACE FUNCTION approval_figure() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
    BEGIN
        new.figure := margin_of(new.quotation_id);
        RETURN new;
    END $$"""


def statements() -> Iterator[str]:
    """Every statement, in order, that makes the functions and the trigger."""
    yield _MARGIN
    yield _UNDER
    yield _FELL
    yield _FIGURE
    yield "DROP TRIGGER IF EXISTS approval_figure ON approval"
    yield (
        "CREATE TRIGGER approval_figure BEFORE INSERT ON approval FOR EACH ROW "
        "WHEN (new.measure = 'margin_percent' AND NOT sees_cost()) "
        "EXECUTE FUNCTION approval_figure()"
    )


def margin_is_under(connection: "Connection", quotation: int, threshold: int) -> bool:
    """Whether the margin of a quotation lies under a threshold, in ten-thousandths of a percent."""
    asked = connection.exec_driver_sql("SELECT margin_is_under(?, ?)", (quotation, threshold))
    return bool(asked.scalar_one())


def margin_fell(connection: "Connection", approval: int, quotation: int) -> bool:
    """Whether the margin of a quotation lies under what an approval agreed to."""
    asked = connection.exec_driver_sql("SELECT margin_fell(?, ?)", (approval, quotation))
    return bool(asked.scalar_one())
