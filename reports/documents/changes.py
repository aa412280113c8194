"""What changed from one revision of a quotation to another, as a page for the customer."""

from dataclasses import dataclass
from typing import Literal

from reports.documents import letter
from reports.documents.data import SalesDocument
from reports.documents.sales import foot, new_paper
from reports.kit.lettering import Style
from reports.kit.lines import Below, Column, LineTable, Look, Row
from reports.kit.page import SOFT


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One thing that changed, worded in the customer's language.

    A section is a heading over the rows that follow, a total stands out.
    """

    what: str
    before: str = ""
    now: str = ""
    difference: str = ""
    detail: str = ""
    kind: Literal["item", "section", "total"] = "item"


def render_pdf(document: SalesDocument, rows: tuple[ChangedRow, ...]) -> bytes:
    """The page as a PDF file; equal changes give equal bytes.

    `document` gives letterhead, party, references and texts; its lines and totals are not shown.
    Raises reports.kit.fonts.MissingGlyph, a ValueError, for a character no typeface has.
    """
    paper = new_paper(document)
    letter.letterhead(paper, document)
    letter.references(paper, document)
    letter.opening(paper, document)
    made = [_row(row, rows[at + 1 : at + 2]) for at, row in enumerate(rows)]
    LineTable(paper, _columns(document), made, Look(accent=document.accent, main=0)).place(0)
    letter.signature(paper, document)
    return paper.finish(lambda sheet, page, pages: foot(sheet, document, page, pages))


def _columns(document: SalesDocument) -> list[Column]:
    said = letter.wording(document)
    return [
        Column(said["description"], elastic=True),
        *(Column(said[each], right=True) for each in ("before", "now", "difference")),
    ]


def _row(row: ChangedRow, following: tuple[ChangedRow, ...]) -> Row:
    below = (Below(row.detail, Style("regular", 8.3, SOFT)),) if row.detail else ()
    cells = (row.what, row.before, row.now, row.difference)
    return Row(cells, row.kind, below, keep=row.kind == "section" and bool(following))
