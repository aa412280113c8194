"""The program is killed at any point: what was acknowledged is there, and nothing is half done."""

import random
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from controllers.core.app import App
from controllers.documents import quotations
from controllers.system.integrity import problems
from controllers.system.opening import open_app
from tests.builders import a_company, a_sent_quotation

pytestmark = pytest.mark.long

KILLS = 100
PROJECT = Path(__file__).resolve().parents[2]

WORKER = """
import sys
from controllers.documents import orders, quotations
from controllers.system.opening import open_app
from pathlib import Path

app = open_app(Path(sys.argv[1]), "sari")
template = int(sys.argv[2])
print("ready", flush=True)
while True:
    draft = app.write(quotations.copy, template)
    print("draft", draft.id, flush=True)
    sent = app.write(quotations.send, draft.id)
    print("sent", sent.number, flush=True)
    order = app.write(quotations.order, sent.number)
    print("order", order.number, flush=True)
    app.write(orders.confirm, order.number)
    print("confirmed", order.number, flush=True)
    app.write(orders.cancel, order.number)
    print("cancelled", order.number, flush=True)
"""


def _acknowledged(output: IO[str], wanted: int) -> list[tuple[str, str]]:
    """What the worker said was done, until it has said `wanted` lines and then was killed."""
    lines = []
    for line in output:
        what, _space, name = line.strip().partition(" ")
        lines.append((what, name))
        if len(lines) == wanted:
            break
    return lines


def _there(app: App, what: str, name: str) -> bool:
    reader = app.database.reader()
    if what == "draft":
        return bool(reader.execute("SELECT 1 FROM quotation WHERE id = ?", (name,)).fetchone())
    if what == "sent":
        return app.read(quotations.show, name).state in ("sent", "accepted")
    row = reader.execute("SELECT state FROM sales_order WHERE number = ?", (name,)).fetchone()
    later = {"order": 0, "confirmed": 1, "cancelled": 2}
    states = ["draft", "confirmed", "cancelled"]
    return row is not None and states.index(row[0]) >= later[what]


def test_nothing_acknowledged_is_lost_in_a_hundred_kills(app: App) -> None:
    a_company(app)
    template = a_sent_quotation(app).id or 0
    path = app.database.path
    app.close()
    chance, counted = random.Random(7), 0
    for _turn in range(KILLS):
        command = [sys.executable, "-c", WORKER, str(path), str(template)]
        with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            lines = _acknowledged(worker.stdout, chance.randrange(2, 60))
            worker.kill()
            lines += _acknowledged(worker.stdout, 10_000)
        survivor = open_app(path, "sari")
        missing = [line for line in lines if line[0] not in ("ready", "") and len(line[1]) > 0
                   and not _there(survivor, *line)]  # fmt: skip
        counted += len(lines)
        survivor.close()
        assert missing == []
    survivor = open_app(path, "sari")
    assert survivor.write(problems) == []
    survivor.close()
    print(f"\n{counted} acknowledged steps, {KILLS} kills, none lost")
