"""Quotations, orders and invoices on paper, in Indonesian, Malay and English."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from reports.documents import invoice, letter
from reports.documents.data import DocumentLine, SalesDocument, TotalLine
from reports.kit.figures import money, number, price, quantity
from reports.kit.lettering import Style, clean, first_line
from reports.kit.lines import Below, Column, LineTable, Look, Row
from reports.kit.page import LINE, SIZES, SOFT, Names, Paper, Sheet
from reports.kit.totals import Figure, Totals
from reports.kit.wording import BESIDE, symbol, words

RUNNING = 34.0
"""Points the running head takes."""


def render_pdf(document: SalesDocument) -> bytes:
    """The document as a PDF file; equal documents give equal bytes.

    Raises reports.kit.fonts.MissingGlyph, a ValueError, for a character no typeface of this
    computer has, and ValueError for a logo that is neither PNG nor JPEG or a QRIS text that is
    too long.
    """
    document = invoice.prepared(document)
    paper = new_paper(document)
    write(paper, document)
    return paper.finish(lambda sheet, page, pages: foot(sheet, document, page, pages))


def write(paper: Paper, document: SalesDocument, *, has_company: bool = True) -> None:
    """Draw the whole letter from the paper's `y` on; raises what render_pdf raises.

    The company is left out of its head where it stands on the paper already."""
    letter.letterhead(paper, document, has_company=has_company)
    letter.references(paper, document)
    (invoice if invoice.is_invoice(document) else letter).opening(paper, document)
    totals = Totals(paper, _figures(document), document.accent, tint(document.accent))
    block = invoice.TotalsWithCode(paper, document, totals)
    _table(paper, document).place(block.height + letter.words_height(paper, document))
    paper.need(min(block.height, paper.fresh))
    block.place()
    letter.in_words(paper, document)
    letter.terms(paper, document)
    letter.signature(paper, document)


def tint(colour: str) -> str:
    """A light ground of a colour."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.11):02X}" for part in parts)


def new_paper(document: SalesDocument) -> Paper:
    """An empty paper with the running head of the document."""
    names = Names(
        full_title(document), document.letterhead.company, document.subject, document.language
    )
    sheet = Sheet(*SIZES[document.page_size])
    return Paper(sheet, names, lambda paper: running_head(paper, document), RUNNING)


# The table ---------------------------------------------------------------------------------------


def _table(paper: Paper, document: SalesDocument) -> LineTable:
    shape = _Shape(any(line.discount for line in document.lines), bool(document.second_language))
    rows, look = _rows(document, shape), Look(accent=document.accent)
    return LineTable(paper, _columns(document, shape), rows, look)


class _Shape(NamedTuple):
    """Which columns the table has beside the usual ones."""

    discounts: bool
    second: bool


def _columns(document: SalesDocument, shape: _Shape) -> list[Column]:
    said, sign = _headings(document), symbol(document.currency)
    second = words(document.second_language or "")["description"]
    return [
        Column(said["item"]),
        Column(words(document.language)["description"], elastic=True),
        *([Column(second, elastic=True)] if shape.second else []),
        Column(said["quantity"], right=True),
        Column(said["unit"]),
        Column(f"{said['price']} ({sign})", right=True),
        *([Column(said["discount"], right=True)] if shape.discounts else []),
        Column(f"{said['amount']} ({sign})", right=True),
    ]


def _headings(document: SalesDocument) -> dict[str, str]:
    """Column labels; those of two languages stand below each other."""
    said = letter.wording(document)
    names = ("item", "quantity", "unit", "price", "discount", "amount")
    return {name: said[name].replace(BESIDE, "\n") for name in names}


def _rows(document: SalesDocument, shape: _Shape) -> list[Row]:
    """The lines as rows; a section stays with its first line, a subtotal or note with its last."""
    lines, last = document.lines, len(document.lines) - 1
    rows = []
    for at, line in enumerate(lines):
        follows = lines[at + 1].kind if at < last else "totals"
        noted = follows == "note" and line.kind == "item"
        keep = line.kind == "section" or noted or follows in ("subtotal", "totals")
        rows.append(_row(document, line, shape, keep))
    return rows


def _row(document: SalesDocument, line: DocumentLine, shape: _Shape, keep: bool) -> Row:
    language, decimals = document.language, document.decimals
    amount = "" if line.amount is None else number(line.amount, decimals, language)
    below = _below(document, line) if line.detail or line.second_detail or line.optional else ()
    if line.kind != "item":
        empty = [""] * (3 + shape.discounts + shape.second)
        cells = ("", beside(document, line.description, line.second_description), *empty, amount)
        return Row(cells, line.kind, below, keep)
    cells = (
        line.number,
        line.description,
        *((line.second_description,) if shape.second else ()),
        "" if line.quantity is None else quantity(line.quantity, language),
        line.unit,
        "" if line.unit_price is None else price(line.unit_price, decimals, language),
        *((line.discount,) if shape.discounts else ()),
        amount,
    )
    return Row(cells, "item", below, keep)


def beside(document: SalesDocument, text: str, second: str) -> str:
    """A text with that in the second language, where the document has one."""
    texts = dict.fromkeys(filter(None, (text, second)))
    return BESIDE.join(texts) if document.second_language else text


def _below(document: SalesDocument, line: DocumentLine) -> tuple[Below, ...]:
    below, second = [], line.second_detail if document.second_language else ""
    if line.detail or second:
        below.append(Below(line.detail, Style("regular", 8.3, SOFT), second))
    if line.optional:
        style, language = Style("italic", 8.3, SOFT), document.second_language
        other = words(language)["optional"] if language else ""
        below.append(Below(words(document.language)["optional"], style, other))
    return tuple(below)


# The figures below it ----------------------------------------------------------------------------


def _figures(document: SalesDocument) -> list[Figure]:
    language, currency, decimals = document.language, document.currency, document.decimals
    lines = [
        replace(line, label=beside(document, line.label, line.second_label))
        for line in document.totals
    ]
    figures = figures_of(lines, currency, decimals, language)
    optional = document.optional_total
    if optional is not None:
        label = beside(document, optional.label, optional.second_label)
        label = label or letter.wording(document)["optional total"]
        figures.append(Figure(label, number(optional.amount, decimals, language), quiet=True))
    return figures + invoice.home_figures(document)


def figures_of(
    lines: Iterable[TotalLine], currency: str, decimals: int, language: str
) -> list[Figure]:
    """Total lines as a block shows them; the strong ones carry the currency."""
    return [
        Figure(
            line.label,
            money(line.amount, currency, decimals, language)
            if line.strong
            else number(line.amount, decimals, language),
            line.strong,
        )
        for line in lines
    ]


# Every page --------------------------------------------------------------------------------------


def running_head(paper: Paper, document: SalesDocument) -> None:
    """The narrow head of the pages after the first."""
    said = letter.wording(document)["continued"]
    head(paper, document, f"{full_title(document)} · {said}")


def head(paper: Paper, document: SalesDocument, text: str) -> None:
    """A narrow head of RUNNING points: the company and a text."""
    base = paper.top - 9
    strong = Style("bold", 9.6, document.accent)
    company = first_line(paper.pen, clean(document.letterhead.company), strong, paper.width * 0.45)
    paper.text(paper.left, base, company, strong)
    line = first_line(paper.pen, clean(text), letter.QUIET, paper.width * 0.52)
    paper.text(paper.right, base, line, letter.QUIET, "right")
    paper.rule(paper.left, base - 8, paper.width, document.accent, 0.9)


def full_title(document: SalesDocument) -> str:
    """Title and number, as head and foot of every page say them."""
    return f"{letter.shown_title(document)} {letter.shown_number(document)}".strip()


def foot(paper: Paper, document: SalesDocument, page: int, pages: int) -> None:
    """The foot of a page: what it is and which page of how many."""
    style = Style("regular", 8, SOFT)
    base = paper.bottom - 21
    paper.rule(paper.left, base + 12, paper.width, LINE)
    said = letter.wording(document)["page"].format(page=page, pages=pages)
    paper.text(paper.right, base, said, style, "right")
    line = first_line(paper.pen, full_title(document), style, paper.width * 0.7)
    paper.text(paper.left, base, line, style)
    if document.watermark:
        paper.watermark(document.watermark)
