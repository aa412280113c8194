"""Products that are put together or configured, as lines of a quotation."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from controllers.core.app import App
from controllers.documents import books, bundles, quotation_json, quotations
from models.values.documents import Draft, Line
from models.values.errors import DomainError, ProblemsError
from tests.builders import a_draft, a_line, a_product, an_item

D = Decimal

OPTIONS = "SPARE: Spare seals; default; adds FAN1 = 1\nLOUD: Loud; -500000\nFAST: Fast; +10%"


def a_set(app: App, options: str = OPTIONS, **values: Any) -> Draft:
    """A draft, and a set of two pumps and a fan in the catalogue."""
    made = {"name": "Pump set", "components": "PUMP12 = 2\nFAN1", "configuration": options}
    a_product(app, "SET", **(made | values))
    return a_draft(app)


def told(lines: tuple[Line, ...]) -> list[tuple[str, str, Decimal, Decimal]]:
    return [(each.kind, each.sku or each.description, each.quantity, each.unit_price)
            for each in lines]  # fmt: skip


def test_a_bundle_is_a_section_with_its_components_at_the_price_of_the_book(app: App) -> None:
    found = app.read(bundles.lines, a_set(app), "set", None, D(5))
    assert told(found) == [
        ("section", "Pump set", 0, 0),
        ("product", "PUMP12", 10, 4_890_000),
        ("product", "FAN1", 5, 1_000_000),
        ("product", "FAN1", 5, 1_000_000),
    ]
    assert not any(each.pinned for each in found)


@pytest.mark.parametrize(
    ("before", "after", "ends_with"),
    [
        ((), (), ""),
        ((), (an_item(),), "Barang lainnya"),
        ((Line("section", description="Pipa"),), (an_item(),), "Pipa"),
        ((), (Line("section", description="Pipa"), an_item()), ""),
    ],
)
def test_lines_after_a_bundle_go_back_to_their_own_section(
    app: App, before: tuple[Line, ...], after: tuple[Line, ...], ends_with: str
) -> None:
    draft = a_set(app)
    made = app.read(bundles.lines, draft, "SET")
    around = replace(draft, lines=(*before, a_line(app), *after))
    placed = bundles.in_place(around, len(before), made)
    assert placed[: len(made)] == made
    assert "".join(each.description for each in placed[len(made) :]) == ends_with


def test_what_an_option_costs_is_a_line_and_what_it_saves_a_discount(app: App) -> None:
    found = app.read(bundles.lines, a_set(app), "SET", ["LOUD", "FAST"], D(2))
    assert told(found)[3:] == [("note", "Loud", 0, 0), ("item", "Fast", 2, 1_130_000)]
    assert found[1].discount_amount == 1_000_000


def test_one_price_keeps_the_components_together(app: App) -> None:
    draft = a_set(app, "one price\n" + OPTIONS, list_price=D(9_000_000))
    (line,) = app.read(bundles.lines, draft, "SET", ["FAST"])
    assert (line.unit_price, line.pinned, line.price_reason) == (9_900_000, True, "options")
    assert line.detail == "2 × Pump PUMP12\nPump FAN1\nFast"
    (plain,) = app.read(bundles.lines, draft, "SET", [])
    assert (plain.unit_price, plain.pinned) == (9_000_000, False)


def test_a_combination_that_is_refused_is_explained(app: App) -> None:
    draft = a_set(app, "A: Sea water; excludes B\nB: Hot water")
    with pytest.raises(DomainError, match="Sea water does not go with Hot water"):
        app.read(bundles.lines, draft, "SET", ["A", "B"])


def test_options_priced_in_another_currency_are_refused(app: App) -> None:
    draft = a_set(app, currency="USD")
    with pytest.raises(DomainError, match="priced in USD, the document is in IDR"):
        app.read(bundles.lines, draft, "SET", ["LOUD"])


def test_a_component_that_is_not_there_is_named(app: App) -> None:
    draft = a_set(app, components="GONE")
    with pytest.raises(DomainError, match="SET is put together with GONE, which is not there"):
        app.read(bundles.lines, draft, "SET")


def test_a_product_with_wrong_options_is_not_saved(app: App) -> None:
    with pytest.raises(ProblemsError, match="is no option"):
        a_set(app, "spare seals")


def test_the_book_knows_which_products_are_put_together(app: App) -> None:
    book = app.read(books.sku_book, a_set(app), ["SET", "FAN1"])
    assert [book.by_sku[sku].is_configured for sku in ("set", "fan1")] == [True, False]


# Scripts


def test_a_script_names_a_bundle_with_its_options(app: App) -> None:
    a_set(app)
    lines = [{"bundle": "SET", "options": ["FAST"], "quantity": "2"}, {"product": "FAN1"}]
    made = app.write(quotation_json.new, {"account": "ALFKI", "lines": lines})
    assert [each.kind for each in made.lines] == [
        "section", "product", "product", "item", "product",
    ]  # fmt: skip
    assert app.read(quotations.shown, made.id or 0).priced.totals.subtotal == (
        4 * 5_150_000 + 2 * 1_000_000 + 2 * 1_130_000 + 1_000_000
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"bundle": "SET", "options": ["X"]}, "Line 1: There is no option “X”"),
        ({"bundle": "NONE"}, "Line 1: There is no product “NONE”"),
        ({"bundle": "SET", "unit_price": "1"}, "Line 1: a line with “bundle” has no “unit_price”"),
        ({"bundle": "SET", "options": "X"}, "“options” must be a list of codes"),
        ({"options": ["X"]}, "Line 1: name a product"),
    ],
)
def test_a_line_with_a_bundle_that_does_not_fit_is_refused(
    app: App, line: dict[str, Any], why: str
) -> None:
    a_set(app)
    with pytest.raises(DomainError, match=why):
        app.write(quotation_json.new, {"account": "ALFKI", "lines": [line]})
