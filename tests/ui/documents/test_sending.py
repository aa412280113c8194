"""Sending from the page to a real mail server."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.system import settings
from models.values.settings import Mail, Settings
from tests import mail_servers
from tests.builders import a_quotation
from tests.mail_servers import PASSWORD, Server
from tests.ui.documents.hand import CTRL, ENTER, Hand
from ui.documents.panels.sending import SendPanel
from ui.documents.quotation_page import QuotationPage
from ui.system.mailing import PasswordDialog

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")


@pytest.fixture
def server(app: App) -> Iterator[Server]:
    with mail_servers.running() as made:
        _use(app, made)
        yield made


def _use(app: App, server: Server, user: str = "") -> None:
    mail = Mail("127.0.0.1", server.port, "none", user, "jualan@maju.example")
    app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))


Show = Callable[..., QuotationPage]


def test_ctrl_enter_twice_sends_the_quotation(
    app: App, server: Server, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    hand = Hand(qtbot, page).press(ENTER, CTRL).settle()
    qtbot.waitUntil(lambda: bool(page.findChildren(SendPanel)))
    hand.press(ENTER, CTRL)
    qtbot.waitUntil(lambda: [each["state"] for each in page.session.mails] == ["sent"])
    assert page.session.draft.state == "sent"
    assert len(server.mails) == 1
    assert b"maria@alfki.example" in server.mails[0]


def test_a_refused_mail_is_shown_with_its_reason(
    app: App, server: Server, show: Show, qtbot: QtBot
) -> None:
    server.answer = "550 Mailbox is full"
    page = show(a_quotation(app).id)
    page.ask_send()
    qtbot.waitUntil(lambda: bool(page.findChildren(SendPanel)))
    page.findChildren(SendPanel)[0].send()
    qtbot.waitUntil(lambda: [each["state"] for each in page.session.mails] == ["failed"])
    assert not page.mails.isHidden()
    assert "Mailbox is full" in page.session.mails[0]["last_error"]


def test_an_address_that_cannot_be_one_stays_in_its_field(
    app: App, server: Server, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    page.ask_send()
    qtbot.waitUntil(lambda: bool(page.findChildren(SendPanel)))
    (panel,) = page.findChildren(SendPanel)
    panel.address.setText("maria at alfki")
    panel.send()
    assert panel.problem.text()
    assert page.session.draft.state == "draft"
    assert server.mails == []


@pytest.fixture
def asking(app: App, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that wants a password, on a system without keyring."""
    from keyring.backends import fail

    monkeypatch.setattr("keyring.core._keyring_backend", fail.Keyring())
    with mail_servers.running(asks=True) as made:
        _use(app, made, "sari")
        yield made


def _dialog(page: QuotationPage, qtbot: QtBot) -> PasswordDialog:
    def shown() -> list[PasswordDialog]:
        return [each for each in page.window().findChildren(PasswordDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def _send(page: QuotationPage, qtbot: QtBot) -> None:
    page.ask_send()
    qtbot.waitUntil(lambda: bool(page.findChildren(SendPanel)))
    page.findChildren(SendPanel)[0].send()


def test_without_a_keyring_the_password_is_asked_before_anything_is_issued(
    app: App, asking: Server, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    _send(page, qtbot)
    dialog = _dialog(page, qtbot)
    assert page.session.draft.state == "draft"
    qtbot.keyClicks(dialog.password, PASSWORD)
    qtbot.keyClick(dialog.password, ENTER)
    qtbot.waitUntil(lambda: [each["state"] for each in page.session.mails] == ["sent"])
    assert len(asking.mails) == 1


def test_without_a_password_nothing_is_issued(
    app: App, asking: Server, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    _send(page, qtbot)
    _dialog(page, qtbot).reject()
    Hand(qtbot, page).settle()
    assert page.session.draft.state == "draft"
    assert page.session.mails == ()


def test_a_wrong_password_is_asked_again_with_the_words_of_the_server(
    app: App, asking: Server, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    _send(page, qtbot)
    first = _dialog(page, qtbot)
    first.password.setText("salah")
    first.take()
    qtbot.waitUntil(lambda: asking.sign_ins > 0)
    again = _dialog(page, qtbot)
    assert "535" in again.problem.text()
    again.password.setText(PASSWORD)
    again.take()
    qtbot.waitUntil(lambda: [each["state"] for each in page.session.mails] == ["sent"])
    assert len(asking.mails) == 1
