"""Invoices, down payment invoices and credit notes on paper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.documents.data import Invoicing, Letterhead, SalesDocument, TotalLine
from reports.documents.invoice import label
from reports.documents.sales import render_pdf
from reports.kit.qrcode import modules
from tests.reports.documents_for_tests import quotation
from tests.reports.test_sales_pdf import HOSTILE

Pages = Callable[[bytes], list[str]]


def invoice(count: int = 2, *, about: Invoicing | None = None, **changes: object) -> SalesDocument:
    """An Indonesian invoice of so many lines."""
    return quotation(count, **{"kind": "invoice", "invoicing": about or Invoicing(), **changes})


def shown(document: SalesDocument, pages: Pages) -> str:
    """The text of all pages on one line."""
    return " ".join(pages(render_pdf(document))).replace("\n", " ")


@pytest.mark.parametrize(
    ("language", "kind", "words"),
    [
        ("id", "invoice", "FAKTUR (INVOICE)|No. Faktur|Kepada Yth.|Jatuh tempo|13 April 2026"),
        ("ms", "invoice", "INVOIS|No. Invois|Tarikh akhir bayaran|No. PO tuan/puan"),
        ("en", "invoice", "INVOICE|Invoice no.|Due date|Your PO no.|quote the invoice number"),
        ("id", "down_payment", "FAKTUR UANG MUKA"),
        ("ms", "down_payment", "INVOIS DEPOSIT"),
        ("en", "down_payment", "DOWN PAYMENT INVOICE"),
        ("id", "credit_note", "NOTA KREDIT|No. Nota Kredit"),
        ("ms", "credit_note", "NOTA KREDIT|dikreditkan ke akaun"),
        ("en", "credit_note", "CREDIT NOTE|credited to your account"),
    ],
)
def test_an_invoice_speaks_the_customers_language(
    language: str, kind: str, words: str, pages: Pages
) -> None:
    about = Invoicing(due=date(2026, 4, 13), customer_order="PO-7781")
    text = shown(invoice(2, about=about, language=language, kind=kind), pages)
    assert [word for word in words.split("|") if word not in text] == []
    assert "Perihal" not in text
    assert "Dengan hormat" not in text


def test_an_invoice_names_order_deliveries_and_the_customers_order(pages: Pages) -> None:
    about = Invoicing(order="SO-44", deliveries=("SJ-1", "SJ-2"), customer_order="PO-7781")
    text = shown(invoice(about=about), pages)
    assert all(word in text for word in ("SO-44", "SJ-1, SJ-2", "PO-7781"))


def test_a_seller_who_charges_gst_writes_tax_invoice_and_the_gst_number(pages: Pages) -> None:
    head = Letterhead("Sumber Paper Pte Ltd", tax_number="201912345K")
    text = shown(invoice(about=Invoicing("GST"), language="en", letterhead=head), pages)
    assert "TAX INVOICE" in text
    assert "GST Reg. No. 201912345K" in text


def test_a_malaysian_seller_shows_the_sst_number(pages: Pages) -> None:
    head = Letterhead("Kertas Maju Sdn Bhd", tax_number="W10-1808-32000001")
    text = shown(invoice(about=Invoicing("SST"), language="ms", letterhead=head), pages)
    assert "No. SST W10-1808-32000001" in text


def test_totals_of_an_invoice_are_printed_as_given(pages: Pages) -> None:
    totals = (
        TotalLine(label("less down payment", "id", number="INV-3"), Decimal(-1_500_000)),
        TotalLine("DPP Nilai Lain (11/12)", Decimal(14_437_500)),
        TotalLine("PPN 12%", Decimal(1_732_500)),
        TotalLine("Total", Decimal(777), strong=True),
        TotalLine(label("paid", "id"), Decimal(-1)),
        TotalLine(label("withheld", "id"), Decimal(-270_270)),
        TotalLine(label("open", "id"), Decimal(42), strong=True),
    )
    text = shown(invoice(totals=totals), pages)
    wanted = "Dikurangi uang muka INV-3|−1.500.000|14.437.500|1.732.500|Rp777|Sudah dibayar|"
    wanted += "PPh 23 dipotong|−270.270|Sisa yang harus dibayar|Rp42"
    assert [word for word in wanted.split("|") if word not in text] == []


def test_a_foreign_currency_invoice_repeats_its_totals_at_home(pages: Pages) -> None:
    home = (TotalLine("GST 9%", Decimal("121.10")),)
    about = Invoicing("GST", home_totals=home, home_rate="1.3456")
    text = shown(invoice(about=about, language="en", currency="USD", decimals=2), pages)
    assert "In SGD at 1.3456" in text
    assert "S$121.10" in text


def test_a_credit_note_names_the_invoice_and_the_reason_but_no_account_to_pay(pages: Pages) -> None:
    head = Letterhead("PT A", bank_lines=("BCA 123",))
    about = Invoicing(corrects="INV-12", corrects_date=date(2026, 3, 2), reason="Dua rim basah")
    text = shown(invoice(about=about, kind="credit_note", letterhead=head), pages)
    assert "INV-12 tanggal 2 Maret 2026" in text
    assert "Dua rim basah" in text
    assert "BCA" not in text


def test_a_box_for_the_stamp_is_there_when_asked_for(pages: Pages) -> None:
    assert "Meterai" not in shown(invoice(), pages)
    text = shown(invoice(about=Invoicing(stamp_duty=Decimal(10_000))), pages)
    assert "Meterai Rp10.000" in text


def test_drafts_and_void_invoices_say_so_across_the_page(pages: Pages) -> None:
    assert "DRAF" in shown(invoice(number=""), pages)
    assert "BATAL" in shown(invoice(about=Invoicing(is_void=True)), pages)
    assert "VOID" in shown(invoice(about=Invoicing(is_void=True), language="en"), pages)
    assert "BATAL" not in shown(invoice(), pages)


def test_qris_stands_beside_the_totals_and_moves_nothing(pages: Pages) -> None:
    about = Invoicing(qris="00020101021126610014COM.EXAMPLE.WWW")
    assert "Bayar dengan QRIS" in shown(invoice(about=about), pages)
    assert len(pages(render_pdf(invoice(6, about=about)))) == 1


def test_a_code_stands_below_totals_that_take_the_whole_width(pages: Pages) -> None:
    about = Invoicing(qris="00020101")
    wide = (TotalLine("Jumlah " * 30, Decimal(1), strong=True),)
    assert "Bayar dengan QRIS" in shown(invoice(about=about, totals=wide), pages)


def test_a_code_has_the_three_corners_of_every_qr_code() -> None:
    corner = [True, *[False] * 5, True]
    for text in ("x", "00020101" * 40, "日本 é"):
        rows = modules(text)
        assert {len(row) for row in rows} == {len(rows)}
        assert (len(rows) - 17) % 4 == 0
        assert [rows[1][:7], rows[1][-7:], rows[-2][:7]] == [corner] * 3


@pytest.mark.parametrize("text", ["", "x" * 2_332])
def test_a_text_no_code_can_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="1 to 2,331 bytes"):
        modules(text)


def test_equal_invoices_give_equal_bytes() -> None:
    about = Invoicing(qris="0002", stamp_duty=Decimal(10_000), reason="x")
    assert render_pdf(invoice(40, about=about)) == render_pdf(invoice(40, about=about))


def test_five_hundred_lines_go_over_numbered_pages(pages: Pages) -> None:
    texts = pages(render_pdf(invoice(500, about=Invoicing(qris="0002"))))
    assert len(texts) > 10
    assert all(f"Halaman {at} dari {len(texts)}" in text for at, text in enumerate(texts, 1))
    assert all("Uraian" in text for text in texts[:-1])


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_an_invoice_is_never_markup(text: str, pages: Pages) -> None:
    about = Invoicing(corrects=text, reason=text, order=text, deliveries=(text,), qris=text)
    found = "".join(shown(invoice(about=about), pages).split())
    assert found.count(text.replace(" ", "")) >= 4


def test_a_letter_takes_no_notice_of_what_belongs_to_invoices() -> None:
    offer = quotation(3)
    assert render_pdf(offer) == render_pdf(replace(offer, invoicing=Invoicing(order="SO-1")))


def test_the_file_of_an_invoice_bears_its_title() -> None:
    reader = PdfReader(BytesIO(render_pdf(invoice(1))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Faktur (Invoice) 012/SPH/SKU/III/2026"
