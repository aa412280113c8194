"""Names that tell records apart: two customers of one name are two rows, each with its code."""

from collections import Counter
from collections.abc import Iterable

Record = tuple[str, str]
"""The name of a record and its key; "" where it is no record, as a free item or a month."""

_TIMES = 2
"""A name with its key may be what another record is called by itself."""


def told_apart(records: Iterable[Record]) -> dict[Record, str]:
    """By record its name, with the key in brackets where others are called the same.

    Names that differ in case alone are the same to a spreadsheet's formulas, so here too.
    """
    names = {record: record[0] for record in dict.fromkeys(records)}
    for _time in range(_TIMES):
        for name, key in _doubled(names):
            names[name, key] += f" ({key})"
    return names


def _doubled(names: dict[Record, str]) -> list[Record]:
    """Records with a key whose name another one has too."""
    counts = Counter(name.casefold() for name in names.values())
    return [record for record, name in names.items() if record[1] and counts[name.casefold()] > 1]
