"""Approvals and acceptance in the quotation's page."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.core.app import App
from controllers.documents import approvals, attachments, orders, quotations
from tests.builders import a_line, a_quotation, a_sent_quotation
from tests.ui.documents.hand import CTRL, Hand
from ui.documents.panels.accepting import AcceptPanel
from ui.documents.quotation_page import QuotationPage
from ui.kit.desk import Desk
from ui.shell.today import Today

pytestmark = pytest.mark.slow

D = Decimal
K = Qt.Key
Show = Callable[..., QuotationPage]


@pytest.fixture
def rule(app: App) -> None:
    app.write(records.create, "approval_rule", {
        "name": "Big discount", "measure": "discount_percent", "threshold": D(10), "level": 1,
        "approver_role": "sales_manager",
    })  # fmt: skip


def low(app: App) -> int:
    return a_quotation(app, a_line(app, discount_percent=D(15))).id or 0


@pytest.mark.usefixtures("rule")
def test_ctrl_enter_submits_what_needs_approval(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(low(app))
    strip = page.findChildren(type(page.strips()[1]))[0]
    assert "Big discount" in strip.text
    Hand(qtbot, page).press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Waits for approval" in strip.text)
    (asked,) = app.read(approvals.standing, page.session.draft.id or 0).approvals
    assert asked.state == "waiting"


@pytest.mark.usefixtures("rule")
def test_sending_without_consent_offers_to_submit(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(low(app))
    page.issue()
    qtbot.waitUntil(lambda: not page.notice.isHidden())
    assert "needs approval first" in page.notice.text
    assert page.session.draft.state == "draft"


def test_nobody_is_asked_to_decide_where_nothing_waits(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    page.ask_decision()
    assert page.steps_now()[-1].label == "Send by e-mail"


def test_an_option_the_customer_takes_too_is_ordered(
    app: App, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    sent = a_sent_quotation(app, a_line(app), a_line(app, "FAN1", optional=True))
    page = show(sent.id)
    page.ask_accept()
    (panel,) = page.findChildren(AcceptPanel)
    ((_at, box),) = panel._options
    box.setChecked(True)
    panel.how.show_code("mail")
    copy = tmp_path / "po.pdf"
    copy.write_bytes(b"signed")
    panel.attach(copy)
    Hand(qtbot, page).type("Maria").press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.session.draft.state == "accepted")
    order = app.read(orders.show, app.write(quotations.order, sent.number).number)
    assert [line.sku for line in order.lines] == ["PUMP12", "FAN1"]
    kept = app.read(records.show, "quotation", sent.number).values
    assert (kept["decided_by"], kept["decided_how"]) == ("Maria", "mail")
    assert len(app.read(attachments.of_document, "quotation", sent.id or 0)) == 1


def test_an_empty_signed_copy_is_refused_before_anything_is_accepted(
    app: App, show: Show, tmp_path: Path
) -> None:
    page = show(a_sent_quotation(app).id)
    page.ask_accept()
    (panel,) = page.findChildren(AcceptPanel)
    copy = tmp_path / "po.pdf"
    copy.write_bytes(b"")
    panel.attach(copy)
    assert "po.pdf is empty" in panel.problem.text()
    assert not panel.copy.name


def test_today_lists_what_is_to_be_delivered(
    app: App, desk: Desk, qtbot: QtBot, opened: list[tuple[str, Any]]
) -> None:
    order = app.write(quotations.order, a_sent_quotation(app).number)
    app.write(orders.confirm, order.number)
    page = Today(desk)
    qtbot.addWidget(page)
    page.show()
    from PySide6.QtWidgets import QPushButton

    def links() -> list[QPushButton]:
        return [each for each in page.findChildren(QPushButton) if each.text() == order.number]

    qtbot.waitUntil(lambda: bool(links()))
    links()[0].click()
    assert opened == [("order", order.id)]
