"""Sending from the page to a real mail server."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.system import settings
from models.values.settings import Mail, Settings
from tests.builders import a_quotation
from tests.ui.documents.hand import CTRL, ENTER, Hand
from ui.documents.panels.sending import SendPanel
from ui.documents.quotation_page import QuotationPage

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


class Server:
    """Takes every mail and keeps it; `answer` decides what it says."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(envelope.content)
        return self.answer


@pytest.fixture
def server(app: App) -> Iterator[Server]:
    handler = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    mail = Mail("127.0.0.1", port, "none", "", "jualan@maju.example")
    app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))
    yield handler
    controller.stop()


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
