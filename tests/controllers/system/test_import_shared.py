"""Imports beside others: with the rights of everybody, two at once, and after a move."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders
from controllers.system import databases, imports, opening, people
from controllers.system.integrity import problems
from models.storage.database import open_database
from tests.builders import a_company
from tests.conftest import NOW
from tests.postgres_server import PostgresServer

PASSWORD = "Rahasia sekali? 100 %"


def _import(app: App, tmp_path: Path, kind: str, text: str, **more: str) -> imports.Outcome:
    path = tmp_path / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return imports.import_file(app, imports.Request(kind, path, **more))  # type: ignore[arg-type]


def _accounts(name: str, count: int) -> str:
    return "code,name\n" + "".join(f"C{at},{name} {at}\n" for at in range(count))


def test_one_file_imported_twice_at_once_makes_each_record_once(app: App, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(_accounts("PT Maju", 400))
    request = imports.Request("account", path)
    with ThreadPoolExecutor(2) as two:
        outcomes = list(two.map(lambda _at: imports.import_file(app, request), range(2)))
    assert sorted((each.created, each.unchanged) for each in outcomes) == [(0, 400), (400, 0)]
    assert app.database.fetch("SELECT count(*) FROM account") == [(400,)]


def test_what_changed_is_in_the_audit_trail_once(app: App, tmp_path: Path) -> None:
    _import(app, tmp_path, "account", "code,name,city\nA1,PT Maju,Solo\nA2,PT Jaya,Solo\n")
    _import(app, tmp_path, "account", "code,name\nA1,PT Lain\nA2,PT Jaya\n")
    actions = "SELECT record_id, action FROM audit WHERE kind = 'account' ORDER BY id"
    assert app.database.fetch(actions) == [(1, "insert"), (2, "insert"), (1, "update")]


@pytest.mark.slow
class TestServer:
    """On a shared database."""

    @pytest.fixture
    def engine(self) -> str:
        return "postgresql"

    @pytest.fixture
    def theirs(self, postgres: PostgresServer, app: App) -> Iterator[App]:
        """The program of somebody who is no administrator."""
        app.write(people.add, {"name": "wati", "role": "sales_support"}, PASSWORD)
        theirs = opening.open_app(postgres.url("shared", "wati", quote(PASSWORD)))
        yield theirs
        theirs.close()
        postgres.execute("DROP OWNED BY wati; DROP ROLE wati", "shared")

    def test_nobody_needs_more_rights_than_everybody_has(self, theirs: App, tmp_path: Path) -> None:
        _import(theirs, tmp_path, "account", _accounts("PT Maju", 30))
        outcome = _import(theirs, tmp_path, "account", _accounts("PT Jaya", 40))
        assert (outcome.created, outcome.updated) == (10, 30)
        done = theirs.write(imports.undo, outcome.run)
        assert done == {"removed": 10, "restored": 30}
        assert theirs.read(records.show, "account", "C7").values["name"] == "PT Maju 7"


@pytest.mark.slow
class TestMoved:
    """A file that became a shared database."""

    @pytest.fixture
    def engine(self) -> str:
        return "sqlite"

    @pytest.fixture
    def place(self, postgres: PostgresServer) -> Iterator[str]:
        """Where the file goes."""
        yield postgres.url("moved_imports")
        postgres.execute("DROP DATABASE IF EXISTS moved_imports WITH (FORCE)")

    def test_an_import_into_a_file_is_taken_back_on_a_server(
        self, app: App, place: str, tmp_path: Path
    ) -> None:
        """Yes and no are numbers in what a file notes, and truth values on a server."""
        a_company(app)
        head = "number,account,date,description,quantity,unit_price,optional\n"
        _import(app, tmp_path, "order", f"{head}O1,ALFKI,2026-01-31,Work,1,100,no\n")
        goods = _import(app, tmp_path, "product", "sku,name,stocked\nFAN1,Other,no\nNEW,New,yes\n")
        lines = _import(app, tmp_path, "order", f"{head}O1,ALFKI,2026-01-31,Else,2,100,no\n")
        databases.move(app, place, lambda _table, _rows: None)
        shared = App(open_database(place), "postgres", lambda: NOW)
        assert shared.write(imports.undo, lines.run) == {"removed": 0, "restored": 1}
        assert shared.write(imports.undo, goods.run) == {"removed": 1, "restored": 1}
        fan = shared.read(records.show, "product", "FAN1").values
        assert (fan["name"], fan["stocked"]) == ("Pump FAN1", True)
        assert [each.description for each in shared.read(orders.show, "O1").lines] == ["Work"]
        assert shared.write(problems) == []
        shared.close()
