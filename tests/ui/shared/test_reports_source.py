"""Reports of the window read the copy that is named on the connection page."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.insight import sources
from controllers.system import opening
from controllers.system.addresses import Address
from tests.postgres_server import Follower, PostgresServer, follower_or_skip
from tests.ui.shared.conftest import THEIR_PASSWORD, OpenWindow, Settle
from ui.insight.reports_page import ReportsPage
from ui.kit.places import Places
from ui.shell.connection.page import ConnectionPage

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def follower(server: PostgresServer) -> Iterator[Follower]:
    """A copy that streams from the server."""
    made = follower_or_skip(server)
    yield made
    made.remove()


@pytest.fixture
def page(
    places: Places, address: Address, qtbot: QtBot, settle: Settle
) -> Iterator[ConnectionPage]:
    made = ConnectionPage(places)
    qtbot.addWidget(made)
    made.show()
    made.fields.show_address(address)
    qtbot.keyClicks(made.fields.password, THEIR_PASSWORD)
    settle()
    yield made
    settle()


def test_a_copy_is_typed_opened_and_remembered(
    page: ConnectionPage, address: Address, follower: Follower, places: Places, qtbot: QtBot,
    settle: Settle,
) -> None:  # fmt: skip
    follower.catch_up()
    opened: list[App] = []
    page.opened.connect(opened.append)
    qtbot.keyClicks(page.fields.reports, f"127.0.0.1:{follower.port}")
    page.test()
    settle()
    assert page.answer.text().startswith("All is well")
    qtbot.keyClick(page.fields.reports, Qt.Key.Key_Return)
    settle()
    (app,) = opened
    answer = sources.answered(app, lambda at: at.database.fetch("SELECT pg_is_in_recovery()"))
    assert (answer.value, answer.told("en")) == ([(True,)], "")
    app.close()
    kept = Places(places._path).reports_of(address.url)
    assert kept == address._replace(port=follower.port).url
    again = ConnectionPage(Places(places._path))
    qtbot.addWidget(again)
    assert again.fields.reports.text() == f"127.0.0.1:{follower.port}"
    settle()


def test_a_copy_that_is_none_is_marked(page: ConnectionPage, qtbot: QtBot, settle: Settle) -> None:
    for typed, words in (("no server/", "is no server"), ("127.0.0.1:1", "Nothing listens")):
        page.fields.reports.clear()
        qtbot.keyClicks(page.fields.reports, typed)
        page.test()
        settle()
        assert words in page.answer.text()
        assert page.fields.reports.property("wrong") == "true"


def test_the_reports_page_says_when_the_copy_could_not_be_used(
    open_window: OpenWindow, server_url: str, settle: Settle, server: PostgresServer
) -> None:
    window = open_window(server_url)
    window.desk.app.reports_place = opening.reports_url("postgresql://wati@127.0.0.1:1/desk")
    page = window.show_place("reports")
    assert isinstance(page, ReportsPage)
    settle()
    assert "Read from the database itself" in page._note.text()
    assert page.shown is not None
