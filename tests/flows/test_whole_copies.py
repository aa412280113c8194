"""A backup restored, a database moved: the same check, the same figures, the same papers."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from controllers.core.app import App
from controllers.documents import handover, orders, quotations
from controllers.insight import reports
from controllers.insight.sales import SalesOptions
from controllers.system import databases, demo, opening
from models.storage.database import open_database
from models.storage.tables import METADATA
from models.values.settings import Settings
from tests.builders import a_company, a_line, a_quotation, a_sent_quotation, an_item
from tests.conftest import NOW
from tests.postgres_server import PostgresServer, binaries
from ui.terminal.run import run

pytestmark = pytest.mark.slow

Papers = dict[str, bytes]


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, where there are any."""
    monkeypatch.setenv("SAUDAGAR_POSTGRES_BIN", str(binaries()))


class Places:
    """Names for databases of a test's own, on either engine."""

    def __init__(self, folder: Path, request: pytest.FixtureRequest) -> None:
        self._folder, self._request, self._made = folder, request, [""]

    def new(self, engine: str) -> str:
        """A place where nothing stands."""
        name = f"c{uuid4().hex[:8]}"
        if engine == "sqlite":
            return f"sqlite:///{self._folder}/{name}.db"
        self._made.append(name)
        server: PostgresServer = self._request.getfixturevalue("postgres")
        return server.url(name)

    def remove(self) -> None:
        """Take the shared ones away."""
        for name in filter(None, self._made):
            server: PostgresServer = self._request.getfixturevalue("postgres")
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def places(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Places]:
    made = Places(tmp_path, request)
    yield made
    made.remove()


def _business(place: str) -> None:
    """Quotations and orders in every state, a copy, and odd amounts."""
    company = Settings(company="PT Maju Jaya", short_name="MJU", place="Jakarta", bank="BNP 1-2")
    with closing(opening.create_app(place, "", company, lambda: NOW)) as app:
        a_company(app)
        sent = [a_sent_quotation(app, a_line(app, quantity=f"{n}.5"), an_item(f"{n}333.33"))
                for n in range(1, 4)]  # fmt: skip
        order = app.write(quotations.order, sent[0].number)
        app.write(orders.confirm, order.number)
        app.write(quotations.decline, sent[1].number)
        app.write(quotations.copy, sent[2].number)
        a_quotation(app, language="en")


def _demo(place: str) -> None:
    with closing(opening.create_app(place, "", demo.COMPANY, lambda: NOW)) as app:
        demo.fill(app, 30, NOW.date())


def _opened(place: str) -> App:
    return App(open_database(place), "postgres", lambda: NOW)


def _papers(app: App, folder: Path, most: int = 6) -> Papers:
    """Documents as PDF, and a report as a workbook."""
    folder.mkdir()
    asked = (
        ("quotation", "SELECT number FROM quotation WHERE number IS NOT NULL ORDER BY id DESC"),
        ("order", "SELECT number FROM sales_order WHERE number IS NOT NULL ORDER BY id DESC"),
    )
    for kind, statement in asked:
        for at, (number,) in enumerate(app.database.fetch(statement)[:most]):
            handover.save_pdf(app, kind, number, folder / f"{kind}{at}.pdf")
    reports.run(app, "sales", folder / "sales.xlsx", SalesOptions(by=("customer", "month")))
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _contents(app: App) -> dict[str, object]:
    """Every row of every table but what `check` and the sign-in write on their way."""
    left_out = ("audit", "writer", "setting", "person")
    return {
        name: app.database.fetch(f"SELECT count(*) FROM {name}")
        for name in METADATA.tables
        if not name.startswith(left_out)
    }


def _same(before: str, after: str, folder: Path) -> None:
    with closing(_opened(before)) as first, closing(_opened(after)) as second:
        assert databases.check(second) == databases.check(first)
        assert _contents(second) == _contents(first)
        ours, theirs = (_papers(each, folder / uuid4().hex) for each in (first, second))
        assert len(ours) > 3
        assert list(ours) == list(theirs)
        assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.parametrize("business", [_business, _demo])
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_restored_backup_gives_the_same_papers(
    engine: str, business: object, places: Places, tmp_path: Path
) -> None:
    before, after = places.new(engine), places.new(engine)
    business(before)  # type: ignore[operator]
    with closing(_opened(before)) as app:
        databases.backup(app, tmp_path / "copy")
    databases.restore(tmp_path / "copy", after, replace=False)
    _same(before, after, tmp_path)


@pytest.mark.parametrize("business", [_business, _demo])
def test_a_database_moved_to_the_server_and_back_gives_the_same_papers(
    business: object, places: Places, tmp_path: Path
) -> None:
    first, shared, last = (places.new(each) for each in ("sqlite", "postgresql", "sqlite"))
    business(first)  # type: ignore[operator]
    for before, after in ((first, shared), (shared, last)):
        with closing(_opened(before)) as app:
            databases.move(app, after, lambda _table, _rows: None)
        _same(before, after, tmp_path)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_the_command_line_saves_restores_and_checks(
    engine: str, places: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, file = places.new(engine), places.new(engine), str(tmp_path / "copy")
    _business(before)
    assert run(["--database", before, "database", "backup", file]) == 0
    assert run(["--database", after, "database", "restore", file]) == 0
    capsys.readouterr()
    assert run(["--database", after, "database", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []
    assert run(["--database", after, "database", "restore", file]) == 1
    assert "--replace" in capsys.readouterr().err
