"""What must add up beyond one document: stock is its moves, orders are their deliveries and
invoices, invoices are their payments and credit notes.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from controllers.core.unit_of_work import UnitOfWork
from models.values.money import SCALE


class Sum(NamedTuple):
    """A figure that is kept, and the same figure summed anew; both in ten-thousandths."""

    what: str
    """How a sentence names it: ``{name}`` is the record."""
    statement: str
    """Answers name, kept and summed of every record where the two differ."""


def _differing(name: str, table: str, kept: str, summed: str, where: str = "1 = 1") -> str:
    """Over the alias ``t``; what is summed counts as nought where there is nothing."""
    return (
        f"SELECT {name}, {kept}, coalesce({summed}, 0) FROM {table} t "
        f"WHERE {where} AND {kept} <> coalesce({summed}, 0) ORDER BY 1"
    )


_DELIVERED = (
    "(SELECT sum(CASE WHEN d.direction = 'out' THEN l.quantity ELSE 0 END) FROM delivery_line l "
    "JOIN delivery d ON d.id = l.delivery_id WHERE l.order_line_id = t.id "
    "AND d.state IN ('shipped', 'delivered'))"
)
_CAME_BACK = (
    "(SELECT sum(l.quantity) FROM delivery_line l JOIN delivery d ON d.id = l.delivery_id "
    "WHERE l.order_line_id = t.id AND d.direction = 'in' AND d.state = 'shipped')"
)
_INVOICED = (
    "(SELECT sum(CASE WHEN i.type <> 'credit_note' THEN l.quantity "
    "WHEN l.recounted THEN -l.quantity ELSE 0 END) FROM invoice_line l "
    "JOIN invoice i ON i.id = l.invoice_id WHERE l.order_line_id = t.id AND i.state <> 'void' "
    "AND NOT i.imported)"
)
_OF_ORDER = "(SELECT o.number FROM sales_order o WHERE o.id = t.order_id)"
_NOT_IMPORTED = (
    "NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.id = t.order_id AND o.imported) "
    "AND t.kind IN ('product', 'item') AND EXISTS (SELECT 1 FROM delivery d "
    "WHERE d.order_id = t.order_id)"
)


def _of_payments(column: str) -> str:
    return (
        f"(SELECT sum(l.{column}) FROM payment_line l JOIN payment p ON p.id = l.payment_id "
        "WHERE l.invoice_id = t.id AND p.state = 'posted')"
    )


SUMS = (
    Sum(
        "Product {name}: {kept} on hand, its moves come to {summed}.",
        _differing("t.sku", "product", "t.stock",
                   "(SELECT sum(m.quantity) FROM stock_move m WHERE m.product_id = t.id)"),
    ),
    Sum(
        "Stock of {name}: {kept} in a warehouse, its moves there come to {summed}.",
        _differing(
            "(SELECT p.sku FROM product p WHERE p.id = t.product_id)", "stock_level", "t.quantity",
            "(SELECT sum(m.quantity) FROM stock_move m WHERE m.product_id = t.product_id "
            "AND m.warehouse_id = t.warehouse_id AND m.lot = t.lot)",
        ),
    ),
    Sum(
        "Order {name}: {kept} of a line shipped or returned, its deliveries come to {summed}.",
        _differing(
            _OF_ORDER, "sales_order_line", "t.shipped + t.returned",
            f"({_DELIVERED} - coalesce({_CAME_BACK}, 0) + 2 * t.returned)", _NOT_IMPORTED,
        ),
    ),
    Sum(
        "Order {name}: {kept} of a line invoiced, its invoices come to {summed}.",
        _differing(_OF_ORDER, "sales_order_line", "t.invoiced", _INVOICED),
    ),
    Sum(
        "Invoice {name}: {kept} paid, its payments come to {summed}.",
        _differing("t.number", "invoice", "t.paid", _of_payments("settled"), "NOT t.imported"),
    ),
    Sum(
        "Invoice {name}: {kept} withheld, its payments come to {summed}.",
        _differing("t.number", "invoice", "t.withheld", _of_payments("withheld"),
                   "NOT t.imported"),
    ),
    Sum(
        "Invoice {name}: {kept} credited, its credit notes come to {summed}.",
        _differing(
            "t.number", "invoice", "t.credited",
            "(SELECT sum(n.total) FROM invoice n WHERE n.credits_id = t.id "
            "AND n.state = 'issued')", "NOT t.imported",
        ),
    ),
    Sum(
        "Invoice {name}: {kept} in all, its lines, taxes and rounding come to {summed}.",
        _differing(
            "coalesce(t.number, 'draft')", "invoice", "t.total - t.rounding",
            "(SELECT sum(l.net + l.tax_amount) FROM invoice_line l WHERE l.invoice_id = t.id)",
            "NOT t.imported",
        ),
    ),
    Sum(
        "Payment {name}: {kept} allocated, its allocations come to {summed}.",
        _differing(
            "t.number", "payment", "t.allocated",
            "(SELECT sum(l.amount) FROM payment_line l WHERE l.payment_id = t.id)",
            "t.state = 'posted'",
        ),
    ),
)  # fmt: skip


def problems(uow: UnitOfWork) -> Iterator[str]:
    """Every figure that is not the sum it stands for, a sentence each."""
    for each in SUMS:
        for name, kept, summed in uow.connection.exec_driver_sql(each.statement):
            yield each.what.format(name=name, kept=_shown(kept), summed=_shown(summed))


def _shown(scaled: Any) -> str:
    return f"{int(scaled) / SCALE:g}"


NUMBERED = (
    ("delivery", "delivery", "number IS NOT NULL AND direction = 'out' AND NOT imported"),
    ("return", "delivery", "number IS NOT NULL AND direction = 'in'"),
    ("invoice", "invoice", "number IS NOT NULL AND type <> 'credit_note' AND NOT imported"),
    ("credit_note", "invoice", "number IS NOT NULL AND type = 'credit_note' AND NOT imported"),
    ("payment", "payment", "number IS NOT NULL"),
)
"""By series the kind of document, and which of its rows drew a number."""
