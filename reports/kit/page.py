"""Sheets of paper: what is drawn waits page by page until the number of pages is known."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any, Final, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFObject, PDFObjectReference
from reportlab.pdfgen.canvas import Canvas

from reports.kit.fonts import cut, packed
from reports.kit.lettering import Pen, Style, clean, colour_numbers
from reports.kit.pictures import Picture, placed

SIZES: Final = {"A4": (595.28, 841.89), "Letter": (612.0, 792.0)}
"""Width and height in points of an upright sheet."""

INK: Final = "#17202A"
SOFT: Final = "#5B6774"
LINE: Final = "#E2E6EA"
BAND: Final = "#F1F4F5"


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


class _Page(NamedTuple):
    """A page that waits for its foot: what is drawn, its sheet, and the links over it."""

    code: list[str]
    sheet: Sheet
    links: list[tuple[float, float, float, float, str]]


class Paper:
    """A document in the making, written from the top of a page to its bottom.

    `y` is how far up the next thing may reach, in points from the lower edge; `begin` is called
    on each page after the first to draw a running head, which is `running` points high.
    """

    def __init__(
        self, sheet: Sheet, names: Names, begin: Callable[["Paper"], None], running: float
    ) -> None:
        self._canvas = _canvas(sheet, names)
        self.pen = Pen(self._canvas._doc)
        self._pages: list[_Page] = []
        self._filed = 0
        self._marks: dict[str, tuple[int, float, float]] = {}
        self._pictures: dict[Picture, str] = {}
        self._resources: Any = None
        self.part(sheet, begin, running)

    def part(self, sheet: Sheet, begin: Callable[["Paper"], None], running: float) -> None:
        """Begin a part on a page of its own, with its own sheet and running head."""
        self._begin, self.running = begin, running
        self._use(sheet)
        self._add()

    def _use(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.left, top, right, self.bottom = sheet.margins
        self.right = sheet.width - right
        self.top = sheet.height - top

    def _add(self) -> None:
        self.code: list[str] = []
        self._pages.append(_Page(self.code, self.sheet, []))
        self.y = self.top

    @property
    def page(self) -> int:
        """The number of this page in the file, from 1."""
        return self._filed + len(self._pages)

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
        self._add()
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

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """A picture with its lower left corner at `x`, `y`; one shown twice is in the file once."""
        if picture not in self._pictures:
            doc = self._canvas._doc
            name = doc.getXObjectName(f"picture{len(self._pictures)}")
            doc.Reference(placed(name, picture), name)
            self._pictures[picture] = name
        place = f"{width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm"
        self.code.append(f"q {place} /{self._pictures[picture]} Do Q")

    def mark(self, name: str, x: float = 0) -> None:
        """Name the place at `x` and the paper's `y` for links and bookmarks; the last one wins."""
        self._marks[name] = (self.page, x, self.y)

    def page_of(self, name: str) -> int:
        """The number of the page a mark is on, as long as that is not in the file yet."""
        return self._marks[name][0]

    def bookmark(self, title: str, name: str, level: int = 0) -> None:
        """An entry of the reader's table of contents that leads to a mark; level 0 is outermost."""
        self._canvas.addOutlineEntry(" ".join(clean(title).split()), name, level)
        self._canvas.showOutline()

    def link(self, x: float, y: float, width: float, height: float, name: str) -> None:
        """Make a rectangle of this page lead to a mark; `y` is its lower edge."""
        self._pages[-1].links.append((x, y, x + width, y + height, name))

    def file(self, foot: Callable[["Paper", int, int], None]) -> None:
        """Draw the feet of the pages so far and put them into the file.

        `foot` is told the number of the page among them, and how many they are."""
        marks: dict[int, list[tuple[str, float, float]]] = {}
        for name, (number, x, y) in self._marks.items():
            marks.setdefault(number, []).append((name, x, y))
        self._marks = {}
        for at, page in enumerate(self._pages, 1):
            self._use(page.sheet)
            self.code = page.code
            foot(self, at, len(self._pages))
            self._leaf(page, marks.get(self._filed + at, ()))
            page.code.clear()
        self._filed += len(self._pages)
        self._pages = []

    def finish(self, foot: Callable[["Paper", int, int], None]) -> bytes:
        """The PDF; `foot` draws on each page not yet in the file, as `file` says."""
        self.file(foot)
        places = self._canvas._destinations
        if places:
            self._canvas._doc.Catalog.Dests = PDFDictionary(dict(places))
        content: bytes = self._canvas._doc.GetPDFData(self._canvas)
        return content

    def _leaf(self, page: _Page, marks: Iterable[tuple[str, float, float]]) -> None:
        """Add a finished page; all of them share one dictionary of fonts and pictures."""
        doc = self._canvas._doc
        if self._resources is None:
            self._resources = doc.Reference(_Resources(self._pictures), "resources")
        doc.inPage()
        for name, x, y in marks:
            self._canvas.bookmarkPage(name, "XYZ", left=round(x, 2), top=round(y, 2))
        content = doc.Reference(packed("\n".join(page.code).encode("ascii")))
        doc.addPage(_Leaf(page, self._resources, content))


class _Leaf(PDFObject):  # type: ignore[misc]
    """A page as the file has it."""

    __RefOnly__ = 1

    def __init__(self, page: _Page, resources: Any, content: Any) -> None:
        self._sheet, self._links = page.sheet, page.links
        self._resources, self._content = resources, content

    def format(self, document: Any) -> bytes:
        """What ReportLab writes for this object."""
        parts = (document.Reference(document.Pages), self._resources, self._content)
        pages, resources, content = (part.format(document).decode("ascii") for part in parts)
        box = f"[0 0 {self._sheet.width:g} {self._sheet.height:g}]"
        return (
            f"<< /Type /Page /Parent {pages} /MediaBox {box} "
            f"/Resources {resources} /Contents {content} {self._annotations()}>>"
        ).encode("ascii")

    def _annotations(self) -> str:
        links = (
            f"<< /Type /Annot /Subtype /Link /Border [0 0 0] /Dest /{name} "
            f"/Rect [{x:.2f} {y:.2f} {right:.2f} {top:.2f}] >>"
            for x, y, right, top, name in self._links
        )
        return f"/Annots [{' '.join(links)}] " if self._links else ""


class _Resources(PDFObject):  # type: ignore[misc]
    """What all pages of a file may use, known when the last of them is drawn."""

    __RefOnly__ = 1

    def __init__(self, pictures: dict[Picture, str]) -> None:
        self._pictures = pictures

    def format(self, document: Any) -> bytes:
        """What ReportLab writes for this object."""
        entries = {"Font": PDFObjectReference("BasicFonts")}
        if self._pictures:
            names = self._pictures.values()
            entries["XObject"] = PDFDictionary({name: PDFObjectReference(name) for name in names})
        content: bytes = PDFDictionary(entries).format(document)
        return content


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
