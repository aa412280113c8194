"""Costs for those who may not read them: the database fills in what they cannot write.

A line that such a person writes gets its cost from the product, or from the quotation its order
came from; the head's sum follows at the commit. A price that follows from cost is reckoned by the
database, which shows neither the cost nor the formula.
"""

from collections.abc import Iterator

from models.storage.postgres.groups import Groups, literal
from models.storage.postgres.guards import roles_with
from models.storage.postgres.scoping import DEFINER
from models.system.kinds import KINDS, LINES, PRICED
from models.values.money import SCALE, decimals_by_currency
from models.values.settings import Settings

CALLED = {"reckoned_prices(text, integer[])": "documents.see", "sees_cost()": ""}
"""The functions a person calls, with the permission that asks for."""


def statements(groups: Groups) -> Iterator[str]:
    """Every statement, in order, that makes the functions and triggers."""
    yield _sees_cost(groups)
    yield _own_currency()
    for kind in PRICED:
        yield from _lines(kind)
        yield from _sums(kind)
    yield _COST_OF_BOOK
    yield "DROP TRIGGER IF EXISTS quotation_line_book_cost ON quotation_line"
    yield (
        "CREATE TRIGGER quotation_line_book_cost BEFORE INSERT OR UPDATE OF cost, product_id, kind "
        "ON quotation_line FOR EACH ROW WHEN (new.kind = 'product' AND sees_cost() "
        f"AND NOT pg_has_role(current_user, {literal(groups.owner)}, 'MEMBER')) "
        "EXECUTE FUNCTION quotation_line_book_cost()"
    )
    yield _RECKON
    yield _RECKONED


def _sees_cost(groups: Groups) -> str:
    member = " OR ".join(
        f"pg_has_role(session_user, {literal(groups.role(role))}, 'MEMBER')"
        for role in roles_with("cost.see")
    )
    return (
        "CREATE OR REPLACE FUNCTION sees_cost() RETURNS boolean LANGUAGE sql STABLE "
        f"PARALLEL SAFE {DEFINER} AS $$ SELECT {member} $$"
    )


def _own_currency() -> str:
    """The company's currency, in which products without one of their own are priced."""
    return (
        "CREATE OR REPLACE FUNCTION own_currency() RETURNS text LANGUAGE sql STABLE "
        f"PARALLEL SAFE {DEFINER} "
        f"AS $$ SELECT coalesce(max(value::json ->> 'currency'), {literal(Settings().currency)}) "
        "FROM setting WHERE name = 'company' $$"
    )


def _lines(kind: str) -> Iterator[str]:
    """The trigger of a line without a cost: not where its writer sees costs and left it empty.

    What costs nothing elsewhere costs what a line of the same words did that was here before.
    """
    line, head = LINES[kind].table, KINDS[kind].table
    link = LINES[kind].fields[0].column
    known = {"order": _of_quotation(), "invoice": _OF_ORDER}.get(kind, "NULL")
    yield f"""
        CREATE OR REPLACE FUNCTION {line}_cost() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
        BEGIN
            new.cost := coalesce({known}, (
                SELECT p.cost FROM product p JOIN {head} h ON h.id = new.{link}
                WHERE p.id = new.product_id
                    AND coalesce(nullif(p.currency, ''), own_currency()) = h.currency),
                (SELECT (a.costs::json ->> 'cost')::bigint FROM audit a
                WHERE a.kind = '{kind}' AND a.record_id = new.{link} AND a.line IS NOT NULL
                    AND a.action = 'delete' AND a.costs IS NOT NULL
                    AND (a.changes::json ->> 'product')::integer
                        IS NOT DISTINCT FROM new.product_id
                    AND a.changes::json ->> 'description' IS NOT DISTINCT FROM new.description
                ORDER BY a.id DESC LIMIT 1));
            RETURN new;
        END $$"""
    yield f"DROP TRIGGER IF EXISTS {line}_cost ON {line}"
    yield (
        f"CREATE TRIGGER {line}_cost BEFORE INSERT OR UPDATE OF product_id ON {line} "
        f"FOR EACH ROW WHEN (NOT sees_cost()) EXECUTE FUNCTION {line}_cost()"
    )


_COST_OF_BOOK = f"""
    CREATE OR REPLACE FUNCTION quotation_line_book_cost() RETURNS trigger
    LANGUAGE plpgsql {DEFINER} AS $$
    DECLARE
        book record;
    BEGIN
        IF TG_OP = 'UPDATE' AND new.cost IS NOT DISTINCT FROM old.cost
            AND new.product_id IS NOT DISTINCT FROM old.product_id THEN
            RETURN new;
        END IF;
        SELECT CASE WHEN coalesce(nullif(p.currency, ''), own_currency()) = q.currency
                THEN p.cost END AS cost INTO book
            FROM quotation q LEFT JOIN product p ON p.id = new.product_id
            WHERE q.id = new.quotation_id AND q.stored_state = 'draft'
                AND (q.number IS NULL OR q.first_id IS NOT NULL);
        IF FOUND THEN
            new.cost := book.cost;
        END IF;
        RETURN new;
    END $$"""
"""The goods of a draft cost what the catalogue says, also for those who may write a cost; history
that was imported keeps its own.
"""


def _of_quotation() -> str:
    """The cost of the same line in the quotation that an order came from."""
    return (
        "(SELECT q.cost FROM quotation_line q JOIN sales_order o ON o.quotation_id = "
        "q.quotation_id WHERE o.id = new.order_id AND q.product_id IS NOT DISTINCT FROM "
        "new.product_id AND q.description IS NOT DISTINCT FROM new.description "
        "ORDER BY q.position LIMIT 1)"
    )


_OF_ORDER = (
    "(SELECT l.cost FROM sales_order_line l WHERE l.id = new.order_line_id "
    "AND l.product_id IS NOT DISTINCT FROM new.product_id)"
)
"""The cost of the order's line that a line of an invoice bills."""


def _sums(kind: str) -> Iterator[str]:
    """The trigger of a head at the commit, when all its lines stand."""
    line, head = LINES[kind].table, KINDS[kind].table
    link = LINES[kind].fields[0].column
    own = " ".join(
        f"WHEN '{code}' THEN {places}" for code, places in decimals_by_currency().items()
    )
    places = (
        f"greatest(CASE h.currency {own} ELSE 2 END, "
        "least(greatest(coalesce(h.line_decimals, 0), 0), 4))::int"
    )
    figure = f"round(l.quantity::numeric * l.cost * l.factor / {SCALE**3}, {places}) * {SCALE}"
    yield f"""
        CREATE OR REPLACE FUNCTION {head}_cost() RETURNS trigger LANGUAGE plpgsql {DEFINER} AS $$
        BEGIN
            UPDATE {head} h SET cost_total = (
                SELECT sum({figure})::bigint FROM {line} l WHERE l.{link} = h.id
                    AND l.kind IN ('product', 'item') AND NOT l.optional)
            WHERE h.id = new.id;
            RETURN NULL;
        END $$"""
    yield f"DROP TRIGGER IF EXISTS {head}_cost ON {head}"
    yield (
        f"CREATE CONSTRAINT TRIGGER {head}_cost AFTER INSERT OR UPDATE OF version ON {head} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT sees_cost()) "
        f"EXECUTE FUNCTION {head}_cost()"
    )


_RECKON = f"""
    CREATE OR REPLACE FUNCTION reckon(formula text, list numeric, cost numeric) RETURNS numeric
    LANGUAGE plpgsql STABLE {DEFINER} AS $$
    DECLARE
        term text := lower(formula);
        multiple numeric := substring(lower(formula) FROM 'round\\s+([0-9.]+)\\s*$')::numeric;
        price numeric;
    BEGIN
        term := regexp_replace(term, '\\s*round\\s+[0-9.]+\\s*$', '');
        IF regexp_replace(term, 'list|cost', '', 'g') !~ '^[-0-9.+*/() ]*$'
            OR term ~ '(^|[-+*/(])\\s*[-+*/]' THEN
            RETURN NULL;
        END IF;
        term := regexp_replace(term, '([-+*/()])', ' \\1 ', 'g');
        term := regexp_replace(term, '([0-9]+([.][0-9]+)?)', '\\1::numeric', 'g');
        term := replace(replace(term, 'list', '$1'), 'cost', '$2');
        EXECUTE 'SELECT (' || term || ')' INTO price USING list, cost;
        RETURN CASE WHEN multiple > 0 THEN round(price / multiple) * multiple ELSE price END;
    EXCEPTION WHEN syntax_error OR division_by_zero OR undefined_function
        OR numeric_value_out_of_range OR invalid_text_representation THEN
        RETURN NULL;
    END $$"""
"""What `models.rules.formula` reckons; nothing but figures, two names and signs is ever run."""

_RECKONED = f"""
    CREATE OR REPLACE FUNCTION reckoned_prices(list_name text, wanted integer[])
    RETURNS TABLE (price_id integer, product_id integer, amount text)
    LANGUAGE sql STABLE {DEFINER} AS $$
        SELECT r.id, p.id, reckon(r.formula, p.list_price / {SCALE}.0, p.cost / {SCALE}.0)::text
        FROM price_list h JOIN price r ON r.price_list_id = h.id AND NOT r.archived
        JOIN product p ON p.id = ANY(wanted) AND (r.product_id = p.id OR r.product_id IS NULL
            AND lower(coalesce(r.category, '')) IN ('', lower(coalesce(p.category, ''))))
        WHERE h.name = list_name AND r.formula <> ''
    $$"""
