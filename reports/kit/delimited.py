"""Reports as CSV files that a spreadsheet program opens without running anything in them."""

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Final

from reports.kit.files import Counter, Progress, whole_file
from reports.kit.table import TableReport, blocks

_DANGEROUS: Final = frozenset("=+-@\t\r\n")

GUARDED: Final = re.compile(r"'+\s*[=+\-@\t\r\n]")
"""What a guarded text begins with; one that looks so by itself gets another apostrophe."""


def write_csv(
    report: TableReport,
    target: Path | BinaryIO,
    *,
    delimiter: str = ",",
    bom: bool = True,
    progress: Progress | None = None,
) -> int:
    """Write a report as UTF-8 CSV (RFC 4180) and return the number of its rows.

    Days are ISO 8601, figures plain with a decimal point, truth is true or false. A text that
    begins with = + - @ tab or a line break, blanks before it or not, gets an apostrophe in front
    (OWASP, CSV injection). `bom` marks the file as UTF-8 for Excel. `progress` and the errors are
    those of write_workbook.
    """
    counter = Counter(progress)
    with whole_file(target) as file:
        text = TextIOWrapper(
            file, "utf-8-sig" if bom else "utf-8", errors="replace", newline="", write_through=False
        )
        writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(map(_safe, report.headings()))
        for block in blocks(report.rows):
            writer.writerows(_written(block, len(report.columns)))
            counter.add(len(block))
        counter.ask()
        text.detach()
    return counter.rows


def _written(block: list[Sequence[object]], width: int) -> Iterator[tuple[object, ...]]:
    columns = [_column(column) for column in zip(*block, strict=True)]
    if len(columns) != width:
        raise ValueError(f"a row needs {width} values")
    return zip(*columns, strict=True)


def _column(column: Sequence[object]) -> Sequence[object]:
    """A column as it is where the csv module writes it well by itself, else cell by cell."""
    types = set(map(type, column))
    if types <= {int, date}:
        return column
    if types == {Decimal} and "E" not in "".join(map(str, column)):
        return column
    return list(map(_cell, column))


def _cell(value: object) -> str:
    if isinstance(value, str):
        return _safe(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return str(value) if isinstance(value, int | float | date) else _safe(str(value))


def _safe(text: str) -> str:
    begins = text[:1]
    if begins.isalnum():
        return text
    dangerous = begins in _DANGEROUS or text.lstrip()[:1] in _DANGEROUS
    return f"'{text}" if text and (dangerous or GUARDED.match(text)) else text
