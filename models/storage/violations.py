"""Which rule of the schema an error of a driver says was broken."""

import re

from models.system.kinds import KINDS
from models.values.fields import RecordKind

_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (?:index '(\w+)'|\w+\.(\w+))")


def spelling_index(kind: RecordKind) -> str:
    """The index that keeps two keys from differing in the case of their letters alone.

    Both engines lower A to Z in it; other letters are compared before a record is written.
    """
    return f"uq_{kind.table}_{kind.key}_lower"


_KEYS = {spelling_index(kind): kind.key for kind in KINDS.values()}


def unique_column(error: BaseException | None) -> str:
    """The column whose value another record has already; "" where another rule was broken.

    PostgreSQL names the constraint, ours are called ``uq_table_column``; SQLite names the column.
    """
    told = getattr(getattr(error, "diag", None), "constraint_name", None)
    if told in _KEYS:
        return _KEYS[told]
    if told:
        table = str(error.diag.table_name)  # type: ignore[union-attr]
        start = f"uq_{table}_"
        return told[len(start) :] if told.startswith(start) else ""
    found = _SQLITE_UNIQUE.search(str(error))
    index, column = found.groups() if found else (None, "")
    return _KEYS.get(index, "") if index else column
