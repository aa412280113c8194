"""The outbox: what waits, what failed, and a person's word."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from controllers.catalogue.taxes import install_presets
from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import outbox
from models.storage.tables import OUTBOX
from tests.builders import a_sent_quotation, an_item
from tests.conftest import Contents
from tests.ui.conftest import a_desk
from tests.ui.showing import shown
from ui.kit.desk import Desk
from ui.system.outbox_badge import OutboxBadge
from ui.system.outbox_page import OutboxPage

Settle = Callable[[], None]

STATES = ("sent", "waiting", "failed", "unsure")


@pytest.fixture
def contents() -> Contents:
    return a_desk_with_mails


def a_desk_with_mails(app: App) -> None:
    """One mail in each state; the first mail brings a quotation."""
    a_desk(app)
    app.write(install_presets)
    quotation = a_sent_quotation(app, an_item(), account="C000")

    def fill(uow: UnitOfWork) -> None:
        for at, state in enumerate(STATES):
            uow.connection.execute(
                insert(OUTBOX).values(
                    created_at=uow.now, document="quotation", document_id=quotation.id,
                    recipient=f"{state}@toko.example", subject=f"Mail {at}", body="",
                    message_id=f"<{at}@x>", state=state, attempts=at,
                    last_error="550 no mailbox" if state == "failed" else "",
                )
            )  # fmt: skip

    app.write(fill)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[OutboxPage]:
    yield from shown(lambda: OutboxPage(desk), qtbot, settle)


def states(page: OutboxPage) -> list[str]:
    return [each["state"] for each in page.model.mails]


def go_to(page: OutboxPage, state: str) -> None:
    page.table.setCurrentIndex(page.model.index(states(page).index(state), 0))


def test_the_newest_mail_stands_first_with_its_document(page: OutboxPage) -> None:
    assert states(page) == ["unsure", "failed", "waiting", "sent"]
    number = page.model.text(page.model.mails[0], 1)
    assert number == page.model.mails[0]["number"] != ""


def test_views_count_and_narrow(page: OutboxPage) -> None:
    assert [each.text() for each in page.views] == [
        "All · 4", "To decide · 2", "On the way · 1", "Sent · 1",
    ]  # fmt: skip
    page.views[1].click()
    assert states(page) == ["unsure", "failed"]
    page.views[0].click()
    assert len(states(page)) == 4


def test_a_refused_mail_says_why_and_what_to_do(page: OutboxPage) -> None:
    go_to(page, "failed")
    assert "550 no mailbox" in page._why.text()
    assert "Mend the address" in page._why.text()
    assert page._again.isVisible()
    go_to(page, "sent")
    assert not page._again.isVisible()


def test_send_again_puts_it_back_to_waiting(page: OutboxPage, settle: Settle) -> None:
    go_to(page, "failed")
    page.decide(again=True)
    settle()
    assert sorted(states(page)) == ["sent", "unsure", "waiting", "waiting"]


def test_an_unsure_mail_can_count_as_sent(page: OutboxPage, settle: Settle) -> None:
    go_to(page, "unsure")
    page.decide(again=False)
    settle()
    assert states(page).count("sent") == 2


def test_nothing_is_decided_about_a_mail_that_waits(page: OutboxPage, settle: Settle) -> None:
    go_to(page, "waiting")
    page.decide(again=True)
    settle()
    assert states(page) == ["unsure", "failed", "waiting", "sent"]


def test_enter_opens_the_document(page: OutboxPage, qtbot: QtBot) -> None:
    opened: list[tuple[object, ...]] = []
    page.desk.open_record = lambda *what: opened.append(what)
    go_to(page, "sent")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened == [("quotation", page.model.mails[3]["document_id"])]


def test_sending_without_a_server_is_refused_in_words(page: OutboxPage, settle: Settle) -> None:
    from ui.kit import errors, tasks

    told: list[str] = []
    tasks.tasks().failed = lambda error: told.append(errors.text_of(error))
    page.send()
    settle()
    assert told == ["No mail server is set up; name one in Settings, or issue it without mail."]


def test_the_badge_counts_what_waits_for_a_word_and_goes(
    page: OutboxPage, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    badge = OutboxBadge(desk, lambda: None)
    qtbot.addWidget(badge)
    settle()
    assert (badge.text(), badge.isHidden()) == ("2 mails to decide", False)
    for mail in desk.app.read(outbox.entries):
        if mail["state"] in ("failed", "unsure"):
            desk.app.write(outbox.decide, mail["id"], send_again=False)
    settle()
    qtbot.waitUntil(badge.isHidden)
