"""Mail against a real SMTP server: delivered once, refused, silent, lying."""

import datetime as dt
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from controllers.core.app import App
from controllers.documents import handover, outbox, quotations
from controllers.system import settings
from models.values.documents import Draft
from models.values.errors import DomainError
from models.values.settings import Mail, Settings
from tests.builders import a_quotation

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


class Server:
    """What a server does with a mail; `answer` decides."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.answer = "250 OK"
        self.recipient_answer = "250 OK"
        self.hangs_up = False

    async def handle_RCPT(  # noqa: N802  the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(envelope.content)
        if self.hangs_up:
            server.transport.abort()
        return self.answer


@pytest.fixture
def server() -> Iterator[tuple[Server, int]]:
    handler = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def draft(app: App, server: tuple[Server, int]) -> Draft:
    mail = Mail("127.0.0.1", server[1], "none", "", "jualan@maju.example")
    app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))
    return a_quotation(app)


def _states(app: App) -> list[str]:
    return [each["state"] for each in app.read(outbox.entries)]


def test_a_quotation_arrives_once_with_its_pdf(
    app: App, draft: Draft, server: tuple[Server, int]
) -> None:
    sent = handover.send(app, draft.id or 0, address="pembeli@toko.example")
    outbox.deliver(app)
    (mail,) = server[0].mails
    message = message_from_bytes(mail)
    pdf = next(part for part in message.walk() if part.get_content_type() == "application/pdf")
    assert sent.number in str(message["Subject"]) or "Penawaran" in str(message["Subject"])
    assert pdf.get_payload(decode=True) == app.read(handover.pdf, "quotation", sent.number)
    assert _states(app) == ["sent"]


def test_a_refusal_for_good_is_told_and_not_tried_again(
    app: App, draft: Draft, server: tuple[Server, int]
) -> None:
    server[0].recipient_answer = "550 no such mailbox"
    handover.send(app, draft.id or 0, address="pembeli@toko.example")
    assert _states(app) == ["failed"]
    assert "no such mailbox" in app.read(outbox.entries)[0]["last_error"]
    assert server[0].mails == []


def test_a_refusal_for_now_waits_for_another_try(
    app: App, draft: Draft, server: tuple[Server, int]
) -> None:
    server[0].answer = "451 try later"
    handover.send(app, draft.id or 0, address="pembeli@toko.example")
    assert _states(app) == ["waiting"]
    assert outbox.deliver(app) == []


def test_a_server_that_hangs_up_after_the_mail_leaves_it_to_a_person(
    app: App, draft: Draft, server: tuple[Server, int]
) -> None:
    server[0].hangs_up = True
    handover.send(app, draft.id or 0, address="pembeli@toko.example")
    assert _states(app) == ["unsure"]
    server[0].hangs_up = False
    assert outbox.deliver(app) == []
    entry = app.read(outbox.entries)[0]["id"]
    app.write(outbox.decide, entry, send_again=True)
    outbox.deliver(app)
    assert _states(app) == ["sent"]


def test_a_crash_while_sending_becomes_unsure(app: App, draft: Draft) -> None:
    app.write(handover.issue, draft.id or 0, address="pembeli@toko.example")
    app.write(outbox._claim)
    _later(app, outbox.LONGEST_TRY)
    assert _states(app) == ["unsure"]
    assert app.read(outbox.undecided) == 1
    assert outbox.deliver(app) == []
    assert app.write(outbox.recover) == 0
    assert _states(app) == ["unsure"]


def test_a_mail_that_another_program_is_sending_is_left_to_it(app: App, draft: Draft) -> None:
    app.write(handover.issue, draft.id or 0, address="pembeli@toko.example")
    app.write(outbox._claim)
    _later(app, outbox.LONGEST_TRY - dt.timedelta(seconds=1))
    assert outbox.deliver(app) == []
    assert app.write(outbox.recover) == 0
    assert _states(app) == ["sending"]
    with pytest.raises(DomainError, match="no decision"):
        app.write(outbox.decide, 1, send_again=True)


def test_many_programs_at_once_claim_a_mail_once(app: App, draft: Draft) -> None:
    app.write(handover.issue, draft.id or 0, address="pembeli@toko.example")
    with ThreadPoolExecutor(8) as pool:
        claimed = list(pool.map(lambda _at: app.write(outbox._claim), range(8)))
    assert len([each for each in claimed if each is not None]) == 1


def test_a_late_answer_does_not_undo_what_a_person_decided(app: App, draft: Draft) -> None:
    app.write(handover.issue, draft.id or 0, address="pembeli@toko.example")
    app.write(outbox._claim)
    _later(app, outbox.LONGEST_TRY)
    app.write(outbox.decide, 1, send_again=False)
    app.write(outbox._settle, 1, 1, "waiting", "late")
    assert _states(app) == ["sent"]


def test_a_late_success_is_not_sent_again(app: App, draft: Draft) -> None:
    app.write(handover.issue, draft.id or 0, address="pembeli@toko.example")
    app.write(outbox._claim)
    _later(app, outbox.LONGEST_TRY)
    app.write(outbox.decide, 1, send_again=True)
    app.write(outbox._settle, 1, 1, "sent", "")
    assert _states(app) == ["sent"]


@pytest.mark.parametrize(
    ("after_mail", "farewell", "state"),
    [("250 OK", "500 nonsense", "sent"), ("250 OK", "", "sent"), ("hello?", "221 bye", "unsure"),
     ("354 go on", "221 bye", "unsure"), ("552 too large", "221 bye", "failed")],
)  # fmt: skip
def test_a_server_that_lies_never_gets_a_mail_twice(
    app: App, draft: Draft, after_mail: str, farewell: str, state: str
) -> None:
    with _liar(after_mail, farewell) as port:
        mail = Mail("127.0.0.1", port, "none", "", "jualan@maju.example")
        app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))
        handover.send(app, draft.id or 0, address="pembeli@toko.example")
        assert _states(app) == [state]
        assert outbox.deliver(app) == []


def _later(app: App, passed: dt.timedelta) -> None:
    now = app.clock()
    app.clock = lambda: now + passed


@contextmanager
def _liar(after_mail: str, farewell: str) -> Iterator[int]:
    """A server with its own answers after the mail and to the farewell ("" hangs up)."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        talk = threading.Thread(target=_lie, args=(listening, after_mail, farewell))
        talk.start()
        yield listening.getsockname()[1]
        talk.join()


def _lie(listening: socket.socket, after_mail: str, farewell: str) -> None:
    connection, _address = listening.accept()
    with connection, connection.makefile("rwb", buffering=0) as stream:
        stream.write(b"220 liar\r\n")
        for line in stream:
            answer = {b"DATA": "354 go on", b"QUIT": farewell}.get(line[:4].upper(), "250 OK")
            if not answer:
                return
            stream.write(answer.encode() + b"\r\n")
            if answer.startswith("354"):
                while next(stream) != b".\r\n":
                    pass
                stream.write(after_mail.encode() + b"\r\n")
            if line[:4].upper() == b"QUIT":
                return


def test_without_a_server_nothing_is_issued(app: App) -> None:
    draft = a_quotation(app)
    with pytest.raises(DomainError, match="No mail server"):
        handover.send(app, draft.id or 0, address="pembeli@toko.example")
    assert app.read(quotations.show, draft.id or 0).state == "draft"


def test_an_address_with_a_line_end_is_refused(app: App, draft: Draft) -> None:
    with pytest.raises(DomainError, match="no e-mail address"):
        handover.send(app, draft.id or 0, address="a@b.example\nBcc: c@d.example")


def test_an_archived_pdf_that_was_changed_is_refused(app: App, draft: Draft) -> None:
    sent = handover.send(app, draft.id or 0, by_mail=False)
    with app.database.writing() as connection:
        connection.exec_driver_sql("UPDATE archive SET content = ?", (b"\0",))
    with pytest.raises(DomainError, match="was changed after"):
        app.read(handover.pdf, "quotation", sent.number)


def test_a_server_that_never_answers_is_given_up_and_tried_again_later(
    app: App, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mail = Mail("127.0.0.1", silent.getsockname()[1], "none", "", "jualan@maju.example")
        app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))
        monkeypatch.setattr(outbox, "TIMEOUT", 0.1)
        handover.send(app, draft.id or 0, address="pembeli@toko.example")
    (entry,) = app.read(outbox.entries)
    assert (entry["state"], entry["attempts"]) == ("waiting", 1)
    assert "timed out" in entry["last_error"]


def test_a_mail_file_holds_the_mail_to_be_sent_by_hand(app: App, draft: Draft) -> None:
    content = app.read(handover.mail_file, "quotation", draft.id or 0, "pembeli@toko.example")
    message = message_from_bytes(content)
    assert (message["To"], message["X-Unsent"]) == ("pembeli@toko.example", "1")
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "text/plain", "application/pdf",
    ]  # fmt: skip


def test_whatsapp_opens_a_chat_with_the_words_and_leaves_the_pdf_ready(
    app: App, draft: Draft, tmp_path: Path
) -> None:
    from controllers.core import records

    app.write(records.change, "account", draft.account, {"phone": "0812-3456-7890"})
    sent = handover.send(app, draft.id or 0, by_mail=False)
    link, path = handover.whatsapp(app, "quotation", sent.number, tmp_path / "ready")
    assert link.startswith("https://wa.me/6281234567890?text=")
    assert "%2FSPH%2F" in link
    assert path.read_bytes() == app.read(handover.pdf, "quotation", sent.number)
