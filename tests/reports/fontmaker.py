"""A typeface for tests: the house face with its letters also placed at other code points."""

from pathlib import Path
from struct import pack, unpack_from

from font_source_sans_pro import font_directory


def font_covering(first: int, last: int) -> bytes:
    """A TrueType file whose glyph for every code point of the range is that of a plain letter."""
    source = (Path(font_directory) / "SourceSansPro-Regular.ttf").read_bytes()
    tables = {}
    for at in range(unpack_from(">H", source, 4)[0]):
        tag, _, offset, length = unpack_from(">4sLLL", source, 12 + 16 * at)
        tables[tag] = source[offset : offset + length]
    tables[b"cmap"] = _cmap(first, last)
    wanted = (b"OS/2 cmap glyf head hhea hmtx loca maxp name post cvt  fpgm prep").split(b" ")
    kept = {tag: data for tag, data in tables.items() if tag.strip() in wanted}
    return _file(kept)


def _cmap(first: int, last: int) -> bytes:
    """Format 4: one segment whose code points all share a run of glyph numbers."""
    glyphs = pack(f">{last - first + 1}H", *(40 + at % 20 for at in range(last - first + 1)))
    segments = pack(">HH H HH HH HH", last, 0xFFFF, 0, first, 0xFFFF, 0, 1, 4, 0)
    body = pack(">HHHH", 4, 4, 1, 0) + segments + glyphs
    return pack(">HHHHL", 0, 1, 3, 1, 12) + pack(">HHH", 4, len(body) + 6, 0) + body


def _file(tables: dict[bytes, bytes]) -> bytes:
    offset = 12 + 16 * len(tables)
    records, content = b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        words = unpack_from(f">{len(padded) // 4}L", padded)
        records += pack(">4sLLL", tag, sum(words) & 0xFFFFFFFF, offset + len(content), len(data))
        content += padded
    return pack(">LHHHH", 0x00010000, len(tables), 128, 3, 0) + records + content
