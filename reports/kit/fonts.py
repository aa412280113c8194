"""Typefaces: the house face in three cuts, and the machine's own faces for characters it lacks."""

import zlib
from functools import cache, lru_cache
from pathlib import Path
from threading import RLock
from typing import Any, Final

from font_source_sans_pro import font_directory
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont

from reports.kit.coverage import faces_for

rl_config.invariant = 1
rl_config.useA85 = 0

_FILES: Final = {
    "regular": "SourceSansPro-Regular.ttf",
    "bold": "SourceSansPro-Semibold.ttf",
    "italic": "SourceSansPro-It.ttf",
}
_ASCII: Final = "".join(map(chr, range(32, 127)))
_LATIN: Final = "".join(chr(code) for code in range(0xA1, 0x100) if code != 0xAD)
_SIGNS: Final = "–—‘’‚“”„•…€™−≤≥≈≠→←✓†‡‰‹›ŒœŠšŽžŸ"
_LOCK: Final = RLock()
_REMEMBERED: Final = 20_000


class MissingGlyph(ValueError):  # noqa: N818 - named for what is missing
    """No typeface on this machine has a character; the message names it and its code point."""

    def __init__(self, character: str, text: str) -> None:
        shown = character if character.isprintable() else ""
        super().__init__(
            f"No font on this computer has the character {shown!r} (U+{ord(character):04X}) "
            f"of the text {text[:60]!r}."
        )
        self.character = character
        self.text = text


class Face(TTFont):  # type: ignore[misc]
    """A TrueType face whose embedded subsets are kept: equal subsets are made only once."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the name ReportLab calls
        """Add every subset this document used, as ReportLab asks at its end."""
        state = self.state[doc]
        state.frozen = 1
        for number, subset in enumerate(state.subsets):
            self._add_subset(doc, number, tuple(subset))
        del self.state[doc]

    def _add_subset(self, doc: Any, number: int, subset: tuple[int, ...]) -> None:
        tag = "".join(chr(65 + int(digit)) for digit in f"{number:06d}")
        base = f"{tag}+{self.face.name.decode('latin-1')}"
        parts = self._embedded(subset)
        font = pdfdoc.PDFTrueTypeFont()
        font.Name = self.getSubsetInternalName(number, doc)[1:]
        font.BaseFont = base
        font.FirstChar, font.LastChar, font.Widths = 0, len(subset) - 1, parts["widths"]
        font.ToUnicode = doc.Reference(_stream(parts["unicode"]), f"toUnicode:{font.Name}")
        file = _stream(parts["file"])
        file.dictionary["Length1"] = parts["length"]
        font.FontDescriptor = doc.Reference(
            self._descriptor(base, doc.Reference(file, f"fontFile:{font.Name}")),
            f"descriptor:{font.Name}",
        )
        doc.Reference(font, font.Name)
        doc.idToObject["BasicFonts"].dict[font.Name] = font

    def _descriptor(self, base: str, file: Any) -> Any:
        face = self.face
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": pdfdoc.PDFName(base),
                "Flags": 4,  # symbolic: the subset has its own encoding
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "ItalicAngle": face.italicAngle,
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "StemV": face.stemV,
                "MissingWidth": face.defaultWidth,
                "FontFile2": file,
            }
        )

    @lru_cache(maxsize=32)  # noqa: B019 - faces live as long as the program
    def _embedded(self, subset: tuple[int, ...]) -> dict[str, Any]:
        with _LOCK:
            program = self.face.makeSubset(list(subset))
        widths = " ".join(f"{self.face.getCharWidth(code):g}" for code in subset)
        return {
            "file": zlib.compress(program),
            "length": len(program),
            "unicode": zlib.compress(_unicode_map(subset).encode("ascii")),
            "widths": f"[{widths}]".encode("ascii"),
        }


def packed(content: bytes) -> Any:
    """A stream of a PDF file, compressed."""
    return _stream(zlib.compress(content))


def _stream(content: bytes) -> Any:
    """A stream that is already compressed."""
    stream = pdfdoc.PDFStream(content=content, filters=[])
    stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    return stream


def _unicode_map(subset: tuple[int, ...]) -> str:
    """The CMap by which readers copy and search text (PDF 32000-1, 9.10.3)."""
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    chunks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(c)} beginbfchar\n{chr(10).join(c)}\nendbfchar" for c in chunks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


@cache
def _load(path: Path, index: int) -> Face:
    with _LOCK:
        return Face(f"{path.stem}-{index}", str(path), subfontIndex=index, shapable=False)


class Cut:
    """One cut of the house face, with widths in ems and codes ready for a PDF string."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.face = _load(Path(font_directory) / _FILES[name], 0)
        glyphs = self.face.face.charToGlyph
        self.base = _ASCII + "".join(c for c in _LATIN + _SIGNS if ord(c) in glyphs)
        self.known = frozenset(self.base) | {"\xa0"}
        self.widths = _Widths(self)
        self.words = _Words(self.widths)
        self.codes = self._escapes()

    def begin(self, doc: Any) -> str:
        """Give the base characters their codes in a document; returns the font's name there."""
        self.face.splitString(self.base, doc)
        name: str = self.face.getSubsetInternalName(0, doc)
        return name

    def faces(self, text: str) -> list[tuple[Face, str]]:
        """Runs of one face each; raises MissingGlyph."""
        runs: list[tuple[Face, str]] = []
        for character in text:
            face = self._face(character, text)
            if runs and runs[-1][0] is face:
                runs[-1] = (face, runs[-1][1] + character)
            else:
                runs.append((face, character))
        return runs

    def em(self, character: str, text: str = "") -> float:
        """The width of a character as a part of the type size; raises MissingGlyph."""
        width: float = self._face(character, text).face.getCharWidth(ord(character)) / 1000
        return width

    def _face(self, character: str, text: str) -> Face:
        if ord(character) in self.face.face.charToGlyph:
            return self.face
        for path, index in faces_for(ord(character)):
            face = _load(path, index)
            if ord(character) in face.face.charToGlyph:
                return face
        raise MissingGlyph(character, text)

    def _escapes(self) -> dict[int, str]:
        """How each base character is written inside a PDF string, as every document codes it."""
        doc = _Nothing()
        ((_, coded),) = self.face.splitString(self.base, doc)
        del self.face.state[doc]
        codes = {ord(c): _escaped(code) for c, code in zip(self.base, coded, strict=True)}
        return codes | {0xA0: " "}


class _Nothing:
    """Stands for a document where only the codes are asked for."""


class _Widths(dict[str, float]):
    """Widths by character, looked up in the faces once."""

    def __init__(self, cut: Cut) -> None:
        super().__init__((c, cut.em(c)) for c in cut.base)
        self["\xa0"] = self[" "]
        self._cut = cut

    def __missing__(self, character: str) -> float:
        width = self[character] = self._cut.em(character)
        return width


class _Words(dict[str, float]):
    """Widths of whole words, which come again and again; forgotten when they are too many."""

    def __init__(self, widths: _Widths) -> None:
        super().__init__()
        self._width = widths.__getitem__

    def __missing__(self, word: str) -> float:
        if len(self) > _REMEMBERED:
            self.clear()
        width = self[word] = sum(map(self._width, word))
        return width


def _escaped(code: int) -> str:
    if 32 <= code < 127 and code not in b"()\\":
        return chr(code)
    return f"\\{code:03o}"


def literal(coded: bytes) -> str:
    """Codes of one subset as a PDF string in round brackets."""
    return f"({''.join(map(_escaped, coded))})"


@cache
def cut(name: str) -> Cut:
    """The cut called regular, bold or italic; loaded once, safe to share between threads."""
    with _LOCK:
        return Cut(name)
