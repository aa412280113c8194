"""Quotations in two languages side by side."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.documents.data import DocumentLine, SalesDocument, TotalLine
from reports.documents.sales import render_pdf
from reports.kit.wording import words
from tests.reports.documents_for_tests import line, quotation

Pages = Callable[[bytes], list[str]]


def bilingual(language: str = "id", second: str = "en", **changes: object) -> SalesDocument:
    """A quotation of two lines, one of them optional, with both descriptions."""
    lines = (
        DocumentLine("section", description="Barang", second_description="Goods"),
        replace(
            line(0), description="Kertas", second_description="Paper", detail="rim 500",
            second_detail="ream of 500", amount=Decimal(98765),
        ),
        replace(line(2), description="Tinta", second_description="Ink", optional=True),
    )  # fmt: skip
    total = TotalLine("Jumlah", Decimal(98765), strong=True, second_label="Grand total")
    return quotation(
        0, language=language, second_language=second, lines=lines, totals=(total,),
        words="Sembilan", second_words="Nine", **changes,
    )  # fmt: skip


def test_labels_and_descriptions_are_in_both_languages(pages: Pages) -> None:
    text = pages(render_pdf(bilingual()))[0]
    wanted = (
        "Nomor / Number", "Kepada Yth. / To", "Uraian", "Description", "Barang / Goods", "Kertas",
        "Paper", "rim 500", "ream of 500", "Jumlah / Grand total", "Terbilang: Sembilan",
        "In words: Nine", "Dengan hormat,\nDear Sir or Madam,", "Halaman 1 dari 1 / Page 1 of 1",
        "Optional – not part", "Opsional – tidak",
    )  # fmt: skip
    assert [word for word in wanted if word not in text] == []


def test_figures_stand_once_as_the_first_language_writes_them(pages: Pages) -> None:
    text = pages(render_pdf(bilingual()))[0]
    assert text.count("98.765") == 2
    assert "98,765" not in text


@pytest.mark.parametrize("first", ["id", "ms", "en"])
@pytest.mark.parametrize("second", ["id", "ms", "en"])
def test_any_two_languages_go_together(first: str, second: str, pages: Pages) -> None:
    text = pages(render_pdf(bilingual(first, second)))[0].replace("\n", " ")
    for language in (first, second):
        assert words(language)["quotation opening"] in text


def test_what_is_the_same_in_both_stands_once(pages: Pages) -> None:
    assert "Lampiran / Lampiran" not in pages(render_pdf(bilingual("id", "ms")))[0]


def test_without_a_second_language_second_texts_are_not_printed(pages: Pages) -> None:
    text = pages(render_pdf(replace(bilingual(), second_language=None)))[0]
    assert [word for word in ("Paper", "Goods", "ream", "Grand", "Nine") if word in text] == []


def test_long_descriptions_are_whole_in_both_languages(pages: Pages) -> None:
    left, right = ([f"{side}{at:04d}" for at in range(900)] for side in ("kiri", "kanan"))
    long = replace(
        line(0), description=" ".join(left[:450]), second_description=" ".join(right[:200]),
        detail=" ".join(left[450:]), second_detail=" ".join(right[200:]),
    )  # fmt: skip
    document = replace(bilingual(), lines=(line(1), long, line(2)))
    found = " ".join(pages(render_pdf(document)))
    assert [word for word in (*left, *right) if word not in found] == []


def test_every_language_has_the_same_words() -> None:
    assert list(words("id")) == list(words("ms")) == list(words("en"))
