"""Many documents in one file to print."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.documents.batch import render_batch
from reports.documents.data import Letterhead, SalesDocument
from reports.documents.sales import render_pdf
from reports.kit.files import Cancelled
from tests.reports.documents_for_tests import quotation

Pages = Callable[[bytes], list[str]]


def documents() -> list[SalesDocument]:
    """Quotations and an invoice of different lengths, languages and sizes of paper."""
    return [
        quotation(2, number="A-1"),
        quotation(100, number="A-2", language="en", page_size="Letter"),
        quotation(30, number="A-3", letterhead=Letterhead("PT Lain")),
        quotation(3, number="A-4", kind="invoice"),
    ]


def test_each_document_is_as_it_is_alone(pages: Pages) -> None:
    alone = [text for document in documents() for text in pages(render_pdf(document))]
    assert pages(render_batch(documents(), "Cetak")) == alone


def test_each_document_has_its_own_paper() -> None:
    reader = PdfReader(BytesIO(render_batch(documents(), "Cetak")))
    widths = [round(float(page.mediabox.width)) for page in reader.pages]
    assert (widths[0], widths[1], widths[-1]) == (595, 612, 595)


def test_bookmarks_lead_to_each_document(pages: Pages) -> None:
    content = render_batch(documents(), "Cetak")
    reader, texts = PdfReader(BytesIO(content)), pages(content)
    led = [reader.get_destination_page_number(mark) or 0 for mark in reader.outline]
    assert len(led) == 4
    assert all(f"A-{at}" in texts[page] for at, page in enumerate(led, 1))


def test_equal_documents_give_equal_bytes() -> None:
    assert render_batch(documents(), "Cetak") == render_batch(documents(), "Cetak")


def test_a_batch_is_made_as_its_documents_come() -> None:
    seen: list[str] = []

    def coming() -> Iterator[SalesDocument]:
        for document in documents():
            seen.append(f"made {document.number}")
            yield document

    def progress(done: int) -> bool:
        seen.append(f"done {done}")
        return True

    render_batch(coming(), "Cetak", progress)
    assert seen == [
        "made A-1", "done 1", "made A-2", "done 2", "made A-3", "done 3",
        "made A-4", "done 4",
    ]  # fmt: skip


def test_a_batch_can_be_cancelled_between_two_documents() -> None:
    told: list[int] = []

    def progress(done: int) -> bool:
        told.append(done)
        return done < 2

    with pytest.raises(Cancelled):
        render_batch(documents(), "Cetak", progress)
    assert told == [1, 2]


def test_a_batch_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no document"):
        render_batch([], "Cetak")


def test_a_watermark_is_only_on_its_own_document(pages: Pages) -> None:
    first, *rest = documents()
    texts = pages(render_batch([replace(first, watermark="SALINAN"), *rest], "Cetak"))
    assert ["SALINAN" in text for text in texts] == [True] + [False] * (len(texts) - 1)
