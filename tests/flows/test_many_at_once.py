"""Thirty-two workstations on one shared database: stock and numbers stay right, killed or not."""

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal

import psycopg
import pytest

from controllers.catalogue import stocking
from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders, quotations
from controllers.system.integrity import problems
from models.storage.database import open_database
from models.values.errors import DomainError, OutageError
from tests.builders import a_company, a_line, a_quotation
from tests.conftest import NOW
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.slow

WORKSTATIONS = 32


@pytest.fixture
def engine() -> str:
    return "postgresql"


@pytest.fixture
def stations(postgres_url: str) -> Iterator[list[App]]:
    """Programs with connections of their own."""
    made = [
        App(open_database(postgres_url), f"desk{at}", lambda: NOW) for at in range(WORKSTATIONS)
    ]
    yield made
    for each in made:
        each.close()


def _each(stations: list[App], work: object) -> list[object]:
    with ThreadPoolExecutor(WORKSTATIONS) as people:
        return list(people.map(work, stations, range(WORKSTATIONS)))  # type: ignore[arg-type]


def _trading(station: App, order: int, chance: random.Random) -> int:
    """Confirm and cancel an order again and again; answers how often it was confirmed."""
    confirmed = 0
    for _turn in range(4):
        try:
            station.write(orders.confirm, order)
            confirmed += 1
        except DomainError:
            continue
        if chance.random() < 0.7:
            copy = station.write(orders.cancel, order)
            assert copy.state == "cancelled"
            break
    return confirmed


def test_stock_is_never_sold_twice_and_always_adds_up(app: App, stations: list[App]) -> None:
    a_company(app)
    app.write(records.change, "product", "FAN1", {"stock": Decimal(30)})
    made = [
        app.write(quotations.order, a_sent.number)
        for a_sent in (
            app.write(quotations.send, a_quotation(app, a_line(app, "FAN1", "3")).id or 0)
            for _each in range(WORKSTATIONS)
        )
    ]
    ended = threading.Event()
    seen: list[tuple[int, int]] = []

    def watch() -> None:
        while not ended.is_set():
            seen.extend(
                app.database.fetch("SELECT stock, reserved FROM product WHERE sku = 'FAN1'")
            )

    watcher = threading.Thread(target=watch)
    watcher.start()
    _each(stations, lambda each, at: _trading(each, made[at].id or 0, random.Random(at)))
    ended.set()
    watcher.join()
    assert all(0 <= reserved <= stock == 300_000 for stock, reserved in seen)
    assert app.write(problems) == []


def test_exactly_as_many_orders_are_confirmed_as_stock_allows(
    app: App, stations: list[App]
) -> None:
    a_company(app)
    app.write(records.change, "product", "FAN1", {"stock": Decimal(30)})
    numbers = [
        app.write(quotations.send, a_quotation(app, a_line(app, "FAN1", "3")).id or 0).number
        for _each in range(WORKSTATIONS)
    ]

    def sell(station: App, at: int) -> bool:
        try:
            station.write(orders.confirm, station.write(quotations.order, numbers[at]).number)
        except DomainError:
            return False
        return True

    assert _each(stations, sell).count(True) == 10
    assert app.read(records.show, "product", "FAN1").values["free"] == 0
    assert app.write(problems) == []


def test_receipts_and_back_orders_at_once_leave_nothing_free_while_somebody_waits(
    app: App, stations: list[App]
) -> None:
    a_company(app)
    made = [
        app.write(quotations.order, a_sent.number)
        for a_sent in (
            app.write(quotations.send, a_quotation(app, a_line(app, "FAN1", "3")).id or 0)
            for _each in range(WORKSTATIONS)
        )
    ]
    ended = threading.Event()
    seen: list[tuple[int, int, int]] = []

    def watch() -> None:
        while not ended.is_set():
            seen.extend(
                app.database.fetch(
                    "SELECT stock, reserved, (SELECT sum(reserved) FROM sales_order_line)::bigint "
                    "FROM product WHERE sku = 'FAN1'"
                )
            )

    def trade(station: App, at: int) -> None:
        chance = random.Random(at)
        station.write(orders.confirm, made[at].id or 0, backorder=True)
        station.write(stocking.receive, "FAN1", Decimal(chance.randint(1, 3)))
        if chance.random() < 0.4:
            station.write(orders.cancel, made[at].id or 0)
        elif chance.random() < 0.4:
            with suppress(DomainError):
                station.write(stocking.scrap, "FAN1", Decimal(chance.randint(1, 4)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _each(stations, trade)
    ended.set()
    watcher.join()
    assert all(0 <= reserved == lines <= stock for stock, reserved, lines in seen)
    app.write(orders.allocate)
    ((free, lacking),) = app.database.fetch(
        "SELECT p.stock - p.reserved, (SELECT sum(l.quantity - l.reserved) FROM sales_order_line l "
        "JOIN sales_order o ON o.id = l.order_id WHERE o.state = 'confirmed')::bigint "
        "FROM product p WHERE sku = 'FAN1'"
    )
    assert free == 0 or lacking == 0
    assert app.write(problems) == []


def test_numbers_have_no_gap_though_issuers_are_killed(
    app: App, stations: list[App], postgres: PostgresServer
) -> None:
    a_company(app)
    drafts = [[a_quotation(app).id or 0 for _each in range(3)] for _station in stations]
    ended = threading.Event()

    def kill() -> None:
        statement = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shared' "
            "AND state <> 'idle' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1"
        )
        with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
            while not ended.wait(0.02):
                connection.execute(statement)

    def issue(station: App, at: int) -> int:
        sent = 0
        for draft in drafts[at]:
            try:
                station.write(quotations.send, draft)
                sent += 1
            except (OutageError, DomainError):
                continue
        return sent

    killer = threading.Thread(target=kill)
    killer.start()
    _each(stations, issue)
    ended.set()
    killer.join()
    rows = app.database.fetch("SELECT number FROM quotation WHERE stored_state = 'sent'")
    serials = sorted(int(number.split("/")[0]) for (number,) in rows)
    assert serials == list(range(1, len(serials) + 1))
    assert serials
    assert app.write(problems) == []
