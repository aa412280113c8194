"""The table of contents: headings, dots and the pages they are on, each line a link."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from reports.documents import letter
from reports.documents.proposal.data import ProposalDocument
from reports.documents.proposal.prose import heading
from reports.kit.lettering import Style, clean
from reports.kit.page import INK, Paper

_LEADING: Final = 15.5
_INDENT: Final = 14.0
_NUMBER: Final = 30.0
"""Points kept free for a page number."""


class Entry(NamedTuple):
    """A heading, how deep it is (0 or 1), and the mark it is at."""

    title: str
    level: int
    mark: str


def entries_of(proposal: ProposalDocument) -> list[Entry]:
    """What a proposal's table of contents lists, in order; no page is known for it yet."""
    said = letter.wording(proposal.quotation)
    entries = [Entry(said["cover letter"], 0, "letter")] if proposal.letter else []
    entries += [
        Entry(section.heading, 0, f"section{at}")
        for at, section in enumerate(proposal.sections)
        if section.heading
    ]
    entries.append(Entry(letter.shown_title(proposal.quotation), 0, "prices"))
    sheets = [each.title for each in proposal.product_sheets]
    entries += [Entry(said["product sheets"], 0, "sheets")] if sheets else []
    entries += [Entry(title, 1, f"sheet{at}") for at, title in enumerate(sheets)]
    entries += [Entry(said["terms"], 0, "terms")] if proposal.terms else []
    return entries + [
        Entry(appendix_title(proposal, at), 0, f"appendix{at}")
        for at in range(len(proposal.appendices))
    ]


def appendix_title(proposal: ProposalDocument, at: int) -> str:
    """``Appendix 2 – Certificates``"""
    label = letter.wording(proposal.quotation)["appendix"].format(number=at + 1)
    return " – ".join(filter(None, (label, proposal.appendices[at].title)))


class _Slot(NamedTuple):
    """Where the number of a page is to be written, in its place in the order of reading."""

    code: list[str]
    at: int
    right: float
    y: float
    style: Style
    mark: str


class Contents:
    """The table drawn with its numbers still open: nobody knows yet how many pages it takes."""

    def __init__(self, paper: Paper, title: str, entries: Sequence[Entry], accent: str) -> None:
        self._paper = paper
        self._slots: list[_Slot] = []
        heading(paper, title, accent, "contents", 18)
        paper.y -= 6
        for entry in entries:
            self._entry(entry)

    def fill(self) -> None:
        """Write the numbers of the pages that the marks are on by now."""
        paper, code = self._paper, self._paper.code
        for slot in self._slots:
            paper.code = []
            number = str(paper.page_of(slot.mark))
            paper.text(slot.right, slot.y, number, slot.style, "right")
            slot.code[slot.at] = paper.code[0]
        paper.code = code

    def _entry(self, entry: Entry) -> None:
        paper = self._paper
        style = Style("regular", 10, INK) if entry.level else Style("bold", 10.4, INK)
        left = paper.left + entry.level * _INDENT
        lines = paper.pen.wrap(clean(entry.title), style, paper.right - left - _NUMBER) or [""]
        paper.y -= 0 if entry.level else 3.5
        paper.need(min(len(lines) * _LEADING, paper.fresh))
        for line in lines:
            paper.need(_LEADING)
            paper.lines(left, [line], style, _LEADING)
            paper.link(left, paper.y, paper.right - left, _LEADING, entry.mark)
        base = paper.y + _LEADING * 0.26
        self._dots(left + paper.pen.width(lines[-1], style) + 5, base)
        paper.code.append("")
        at = len(paper.code) - 1
        self._slots.append(_Slot(paper.code, at, paper.right, base, style, entry.mark))

    def _dots(self, left: float, base: float) -> None:
        """A dotted line that screen readers do not read out."""
        right = self._paper.right - _NUMBER + 8
        if right > left:
            stroke = "0.6 0.65 0.7 RG 0.9 w 1 J [0 3.4] 0 d"
            self._paper.code.append(
                f"q {stroke} {left:.2f} {base:.2f} m {right:.2f} {base:.2f} l S Q"
            )
