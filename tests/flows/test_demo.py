"""The demo business is believable, sound and the same every time."""

import hashlib
from pathlib import Path

import pytest

from controllers.core.app import App
from controllers.system import demo
from controllers.system.integrity import problems
from controllers.system.opening import open_app
from models.values.errors import DomainError
from models.values.records import Filter, ListQuery

pytestmark = pytest.mark.slow


def _say(_message: str) -> None:
    return None


@pytest.fixture
def engine() -> str:
    """A demo is a file."""
    return "sqlite"


def _content(app: App) -> str:
    """A digest of everything in the database but when it was written."""
    digest = hashlib.sha256()
    for (table,) in app.database.reader().execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' "
        "AND name NOT LIKE '%_search%' AND name NOT LIKE 'audit%' ORDER BY 1"
    ):
        for row in app.database.reader().execute(f"SELECT * FROM {table} ORDER BY 1"):
            digest.update(repr(row).encode())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> demo.Made:
    folder = tmp_path_factory.mktemp("demo")
    return demo.make(f"sqlite:///{folder / 'demo.db'}", 25, folder / "papers", _say)


def test_a_year_of_business_is_sound(made: demo.Made) -> None:
    app = open_app(made.database, "sari")
    assert app.write(problems) == []
    for kind, state in (
        ("quotation", "accepted"),
        ("quotation", "sent"),
        ("quotation", "expired"),
        ("quotation", "declined"),
        ("order", "closed"),
        ("order", "confirmed"),
    ):
        query = ListQuery(kind, ("number",), filters=(Filter("state", "=", state),))
        assert app.listing.count(query) > 0, (kind, state)
    assert {row[1] for row in app.listing.first_page(ListQuery("account", ("country",))).rows} == {
        "ID", "MY", "SG",
    }  # fmt: skip
    app.close()


def test_one_day_and_size_give_one_demo(made: demo.Made, tmp_path: Path) -> None:
    again = demo.make(f"sqlite:///{tmp_path / 'again.db'}", 25, tmp_path / "papers", _say)
    first, second = open_app(made.database, "sari"), open_app(again.database, "sari")
    assert _content(first) == _content(second)
    assert [path.name for path in again.files] == [
        "quotation.pdf", "order-confirmation.pdf", "sales.xlsx",
    ]  # fmt: skip
    assert made.files[0].read_bytes() == again.files[0].read_bytes()
    assert made.files[1].read_bytes() == again.files[1].read_bytes()
    first.close()
    second.close()


def test_a_database_that_is_no_demo_is_never_replaced(app: App) -> None:
    path = app.database.path
    app.close()
    with pytest.raises(DomainError, match="no demo database"):
        demo.make(f"sqlite:///{path}", 5, None, _say)
    assert path.exists()
