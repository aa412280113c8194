"""Pages of other PDF files bound into one made here, byte for byte the same from equal parts.

A received page becomes a drawing on a page of its own size and turn; what is written over it here
comes on top. Filled forms and remarks are drawn as they look, links into the web stay links,
everything else that could act is left behind.
"""

import hashlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from reports.documents.proposal.annotations import Matrix, appearances, web_links
from reports.documents.proposal.copying import Copier
from reports.documents.proposal.entries import entry
from reports.documents.proposal.received import AppendixProblem, ReceivedPage


class Binder:
    """A PDF made here, opened to take in pages of others; `parts` are the files they come from."""

    def __init__(self, content: bytes, parts: Iterable[bytes]) -> None:
        self._writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
        self._copier = Copier(self._writer)
        self._drawings: dict[int, IndirectObject] = {}
        self._digest = hashlib.sha256()
        for part in (content, *parts):
            self._digest.update(hashlib.sha256(part).digest())

    def bind(self, at: int, received: ReceivedPage, name: str) -> None:
        """Lay a received page under what is drawn on page `at`, which takes its size and turn.

        What is drawn there was drawn for the page as a reader sees it. Raises AppendixProblem
        where the page turns out to be damaged.
        """
        try:
            self._bind(self._writer.pages[at], received)
        except Exception as error:  # what a damaged file makes of its reader cannot be foreseen
            raise AppendixProblem(name, "unreadable") from error

    def underlay(self, at: int, received: ReceivedPage, name: str) -> None:
        """Lay a received page under page `at`, upright, in the middle and as large as fits."""
        page = self._writer.pages[at]
        matrix = _fitting(received, float(page.mediabox.width), float(page.mediabox.height))
        try:
            drawing = self._drawing(received)
        except Exception as error:  # what a damaged file makes of its reader cannot be foreseen
            raise AppendixProblem(name, "unreadable") from error
        self._surround(page, f"q {_cm(matrix)} /Received Do Q", "", {"/Received": drawing})

    def finish(self) -> bytes:
        """The file; its identifier is made from its parts and not from the clock."""
        mark = ByteStringObject(self._digest.digest()[:16])
        self._writer._ID = ArrayObject((mark, mark))
        self._writer.pdf_header = "%PDF-1.7"
        layers = self._copier.layers()
        if layers is not None:
            self._writer.root_object[NameObject("/OCProperties")] = layers
        out = BytesIO()
        self._writer.write(out)
        return out.getvalue()

    def _bind(self, page: Any, received: ReceivedPage) -> None:
        source = received.page
        shown, code = {"/Received": self._drawing(received)}, ["q /Received Do Q"]
        for number, (form, matrix) in enumerate(appearances(source)):
            shown[f"/Remark{number}"] = self._copier.copy(form)
            code.append(f"q {_cm(matrix)} /Remark{number} Do Q")
        self._surround(page, "\n".join([*code, f"q {_cm(received.upright)}"]), "Q", shown)
        page[NameObject("/MediaBox")] = _numbers(received.box)
        page[NameObject("/Rotate")] = NumberObject(received.turn)
        for key in ("/UserUnit", "/Group"):
            if key in source:
                page[NameObject(key)] = self._copier.copy(source.raw_get(key))
        links = [self._link(rectangle, address) for rectangle, address in web_links(source)]
        if links:
            page[NameObject("/Annots")] = ArrayObject(links)

    def _surround(self, page: Any, before: str, after: str, shown: Mapping[str, Any]) -> None:
        """Put operators before and after those of a page, and name the drawings they show."""
        resources = DictionaryObject(page["/Resources"])
        drawings = DictionaryObject(entry(resources, "/XObject", {}))
        drawings.update({NameObject(name): drawing for name, drawing in shown.items()})
        resources[NameObject("/XObject")] = drawings
        page[NameObject("/Resources")] = resources
        parts = [self._operators(before), page.raw_get("/Contents"), self._operators(after)]
        page[NameObject("/Contents")] = ArrayObject(parts)

    def _operators(self, code: str) -> IndirectObject:
        stream = DecodedStreamObject()
        stream.set_data(f"{code}\n".encode("ascii"))
        return self._copier.add(stream)

    def _drawing(self, received: ReceivedPage) -> IndirectObject:
        """What a page shows, as a form (PDF 32000-1, 8.10): what it sets ends with it."""
        source = received.page
        if id(source) not in self._drawings:
            form = self._content(source)
            form[NameObject("/Type")] = NameObject("/XObject")
            form[NameObject("/Subtype")] = NameObject("/Form")
            form[NameObject("/BBox")] = _numbers(received.box)
            form[NameObject("/Resources")] = self._copier.copy(
                entry(source, "/Resources", DictionaryObject())
            )
            self._drawings[id(source)] = self._copier.add(form)
        return self._drawings[id(source)]

    def _content(self, page: Any) -> StreamObject:
        """The operators of a page; packed as they came where they are in one piece."""
        found = entry(page, "/Contents", ())
        pieces = [
            each.get_object() for each in (found if isinstance(found, list | tuple) else [found])
        ]
        pieces = [piece for piece in pieces if isinstance(piece, StreamObject)]
        if len(pieces) == 1:
            return self._copier.stream(pieces[0])
        stream = DecodedStreamObject()
        stream.set_data(b"\n".join(piece.get_data() for piece in pieces))
        return stream.flate_encode()

    def _link(self, rectangle: list[float], address: str) -> IndirectObject:
        action = {"/S": NameObject("/URI"), "/URI": TextStringObject(address)}
        link = {
            "/Type": NameObject("/Annot"), "/Subtype": NameObject("/Link"),
            "/Rect": _numbers(rectangle), "/Border": _numbers((0, 0, 0)), "/A": _named(action),
        }  # fmt: skip
        return self._copier.add(_named(link))


def _named(entries: Mapping[str, Any]) -> DictionaryObject:
    return DictionaryObject({NameObject(name): value for name, value in entries.items()})


def _numbers(values: Iterable[float]) -> ArrayObject:
    return ArrayObject([FloatObject(round(value, 4)) for value in values])


def _cm(matrix: Matrix) -> str:
    return f"{' '.join(f'{part:.5f}' for part in matrix)} cm"


def _fitting(received: ReceivedPage, width: float, height: float) -> Matrix:
    """The matrix that lays a page, as a reader sees it, in the middle of a sheet."""
    seen_width, seen_height = received.size
    scale = min(width / seen_width, height / seen_height)
    x, y = (width - seen_width * scale) / 2, (height - seen_height * scale) / 2
    a, b, c, d, e, f = received.upright
    # The inverse of a turn by quarters, then the scale and the way to the middle.
    back = (a, c, b, d, -(a * e + b * f), -(c * e + d * f))
    return (*(scale * part for part in back[:4]), scale * back[4] + x, scale * back[5] + y)
