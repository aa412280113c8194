"""Which rule of the schema an error of a driver says was broken."""

import re

_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: \w+\.(\w+)")


def unique_column(error: BaseException | None) -> str:
    """The column whose value another record has already; "" where another rule was broken.

    PostgreSQL names the constraint, ours are called ``uq_table_column``; SQLite names the column.
    """
    told = getattr(getattr(error, "diag", None), "constraint_name", None)
    if told:
        table = str(error.diag.table_name)  # type: ignore[union-attr]
        start = f"uq_{table}_"
        return told[len(start) :] if told.startswith(start) else ""
    found = _SQLITE_UNIQUE.search(str(error))
    return found.group(1) if found else ""
