"""Coretax import files against the template other programs write, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from reports.taxfiles.coretax import render_coretax
from reports.taxfiles.coretax_data import Buyer, GoodService, TaxInvoice, TaxInvoices
from reports.taxfiles.problems import TaxFileError
from reports.taxfiles.units import CORETAX_UNITS, coretax_unit
from tests.outside_data import outside

LINE = GoodService(
    "product_a",
    "UM.0018",
    price=Decimal("100000.0"),
    quantity=Decimal("1.0"),
    tax_base=Decimal("100000.0"),
    other_tax_base=Decimal("91666.67"),
    vat_rate=Decimal(12),
    vat=Decimal("11000.0"),
    discount=Decimal("0.0"),
    luxury_rate=Decimal("0.0"),
    luxury_tax=Decimal("0.0"),
)
INVOICE = TaxInvoice(
    "INV/2019/00001", date(2019, 5, 1), Buyer("partner_a", "1234567890123457"), (LINE,)
)


def batch(*invoices: TaxInvoice, tin: str = "1234567890123456") -> TaxInvoices:
    """What one seller imports."""
    return TaxInvoices(tin, invoices or (INVOICE,))


def problems(*invoices: TaxInvoice, tin: str = "1234567890123456") -> list[str]:
    """The sentences of a refusal."""
    with pytest.raises(TaxFileError) as refused:
        render_coretax(batch(*invoices, tin=tin))
    return [str(each) for each in refused.value.problems]


def line_of(**changes: object) -> TaxInvoice:
    """An invoice with one changed line."""
    return replace(INVOICE, lines=(replace(LINE, **changes),))  # type: ignore[arg-type]


def flat(content: bytes) -> list[tuple[str, str]]:
    """Names and texts of all elements in their order."""
    return [(each.tag, (each.text or "").strip()) for each in etree.fromstring(content).iter()]


def test_the_file_is_the_reference_element_by_element() -> None:
    """The reference is older: it knows no CustomDocMonthYear and no BuyerCountry yet."""
    reference = outside("coretax_reference", "odoo", "sample_taxinvoicebulk.xml").read_bytes()
    newer = ("CustomDocMonthYear", "BuyerCountry")
    ours = [pair for pair in flat(render_coretax(batch())) if pair[0] not in newer]
    assert ours == flat(reference)


def test_newer_elements_stand_where_the_template_has_them() -> None:
    names = [name for name, _text in flat(render_coretax(batch()))]
    at = names.index("CustomDocMonthYear")
    assert names[at - 1 : at + 2] == ["CustomDoc", "CustomDocMonthYear", "RefDesc"]
    at = names.index("BuyerCountry")
    assert names[at - 1 : at + 2] == ["BuyerDocument", "BuyerCountry", "BuyerDocumentNumber"]


def test_unit_codes_are_those_of_the_list() -> None:
    listed = outside("coretax_reference", "odoo", "uom_codes.csv").read_text("utf-8").splitlines()
    names = dict(reversed(row.split(",", 1)) for row in listed[1:])
    known = {name: code for name, code in names.items() if coretax_unit(name)}
    assert len(known) > 30
    assert {name: coretax_unit(name) for name in known} == known
    assert set(CORETAX_UNITS.values()) <= set(names.values())


@pytest.mark.parametrize(
    ("name", "code"),
    [("pcs", "UM.0021"), (" KG ", "UM.0003"), ("m²", "UM.0012"), ("btl.", "UM.0033"), ("?", "")],
)
def test_usual_names_have_codes(name: str, code: str) -> None:
    assert coretax_unit(name) == code


def test_a_buyer_without_a_tax_number_is_named_by_another_document() -> None:
    buyer = Buyer("Ibu Siti", document="National ID", document_number="3174015203800001")
    found = dict(flat(render_coretax(batch(replace(INVOICE, buyer=buyer)))))
    assert found["BuyerTin"] == "0" * 16
    assert found["BuyerIDTKU"] == "0" * 22
    assert found["BuyerDocumentNumber"] == "3174015203800001"


def test_codes_of_facilities_and_of_the_full_base_are_written() -> None:
    full = line_of(other_tax_base=Decimal(100_000), vat=Decimal(12_000))
    free = replace(INVOICE, number="B", code="07", additional_info="TD.00501", facility="TD.01101")
    content = render_coretax(batch(replace(full, code="01"), free))
    assert [text for name, text in flat(content) if name == "TrxCode"] == ["01", "07"]


def test_figures_are_written_as_given_and_texts_are_no_markup() -> None:
    odd = line_of(name='<a href="x">&amp;\x00\n', quantity=Decimal("1.000"), price=Decimal("1E+5"))
    found = dict(flat(render_coretax(batch(odd))))
    assert found["Name"] == '<a href="x">&amp;'
    assert (found["Qty"], found["Price"]) == ("1.000", "100000")


def test_all_problems_of_all_invoices_are_told_at_once() -> None:
    nameless = replace(INVOICE, number="INV-2", buyer=Buyer("PT Tanpa"))
    short = replace(INVOICE, number="INV-3", buyer=Buyer("PT Pendek", "123"))
    unit = replace(line_of(unit=""), number="INV-4")
    found = problems(nameless, short, unit, tin="12")
    assert len(found) == 4
    assert "INV-2: PT Tanpa has no tax number" in found[1]
    assert "INV-3: the tax number of PT Pendek has to have 16 digits, not “123”" in found[2]
    assert "INV-4, line 1: the unit of “product_a” has no Coretax code" in found[3]


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        (replace(INVOICE, code="05"), "none of 01, 04, 07 and 08"),
        (replace(INVOICE, number=" "), "has no number"),
        (replace(INVOICE, lines=()), "no lines"),
        (replace(INVOICE, custom_period="2026-01"), "mmYYYY"),
        (replace(INVOICE, buyer=Buyer("A", "1" * 16, place="1")), "6 digits"),
        (replace(INVOICE, buyer=Buyer("A", "1" * 16, country="ID")), "three letters"),
        (replace(INVOICE, buyer=Buyer("A", document="Passport")), "identity document of A"),
        (line_of(unit="UM.0040"), "no Coretax code"),
        (line_of(code="12"), "6 digits"),
        (line_of(price=Decimal(90_000)), "90000.00"),
        (line_of(other_tax_base=Decimal(100_000), vat=Decimal(12_000)), "91666.67"),
        (line_of(vat=Decimal(12_000)), "11000.00"),
        (line_of(quantity=Decimal(-1)), "positive"),
        (line_of(vat_rate=Decimal(11), vat=Decimal("10083.33")), "12 % of 11/12"),
    ],
)
def test_what_coretax_would_refuse_is_one_sentence(wrong: TaxInvoice, part: str) -> None:
    (sentence,) = problems(wrong)
    assert part in sentence


def test_codes_of_facilities_ask_for_their_reasons() -> None:
    assert len(problems(replace(INVOICE, code="08"))) == 2


def test_a_number_may_stand_in_a_file_only_once() -> None:
    assert problems(INVOICE, INVOICE) == ["INV/2019/00001: this number stands in the file twice."]


def test_an_empty_month_is_refused() -> None:
    with pytest.raises(TaxFileError, match="no invoice"):
        render_coretax(TaxInvoices("1234567890123456", ()))


def test_equal_batches_give_equal_bytes() -> None:
    many = [replace(INVOICE, number=f"INV-{at}") for at in range(500)]
    assert render_coretax(batch(*many)) == render_coretax(batch(*many))
