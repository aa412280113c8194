"""Two revisions beside each other: lines, prices, figures and terms."""

from dataclasses import replace
from decimal import Decimal

import pytest

from controllers.core.app import App
from controllers.documents import comparison, quotations, revisions
from models.rules.pricing import price_document
from models.values.documents import ITEM, NO_TAX, Draft, Line
from models.values.errors import NotFoundError
from tests.builders import a_line, a_sent_quotation

D = Decimal


def _item(text: str, price: int, quantity: int = 1) -> Line:
    return Line(ITEM, description=text, quantity=D(quantity), unit_price=D(price), pinned=True)


def _compared(before: Draft, after: Draft) -> comparison.Comparison:
    return comparison.compared(price_document(before, NO_TAX), price_document(after, NO_TAX))


BEFORE = Draft(currency="IDR", lines=(_item("A", 100), _item("B", 200), _item("C", 300)))


def test_a_draft_is_the_same_as_itself() -> None:
    found = _compared(BEFORE, BEFORE)
    assert found.is_same
    assert [each.how for each in found.lines] == ["same"] * 3


def test_lines_are_added_removed_and_changed_where_they_stand() -> None:
    lines = (_item("A", 100), _item("new", 50), _item("C", 300, 2))
    found = _compared(BEFORE, replace(BEFORE, lines=lines))
    told = [(each.how, each.difference) for each in found.lines]
    assert told == [("same", D(0)), ("changed", D(-150)), ("changed", D(300))]
    assert found.lines[2].fields == ("quantity",)


def test_differences_of_lines_add_up_to_that_of_the_subtotal() -> None:
    lines = (_item("C", 300), _item("X", 7, 3), replace(_item("A", 90), optional=True))
    found = _compared(BEFORE, replace(BEFORE, lines=lines))
    (subtotal,) = (each for each in found.figures if each.name == "subtotal")
    assert sum(each.difference for each in found.lines) == subtotal.after - subtotal.before


def test_terms_that_differ_are_named_with_both_sides() -> None:
    found = _compared(BEFORE, replace(BEFORE, payment_term="net_30", discount_percent=D(10)))
    assert [(each.name, each.before, each.after) for each in found.head] == [
        ("payment_term", "", "net_30"), ("discount_percent", D(0), D(10)),
    ]  # fmt: skip
    assert ("total", D(600), D(540)) in [(e.name, e.before, e.after) for e in found.figures]


def test_revisions_are_compared_with_their_margin(app: App) -> None:
    sent = a_sent_quotation(app, a_line(app, quantity="2"))
    draft = app.write(revisions.revise, sent.number)
    app.write(quotations.save, draft.with_line(0, replace(draft.lines[0], discount_percent=D(10))))
    found = app.read(comparison.compare, sent.number, 1, 2)
    assert [each.how for each in found.lines] == ["changed"]
    assert "margin_percent" in [each.name for each in found.figures]


def test_a_revision_that_is_not_there_is_named(app: App) -> None:
    sent = a_sent_quotation(app)
    with pytest.raises(NotFoundError, match="it has 1"):
        app.read(comparison.compare, sent.number, 1, 2)
