"""The quotation editor without its window."""

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

import pytest

from controllers.catalogue.taxes import preset
from controllers.core import records
from controllers.core.app import App
from controllers.documents import drafting, quotations, stock
from controllers.documents.books import sku_book
from controllers.documents.editor import QuotationEditor
from controllers.documents.figures import HEAD
from controllers.documents.pasting import parse_pasted
from controllers.system import settings
from models.rules.pricing import price_document
from models.values.documents import Draft
from models.values.errors import DomainError
from models.values.formatting import Style
from models.values.reasons import BY_HAND, reason_text
from models.values.settings import Settings
from tests.builders import a_price, a_price_list, a_product, a_quotation, an_account, an_item

D = Decimal
ENGLISH = Style("en")


def product_id(editor: QuotationEditor, sku: str) -> int:
    return editor.book.by_sku[sku.casefold()].id


@pytest.fixture
def editor(app: App) -> QuotationEditor:
    """A new quotation; the book knows PUMP12 and FAN1."""
    editor = QuotationEditor(app.read(drafting.started, "ALFKI"))
    editor.join_book(app.read(sku_book, editor.draft, ["pump12", "FAN1", "nothing"]))
    return editor


def test_a_chosen_product_comes_with_price_unit_and_total(editor: QuotationEditor) -> None:
    editor.add_product(product_id(editor, "PUMP12"), D(2))
    (line,) = editor.draft.lines
    assert (line.unit, line.unit_price, line.description) == ("unit", D(5_150_000), "Pump PUMP12")
    assert editor.priced.totals.total == D(11_433_000)


def test_the_price_follows_the_quantity_until_it_is_set_by_hand(editor: QuotationEditor) -> None:
    editor.add_product(product_id(editor, "PUMP12"))
    editor.set_quantity(0, D(10))
    assert editor.draft.lines[0].unit_price == D(4_890_000)
    editor.set_price(0, D(5_000_000))
    editor.set_quantity(0, D(1))
    line = editor.draft.lines[0]
    assert (line.unit_price, line.price_reason) == (D(5_000_000), BY_HAND)
    editor.reprice([0])
    assert editor.draft.lines[0].unit_price == D(5_150_000)


def test_undo_and_redo_walk_through_the_changes(editor: QuotationEditor) -> None:
    start = editor.draft
    editor.add_product(product_id(editor, "PUMP12"))
    editor.set_quantity(0, D(3))
    assert editor.undo_label == "Change of the quantity"
    assert editor.undo()
    assert editor.draft.lines[0].quantity == D(1)
    assert editor.redo_label == "Change of the quantity"
    assert editor.redo()
    assert editor.draft.lines[0].quantity == D(3)
    while editor.undo():
        pass
    assert editor.draft == start
    assert not editor.dirty
    editor.add_note("x")
    assert not editor.redo()


def test_setting_the_same_value_is_no_step(editor: QuotationEditor) -> None:
    editor.add_product(product_id(editor, "PUMP12"))
    label = editor.undo_label
    editor.set_quantity(0, D(1))
    editor.set_field("subject", editor.draft.subject)
    assert editor.undo_label == label


def test_problems_stand_at_row_and_field_and_count_as_nothing(editor: QuotationEditor) -> None:
    editor.add_product(product_id(editor, "FAN1"))
    editor.add_product(product_id(editor, "PUMP12"))
    editor.set_quantity(1, D(-1))
    assert set(editor.problems) == {(1, "quantity")}
    assert editor.priced.totals.subtotal == D(1_000_000)
    editor.set_quantity(1, D(1))
    assert editor.problems == {}


def test_a_discount_over_the_subtotal_is_a_problem_of_the_head(editor: QuotationEditor) -> None:
    editor.add_product(product_id(editor, "FAN1"))
    editor.set_field("discount_amount", D(2_000_000))
    assert set(editor.problems) == {(HEAD, "discount_amount")}
    assert editor.priced.totals.total == D(1_110_000)


def test_lines_move_together_and_keep_their_order(editor: QuotationEditor) -> None:
    for text in "abcde":
        editor.add_item(text)

    def texts() -> str:
        return "".join(line.description for line in editor.draft.lines)

    assert editor.move([1, 3], 5) == 3
    assert texts() == "acebd"
    assert editor.move([3, 4], 0) == 0
    assert texts() == "bdace"
    assert editor.duplicate([0, 1]) == 2
    assert texts() == "bdbdace"
    editor.delete([0, 1])
    assert texts() == "bdace"
    editor.move([2], 2)
    assert editor.undo_label == "Delete"


def test_optional_lines_leave_the_total(editor: QuotationEditor) -> None:
    editor.add_product(product_id(editor, "FAN1"))
    editor.add_section("x")
    editor.toggle_optional([0, 1])
    assert editor.priced.totals.optional == D(1_000_000)
    assert editor.priced.totals.total == D(0)
    assert not editor.draft.lines[1].optional


def test_sections_notes_and_items_go_where_they_are_put(editor: QuotationEditor) -> None:
    editor.add_item("c")
    editor.add_section("a", 0)
    editor.add_note("b", 1)
    assert [line.kind for line in editor.draft.lines] == ["section", "note", "item"]
    assert editor.draft.lines[2].price_reason == BY_HAND


def test_copying_from_above_skips_texts(editor: QuotationEditor) -> None:
    editor.add_product(product_id(editor, "PUMP12"), D(4))
    editor.add_note("x")
    editor.add_product(product_id(editor, "FAN1"))
    editor.copy_from_above(2, "quantity")
    assert editor.draft.lines[2].quantity == D(4)
    editor.copy_from_above(2, "unit_price")
    assert editor.draft.lines[2].unit_price == D(5_150_000)
    editor.copy_from_above(2, "product")
    assert editor.draft.lines[2].sku == "PUMP12"


def test_a_unit_the_product_does_not_have_is_refused(editor: QuotationEditor) -> None:
    editor.add_product(product_id(editor, "PUMP12"))
    with pytest.raises(DomainError) as caught:
        editor.set_unit(0, "drum")
    assert caught.value.field == "unit"
    editor.set_unit(0, "box")
    assert editor.draft.lines[0].unit_price == D(58_680_000)


def test_what_is_said_about_a_line(app: App, editor: QuotationEditor) -> None:
    editor.add_product(product_id(editor, "PUMP12"), D(2))
    info = editor.info(0)
    assert info is not None
    assert [reason_text(each) for each in info.reasons] == [
        "list price", "Dealers: 4 890 000 is for 10 and more",
    ]  # fmt: skip
    assert (info.free, info.wanted) == (D(100), D(2))
    editor.add_note("x")
    assert editor.info(1) is None


def test_another_customer_brings_prices_currency_and_names(
    app: App, editor: QuotationEditor
) -> None:
    a_price_list(app, "KL", "MYR")
    an_account(app, "KL", price_list="KL", currency="MYR", language="en", tax="none")
    editor.add_product(product_id(editor, "PUMP12"))
    a_price(app, "KL", product="PUMP12", price=D(1500))
    ours = [line.product or 0 for line in editor.draft.lines]
    editor.set_account(app.read(drafting.started, "KL", ours))
    assert (editor.draft.currency, editor.draft.lines[0].unit_price) == ("MYR", D(1500))
    assert editor.priced.totals.tax == 0
    editor.undo()
    assert editor.priced.totals.tax > 0
    editor.set_quantity(0, D(10))
    assert editor.draft.lines[0].unit_price == D(4_890_000)


def test_another_currency_brings_its_rounding_at_once_and_undo_takes_it_back(
    app: App,
) -> None:
    app.write(lambda uow: settings.save(uow, Settings(company="PT Maju", cash_rounding=True)))
    editor = QuotationEditor(app.read(drafting.started, "ALFKI"))
    editor.insert(0, [an_item("10.03")])
    editor.set_tax(app.read(preset, "none", editor.draft.date))
    assert editor.priced.totals.total == D(10)
    ringgit = replace(editor.draft, currency="MYR", price_list="")
    editor.set_price_list(app.read(drafting.opened, ringgit))
    assert (editor.priced.totals.total, editor.priced.totals.rounding) == (D("10.05"), D("0.02"))
    editor.undo()
    assert (editor.priced.totals.total, editor.priced.totals.rounding) == (D(10), D(0))
    editor.redo()
    assert editor.priced.totals.total == D("10.05")


def test_stock_that_changed_elsewhere_is_told_and_survives_undo(
    app: App, editor: QuotationEditor
) -> None:
    pump = product_id(editor, "PUMP12")
    editor.add_product(pump)
    assert editor.renew_stock(app.read(stock.now, [pump])) is False
    app.write(records.change, "product", "PUMP12", {"stock": D(7)})
    assert editor.renew_stock(app.read(stock.now, [pump])) is True
    editor.set_quantity(0, D(2))
    editor.undo()
    info = editor.info(0)
    assert info is not None
    assert info.free == D(7)


def test_changes_in_one_step_are_undone_by_one(editor: QuotationEditor) -> None:
    editor.add_item("A")
    before = editor.draft
    with editor.in_one_step("Choice"):
        editor.add_item("B")
        editor.set_field("subject", "C")
    assert (editor.undo_label, len(editor.draft.lines)) == ("Choice", 2)
    editor.undo()
    assert editor.draft == before
    editor.add_item("D")
    assert editor.undo_label == "New line"


def test_another_language_renames_what_nobody_rewrote(app: App) -> None:
    a_product(app, "LAMP", name="Lamp", name_id="Lampu")
    editor = QuotationEditor(app.read(drafting.started, "ALFKI"))
    editor.join_book(app.read(sku_book, editor.draft, ["LAMP"]))
    lamp = product_id(editor, "LAMP")
    editor.add_product(lamp)
    editor.add_product(lamp)
    editor.set_text(1, "Lampu meja")
    editor.set_field("language", "en")
    assert [line.description for line in editor.draft.lines] == ["Lamp", "Lampu meja"]


def test_another_day_brings_the_prices_of_that_day(app: App, editor: QuotationEditor) -> None:
    a_price(app, product="FAN1", price=D(9), valid_from=dt.date(2027, 1, 1))
    editor.join_book(app.read(sku_book, editor.draft, ["FAN1"]))
    editor.add_product(product_id(editor, "FAN1"))
    editor.set_field("date", dt.date(2027, 1, 5))
    assert editor.draft.lines[0].unit_price == D(9)


def test_a_product_without_price_is_a_problem_until_one_is_typed(
    app: App, editor: QuotationEditor
) -> None:
    a_product(app, "USD1", currency="USD")
    editor.join_book(app.read(sku_book, editor.draft, ["USD1"]))
    editor.add_product(product_id(editor, "USD1"))
    assert set(editor.problems) == {(0, "unit_price")}
    editor.set_price(0, D(5))
    assert editor.problems == {}


def test_saving_keeps_undo_and_what_was_typed_meanwhile(app: App, editor: QuotationEditor) -> None:
    editor.add_product(product_id(editor, "PUMP12"))
    sent = editor.draft
    saved: Draft = app.write(quotations.save, sent)
    editor.set_quantity(0, D(2))
    editor.mark_saved(sent, saved)
    assert editor.dirty
    assert (editor.draft.id, editor.draft.version) == (saved.id, saved.version)
    again = app.write(quotations.save, editor.draft)
    editor.mark_saved(editor.draft, again)
    assert not editor.dirty
    editor.undo()
    assert editor.dirty
    assert app.write(quotations.save, editor.draft).lines[0].quantity == D(1)


def test_pasted_rows_become_lines_in_one_step(editor: QuotationEditor) -> None:
    text = "SKU\tQty\tPrice\nPUMP12\t10\t4,890,000\nFAN1\t2\t900000\nNOPE\t1\nFAN1\tx1,0.0\n"
    misread = editor.paste(parse_pasted(text, ENGLISH))
    lines = [(line.sku, line.quantity, line.pinned) for line in editor.draft.lines]
    assert lines == [("PUMP12", D(10), False), ("FAN1", D(2), True), ("FAN1", D(1), False)]
    assert [(each.line, str(each.reason)) for each in misread] == [
        (4, "Row 4: there is no product “NOPE”.")
    ]
    editor.undo()
    assert editor.draft.lines == ()


def test_reopening_a_saved_quotation_shows_the_same_figures(app: App) -> None:
    saved = a_quotation(app)
    editor = QuotationEditor(app.read(quotations.opened, saved.id))
    assert not editor.dirty
    assert editor.priced.totals == app.read(quotations.shown, saved.id).priced.totals


def test_any_work_can_be_undone_and_is_priced_as_from_nothing(editor: QuotationEditor) -> None:
    """Random work; the memory of the engine and the steps of the history change no figure."""
    chance, start = random.Random(7), editor.draft
    products = [product_id(editor, "PUMP12"), product_id(editor, "FAN1")]

    def row() -> int:
        return chance.randrange(len(editor.draft.lines) or 1)

    work = (
        lambda: editor.add_product(chance.choice(products), D(chance.randint(0, 30)), row()),
        lambda: editor.add_section("x", row()),
        lambda: editor.set_quantity(row(), D(chance.randint(-1, 30))),
        lambda: editor.set_price(row(), D(chance.randint(0, 10**6))),
        lambda: editor.set_discount(row(), D(chance.randint(0, 100))),
        lambda: editor.toggle_optional([row()]),
        lambda: editor.duplicate([row()]),
        lambda: editor.move([row()], row()),
        lambda: editor.delete([row()]),
        lambda: editor.reprice(),
        lambda: editor.set_field("discount_percent", D(chance.randint(0, 100))),
        lambda: editor.undo(),
    )
    for _turn in range(400):
        if editor.draft.lines or chance.random() < 0.5:
            chance.choice(work if editor.draft.lines else work[:1])()
        if not editor.problems:
            assert editor.priced == price_document(editor.draft, editor.preset)
    while editor.undo():
        pass
    assert editor.draft == start
