"""What a long proposal costs from the database to the file."""

from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from pypdf import PdfReader

from controllers.core import records
from controllers.core.app import App
from controllers.documents import attachments, handover, proposals
from models.values.proposals import Part, Proposal
from tests.builders import a_company, a_line, a_quotation
from tests.performance.test_proposal import data_sheet
from tests.reports.proposals_for_tests import TEXT, foreign_pdf, photo

pytestmark = pytest.mark.performance


def long_proposal(app: App) -> int:
    """A quotation of 60 lines with some forty pages around it, twenty of them from ten files."""
    a_company(app)
    product = app.read(records.show, "product", "PUMP12").id
    app.write(attachments.add, "product", product, "pump.pdf", data_sheet("Pump"), "sheet")
    block = {"code": "KOP", "title": "Kop", "purpose": "stationery", "language": "id"}
    paper = app.write(records.create, "text_block", block).id
    app.write(attachments.add, "text_block", paper, "kop.pdf", foreign_pdf("Kop"), "sheet")
    files = {f"{at}.pdf": data_sheet(f"Brosur {at}") for at in range(9)}
    files |= {"foto.jpg": photo(1600, 900)}
    sections = tuple(
        Part(title=f"Bagian {at}", text=TEXT * 4, files=("foto.jpg",), new_page=True)
        for at in range(14)
    )
    made = Proposal(
        cover=Part(title="Pengadaan"), letter=Part(text=TEXT), sections=sections,
        product_sheets=True, terms=Part(text=TEXT), stationery=Part(block="KOP"),
        appendices=tuple(Part(files=(name,)) for name in files if name.endswith(".pdf")),
    )  # fmt: skip
    draft = a_quotation(app, *(a_line(app) for _line in range(60)))
    app.write(proposals.keep, draft.id or 0, made, files)
    return draft.id or 0


def test_a_proposal_of_forty_pages_is_a_file_in_less_than_two_seconds(
    app: App, tmp_path: Path
) -> None:
    key, path = long_proposal(app), tmp_path / "a.pdf"
    spent = []
    for _turn in range(5):
        start = perf_counter()
        handover.save_pdf(app, "quotation", key, path)
        spent.append(perf_counter() - start)
    pages = len(PdfReader(BytesIO(path.read_bytes())).pages)
    print(f"\n{pages} pages, 10 files bound in, from the database: {median(spent):.2f} s")
    assert pages >= 40
    assert median(spent) < 2
