"""Proposals: their parts in order, the table of contents, page numbers, stationery."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from reports.documents.proposal.assembling import render_pdf
from reports.documents.proposal.data import Cover, Enclosure, ProposalDocument, Section, Stationery
from reports.documents.proposal.prose import Block, blocks
from reports.documents.proposal.received import AppendixProblem
from reports.documents.sales import render_pdf as quotation_pdf
from reports.kit.fonts import MissingGlyph
from tests.reports.proposals_for_tests import TEXT, bare, foreign_pdf, proposal, stationery

Pages = Callable[[bytes], list[str]]

PAGE = {"id": "Halaman {} dari {}", "ms": "Halaman {} daripada {}", "en": "Page {} of {}"}
HEADINGS = {
    "id": "Surat Pengantar|Tentang kami|Cara kerja|Referensi|Daftar harga|Lembar Produk|"
    "Pencetak L15150|Kertas A4|Syarat dan ketentuan|Lampiran 1 – Sertifikat",
    "ms": "Surat Iringan|Tentang kami|Cara kerja|Referensi|Daftar harga|Helaian Produk|"
    "Pencetak L15150|Kertas A4|Terma dan syarat|Lampiran 1 – Sertifikat",
    "en": "Cover Letter|Tentang kami|Cara kerja|Referensi|Daftar harga|Product Sheets|"
    "Pencetak L15150|Kertas A4|Terms and conditions|Appendix 1 – Sertifikat",
}


def contents_of(texts: list[str]) -> list[tuple[str, int]]:
    """The lines of the table of contents: heading and page."""
    text = next(t for t in texts if re.match(r"Daftar Isi|Isi Kandungan|Contents", t))
    lines = re.findall(r"^(?!Pengadaan)(.+?)[ \n](\d+)$", text, re.MULTILINE)
    return [(name, int(page)) for name, page in lines]


def outline_of(content: bytes) -> list[tuple[int, str, int]]:
    """The bookmarks: depth, title and page."""
    reader = PdfReader(BytesIO(content))

    def walk(entries: list[Any], depth: int) -> list[tuple[int, str, int]]:
        found = []
        for each in entries:
            if isinstance(each, list):
                found += walk(each, depth + 1)
            else:
                page = reader.get_destination_page_number(each)
                found.append((depth, str(each.title), (page or 0) + 1))
        return found

    return walk(reader.outline, 0)


def test_the_parts_stand_in_order(pages: Pages) -> None:
    text = " ".join(pages(render_pdf(proposal())))
    order = (
        "Kantor pusat dan cabang", "Surat pembuka", "Daftar Isi", "Setiap minggu",
        "DAFTAR HARGA", "Lembar satu", "Lembar dua", "Ketentuan umum", "Piagam",
    )  # fmt: skip
    places = [text.index(word) for word in order]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["id", "ms", "en"])
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_contents_name_every_part_in_the_documents_language(
    language: str, size: str, pages: Pages
) -> None:
    found = contents_of(pages(render_pdf(proposal(language, size))))
    assert [name for name, _ in found] == HEADINGS[language].split("|")


@pytest.mark.slow
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_pages_in_the_contents_are_those_the_parts_are_on(size: str, pages: Pages) -> None:
    sections = tuple(Section(f"Bagian ke-{at}", TEXT * 3) for at in range(70))
    texts = pages(render_pdf(proposal(page_size=size, sections=sections)))
    found = re.findall(r"^(Bagian ke-\d+)[ \n](\d+)$", "\n".join(texts), re.MULTILINE)
    assert len(found) == 70
    assert [
        (name, page)
        for name, page in found
        if not re.search(rf"^{name}$", texts[int(page) - 1], re.MULTILINE)
    ] == []


def test_the_bookmarks_lead_where_the_contents_say(pages: Pages) -> None:
    content = render_pdf(proposal())
    cover, *marks = outline_of(content)
    assert cover == (0, "Pengadaan 2026", 1)
    assert [(title, page) for _, title, page in marks] == contents_of(pages(content))
    assert [title for depth, title, _ in marks if depth] == ["Pencetak L15150", "Kertas A4"]


def test_the_lines_of_the_contents_are_links_to_their_pages(pages: Pages) -> None:
    content = render_pdf(proposal())
    reader, texts = PdfReader(BytesIO(content)), pages(content)
    at = next(at for at, text in enumerate(texts) if text.startswith("Daftar Isi"))
    names = [link.get_object()["/Dest"] for link in reader.pages[at]["/Annots"]]
    led = [reader.get_destination_page_number(reader.named_destinations[n]) for n in names]
    assert [(page or 0) + 1 for page in led] == [page for _, page in contents_of(texts)]


@pytest.mark.parametrize("language", ["id", "ms", "en"])
def test_every_page_tells_its_number_over_all_of_them(language: str, pages: Pages) -> None:
    texts = pages(render_pdf(proposal(language)))
    shown = [PAGE[language].format(at, len(texts)) for at in range(1, len(texts) + 1)]
    assert len(texts) >= 10
    assert [said for said, text in zip(shown, texts, strict=True) if said not in text] == []


def test_the_pages_with_prices_are_those_of_the_quotation(pages: Pages) -> None:
    document = proposal().quotation
    alone = [line for text in pages(quotation_pdf(document)) for line in text.split("\n")]
    texts = pages(render_pdf(bare(quotation=document)))
    assert [line for text in texts for line in text.split("\n")] == alone


def test_what_is_empty_is_left_out(pages: Pages) -> None:
    assert len(pages(render_pdf(bare()))) == 1


def test_equal_proposals_give_equal_bytes() -> None:
    whole = proposal(stationery=stationery())
    assert render_pdf(whole) == render_pdf(proposal(stationery=stationery()))


@pytest.mark.slow
def test_another_run_of_the_program_gives_the_same_bytes() -> None:
    code = (
        "import hashlib\n"
        "from reports.documents.proposal.assembling import render_pdf\n"
        "from tests.reports.proposals_for_tests import proposal, stationery\n"
        "content = render_pdf(proposal(stationery=stationery(1)))\n"
        "print(hashlib.sha256(content).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            cwd=Path(__file__).parents[2], env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1


def test_the_file_names_title_language_and_no_moment() -> None:
    reader = PdfReader(BytesIO(render_pdf(proposal("ms"))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Pengadaan 2026 012/SPH/SKU/III/2026"
    assert reader.metadata.author == "PT Sumber Kertas Utama"
    assert "pypdf" not in (reader.metadata.producer or "")
    assert reader.root_object["/Lang"] == "ms"
    assert reader.metadata.creation_date is None or reader.metadata.creation_date.year == 2000


# Stationery


def test_stationery_lies_under_the_first_and_under_the_other_pages(pages: Pages) -> None:
    texts = pages(render_pdf(proposal(stationery=stationery())))
    own = [text for text in texts if "Kop surat" in text]
    assert "Kop surat 1" in own[0]
    assert all("Kop surat 2" in text and "Kop surat 1" not in text for text in own[1:])
    assert len(own) == len(texts) - 3


def test_stationery_of_one_page_lies_under_all(pages: Pages) -> None:
    texts = pages(render_pdf(bare(quotation=proposal().quotation, stationery=stationery(1))))
    assert all("Kop surat 1" in text for text in texts)


def test_the_company_is_not_named_twice_on_stationery_that_names_it(pages: Pages) -> None:
    plain = replace(stationery(), names_company=False)
    named, unnamed = (
        pages(render_pdf(bare(stationery=paper)))[0] for paper in (stationery(), plain)
    )
    assert ("Jl. Gajah Mada 18" in named, "Jl. Gajah Mada 18" in unnamed) == (False, True)


def test_stationery_that_is_no_pdf_is_refused_by_name() -> None:
    with pytest.raises(AppendixProblem, match=r"'kop\.docx' is not a readable PDF") as refused:
        render_pdf(bare(stationery=Stationery(b"PK\x03\x04", "kop.docx")))
    assert refused.value.reason == "unreadable"


# Texts


def test_paragraphs_and_lists_are_told_apart() -> None:
    text = "Satu\nbaris dua\n\nDua\n- a\n  lanjutan\n- b\nTiga\n\n\n-tanpa spasi"
    assert blocks(text) == [
        Block("Satu\nbaris dua"),
        Block("Dua"),
        Block("a\nlanjutan", True),
        Block("b", True),
        Block("Tiga"),
        Block("-tanpa spasi"),
    ]


HOSTILE = ("<b>tebal</b>", "<img src='/etc/passwd'/>", ")(\\", "Q ET (", "{0} %s", "# *tajam* `x`")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_markup(text: str, pages: Pages) -> None:
    whole = proposal(
        cover=Cover(text, text), letter=text, sections=(Section(text, f"- {text}"),), terms=text,
        appendices=(Enclosure(text, foreign_pdf("Piagam")),),
    )  # fmt: skip
    found = "".join("".join(pages(render_pdf(whole))).split())
    assert found.count("".join(text.split())) >= 8


def printed_or_refused(whole: ProposalDocument) -> bytes:
    try:
        return render_pdf(whole)
    except MissingGlyph as missing:
        return str(missing).encode("utf-8", "replace")


@pytest.mark.slow
def test_strings_that_broke_other_programs_are_printed_or_refused_by_name(
    naughty: list[str],
) -> None:
    for text in naughty:
        outcome = printed_or_refused(
            bare(cover=Cover(text, text), sections=(Section(text, text),), has_contents=True)
        )
        assert outcome.startswith(b"%PDF") or re.match(rb"No font .*U\+[0-9A-F]{4,6}\)", outcome)


def test_texts_longer_than_pages_are_whole(pages: Pages) -> None:
    words = [f"kata{at:04d}" for at in range(4_000)]
    whole = bare(
        cover=Cover(" ".join(words[:800])), letter=" ".join(words[800:1_600]),
        sections=(Section(" ".join(words[1_600:2_400]), "- " + " ".join(words[2_400:])),),
        has_contents=True,
    )  # fmt: skip
    found = " ".join(pages(render_pdf(whole)))
    assert [word for word in words if word not in found] == []


@pytest.mark.slow
def test_a_heading_never_stands_last_on_a_page(pages: Pages) -> None:
    for lines in range(30, 60):
        sections = (Section("Awal", "\n".join(["baris"] * lines)), Section("Judul", "isi\nisi"))
        texts = pages(render_pdf(bare(sections=sections)))
        assert "isi" in next(text for text in texts if "Judul" in text)
