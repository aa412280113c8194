"""E-invoices for MyInvois: structure, sums, and what is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from reports.taxfiles.myinvois import document, render_myinvois_json, render_myinvois_xml
from reports.taxfiles.myinvois_data import Address, EInvoice, ELine, EParty, ETax, Reference
from reports.taxfiles.problems import TaxFileError
from reports.taxfiles.ubl import BASIC, faults
from reports.taxfiles.units import unece_unit

PLACE = Address(("Lot 66, Persiaran Jaya",), "Kuala Lumpur", "14", "50480")
SELLER = EParty(
    "Kertas Maju Sdn Bhd", "C1234567890", "202001234567", PLACE, "+60312345678",
    sst="W10-1808-32000001", activity_code="46510", activity="Wholesale of paper",
)  # fmt: skip
BUYER = EParty("Kedai Buku Melati", "IG12345678901", "800101145678", PLACE, "+60123456789", "NRIC")
TAX = ETax("01", Decimal("95.00"), Decimal("9.50"), Decimal(10))
LINE = ELine(
    "Kertas A4 & <tinta>", Decimal(4), "H87", Decimal("25.00"), Decimal("100.00"),
    Decimal("95.00"), (TAX,), discount=Decimal("5.00"),
)  # fmt: skip
INVOICE = EInvoice(
    "01", "INV-12", datetime(2026, 3, 14, 2, 5, tzinfo=UTC), SELLER, BUYER, (LINE,), (TAX,),
    excluding_tax=Decimal("95.00"), including_tax=Decimal("104.50"), payable=Decimal("104.52"),
    rounding=Decimal("0.02"),
)  # fmt: skip


def but(**changes: object) -> EInvoice:
    """The invoice with changes."""
    return replace(INVOICE, **changes)  # type: ignore[arg-type]


def texts(content: bytes) -> dict[str, list[str]]:
    """Texts of the basic elements by name."""
    found: dict[str, list[str]] = {}
    for each in etree.fromstring(content).iter(f"{{{BASIC}}}*"):
        found.setdefault(etree.QName(each).localname, []).append(each.text or "")
    return found


def test_an_invoice_carries_parties_lines_taxes_and_totals() -> None:
    found = texts(render_myinvois_xml(INVOICE))
    assert found["ID"][:5] == ["INV-12", "C1234567890", "202001234567", "W10-1808-32000001", "NA"]
    assert found["IssueTime"] == ["02:05:00Z"]
    assert found["InvoiceTypeCode"] == ["01"]
    assert found["ItemClassificationCode"] == ["022"]
    assert found["Description"] == ["Kertas A4 & <tinta>"]
    assert found["PayableRoundingAmount"] == ["0.02"]
    assert found["PayableAmount"] == ["104.52"]


def test_json_says_the_same_as_xml() -> None:
    made: dict[str, Any] = json.loads(render_myinvois_json(INVOICE), parse_float=Decimal)
    assert made["_D"].endswith("Invoice-2")
    (invoice,) = made["Invoice"]
    assert invoice["InvoiceTypeCode"] == [{"_": "01", "listVersionID": "1.0"}]
    (total,) = invoice["LegalMonetaryTotal"]
    assert total["PayableAmount"] == [{"_": Decimal("104.52"), "currencyID": "MYR"}]
    (line,) = invoice["InvoiceLine"]
    assert line["AllowanceCharge"][0]["ChargeIndicator"] == [{"_": False}]
    assert line["InvoicedQuantity"] == [{"_": 4, "unitCode": "H87"}]


def test_nothing_is_zero_in_json_and_never_false() -> None:
    free = replace(TAX, type="06", amount=Decimal("0.00"), rate=Decimal(0))
    made = but(
        lines=(replace(LINE, taxes=(free,)),), taxes=(free,), including_tax=Decimal("95.00"),
        payable=Decimal("95.02"),
    )  # fmt: skip
    assert b'"TaxAmount":[{"_":0.00,"currencyID":"MYR"}]' in render_myinvois_json(made)


@pytest.mark.parametrize("kind", ["02", "03", "04"])
def test_a_note_names_the_invoice_it_corrects(kind: str) -> None:
    made = but(type=kind, references=(Reference("INV-9", "F9D425P6DS7D8IU"),))
    found = texts(render_myinvois_xml(made))
    assert found["InvoiceTypeCode"] == [kind]
    assert found["UUID"] == ["F9D425P6DS7D8IU"]


def test_another_currency_has_its_rate() -> None:
    found = texts(render_myinvois_xml(but(currency="SGD", exchange_rate=Decimal("3.4125"))))
    assert found["CalculationRate"] == ["3.4125"]
    assert found["DocumentCurrencyCode"] == ["SGD"]


def test_prepayments_terms_and_charges_stand_in_the_order_of_ubl() -> None:
    full = but(
        prepaid=Decimal("4.52"), payable=Decimal("100.00"), payment_terms="30 hari",
        bank_account="514000123456", discount=Decimal(5), charge=Decimal(5),
    )  # fmt: skip
    assert list(faults(document(full))) == []
    assert texts(render_myinvois_xml(full))["PrepaidAmount"] == ["4.52"]


def test_the_structure_check_notices_what_is_missing_or_misplaced() -> None:
    made = document(INVOICE)
    turned = made._replace(children=(made.children[1], made.children[0], *made.children[2:]))
    assert list(faults(turned)) == ["/Invoice"]
    assert list(faults(made._replace(children=made.children[1:]))) == ["/Invoice/ID"]


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        (but(number=""), "1 to 50 characters"),
        (but(type="02"), "name the e-invoice it corrects"),
        (but(type="11", references=(Reference("A"),)), "none of 01 to 04"),
        (but(currency="SGD"), "rate in ringgit"),
        (but(buyer=replace(BUYER, tin="12")), "“12” is no tax number (TIN) of Kedai Buku Melati"),
        (but(buyer=replace(BUYER, id_number="8001")), "“8001” is no NRIC number"),
        (but(buyer=replace(BUYER, phone="abc")), "+60312345678"),
        (but(buyer=replace(BUYER, sst="?")), "no SST number"),
        (but(buyer=replace(BUYER, address=replace(PLACE, state="18"))), "01 to 17"),
        (but(buyer=replace(BUYER, address=replace(PLACE, country="MY"))), "three letters"),
        (but(buyer=replace(BUYER, address=replace(PLACE, lines=()))), "street or a town"),
        (but(supplier=replace(SELLER, activity_code="")), "MSIC"),
        (but(lines=(replace(LINE, classification="046"),)), "classification from 001 to 045"),
        (but(lines=(replace(LINE, unit="potong"),)), "H87"),
        (but(lines=(replace(LINE, description=" "),)), "no name"),
        (but(lines=(replace(LINE, subtotal=Decimal(90), net=Decimal(85)),)), "do not agree"),
        (but(payable=Decimal("104.50")), "amount to pay has to be 104.52, not 104.50"),
        (but(rounding=Decimal("0.03")), "amount to pay has to be 104.53"),
    ],
)
def test_what_myinvois_would_refuse_is_told(wrong: EInvoice, part: str) -> None:
    with pytest.raises(TaxFileError) as refused:
        render_myinvois_xml(wrong)
    assert part in refused.value.problems[0].text()


def test_sums_of_lines_and_totals_have_to_agree() -> None:
    with pytest.raises(TaxFileError) as refused:
        render_myinvois_json(but(taxes=(replace(TAX, type="02"),), excluding_tax=Decimal("96.00")))
    found = refused.value.text()
    assert "total without tax is 95.00 by its lines, but says 96.00" in found
    assert "tax of type 01 is 9.50 by the lines, but 0 in total" in found


def test_an_exemption_needs_its_reason_and_bears_no_tax() -> None:
    with pytest.raises(TaxFileError) as refused:
        render_myinvois_xml(but(lines=(replace(LINE, taxes=(replace(TAX, type="E"),)),)))
    found = refused.value.text()
    assert "an exemption needs its reason" in found
    assert "what is exempt bears no tax" in found


def test_usual_units_have_un_ece_codes() -> None:
    assert [unece_unit(name) for name in ("pcs", "kg", "M2", "karton", "?")] == [
        "H87", "KGM", "MTK", "XCT", "",
    ]  # fmt: skip


def test_five_hundred_lines_give_equal_bytes() -> None:
    lines = (replace(LINE, discount=Decimal(0), net=Decimal(100)),) * 500
    tax = replace(TAX, amount=Decimal("4750.00"), taxable=Decimal(50_000))
    made = but(
        lines=lines, taxes=(tax,), excluding_tax=Decimal(50_000), including_tax=Decimal(54_750),
        rounding=Decimal(0), payable=Decimal(54_750),
    )  # fmt: skip
    assert render_myinvois_xml(made) == render_myinvois_xml(made)
    assert render_myinvois_json(made) == render_myinvois_json(made)
