"""What a long workbook costs, against a plain CSV file and against openpyxl's own writer."""

import csv
import gc
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import process_time

import pytest

from reports.kit.cellformats import number_format
from reports.kit.table import Column, TableReport
from reports.kit.workbook import write_workbook

pytestmark = pytest.mark.performance

COLUMNS = (
    Column("number", "No.", "integer"),
    Column("customer", "Customer"),
    Column("town", "Town"),
    Column("product", "Product"),
    Column("seller", "Salesperson"),
    Column("state", "State"),
    Column("quantity", "Quantity", "integer"),
    Column("price", "Price", "money", "MYR"),
    Column("discount", "Discount", "percent"),
    Column("amount", "Amount", "money", "MYR", total=True),
    Column("ordered", "Ordered", "date"),
    Column("due", "Due", "date"),
)
MEMORY = """
from tests.performance.peak import peak
import sys
from pathlib import Path
from tests.performance.test_workbook import report
from reports.kit.workbook import write_workbook
write_workbook(report(1_000), Path(sys.argv[1]))
before = peak()
write_workbook(report(int(sys.argv[2])), Path(sys.argv[1]))
print(peak() - before)
"""


def rows(count: int) -> Iterator[tuple[object, ...]]:
    start = date(2026, 1, 1)
    for at in range(count):
        day = start + timedelta(days=at % 700)
        price = Decimal(1240 + at % 997) / 100
        yield (
            at,
            f"Customer {at % 9973} Sdn Bhd",
            "Shah Alam",
            f"Kertas A4 80 gsm {at % 331}",
            "Siti Rahmawati",
            "delivered",
            at % 40,
            price,
            Decimal("2.5"),
            price * (at % 40),
            day,
            day + timedelta(days=30),
        )


def report(count: int) -> TableReport:
    return TableReport("Order lines", COLUMNS, rows(count))


def plain_csv(count: int, target: Path) -> None:
    with target.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows(count))


def openpyxl_book(count: int, target: Path) -> None:
    """The same cells with the same number formats, in openpyxl's mode for long sheets."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    formats = [number_format(column) for column in COLUMNS]
    for row in rows(count):
        cells = []
        for value, shown in zip(row, formats, strict=True):
            cell = WriteOnlyCell(sheet, value)
            if shown != "General":
                cell.number_format = shown
            cells.append(cell)
        sheet.append(cells)
    book.save(target)


def cost(work: object, *facts: object) -> float:
    """CPU seconds of one call."""
    gc.collect()
    start = process_time()
    work(*facts)  # type: ignore[operator]
    return process_time() - start


def ours(count: int, target: Path) -> None:
    write_workbook(report(count), target)


def compared(count: int, rounds: int, folder: Path) -> tuple[float, float]:
    pairs = [
        (cost(plain_csv, count, folder / "a.csv"), cost(ours, count, folder / "a.xlsx"))
        for _ in range(rounds)
    ]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


@pytest.mark.parametrize(
    ("count", "rounds"), [(100_000, 5), pytest.param(1_000_000, 1, marks=pytest.mark.long)]
)
def test_a_workbook_costs_hardly_more_than_a_csv_file(
    count: int, rounds: int, tmp_path: Path
) -> None:
    plain, book = compared(count, rounds, tmp_path)
    a_row = 1e6 / count
    said = f"csv {plain * a_row:.1f} us a row, workbook {book * a_row:.1f}, {book / plain:.2f} x"
    print(f"\n{count:>9} rows: {said}")
    assert book <= 1.5 * plain


def test_a_workbook_costs_a_fraction_of_openpyxl(tmp_path: Path) -> None:
    theirs = cost(openpyxl_book, 20_000, tmp_path / "theirs.xlsx") / 20_000
    mine = median(cost(ours, 100_000, tmp_path / "ours.xlsx") for _ in range(3)) / 100_000
    print(f"\nopenpyxl {theirs * 1e6:.0f} us a row, ours {mine * 1e6:.1f}, {theirs / mine:.0f} x")
    assert theirs >= 18 * mine


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of memory here")
@pytest.mark.parametrize("count", [100_000, pytest.param(1_000_000, marks=pytest.mark.long)])
def test_memory_does_not_grow_with_the_rows(count: int, tmp_path: Path) -> None:
    command = [sys.executable, "-c", MEMORY, str(tmp_path / "a.xlsx"), str(count)]
    grown = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    print(f"\n{count:>9} rows: {grown:.1f} MB more at the peak")
    assert grown <= 15
