"""PDF files that others made: opened, looked through, and refused by name where they may harm.

Refused is what could act or hide something on the reader's computer: scripts and other actions
that start by themselves or reach outside (PDF 32000-1, 12.6.4), attached files, sound and film.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final, Literal, NamedTuple

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from reports.documents.proposal.entries import entry

AppendixReason = Literal["encrypted", "unreadable", "active", "embedded", "empty"]

_SAID: Final = {
    "encrypted": "is protected by a password",
    "unreadable": "is not a readable PDF file",
    "active": "contains a script or another action that starts by itself",
    "embedded": "carries other files, sound or film",
    "empty": "has no pages",
}
_ACTIONS: Final = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoTo3DView",
    "/Rendition", "/RichMediaExecute", "/Movie", "/Sound",
}  # fmt: skip
_MEDIA: Final = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_EVENTS: Final = ("/JS", "/XFA", "/AA")
_FILES: Final = ("/EmbeddedFiles", "/EF", "/AF")
_LEAST: Final = 3.0
"""Points that are the least side of a page (PDF 32000-1, annex C.2)."""


class AppendixProblem(ValueError):  # noqa: N818 - named for what is wrong
    """A PDF file cannot be taken into a document; `name` is the one people know it by."""

    def __init__(self, name: str, reason: AppendixReason) -> None:
        super().__init__(f"The file {name!r} {_SAID[reason]}.")
        self.name, self.reason = name, reason


class ReceivedPage(NamedTuple):
    """A page as it was received: what is seen of it (left, bottom, right, top in its own units),
    how it is turned (clockwise, a multiple of 90), and the page."""

    box: tuple[float, float, float, float]
    turn: int
    page: Any

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as a reader sees the page."""
        left, bottom, right, top = self.box
        width, height = right - left, top - bottom
        return (height, width) if self.turn % 180 else (width, height)

    @property
    def upright(self) -> tuple[float, ...]:
        """The matrix from the page as it is seen, lower left corner first, to its own units."""
        left, bottom, right, top = self.box
        return {
            0: (1, 0, 0, 1, left, bottom),
            90: (0, 1, -1, 0, right, bottom),
            180: (-1, 0, 0, -1, right, top),
            270: (0, -1, 1, 0, left, top),
        }[self.turn]


def is_pdf(content: bytes) -> bool:
    """Whether a file says at its beginning that it is a PDF."""
    return b"%PDF-" in content[:1024]


def received_pages(content: bytes, name: str) -> list[ReceivedPage]:
    """The pages of a PDF file; raises AppendixProblem."""
    try:
        return _pages(content, name)
    except AppendixProblem:
        raise
    except Exception as error:  # what a damaged file makes of its reader cannot be foreseen
        raise AppendixProblem(name, "unreadable") from error


def _pages(content: bytes, name: str) -> list[ReceivedPage]:
    if not is_pdf(content):
        raise AppendixProblem(name, "unreadable")
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise AppendixProblem(name, "encrypted")
    pages = [_seen(page) for page in reader.pages]
    if not pages:
        raise AppendixProblem(name, "empty")
    for found in _dictionaries(reader.root_object):
        reason = _harm(found)
        if reason:
            raise AppendixProblem(name, reason)
    return pages


def _seen(page: Any) -> ReceivedPage:
    """What is seen of a page: its crop box within its media box."""
    media, crop = (_ordered(box) for box in (page.mediabox, page.cropbox))
    box = (
        max(media[0], crop[0]), max(media[1], crop[1]),
        min(media[2], crop[2]), min(media[3], crop[3]),
    )  # fmt: skip
    if min(box[2] - box[0], box[3] - box[1]) < _LEAST:
        box = media
    if min(box[2] - box[0], box[3] - box[1]) < _LEAST:
        raise ValueError("a page without room")
    return ReceivedPage(box, int(page.rotation or 0) // 90 * 90 % 360, page)


def _ordered(box: Any) -> tuple[float, float, float, float]:
    x, y, other_x, other_y = map(float, box)
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _harm(found: DictionaryObject) -> AppendixReason | None:
    kind, action = (str(entry(found, name, "")) for name in ("/Subtype", "/S"))
    if any(name in found for name in _FILES) or kind in _MEDIA:
        return "embedded"
    if any(name in found for name in _EVENTS) or action in _ACTIONS:
        return "active"
    if isinstance(found, StreamObject) and "/F" in found:
        return "active"  # the content lies in another file
    return None


def _dictionaries(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every dictionary of a file that can be reached, each once.

    The tree of tags, often the larger part of a file, is passed over: it is never taken along."""
    waiting: list[Any] = [root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            key = (found.idnum, found.generation)
            if key in seen:
                continue
            seen.add(key)
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            yield found
            waiting += [found.raw_get(name) for name in found if name != "/StructTreeRoot"]
        elif isinstance(found, ArrayObject):
            waiting += list(found)
