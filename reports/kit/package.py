"""The ZIP package around a workbook: long parts are compressed as they are written.

Own, because the standard library offers no choice of compressor; the fast one takes a third of
its time. Every entry has the same date, so equal content gives equal bytes.
"""

import zlib
from struct import pack
from types import TracebackType
from typing import Any, BinaryIO, Final

fast: Any
try:
    from isal import isal_zlib as fast
except ImportError:  # pragma: no cover - a platform without the wheel
    fast = zlib

_LOCAL: Final = b"PK\x03\x04"
_CENTRAL: Final = b"PK\x01\x02"
_END: Final = b"PK\x05\x06"
_DATE: Final = (1 << 5) | 1
"""The first of January 1980, where the format's calendar begins."""
_UTF8: Final = 1 << 11
_DEFLATED: Final = 8
_LARGEST: Final = 0xFFFFFFFF


class Package:
    """A ZIP file in the making; parts are written one after the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._entries: list[bytes] = []

    def part(self, name: str) -> "Part":
        """A part to write to in a `with` block."""
        return Part(self._file, name, self._entries)

    def add(self, name: str, content: bytes) -> None:
        """A whole part at once."""
        with self.part(name) as part:
            part.write(content)

    def close(self) -> None:
        """Write the directory; raises ValueError beyond four gigabytes."""
        start = self._file.tell()
        directory = b"".join(self._entries)
        if start + len(directory) > _LARGEST:
            raise ValueError("The workbook is larger than four gigabytes.")
        self._file.write(directory)
        count, size = len(self._entries), len(directory)
        self._file.write(_END + pack("<HHHHLLH", 0, 0, count, count, size, start, 0))


class Part:
    """One entry; text or bytes may be written in pieces of any length."""

    def __init__(self, file: BinaryIO, name: str, entries: list[bytes]) -> None:
        self._file, self._name, self._entries = file, name.encode(), entries
        self._deflate: Any = fast.compressobj(1, zlib.DEFLATED, -15)
        self._check, self._packed, self.size = 0, 0, 0

    def __enter__(self) -> "Part":
        self._start = self._file.tell()
        self._file.write(self._local())
        return self

    def write(self, content: bytes) -> None:
        """Compress and write."""
        self._check = fast.crc32(content, self._check)
        self.size += len(content)
        self._put(self._deflate.compress(content))

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._put(self._deflate.flush())
            self._finish()

    def _put(self, packed: bytes) -> None:
        self._packed += len(packed)
        self._file.write(packed)

    def _finish(self) -> None:
        """Now that the sizes are known they go into both headers."""
        if self._start > _LARGEST or self.size > _LARGEST:
            raise ValueError("The workbook is larger than four gigabytes.")
        end = self._file.tell()
        self._file.seek(self._start)
        self._file.write(self._local())
        self._file.seek(end)
        head = pack("<HH", 20, 20) + self._common()
        tail = pack("<HHHLL", 0, 0, 0, 0, self._start)
        self._entries.append(_CENTRAL + head + tail + self._name)

    def _local(self) -> bytes:
        return _LOCAL + pack("<H", 20) + self._common() + self._name

    def _common(self) -> bytes:
        sizes = (self._check, self._packed, self.size, len(self._name), 0)
        return pack("<HHHHLLLHH", _UTF8, _DEFLATED, 0, _DATE, *sizes)
