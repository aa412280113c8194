"""Deliveries, opening invoices and bank statements from files."""

from decimal import Decimal
from pathlib import Path

import pytest

from controllers.core.app import App
from controllers.documents import invoices, orders, payments, quotations
from controllers.system import databases
from controllers.system.imports import Request, import_file, undo
from tests.builders import a_company, a_line, a_sent_quotation
from tests.conftest import Contents

D = Decimal


@pytest.fixture
def contents() -> Contents:
    return a_company


def read(app: App, kind: str, folder: Path, text: str) -> dict[str, object]:
    path = folder / f"{kind}.csv"
    path.write_text(text, "utf-8")
    found = import_file(app, Request(kind, path))
    return {"created": found.created, "unchanged": found.unchanged, "run": found.run,
            "reasons": [reason for _at, reason in found.reasons]}  # fmt: skip


def an_invoice(app: App) -> invoices.ShownInvoice:
    sent = a_sent_quotation(app, a_line(app, quantity="12"))
    order = app.write(quotations.order, sent.number)
    app.write(orders.confirm, order.number)
    app.write(orders.deliver, order.number)
    return app.read(invoices.shown, app.write(invoices.invoice, order.number).id or 0)


def test_a_bank_statement_settles_what_it_names_and_only_once(app: App, tmp_path: Path) -> None:
    made = an_invoice(app)
    text = (
        "date,account,amount,reference\n"
        f"2026-11-20,ALFKI,{made.row['total']:.0f},TRF {made.number} pumps\n"
        "2026-11-20,ALFKI,500000,unknown\n"
    )
    found = read(app, "payment", tmp_path, text)
    assert (found["created"], found["reasons"]) == (2, [])
    assert app.read(invoices.shown, made.number).payment == "settled"
    assert app.read(payments.shown, "002/KW/XI/2026").free == 500_000
    assert read(app, "payment", tmp_path, text)["unchanged"] == 2
    assert databases.check(app) == []


def test_a_statement_that_is_taken_back_opens_what_it_settled(app: App, tmp_path: Path) -> None:
    made = an_invoice(app)
    text = f"date,account,amount,invoice\n2026-11-20,ALFKI,1000000,{made.number}\n"
    found = read(app, "payment", tmp_path, text)
    app.write(undo, int(str(found["run"])))
    assert app.read(invoices.shown, made.number).open == made.row["total"]
    assert app.read(payments.shown, "001/KW/XI/2026").state == "void"


def test_an_invoice_nobody_knows_rejects_its_row_alone(app: App, tmp_path: Path) -> None:
    text = "date,account,amount,invoice\n2026-11-20,ALFKI,1000,NONE\n2026-11-20,ALFKI,2000,\n"
    found = read(app, "payment", tmp_path, text)
    assert found["created"] == 1
    assert found["reasons"] == ["NONE is no open invoice; leave it out, or name another."]


def test_invoices_of_another_program_are_opening_balances(app: App, tmp_path: Path) -> None:
    text = (
        "number,account,date,due,currency,total,open\n"
        "OLD-1,ALFKI,2026-09-01,2026-10-01,IDR,1000000,400000\n"
        "OLD-2,ALFKI,2026-09-02,2026-10-02,IDR,1000000,2000000\n"
    )
    found = read(app, "invoice", tmp_path, text)
    assert found["created"] == 1
    assert found["reasons"] == ["OLD-2: 2000000 cannot be open of 1000000."]
    old = app.read(invoices.shown, "OLD-1")
    assert (old.open, old.payment) == (400_000, "overdue")
    app.write(payments.pay, "OLD-1", D(400_000))
    assert app.read(invoices.shown, "OLD-1").open == 0
    assert databases.check(app) == []


def test_deliveries_of_imported_orders_move_no_stock(app: App, tmp_path: Path) -> None:
    text = "number,account,date,product,quantity,unit_price\nO-1,ALFKI,2026-09-01,PUMP12,3,100\n"
    read(app, "order", tmp_path, text)
    deliveries = "number,order,date,product,quantity\nD-1,O-1,2026-09-02,PUMP12,3\n"
    assert read(app, "delivery", tmp_path, deliveries)["created"] == 1
    assert read(app, "delivery", tmp_path, deliveries)["unchanged"] == 1
    assert app.database.fetch("SELECT stock FROM product WHERE sku = 'PUMP12'") == [(1_000_000,)]
    assert databases.check(app) == []


def test_an_order_of_the_program_is_delivered_there(app: App, tmp_path: Path) -> None:
    made = an_invoice(app)
    text = f"number,order,date,product,quantity\nD-1,{made.order},2026-09-02,PUMP12,3\n"
    (reason,) = read(app, "delivery", tmp_path, text)["reasons"]  # type: ignore[misc]
    assert "is no import; deliver it in the program" in reason
