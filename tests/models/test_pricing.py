"""The figures of a document: by hand, and adding up for any draft."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.pricing import Pricing, price_document, problems
from models.rules.pricing_lines import shares
from models.values.documents import (
    ITEM,
    NO_TAX,
    NOTE,
    SECTION,
    Draft,
    Line,
    Priced,
    TaxPreset,
    TaxRate,
)
from models.values.errors import DomainError, ProblemsError
from models.values.money import currency_decimals

D = Decimal
PPN = TaxPreset("ppn", "PPN", False, 11, 12, "DPP", (TaxRate("standard", D(12)),))
PPN_INCLUDED = replace(PPN, code="ppn_included", included=True)
SST = TaxPreset("sst", "SST", rates=(TaxRate("standard", D(8)), TaxRate("reduced", D(6))))


def item(price: str, quantity: str = "1", **more: object) -> Line:
    return replace(Line(ITEM, quantity=D(quantity), unit_price=D(price)), **more)


def document(*lines: Line, currency: str = "IDR", **more: object) -> Draft:
    return replace(Draft(currency=currency, lines=lines), **more)


def test_ppn_is_12_percent_of_eleven_twelfths() -> None:
    totals = price_document(document(item("15750000")), PPN).totals
    (tax,) = totals.taxes
    assert (tax.base, tax.amount, tax.rate) == (D(14437500), D(1732500), D(12))
    assert totals.total == D(17482500)


@pytest.mark.parametrize("net", [32, 77, 141, 100_000, 13_513_514])
def test_tax_is_made_from_the_exact_base(net: int) -> None:
    """Rounding the base first would differ at 32, 77 and 141."""
    totals = price_document(document(item(str(net))), PPN).totals
    assert totals.tax == (D(net) * 11 / 100).quantize(D(1), "ROUND_HALF_UP")


def test_half_a_rupiah_is_rounded_up() -> None:
    assert price_document(document(item("50")), PPN).totals.tax == D(6)
    assert price_document(document(item("0.5", "1")), NO_TAX).totals.total == D(1)


def test_net_and_tax_are_the_gross_where_prices_include_it() -> None:
    totals = price_document(document(item("111000000")), PPN_INCLUDED).totals
    assert (totals.net, totals.tax, totals.total) == (D(100000000), D(11000000), D(111000000))
    assert totals.tax_base == D(91666667)


def test_each_rate_has_its_own_base() -> None:
    lines = (item("100", tax_class="service"), item("50", tax_class="reduced"))
    totals = price_document(
        document(*lines, item("9", tax_class="exempt"), currency="MYR"), SST
    ).totals
    assert [(each.rate, each.base, each.amount) for each in totals.taxes] == [
        (D(8), D(100), D(8)),
        (D(6), D(50), D(3)),
    ]
    assert totals.total == D(170)


def test_luxury_is_taxed_on_the_full_price() -> None:
    totals = price_document(document(item("1000000", tax_class="luxury")), PPN).totals
    assert (totals.tax_base, totals.tax) == (D(1000000), D(120000))


def test_discounts_take_the_percentage_first() -> None:
    line = item("1000", "10", discount_percent=D(10), discount_amount=D(500))
    priced = price_document(document(line, discount_percent=D(10), discount_amount=D(50)), NO_TAX)
    assert priced.lines[0].amount == D(8500)
    assert priced.lines[0].discount == D(1500)
    assert priced.totals.discount == D(900)
    assert priced.totals.total == D(7600)


def test_sections_show_what_follows_them() -> None:
    draft = document(
        item("5"),
        Line(SECTION, description="Printers"),
        item("10"),
        item("99", optional=True),
        Line(NOTE),
        Line(SECTION),
        item("20"),
    )
    priced = price_document(draft, NO_TAX)
    assert [each.amount for each in priced.lines] == [5, 30 - 20, 10, 99, 0, 20, 20]
    assert priced.totals.total == D(35)
    assert priced.totals.optional == D(99)


def test_cash_is_rounded_to_five_sen() -> None:
    """Bank Negara: 1, 2, 6, 7 down; 3, 4, 8, 9 up."""
    ends = {}
    for sen in range(10):
        draft = document(item(f"10.0{sen}"), currency="MYR")
        totals = price_document(draft, NO_TAX, cash_rounding=D("0.05")).totals
        ends[sen] = totals.rounding
        assert totals.total == D(f"10.0{sen}") + totals.rounding
    expected = ["0", "-1", "-2", "2", "1", "0", "-1", "-2", "2", "1"]
    assert [ends[sen] * 100 for sen in range(10)] == [D(each) for each in expected]


def test_margin_counts_stock_units() -> None:
    line = Line(quantity=D(2), factor=D(12), unit_price=D(1200), cost=D(50))
    priced = price_document(document(line), NO_TAX)
    assert priced.totals.cost == D(1200)
    assert priced.totals.margin_percent == priced.lines[0].margin_percent == D(50)


def test_imported_lines_keep_four_decimals() -> None:
    draft = document(item("0.3333", "3"), currency="USD", line_decimals=4)
    assert price_document(draft, NO_TAX).totals.total == D("0.9999")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"quantity": D(-1)}, "quantity"),
        ({"quantity": D(10**9 + 1)}, "quantity"),
        ({"quantity": D("0.00001")}, "quantity"),
        ({"quantity": D("NaN")}, "quantity"),
        ({"quantity": D("1e999999")}, "quantity"),
        ({"unit_price": D(-1)}, "unit_price"),
        ({"unit_price": D("1.00001")}, "unit_price"),
        ({"unit_price": D(10**14), "quantity": D(2)}, "quantity"),
        ({"discount_percent": D(101)}, "discount_percent"),
        ({"discount_percent": D(-1)}, "discount_percent"),
        ({"discount_amount": D(101)}, "discount_amount"),
        ({"discount_amount": D(-1)}, "discount_amount"),
        ({"factor": D(0)}, "factor"),
    ],
)
def test_nonsense_is_refused_at_its_field(change: dict[str, Decimal], field: str) -> None:
    draft = document(item("1"), replace(item("100"), **change))
    with pytest.raises(DomainError) as caught:
        price_document(draft, NO_TAX)
    assert caught.value.field == field
    assert caught.value.facts["line"] == 2
    assert "Line 2" in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [{"discount_percent": D(101)}, {"discount_amount": D(101)}, {"discount_amount": D(-1)}],
)
def test_a_discount_over_the_subtotal_is_refused(change: dict[str, Decimal]) -> None:
    with pytest.raises(DomainError) as caught:
        price_document(document(item("100"), **change), NO_TAX)
    assert caught.value.field == next(iter(change))


def test_every_problem_is_told_at_once() -> None:
    draft = document(item("-1", "-1"), item("1"), item("1", discount_percent=D(200)))
    with pytest.raises(ProblemsError) as caught:
        price_document(draft, NO_TAX)
    found = [(each.facts["line"], each.field) for each in caught.value.problems]
    assert found == [(1, "quantity"), (1, "unit_price"), (3, "discount_percent")]
    assert len(problems(draft)) == 3


def test_the_memory_changes_no_figure() -> None:
    engine = Pricing()
    draft = document(*(item(str(7 * each)) for each in range(40)), discount_percent=D(3))
    for row in range(40):
        line = replace(draft.lines[row], quantity=D(row), optional=row % 5 == 0)
        draft = draft.with_line(row, line)
        assert engine(draft, PPN) == price_document(draft, PPN)
    dollars = replace(draft, currency="USD")
    assert engine(dollars, PPN) == price_document(dollars, PPN)


def amounts(largest: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, largest * 10_000).map(lambda each: D(each) / 10_000)


lines = st.builds(
    Line,
    kind=st.sampled_from(["product", ITEM, ITEM, NOTE, SECTION]),
    quantity=amounts(1000),
    unit_price=amounts(10_000_000),
    discount_percent=st.one_of(st.just(D(0)), amounts(100)),
    tax_class=st.sampled_from(["standard", "service", "luxury", "reduced", "exempt"]),
    optional=st.sampled_from([False, False, False, True]),
    cost=st.one_of(st.none(), amounts(1000)),
)
drafts = st.builds(
    Draft,
    currency=st.sampled_from(["IDR", "MYR", "KWD"]),
    lines=st.lists(lines, max_size=12).map(tuple),
    discount_percent=st.one_of(st.just(D(0)), amounts(100)),
    line_decimals=st.sampled_from([None, None, 0, 4]),
)
presets = st.sampled_from([NO_TAX, PPN, PPN_INCLUDED, SST, replace(SST, included=True)])


@settings(max_examples=300, deadline=None)
@given(drafts, presets)
def test_parts_add_up_to_totals(draft: Draft, preset: TaxPreset) -> None:
    priced = price_document(draft, preset)
    totals = priced.totals
    counted = [
        figures
        for line, figures in zip(draft.lines, priced.lines, strict=True)
        if line.counts and not line.optional
    ]
    assert sum(each.amount for each in counted) == totals.subtotal
    assert sum(each.net for each in counted) == totals.net
    assert sum(each.tax for each in counted) == totals.tax == sum(t.amount for t in totals.taxes)
    assert totals.net + totals.tax + totals.rounding == totals.total
    gross = totals.subtotal - totals.discount
    assert gross == (totals.total if preset.included else totals.net)
    assert all(0 <= each.net <= each.amount for each in counted)
    _check_decimals(draft, priced)


def _check_decimals(draft: Draft, priced: Priced) -> None:
    step = D(1).scaleb(-max(currency_decimals(draft.currency), draft.line_decimals or 0))
    totals = priced.totals
    for figure in (totals.subtotal, totals.discount, totals.tax, totals.total, totals.tax_base):
        assert figure % step == 0


@given(st.lists(st.integers(0, 10**9), max_size=30), st.integers(0, 10**6))
def test_shares_add_up_and_stay_below_their_weight(weights: list[int], part: int) -> None:
    total = sum(weights) * part // 10**6
    given_out = shares(total, weights)
    assert sum(given_out) == total
    assert all(0 <= each <= weight for each, weight in zip(given_out, weights, strict=True))
