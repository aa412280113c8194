"""Who may import, imports into a shared database with the rights of the own login."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders
from controllers.system import imports
from models.storage import schema
from models.storage.database import open_database
from models.values.errors import DomainError
from models.values.records import ListQuery
from tests.conftest import NOW
from tests.models.storage.people_of_every_role import PASSWORD, fill, remove
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.slow

CUSTOMERS = "code,name,city\nI1,Satu,Bogor\nA-OTHER,Other renamed,Medan\n"
ORDERS = """number,account,date,product,description,quantity,unit_price,currency
X1,A-OTHER,2026-09-10,PUMP12,,2,5000,IDR
X1,A-OTHER,2026-09-10,,Installation,1,700,IDR
"""


@pytest.fixture(scope="module")
def server(postgres: PostgresServer) -> Iterator[PostgresServer]:
    app = App(schema.create(postgres.url("imports")), "sari", lambda: NOW)
    fill(app)
    app.close()
    yield postgres
    remove(postgres, "imports")


def _signed_in(server: PostgresServer, name: str) -> App:
    url = server.url("imports", name, PASSWORD.replace(" ", "%20"))
    return App(open_database(url), name, lambda: NOW)


def _file(folder: Path, text: str) -> Path:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_sales_support_imports_customers_and_takes_them_back(
    server: PostgresServer, tmp_path: Path
) -> None:
    theirs = _signed_in(server, "sales_support")
    before = theirs.read(records.show, "account", "A-OTHER").title
    done = imports.import_file(theirs, imports.Request("account", _file(tmp_path, CUSTOMERS)))
    assert (done.created, done.updated, done.reasons) == (1, 1, ())
    theirs.write(imports.undo, done.run or 0)
    assert theirs.read(records.show, "account", "A-OTHER").title == before
    theirs.close()


def test_sales_support_imports_orders_whose_costs_it_does_not_see(
    server: PostgresServer, tmp_path: Path
) -> None:
    theirs, boss = (_signed_in(server, name) for name in ("sales_support", "director"))
    for text, figures in ((ORDERS, (1, 0)), (ORDERS.replace("5000", "6000"), (0, 1))):
        done = imports.import_file(theirs, imports.Request("order", _file(tmp_path, text)))
        assert (done.created, done.updated, done.reasons) == (*figures, ())
        shown = boss.read(orders.show, "X1")
        assert [line.cost for line in shown.lines] == [4_000_000, None]
        query = ListQuery("order", ("cost_total",), search="X1")
        assert boss.listing.first_page(query).rows[0][1] == 8_000_000 * 10_000
    theirs.write(imports.undo, done.run or 0)
    assert boss.read(orders.show, "X1").lines[0].unit_price == 5000
    theirs.close()
    boss.close()


def test_nobody_imports_without_the_right_to_change_that_kind(
    server: PostgresServer, tmp_path: Path
) -> None:
    products = _file(tmp_path, "sku,name\nP9,Nine\n")
    for name, kind in (("sales_support", "product"), ("account_manager", "account")):
        theirs = _signed_in(server, name)
        with pytest.raises(DomainError, match="no right"):
            imports.import_file(theirs, imports.Request(kind, products))
        theirs.close()


def test_the_director_imports_products_beside_reserved_stock(
    server: PostgresServer, tmp_path: Path
) -> None:
    theirs = _signed_in(server, "director")
    products = _file(tmp_path, "sku,name,cost,stock\nFAN1,Fan,700000,9\nFAN9,Nine,1,2\n")
    done = imports.import_file(theirs, imports.Request("product", products))
    assert (done.created, done.updated, done.reasons) == (1, 1, ())
    theirs.write(imports.undo, done.run or 0)
    assert theirs.read(records.show, "product", "FAN1").values["cost"] == 600_000
    theirs.close()
