"""Mails about approvals: to whom, when, once, and again where nobody answers."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import approval_mails, approvals, outbox, quotations
from controllers.documents.mail import composed
from controllers.system import settings
from models.values.documents import Draft
from models.values.settings import Mail
from tests.builders import a_draft, a_line

D = Decimal


def needs_one_file(app: App) -> None:
    """On a server a person is whoever signed in, here the one administrator."""
    if app.database.engine_name != "sqlite":
        pytest.skip("one program cannot be two people on a server")


@pytest.fixture
def desk(app: App) -> App:
    """A company with a mail server, a seller, a manager of the team and a director."""
    known = app.read(settings.load)
    host = Mail(host="mail.example.com", sender="desk@example.com")
    app.write(settings.save, replace(known, mail=host))
    for name, role in (("sari", "administrator"), ("boss", "sales_manager"), ("dewi", "director")):
        email = f"{name}@example.com"
        person = {"name": name, "role": role, "team": "North", "email": email}
        app.write(records.create, "user", person)
    app.user = "sari"
    return app


def a_rule(app: App, **values: Any) -> None:
    plain = {"name": "Big discount", "measure": "discount_percent", "threshold": D(10)}
    app.write(records.create, "approval_rule", plain | values)


def submitted(app: App) -> Draft:
    draft = replace(a_draft(app, a_line(app)), discount_percent=D(15), owner="sari")
    made = app.write(quotations.new, draft)
    app.write(approvals.submit, made.id or 0)
    return made


def mails(app: App) -> list[tuple[str, str]]:
    """Recipient and what it is about, the oldest first."""
    found = app.read(outbox.entries)
    return [(each["recipient"], each["subject"].split(":")[0]) for each in reversed(found)]


def decided(app: App, name: str, draft: Draft, *, is_approved: bool, comment: str = "") -> None:
    app.user = name
    app.write(approvals.decide_all, draft.id or 0, is_approved=is_approved, comment=comment)
    app.user = "sari"


def test_who_decides_is_told_and_then_who_asked(desk: App) -> None:
    a_rule(desk)
    draft = submitted(desk)
    assert mails(desk) == [("boss@example.com", "Persetujuan diminta")]
    decided(desk, "boss", draft, is_approved=True)
    assert mails(desk)[1:] == [("sari@example.com", "Disetujui")]


def test_a_second_level_is_told_when_the_first_has_agreed(desk: App) -> None:
    needs_one_file(desk)
    a_rule(desk)
    a_rule(desk, name="Very big", threshold=D(12), level=2, approver_role="director")
    draft = submitted(desk)
    assert mails(desk) == [("boss@example.com", "Persetujuan diminta")]
    decided(desk, "boss", draft, is_approved=True)
    assert mails(desk)[1:] == [("dewi@example.com", "Persetujuan diminta")]
    decided(desk, "dewi", draft, is_approved=False, comment="Terlalu murah")
    assert mails(desk)[2:] == [("sari@example.com", "Ditolak")]
    body = desk.read(lambda uow: uow.connection.exec_driver_sql(
        "SELECT body FROM outbox ORDER BY id DESC LIMIT 1").scalar_one())  # fmt: skip
    assert "Terlalu murah" in body


def test_whoever_stands_in_is_told_as_well(desk: App) -> None:
    needs_one_file(desk)
    a_rule(desk)
    today = desk.clock().date()
    desk.user = "boss"
    desk.write(approvals.delegate, "dewi", today, today)
    desk.user = "sari"
    submitted(desk)
    assert {to for to, _about in mails(desk)} == {"boss@example.com", "dewi@example.com"}


def test_what_waits_too_long_is_reminded_of_once_in_as_many_days(desk: App) -> None:
    a_rule(desk, remind_days=2)
    submitted(desk)
    assert desk.write(approval_mails.remind) == 0
    now = desk.clock()
    desk.clock = lambda: now + dt.timedelta(days=2)
    assert desk.write(approval_mails.remind) == 1
    assert desk.write(approval_mails.remind) == 0
    assert mails(desk)[1:] == [("boss@example.com", "Menunggu keputusan Anda")]


def test_without_a_server_nothing_is_mailed(app: App) -> None:
    a_rule(app)
    draft = replace(a_draft(app, a_line(app)), discount_percent=D(15))
    app.write(approvals.submit, app.write(quotations.new, draft).id or 0)
    assert mails(app) == []
    assert app.write(approval_mails.remind) == 0


def test_a_mail_without_a_paper_has_only_its_text() -> None:
    mail = composed(
        sender="a@example.com", recipient="b@example.com", subject="Hal\nBcc: c@example.com",
        body="Isi", message_id="<1@example.com>", name=None, content=None,
    )  # fmt: skip
    assert not mail.is_multipart()
    assert mail["Bcc"] is None
    assert mail.get_content() == "Isi\n"
