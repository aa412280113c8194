"""What a quotation on paper costs, against one written by hand and against ReportLab's tables."""

import gc
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from itertools import count
from statistics import median
from time import process_time
from xml.sax.saxutils import escape

import pytest

from reports.documents.data import SalesDocument
from reports.documents.sales import render_pdf
from tests.performance.raw_pdf import raw_pdf
from tests.reports.documents_for_tests import quotation

pytestmark = pytest.mark.performance

MEMORY = """
from tests.performance.peak import peak
from reports.documents.sales import render_pdf
from tests.reports.documents_for_tests import quotation
document = quotation(10_000)
render_pdf(quotation(3))
before = peak()
render_pdf(document)
print(peak() - before)
"""

Render = Callable[[SalesDocument], bytes]


def platypus_pdf(document: SalesDocument) -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    style = getSampleStyleSheet()["BodyText"]
    rows = [
        [
            Paragraph(escape(text), style)
            for text in (
                item.number,
                item.description,
                f"{item.quantity}",
                item.unit,
                f"{item.unit_price:,.0f}",
                item.discount,
                f"{item.amount:,.0f}",
            )
        ]
        for item in document.lines
    ]
    file = BytesIO()
    table = LongTable(rows, colWidths=[25, 200, 40, 40, 70, 40, 78], repeatRows=1)
    SimpleDocTemplate(file).build([table])
    return file.getvalue()


def costs(lines: int, rounds: int, *renders: Render) -> list[float]:
    """Median CPU milliseconds of each renderer, taken in turns on documents never seen before."""
    names = count()
    taken: list[list[float]] = [[] for _ in renders]
    base = quotation(lines)
    for render in renders:
        render(base)
    for _ in range(rounds):
        for render, times in zip(renders, taken, strict=True):
            document = quotation(lines, number=f"{next(names):05d}/SPH/2026")
            gc.collect()
            start = process_time()
            render(document)
            times.append((process_time() - start) * 1000)
    return [median(times) for times in taken]


@pytest.mark.parametrize(("lines", "rounds"), [(5, 61), (50, 61), (1_000, 21), (10_000, 5)])
def test_a_quotation_costs_hardly_more_than_one_written_by_hand(lines: int, rounds: int) -> None:
    floor, ours = costs(lines, rounds, raw_pdf, render_pdf)
    print(f"\n{lines:>6} lines: by hand {floor:.1f} ms, ours {ours:.1f} ms, {ours / floor:.2f} x")
    assert ours <= 1.2 * floor


@pytest.mark.parametrize(
    ("lines", "rounds", "goal"),
    [(50, 11, 9), (1_000, 3, 35), pytest.param(10_000, 1, 55, marks=pytest.mark.long)],
)
def test_a_quotation_costs_a_fraction_of_a_table_of_paragraphs(
    lines: int, rounds: int, goal: int
) -> None:
    theirs, ours = costs(lines, rounds, platypus_pdf, render_pdf)
    print(f"\n{lines:>6} lines: {theirs:.0f} ms, ours {ours:.1f}, {theirs / ours:.0f} x")
    assert theirs >= goal * ours


def test_ten_times_the_lines_cost_about_ten_times_as_much() -> None:
    short, long = [quotation(1_000)] * 10, [quotation(10_000)]
    ratios = [10 * spent(long) / spent(short) for _ in range(5)]
    print(f"\n10,000 lines cost {median(ratios):.1f} x 1,000 lines")
    assert median(ratios) <= 11


def spent(documents: list[SalesDocument]) -> float:
    """CPU seconds for all of them."""
    gc.collect()
    start = process_time()
    for document in documents:
        render_pdf(document)
    return process_time() - start


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of memory here")
def test_ten_thousand_lines_need_little_memory() -> None:
    command = [sys.executable, "-c", MEMORY]
    grown = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    print(f"\n10,000 lines: {grown:.1f} MB more at the peak")
    assert grown <= 20
