"""Confirming, delivering and invoicing an order of 20 lines against the bare SQL each needs."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from controllers.core.app import App
from controllers.documents import invoices, orders, quotations
from tests.builders import a_company, a_line, a_product, a_sent_quotation

pytestmark = pytest.mark.performance

LINES, TURNS, GOAL = 20, 40, 5.0

PEER = {"confirm": 0.10, "deliver": 1.80, "invoice": 2.4}
"""Seconds of the same steps in Tryton 8 (process and ship, post the invoice), measured beside."""


@pytest.fixture
def company(app: App) -> App:
    a_company(app)
    for at in range(LINES):
        a_product(app, f"P{at:02}", stock=1_000_000)
    return app


COPIED = (
    "position", "kind", "product_id", "sku", "description", "detail", "quantity", "unit", "factor",
    "unit_price", "pinned", "price_reason", "discount_percent", "discount_amount", "tax_class",
    "optional", "cost", "alternative", "amount", "net", "tax_amount",
)  # fmt: skip


class Floor:
    """The same rows by the raw driver, in one transaction each, with the same triggers."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for line in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self.connection.execute(f"PRAGMA {line}")

    def transaction(self, work: Callable[[Any], None]) -> None:
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        execute("UPDATE writer SET name = 'floor', tx = tx + 1")
        work(self.connection)
        execute("COMMIT")

    def lines_of(self, order: int) -> list[tuple[int, int, int]]:
        found = self.connection.execute(
            "SELECT id, product_id, quantity FROM sales_order_line WHERE order_id = ? "
            "ORDER BY position", (order,),
        )  # fmt: skip
        return found.fetchall()

    def confirm(self, order: int) -> None:
        def work(db: Any) -> None:
            lines = self.lines_of(order)
            db.executemany(
                "UPDATE product SET reserved = reserved + ? WHERE id = ? AND stock - reserved >= ?",
                [(quantity, product, quantity) for _line, product, quantity in lines],
            )
            db.executemany(
                "UPDATE sales_order_line SET reserved = ? WHERE id = ?",
                [(quantity, line) for line, _product, quantity in lines],
            )
            db.execute("UPDATE sales_order SET state = 'confirmed', version = version + 1 "
                       "WHERE id = ?", (order,))  # fmt: skip

        self.transaction(work)

    def deliver(self, order: int) -> None:
        def work(db: Any) -> None:
            lines = self.lines_of(order)
            delivery = db.execute(
                "INSERT INTO delivery (order_id, account_id, date, direction, state, number, "
                "frozen) SELECT id, account_id, date, 'out', 'shipped', ?, frozen "
                "FROM sales_order WHERE id = ? RETURNING id", (f"F{order}", order),
            ).fetchone()[0]  # fmt: skip
            db.executemany(
                "INSERT INTO delivery_line (delivery_id, position, order_line_id, product_id, "
                "quantity) VALUES (?, ?, ?, ?, ?)",
                [(delivery, at, *line) for at, line in enumerate(lines)],
            )
            db.executemany(
                "INSERT INTO stock_move (date, product_id, warehouse_id, lot, quantity, reason, "
                "document, document_id) VALUES ('2026-11-20', ?, 1, '', ?, 'delivery', "
                "'delivery', ?)", [(product, -q, delivery) for _line, product, q in lines],
            )  # fmt: skip
            db.executemany(
                "UPDATE stock_level SET quantity = quantity - ?, version = version + 1 "
                "WHERE product_id = ? AND warehouse_id = 1 AND lot = ''",
                [(q, product) for _line, product, q in lines],
            )
            db.executemany(
                "UPDATE product SET stock = stock - ?, reserved = reserved - ?, "
                "version = version + 1 WHERE id = ?",
                [(q, q, product) for _line, product, q in lines],
            )
            db.executemany(
                "UPDATE sales_order_line SET reserved = 0, delivered = ?, shipped = ? "
                "WHERE id = ?", [(q, q, line) for line, _product, q in lines],
            )  # fmt: skip
            db.execute("UPDATE sales_order SET state = 'delivered', version = version + 1 "
                       "WHERE id = ?", (order,))  # fmt: skip
            db.execute(
                "INSERT INTO number_series VALUES ('floor', '2026', 1) ON CONFLICT "
                "DO UPDATE SET last = last + 1"
            )

        self.transaction(work)

    def invoice(self, order: int) -> None:
        def work(db: Any) -> None:
            lines = self.lines_of(order)
            head = db.execute(
                "INSERT INTO invoice (type, order_id, account_id, date, currency, state, number, "
                "total, frozen) SELECT 'invoice', id, account_id, date, currency, 'issued', ?, "
                "total, frozen FROM sales_order WHERE id = ? RETURNING id", (f"F{order}", order),
            ).fetchone()[0]  # fmt: skip
            rows = db.execute(
                f"SELECT {', '.join(COPIED)} FROM sales_order_line WHERE order_id = ? "
                "ORDER BY position", (order,),
            ).fetchall()  # fmt: skip
            marks = ", ".join("?" * (len(COPIED) + 4))
            db.executemany(
                f"INSERT INTO invoice_line ({', '.join(COPIED)}, invoice_id, order_line_id, "
                f"billed, recounted) VALUES ({marks})",
                [(*row, head, line[0], row[-2], 0) for row, line in zip(rows, lines, strict=True)],
            )
            db.executemany(
                "UPDATE sales_order_line SET invoiced = ? WHERE id = ?",
                [(q, line) for line, _product, q in lines],
            )
            db.execute(
                "INSERT INTO number_series VALUES ('floor', '2026', 1) ON CONFLICT "
                "DO UPDATE SET last = last + 1"
            )

        self.transaction(work)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_an_order_goes_its_way_near_the_bare_sql(company: App) -> None:
    lines = [a_line(company, f"P{at:02}", str(at + 1)) for at in range(LINES)]
    made = [
        company.write(quotations.order, a_sent_quotation(company, *lines).number).id or 0
        for _order in range(2 * TURNS)
    ]
    spent: dict[str, list[float]] = {}

    def measure(name: str, work: Callable[[], object]) -> None:
        spent.setdefault(name, []).append(timed(work))

    with closing(Floor(company.database.path).connection) as connection:  # type: ignore[attr-defined]
        floor = Floor.__new__(Floor)
        floor.connection = connection
        for ours, bare in zip(made[::2], made[1::2], strict=True):
            measure("confirm", lambda ours=ours: company.write(orders.confirm, ours))
            measure("floor confirm", lambda bare=bare: floor.confirm(bare))
            measure("deliver", lambda ours=ours: company.write(orders.deliver, ours))
            measure("floor deliver", lambda bare=bare: floor.deliver(bare))
            measure("invoice", lambda ours=ours: company.write(invoices.invoice, ours))
            measure("floor invoice", lambda bare=bare: floor.invoice(bare))
    middle = {name: median(times) * 1000 for name, times in spent.items()}
    for name, peer in PEER.items():
        ratio = middle[name] / middle[f"floor {name}"]
        print(f"{name}: {middle[name]:.1f} ms, bare SQL {middle[f'floor {name}']:.1f} ms, "
              f"{ratio:.1f} × (goal {GOAL}); {peer * 1000 / middle[name]:.0f} × as fast as "
              "the peer (goal 10)")  # fmt: skip
    for name, peer in PEER.items():
        assert peer * 1000 / middle[name] >= 10
        assert middle[name] / middle[f"floor {name}"] <= GOAL
