"""How the columns of a table on paper share its width."""

from typing import Final

_NARROW: Final = 26.0
"""Points a column keeps when there are too many of them."""
_ELASTIC: Final = 0.32
"""The part of the width elastic columns keep together when others are wide."""


def shared(natural: list[float], elastic: list[bool], width: float) -> list[float]:
    """Column widths that fill `width`: elastic columns take what is spare or give what is short.

    Where they would become too narrow the widest of the others give as well."""
    count = sum(elastic)
    spare = width - sum(natural)
    if spare >= 0:
        part = spare / (count or len(natural))
        return [n + part if e or not count else n for n, e in zip(natural, elastic, strict=True)]
    least = _ELASTIC * width / max(count, 1)
    shrunk = _levelled(natural, elastic, width, least)
    if sum(shrunk) > width:
        shrunk = _levelled(shrunk, [not e for e in elastic], width, _NARROW)
    scale = width / sum(shrunk)
    return [n * scale for n in shrunk]


def _levelled(natural: list[float], may: list[bool], width: float, least: float) -> list[float]:
    """The widest of the columns that may shrink are brought to one level until all fit."""
    fixed = sum(n for n, m in zip(natural, may, strict=True) if not m)
    loose = sorted(n for n, m in zip(natural, may, strict=True) if m)
    level, left = least, width - fixed
    for at, smallest in enumerate(loose):
        level = max(least, left / (len(loose) - at))
        if smallest > level:
            break
        left -= smallest
    return [min(n, level) if m else n for n, m in zip(natural, may, strict=True)]
