"""A proposal as one PDF file: its own pages, the quotation, and the pages of others bound in."""

from dataclasses import replace
from typing import Final, NamedTuple

from reports.documents import letter, sales
from reports.documents.data import SalesDocument
from reports.documents.proposal.binding import Binder
from reports.documents.proposal.contents import Contents, Entry, appendix_title, entries_of
from reports.documents.proposal.cover import draw_cover
from reports.documents.proposal.data import Enclosure, Illustration, ProposalDocument, Section
from reports.documents.proposal.prose import heading, illustration, prose
from reports.documents.proposal.received import ReceivedPage, is_pdf, received_pages
from reports.kit.lettering import Style
from reports.kit.page import INK, SIZES, SOFT, Names, Paper, Sheet

_SMALL: Final = Style("regular", 8.8, INK)
"""Terms, which are long and looked up rather than read."""

_EDGE: Final = 11.0
"""Points between the edge of a received page and its number."""


class _Bound(NamedTuple):
    """A received page and the name people know its file by."""

    page: ReceivedPage
    name: str


def render_pdf(proposal: ProposalDocument) -> bytes:
    """The proposal as a PDF file; equal proposals give equal bytes.

    Every page tells its number and how many there are, over all of it. Raises, all of them
    ValueErrors that name what is wrong: reports.kit.fonts.MissingGlyph,
    reports.kit.pictures.PictureProblem, and reports.documents.proposal.received.AppendixProblem
    for a product sheet, appendix or stationery that cannot be taken in.
    """
    return _Press(proposal).printed()


class _Press:
    """A proposal being printed."""

    def __init__(self, proposal: ProposalDocument) -> None:
        self._proposal, self._document = proposal, proposal.quotation
        self._titled = _titled(proposal)
        paper = proposal.stationery
        self._stationery = received_pages(paper.content, paper.name) if paper else []
        self._has_company = paper is None or not paper.names_company
        self._bound: dict[int, _Bound] = {}
        self._sheet = _sheet(proposal)
        self._paper = self._new_paper()
        self._is_blank, self._is_priced = True, False

    def printed(self) -> bytes:
        """Draw everything in order, then what only the whole tells: numbers, feet, bookmarks."""
        entries = entries_of(self._proposal)
        self._cover()
        self._letter()
        contents = self._contents(entries)
        self._sections()
        self._prices()
        self._enclosures(self._proposal.product_sheets, "sheet")
        self._terms()
        self._enclosures(self._proposal.appendices, "appendix")
        if contents is not None:
            contents.fill()
        self._bookmarks(entries)
        content = self._paper.finish(self._foot)
        return self._bind(content) if self._bound or self._stationery else content

    # Parts ------------------------------------------------------------------------------------

    def _cover(self) -> None:
        cover = self._proposal.cover
        if cover is not None:
            self._begin()
            self._paper.mark("cover")
            draw_cover(self._paper, self._proposal, cover, letter.shown_title(self._titled))

    def _letter(self) -> None:
        if not self._proposal.letter:
            return
        said, paper = letter.wording(self._document), self._paper
        document = replace(
            self._titled, title=said["cover letter"], closing=said["letter closing"],
            subject=self._document.subject or letter.shown_title(self._titled),
            seal_text="", stamp_room=False,
        )  # fmt: skip
        self._begin()
        paper.mark("letter")
        letter.letterhead(paper, document, has_company=self._has_company)
        letter.references(paper, document)
        letter.greeting(paper, document)
        prose(paper, self._proposal.letter, letter.BODY)
        letter.signature(paper, document)

    def _contents(self, entries: list[Entry]) -> Contents | None:
        if not self._proposal.has_contents:
            return None
        self._begin()
        title = letter.wording(self._document)["contents"]
        return Contents(self._paper, title, entries, self._document.accent)

    def _sections(self) -> None:
        for at, section in enumerate(self._proposal.sections):
            if at == 0 or section.on_new_page:
                self._begin()
            else:
                self._paper.y -= 20
            self._section(section, f"section{at}")

    def _section(self, section: Section, mark: str) -> None:
        if section.heading:
            heading(self._paper, section.heading, self._document.accent, mark)
        prose(self._paper, section.text)
        for shown in section.pictures:
            illustration(self._paper, shown)

    def _prices(self) -> None:
        self._begin(is_priced=True)
        self._paper.mark("prices")
        sales.write(self._paper, self._document, has_company=self._has_company)

    def _terms(self) -> None:
        if self._proposal.terms:
            self._begin()
            title = letter.wording(self._document)["terms"]
            heading(self._paper, title, self._document.accent, "terms")
            prose(self._paper, self._proposal.terms, _SMALL)

    def _enclosures(self, enclosures: tuple[Enclosure, ...], kind: str) -> None:
        for at, enclosure in enumerate(enclosures):
            marks = [f"{kind}{at}", *([f"{kind}s"] if at == 0 else [])]
            if is_pdf(enclosure.content):
                self._received(enclosure, marks)
            else:
                self._begin()
                self._mark(marks)
                is_appendix = kind == "appendix"
                title = appendix_title(self._proposal, at) if is_appendix else enclosure.title
                heading(self._paper, title, self._document.accent)
                shown = Illustration(enclosure.content, enclosure.title)
                illustration(self._paper, shown, self._paper.room - 10)

    def _received(self, enclosure: Enclosure, marks: list[str]) -> None:
        """Empty pages of the right sizes, under which the received ones will lie."""
        for at, page in enumerate(received_pages(enclosure.content, enclosure.title)):
            self._paper.part(Sheet(*page.size, (0, 0, 0, 0)), _no_head, 0)
            self._bound[self._paper.page] = _Bound(page, enclosure.title)
            if at == 0:
                self._mark(marks)

    def _mark(self, names: list[str]) -> None:
        for name in names:
            self._paper.mark(name)

    # Pages ------------------------------------------------------------------------------------

    def _new_paper(self) -> Paper:
        document = self._titled
        names = Names(
            sales.full_title(document), document.letterhead.company, document.subject,
            document.language,
        )  # fmt: skip
        return Paper(self._sheet, names, self._head, sales.RUNNING)

    def _begin(self, *, is_priced: bool = False) -> None:
        """A part on a page of its own; the pages with prices have the head of the quotation."""
        self._is_priced = is_priced
        if not self._is_blank:
            self._paper.part(self._sheet, self._head, sales.RUNNING)
        self._is_blank = False

    def _head(self, paper: Paper) -> None:
        if self._is_priced:
            sales.running_head(paper, self._document)
        else:
            sales.head(paper, self._titled, sales.full_title(self._titled))

    def _foot(self, paper: Paper, page: int, pages: int) -> None:
        if page in self._bound:
            _number(paper, letter.wording(self._document)["page"].format(page=page, pages=pages))
        else:
            sales.foot(paper, self._titled, page, pages)

    def _bookmarks(self, entries: list[Entry]) -> None:
        if self._proposal.cover is not None:
            self._paper.bookmark(letter.shown_title(self._titled), "cover")
        for entry in entries:
            self._paper.bookmark(entry.title, entry.mark, entry.level)

    def _bind(self, content: bytes) -> bytes:
        proposal, paper = self._proposal, self._proposal.stationery
        parts = [each.content for each in (*proposal.product_sheets, *proposal.appendices)]
        binder = Binder(content, [*parts, paper.content if paper else b""])
        for number in range(1, self._paper.page + 1):
            bound = self._bound.get(number)
            if bound is not None:
                binder.bind(number - 1, bound.page, bound.name)
            elif paper is not None:
                under = self._stationery[0 if number == 1 else min(1, len(self._stationery) - 1)]
                binder.underlay(number - 1, under, paper.name)
        return binder.finish()


def _titled(proposal: ProposalDocument) -> SalesDocument:
    """The quotation under the title of the whole, as head and foot of every page name it."""
    document, cover = proposal.quotation, proposal.cover
    if cover is None:
        return document
    return replace(document, title=cover.title or letter.wording(document)["proposal"])


def _sheet(proposal: ProposalDocument) -> Sheet:
    """The pages made here; what the stationery prints stays free."""
    plain, paper = Sheet(*SIZES[proposal.quotation.page_size]), proposal.stationery
    if paper is None:
        return plain
    left, top, right, bottom = plain.margins
    return plain._replace(margins=(left, max(top, paper.top + 6), right, bottom + paper.bottom))


def _number(paper: Paper, text: str) -> None:
    """The number of a received page, small in its lower right corner, on white."""
    sheet = paper.sheet
    size = min(7.6, sheet.width / 24, sheet.height / 10)
    style = Style("regular", size, SOFT)
    edge = min(_EDGE, sheet.height / 20)
    width = paper.pen.width(text, style)
    left = sheet.width - edge - width
    paper.box(left - 3, edge - 2.4, width + 6, size + 3, "#FFFFFF")
    paper.text(left, edge, text, style)


def _no_head(paper: Paper) -> None:
    """Nothing: a received page is full already."""
