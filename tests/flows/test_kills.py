"""Program and server are killed at any point: what was acknowledged is there, nothing half done.

The load goes from quotation to order, which is cancelled or delivered, invoiced and paid.
"""

import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from controllers.core.app import App
from controllers.documents import invoices, quotations
from controllers.system.integrity import problems
from controllers.system.opening import open_app
from models.storage import schema
from models.storage.database import open_database
from tests.builders import a_company, a_line, a_product, a_sent_quotation
from tests.conftest import NOW
from tests.postgres_server import PostgresServer, binaries

pytestmark = pytest.mark.long

KILLS = 500
TOGETHER = 4
"""Workstations that work at once on a shared database; on a file there is one."""

SERVER_KILLS = 5
"""Every so many turns it is the server that is killed."""

PROJECT = Path(__file__).resolve().parents[2]

WORKER = """
import itertools
import sys
from controllers.documents import invoices, orders, payments, quotations
from controllers.system.opening import open_app

app = open_app(sys.argv[1])
template = int(sys.argv[2])
print("ready", flush=True)
for turn in itertools.count():
    draft = app.write(quotations.copy, template)
    print("draft", draft.id, flush=True)
    sent = app.write(quotations.send, draft.id)
    print("sent", sent.number, flush=True)
    order = app.write(quotations.order, sent.number)
    print("order", order.number, flush=True)
    app.write(orders.confirm, order.number)
    print("confirmed", order.number, flush=True)
    if turn % 2:
        app.write(orders.cancel, order.number)
        print("cancelled", order.number, flush=True)
        continue
    app.write(orders.deliver, order.number)
    print("delivered", order.number, flush=True)
    bill = app.write(invoices.new, order.number)
    bill = app.write(invoices.issue, bill.id)
    print("invoiced", bill.number, flush=True)
    app.write(payments.pay, bill.number, app.read(invoices.shown, bill.id).row["total"])
    print("paid", bill.number, flush=True)
"""


@pytest.fixture
def engine() -> str:
    return "sqlite"


class Workstation:
    """One program at work; it keeps what it was told is done."""

    def __init__(self, place: str, template: int) -> None:
        self.lines: list[tuple[str, str]] = []
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, place, str(template)],
            cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._enough = threading.Event()
        self._wanted = 1
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):
                what, _space, name = line.strip().partition(" ")
                self.lines.append((what, name))
            if len(self.lines) >= self._wanted:
                self._enough.set()
        self._enough.set()

    def work(self, steps: int) -> None:
        """Wait until so many steps are done, or it ended."""
        self._wanted = steps
        if len(self.lines) < steps:
            self._enough.clear()
            self._enough.wait(60)

    def end(self) -> list[tuple[str, str]]:
        """Kill it, however far it is; answers what it said was done."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        return [line for line in self.lines if line[1]]


def _is_there(app: App, what: str, name: str) -> bool:
    fetch = app.database.fetch
    if what == "draft":
        return bool(fetch("SELECT 1 FROM quotation WHERE id = ?", (int(name),)))
    if what == "sent":
        return app.read(quotations.show, name).state in ("sent", "accepted")
    if what in ("invoiced", "paid"):
        shown = app.read(invoices.shown, name)
        return shown.draft.state == "issued" and (what == "invoiced" or not shown.open)
    rows = fetch("SELECT state FROM sales_order WHERE number = ?", (name,))
    later = {"order": 0, "confirmed": 1, "cancelled": 2, "delivered": 2}
    states = {"draft": 0, "confirmed": 1, "cancelled": 2, "delivered": 2}
    return bool(rows) and states[rows[0][0]] >= later[what]


def a_template(app: App) -> int:
    """A quotation to be copied, of a product there is enough of for all that is delivered."""
    a_company(app)
    a_product(app, "BULK", stock=Decimal(10_000_000))
    return a_sent_quotation(app, a_line(app, "BULK", "3"), a_line(app, "BULK", "2")).id or 0


def _survived(place: str, lines: list[tuple[str, str]]) -> None:
    survivor = open_app(place)
    assert [line for line in lines if not _is_there(survivor, *line)] == []
    survivor.close()


def _whole(place: str) -> None:
    survivor = open_app(place)
    assert survivor.write(problems) == []
    survivor.close()


def test_nothing_acknowledged_is_lost_when_the_program_is_killed(app: App) -> None:
    template = a_template(app)
    place = str(app.database.name)
    app.close()
    chance, counted = random.Random(7), 0
    for _turn in range(KILLS):
        station = Workstation(place, template)
        station.work(chance.randrange(2, 60))
        lines = station.end()
        counted += len(lines)
        _survived(place, lines)
    _whole(place)
    print(f"\n{counted} acknowledged steps, {KILLS} kills, none lost")


@pytest.fixture
def durable_server() -> Iterator[PostgresServer]:
    """A server that keeps its word when the power goes."""
    found = binaries()
    assert found
    kept = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    server = PostgresServer(found, **kept)
    yield server
    server.remove()


def test_nothing_acknowledged_is_lost_when_programs_and_server_are_killed(
    durable_server: PostgresServer,
) -> None:
    place = durable_server.url("desk")
    schema.create(place).close()
    app = App(open_database(place), "postgres", lambda: NOW)
    template = a_template(app)
    app.close()
    chance, counted, kills, turn = random.Random(7), 0, 0, 0
    while kills < KILLS:
        turn += 1
        stations = [Workstation(place, template) for _each in range(TOGETHER)]
        chance.choice(stations).work(chance.randrange(2, 60))
        if turn % SERVER_KILLS == 0:
            durable_server.stop(signal.SIGKILL)
            durable_server.start()
            kills += 1
        lines = [line for station in stations for line in station.end()]
        kills += len(stations)
        counted += len(lines)
        _survived(place, lines)
    _whole(place)
    print(f"\n{counted} acknowledged steps, {kills} kills, {turn // SERVER_KILLS} of them the "
          "server's, none lost")  # fmt: skip
