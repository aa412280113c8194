"""Many workstations on one server: operations in a second, how long they take, what fails."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

import pytest

from controllers.system import databases, demo
from controllers.system.opening import open_app
from tests.postgres_server import PostgresServer, binaries

pytestmark = pytest.mark.performance

SECONDS = 12
PROCESSES = 4
PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo company on a server that keeps its word when the power goes."""
    found = binaries()
    assert found
    kept = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    server = PostgresServer(found, **kept, shared_buffers="512MB", max_connections="400")
    folder = tmp_path_factory.mktemp("load")
    made = demo.make(f"sqlite:///{folder / 'demo.db'}", demo.ROWS, folder, lambda _text: None)
    app = open_app(made.database)
    databases.move(app, server.url("load"), lambda _table, _rows: None)
    app.close()
    yield server.url("load")
    server.remove()


@pytest.mark.parametrize("workstations", [1, 8, 32, 100])
def test_a_server_under_load(url: str, workstations: int) -> None:
    processes = min(PROCESSES, workstations)
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.performance.load", url,
             str(workstations // processes), str(SECONDS), str(at)],
            cwd=PROJECT, stdout=subprocess.PIPE, text=True,
        )
        for at in range(processes)
    ]  # fmt: skip
    answers = [json.loads(each.communicate()[0]) for each in started]
    spent: dict[str, list[float]] = defaultdict(list)
    for answer in answers:
        for name, figures in answer["spent"].items():
            spent[name] += figures
    errors = [error for answer in answers for error in answer["errors"]]
    count = sum(map(len, spent.values()))
    print(f"\n{workstations} workstations: {count / SECONDS:.0f} operations/s, "
          f"{len(errors)} errors")  # fmt: skip
    for name, figures in sorted(spent.items()):
        if len(figures) > 1:
            cuts = quantiles(figures, n=100)
            print(f"  {name:8} {len(figures):5} × p50 {cuts[49]:7.1f}  p95 {cuts[94]:7.1f}  "
                  f"p99 {cuts[98]:7.1f} ms")  # fmt: skip
    assert errors == []
