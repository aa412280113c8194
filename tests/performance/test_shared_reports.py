"""What row policies cost a report: 100,000 orders of four lines, asked by who sees all of them
without a policy's condition and by a manager whose team they all are.
"""

import time
from collections.abc import Iterator
from statistics import median

import psycopg
import pytest

from controllers.core.app import App
from controllers.insight import reports
from controllers.insight.sales import SalesOptions
from controllers.system.opening import open_app
from models.storage import schema
from models.storage.database import open_database
from models.storage.postgres import people
from tests.postgres_server import PostgresServer, server_or_skip

pytestmark = pytest.mark.performance

ORDERS, LINES, ACCOUNTS, PRODUCTS = 100_000, 4, 5_000, 1_000
PASSWORD = "a long pass word"
TURNS = 7
GOAL = 2.0

_FILL = (
    "SET session_replication_role = replica",
    "INSERT INTO person(id, name, full_name, full_name_key, role, team) "
    "SELECT n, 'p' || n, 'P' || n, 'p' || n, 'account_manager', 'West' "
    "FROM generate_series(1, 20) n",
    "SELECT setval('person_id_seq', 20)",
    f"""INSERT INTO account(id, code, name, name_key, search_text, owner_id, scope_owner,
            scope_team)
        SELECT n, 'C' || n, 'Toko ' || n, 'toko ' || n, 'c' || n, 1 + n % 20, 1 + n % 20, 't:West'
        FROM generate_series(1, {ACCOUNTS}) n""",
    f"""INSERT INTO product(id, sku, name, name_key, category, cost, list_price)
        SELECT n, 'S' || n, 'Barang ' || n, 'barang ' || n, 'K' || n % 12, 80000000, 100000000
        FROM generate_series(1, {PRODUCTS}) n""",
    f"""INSERT INTO sales_order(id, number, account_id, date, owner_id, currency, state, imported,
            scope_owner, scope_team)
        SELECT n, 'SO' || n, 1 + n % {ACCOUNTS},
            to_char(date '2025-01-01' + (n % 690), 'YYYY-MM-DD'), 1 + n % 20, 'IDR', 'closed',
            TRUE, 1 + n % 20, 't:West'
        FROM generate_series(1, {ORDERS}) n""",
    f"""INSERT INTO sales_order_line(order_id, position, product_id, quantity, unit_price, amount,
            net, tax_amount, cost, optional, pinned)
        SELECT 1 + n / {LINES}, 1 + n % {LINES}, 1 + n % {PRODUCTS}, 20000, 100000000, 200000000,
            200000000, 22000000, 80000000, FALSE, FALSE
        FROM generate_series(0, {ORDERS * LINES - 1}) n""",
    "SET session_replication_role = origin",
    "VACUUM ANALYZE",
)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    found = server_or_skip()
    schema.create(found.url("sales")).close()
    options = "-c search_path=saudagar"
    with psycopg.connect(found.url("sales"), autocommit=True, options=options) as connection:
        for statement in _FILL:
            connection.execute(statement)  # type: ignore[call-overload]
    database = open_database(found.url("sales"))
    with database.writing() as connection:
        for name, role in (("all", "director"), ("team", "sales_manager")):
            connection.exec_driver_sql(
                "INSERT INTO person(name, full_name, full_name_key, role, team) "
                "VALUES (?, '', '', ?, 'West')",
                (name, role),
            )
            people.enlist(connection, name, PASSWORD)
    database.close()
    yield found
    found.remove()


def _spent(app: App, by: tuple[str, ...]) -> tuple[float, list[tuple[object, ...]]]:
    start = time.perf_counter()
    made = app.read(reports.report, "sales", SalesOptions(by=by))
    rows = [tuple(row) for row in made.rows]
    return time.perf_counter() - start, rows


@pytest.mark.parametrize(
    "by", [("month",), ("customer",), ("product",), ("owner", "month"), ("category", "team")]
)
def test_a_report_under_policies_takes_at_most_twice_as_long(
    server: PostgresServer, by: tuple[str, ...]
) -> None:
    login = PASSWORD.replace(" ", "%20")
    free, kept = (open_app(server.url("sales", name, login)) for name in ("all", "team"))
    times: list[tuple[float, float]] = []
    for _turn in range(TURNS):
        (plain, wanted), (theirs, rows) = _spent(free, by), _spent(kept, by)
        assert rows == wanted
        assert rows
        times.append((plain, theirs))
    free.close()
    kept.close()
    plain, theirs = (median(each) for each in zip(*times, strict=True))
    print(f"\n{'+'.join(by):16} {plain * 1000:7.0f} ms {theirs * 1000:7.0f} ms "
          f"{theirs / plain:5.2f} ×")  # fmt: skip
    assert theirs / plain < GOAL
