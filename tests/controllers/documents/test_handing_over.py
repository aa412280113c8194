"""Papers that follow a quotation go out by mail, with the words a company chose for their kind."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from urllib.parse import unquote

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import deliveries, handover, invoices, orders, outbox, quotations
from controllers.system import settings
from models.values.errors import DomainError
from models.values.settings import Mail, Settings
from tests import mail_servers
from tests.builders import a_sent_quotation
from tests.mail_servers import Server

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def server(app: App) -> Iterator[Server]:
    with mail_servers.running() as made:
        own = {"id": {"mail_subject": "Penawaran {{ valid_until }}",
                      "invoice_mail_subject": "Tagihan {{ number }}"}}  # fmt: skip
        mail = Mail("127.0.0.1", made.port, "none", "", "jualan@maju.example")
        app.write(settings.save, Settings(company="PT Maju", mail=mail, texts=own))
        yield made


@pytest.fixture
def order(app: App, server: Server) -> str:
    made = app.write(quotations.order, a_sent_quotation(app).number)
    return app.write(orders.confirm, made.number).number


def a_shipped_delivery(app: App, order: str) -> str:
    made = app.write(deliveries.new, order, carrier="JNE", tracking="CGK001")
    return app.write(deliveries.ship, made.id or 0).number


def mail(server: Server) -> Message:
    (content,) = server.mails
    return message_from_bytes(content)


def body(message: Message) -> str:
    part = next(each for each in message.walk() if each.get_content_type() == "text/plain")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def attached(message: Message) -> bytes:
    part = next(each for each in message.walk() if each.get_content_type() == "application/pdf")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def test_a_delivery_note_is_mailed_with_carrier_and_tracking_number(
    app: App, server: Server, order: str
) -> None:
    number = a_shipped_delivery(app, order)
    handover.mailed(app, "delivery", number)
    said = body(mail(server))
    assert all(each in said for each in (number, order, "JNE", "CGK001"))
    assert attached(mail(server)) == app.read(handover.pdf, "delivery", number)
    assert [each["state"] for each in app.read(outbox.entries)] == ["sent"]


def test_a_delivery_that_did_not_leave_is_not_told(app: App, server: Server, order: str) -> None:
    made = app.write(deliveries.new, order)
    with pytest.raises(DomainError, match="only what was shipped is told"):
        handover.mailed(app, "delivery", made.id or 0)
    assert server.mails == []


def test_a_delivery_is_told_by_whatsapp(app: App, order: str, tmp_path: Path) -> None:
    app.write(records.change, "account", "ALFKI", {"phone": "+62 812 3456 7890"})
    number = a_shipped_delivery(app, order)
    link, path = handover.whatsapp(app, "delivery", number, tmp_path)
    assert "nomor resi CGK001" in unquote(link)
    assert path.read_bytes().startswith(b"%PDF")


def test_each_kind_of_mail_has_own_words(app: App, server: Server, order: str) -> None:
    app.write(orders.deliver, order)
    bill = app.write(invoices.new, order)
    number = app.write(invoices.issue, bill.id or 0).number
    handover.mailed(app, "invoice", number)
    assert mail(server)["Subject"] == f"Tagihan {number}"


def test_words_for_quotations_are_not_used_for_orders(app: App, server: Server, order: str) -> None:
    handover.mailed(app, "order", order)
    assert str(mail(server)["Subject"]).startswith("Konfirmasi pesanan")
