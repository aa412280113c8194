"""Quotations and order confirmations on paper."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.documents.data import DocumentLine, Letterhead, Party, SalesDocument, TotalLine
from reports.documents.sales import render_pdf
from reports.kit import coverage
from reports.kit.fonts import MissingGlyph
from tests.reports.documents_for_tests import line, logo, quotation

Pages = Callable[[bytes], list[str]]


def solid(texts: list[str]) -> str:
    """The text of all pages without any blank."""
    return "".join("".join(texts).split())


@pytest.mark.parametrize(
    ("language", "kind", "words"),
    [
        (
            "id",
            "quotation",
            "SURAT PENAWARAN HARGA|Kepada Yth.|Perihal|Dengan hormat,|Bersama ini "
            "kami sampaikan penawaran harga|Uraian|Harga Satuan (Rp)|Jumlah (Rp)|Terbilang: "
            "Satu juta rupiah|Demikian penawaran ini|Hormat kami,|Jakarta, 14 Maret 2026",
        ),
        ("id", "order", "KONFIRMASI PESANAN|kami konfirmasikan pesanan"),
        (
            "ms",
            "quotation",
            "SEBUT HARGA|No. Rujukan|Tarikh|14 Mac 2026|Tuan/Puan,|Bil.|Butiran|"
            "Kuantiti|Harga Seunit (Rp)|Sekian, terima kasih.|Yang benar,",
        ),
        ("ms", "order", "PENGESAHAN PESANAN|mengesahkan pesanan"),
        (
            "en",
            "quotation",
            "QUOTATION|To|Date|Dear Sir or Madam,|Description|Unit price (Rp)|"
            "Yours faithfully,|14 March 2026",
        ),
        ("en", "order", "ORDER CONFIRMATION|which we confirm"),
    ],
)
def test_a_paper_speaks_the_customers_language(
    language: str, kind: str, words: str, pages: Pages
) -> None:
    text = pages(render_pdf(quotation(3, language=language, kind=kind)))[0].replace("\n", " ")
    assert [word for word in words.split("|") if word not in text] == []


def test_figures_follow_the_language(pages: Pages) -> None:
    priced = DocumentLine(
        description="Motor",
        quantity=Decimal("1.5"),
        unit_price=Decimal("12.4567"),
        amount=Decimal("1234.5"),
    )
    facts = {"lines": (priced,), "currency": "MYR", "decimals": 2}
    indonesian, malay = (
        pages(render_pdf(quotation(0, language=language, **facts)))[0] for language in ("id", "ms")
    )
    assert all(figure in indonesian for figure in ("1,5", "12,4567", "1.234,50", "(RM)"))
    assert all(figure in malay for figure in ("1.5", "12.4567", "1,234.50", "(RM)"))


def test_the_total_carries_its_currency(pages: Pages) -> None:
    total = (TotalLine("Total", Decimal(4093125), strong=True),)
    assert "Rp4.093.125" in pages(render_pdf(quotation(1, totals=total)))[0]


def test_equal_documents_give_equal_bytes() -> None:
    assert render_pdf(quotation(40)) == render_pdf(quotation(40))


def test_the_file_names_title_author_and_language() -> None:
    reader = PdfReader(
        BytesIO(render_pdf(quotation(1, language="ms", subject="Bekalan <pejabat>")))
    )
    assert reader.metadata is not None
    assert reader.metadata.title == "Sebut Harga 012/SPH/SKU/III/2026"
    assert reader.metadata.author == "PT Sumber Kertas Utama"
    assert reader.metadata.subject == "Bekalan <pejabat>"
    assert reader.trailer["/Root"]["/Lang"] == "ms"


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_every_page_tells_its_number_and_repeats_the_labels(size: str, pages: Pages) -> None:
    texts = pages(render_pdf(quotation(200, page_size=size)))
    assert len(texts) > 5
    for number, text in enumerate(texts[:-1], 1):
        assert f"Halaman {number} dari {len(texts)}" in text
        assert "Uraian" in text
    assert f"Halaman {len(texts)} dari {len(texts)}" in texts[-1]


def test_pages_have_the_size_asked_for() -> None:
    box = PdfReader(BytesIO(render_pdf(quotation(1, page_size="Letter")))).pages[0].mediabox
    assert (box.width, box.height) == (612, 792)


def test_ten_thousand_lines_are_all_there(pages: Pages) -> None:
    content = render_pdf(quotation(10_000))
    reader = PdfReader(BytesIO(content))
    last = "".join(page.extract_text() for page in reader.pages[-2:])
    assert "10000" in last
    assert len(reader.pages) > 250


@pytest.mark.slow
@pytest.mark.parametrize("count", range(1, 70))
def test_totals_never_stand_without_a_line(count: int, pages: Pages) -> None:
    lines = (*map(line, range(count)), replace(line(0), description="Baris terakhir"))
    texts = pages(render_pdf(quotation(0, lines=lines)))
    assert "Baris terakhir" in next(text for text in texts if "Subtotal" in text)


def test_totals_and_their_words_stay_together(pages: Pages) -> None:
    for count in range(1, 40):
        texts = pages(render_pdf(quotation(count)))
        assert next(t for t in texts if "Subtotal" in t).count("Terbilang") == 1


@pytest.mark.slow
@pytest.mark.parametrize("lead", range(40))
def test_a_section_is_never_last_and_a_subtotal_never_first_on_a_page(
    lead: int, pages: Pages
) -> None:
    lines = [line(at) for at in range(lead)]
    for at in range(6):
        lines += [
            DocumentLine("section", description=f"Bagian{at}"),
            *(replace(line(number), number=f"{at}x{number}") for number in range(6)),
            DocumentLine("subtotal", description=f"Jumlah{at}", amount=Decimal(100)),
        ]
    for text in pages(render_pdf(quotation(0, lines=tuple(lines)))):
        for at in range(6):
            assert (f"Bagian{at}" in text) <= (f"{at}x0" in text)
            assert (f"Jumlah{at}" in text) <= (f"{at}x5" in text)


def test_the_signature_stays_in_one_piece(pages: Pages) -> None:
    for count in range(1, 45):
        texts = pages(render_pdf(quotation(count)))
        page = next(text for text in texts if "Budi Santoso" in text)
        assert "Hormat kami," in page
        assert "Demikian penawaran" in page


def test_the_discount_column_is_there_only_for_a_discount(pages: Pages) -> None:
    plain = replace(line(0), discount="")
    assert "Diskon" not in pages(render_pdf(quotation(0, lines=(plain,))))[0]
    assert "Diskon" in pages(render_pdf(quotation(0, lines=(line(1),))))[0]


def test_optional_lines_are_marked_and_their_sum_is_named(pages: Pages) -> None:
    document = quotation(
        0,
        lines=(line(0), replace(line(2), optional=True)),
        optional_total=TotalLine("", Decimal(777)),
    )
    text = pages(render_pdf(document))[0]
    assert "Opsional – tidak termasuk dalam total" in text
    assert "Opsi di luar total" in text
    assert "777" in text


def test_a_description_longer_than_a_page_is_shown_whole(pages: Pages) -> None:
    words = [f"kata{at:04d}" for at in range(2_500)]
    long = replace(line(0), description=" ".join(words[:1_200]), detail="\n".join(words[1_200:]))
    texts = pages(render_pdf(quotation(0, lines=(line(1), long, line(2)))))
    found = " ".join(texts)
    assert [word for word in words if word not in found] == []
    assert len(texts) > 10


def test_a_word_longer_than_its_column_is_broken_and_not_cut(pages: Pages) -> None:
    word = "".join(f"{at:03d}" for at in range(200))
    item = DocumentLine(description=word)
    assert word in solid(pages(render_pdf(quotation(0, lines=(item,)))))


def test_huge_figures_are_whole(pages: Pages) -> None:
    huge = Decimal("1234567890123456789012345678901234567890.12")
    item = DocumentLine(description="Jembatan", amount=huge)
    text = solid(pages(render_pdf(quotation(0, lines=(item,), decimals=2))))
    figure = "1.234.567.890.123.456.789.012.345.678.901.234.567.890,12"
    assert figure in text


def test_a_document_without_lines_terms_or_signer_is_still_one_page(pages: Pages) -> None:
    assert len(pages(render_pdf(quotation(0, totals=(), words="", signer_name="")))) == 1


def test_a_draft_says_so(pages: Pages) -> None:
    text = pages(render_pdf(quotation(1, number="", watermark="DRAF", language="ms")))[0]
    assert "Draf" in text
    assert "DRAF" in text


def test_terms_bank_and_references_are_printed(pages: Pages) -> None:
    head = Letterhead("PT A", bank_lines=("BCA 123", "a.n. PT A"), tax_number="0012", logo=None)
    document = quotation(
        1,
        letterhead=head,
        terms=(("Garansi", "12 bulan"), ("Pengiriman", "2 minggu\nfranco Jakarta")),
        reference_lines=(("PO Anda", "PO-77"),),
        stamp_room=True,
        revision=3,
    )
    text = pages(render_pdf(document))[0]
    wanted = ("Garansi", "franco Jakarta", "BCA 123", "PO-77", "NPWP 0012", "Meterai", "rev. 3")
    assert [word for word in wanted if word not in text] == []


def printed_or_refused(document: SalesDocument) -> bytes:
    """The PDF, or the message that names what is missing."""
    try:
        return render_pdf(document)
    except MissingGlyph as missing:
        return str(missing).encode("utf-8", "replace")


HOSTILE = ("<b>tebal</b>", "A & B <img src='x'/>", ")(\\", "\\) Tj ET (", "%d {0} ${x}", "a)b(c\\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_markup(text: str, pages: Pages) -> None:
    document = quotation(
        0,
        lines=(
            replace(line(0), description=text, detail=text, unit=text, discount=text),
            DocumentLine("section", description=text),
            DocumentLine("note", description=text),
        ),
        party=Party(text, text, (text,)),
        subject=text,
        opening=text,
        terms=((text, text),),
    )
    found = "".join(pages(render_pdf(document)))
    assert found.replace("\n", "").replace(" ", "").count(text.replace(" ", "")) >= 8


def test_control_and_bidi_characters_are_left_out(pages: Pages) -> None:
    text = pages(render_pdf(quotation(1, subject="Harga\u202e\u200b\x00\x07 satu\u2066 dua")))[0]
    assert "Harga satu dua" in text


@pytest.mark.slow
def test_strings_that_broke_other_programs_are_printed_or_refused_by_name(
    naughty: list[str],
) -> None:
    for text in naughty:
        item = replace(line(0), description=text, detail=text)
        outcome = printed_or_refused(quotation(0, lines=(item,), subject=text))
        assert outcome.startswith(b"%PDF") or re.match(rb"No font .*U\+[0-9A-F]{4,6}\)", outcome)


@pytest.mark.usefixtures("only_font")
def test_chinese_names_are_whole_even_where_they_wrap(pages: Pages) -> None:
    name = "".join(chr(0x4E00 + 7 * at) for at in range(150))
    document = quotation(
        0,
        party=Party(f"{name[:12]} Sdn Bhd"),
        lines=(replace(line(0), description=f"Kertas {name} A4"), line(1)),
    )
    text = "".join(pages(render_pdf(document))).replace("\n", "")
    assert f"{name[:12]} Sdn Bhd" in text
    shown = "".join(character for character in text if ord(character) > 0x4DFF)
    assert name in shown


NAMES_OF_ASIA = (
    "北京东方贸易有限责任公司",
    "臺灣龍興國際股份有限公司",
    "株式会社ツバメ印刷、ひらがな",
    "대한민국 주식회사 한빛",
)


@pytest.mark.usefixtures("no_fonts")
@pytest.mark.parametrize("name", NAMES_OF_ASIA)
def test_names_of_asia_are_whole_on_a_machine_without_fonts(name: str, pages: Pages) -> None:
    document = quotation(
        0, party=Party(name), lines=(replace(line(0), description=f"Kertas {name}"),)
    )
    content = render_pdf(document)
    text = "".join(pages(content)).replace("\n", "")
    assert text.count(name) == 2
    assert len(content) < 150_000
    assert render_pdf(document) == content


@pytest.mark.usefixtures("no_fonts")
def test_the_typeface_of_asia_is_read_only_where_it_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(coverage, "packaged", lambda: asked.append(1) or ())
    render_pdf(quotation(3, subject="Ç, é, “ž” – 5 €"))
    assert asked == []


@pytest.mark.usefixtures("only_font")
def test_a_character_no_face_has_is_named() -> None:
    with pytest.raises(MissingGlyph, match=r"'ก' \(U\+0E01\).*satu ก dua") as refused:
        render_pdf(quotation(1, subject="satu ก dua"))
    assert refused.value.character == "ก"
    assert refused.value.text == "satu ก dua"


def test_a_logo_may_be_a_png_with_transparency_or_a_jpeg() -> None:
    from PIL import Image

    for mode, kind in (("RGBA", "PNG"), ("P", "PNG"), ("RGB", "JPEG"), ("CMYK", "JPEG")):
        file = BytesIO()
        Image.new(mode, (300, 100)).save(file, kind)
        head = Letterhead("PT A", logo=file.getvalue())
        reader = PdfReader(BytesIO(render_pdf(quotation(1, letterhead=head))))
        assert [picture.image.size for picture in reader.pages[0].images if picture.image] == [
            (300, 100)
        ]


def test_a_logo_that_is_no_picture_is_refused() -> None:
    head = Letterhead("PT A", logo=logo()[:100])
    with pytest.raises(ValueError, match="not a readable PNG or JPEG"):
        render_pdf(quotation(1, letterhead=head))


def test_a_very_long_company_name_is_whole_on_the_first_page(pages: Pages) -> None:
    name = " ".join(f"Perusahaan{at}" for at in range(40))
    texts = pages(render_pdf(quotation(80, letterhead=Letterhead(name), number="9" * 200)))
    assert name.replace(" ", "") in solid(texts[:1])
    assert "9" * 200 in solid(texts[:1])
    assert "…" in texts[1]
