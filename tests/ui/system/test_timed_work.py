"""Timed work in the window: due mails leave in the background, once; else nothing is said."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import handover, outbox
from controllers.system import settings
from models.storage.tables import OUTBOX
from models.values.settings import Mail, Settings
from tests import mail_servers
from tests.builders import a_company, a_quotation
from tests.conftest import Contents
from tests.mail_servers import Server
from tests.ui.conftest import a_desk
from ui.kit import tasks, toasts
from ui.kit.desk import Desk
from ui.shell.main_window import MainWindow
from ui.system.timed_work import TimedWork

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")

Settle = Callable[[], None]


class Told:
    """What toasts said."""

    def __init__(self) -> None:
        self.words: list[str] = []


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Told:
    made = Told()
    host = QWidget()
    qtbot.addWidget(host)
    shown = toasts.host(host)
    monkeypatch.setattr(shown, "show_text", lambda text, *_more: made.words.append(text))
    return made


@pytest.fixture
def contents() -> Contents:
    return a_desk_with_a_company


def a_desk_with_a_company(app: App) -> None:
    a_desk(app)
    a_company(app)


@pytest.fixture
def server(filled: App) -> Iterator[Server]:
    with mail_servers.running() as made:
        _use(filled, made)
        yield made


def _use(app: App, server: Server, user: str = "") -> None:
    mail = Mail("127.0.0.1", server.port, "none", user, "jualan@maju.example")
    app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))


def _enqueue(app: App) -> None:
    app.write(handover.issue, a_quotation(app).id or 0, address="pembeli@toko.example")


@pytest.fixture
def timed_work(desk: Desk, told: Told) -> TimedWork:
    made = TimedWork(desk, lambda: None, desk.feed)
    made.timer.stop()
    return made


def states(app: App) -> list[str]:
    return [each["state"] for each in app.read(outbox.entries)]


def test_a_mail_that_a_crash_left_waiting_leaves_once_and_is_told(
    filled: App, server: Server, timed_work: TimedWork, told: Told, settle: Settle
) -> None:
    _enqueue(filled)
    timed_work.look()
    timed_work.look()
    settle()
    timed_work.look()
    settle()
    assert (states(filled), len(server.mails)) == (["sent"], 1)
    assert told.words == ["1 of 1 mails were sent."]


def test_a_retry_waits_until_its_time_has_come(
    filled: App, server: Server, timed_work: TimedWork, told: Told, settle: Settle
) -> None:
    server.answer = "451 later"
    _enqueue(filled)
    outbox.deliver(filled)
    server.answer, server.mails = "250 OK", []
    timed_work.look()
    settle()
    assert (states(filled), server.mails, told.words) == (["waiting"], [], [])
    now = filled.clock()
    filled.clock = lambda: now + dt.timedelta(minutes=2)
    timed_work.look()
    settle()
    assert (states(filled), len(server.mails)) == (["sent"], 1)


def test_a_mail_that_was_being_sent_in_a_crash_is_left_to_a_person(
    filled: App, server: Server, timed_work: TimedWork, desk: Desk, settle: Settle
) -> None:
    _enqueue(filled)
    long_ago = filled.clock().astimezone(dt.UTC) - outbox.LONGEST_TRY

    def crash(uow: UnitOfWork) -> None:
        uow.connection.execute(update(OUTBOX).values(state="sending", next_at=long_ago))

    filled.write(crash)
    settle()
    changed: list[object] = []
    desk.feed.changed.connect(changed.extend)
    timed_work.look()
    settle()
    assert (states(filled), server.mails) == (["unsure"], [])
    assert [each.kind for each in changed] == ["outbox"]


def test_a_refusal_for_good_is_told(
    filled: App, server: Server, timed_work: TimedWork, told: Told, settle: Settle
) -> None:
    server.answer = "550 no mailbox"
    _enqueue(filled)
    timed_work.look()
    settle()
    assert told.words == ["The mail to pembeli@toko.example was refused: 550 no mailbox"]


def test_nothing_is_said_where_nothing_waits(
    filled: App, server: Server, timed_work: TimedWork, told: Told, settle: Settle
) -> None:
    jobs: list[int] = []
    tasks.tasks().jobs_changed.connect(lambda: jobs.append(1))
    timed_work.look()
    settle()
    assert (told.words, jobs) == ([], [])


def test_without_a_server_nothing_is_tried(
    filled: App, server: Server, timed_work: TimedWork, told: Told, settle: Settle
) -> None:
    _enqueue(filled)
    filled.write(settings.save, Settings(company="PT Maju", short_name="MJU"))
    timed_work.look()
    settle()
    assert (states(filled), told.words) == (["waiting"], [])


def test_a_missing_password_is_told_once_and_nothing_is_tried(
    filled: App, server: Server, timed_work: TimedWork, told: Told, settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from keyring.backends import fail

    monkeypatch.setattr("keyring.core._keyring_backend", fail.Keyring())
    _use(filled, server, "sari")
    _enqueue(filled)
    for _minute in range(2):
        timed_work.look()
        settle()
    assert (states(filled), server.sign_ins) == (["waiting"], 0)
    assert told.words == ["Mails wait for the password of the mail server."]


def test_the_window_looks_once_a_minute(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(window.findChildren(TimedWork)))
    (found,) = window.findChildren(TimedWork)
    assert found.timer.isActive()
    assert found.timer.interval() == 60_000
