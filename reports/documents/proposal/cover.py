"""The first page of a proposal."""

from typing import Final

from reports.documents import letter
from reports.documents.proposal.data import Cover, ProposalDocument
from reports.documents.proposal.prose import fitted, prose
from reports.kit.figures import day
from reports.kit.lettering import Style, clean
from reports.kit.page import INK, LINE, SOFT, Paper
from reports.kit.pictures import picture_from

_LABEL: Final = Style("regular", 9, SOFT)
_NAME: Final = Style("bold", 12.5, INK)
_TEXT: Final = Style("regular", 10, INK)
_SUBTITLE: Final = Style("regular", 15, SOFT)
_GAP: Final = 24.0


def draw_cover(paper: Paper, proposal: ProposalDocument, cover: Cover, title: str) -> None:
    """Company, title, picture, and for whom; a very long title goes on on further pages."""
    document, stationery = proposal.quotation, proposal.stationery
    if stationery is None or not stationery.names_company:
        _company(paper, proposal)
    paper.y -= paper.fresh * 0.09
    paper.box(paper.left, paper.y, 54, 4, document.accent)
    paper.y -= 10
    size = 32.0 if len(title) <= 48 else 25.0 if len(title) <= 100 else 18.0
    paper.paragraph(title, Style("bold", size, INK), size * 1.16)
    if cover.subtitle:
        paper.y -= 5
        prose(paper, cover.subtitle, _SUBTITLE)
    texts = _addressed(proposal)
    tall = sum(leading for _, _, leading in texts) + _GAP
    if cover.picture is not None:
        _picture(paper, cover, tall)
    paper.need(min(tall, paper.fresh))
    paper.y = paper.bottom + tall
    paper.rule(paper.left, paper.y, paper.width, LINE)
    paper.y -= 14
    for text, style, leading in texts:
        paper.paragraph(text, style, leading)


def _company(paper: Paper, proposal: ProposalDocument) -> None:
    head = proposal.quotation.letterhead
    left = paper.left
    if head.logo is not None:
        width, height = letter.company_logo(paper, head.logo)
        left, low = left + width + 14, paper.y - height
    else:
        low = paper.y
    style = Style("bold", 15, proposal.quotation.accent)
    lines = paper.pen.wrap(clean(head.company), style, paper.right - left)
    paper.lines(left, lines, style, 18)
    paper.y = min(paper.y, low)


def _picture(paper: Paper, cover: Cover, below: float) -> None:
    """The picture in what is left between the title and the block at the foot."""
    shown = cover.picture
    if shown is None:
        return
    room = paper.room - below - 2 * _GAP
    if room < 90:
        paper.turn()
        room = paper.room - below - 2 * _GAP
    picture = picture_from(shown.content, shown.name)
    width, height = fitted(picture, paper.width, max(room, 60.0))
    paper.y -= _GAP
    paper.picture(picture, paper.left, paper.y - height, width, height)
    paper.y -= height


def _addressed(proposal: ProposalDocument) -> list[tuple[str, Style, float]]:
    """For whom, by whom, when: text, style and leading of each line."""
    document, said = proposal.quotation, letter.wording(proposal.quotation)
    party = document.party
    place = f"{document.place}, " if document.place else ""
    attention = f"{said['attention']} {party.attention}" if party.attention else ""
    texts = [
        (said["prepared for"], _LABEL, 13.0), (party.name, _NAME, 17.0), (attention, _TEXT, 14.0),
        (said["prepared by"], _LABEL, 20.0),
        (document.letterhead.company, _NAME, 17.0),
        (f"{place}{day(document.date, document.language)}", _TEXT, 14.0),
        (f"{said['number']} {letter.shown_number(document)}", _TEXT, 14.0),
    ]  # fmt: skip
    return [text for text in texts if text[0]]
