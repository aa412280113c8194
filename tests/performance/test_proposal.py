"""What a proposal and a thousand documents in one print job cost."""

import gc
from collections.abc import Callable
from io import BytesIO
from statistics import median
from time import process_time

import pytest
from pypdf import PdfReader

from reports.documents.batch import render_batch
from reports.documents.proposal.assembling import render_pdf
from reports.documents.proposal.data import Enclosure, Illustration, ProposalDocument, Section
from reports.documents.sales import render_pdf as quotation_pdf
from tests.reports.documents_for_tests import quotation
from tests.reports.proposals_for_tests import TEXT, photo, proposal, stationery

pytestmark = pytest.mark.performance


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of one run."""
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def data_sheet(name: str) -> bytes:
    """Two pages of a data sheet as they come from layout programs: thousands of strokes."""
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, invariant=1, pageCompression=1)
    for _ in range(2):
        canvas.drawString(60, 780, name)
        for at in range(4_000):
            canvas.line(60, at / 6, 500, 700 - at / 6)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def long_proposal() -> ProposalDocument:
    """Some forty pages, twenty of them from ten other files."""
    sections = tuple(
        Section(f"Bagian {at}", TEXT * 4, (Illustration(photo(1600, 900), "foto.jpg"),))
        for at in range(14)
    )
    files = tuple(Enclosure(f"Brosur {at}", data_sheet(f"Brosur {at}")) for at in range(10))
    return proposal(
        sections=sections, product_sheets=files[:5], appendices=files[5:], stationery=stationery(),
        quotation=quotation(60),
    )  # fmt: skip


def test_a_proposal_of_forty_pages_takes_less_than_two_seconds() -> None:
    whole = long_proposal()
    pages = len(PdfReader(BytesIO(render_pdf(whole))).pages)
    taken = median(spent(lambda: render_pdf(whole)) for _ in range(5))
    print(f"\n{pages} pages, 10 files bound in: {taken * 1000:.0f} ms")
    assert pages >= 40
    assert taken < 2


def test_ten_times_the_pages_bound_in_cost_about_ten_times_as_much() -> None:
    def bound(count: int) -> Callable[[], bytes]:
        files = tuple(Enclosure(f"{at}", data_sheet(f"{at}")) for at in range(count))
        return lambda: render_pdf(proposal(appendices=files))

    few, many = bound(20), bound(200)
    ratio = median(spent(many) / spent(few) for _ in range(3))
    print(f"\n400 pages bound in cost {ratio:.1f} x 40")
    assert ratio <= 11


def test_a_batch_grows_with_its_documents_and_costs_less_than_single_files() -> None:
    def batch(count: int) -> Callable[[], bytes]:
        return lambda: render_batch((quotation(20, number=f"{at}") for at in range(count)), "X")

    batch(10)()
    few, many = spent(batch(100)), spent(batch(1_000))
    single = spent(lambda: [quotation_pdf(quotation(20, number=f"{at}")) for at in range(1_000)])
    print(
        f"\n1,000 quotations in one file: {many:.2f} s, {many / few:.1f} x 100 of them; "
        f"in files of their own {single:.2f} s"
    )
    assert many <= 11.5 * few
    assert many <= single
