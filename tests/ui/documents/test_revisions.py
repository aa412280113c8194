"""Revisions in the window: made, listed, compared, taken back, accepted."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import quotations, revisions
from models.values.documents import Draft
from tests.builders import a_line, a_sent_quotation
from ui.documents.panels import revisions as panels
from ui.documents.panels.revisions import ComparisonPanel, RevisionsPanel
from ui.documents.quotation_page import QuotationPage

Show = Callable[..., QuotationPage]
D = Decimal


def _twice(app: App) -> Draft:
    """A quotation sent in two revisions; the second."""
    sent = a_sent_quotation(app, a_line(app, quantity="2"))
    draft = app.write(revisions.revise, sent.number, "Wants more")
    line = replace(draft.lines[0], quantity=D(5))
    app.write(quotations.save, draft.with_line(0, line))
    return app.write(quotations.send, sent.number)


def _rows(panel: Any) -> list[list[str]]:
    model = panel.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_revision_is_made_and_opened(
    app: App, show: Show, qtbot: QtBot, opened: list[tuple[str, Any]]
) -> None:
    sent = a_sent_quotation(app)
    page = show(sent.id)
    page.revise()
    qtbot.waitUntil(lambda: bool(opened))
    fresh = app.read(quotations.show, sent.number)
    assert opened == [("quotation", fresh.id)]
    assert (fresh.revision, fresh.state) == (2, "draft")
    qtbot.waitUntil(lambda: page.session.draft.state == "replaced")


def test_revisions_are_listed_and_compared(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(_twice(app).id)
    panels.show(page)
    qtbot.waitUntil(lambda: bool(page.findChildren(RevisionsPanel)))
    (listed,) = page.findChildren(RevisionsPanel)
    assert [(row[0], row[1], row[4]) for row in _rows(listed)] == [
        ("2", "Sent", "Wants more"), ("1", "Replaced", ""),
    ]  # fmt: skip
    listed.compare()
    qtbot.waitUntil(lambda: bool(page.findChildren(ComparisonPanel)))
    (compared,) = page.findChildren(ComparisonPanel)
    told = {row[0]: row[3] for row in _rows(compared)}
    assert told["Pump PUMP12"] == "+15,450,000"
    assert "Margin %" in told or "Cost" in told


def test_the_first_revision_has_nothing_before_it(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(_twice(app).id)
    panels.show(page)
    qtbot.waitUntil(lambda: bool(page.findChildren(RevisionsPanel)))
    (listed,) = page.findChildren(RevisionsPanel)
    assert listed._compare.isEnabled()
    listed.table.selectRow(1)
    assert not listed._compare.isEnabled()


def test_an_earlier_revision_is_accepted_from_its_own_page(
    app: App, show: Show, qtbot: QtBot
) -> None:
    second = _twice(app)
    first = next(e for e in app.read(revisions.revisions, second.number) if e.revision == 1)
    page = show(first.id)
    page.ask_accept()
    page.next_step()
    qtbot.waitUntil(lambda: page.session.draft.state == "accepted")
    assert app.read(quotations.show, second.number).revision == 1


def test_a_revision_that_is_taken_back_gives_way(
    app: App, show: Show, qtbot: QtBot, opened: list[tuple[str, Any]]
) -> None:
    sent = a_sent_quotation(app)
    page = show(app.write(revisions.revise, sent.number).id)
    page.take_back()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened == [("quotation", sent.id)]
