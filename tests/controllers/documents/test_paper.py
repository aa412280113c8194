"""What a quotation says on paper."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders, quotations
from controllers.system import imports
from models.values.documents import Line
from reports.documents.data import SalesDocument
from reports.documents.sales import render_pdf
from tests.builders import a_line, a_quotation, a_sent_quotation, an_item

D = Decimal


def paper(app: App, *lines: Line, **values: Any) -> SalesDocument:
    sent = a_sent_quotation(app, *lines, **values)
    return app.read(quotations.document, sent.number)


def test_the_totals_are_those_of_the_engine_with_their_indonesian_names(app: App) -> None:
    document = paper(app, an_item("15750000"))
    assert [(each.label, each.amount) for each in document.totals] == [
        ("Subtotal", D(15_750_000)),
        ("DPP Nilai Lain (11/12)", D(14_437_500)),
        ("PPN 12%", D(1_732_500)),
        ("Total", D(17_482_500)),
    ]
    assert document.words == "Tujuh belas juta empat ratus delapan puluh dua ribu lima ratus rupiah"


def test_a_discount_stands_before_what_is_left(app: App) -> None:
    document = paper(app, an_item("1000"), discount_percent=D(10), tax="none")
    assert [(each.label, each.amount) for each in document.totals] == [
        ("Subtotal", D(1000)),
        ("Diskon", D(-100)),
        ("Jumlah setelah diskon", D(900)),
        ("Total", D(900)),
    ]


def test_included_tax_is_told_as_part_of_the_total(app: App) -> None:
    document = paper(app, an_item("111000000"), tax="ppn_included", language="en")
    labels = {each.label: each.amount for each in document.totals}
    assert labels["Including PPN 12%"] == D(11_000_000)
    assert labels["Total"] == D(111_000_000)


def test_sections_end_with_their_subtotal_and_items_are_counted(app: App) -> None:
    document = paper(
        app,
        Line("section", description="Pompa", quantity=D(0)),
        a_line(app, discount_percent=D("2.5"), discount_amount=D(1000)),
        Line("note", description="Stok tidak mengikat.", quantity=D(0)),
        a_line(app, "FAN1", optional=True),
    )
    kinds = [(each.kind, each.number) for each in document.lines]
    assert kinds == [
        ("section", ""), ("item", "1"), ("note", ""), ("item", "2"), ("subtotal", ""),
    ]  # fmt: skip
    assert document.lines[1].discount == "2,5% + 1.000"
    assert document.lines[4].description == "Subtotal Pompa"
    assert document.optional_total is not None
    assert document.optional_total.amount == D(1_000_000)


def test_the_party_bears_its_legal_form_once(app: App) -> None:
    app.write(records.change, "account", "ALFKI", {"name": "Sinar", "legal_form": "PT"})
    app.write(records.change, "contact", "maria", {"role": "Manajer Pembelian"})
    document = paper(app)
    assert document.party.name == "PT Sinar"
    assert document.party.attention == "Maria Anders, Manajer Pembelian"


def test_terms_are_payment_first_and_then_line_by_line(app: App) -> None:
    document = paper(app, terms="Garansi: 1 tahun\nStok tidak mengikat.", delivery_term="Loco")
    assert document.terms == (
        ("Pembayaran", "30 hari setelah faktur diterima"),
        ("Penyerahan", "Loco"),
        ("Garansi", "1 tahun"),
        ("", "Stok tidak mengikat."),
    )


def test_a_draft_is_set_without_a_number(app: App) -> None:
    draft = a_quotation(app)
    document = app.read(quotations.document, draft.id or 0)
    assert document.number == ""
    assert render_pdf(document).startswith(b"%PDF")


def test_a_foreign_party_has_its_countrys_name_in_the_documents_language(app: App) -> None:
    app.write(records.change, "account", "ALFKI", {"country": "DE", "city": "Berlin"})
    assert paper(app, language="id").party.address_lines[-1] == "Jerman"
    assert paper(app, language="en").party.address_lines[-1] == "Germany"


def test_a_line_without_description_bears_the_products_name_in_the_documents_language(
    app: App,
) -> None:
    app.write(records.change, "product", "PUMP12", {"name_id": "Pompa air"})
    line = a_line(app, description="")
    assert paper(app, line, language="id").lines[0].description == "Pompa air"
    assert paper(app, line, language="en").lines[0].description == "Pump PUMP12"


def test_a_malay_paper_names_its_tax_in_malay(app: App) -> None:
    document = paper(app, an_item("1000"), tax="sst_sales", language="ms", currency="MYR",
                     price_list="")  # fmt: skip
    assert [each.label for each in document.totals][1] == "Cukai Jualan 10%"


def test_imported_history_shows_more_decimals_only_where_it_has_them(
    app: App, tmp_path: Path
) -> None:
    rows = "number,account,date,product,quantity,unit_price\n"
    rows += "H1,ALFKI,2026-01-31,PUMP12,2,14.50\nH2,ALFKI,2026-01-31,PUMP12,1,14.5025\n"
    path = tmp_path / "history.csv"
    path.write_text(rows, encoding="utf-8")
    request = imports.Request("order", path, set={"currency": "USD"})
    assert imports.import_file(app, request).created == 2
    assert app.read(orders.document, "H1").decimals == 2
    assert app.read(orders.document, "H2").decimals == 4
