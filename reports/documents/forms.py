"""What business forms share whatever they say: head, further addresses, notes, boxes to sign."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reports.documents import letter
from reports.documents.data import Language, Letterhead, PageSize, Party, SalesDocument
from reports.documents.sales import foot, new_paper
from reports.documents.wording import words
from reports.kit.lettering import Style, clean, first_line
from reports.kit.page import INK, LINE, SOFT, Paper

_BOX = 92.0
"""The height of a box to sign in points."""
BOXES = _BOX + 60
"""Points boxes take with the remarks above them, so that a line of the table stays with them."""


@dataclass(frozen=True, slots=True)
class Form:
    """The head of a form: who it is from, to whom, which one of when.

    An empty title takes the usual one; delivery notes, return notes and receipts without a
    `number` are drafts. `references` are pairs of
    label and text beside number and date. Without a party the form stays in the house.
    """

    language: Language
    date: datetime.date
    letterhead: Letterhead
    party: Party | None = None
    number: str = ""
    title: str = ""
    place: str = ""
    references: tuple[tuple[str, str], ...] = ()
    page_size: PageSize = "A4"
    accent: str = "#0F6E64"
    watermark: str = ""
    signer_name: str = ""
    signer_title: str = ""


class Begun(NamedTuple):
    """A form on its way: the paper and its head as the letter's parts know it."""

    paper: Paper
    head: SalesDocument

    def closed(self, closing: str) -> SalesDocument:
        """The head with a closing sentence, for letter.signature."""
        return replace(self.head, closing=closing)

    def finish(self) -> bytes:
        """The PDF with its foot on each page."""
        return self.paper.finish(lambda sheet, page, pages: foot(sheet, self.head, page, pages))


_UNNUMBERED = ("statement", "reminder 1", "reminder 2", "reminder 3", "pick list", "count sheet")


def begin(form: Form, kind: str, pairs: Sequence[tuple[str, str]] = ()) -> Begun:
    """A paper with letterhead, party and references; `kind` names the usual title and label.

    `pairs` with an empty text are left out.
    """
    head = _head(form, kind, tuple(pair for pair in pairs if pair[1]))
    paper = new_paper(head)
    letter.letterhead(paper, head)
    letter.references(paper, head)
    paper.y -= 12
    return Begun(paper, head)


def _head(form: Form, kind: str, pairs: tuple[tuple[str, str], ...]) -> SalesDocument:
    said = words(form.language)
    return SalesDocument(
        kind="invoice",
        language=form.language,
        date=form.date,
        letterhead=form.letterhead,
        party=form.party or Party(""),
        lines=(),
        totals=(),
        currency="",
        title=form.title or said[kind],
        number=form.number,
        is_numbered=kind not in _UNNUMBERED,
        number_label=said.get(f"{kind} number", ""),
        place=form.place,
        reference_lines=(*pairs, *form.references),
        signer_name=form.signer_name,
        signer_title=form.signer_title,
        page_size=form.page_size,
        accent=form.accent,
        watermark=form.watermark,
    )


def labelled(paper: Paper, label: str, lines: Sequence[str]) -> None:
    """A quiet label with texts below it, over at most two thirds of the width."""
    if not any(lines):
        return
    soft, width = letter.BODY._replace(colour=SOFT), paper.width * 0.66
    for text, style in ((label, soft), *((line, letter.BODY) for line in lines)):
        for line in paper.pen.wrap(clean(text), style, width) if text else ():
            paper.need(letter.LEADING)
            paper.lines(paper.left, [line], style, letter.LEADING)
    paper.y -= 8


def note(paper: Paper, text: str) -> None:
    """A quiet remark over the whole width, on further pages where it is long."""
    if text:
        paper.y -= 8
        paper.paragraph(text, letter.QUIET, 11)


def boxes(paper: Paper, language: str, titles: Sequence[str], *, stamped: bool = True) -> None:
    """Boxes side by side to sign by hand: name, date, signature and stamp; one page holds them."""
    paper.need(_BOX + 14)
    paper.y -= 14
    gap = 10.0
    width = (paper.width - gap * (len(titles) - 1)) / len(titles)
    for at, title in enumerate(titles):
        _box(paper, language, title, (paper.left + at * (width + gap), width, stamped))
    paper.y -= _BOX


def _box(paper: Paper, language: str, title: str, place: tuple[float, float, bool]) -> None:
    said, (left, width, stamped) = words(language), place
    strong, soft = Style("bold", 8.6, INK), Style("regular", 7.8, SOFT)
    paper.frame(left, paper.y - _BOX, width, _BOX, SOFT)
    paper.text(left + 6, paper.y - 12, first_line(paper.pen, title, strong, width - 12), strong)
    sign = said["sign and stamp" if stamped else "sign"]
    paper.text(left + 6, paper.y - 24, sign, soft)
    for at, name in enumerate(("name", "date")):
        base = paper.y - _BOX + 24 - at * 16
        paper.text(left + 6, base, said[name], soft)
        start = left + 12 + max(paper.pen.width(said[each], soft) for each in ("name", "date"))
        paper.rule(start, base - 2, left + width - 6 - start, LINE, 0.8)
