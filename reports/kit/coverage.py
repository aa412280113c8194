"""Which typeface of this machine has a character, read from the coverage tables of the files."""

import os
import sys
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from struct import error as StructError  # noqa: N812
from struct import unpack_from
from typing import Final

_FIRST: Final = (
    "dejavusans.ttf",
    "notosans-regular.ttf",
    "segoeui.ttf",
    "arial.ttf",
    "droidsansfallbackfull.ttf",
    "droidsansfallback.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "msyh.ttc",
    "simsun.ttc",
    "malgun.ttf",
    "msgothic.ttc",
    "arialuni.ttf",
    "arial unicode.ttf",
    "freesans.ttf",
    "tahoma.ttf",
    "nirmala.ttf",
    "leelawui.ttf",
    "seguisym.ttf",
)
_NEVER: Final = ("lastresort", "adobeblank", "opens___", "blank")
_HEAVY: Final = ("bold", "italic", "oblique", "black", "light", "mono", "serif", "condensed")


@lru_cache(maxsize=65536)
def faces_for(code: int) -> tuple[tuple[Path, int], ...]:
    """Up to three files, with the number of the face inside, that say they draw a code point.

    Faces without TrueType outlines do not count: they cannot be embedded here. The plain cuts of
    well-known families come first, everything else in the order of names.
    """
    return () if _is_private(code) else tuple(islice(_having(code), 3))


def _having(code: int) -> Iterator[tuple[Path, int]]:
    for path in font_files():
        for index, starts, ends in _faces(path):
            at = bisect_right(starts, code) - 1
            if at >= 0 and code <= ends[at]:
                yield path, index


def _is_private(code: int) -> bool:
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def packaged() -> tuple[Path, ...]:
    """The typeface installed with the program: all Chinese, Japanese and Korean in daily use."""
    import paperang_p2_fonts_cjk

    return (Path(paperang_p2_fonts_cjk.__file__).parent / "fonts" / "wqy-microhei.ttc",)


@cache
def font_files() -> tuple[Path, ...]:
    """The program's own file, so that papers look the same everywhere; then all TrueType files in
    the usual folders, the best candidates first."""
    found = [
        Path(folder, name)
        for root in font_folders()
        for folder, _, names in os.walk(root)
        for name in names
        if name.lower().endswith((".ttf", ".ttc")) and not name.lower().startswith(_NEVER)
    ]
    return (*packaged(), *sorted(found, key=_rank))


def _rank(path: Path) -> tuple[int, int, str]:
    name = path.name.lower()
    known = _FIRST.index(name) if name in _FIRST else len(_FIRST)
    return known, sum(word in name for word in _HEAVY), str(path)


def font_folders() -> list[Path]:
    """The usual folders for typefaces on Linux, Windows and macOS."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        return [windows / "Fonts", home / "AppData/Local/Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    own = [home / ".local/share/fonts", home / ".fonts"]
    return [*shared, *own, Path("/usr/share/ghostscript")]


@lru_cache(maxsize=512)
def _faces(path: Path) -> tuple[tuple[int, list[int], list[int]], ...]:
    """(number, first codes, last codes) of every usable face of a file."""
    try:
        data = path.read_bytes()
        return tuple(_read(data))
    except (OSError, StructError, IndexError):
        return ()


def _read(data: bytes) -> list[tuple[int, list[int], list[int]]]:
    if data[:4] != b"ttcf":
        offsets = [0]
    else:
        offsets = list(unpack_from(f">{unpack_from('>L', data, 8)[0]}L", data, 12))
    faces = []
    for index, offset in enumerate(offsets):
        tables = _tables(data, offset)
        if b"glyf" in tables and b"cmap" in tables:
            faces.append((index, *_ranges(data, tables[b"cmap"])))
    return faces


def _tables(data: bytes, offset: int) -> dict[bytes, int]:
    count = unpack_from(">H", data, offset + 4)[0]
    records = (unpack_from(">4sLLL", data, offset + 12 + 16 * at) for at in range(count))
    return {tag: start for tag, _, start, _ in records}


def _ranges(data: bytes, cmap: int) -> tuple[list[int], list[int]]:
    """Sorted ranges of code points out of the Unicode subtables (OpenType, formats 4 and 12)."""
    ranges: set[tuple[int, int]] = set()
    for at in range(unpack_from(">H", data, cmap + 2)[0]):
        platform, encoding, offset = unpack_from(">HHL", data, cmap + 4 + 8 * at)
        if platform == 0 or (platform, encoding) in ((3, 1), (3, 10)):
            ranges.update(_subtable(data, cmap + offset))
    ordered = sorted(_joined(sorted(ranges)))
    return [first for first, _ in ordered], [last for _, last in ordered]


def _subtable(data: bytes, at: int) -> list[tuple[int, int]]:
    kind = unpack_from(">H", data, at)[0]
    if kind == 12:
        groups = unpack_from(">L", data, at + 12)[0]
        return [unpack_from(">LL", data, at + 16 + 12 * group) for group in range(groups)]
    if kind != 4:
        return []
    double = unpack_from(">H", data, at + 6)[0]
    ends = unpack_from(f">{double // 2}H", data, at + 14)
    starts = unpack_from(f">{double // 2}H", data, at + 16 + double)
    return [(s, e) for s, e in zip(starts, ends, strict=True) if s <= e and s != 0xFFFF]


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in ranges:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
