"""Around a quotation in its page: proposal, what if, templates, options of a product."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.core.app import App
from controllers.documents import proposals, quotations, templates
from models.values.documents import SECTION, Line
from models.values.proposals import Part, Proposal
from tests.builders import a_line, a_product, a_quotation, a_sent_quotation, an_item
from tests.reports.proposals_for_tests import foreign_pdf
from tests.ui.documents.conftest import settle
from tests.ui.documents.hand import Hand
from ui.documents.panels import bundling, proposal, what_if
from ui.documents.panels import templates as panels
from ui.documents.panels.bundling import BundlePanel
from ui.documents.panels.proposal import ProposalPanel
from ui.documents.panels.proposal_parts import Placed
from ui.documents.panels.templates import KeepPanel, TakePanel
from ui.documents.panels.what_if import WhatIfPanel
from ui.documents.quotation_page import QuotationPage

pytestmark = pytest.mark.slow

Show = Callable[..., QuotationPage]
P = TypeVar("P", bound=QWidget)
D = Decimal


def panel(qtbot: QtBot, page: QuotationPage, kind: type[P]) -> P:
    qtbot.waitUntil(lambda: bool(page.findChildren(kind)))
    settle(qtbot)
    return page.findChildren(kind)[0]


# The proposal


def a_block(app: App, code: str, purpose: str, **values: Any) -> None:
    plain = {"code": code, "title": code.title(), "text": f"{code} text", "language": "id",
             "purpose": purpose}  # fmt: skip
    app.write(records.create, "text_block", plain | values)


def test_parts_are_taken_from_the_library_and_kept(app: App, show: Show, qtbot: QtBot) -> None:
    a_block(app, "ABOUT", "section")
    a_block(app, "HELLO", "letter")
    a_block(app, "ENGLISH", "section", language="en")
    page = show(a_quotation(app).id)
    proposal.show(page)
    shown = panel(qtbot, page, ProposalPanel)
    offers = {each.label: each.slot for each in shown.offers()}
    assert "Section: English" not in offers
    offers["Section: About"]()
    offers["Cover letter: Hello"]()
    shown.text.setPlainText("Written for them.")
    shown.keep()
    settle(qtbot)
    kept = app.read(proposals.of_quotation, page.session.draft.id or 0)
    assert kept.letter == Part("HELLO", text="Written for them.")
    assert kept.sections == (Part("ABOUT"),)


def test_a_file_that_cannot_be_printed_is_refused_in_the_panel(
    app: App, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    page = show(a_quotation(app).id)
    proposal.show(page)
    shown = panel(qtbot, page, ProposalPanel)
    for name, content in (("rusak.pdf", b"%PDF-1.7"), ("piagam.pdf", foreign_pdf("Piagam"))):
        (tmp_path / name).write_bytes(content)
    shown.take_file(tmp_path / "rusak.pdf", lambda _name: pytest.fail("was taken"))
    settle(qtbot)
    assert "rusak.pdf is not a readable PDF" in shown.problem.text()
    shown.take_file(
        tmp_path / "piagam.pdf",
        lambda name: shown.parts.add(Placed("appendix", Part(files=(name,)))),
    )
    qtbot.waitUntil(lambda: page.preview.paper.count == 3)
    assert not shown.problem.text()
    shown.keep()
    settle(qtbot)
    assert app.read(proposals.shown, page.session.draft.id or 0)["files"] == ["piagam.pdf"]


def said(page: QuotationPage) -> str:
    """The texts of all pages of the preview."""
    pdf = page.preview.paper.pdf
    return " ".join(pdf.getAllText(at).text() for at in range(pdf.pageCount())) if pdf else ""


def test_the_pages_follow_what_is_typed_and_fall_back_when_it_is_cancelled(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    proposal.show(page)
    shown = panel(qtbot, page, ProposalPanel)
    shown.parts.add(Placed("letter", Part()))
    qtbot.keyClicks(shown.text, "Dengan hormat kami tawarkan")
    qtbot.waitUntil(lambda: "Dengan hormat kami tawarkan" in said(page))
    shown.close_panel()
    qtbot.waitUntil(lambda: "Dengan hormat kami tawarkan" not in said(page))


def test_texts_of_lines_are_translated_beside_them(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app, an_item()).id)
    proposal.show(page)
    shown = panel(qtbot, page, ProposalPanel)
    assert shown.translations.isHidden()
    shown.second.setCurrentIndex(shown.second.findData("en"))
    model = shown.translations.model
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    model.setData(model.index(0, 1), "Fitting at your site")
    qtbot.waitUntil(lambda: "Fitting at your site" in said(page))
    shown.keep()
    settle(qtbot)
    kept = app.read(proposals.of_quotation, page.session.draft.id or 0)
    assert kept.translations == (("Installation on site", "Fitting at your site"),)


def test_what_somebody_else_kept_meanwhile_is_not_overwritten_unasked(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    key = page.session.draft.id or 0
    proposal.show(page)
    shown = panel(qtbot, page, ProposalPanel)
    app.write(proposals.keep, key, Proposal(letter=Part(text="Theirs")))
    shown.parts.add(Placed("letter", Part(text="Mine")))
    shown.keep()
    qtbot.waitUntil(lambda: not shown.theirs.isHidden())
    assert "meanwhile; keep yours or take theirs" in shown.problem.text()
    assert app.read(proposals.of_quotation, key).letter == Part(text="Theirs")
    shown.keep()
    settle(qtbot)
    assert app.read(proposals.of_quotation, key).letter == Part(text="Mine")


def test_parts_move_among_their_kind_and_are_taken_out(app: App, show: Show, qtbot: QtBot) -> None:
    draft = a_quotation(app)
    sections = (Part(title="One"), Part(title="Two"))
    app.write(proposals.keep, draft.id or 0, Proposal(letter=Part(text="Hi"), sections=sections))
    page = show(draft.id)
    proposal.show(page)
    parts = panel(qtbot, page, ProposalPanel).parts
    parts.setCurrentIndex(parts.model().index(1, 0))
    parts.shift(-1)
    assert [each.part.title for each in parts.all()] == ["", "One", "Two"]
    parts.shift(1)
    assert [each.part.title for each in parts.all()] == ["", "Two", "One"]
    parts.take_out()
    assert [each.part.title for each in parts.all()] == ["", "Two"]


def test_a_sent_proposal_can_be_looked_at_alone(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_sent_quotation(app).id)
    proposal.show(page)
    shown = panel(qtbot, page, ProposalPanel)
    assert not shown._add.isEnabled()
    assert not any(each.property("role") == "primary" for each in shown.findChildren(QWidget))


# What if


def test_what_if_shows_figures_and_approval_and_keeps_them_on_request(
    app: App, show: Show, qtbot: QtBot
) -> None:
    rule = {"name": "Discount", "measure": "discount_percent", "threshold": D(10),
            "approver_role": "sales_manager"}  # fmt: skip
    app.write(records.create, "approval_rule", rule)
    page = show(a_quotation(app, a_line(app, quantity="12")).id)
    what_if.show(page)
    shown = panel(qtbot, page, WhatIfPanel)
    assert shown.approval.text() == "It would need no approval."
    before = page.session.draft
    shown.try_out(discount_percent=D(15), quantity=D(20))
    qtbot.waitUntil(lambda: shown.answer is not None and shown.answer.after.totals.discount > 0)
    assert "It would need approval by" in shown.approval.text()
    assert shown.answer is not None
    assert shown.answer.after.totals.subtotal == 20 * 4_890_000
    assert page.session.draft == before
    shown.keep()
    assert page.session.draft.discount_percent == 15
    assert page.session.draft.lines[0].quantity == 20


def test_what_is_thrown_away_changes_nothing(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    what_if.show(page)
    shown = panel(qtbot, page, WhatIfPanel)
    shown.try_out(discount_percent=D(15))
    shown.close_panel()
    settle(qtbot)
    assert page.session.draft.discount_percent == 0
    assert not page.session.is_dirty


def test_another_currency_is_tried_with_its_own_prices(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app, an_item("1000")).id)
    what_if.show(page)
    shown = panel(qtbot, page, WhatIfPanel)
    shown.try_out(currency="USD", tax="none")
    qtbot.waitUntil(lambda: shown.answer is not None and shown.answer.after.draft.currency == "USD")
    assert shown.answer is not None
    assert shown.answer.after.totals.total == 1000


def test_what_cannot_be_reckoned_is_said(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    what_if.show(page)
    shown = panel(qtbot, page, WhatIfPanel)
    shown.try_out(discount_percent=D(150))
    qtbot.waitUntil(lambda: bool(shown.problem.text()))
    assert not shown._keep.isEnabled()


# Templates


def test_a_quotation_becomes_a_template_and_a_section_is_taken_from_one(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app, Line(SECTION, description="Service"), an_item()).id)
    panels.ask_name(page)
    keep = panel(qtbot, page, KeepPanel)
    keep.title.setText("Service")
    keep.part.setCurrentIndex(1)
    keep.keep()
    settle(qtbot)
    assert len(app.read(templates.content, "Service")["lines"]) == 2
    panels.choose(page)
    panel(qtbot, page, TakePanel).take()
    settle(qtbot)
    assert [each.kind for each in page.session.draft.lines].count("section") == 2


def test_a_new_quotation_begins_from_a_template(
    app: App, show: Show, qtbot: QtBot, opened: list[tuple[str, Any]]
) -> None:
    app.write(templates.save, "Pumps", a_quotation(app, a_line(app, quantity="12")).id or 0)
    page = show(template=True)
    shown = panel(qtbot, page, TakePanel)
    shown.take()
    assert shown.problem.text() == "Choose the customer first."
    page.session.set_account("ALFKI")
    settle(qtbot)
    shown.take()
    qtbot.waitUntil(lambda: bool(opened))
    assert app.read(quotations.show, opened[0][1]).lines[0].quantity == 12


# Options


def test_a_product_with_options_asks_for_them_and_becomes_its_lines(
    app: App, show: Show, qtbot: QtBot
) -> None:
    a_product(app, "PCSET", components="PUMP12 = 2",
              configuration="A: Salt water; +100000\nB: Hot water; excludes A")  # fmt: skip
    page = show(account="ALFKI")
    Hand(qtbot, page).type("2*pcset").enter().settle()
    shown = panel(qtbot, page, BundlePanel)
    for box in shown.boxes.values():
        box.setChecked(True)
    assert shown.problem.text() == "Hot water does not go with Salt water; choose one of them."
    assert not shown._put.isEnabled()
    shown.boxes["B"].setChecked(False)
    shown.put()
    lines = page.session.draft.lines
    assert [(each.kind, each.quantity) for each in lines] == [
        ("section", 0), ("product", 4), ("item", 2),
    ]  # fmt: skip
    page.undo()
    assert [each.sku for each in page.session.draft.lines] == ["PCSET"]


def test_a_product_without_options_asks_nothing(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    bundling.show(page, 0)
    settle(qtbot)
    assert not page.findChildren(BundlePanel)
