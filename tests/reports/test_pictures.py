"""Pictures on paper: made small, turned the way they were taken, refused by name."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from reports.documents.proposal.assembling import render_pdf
from reports.documents.proposal.data import Cover, Enclosure, Illustration, Section
from reports.documents.proposal.prose import fitted
from reports.kit.pictures import PictureProblem, picture_from
from tests.reports.proposals_for_tests import bare, photo


def file_of(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)  # type: ignore[arg-type]
    return file.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """The head of a PNG of so many pixels, with none of them."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"")), (b"IEND", b""),
    )  # fmt: skip
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_picture_of_500_megapixels_is_refused_by_its_head() -> None:
    with pytest.raises(PictureProblem, match=r"'peta\.png' has 500 megapixels; 50") as refused:
        picture_from(png_that_claims(25_000, 20_000), "peta.png")
    assert (refused.value.reason, refused.value.megapixels) == ("too large", 500)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"GIF89a", b"\x89PNG", b"\xff\xd8\xff", photo()[: len(photo()) // 2],
        photo(kind="PNG")[:900], png_that_claims(10, 10), photo(2400, 300)[:9000],
    ],
)  # fmt: skip
def test_a_broken_picture_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(PictureProblem, match=r"'gudang\.jpg' is not a readable") as refused:
        picture_from(content, "gudang.jpg")
    assert refused.value.reason == "unreadable"


def test_a_jpeg_of_ordinary_size_is_taken_as_it_is() -> None:
    picture = picture_from(photo(), "foto.jpg")
    assert (picture.filter, picture.content) == ("DCTDecode", photo())


def test_a_large_photo_is_made_smaller_and_stays_a_jpeg() -> None:
    picture = picture_from(photo(4000, 1000), "foto.jpg")
    assert (picture.width, picture.height, picture.filter) == (2000, 500, "DCTDecode")


def test_a_photo_taken_on_its_side_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = file_of(Image.new("RGB", (80, 40)), "JPEG", exif=exif)
    picture = picture_from(content, "foto.jpg")
    assert (picture.width, picture.height) == (40, 80)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("1", "PNG"), ("P", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"), ("I;16", "PNG"), ("L", "JPEG"),
     ("CMYK", "JPEG")],
)  # fmt: skip
def test_pictures_of_every_colour_are_printed(mode: str, kind: str) -> None:
    shown = Illustration(file_of(Image.new(mode, (60, 30)), kind), "gambar")
    page = PdfReader(BytesIO(render_pdf(bare(sections=(Section("A", "", (shown,)),))))).pages[0]
    assert (60, 30) in [picture.image.size for picture in page.images if picture.image]


@pytest.mark.parametrize(("width", "height"), [(4000, 100), (100, 4000), (10, 10)])
def test_a_picture_keeps_its_shape_inside_its_frame(width: int, height: int) -> None:
    picture = picture_from(photo(width, height, "PNG"), "gambar")
    wide, tall = fitted(picture, 490, 300)
    assert wide <= 490
    assert tall <= 300
    assert wide / tall == pytest.approx(width / height, rel=0.02)


def test_a_picture_shown_twice_is_in_the_file_once() -> None:
    shown = Illustration(photo(), "foto.jpg")
    once, twice = (
        render_pdf(bare(cover=Cover("A", "", shown), sections=(Section("B", "", more),)))
        for more in ((), (shown, shown))
    )
    assert len(twice) - len(once) < 2_000


def test_a_product_sheet_may_be_a_picture() -> None:
    content = render_pdf(bare(product_sheets=(Enclosure("Pencetak", photo()),)))
    page = PdfReader(BytesIO(content)).pages[1]
    code = page.get_contents()
    assert "Pencetak" in page.extract_text()
    assert code is not None
    assert code.get_data().count(b" Do") == 1
