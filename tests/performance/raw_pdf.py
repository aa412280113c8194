"""The floor for a quotation: a PDF written by hand, without a library and without a font file."""

import zlib
from io import BytesIO

from PIL import Image

from reports.documents.data import SalesDocument

LEFT, RIGHT, BOTTOM, WIDTH, HEIGHT = 51, 544, 48, 595, 842
EDGES = (51, 75, 340, 365, 430, 465, 544)
# Widths of Helvetica in thousandths of an em, from its public metrics (space to tilde).
HELVETICA = [278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278]
HELVETICA += [556] * 10 + [278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778]
HELVETICA += [722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667]
HELVETICA += [667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222]
HELVETICA += [222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500]
HELVETICA += [334, 260, 334, 584]
WIDTHS = dict(zip(map(chr, range(32, 127)), HELVETICA, strict=True))
SWAPPED = str.maketrans(",.", ".,")


def width(text: str) -> float:
    return sum(map(WIDTHS.__getitem__, text)) * 0.009


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def wrapped(text: str, room: float) -> list[str]:
    lines, line, used = [], [], 0.0
    for word in text.split(" "):
        wide = width(word)
        if used + wide > room and line:
            lines.append(" ".join(line))
            line, used = [], 0.0
        line.append(word)
        used += wide + 2.5
    return [*lines, " ".join(line)]


def shown(x: float, y: float, text: str) -> str:
    return f"1 0 0 1 {x:.2f} {y:.2f} Tm ({escaped(text)})Tj"


def ended(x: float, y: float, text: str) -> str:
    return f"1 0 0 1 {x - width(text):.2f} {y:.2f} Tm ({text})Tj"


def pages_of(document: SalesDocument) -> list[list[str]]:
    pages: list[list[str]] = []
    y = 0.0
    for item in document.lines:
        pieces = [item.description]
        if width(item.description) > 255:
            pieces = wrapped(item.description, 255)
        tall = 20 + 11.8 * (len(pieces) - 1)
        if not pages or y - tall < BOTTOM:
            y = 560.0 if not pages else 760.0
            pages.append(["BT /F1 9 Tf"])
            y -= 20
            for x, label in zip(
                EDGES, ("No", "Uraian", "Qty", "Sat", "Harga", "Disk", "Jml"), strict=True
            ):
                pages[-1].append(shown(x, y + 6, label))
        page = pages[-1]
        base = y - 13
        page.append(shown(EDGES[0], base, item.number))
        for at, piece in enumerate(pieces):
            page.append(shown(EDGES[1], base - at * 11.8, piece))
        page.append(ended(EDGES[3], base, f"{item.quantity:,f}".translate(SWAPPED)))
        page.append(shown(EDGES[3] + 5, base, item.unit))
        page.append(ended(EDGES[4] + 20, base, f"{item.unit_price:,.0f}".translate(SWAPPED)))
        page.append(ended(EDGES[5] + 20, base, item.discount))
        page.append(ended(EDGES[6], base, f"{item.amount:,.0f}".translate(SWAPPED)))
        y -= tall
        page.append(f"ET {LEFT} {y:.2f} m {RIGHT} {y:.2f} l S BT /F1 9 Tf")
    return pages


def raw_pdf(document: SalesDocument) -> bytes:
    pages = pages_of(document)
    for number, page in enumerate(pages, 1):
        page.append(shown(470, 30, f"Halaman {number} dari {len(pages)}"))
        page.append(shown(LEFT, 30, document.number))
    for at, total in enumerate(document.totals):
        pages[-1].append(ended(RIGHT, 120 - 15 * at, f"{total.amount:,.0f}".translate(SWAPPED)))
    for at, text in enumerate((document.letterhead.company, document.party.name, document.words)):
        pages[0].append(shown(LEFT, 700 - 15 * at, text))
    return written(pages, document.letterhead.logo or b"")


def written(pages: list[list[str]], logo: bytes) -> bytes:
    picture = Image.open(BytesIO(logo)).convert("RGB")
    pixels = zlib.compress(picture.tobytes())
    count = len(pages)
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<</Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}"
        f"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/Length {len(pixels)}>>"
        "stream\n".encode()
        + pixels
        + b"\nendstream",
    ]
    for at, page in enumerate(pages):
        mark = "q 150 0 0 45 51 750 cm /L Do Q\n" if not at else ""
        content = zlib.compress((mark + "\n".join(page) + "\nET").encode("latin-1"))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {6 + 2 * at} 0 R"
            "/Resources<</Font<</F1 3 0 R>>/XObject<</L 4 0 R>>>>>>".encode()
        )
        objects.append(
            f"<</Filter/FlateDecode/Length {len(content)}>>stream\n".encode()
            + content
            + b"\nendstream"
        )
    out, places = [b"%PDF-1.4\n"], []
    position = len(out[0])
    for number, body in enumerate(objects, 1):
        chunk = f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        places.append(position)
        position += len(chunk)
        out.append(chunk)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.append(
        f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{position}\n%%EOF".encode()
    )
    return b"".join(out)
