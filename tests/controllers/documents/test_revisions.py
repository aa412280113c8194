"""Revisions: kept as they were sent, one number for all, one of them accepted."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import handover, orders, quotations, revisions
from controllers.system.integrity import problems
from models.values.documents import Draft
from models.values.errors import DomainError, NotFoundError
from models.values.records import ListQuery
from tests.builders import a_line, a_quotation, a_sent_quotation

D = Decimal


def _revised(app: App, sent: Draft, quantity: int = 3) -> Draft:
    """A second revision of a sent quotation with another quantity, sent."""
    draft = app.write(revisions.revise, sent.number, "Wants more")
    line = replace(draft.lines[0], quantity=D(quantity))
    draft = app.write(quotations.save, draft.with_line(0, line))
    return app.write(quotations.send, draft.number)


def test_a_revision_bears_the_number_and_keeps_what_was_sent(app: App) -> None:
    sent = a_sent_quotation(app)
    paper = app.read(handover.pdf, "quotation", sent.id or 0)
    second = _revised(app, sent)
    assert (second.number, second.revision, second.state) == (sent.number, 2, "sent")
    assert app.read(quotations.show, sent.number).lines[0].quantity == D(3)
    old = app.read(quotations.show, sent.id or 0)
    assert (old.number, old.revision, old.state) == (sent.number, 1, "replaced")
    assert app.read(handover.pdf, "quotation", sent.id or 0) == paper
    assert app.write(problems) == []


def test_all_revisions_are_listed_the_newest_first(app: App) -> None:
    sent = a_sent_quotation(app)
    second = _revised(app, sent)
    found = app.read(revisions.revisions, sent.number)
    assert [(each.id, each.revision, each.state, each.note, each.holds) for each in found] == [
        (second.id, 2, "sent", "Wants more", True), (sent.id, 1, "replaced", "", False),
    ]  # fmt: skip


def test_lists_show_the_revision_that_holds_alone(app: App) -> None:
    _revised(app, a_sent_quotation(app))
    page = app.listing.first_page(ListQuery("quotation"))
    assert len(page.rows) == 1


def test_offered_prices_stay_though_the_book_has_others_by_now(app: App) -> None:
    sent = a_sent_quotation(app)
    offered = sent.lines[0].unit_price
    app.write(records.change, "product", "PUMP12", {"list_price": offered * 2})
    line = app.write(revisions.revise, sent.number).lines[0]
    assert (line.unit_price, line.pinned) == (offered, True)
    assert sent.number in line.price_reason


def test_a_revision_is_open_as_long_as_the_one_before(app: App) -> None:
    sent = a_sent_quotation(app, valid_until=dt.date(2026, 11, 27), date=dt.date(2026, 11, 13))
    draft = app.write(revisions.revise, sent.number)
    assert (draft.date, draft.valid_until) == (dt.date(2026, 11, 20), dt.date(2026, 12, 4))


def test_a_draft_has_nothing_to_revise(app: App) -> None:
    draft = a_quotation(app)
    with pytest.raises(DomainError, match="cannot become replaced"):
        app.write(revisions.revise, draft.id or 0)


def test_an_unsent_revision_is_taken_back(app: App) -> None:
    sent = a_sent_quotation(app)
    app.write(revisions.revise, sent.number)
    back = app.write(revisions.take_back, sent.number)
    assert (back.id, back.state, back.number) == (sent.id, "sent", sent.number)
    third = app.write(revisions.revise, sent.number)
    assert third.revision == 3
    assert app.write(problems) == []


def test_only_an_unsent_revision_can_be_taken_back(app: App) -> None:
    sent = a_sent_quotation(app)
    with pytest.raises(DomainError, match="no unsent revision"):
        app.write(revisions.take_back, sent.number)


def test_the_accepted_revision_makes_the_order_and_the_others_are_closed(app: App) -> None:
    sent = a_sent_quotation(app, a_line(app, quantity="2"))
    second = _revised(app, sent)
    accepted = app.write(quotations.accept, sent.number, "by phone", 1)
    assert (accepted.id, accepted.state) == (sent.id, "accepted")
    order = app.write(quotations.order, sent.number)
    assert order.lines[0].quantity == D(2)
    assert app.read(orders.shown, order.number).quotation == sent.number
    assert app.read(quotations.show, second.id or 0).state == "replaced"
    with pytest.raises(DomainError):
        app.write(revisions.revise, sent.number)


def test_a_replaced_revision_is_accepted_by_its_own_id(app: App) -> None:
    sent = a_sent_quotation(app)
    _revised(app, sent)
    accepted = app.write(quotations.accept, sent.id or 0)
    assert (accepted.number, accepted.revision, accepted.state) == (sent.number, 1, "accepted")


def test_a_revision_that_never_was_cannot_be_accepted(app: App) -> None:
    sent = a_sent_quotation(app)
    with pytest.raises(NotFoundError, match="it has 1"):
        app.write(quotations.accept, sent.number, "", 7)


def test_an_accepted_quotation_is_not_accepted_in_another_revision(app: App) -> None:
    sent = a_sent_quotation(app)
    _revised(app, sent)
    app.write(quotations.accept, sent.number)
    with pytest.raises(DomainError, match="is accepted"):
        app.write(quotations.accept, sent.number, "", 1)
