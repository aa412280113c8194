"""Lines typed as a person types them, over a catalogue of thousands."""

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import quotations
from models.values.documents import ITEM, NOTE, PRODUCT, SECTION
from tests.builders import a_line, a_quotation
from tests.ui.documents.hand import ESC, TAB, Hand
from ui.documents.line_grid import columns as at
from ui.documents.quotation_page import QuotationPage

pytestmark = pytest.mark.slow

Show = Callable[..., QuotationPage]
D = Decimal
TEN = tuple((f"{code}{number:04}", quantity) for code, number, quantity in (
    ("KE", 8, 12), ("TI", 17, 3), ("TO", 26, 1), ("LA", 35, 2), ("ME", 44, 5), ("KU", 53, 6),
    ("LA", 62, 24), ("KA", 71, 100), ("KE", 80, 7), ("TI", 89, 9),
))  # fmt: skip


def test_ten_right_lines_need_fewer_keys_than_the_prototype(show: Show, qtbot: QtBot) -> None:
    page = show(account="ALFKI")
    page.grid.write_on()
    hand = Hand(qtbot, page)
    start = time.monotonic()
    for sku, quantity in TEN:
        number = sku.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        typed = number if quantity == 1 else f"{quantity}*{number}"
        hand.type(typed).enter()
        if quantity == 1:
            hand.enter()
    hand.settle()
    seconds = time.monotonic() - start
    lines = page.session.draft.lines
    assert [(line.sku, line.quantity) for line in lines] == [(s, D(q)) for s, q in TEN]
    assert hand.count < 93
    assert seconds < 60


def test_product_enter_quantity_enter_goes_to_the_next_line(show: Show, qtbot: QtBot) -> None:
    page = show(account="ALFKI")
    page.grid.write_on()
    hand = Hand(qtbot, page)
    for sku, quantity in TEN:
        hand.type(sku).settle().enter().settle().type(str(quantity)).enter().settle()
    lines = page.session.draft.lines
    assert [(line.sku, line.quantity) for line in lines] == [(s, D(q)) for s, q in TEN]
    assert page.grid.entry.is_at(10, at.PRODUCT)


def test_everything_typed_ahead_of_the_answers_arrives(show: Show, qtbot: QtBot) -> None:
    page = show(account="ALFKI")
    page.grid.write_on()
    hand = Hand(qtbot, page)
    for sku, quantity in TEN:
        hand.type(sku).enter().type(str(quantity)).enter()
    hand.settle()
    lines = page.session.draft.lines
    assert [(line.sku, line.quantity) for line in lines] == [(s, D(q)) for s, q in TEN]


def test_a_new_quotation_from_customer_to_line_without_waiting(show: Show, qtbot: QtBot) -> None:
    page = show()
    hand = Hand(qtbot, page)
    hand.type("alfreds").enter().type("3*PUMP12").enter().settle()
    draft = page.session.draft
    assert (draft.account, draft.price_list) == ("ALFKI", "Dealers")
    assert [(line.sku, line.quantity) for line in draft.lines] == [("PUMP12", D(3))]


def test_what_nobody_knows_is_kept_when_typing_went_on(show: Show, qtbot: QtBot) -> None:
    page = show(account="ALFKI")
    page.grid.write_on()
    Hand(qtbot, page).type("XYZZY").enter().type("4").enter().type("PUMP12").enter().settle()
    lost, pump = page.session.draft.lines[:2]
    assert (lost.kind, lost.product, lost.description) == (PRODUCT, None, "XYZZY")
    assert pump.sku == "PUMP12"
    assert page.grid.lines.is_lost(0)


def test_nothing_found_says_so_and_a_second_enter_makes_a_free_item(
    show: Show, qtbot: QtBot
) -> None:
    page = show(account="ALFKI")
    page.grid.write_on()
    hand = Hand(qtbot, page).type("Ongkos kirim").enter().settle()
    assert "Ongkos kirim" in page.hint.text()
    assert page.session.draft.lines == ()
    hand.enter().type("2").enter().type("50000").enter().settle()
    (line,) = page.session.draft.lines
    assert (line.kind, line.quantity, line.unit_price) == (ITEM, D(2), D(50_000))
    assert page.grid.entry.is_at(1, at.PRODUCT)


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [("# Barang", SECTION, "Barang"), ("//Stok tidak mengikat", NOTE, "Stok tidak mengikat"),
     ("+Jasa", ITEM, "Jasa")],
)  # fmt: skip
def test_a_mark_says_what_kind_of_line_it_is(
    show: Show, qtbot: QtBot, typed: str, kind: str, text: str
) -> None:
    page = show(account="ALFKI")
    page.grid.write_on()
    Hand(qtbot, page).type(typed).enter().settle()
    (line,) = page.session.draft.lines
    assert (line.kind, line.description) == (kind, text)


def test_a_question_mark_makes_the_line_optional(show: Show, qtbot: QtBot) -> None:
    page = show(account="ALFKI")
    page.grid.write_on()
    Hand(qtbot, page).type("?2*PUMP12").enter().settle()
    (line,) = page.session.draft.lines
    assert (line.optional, line.quantity) == (True, D(2))
    assert page.session.priced.totals.total == 0
    assert page.session.priced.totals.optional > 0


def test_a_wrong_figure_stays_in_its_cell_and_is_explained(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    page.grid.edit_cell(0, at.QUANTITY)
    hand = Hand(qtbot, page).type("12x").enter()
    assert page.grid.entry.is_at(0, at.QUANTITY)
    assert page.grid.entry.edit.text() == "12x"
    assert "12x" in page.hint.text()
    hand.press(ESC)
    assert page.session.draft.lines[0].quantity == D(1)
    assert not page.grid.entry.is_open


def test_tab_goes_over_the_cells_that_can_be_typed_into_and_wraps(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    page.grid.go_to(0, at.PRODUCT)
    hand = Hand(qtbot, page)
    seen = []
    for _turn in range(7):
        hand.press(TAB)
        index = page.grid.currentIndex()
        seen.append((index.row(), index.column()))
    assert seen == [
        (0, at.QUANTITY), (0, at.UNIT), (0, at.PRICE), (0, at.DISCOUNT), (1, at.PRODUCT),
        (0, at.PRODUCT), (0, at.QUANTITY),
    ]  # fmt: skip


def test_typing_over_a_product_chooses_another_and_keeps_the_quantity(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app, a_line(app, quantity="3")).id)
    page.grid.go_to(0, at.PRODUCT)
    Hand(qtbot, page).type("FAN1").settle().enter().settle()
    (line,) = page.session.draft.lines
    assert (line.sku, line.quantity) == ("FAN1", D(3))


def test_a_unit_is_offered_and_changes_the_price(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    before = page.session.draft.lines[0].unit_price
    page.grid.edit_cell(0, at.UNIT)
    Hand(qtbot, page).type("b").enter().settle()
    line = page.session.draft.lines[0]
    assert (line.unit, line.factor) == ("box", D(12))
    assert line.unit_price > before


def test_a_blank_row_takes_what_is_typed_in_any_column(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    page.grid.go_to(0, at.QUANTITY)
    Hand(qtbot, page).press(Qt.Key.Key_Down).type("FAN1").enter().settle()
    assert page.session.draft.lines[1].sku == "FAN1"


def test_opening_another_cell_takes_over_what_is_typed_in_the_first(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app, a_line(app), a_line(app, "FAN1")).id)
    page.grid.edit_cell(0, at.QUANTITY)
    hand = Hand(qtbot, page).type("5")
    page.grid.edit_cell(1, at.QUANTITY)
    assert page.session.draft.lines[0].quantity == D(5)
    hand.type("x")
    page.grid.edit_cell(0, at.QUANTITY)
    assert page.grid.entry.is_at(1, at.QUANTITY)
    assert page.grid.entry.edit.text() == "x"


def test_what_is_being_typed_survives_somebody_elses_change(
    app: App, show: Show, qtbot: QtBot
) -> None:
    draft = a_quotation(app)
    page = show(draft.id)
    page.grid.edit_cell(0, at.QUANTITY)
    hand = Hand(qtbot, page).type("5")
    app.write(quotations.save, replace(draft, subject="Theirs"))
    hand.settle()
    assert page.grid.entry.edit.text() == "5"
    hand.enter()
    assert page.session.draft.lines[0].quantity == D(5)


def test_a_longer_figure_makes_its_column_wider(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    before = page.grid.columnWidth(at.AMOUNT)
    page.session.do(lambda editor: editor.set_quantity(0, D(99_000)))
    qtbot.waitUntil(lambda: page.grid.columnWidth(at.AMOUNT) > before)
