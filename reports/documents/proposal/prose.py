"""Running text on paper: paragraphs, lists, headings and pictures, never markup."""

from typing import Final, NamedTuple

from reports.documents.letter import LEADING
from reports.documents.proposal.data import Illustration
from reports.kit.lettering import Style, clean
from reports.kit.page import INK, SOFT, Paper
from reports.kit.pictures import Picture, picture_from

BULLET: Final = "- "

_BODY: Final = Style("regular", 10.0, INK)
_CAPTION: Final = Style("italic", 8.6, SOFT)
_LINE: Final = LEADING + 1.8
_HANG: Final = 13.0


class Block(NamedTuple):
    """A paragraph, or one item of a list."""

    text: str
    is_item: bool = False


def blocks(text: str) -> list[Block]:
    """A text in paragraphs and items; a line that is indented goes on with the item above it."""
    made: list[tuple[list[str], bool]] = []
    goes_on = False
    for line in clean(text).split("\n"):
        said = line.strip(" ")
        if said.startswith(BULLET):
            made.append(([said.removeprefix(BULLET).strip(" ")], True))
        elif said and goes_on and (not made[-1][1] or line.startswith(" ")):
            made[-1][0].append(said)
        elif said:
            made.append(([said], False))
        goes_on = bool(said)
    return [Block("\n".join(lines), is_item) for lines, is_item in made]


def prose(paper: Paper, text: str, style: Style = _BODY) -> None:
    """Draw a text from the paper's `y` on, on further pages where it is long."""
    leading, before = _LINE * style.size / _BODY.size, None
    for block in blocks(text):
        if before is not None:
            paper.y -= leading * (0.25 if before.is_item and block.is_item else 0.6)
        _block(paper, block, style, leading)
        before = block


def _block(paper: Paper, block: Block, style: Style, leading: float) -> None:
    """One paragraph; neither its first nor its last line stands alone on a page."""
    hang = _HANG if block.is_item else 0.0
    lines = paper.pen.wrap(block.text, style, paper.width - hang) or [""]
    for at, line in enumerate(lines):
        together = len(lines) if len(lines) < 4 else 2 if at in (0, len(lines) - 2) else 1
        if at == 0 or len(lines) >= 4:
            paper.need(together * leading)
        if block.is_item and at == 0:
            paper.text(paper.left + 3, paper.y - leading * 0.74, "•", style)
        paper.lines(paper.left + hang, [line], style, leading)


def heading(paper: Paper, text: str, colour: str, mark: str = "", size: float = 14.0) -> None:
    """A heading, with its mark where it has one, and room for the first lines that follow."""
    style = Style("bold", size, colour)
    lines = paper.pen.wrap(clean(text), style, paper.width)
    height = len(lines) * size * 1.25
    paper.need(min(height + 4 * _LINE, paper.fresh))
    if mark:
        paper.mark(mark)
    for line in lines:
        paper.need(size * 1.25)
        paper.lines(paper.left, [line], style, size * 1.25)
    paper.y -= 5


def illustration(paper: Paper, shown: Illustration, tallest: float | None = None) -> None:
    """A picture within the margins, at most `tallest` points high, its caption below it.

    Small pictures keep 150 dots an inch. Raises reports.kit.pictures.PictureProblem.
    """
    picture = picture_from(shown.content, shown.name)
    caption = paper.pen.wrap(clean(shown.caption), _CAPTION, paper.width) if shown.caption else []
    below = len(caption) * 11 + (4 if caption else 0)
    room = min(tallest or paper.fresh * 0.45, paper.fresh - below - 10)
    width, height = fitted(picture, paper.width, max(room, 40.0))
    paper.y -= 10
    paper.need(min(height + below, paper.fresh))
    paper.picture(picture, paper.left, paper.y - height, width, height)
    paper.y -= height + (4 if caption else 0)
    for line in caption:
        paper.need(11)
        paper.lines(paper.left, [line], _CAPTION, 11)


def fitted(picture: Picture, width: float, height: float) -> tuple[float, float]:
    """The size in points of a picture inside a frame, not larger than 150 dots an inch allow."""
    scale = min(width / picture.width, height / picture.height, 72 / 150)
    return picture.width * scale, picture.height * scale
