"""What it costs that the server asks for consent: a person sends quotations with and without."""

import time
from collections.abc import Iterator
from decimal import Decimal
from statistics import median

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import quotations
from models.storage import schema
from models.storage.database import open_database
from tests.builders import a_draft, a_line
from tests.conftest import NOW
from tests.models.storage.people_of_every_role import fill
from tests.models.storage.rights.asking import url
from tests.postgres_server import PostgresServer, server_or_skip

pytestmark = pytest.mark.performance

TURNS, GOAL = 30, 1.25
GUARDS = ("quotation_consent", "quotation_kept")


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server that syncs every commit, with two rules that every quotation is measured by."""
    found = server_or_skip(fsync="on", synchronous_commit="on")
    app = App(schema.create(found.url("consent")), "sari", lambda: NOW)
    fill(app)
    for name, measure, limit in (("Big", "discount_percent", 90), ("Thin", "margin_percent", 0)):
        rule = {"name": name, "measure": measure, "threshold": Decimal(limit)}
        app.write(records.create, "approval_rule", rule)
    app.close()
    yield found
    found.remove()


@pytest.mark.parametrize("lines", [20, 500])
def test_sending_is_not_slower_for_being_asked(server: PostgresServer, lines: int) -> None:
    app = App(open_database(url(server, "consent", "sales_support")), "sales_support", lambda: NOW)
    draft = a_draft(app, *(a_line(app) for _at in range(lines)), account="A-MANAGER")
    took: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    for _turn in range(TURNS if lines < 100 else TURNS // 3):
        for how, times in took.items():
            switches = (f"ALTER TABLE saudagar.quotation {how} TRIGGER {each}" for each in GUARDS)
            server.execute("; ".join(switches), "consent")
            made = app.write(quotations.new, draft).id or 0
            begun = time.perf_counter()
            app.write(quotations.send, made)
            times.append(time.perf_counter() - begun)
    app.close()
    asked, unasked = (median(times) for times in took.values())
    print(f"\nsending {lines} lines: {asked * 1e3:.1f} ms asked, {unasked * 1e3:.1f} ms without, "
          f"{asked / unasked:.2f} ×")  # fmt: skip
    assert asked / unasked < GOAL
