"""The page around the lines: saving, conflicts, crashes, steps and accessibility."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.core.app import App
from controllers.documents import outbox, quotations
from models.values.documents import SECTION, Line
from tests.builders import a_line, a_quotation, a_sent_quotation
from tests.ui.documents.hand import CTRL, Hand
from ui.documents import handing
from ui.documents.line_grid import columns as at
from ui.documents.panels.conflict import ConflictPanel
from ui.documents.panels.declining import DeclinePanel
from ui.documents.panels.sending import SendPanel
from ui.documents.quotation_page import QuotationPage
from ui.kit.desk import Desk

Show = Callable[..., QuotationPage]
D = Decimal
K = Qt.Key


def _change(page: QuotationPage, quantity: int = 7) -> None:
    page.session.do(lambda editor: editor.set_quantity(0, D(quantity)))


def test_ctrl_s_saves_what_is_being_typed_too(app: App, show: Show, qtbot: QtBot) -> None:
    draft = a_quotation(app)
    page = show(draft.id)
    page.grid.edit_cell(0, at.QUANTITY)
    hand = Hand(qtbot, page).type("12")
    hand.press(K.Key_S, CTRL).settle()
    qtbot.waitUntil(lambda: not page.is_dirty)
    assert app.read(quotations.show, draft.id or 0).lines[0].quantity == D(12)


def test_a_new_quotation_gets_its_id_when_it_is_saved(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(account="ALFKI")
    page.grid.write_on()
    hand = Hand(qtbot, page).type("2*PUMP12").enter()
    hand.press(K.Key_S, CTRL).settle()
    qtbot.waitUntil(lambda: page.record_id is not None)
    assert app.read(quotations.show, page.record_id or 0).lines[0].sku == "PUMP12"


def test_a_new_quotation_offers_its_next_step_and_a_hint(show: Show) -> None:
    page = show()
    names = [each.accessibleName() for each in page.top.findChildren(QPushButton)]
    assert "Send by e-mail" in names
    assert "Ctrl+V" in page.hint.text()


def test_a_narrow_window_begins_without_the_preview(desk: Desk, qtbot: QtBot) -> None:
    page = QuotationPage(desk, "quotation", None, {})
    qtbot.addWidget(page)
    page.resize(830, 560)
    page.show()
    qtbot.waitUntil(lambda: page.session.is_loaded)
    assert page.preview.isHidden()
    page.toggle_preview()
    qtbot.waitUntil(lambda: page.preview.paper.count == 1)


def test_saving_without_a_customer_says_so_at_the_field(show: Show, qtbot: QtBot) -> None:
    page = show()
    page.grid.write_on()
    Hand(qtbot, page).type("2*PUMP12").enter().press(K.Key_S, CTRL).settle()
    qtbot.waitUntil(lambda: not page.notice.isHidden())
    assert "customer" in page.notice.text
    assert page.header.fields["account"].property("wrong")
    assert page.session.draft.lines[0].sku == "PUMP12"


def test_a_refusal_numbers_lines_as_the_screen_does(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app, Line(SECTION, description="Barang"), a_line(app)).id)
    page.session.do(lambda editor: editor.insert(2, [Line(description="Kursi")]))
    page.save()
    qtbot.waitUntil(lambda: not page.notice.isHidden())
    assert page.notice.text.startswith("Line 2:")
    assert page.grid.currentIndex().row() == 2
    assert page.is_dirty


def _panel(page: QuotationPage, qtbot: QtBot) -> ConflictPanel:
    qtbot.waitUntil(lambda: bool(page.findChildren(ConflictPanel)))
    (panel,) = page.findChildren(ConflictPanel)
    return panel


def test_what_both_changed_is_asked_and_the_rest_kept(app: App, show: Show, qtbot: QtBot) -> None:
    draft = a_quotation(app, a_line(app), a_line(app, "FAN1", "2"))
    page = show(draft.id)
    _change(page)
    page.session.set_field("subject", "Mine")
    theirs = app.read(quotations.show, draft.id or 0)
    app.write(quotations.save, replace(theirs, subject="Theirs", delivery_term="Franco"))
    page.save()
    panel = _panel(page, qtbot)
    assert [(each.field, each.before, each.theirs) for each in panel.met.clashes] == [
        ("subject", "", "Theirs")
    ]
    assert "kept: Delivery." in " ".join(each.text() for each in panel.findChildren(QLabel))
    panel.take()
    Hand(qtbot, page).settle()
    qtbot.waitUntil(lambda: not page.is_dirty)
    saved = app.read(quotations.show, draft.id or 0)
    assert (saved.subject, saved.delivery_term) == ("Mine", "Franco")
    assert saved.lines[0].quantity == D(7)


def test_changes_that_do_not_clash_stand_together_and_are_told(
    app: App, show: Show, qtbot: QtBot
) -> None:
    draft = a_quotation(app, a_line(app), a_line(app, "FAN1", "2"))
    page = show(draft.id)
    _change(page)
    theirs = app.read(quotations.show, draft.id or 0)
    app.write(quotations.save, theirs.with_line(1, replace(theirs.lines[1], quantity=D(9))))
    page.save()
    qtbot.waitUntil(lambda: "stands beside your changes" in page.notice.text)
    assert [line.quantity for line in page.session.draft.lines] == [D(7), D(9)]
    page.save()
    Hand(qtbot, page).settle()
    saved = app.read(quotations.show, draft.id or 0)
    assert [line.quantity for line in saved.lines] == [D(7), D(9)]


def test_who_types_hears_at_once_that_somebody_saved(app: App, show: Show, qtbot: QtBot) -> None:
    draft = a_quotation(app)
    page = show(draft.id)
    _change(page)
    theirs = app.read(quotations.show, draft.id or 0)
    app.write(quotations.save, replace(theirs, subject="Theirs"))
    qtbot.waitUntil(lambda: "just saved" in page.notice.text)
    page.notice.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: page.session.draft.subject == "Theirs")
    assert page.session.draft.lines[0].quantity == D(7)


def test_a_line_taken_from_the_other_version_is_one_step_of_undo(
    app: App, show: Show, qtbot: QtBot
) -> None:
    draft = a_quotation(app, a_line(app), a_line(app, "FAN1", "2"))
    page = show(draft.id)
    _change(page)
    mine = page.session.draft.lines
    theirs = app.read(quotations.show, draft.id or 0)
    app.write(quotations.save, theirs.with_line(0, replace(theirs.lines[0], quantity=D(9))))
    page.save()
    panel = _panel(page, qtbot)
    panel.choose(mine=False)
    panel.take()
    Hand(qtbot, page).settle()
    assert [line.quantity for line in page.session.draft.lines] == [D(9), D(2)]
    page.undo()
    assert page.session.draft.lines == mine


def test_typing_survives_a_crash(app: App, desk: Desk, show: Show, qtbot: QtBot) -> None:
    draft = a_quotation(app)
    page = show(draft.id)
    _change(page)
    qtbot.waitUntil(lambda: len(desk.drafts.all()) == 1)
    (kept,) = desk.drafts.all()
    assert kept.content["record_id"] == draft.id
    again = show(draft.id)
    again.take_draft(kept)
    Hand(qtbot, again).settle()
    qtbot.waitUntil(lambda: again.session.draft.lines[0].quantity == D(7))
    assert again.is_dirty
    again.save()
    Hand(qtbot, again).settle()
    qtbot.waitUntil(lambda: desk.drafts.all() == [])
    assert app.read(quotations.show, draft.id or 0).lines[0].quantity == D(7)


def test_typing_that_survived_a_crash_overwrites_nobody(
    app: App, desk: Desk, show: Show, qtbot: QtBot
) -> None:
    draft = a_quotation(app)
    page = show(draft.id)
    _change(page)
    qtbot.waitUntil(lambda: len(desk.drafts.all()) == 1)
    (kept,) = desk.drafts.all()
    theirs = app.read(quotations.show, draft.id or 0)
    app.write(quotations.save, replace(theirs, subject="Theirs"))
    again = show(draft.id)
    again.take_draft(kept)
    Hand(qtbot, again).settle()
    qtbot.waitUntil(lambda: again.session.draft.lines[0].quantity == D(7))
    again.save()
    qtbot.waitUntil(lambda: "Subject" in again.notice.text)
    draft_now = again.session.draft
    assert (draft_now.subject, draft_now.lines[0].quantity) == ("Theirs", D(7))


def test_a_new_quotation_survives_a_crash(desk: Desk, show: Show, qtbot: QtBot) -> None:
    page = show(account="ALFKI")
    page.grid.write_on()
    Hand(qtbot, page).type("2*PUMP12").enter().settle()
    page.keep_draft()
    (kept,) = desk.drafts.all()
    again = show()
    again.take_draft(kept)
    Hand(qtbot, again).settle()
    qtbot.waitUntil(lambda: bool(again.session.draft.lines))
    assert again.session.draft.account == "ALFKI"
    assert again.is_dirty


def test_sending_asks_for_the_address_and_issues(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    Hand(qtbot, page).press(K.Key_Return, CTRL).settle()
    qtbot.waitUntil(lambda: bool(page.findChildren(SendPanel)))
    (panel,) = page.findChildren(SendPanel)
    assert panel.address.text() == "maria@alfki.example"
    assert "mail server" in panel.problem.text()
    page.issue()
    qtbot.waitUntil(lambda: page.session.draft.state == "sent")
    assert page.session.draft.number
    assert not page.session.is_editable
    assert page.header.fields["subject"].isReadOnly()


def test_an_issued_quotation_is_accepted_and_its_order_offered(
    app: App, show: Show, qtbot: QtBot, opened: list[tuple[str, Any]]
) -> None:
    page = show(a_sent_quotation(app).id)
    hand = Hand(qtbot, page).press(K.Key_Return, CTRL).press(K.Key_Return, CTRL).settle()
    qtbot.waitUntil(lambda: page.session.draft.state == "accepted")
    hand.settle().press(K.Key_F2)
    assert page.session.shown is not None
    assert opened == [("order", page.session.shown.order)]


def test_declining_asks_the_reason_beside_the_work(app: App, show: Show, qtbot: QtBot) -> None:
    draft = a_sent_quotation(app)
    page = show(draft.id)
    page.ask_reason()
    (panel,) = page.findChildren(DeclinePanel)
    Hand(qtbot, page)
    panel.reason.setText("Too dear by a tenth")
    panel.lost.show_code("price")
    panel.decline()
    qtbot.waitUntil(lambda: page.session.draft.state == "declined")
    assert app.read(quotations.shown, draft.id or 0).decision_note == "Too dear by a tenth"
    assert app.read(records.show, "quotation", draft.id or 0).values["lost_reason"] == "price"


def test_a_copy_of_an_issued_quotation_is_a_new_draft(
    app: App, show: Show, qtbot: QtBot, opened: list[tuple[str, Any]]
) -> None:
    page = show(a_sent_quotation(app).id)
    page.copy()
    qtbot.waitUntil(lambda: bool(opened))
    kind, record_id = opened[0]
    assert kind == "quotation"
    assert app.read(quotations.show, record_id).state == "draft"


def test_a_mail_file_and_a_chat_are_opened_by_the_programs_of_the_computer(
    app: App, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[QUrl] = []
    monkeypatch.setattr(handing, "open_address", seen.append)
    monkeypatch.setattr(handing, "folder", lambda: tmp_path / "chat")
    app.write(records.change, "contact", "maria", {"phone": "+62 812 3456 7890"})
    page = show(a_sent_quotation(app).id)
    page.send_file()
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert b"maria@alfki.example" in Path(seen[0].toLocalFile()).read_bytes()
    page.send_whatsapp()
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert seen[2].host() == "wa.me"
    assert list((tmp_path / "chat").glob("*.pdf"))


def test_an_unsure_mail_waits_for_a_decision(app: App, show: Show, qtbot: QtBot) -> None:
    draft = a_sent_quotation(app)

    def unsure(uow: Any) -> None:
        outbox.add(uow, document="quotation", document_id=draft.id, recipient="x@y.example",
                   subject="s", body="b", archive_id=None)  # fmt: skip
        uow.connection.exec_driver_sql("UPDATE outbox SET state = 'unsure'")

    app.write(unsure)
    page = show(draft.id)
    assert not page.mails.isHidden()
    entry = page.session.mails[0]["id"]
    page.mails._decide(entry, again=False)
    qtbot.waitUntil(lambda: page.session.mails[0]["state"] == "sent")


def test_somebody_elses_change_is_shown_while_nothing_is_typed(
    app: App, show: Show, qtbot: QtBot
) -> None:
    draft = a_quotation(app)
    page = show(draft.id)
    app.write(quotations.save, replace(draft, subject="New subject"))
    qtbot.waitUntil(lambda: page.session.draft.subject == "New subject")


def test_an_order_without_stock_says_why_and_stays(app: App, show_order: Any, qtbot: QtBot) -> None:
    quotation = a_sent_quotation(app, a_line(app, "FAN1", "50"))
    page = show_order(app.write(quotations.order, quotation.id or 0).id)
    page.next_step()
    qtbot.waitUntil(lambda: not page.notice.isHidden())
    assert "FAN1" in page.notice.text
    assert page.session.draft.state == "draft"


def _nameless(root: QWidget) -> list[str]:
    """What the accessibility tree shows without a name."""
    wanted = (QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.ComboBox,
              QAccessible.Role.Table)  # fmt: skip
    missing = []
    for each in [root, *root.findChildren(QWidget)]:
        if not each.isVisibleTo(root) or each.objectName().startswith("qt_"):
            continue
        found = QAccessible.queryAccessibleInterface(each)
        if found and found.role() in wanted and not found.text(QAccessible.Text.Name):
            missing.append(type(each).__name__)
    return missing


def test_every_control_has_an_accessible_name(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    page.toggle_more()
    page.toggle_texts()
    page.toggle_why()
    assert _nameless(page) == []


def test_the_desk_of_a_person_without_costs_hides_margins(app: App, desk: Desk, show: Show) -> None:
    desk.preferences.set("hide_restricted", True)
    page = show(a_quotation(app).id)
    assert page.grid.isColumnHidden(at.MARGIN)
    assert not any(each.label.startswith("Margin") for each in page.totals.sums)
