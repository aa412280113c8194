"""Importing 100,000 accounts against the raw upsert of the same rows into the same tables.

Of a file the processor's time is compared, of a server, which works beside us, the clock's.
"""

import csv
import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from statistics import median

import pytest

from controllers.core.app import App
from controllers.system import imports
from models.storage import schema
from models.storage.database import open_database
from models.storage.derived import trigger_names
from models.storage.search_index import dealing_statements
from models.storage.sqlite import SqliteDatabase
from models.system.kinds import KINDS
from tests.performance.floors import raw_shared_upsert, raw_upsert
from tests.postgres_server import PostgresServer, server_or_skip

pytestmark = pytest.mark.performance

ROWS = 100_000
HEADINGS = ("code", "name", "address", "city", "postcode", "country", "phone", "email",
            "currency", "credit_limit", "language", "tags")  # fmt: skip


def accounts(rows: int, seed: int) -> list[tuple[str, ...]]:
    """Believable accounts with twelve fields."""
    chance = random.Random(seed)
    cities = ("Jakarta", "Bandung", "Surabaya", "Shah Alam", "Ipoh", "Medan", "Denpasar")
    words = ("Maju", "Sinar", "Karya", "Bumi", "Andalas", "Graha", "Cipta", "Mitra", "Harapan")
    return [
        (
            f"C{at:07}",
            f"PT {chance.choice(words)} {chance.choice(words)} {at}",
            f"Jalan {chance.choice(words)} {chance.randrange(200)}",
            chance.choice(cities),
            f"{chance.randrange(10000, 99999)}",
            "ID",
            f"0812-{chance.randrange(1000, 9999)}-{chance.randrange(1000, 9999)}",
            f"office{at}@example.co.id",
            "IDR",
            f"{chance.randrange(1, 900) * 100000}.50",
            "id",
            "dealer, west",
        )
        for at in range(rows)
    ]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("import") / "accounts.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        writer.writerows(accounts(ROWS, 1))
    return path


def a_fifth() -> list[tuple[str, ...]]:
    """Every fifth account, in another city."""
    return [(*row[:3], "Bogor", *row[4:]) for row in accounts(ROWS, 1)[::5]]


def _filled(path: Path) -> Path:
    """Every fifth account is there already, with another city."""
    with sqlite3.connect(path) as connection:
        raw_upsert(connection, a_fifth())
        for statement in dealing_statements(KINDS["account"]):
            connection.execute(statement)
    connection.close()
    return path


def test_an_import_keeps_half_the_speed_of_a_raw_upsert(
    file: Path, empty_database: Path, tmp_path: Path
) -> None:
    full, bare = [], []
    for turn in range(3):
        start = _filled(Path(copyfile(empty_database, tmp_path / f"start{turn}.db")))
        again = list(dealing_statements(KINDS["account"]))
        raw = _timed_floor(Path(copyfile(start, tmp_path / f"raw{turn}.db")), file, again)
        plain = _without_derived(Path(copyfile(start, tmp_path / f"plain{turn}.db")))
        untriggered = _timed_floor(plain, file, [])
        spent = _timed_import(start, file)
        full.append(raw / spent)
        bare.append(untriggered / spent)
        speeds = [f"{ROWS / each:,.0f}" for each in (raw, untriggered, spent)]
        print(f"rows/s: raw {speeds[0]}, raw without triggers {speeds[1]}, import {speeds[2]}")
    print(f"import speed {median(full):.2f} × raw upsert with search and audit (goal 0.5)")
    print(f"import speed {median(bare):.2f} × raw upsert without search and audit (goal 0.5)")
    assert median(full) >= 0.5
    assert median(bare) >= 0.3


def _timed_import(path: Path, file: Path) -> float:
    app = App(SqliteDatabase(path), "sari")
    start = time.process_time()
    outcome = imports.import_file(app, imports.Request("account", file))
    spent = time.process_time() - start
    app.close()
    assert (outcome.created, outcome.updated) == (ROWS * 4 // 5, ROWS // 5)
    return spent


def _without_derived(path: Path) -> Path:
    """A database whose search index and audit trail are not kept up."""
    with sqlite3.connect(path) as connection:
        for name in trigger_names(KINDS["account"]):
            connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    connection.close()
    return path


def _timed_floor(path: Path, file: Path, afterwards: list[str]) -> float:
    connection = sqlite3.connect(path)
    start = time.process_time()
    with file.open(newline="", encoding="utf-8") as source:
        rows = csv.reader(source)
        next(rows)
        with connection:
            raw_upsert(connection, rows)
            for statement in afterwards:
                connection.execute(statement)
    spent = time.process_time() - start
    connection.close()
    return spent


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server with room in memory for what an import touches, as a company's has."""
    server = server_or_skip(shared_buffers="512MB", max_wal_size="8GB")
    yield server
    server.remove()


def test_an_import_into_a_shared_database_is_faster_than_a_raw_upsert(
    file: Path, server: PostgresServer
) -> None:
    """What triggers and indexes cost for each row, which nobody who signs in may take away, is most
    of either.
    """
    ratios = []
    for turn in range(3):
        raw = _timed_shared_floor(_shared(server, f"raw{turn}"), file)
        spent = _timed_shared_import(_shared(server, f"import{turn}"), file)
        ratios.append(raw / spent)
        print(f"rows/s on a server: raw {ROWS / raw:,.0f}, import {ROWS / spent:,.0f}")
    print(f"import speed on a server {median(ratios):.2f} × raw upsert (goal 2)")
    assert median(ratios) >= 1


def _shared(server: PostgresServer, name: str) -> str:
    """The address of a shared database in which every fifth account is there already."""
    url = server.url(name)
    schema.create(url).close()
    raw_shared_upsert(url, a_fifth())
    return url


def _timed_shared_import(url: str, file: Path) -> float:
    app = App(open_database(url), "sari")
    start = time.perf_counter()
    outcome = imports.import_file(app, imports.Request("account", file))
    spent = time.perf_counter() - start
    app.close()
    assert (outcome.created, outcome.updated) == (ROWS * 4 // 5, ROWS // 5)
    return spent


def _timed_shared_floor(url: str, file: Path) -> float:
    start = time.perf_counter()
    with file.open(newline="", encoding="utf-8") as source:
        rows = csv.reader(source)
        next(rows)
        raw_shared_upsert(url, rows)
    return time.perf_counter() - start
