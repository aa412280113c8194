"""Quotations, orders and invoices on paper, in Indonesian, Malay and English."""

from collections.abc import Iterable

from reports.documents import invoice, letter
from reports.documents.data import DocumentLine, SalesDocument, TotalLine
from reports.kit.figures import money, number, price, quantity
from reports.kit.lettering import Style, clean, first_line
from reports.kit.lines import Below, Column, LineTable, Look, Row
from reports.kit.page import LINE, SIZES, SOFT, Names, Paper, Sheet
from reports.kit.totals import Figure, Totals
from reports.kit.wording import symbol, words

_RUNNING = 34.0


def render_pdf(document: SalesDocument) -> bytes:
    """The document as a PDF file; equal documents give equal bytes.

    Raises reports.kit.fonts.MissingGlyph, a ValueError, for a character no typeface of this
    computer has, and ValueError for a logo that is neither PNG nor JPEG or a QRIS text that is
    too long.
    """
    document = invoice.prepared(document)
    paper = new_paper(document)
    letter.letterhead(paper, document)
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
    return paper.finish(lambda sheet, page, pages: foot(sheet, document, page, pages))


def tint(colour: str) -> str:
    """A light ground of a colour."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.11):02X}" for part in parts)


def new_paper(document: SalesDocument) -> Paper:
    """An empty paper with the running head of the document."""
    title = _named(document)
    names = Names(title, document.letterhead.company, document.subject, document.language)
    sheet = Sheet(*SIZES[document.page_size])
    return Paper(sheet, names, lambda paper: _running(paper, document), _RUNNING)


def _named(document: SalesDocument) -> str:
    return f"{letter.shown_title(document)} {letter.shown_number(document)}".strip()


# The table ---------------------------------------------------------------------------------------


def _table(paper: Paper, document: SalesDocument) -> LineTable:
    discounts = any(line.discount for line in document.lines)
    rows = _rows(document, discounts)
    return LineTable(paper, _columns(document, discounts), rows, Look(accent=document.accent))


def _columns(document: SalesDocument, discounts: bool) -> list[Column]:
    said, sign = words(document.language), symbol(document.currency)
    return [
        Column(said["item"]),
        Column(said["description"], elastic=True),
        Column(said["quantity"], right=True),
        Column(said["unit"]),
        Column(f"{said['price']} ({sign})", right=True),
        *([Column(said["discount"], right=True)] if discounts else []),
        Column(f"{said['amount']} ({sign})", right=True),
    ]


def _rows(document: SalesDocument, discounts: bool) -> list[Row]:
    """The lines as rows; a section stays with its first line, a subtotal or note with its last."""
    lines, last = document.lines, len(document.lines) - 1
    rows = []
    for at, line in enumerate(lines):
        follows = lines[at + 1].kind if at < last else "totals"
        noted = follows == "note" and line.kind == "item"
        keep = line.kind == "section" or noted or follows in ("subtotal", "totals")
        rows.append(_row(document, line, discounts, keep))
    return rows


def _row(document: SalesDocument, line: DocumentLine, discounts: bool, keep: bool) -> Row:
    language, decimals = document.language, document.decimals
    amount = "" if line.amount is None else number(line.amount, decimals, language)
    below = _below(line, language) if line.detail or line.optional else ()
    if line.kind != "item":
        cells = ("", line.description, "", "", "", *([""] if discounts else []), amount)
        return Row(cells, line.kind, below, keep)
    cells = (
        line.number,
        line.description,
        "" if line.quantity is None else quantity(line.quantity, language),
        line.unit,
        "" if line.unit_price is None else price(line.unit_price, decimals, language),
        *((line.discount,) if discounts else ()),
        amount,
    )
    return Row(cells, "item", below, keep)


def _below(line: DocumentLine, language: str) -> tuple[Below, ...]:
    below = []
    if line.detail:
        below.append(Below(line.detail, Style("regular", 8.3, SOFT)))
    if line.optional:
        below.append(Below(words(language)["optional"], Style("italic", 8.3, SOFT)))
    return tuple(below)


# The figures below it ----------------------------------------------------------------------------


def _figures(document: SalesDocument) -> list[Figure]:
    language, currency, decimals = document.language, document.currency, document.decimals
    figures = figures_of(document.totals, currency, decimals, language)
    optional = document.optional_total
    if optional is not None:
        label = optional.label or words(language)["optional total"]
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


def _running(paper: Paper, document: SalesDocument) -> None:
    """The narrow head of the pages after the first."""
    said = words(document.language)
    base = paper.top - 9
    strong = Style("bold", 9.6, document.accent)
    company = first_line(paper.pen, clean(document.letterhead.company), strong, paper.width * 0.45)
    paper.text(paper.left, base, company, strong)
    title = f"{_named(document)} · {said['continued']}"
    line = first_line(paper.pen, title, letter.QUIET, paper.width * 0.52)
    paper.text(paper.right, base, line, letter.QUIET, "right")
    paper.rule(paper.left, base - 8, paper.width, document.accent, 0.9)


def foot(paper: Paper, document: SalesDocument, page: int, pages: int) -> None:
    """The foot of a page: what it is and which page of how many."""
    style = Style("regular", 8, SOFT)
    base = paper.bottom - 21
    paper.rule(paper.left, base + 12, paper.width, LINE)
    said = words(document.language)["page"].format(page=page, pages=pages)
    paper.text(paper.right, base, said, style, "right")
    line = first_line(paper.pen, _named(document), style, paper.width * 0.7)
    paper.text(paper.left, base, line, style)
    if document.watermark:
        paper.watermark(document.watermark)
