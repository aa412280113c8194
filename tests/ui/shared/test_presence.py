"""Two people have the same record open and see it."""

import pytest
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.system import opening, sign_in
from controllers.system.addresses import Address
from tests.ui.shared.conftest import THEIR_PASSWORD, OpenWindow, Settle
from ui.shell.main_window import MainWindow
from ui.system.presence import PresenceLine
from ui.widgets.record_form.form import RecordForm

pytestmark = pytest.mark.slow


def line_of(window: MainWindow) -> PresenceLine:
    found = window.workspace.findChild(PresenceLine)
    assert isinstance(found, PresenceLine)
    return found


def said(window: MainWindow) -> str:
    """What stands above the page; "" while it is hidden."""
    line = line_of(window)
    return "" if line.isHidden() else line.accessibleName()


@pytest.fixture
def both(
    open_window: OpenWindow, server_url: str, address: Address
) -> tuple[MainWindow, MainWindow]:
    """The windows of the administrator and of wati."""
    sign_in.keep(address.url, THEIR_PASSWORD)
    sign_in.use_keyring()
    return open_window(server_url), open_window(address.url)


def test_both_windows_name_the_other_until_one_closes_the_record(
    both: tuple[MainWindow, MainWindow], settle: Settle, qtbot: QtBot
) -> None:
    one, other = both
    one.open_record("account", "C001")
    settle()
    assert said(one) == ""
    other.open_record("account", "C001")
    qtbot.waitUntil(lambda: said(one) == "Wati Lestari has this open.", timeout=3_000)
    qtbot.waitUntil(lambda: said(other) == "postgres has this open.", timeout=3_000)
    other.open_record("account", "C002")
    settle()
    assert said(other) == ""
    page = other.workspace.page_of("account", form_id(one))
    assert page is not None
    other.workspace.close_page(page)
    qtbot.waitUntil(lambda: said(one) == "", timeout=3_000)


def form_id(window: MainWindow) -> int:
    form = window.workspace.current()
    assert isinstance(form, RecordForm)
    return form.record_id or 0


def test_a_window_that_closes_takes_its_name_along(
    both: tuple[MainWindow, MainWindow], settle: Settle, qtbot: QtBot
) -> None:
    one, other = both
    one.open_record("account", "C003")
    other.open_record("account", "C003")
    qtbot.waitUntil(lambda: said(one) == "Wati Lestari has this open.", timeout=3_000)
    other.close()
    qtbot.waitUntil(lambda: said(one) == "", timeout=3_000)


def test_a_database_of_ones_own_shows_nobody(database_path: object) -> None:
    app: App = opening.open_app(str(database_path))
    heard: list[str] = []
    app.called = heard.append
    app.database.call_out("[]")
    assert heard == []
    app.close()
