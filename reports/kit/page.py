"""Sheets of paper: what is drawn waits page by page until the number of pages is known."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import (
    PDFDictionary,
    PDFImageXObject,
    PDFObject,
    PDFObjectReference,
)
from reportlab.pdfgen.canvas import Canvas

from reports.kit.fonts import cut, packed
from reports.kit.lettering import Pen, Style, clean, colour_numbers

SIZES: Final = {"A4": (595.28, 841.89), "Letter": (612.0, 792.0)}
"""Width and height in points of an upright sheet."""

INK: Final = "#17202A"
SOFT: Final = "#5B6774"
LINE: Final = "#E2E6EA"
BAND: Final = "#F1F4F5"

_LARGEST: Final = 1200
"""Pixels a logo keeps at most on its longer side: 600 dots an inch at the size it is printed."""


class Sheet(NamedTuple):
    """Size in points and margins (left, top, right, bottom) of every page of a document."""

    width: float
    height: float
    margins: tuple[float, float, float, float] = (51, 40, 51, 48)


class Names(NamedTuple):
    """What a reader's program shows about the file; `language` is for screen readers."""

    title: str
    author: str
    subject: str = ""
    language: str = "en"


class Logo(NamedTuple):
    """A picture ready for PDF: its size in pixels and compressed pixels or JPEG content."""

    width: int
    height: int
    space: str
    filter: str
    content: bytes


class Paper:
    """A document in the making, written from the top of a page to its bottom.

    `y` is how far up the next thing may reach, in points from the lower edge; `begin` is called
    on each page after the first to draw a running head, which is `running` points high.
    """

    def __init__(
        self, sheet: Sheet, names: Names, begin: Callable[["Paper"], None], running: float
    ) -> None:
        self.running = running
        self.sheet = sheet
        self.left, top, right, self.bottom = sheet.margins
        self.right = sheet.width - right
        self.top = sheet.height - top
        self._canvas = _canvas(sheet, names)
        self.pen = Pen(self._canvas._doc)
        self._begin = begin
        self._pages: list[list[str]] = [[]]
        self._picture_name = ""
        self._resources: Any = None
        self.code = self._pages[0]
        self.y = self.top

    @property
    def width(self) -> float:
        """Points between the margins."""
        return self.right - self.left

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.y - self.bottom

    @property
    def fresh(self) -> float:
        """Points between the running head and the foot of a page after the first."""
        return self.top - self.running - self.bottom

    def turn(self) -> None:
        """Begin the next page."""
        self.code = []
        self._pages.append(self.code)
        self.y = self.top
        self._begin(self)
        self.y = self.top - self.running

    def need(self, height: float) -> None:
        """Begin the next page unless `height` points are left on this one."""
        if self.room < height:
            self.turn()

    def text(self, x: float, y: float, text: str, style: Style, align: str = "left") -> None:
        """Show one line with its baseline at `y`; `x` is its left, middle (centre) or right end."""
        text = clean(text)
        if align != "left":
            width = self.pen.width(text, style)
            x -= width if align == "right" else width / 2
        shown = self.pen.show(text, style)
        self.code.append(f"BT {self.pen.take(style)}1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET")

    def lines(self, x: float, lines: list[str], style: Style, leading: float) -> None:
        """Show lines below each other from `y` on and move `y` below them."""
        for line in lines:
            self.y -= leading
            self.text(x, self.y + leading * 0.26, line, style)

    def paragraph(self, text: str, style: Style, leading: float) -> None:
        """Show a text over the whole width, on further pages where it is long."""
        for line in self.pen.wrap(clean(text), style, self.width):
            self.need(leading)
            self.lines(self.left, [line], style, leading)

    def rule(self, x: float, y: float, width: float, colour: str, weight: float = 0.6) -> None:
        """A horizontal line."""
        stroke = f"{colour_numbers(colour)} RG {weight:g} w"
        self.code.append(f"{stroke} {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle; `y` is its lower edge."""
        fill = colour_numbers(colour)
        self.code.append(f"{fill} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def boxes(self, boxes: Sequence[tuple[float, float, float, float]], colour: str) -> None:
        """Filled rectangles (left, lower edge, width, height) as one path, without seams."""
        path = " ".join(f"{x:.3f} {y:.3f} {wide:.3f} {high:.3f} re" for x, y, wide, high in boxes)
        self.code.append(f"{colour_numbers(colour)} rg {path} f")

    def frame(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A dashed outline; `y` is its lower edge."""
        stroke = f"q {colour_numbers(colour)} RG 0.6 w [2.5 2.5] 0 d"
        self.code.append(f"{stroke} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S Q")

    def watermark(self, text: str) -> None:
        """A large faint word across the page, behind everything else."""
        style = Style("bold", 100, "#F0F2F4")
        text = clean(text)
        wide = self.pen.width(text, style)
        style = style._replace(size=min(120.0, 100 * self.sheet.height * 0.62 / max(wide, 1.0)))
        half = self.pen.width(text, style) / 2 * 0.7071
        x, y = self.sheet.width / 2 - half + style.size * 0.22, self.sheet.height / 2 - half
        turned = f"0.7071 0.7071 -0.7071 0.7071 {x:.2f} {y:.2f} Tm"
        shown = self.pen.show(text, style)
        self.code.insert(0, f"BT {self.pen.take(style)}{turned} {shown} ET")

    def picture(self, logo: Logo, x: float, y: float, width: float, height: float) -> None:
        """The document's one picture, its lower left corner at `x`, `y`."""
        doc = self._canvas._doc
        name = doc.getXObjectName("logo")
        if not doc.hasForm("logo"):
            doc.Reference(_picture(name, logo), name)
        self._picture_name = name
        place = f"{width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm"
        self.code.append(f"q {place} /{name} Do Q")

    def finish(self, foot: Callable[["Paper", int, int], None]) -> bytes:
        """The PDF; `foot` draws on each page, told its number and how many there are."""
        for at, page in enumerate(self._pages):
            self.code = page
            foot(self, at + 1, len(self._pages))
            self._leaf("\n".join(page))
            page.clear()
        content: bytes = self._canvas._doc.GetPDFData(self._canvas)
        return content

    def _leaf(self, code: str) -> None:
        """Add a finished page; all of them share one dictionary of fonts and pictures."""
        doc = self._canvas._doc
        if self._resources is None:
            self._resources = doc.Reference(_resources(self._picture_name), "resources")
        leaf = _Leaf(self.sheet, self._resources, doc.Reference(packed(code.encode("ascii"))))
        doc.inPage()
        doc.addPage(leaf)


class _Leaf(PDFObject):  # type: ignore[misc]
    """A page as the file has it."""

    __RefOnly__ = 1

    def __init__(self, sheet: Sheet, resources: Any, content: Any) -> None:
        self._sheet, self._resources, self._content = sheet, resources, content

    def format(self, document: Any) -> bytes:
        """What ReportLab writes for this object."""
        parts = (document.Reference(document.Pages), self._resources, self._content)
        pages, resources, content = (part.format(document).decode("ascii") for part in parts)
        box = f"[0 0 {self._sheet.width:g} {self._sheet.height:g}]"
        return (
            f"<< /Type /Page /Parent {pages} /MediaBox {box} "
            f"/Resources {resources} /Contents {content} >>"
        ).encode("ascii")


def _resources(picture: str) -> Any:
    entries = {"Font": PDFObjectReference("BasicFonts")}
    if picture:
        entries["XObject"] = PDFDictionary({picture: PDFObjectReference(picture)})
    return PDFDictionary(entries)


def _canvas(sheet: Sheet, names: Names) -> Any:
    face = cut("regular").face
    pdfmetrics.registerFont(face)
    canvas = Canvas(
        BytesIO(),
        pagesize=(sheet.width, sheet.height),
        pageCompression=1,
        invariant=1,
        initialFontName=face.fontName,
        lang=names.language,
    )
    canvas.setTitle(clean(names.title))
    canvas.setAuthor(clean(names.author))
    canvas.setSubject(clean(names.subject))
    canvas.setCreator("Saudagar")
    return canvas


@lru_cache(maxsize=8)
def logo_from(content: bytes) -> Logo:
    """A PNG or JPEG file ready for PDF; raises ValueError where it is neither.

    JPEG content is taken as it is; everything else lies on white, for paper has no transparency.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.format == "JPEG" and image.mode in ("RGB", "L"):
                space = "DeviceRGB" if image.mode == "RGB" else "DeviceGray"
                return Logo(image.width, image.height, space, "DCTDecode", content)
            return _flat(image)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ValueError("The logo is not a readable PNG or JPEG picture.") from error


def _flat(image: Any) -> Logo:
    import zlib

    from PIL import Image

    image.thumbnail((_LARGEST, _LARGEST))
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    pixels = zlib.compress(ground.tobytes(), 9)
    return Logo(ground.width, ground.height, "DeviceRGB", "FlateDecode", pixels)


def _picture(name: str, logo: Logo) -> Any:
    picture = PDFImageXObject(name)
    picture.width, picture.height = logo.width, logo.height
    picture.bitsPerComponent = 8
    picture.colorSpace = logo.space
    picture._filters = (logo.filter,)
    picture.streamContent = logo.content
    return picture
