"""Cleaning, measuring and breaking text, and the faces it is set in."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from reports.documents.sales import render_pdf
from reports.kit import coverage, wording
from reports.kit.figures import money, price, quantity
from reports.kit.fonts import MissingGlyph, cut
from reports.kit.lettering import Pen, Style, clean, ems
from tests.reports.documents_for_tests import quotation
from tests.reports.fontmaker import font_covering

PLAIN = Style("regular", 9, "#000000")
LETTERS = st.text(st.sampled_from("abcdefghijMW 0123,.-éü\u00a0(\\)"), max_size=200)


def pen() -> Pen:
    return Pen(object())


@settings(max_examples=200)
@given(LETTERS, st.integers(10, 200))
def test_wrapping_loses_nothing_and_fits(text: str, room: int) -> None:
    lines = pen().wrap(text, PLAIN, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width * 9 <= room + 0.01 for width in ems(lines, "regular"))


def test_words_stay_whole_where_they_fit() -> None:
    lines = pen().wrap("satu dua tiga empat lima enam tujuh", PLAIN, 60)
    assert " ".join(lines) == "satu dua tiga empat lima enam tujuh"
    assert len(lines) == 3


def test_a_line_break_in_a_text_is_kept() -> None:
    assert pen().wrap("satu\n\ndua", PLAIN, 300) == ["satu", "", "dua"]


@pytest.mark.usefixtures("only_font")
def test_chinese_may_break_anywhere_but_not_before_a_closing_sign() -> None:
    lines = pen().wrap("\u4e00" * 20 + ")" + "\u4e01" * 9, PLAIN, 80)
    assert "".join(lines) == "\u4e00" * 20 + ")" + "\u4e01" * 9
    assert all(not line.startswith(")") for line in lines)
    assert len(lines) > 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("e\u0301", "é"),
        ("a\tb\x00c\x1bd", "a bcd"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("\u202eabc\u202c\u2066x\u2069", "abcx"),
        ("a\u200db\ufe0f\u00adc", "abc"),
        ("\ud800", "?"),
        ("a\u3000b", "a b"),
        ("Rp\u00a05", "Rp\u00a05"),
    ],
)
def test_only_what_can_be_printed_is_left(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_widths_are_those_of_the_face() -> None:
    assert ems(("1", "11", ""), "regular") == pytest.approx([0.497, 0.994, 0])
    digits = ems(tuple("0123456789"), "regular")
    assert len(set(digits)) == 1


@pytest.mark.usefixtures("only_font")
def test_the_text_with_the_missing_character_is_told() -> None:
    with pytest.raises(MissingGlyph, match="U\\+0E01") as missing:
        ems(("satu", "dua ก", "tiga"), "regular")
    assert missing.value.text == "dua ก"
    assert isinstance(missing.value, ValueError)


def test_faces_of_all_formats_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "good.ttf").write_bytes(font_covering(0x5000, 0x5010))
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0\0\xff")
    (tmp_path / "empty.ttc").write_bytes(b"")
    (tmp_path / "text.ttf").write_text("no face at all")
    monkeypatch.setattr(coverage, "font_folders", lambda: [tmp_path, tmp_path / "nowhere"])
    monkeypatch.setattr(coverage, "packaged", tuple)
    for cached in (coverage.font_files, coverage.faces_for):
        cached.cache_clear()
    try:
        assert coverage.faces_for(0x5005) == ((tmp_path / "good.ttf", 0),)
        assert coverage.faces_for(0x5011) == ()
        assert coverage.faces_for(0xE000) == ()
    finally:
        for cached in (coverage.font_files, coverage.faces_for):
            cached.cache_clear()


def test_several_threads_may_print_at_once() -> None:
    documents = [quotation(count) for count in (3, 40, 3, 40, 80, 3)]
    with ThreadPoolExecutor(4) as pool:
        printed = list(pool.map(render_pdf, documents))
    assert printed[0] == printed[2] == printed[5]
    assert printed == [render_pdf(document) for document in documents]


def test_a_file_holds_three_faces_and_no_font_of_the_reader() -> None:
    page = PdfReader(BytesIO(render_pdf(quotation(3)))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert len(fonts) == 3
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_the_three_languages_have_the_same_words() -> None:
    assert wording.words("id").keys() == wording.words("ms").keys() == wording.words("en").keys()
    assert all(all(wording.words(language).values()) for language in wording.MONTHS)
    assert wording.words("fr") == wording.words("en")


def test_figures_keep_the_decimals_they_need() -> None:
    from decimal import Decimal

    assert price(Decimal("12.4000"), 2, "en") == "12.40"
    assert price(Decimal("12.4567"), 2, "id") == "12,4567"
    assert price(Decimal("1E+3"), 0, "id") == "1.000"
    assert quantity(Decimal("1200.5000"), "ms") == "1,200.5"
    assert quantity(Decimal(-3), "en") == "−3"
    assert money(Decimal("-1234.5"), "MYR", 2, "ms") == "−RM1,234.50"
    assert money(Decimal(5), "CHF", 2, "en") == "CHF 5.00"


@pytest.mark.parametrize("module", ["reports.kit.table", "reports.documents.data"])
def test_the_data_types_need_no_library(module: str) -> None:
    heavy = "{'reportlab', 'openpyxl', 'PIL'}"
    said = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    command = [sys.executable, "-c", said]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_cuts_are_loaded_once() -> None:
    assert cut("bold") is cut("bold")
