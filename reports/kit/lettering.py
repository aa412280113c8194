"""Text on paper: cleaning, measuring, breaking into lines, and the PDF operators that show it."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from reports.kit.fonts import MissingGlyph, cut, literal

_WIDE: Final = (
    "\u1100-\u11ff\u2e80-\u2fff\u3001-\u31ff\u3200-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_CLOSING: Final = "、。，．：；？！）］｝」』】〕〉》’”%,.:;!?)"
_HAS_WIDE: Final = re.compile(f"[{_WIDE}]")
_ATOMS: Final = re.compile(f" +|[{_WIDE}][{_CLOSING}]*|[^ {_WIDE}]+")


class Style(NamedTuple):
    """A cut of the house face (regular, bold, italic), its size in points, a colour as #RRGGBB."""

    cut: str
    size: float
    colour: str


def clean(text: str) -> str:
    """What may be printed of a text: no control, bidi or invisible characters, tabs as spaces.

    Line breaks stay; accents are joined to their letters where a joined letter exists.
    """
    if text.isascii() and text.isprintable():
        return text
    joined = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(map(_printable, joined)) if not joined.isprintable() else _visible(joined)


def _visible(text: str) -> str:
    return _HIDDEN.sub("", text)


_HIDDEN: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]"
)


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if character == "\n" or category in ("Zl", "Zp"):
        return "\n"
    if character == "\xa0":
        return character
    if character == "\t" or category == "Zs":
        return " "
    if category == "Cs":
        return "?"
    return "" if category in ("Cc", "Cf") or _HIDDEN.match(character) else character


@lru_cache(maxsize=256)
def colour_numbers(colour: str) -> str:
    """Red, green and blue of ``#RRGGBB`` as three PDF numbers."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(f"{part:.3g}" for part in parts)


class Pen:
    """Measures and shows text in one PDF document."""

    def __init__(self, doc: Any) -> None:
        self._doc = doc
        self._names: dict[str, str] = {}

    def font(self, name: str) -> str:
        """The document's own name for a cut, made known to it at first use."""
        if name not in self._names:
            self._names[name] = cut(name).begin(self._doc)
        return self._names[name]

    def take(self, style: Style) -> str:
        """Operators that choose font, size and colour."""
        return f"{self.font(style.cut)} {style.size:g} Tf {colour_numbers(style.colour)} rg "

    def show(self, text: str, style: Style) -> str:
        """Operators that show a cleaned text; the style is chosen before and still is after."""
        face = cut(style.cut)
        if face.known.issuperset(text):
            return f"({text.translate(face.codes)})Tj"
        home, runs = self.font(style.cut), []
        for font, part in face.faces(text):
            for subset, coded in font.splitString(part, self._doc):
                name = font.getSubsetInternalName(subset, self._doc)
                runs.append(f"{name} {style.size:g} Tf{literal(coded)}Tj")
        return f"{''.join(runs)}{home} {style.size:g} Tf"

    def width(self, text: str, style: Style) -> float:
        """The width of one line in points; raises MissingGlyph."""
        return ems((text,), style.cut)[0] * style.size

    def wrap(self, text: str, style: Style, room: float) -> list[str]:
        """Lines no wider than `room` points. Nothing is lost: words that are too long are broken,
        between Chinese, Japanese and Korean characters a line may end anywhere."""
        limit = room / style.size + 1e-6
        return [
            line for part in text.split("\n") for line in _broken(part.strip(" "), style.cut, limit)
        ]


def first_line(pen: Pen, text: str, style: Style, room: float) -> str:
    """What fits on one line; an ellipsis says that there is more elsewhere on the paper."""
    lines = pen.wrap(" ".join(text.split()), style, room) or [""]
    if len(lines) == 1:
        return lines[0]
    shorter = pen.wrap(lines[0], style, room - pen.width("…", style)) or [""]
    return f"{shorter[0]}…"


def ems(texts: Sequence[str], name: str, *, again: bool = False) -> list[float]:
    """Widths of single lines as parts of the type size; raises MissingGlyph.

    `again` says that the texts are short and likely to come again, so their widths are kept.
    """
    face = cut(name)
    try:
        if again:
            return list(map(face.words.__getitem__, texts))
        width = face.widths.__getitem__
        return [sum(map(width, text)) for text in texts]
    except MissingGlyph as missing:
        found = next(text for text in texts if missing.character in text)
        raise MissingGlyph(missing.character, found) from None


def _broken(text: str, name: str, limit: float) -> list[str]:
    if ems((text,), name)[0] <= limit:
        return [text]
    if _HAS_WIDE.search(text) or "  " in text:
        return _broken_between(_ATOMS.findall(text), name, limit)
    known, words = cut(name).words, text.split(" ")
    space, lines, start, used = known[" "], [], 0, 0.0
    for at, word in enumerate(words):
        wide = known[word]
        if wide > limit:
            return _broken_between(_ATOMS.findall(text), name, limit)
        used += space + wide
        if used - space > limit and at > start:
            lines.append(" ".join(words[start:at]))
            start, used = at, space + wide
    return [*lines, " ".join(words[start:])]


def _broken_between(atoms: list[str], name: str, limit: float) -> list[str]:
    """Lines of atoms: words, runs of spaces, and single wide characters."""
    known = cut(name).words
    lines, line, used = [], "", 0.0
    for atom in atoms:
        wide = known[atom]
        if used + wide > limit and atom[0] != " ":
            if line and not line.isspace():
                lines.append(line.rstrip(" "))
            line, used = "", 0.0
            if wide > limit:
                *full, atom = _chopped(atom, name, limit)
                lines += full
                wide = known[atom]
        line += atom
        used += wide
    return [*lines, line.rstrip(" ")] if line and not line.isspace() else lines


def _chopped(word: str, name: str, limit: float) -> list[str]:
    """A word wider than the line in pieces that fit, at least one character each."""
    width = cut(name).widths.__getitem__
    pieces, start, used = [], 0, 0.0
    for at, character in enumerate(word):
        used += width(character)
        if used > limit and at > start:
            pieces.append(word[start:at])
            start, used = at, width(character)
    return [*pieces, word[start:]]
