"""What approval rules measure of a stored quotation, reckoned by the server from its lines alone.

It is the engine of `models.rules.pricing` in SQL, as far as rules ask for its figures: whatever
totals somebody wrote beside the lines, they count for nothing. A test compares the two.
"""

from collections.abc import Iterator

from models.customers.account import PAYMENT_TERMS
from models.rules.pricing_checks import LARGEST, LARGEST_QUANTITY, PERCENT
from models.rules.taxation import FULL_BASE, UNTAXED
from models.rules.terms import payment_days
from models.storage.postgres.groups import literal
from models.storage.postgres.scoping import DEFINER
from models.values.money import SCALE, decimals_by_currency
from resources.taxes import delivered_taxes

_SQUARE, _CUBE = SCALE**2, SCALE**3
_CASH_STEP = SCALE // 20
"""Five sen, in ten-thousandths of a ringgit."""


def statements() -> Iterator[str]:
    """Every statement, in order, that makes the functions; nobody may call them."""
    yield _HALF_UP
    yield _measures()


_HALF_UP = f"""
    CREATE OR REPLACE FUNCTION half_up(numerator numeric, denominator numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE {DEFINER} AS $$
        SELECT sign(numerator) * div(2 * abs(numerator) + denominator, 2 * denominator) $$"""
"""The nearest whole number of a fraction, halves away from zero; by whole division, as a quotient
of numerics is rounded.
"""


def _rounded(numerator: str, denominator: str) -> str:
    """The same for what is never negative, without a call for each line."""
    return f"div(2 * ({numerator}) + {denominator}, 2 * {denominator})"


def _shared(total: str, weight: str, whole: str, within: str = "") -> str:
    """A row's part of a total by largest remainder, as `pricing_lines.shares`."""
    part, rest = f"div({total} * {weight}, {whole})", f"mod({total} * {weight}, {whole})"
    first = f"row_number() OVER ({within} ORDER BY CASE WHEN {whole} > 0 THEN {rest} END DESC, at)"
    given = f"sum(CASE WHEN {whole} > 0 THEN {part} END) OVER ({within})"
    return (
        f"CASE WHEN {total} > 0 AND {whole} > 0 THEN {part} + "
        f"(CASE WHEN {first} <= {total} - {given} THEN 1 ELSE 0 END) ELSE 0 END"
    )


def _measures() -> str:
    """NULL for a margin nobody knows; amounts and percentages in ten-thousandths."""
    return f"""
    CREATE OR REPLACE FUNCTION measures_of(wanted integer)
    RETURNS TABLE (is_sound boolean, sold bigint, discount_percent bigint, margin_percent bigint,
        total bigint, payment_days bigint)
    LANGUAGE plpgsql STABLE {DEFINER} AS $$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY {_HEAD}, {_TAXES}, {_LINES}, {_SOLD}, {_FOOT}, {_AFTER}, {_TAXED}, {_NETS}
        {_ANSWER};
    END $$"""


def _own_decimals() -> str:
    cases = " ".join(f"WHEN {literal(code)} THEN {n}" for code, n in decimals_by_currency().items())
    return f"CASE q.currency {cases} ELSE 2 END"


def _full_before() -> str:
    """Whether a delivered tax had the full price as its base on a day, as `controllers` has it."""
    cases = " ".join(
        f"WHEN {literal(each.code)} THEN q.date < {literal(each.base_since.isoformat())}"
        for each in delivered_taxes().values()
    )
    return f"CASE t.code {cases} ELSE false END"


_HEAD = f"""
    WITH head AS (
        SELECT q.id, q.date, q.payment_term, t.id AS tax, coalesce(t.included, false) AS included,
            coalesce(q.discount_percent, 0)::numeric AS percent,
            coalesce(q.discount_amount, 0)::numeric AS off,
            CASE WHEN q.line_decimals IS NOT NULL
                THEN least(greatest(q.line_decimals, 0), 4) END AS of_lines,
            {_own_decimals()} AS own,
            CASE WHEN {_full_before()} THEN 1 ELSE coalesce(nullif(t.base_numerator, 0), 1)
                END::numeric AS numerator,
            CASE WHEN {_full_before()} THEN 1 ELSE coalesce(nullif(t.base_denominator, 0), 1)
                END::numeric AS denominator,
            q.currency = 'MYR' AND coalesce((SELECT (s.value::json ->> 'cash_rounding')::boolean
                FROM setting s WHERE s.name = 'company'), false) AS is_cash
        FROM quotation q LEFT JOIN tax t ON t.id = q.tax_id AND t.code <> 'none'
        WHERE q.id = wanted
    ), scaled AS (
        SELECT h.*, greatest(own, coalesce(of_lines, 0)) AS places,
            power(10::numeric, greatest(own, coalesce(of_lines, 0))) AS step,
            power(10::numeric, coalesce(of_lines, own)) AS line_step
        FROM head h
    )"""

_TAXES = """
    rates AS (
        SELECT DISTINCT ON (r.tax_class) r.tax_class, r.rate::numeric AS rate
        FROM scaled h JOIN tax_rate r ON r.tax_id = h.tax AND r.valid_from <= h.date
        ORDER BY r.tax_class, r.valid_from DESC, r.id DESC
    )"""
"""The newest rate of each class on the quotation's day."""

_LINES = f"""
    lines AS (
        SELECT l.position AS at, l.optional, coalesce(l.tax_class, 'standard') AS tax_class,
            coalesce(l.quantity, {SCALE})::numeric AS quantity,
            coalesce(l.unit_price, 0)::numeric AS price,
            coalesce(l.discount_percent, 0)::numeric AS percent,
            coalesce(l.discount_amount, 0)::numeric AS off,
            coalesce(l.factor, {SCALE})::numeric AS factor, l.cost::numeric AS cost
        FROM quotation_line l
        WHERE l.quotation_id = wanted AND coalesce(l.kind, 'product') IN ('product', 'item')
    ), reckoned AS (
        SELECT l.*, quantity * price AS gross,
            quantity * price * ({PERCENT} - percent) - off * {SCALE * PERCENT} AS left_over
        FROM lines l
    ), sound AS (
        SELECT coalesce(bool_and(quantity BETWEEN 0 AND {LARGEST_QUANTITY}
            AND price BETWEEN 0 AND {LARGEST} AND percent BETWEEN 0 AND {PERCENT} AND off >= 0
            AND left_over >= 0 AND gross <= {LARGEST * SCALE}
            AND factor > 0 AND factor <= {LARGEST_QUANTITY}
            AND (cost IS NULL OR cost BETWEEN 0 AND {LARGEST}
                AND quantity * cost * factor <= {LARGEST * _SQUARE})), true) AS lines_are
        FROM reckoned
    )"""

_SOLD = f"""
    sold AS (
        SELECT r.at, r.tax_class, r.gross,
            {_rounded("r.left_over * h.line_step", f"{_SQUARE * PERCENT}")}
                * div(h.step, h.line_step) AS amount,
            {_rounded("r.quantity * r.cost * r.factor * h.step", str(_CUBE))} AS cost
        FROM reckoned r CROSS JOIN scaled h CROSS JOIN sound s
        WHERE NOT r.optional AND s.lines_are
    )"""
"""In units of the document's last decimal, as all that follows."""

_FOOT = f"""
    foot AS (
        SELECT coalesce(sum(s.amount), 0) AS subtotal, coalesce(sum(s.gross), 0) AS gross,
            count(*) AS sold
        FROM sold s
    ), discounted AS (
        SELECT f.*, {_rounded(f"f.subtotal * h.percent * {SCALE} + h.off * h.step * {PERCENT}",
                              str(PERCENT * SCALE))} AS discount,
            s.lines_are AND h.percent BETWEEN 0 AND {PERCENT} AND h.off >= 0
                AND (h.off = 0 OR h.off * h.step * {PERCENT}
                    <= f.subtotal * ({PERCENT} - h.percent) * {SCALE})
                AND f.subtotal * {SCALE} <= {LARGEST} * h.step
                AND (h.tax IS NULL OR EXISTS (SELECT 1 FROM rates)) AS is_sound
        FROM foot f CROSS JOIN scaled h CROSS JOIN sound s
    )"""  # fmt: skip

_AFTER = f"""
    after AS (
        SELECT s.at, s.cost, s.amount - {_shared("f.discount", "s.amount", "f.subtotal")} AS amount,
            CASE WHEN h.tax IS NOT NULL AND s.tax_class <> {literal(UNTAXED)} THEN coalesce(
                (SELECT r.rate FROM rates r WHERE r.tax_class = s.tax_class),
                (SELECT r.rate FROM rates r WHERE r.tax_class = 'standard')) END AS rate,
            s.tax_class IN ({", ".join(map(literal, sorted(FULL_BASE)))}) AS is_full
        FROM sold s CROSS JOIN discounted f CROSS JOIN scaled h WHERE f.is_sound
    )"""

_TAXED = f"""
    groups AS (
        SELECT a.rate, a.is_full, sum(a.amount) AS amount,
            a.rate * CASE WHEN a.is_full THEN 1 ELSE max(h.numerator) END AS part,
            {PERCENT} * CASE WHEN a.is_full THEN 1 ELSE max(h.denominator) END AS whole,
            bool_or(h.included) AS included
        FROM after a CROSS JOIN scaled h WHERE a.rate IS NOT NULL GROUP BY a.rate, a.is_full
    ), taxed AS (
        SELECT g.rate, g.is_full, g.amount, g.included, half_up(g.amount * g.part,
            g.whole + CASE WHEN g.included THEN g.part ELSE 0 END) AS tax
        FROM groups g
    )"""
"""By rate, and by whether the base is the full price."""

_NETS = f"""
    nets AS (
        SELECT a.cost, a.amount - CASE WHEN g.included THEN {
    _shared("g.tax", "a.amount", "g.amount", "PARTITION BY g.rate, g.is_full")
} ELSE 0 END AS net
        FROM after a LEFT JOIN taxed g ON g.rate = a.rate AND g.is_full = a.is_full
    ), margins AS (
        SELECT sum(net) AS net, sum(cost) AS cost FROM nets WHERE cost IS NOT NULL
    ), due AS (
        SELECT (SELECT coalesce(sum(a.amount), 0) FROM after a)
            + (SELECT coalesce(sum(CASE WHEN g.included THEN 0 ELSE g.tax END), 0) FROM taxed g)
            AS total
    )"""


def _days() -> str:
    known = {term: payment_days(term) for term, _label in PAYMENT_TERMS}
    cases = " ".join(f"WHEN '{term}' THEN {days}" for term, days in known.items() if days)
    return f"CASE h.payment_term {cases} ELSE 0 END"


_ANSWER = f"""
    SELECT f.is_sound, f.sold,
        CASE WHEN f.gross > 0 THEN 100 * half_up(greatest(f.gross - (f.subtotal - f.discount)
            * {_SQUARE} / h.step, 0) * {SCALE}, f.gross) ELSE 0 END::bigint,
        (100 * half_up((m.net - m.cost) * {SCALE}, nullif(m.net, 0)))::bigint,
        (CASE WHEN h.is_cash AND h.step * {_CASH_STEP} > {SCALE}
            THEN half_up(d.total, div(h.step * {_CASH_STEP}, {SCALE}))
                * div(h.step * {_CASH_STEP}, {SCALE}) ELSE d.total END
            * {SCALE} / h.step)::bigint,
        ({_days()} * {SCALE})::bigint
    FROM scaled h CROSS JOIN discounted f CROSS JOIN margins m CROSS JOIN due d"""
