"""Pictures for paper: PNG and JPEG files looked at, made small enough, and ready for PDF."""

import zlib
from functools import lru_cache
from io import BytesIO
from typing import Any, Final, Literal, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFImageXObject

PictureReason = Literal["unreadable", "too large"]

LARGEST: Final = 50
"""Megapixels a picture may have; it is refused by its head, before any pixel is unpacked."""

_LOGO: Final = 1200
"""Pixels a logo keeps at most on its longer side: 600 dots an inch at the size it is printed."""

_SHOWN: Final = 2000
"""Pixels another picture keeps at most: 290 dots an inch over the width of a page."""

_TURNED: Final = 0x0112
"""The EXIF tag by which a camera says how it was held."""


class PictureProblem(ValueError):  # noqa: N818 - named for what is wrong
    """A picture cannot be printed; `name` is the one people know it by.

    `megapixels` is its size where it is too large, else 0.
    """

    def __init__(self, name: str, reason: PictureReason, megapixels: int = 0) -> None:
        said = (
            f"has {megapixels} megapixels; {LARGEST} can be printed"
            if reason == "too large"
            else "is not a readable PNG or JPEG picture"
        )
        super().__init__(f"The picture {name!r} {said}.")
        self.name, self.reason, self.megapixels = name, reason, megapixels


class Picture(NamedTuple):
    """A picture ready for PDF: its size in pixels and compressed pixels or JPEG content."""

    width: int
    height: int
    space: str
    filter: str
    content: bytes


@lru_cache(maxsize=8)
def logo_from(content: bytes) -> Picture:
    """A PNG or JPEG file ready for PDF; raises ValueError where it is neither.

    JPEG content is taken as it is; everything else lies on white, for paper has no transparency.
    """
    return _picture(content, "logo", _LOGO)


@lru_cache(maxsize=16)
def picture_from(content: bytes, name: str) -> Picture:
    """A PNG or JPEG file ready for PDF, the way up the camera says; raises PictureProblem."""
    return _picture(content, name, _SHOWN)


def _picture(content: bytes, name: str, largest: int) -> Picture:
    image = _opened(content, name)
    megapixels = image.width * image.height // 1_000_000
    if megapixels > LARGEST:
        raise PictureProblem(name, "too large", megapixels)
    try:
        return _made(image, content, largest)
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        raise PictureProblem(name, "unreadable") from error


def _opened(content: bytes, name: str) -> Any:
    """The file with its head read and no pixel.

    Pillow's own `open` warns of large pictures by a switch for the whole program, so the two
    formats are asked directly.
    """
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile

    kind = PngImageFile if content.startswith(b"\x89PNG") else JpegImageFile
    try:
        return kind(BytesIO(content))
    except (OSError, SyntaxError, ValueError, IndexError, KeyError) as error:
        raise PictureProblem(name, "unreadable") from error


def _made(image: Any, content: bytes, largest: int) -> Picture:
    small = max(image.size) <= largest
    turned = image.getexif().get(_TURNED, 1) != 1
    if image.format == "JPEG" and image.mode in ("RGB", "L") and small and not turned:
        _try(content)
        space = "DeviceRGB" if image.mode == "RGB" else "DeviceGray"
        return Picture(image.width, image.height, space, "DCTDecode", content)
    return _flat(image, largest)


def _try(content: bytes) -> None:
    """Unpack a JPEG once at an eighth of its size, so that half a file is noticed."""
    from PIL.JpegImagePlugin import JpegImageFile

    image = JpegImageFile(BytesIO(content))
    image.draft(image.mode, (image.width // 8 or 1, image.height // 8 or 1))
    image.load()


def _flat(image: Any, largest: int) -> Picture:
    from PIL import Image, ImageOps

    photo = image.format == "JPEG"
    image.draft("RGB", (largest, largest))
    image.thumbnail((largest, largest))
    seen = ImageOps.exif_transpose(image).convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    if photo:
        file = BytesIO()
        ground.save(file, "JPEG", quality=88)
        return Picture(ground.width, ground.height, "DeviceRGB", "DCTDecode", file.getvalue())
    pixels = zlib.compress(ground.tobytes(), 9)
    return Picture(ground.width, ground.height, "DeviceRGB", "FlateDecode", pixels)


def placed(name: str, picture: Picture) -> Any:
    """A picture as the object a PDF file has it as."""
    made = PDFImageXObject(name)
    made.width, made.height = picture.width, picture.height
    made.bitsPerComponent = 8
    made.colorSpace = picture.space
    made._filters = (picture.filter,)
    made.streamContent = picture.content
    return made
