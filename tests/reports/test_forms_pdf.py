"""What holds for every form on paper: languages, equal bytes, many lines, hostile texts."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reports.documents.counting import render_count_sheet
from reports.documents.data import Letterhead, Party
from reports.documents.delivery import render_delivery_note, render_pick_list, render_return_note
from reports.documents.forms import Form
from reports.documents.receipt import render_receipt
from reports.documents.reminder import render_reminder
from reports.documents.statement import render_statement
from tests.reports import forms_for_tests as made
from tests.reports.test_sales_pdf import HOSTILE

Pages = Callable[[bytes], list[str]]
Made = Callable[[int, Form], bytes]

FORMS: dict[str, Made] = {
    "pick list": lambda count, head: render_pick_list(made.pick_list(count, head=head)),
    "delivery": lambda count, head: render_delivery_note(made.delivery_note(count, head=head)),
    "return": lambda count, head: render_return_note(made.delivery_note(count, head=head)),
    "statement": lambda count, head: render_statement(made.statement(count, head=head)),
    "reminder 1": lambda count, head: render_reminder(made.reminder(1, count, head=head)),
    "reminder 2": lambda count, head: render_reminder(made.reminder(2, count, head=head)),
    "reminder 3": lambda count, head: render_reminder(made.reminder(3, count, head=head)),
    "receipt": lambda _count, head: render_receipt(made.receipt(head=head)),
    "count": lambda count, head: render_count_sheet(made.count_sheet(count, head=head)),
}
WORDS = {
    "pick list": {
        "id": "DAFTAR PENGAMBILAN BARANG|Lokasi|Diambil",
        "ms": "SENARAI PENGAMBILAN BARANG|No. lot/siri|Disemak oleh",
        "en": "PICK LIST|Location|Picked by",
    },
    "delivery": {
        "id": "SURAT JALAN|Alamat pengiriman|No. PO Anda|Dikirim|Sisa|Pengirim|Pengangkut|"
        "Diterima oleh|Tanda tangan & cap",
        "ms": "NOTA PENGHANTARAN|Alamat penghantaran|No. PO tuan/puan|Dihantar|Baki|Tarikh",
        "en": "DELIVERY NOTE|Deliver to|Your PO no.|Ordered|Delivered|To follow|Received by",
    },
    "return": {
        "id": "NOTA RETUR|Dikembalikan oleh",
        "ms": "NOTA PEMULANGAN BARANG|Dipulangkan oleh",
        "en": "RETURN NOTE|Returned by",
    },
    "statement": {
        "id": "RINCIAN PIUTANG|01/01/2026 s.d. 31/03/2026|Saldo awal|Belum jatuh tempo|> 90 hari",
        "ms": "PENYATA AKAUN|Baki awal|Belum matang|31–60 hari",
        "en": "STATEMENT OF ACCOUNT|Opening balance|Closing balance|Not yet due|61–90 days",
    },
    "reminder 1": {
        "id": "PENGINGAT PEMBAYARAN|28 Maret 2026|terlewat dari perhatian|Total terutang",
        "ms": "PERINGATAN BAYARAN|28 Mac 2026|terlepas daripada perhatian",
        "en": "PAYMENT REMINDER|28 March 2026|escaped your attention|Total outstanding",
    },
    "reminder 2": {
        "id": "SURAT TAGIHAN KEDUA|belum menerima pembayaran",
        "ms": "PERINGATAN KEDUA|belum menerima bayaran",
        "en": "SECOND REMINDER|in spite of our reminder",
    },
    "reminder 3": {
        "id": "SURAT PERINGATAN TERAKHIR|jalur hukum",
        "ms": "PERINGATAN TERAKHIR|undang-undang",
        "en": "FINAL DEMAND|legal steps",
    },
    "receipt": {
        "id": "KUITANSI|Sudah terima dari|Uang sejumlah|Untuk pembayaran|Rp6.815.000",
        "ms": "RESIT RASMI|Diterima daripada|Rp6,815,000",
        "en": "OFFICIAL RECEIPT|Received from|The sum of|In payment of",
    },
    "count": {
        "id": "LEMBAR STOK OPNAME|Hasil hitung|Dihitung oleh",
        "ms": "HELAIAN KIRAAN STOK|Kiraan|Dikira oleh",
        "en": "STOCK COUNT SHEET|Counted|Witnessed by|left out on purpose",
    },
}


@pytest.mark.parametrize("language", ["id", "ms", "en"])
@pytest.mark.parametrize("name", FORMS)
def test_a_form_speaks_the_language(name: str, language: str, pages: Pages) -> None:
    text = " ".join(pages(FORMS[name](2, made.form(language=language)))).replace("\n", " ")
    assert [word for word in WORDS[name][language].split("|") if word not in text] == []


@pytest.mark.parametrize("name", FORMS)
def test_equal_forms_give_equal_bytes(name: str) -> None:
    assert FORMS[name](20, made.form()) == FORMS[name](20, made.form())


@pytest.mark.parametrize("name", [name for name in FORMS if name != "receipt"])
def test_five_hundred_lines_go_over_numbered_pages_with_their_labels(
    name: str, pages: Pages
) -> None:
    label = {"pick list": "Lokasi", "statement": "Dokumen", "count": "Hasil hitung"}
    texts = pages(FORMS[name](500, made.form()))
    assert len(texts) > 9
    for number, text in enumerate(texts, 1):
        assert f"Halaman {number} dari {len(texts)}" in text
    heads = {"delivery": "Uraian", "return": "Uraian"} | label
    assert all(heads.get(name, "No. faktur") in text for text in texts[:-1])


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", FORMS)
def test_text_on_a_form_is_never_markup(name: str, text: str, pages: Pages) -> None:
    head = made.form(letterhead=Letterhead(text, (text,)), signer_name=text, place=text)
    found = "".join(pages(FORMS[name](1, replace(head, party=Party(text, text, (text,))))))
    assert text.replace(" ", "") in "".join(found.split())


@pytest.mark.parametrize("name", ["delivery", "return", "count", "pick list"])
def test_boxes_to_sign_never_stand_without_a_line(name: str, pages: Pages) -> None:
    for count in range(8, 40, 3):
        last = pages(FORMS[name](count, made.form(party=None)))[-1]
        assert f"{count - 1}" in last
        assert "Kertas" in last


def test_a_form_without_a_number_is_a_draft_where_forms_are_numbered(pages: Pages) -> None:
    head = made.form(number="")
    assert "Draf" in pages(FORMS["delivery"](1, head))[0]
    assert "Draf" not in pages(FORMS["statement"](1, head))[0]
