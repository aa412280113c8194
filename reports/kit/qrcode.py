"""QR codes on paper, drawn as one path (ISO/IEC 18004, error correction level M)."""

from functools import lru_cache

from reportlab.graphics.barcode import qrencoder

from reports.kit.page import INK, Paper

_QUIET = 4
"""Modules that stay white around a code."""
_LONGEST = 2_331
"""Bytes the largest code holds at level M."""


@lru_cache(maxsize=8)
def modules(text: str) -> list[list[bool]]:
    """The squares of a code, row by row from the top; True is dark.

    Raises ValueError for a text that is empty or longer than 2,331 bytes.
    """
    size = len(text.encode("utf-8", "replace"))
    if not 0 < size <= _LONGEST:
        raise ValueError(f"A QR code holds 1 to {_LONGEST:,} bytes of text; this one has {size:,}.")
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return [[bool(dark) for dark in row] for row in code.modules]


def draw_code(paper: Paper, text: str, x: float, y: float, side: float) -> None:
    """Draw a code with its white rim into a square whose lower left corner is at `x`, `y`.

    Raises ValueError as `modules` does.
    """
    rows = modules(text)
    step = side / (len(rows) + 2 * _QUIET)
    runs = []
    for down, row in enumerate(rows):
        base = y + side - (down + 1 + _QUIET) * step
        for start, length in _dark(row):
            left = x + (start + _QUIET) * step
            runs.append((left, base, length * step, step))
    paper.boxes(runs, INK)


def _dark(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark runs begin and how long they are."""
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if dark and at and row[at - 1]:
            start, length = runs[-1]
            runs[-1] = (start, length + 1)
        elif dark:
            runs.append((at, 1))
    return runs
