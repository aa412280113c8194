"""The server goes away and comes back while people work; others change what is on the screen."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.core.app import App
from controllers.system import opening
from tests.postgres_server import PostgresServer
from tests.ui.shared.conftest import OpenWindow, Settle
from ui.documents.quotation_page import QuotationPage
from ui.kit import tasks
from ui.shell.main_window import MainWindow
from ui.widgets.record_form.form import RecordForm
from ui.widgets.record_list.page import ListPage

pytestmark = pytest.mark.slow


@pytest.fixture
def window(open_window: OpenWindow, server_url: str) -> MainWindow:
    """A window on the list of customers."""
    return open_window(server_url)


@pytest.fixture
def other(server: PostgresServer) -> Iterator[App]:
    """Another program on the same database."""
    made = opening.open_app(server.url("desk"))
    yield made
    made.close()


@pytest.fixture
def running(server: PostgresServer) -> Iterator[PostgresServer]:
    """The server, which runs again after the test."""
    yield server
    if server.process.poll() is not None:
        server.start()


def customers(window: MainWindow) -> ListPage:
    page = window.show_place("account")
    assert isinstance(page, ListPage)
    return page


def form_of(window: MainWindow, key: str, settle: Settle) -> RecordForm:
    window.open_record("account", key)
    settle()
    form = window.workspace.current()
    assert isinstance(form, RecordForm)
    return form


def texts(page: ListPage) -> list[str]:
    at = [each.name for each in page.model.fields].index("name")
    return [page.model.text(row, at) for row in range(page.model.rowCount())]


def test_what_another_program_changes_shows_at_once_with_the_selection_kept(
    window: MainWindow, other: App, qtbot: QtBot, settle: Settle
) -> None:
    page = customers(window)
    table = page.table
    table.go_to(5)
    chosen = table.current_id()
    other.write(records.create, "account", {"code": "B1", "name": "Aaa Paling Depan"})
    qtbot.waitUntil(lambda: "Aaa Paling Depan" in texts(page), timeout=1_000)
    assert texts(page)[0] == "Aaa Paling Depan"
    assert table.current_id() == chosen
    assert table.selected_ids() == [chosen]
    assert table.currentIndex().row() == 6
    other.write(records.delete, "account", "B1")
    qtbot.waitUntil(lambda: "Aaa Paling Depan" not in texts(page), timeout=1_000)
    assert table.selected_ids() == [chosen]


def test_a_form_shows_what_another_program_saved(
    window: MainWindow, other: App, qtbot: QtBot, settle: Settle
) -> None:
    form = form_of(window, "C001", settle)
    other.write(records.change, "account", "C001", {"city": "Medan"})
    qtbot.waitUntil(lambda: form.sheet.state()["city"] == "Medan", timeout=2_000)


def test_work_goes_on_while_the_server_is_away_and_lands_when_it_is_back(
    window: MainWindow, running: PostgresServer, qtbot: QtBot, settle: Settle
) -> None:
    form = form_of(window, "C002", settle)
    running.stop()
    qtbot.waitUntil(lambda: window._notices.count() == 1, timeout=10_000)
    assert window.status._dot.property("tone") == "bad"
    qtbot.keyClicks(form.sheet.boxes["city"].editor.control, "Ambon")
    form.save()
    qtbot.waitUntil(form._rest.isActive, timeout=2_000)
    form.keep_draft()
    assert [each.kind for each in window.desk.drafts.all()] == ["account"]
    assert tasks.tasks().unsaved() == 1
    page = customers(window)
    page.model.refresh()
    qtbot.waitUntil(lambda: len(tasks.tasks()._missed) > 0, timeout=10_000)
    running.start()
    qtbot.waitUntil(lambda: window._notices.count() == 0, timeout=10_000)
    assert window.status._dot.property("tone") == "good"
    settle()
    saved = window.desk.app.read(records.show, "account", "C002")
    assert saved.values["city"] == "Ambon"
    assert not form.is_dirty
    assert window.desk.drafts.all() == []
    assert page.model.rowCount() == 30


def test_a_record_opened_during_an_outage_appears_afterwards(
    window: MainWindow, running: PostgresServer, qtbot: QtBot, settle: Settle
) -> None:
    page = customers(window)
    record_id = page.model.record_id(3) or 0
    running.stop()
    qtbot.waitUntil(lambda: window._notices.count() == 1, timeout=10_000)
    window.open_record("account", record_id)
    form = window.workspace.current()
    assert isinstance(form, RecordForm)
    running.start()
    qtbot.waitUntil(lambda: form.record.id == record_id, timeout=10_000)


def test_a_quotation_written_while_the_server_is_away_is_saved_afterwards(
    window: MainWindow, running: PostgresServer, qtbot: QtBot, settle: Settle
) -> None:
    window.new_record("quotation", {"account": "C001"})
    settle()
    page = window.workspace.current()
    assert isinstance(page, QuotationPage)
    running.stop()
    qtbot.waitUntil(lambda: window._notices.count() == 1, timeout=10_000)
    page.session.set_field("opening", "Dengan hormat")
    page.save()
    assert page.is_dirty
    page.crash._keep()
    qtbot.waitUntil(lambda: len(window.desk.drafts.all()) == 1, timeout=5_000)
    running.start()
    qtbot.waitUntil(lambda: page.session.draft.id is not None, timeout=15_000)
    settle()
    assert not page.is_dirty
    assert window.desk.drafts.all() == []


def press(question: QMessageBox, words: str) -> None:
    next(each for each in question.buttons() if each.text() == words).click()


def test_closing_while_a_write_waits_says_so_and_keeps_the_draft(
    window: MainWindow, running: PostgresServer, qtbot: QtBot, settle: Settle
) -> None:
    form = form_of(window, "C004", settle)
    running.stop()
    qtbot.waitUntil(lambda: window._notices.count() == 1, timeout=10_000)
    qtbot.keyClicks(form.sheet.boxes["city"].editor.control, "Ternate")
    form.save()
    assert not window.close()
    question = window.findChild(QMessageBox)
    assert isinstance(question, QMessageBox)
    assert "Changes that wait for it: 1" in question.informativeText()
    press(question, "Wait for the database")
    assert window.isVisible()
    assert not window.close()
    question = window.findChildren(QMessageBox)[-1]
    with qtbot.waitSignal(window.left):
        press(question, "Close without saving")
    assert not window.isVisible()
    window.desk.app.is_patient = False
    qtbot.waitUntil(tasks.tasks().is_idle, timeout=10_000)
    (draft,) = window.desk.drafts.all()
    assert draft.content["state"]["city"] == "Ternate"
