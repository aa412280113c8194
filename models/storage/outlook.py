"""What is to come of products and accounts, summed over everybody's orders, for both engines.

A shared database runs these as functions of its own, since who promises a day or confirms an order
may not see every order that counts.
"""

_FILE_UNITS = "(l.quantity * l.factor + 5000) / 10000"
_SERVER_UNITS = "round(l.quantity::numeric * l.factor / 10000)::bigint"

LACKING = "{units} - l.delivered - l.reserved"
"""Stock units of an order's line (``l``) that are open and not held."""

CLAIMING = "o.state = 'confirmed' AND NOT o.imported AND l.kind = 'product' AND NOT l.optional"
"""Lines (``l``) of orders (``o``) that may hold stock."""


def lacking(*, is_embedded: bool) -> str:
    """What a line lacks, on an engine."""
    return LACKING.format(units=_FILE_UNITS if is_embedded else _SERVER_UNITS)


def of_products(ids: str, *, is_embedded: bool) -> str:
    """Of products a row for each expected receipt, or one without: id, stocked, free, owed, lead
    days, day, quantity; all but the days in ten-thousandths.
    """
    lacks = lacking(is_embedded=is_embedded)
    owed = (
        f"SELECT sum({lacks}) FROM sales_order_line l JOIN sales_order o ON o.id = l.order_id "
        f"WHERE l.product_id = p.id AND {CLAIMING} AND {lacks} > 0"
    )
    number = "" if is_embedded else "::bigint"
    return (
        "SELECT p.id, p.stocked, coalesce(p.stock, 0) - coalesce(p.reserved, 0) AS free, "
        f"coalesce(({owed}), 0){number} AS owed, p.lead_days, s.due, s.quantity - s.received "
        "FROM product p LEFT JOIN supply s ON s.product_id = p.id AND s.quantity > s.received "
        f"AND NOT s.archived WHERE p.id {ids} ORDER BY p.id, s.due, s.id"
    )


def of_account(account: str, currency: str, today: str, *, is_embedded: bool) -> str:
    """Of one account in a currency: what is open, of that overdue, and ordered but not invoiced.

    An order counts with its total less what its issued invoices came to, down payments among them.
    """
    number = "" if is_embedded else "::bigint"
    invoiced = (
        "coalesce((SELECT sum(i.total) FROM invoice i WHERE i.order_id = o.id "
        "AND i.state = 'issued' AND i.type <> 'credit_note'), 0)"
    )
    left = "i.total - i.paid - i.withheld - i.credited - i.adjusted"
    mine = f"i.account_id = {account} AND i.currency = {currency} AND i.state = 'issued'"
    owing = f"FROM invoice i WHERE {mine} AND i.type <> 'credit_note'"
    return (
        f"SELECT coalesce((SELECT sum({left}) {owing}), 0){number}, "
        f"coalesce((SELECT sum({left}) {owing} AND i.due < {today} AND {left} > 0), 0){number}, "
        f"coalesce((SELECT sum(o.total - {invoiced}) FROM sales_order o "
        f"WHERE o.account_id = {account} AND o.currency = {currency} AND NOT o.imported "
        f"AND o.state IN ('confirmed', 'delivered') AND o.total > {invoiced}), 0){number}"
    )
