"""Reports as Excel workbooks: a summary with live formulas in front, all rows behind it.

openpyxl makes the workbook; the rows of the data sheets are streamed into it as XML, so memory
does not grow with them.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final
from zipfile import ZipFile

from reports.kit.cellformats import FONT, number_format
from reports.kit.files import Counter, Progress, whole_file
from reports.kit.package import Package
from reports.kit.sheetrows import Rows, escaped, letters
from reports.kit.summarysheet import DataRange, fill_summary
from reports.kit.table import NUMERIC, Column, TableReport, blocks
from reports.kit.wording import words

ROWS_PER_SHEET: Final = 1_048_575
"""Rows below the heading of one sheet (Excel's limit of 1,048,576 with it)."""

_BYTES_PER_SHEET: Final = 3_900_000_000
"""A sheet ends before the four gigabytes at which a ZIP entry would need another format."""
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD_INK: Final = "0F6E64"
_HEAD_GROUND: Final = "E3F1EF"


def write_workbook(
    report: TableReport, target: Path | BinaryIO, *, progress: Progress | None = None
) -> int:
    """Write a report as .xlsx and return the number of its rows.

    `progress` is told the rows so far about every 5,000 rows; when it answers False, Cancelled is
    raised and the target is as it was before. Raises ValueError for a row of the wrong length and
    OSError as the system does.
    """
    counter = Counter(progress)
    with whole_file(target) as file:
        _Writer(report, Package(file), counter).write()
        counter.ask()
    return counter.rows


class _Writer:
    """One workbook on its way into a file."""

    def __init__(self, report: TableReport, package: Package, counter: Counter) -> None:
        from openpyxl import Workbook

        self._report, self._package, self._counter = report, package, counter
        self._book: Any = Workbook()
        self._book.active.title = words(report.language)["summary"][:31]
        self._headings = report.headings()
        self._styles = _formats(self._book, report.columns)
        self._rows = Rows(
            [column.kind for column in report.columns], [cell for _, cell in self._styles]
        )
        self._ranges: list[DataRange] = []
        self._streamed: set[str] = set()

    def write(self) -> None:
        parts = blocks(self._report.rows)
        block = next(parts, [])
        widths = _widths(self._report.columns, self._headings, block)
        rest: Iterator[list[Sequence[object]]] = chain([block], parts)
        more = True
        while more:
            more, rest = self._sheet(rest, widths)
        fill_summary(self._book, self._report, self._headings, self._ranges, self._rows.cut)
        self._close()

    def _sheet(
        self, blocks: Iterator[list[Sequence[object]]], widths: list[float]
    ) -> tuple[bool, Iterator[list[Sequence[object]]]]:
        """Stream one sheet; returns whether rows are left, and those rows."""
        number = len(self._ranges) + 1
        path = f"xl/worksheets/sheet{number + 1}.xml"
        self._streamed.add(path)
        left: list[Sequence[object]] = []
        count = 0
        with self._package.part(path) as part:
            part.write(_before(widths, self._headings, [head for head, _ in self._styles]))
            for block in blocks:
                room = ROWS_PER_SHEET - count if part.size < _BYTES_PER_SHEET else 0
                block, left = block[:room], block[room:]
                if block:
                    part.write(self._rows.xml(block, count + 2))
                    count += len(block)
                    self._counter.add(len(block))
                if left:
                    break
            part.write(_after(self._report))
        self._ranges.append(_table(self._book, number, self._headings, count))
        return bool(left), chain([left], blocks)

    def _close(self) -> None:
        """Add the parts openpyxl makes; where rows were streamed, ours are already there."""
        for name, content in _made(self._book):
            if name not in self._streamed:
                self._package.add(name, content)
        self._package.close()


def _formats(book: Any, columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Numbers of the cell formats of each column: of its heading and of its cells."""
    sheet = book.create_sheet("Data")
    return [_column_formats(sheet, at, column) for at, column in enumerate(columns, 1)]


def _column_formats(sheet: Any, at: int, column: Column) -> tuple[int, int]:
    from openpyxl.styles import Alignment, Font, PatternFill

    side = "right" if column.kind in NUMERIC else "left"
    heading, cell = sheet.cell(1, at), sheet.cell(2, at)
    heading.font = Font(name=FONT, bold=True, color=_HEAD_INK)
    heading.fill = PatternFill("solid", fgColor=_HEAD_GROUND)
    heading.alignment = Alignment(horizontal=side, vertical="center", indent=int(side == "left"))
    cell.number_format = number_format(column)
    if side == "left":
        cell.alignment = Alignment(horizontal="left", indent=1)
    return heading.style_id, cell.style_id


def _widths(
    columns: Sequence[Column], headings: Sequence[str], block: list[Sequence[object]]
) -> list[float]:
    """Widths in characters, from the headings and the first rows."""
    widths = []
    for at, (column, heading) in enumerate(zip(columns, headings, strict=True)):
        longest = max((len(str(row[at])) for row in block[:200] if len(row) > at), default=0)
        grouped = longest * 1.3 if column.kind in ("money", "quantity", "integer") else longest
        wanted = max(len(heading) + 4, grouped + 2, 12 if "date" in column.kind else 6)
        widths.append(column.width or min(wanted, 60.0))
    return widths


def _before(widths: list[float], headings: Sequence[str], styles: list[int]) -> bytes:
    """The sheet up to its first row of data: frozen heading, column widths, the heading itself."""
    cols = "".join(
        f'<col min="{at}" max="{at}" width="{width:.1f}" customWidth="1"/>'
        for at, width in enumerate(widths, 1)
    )
    cells = "".join(
        f'<c r="{letters(at)}1" s="{style}" t="inlineStr"><is><t>{escaped(text)}</t></is></c>'
        for at, (text, style) in enumerate(zip(headings, styles, strict=True))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{cols}</cols>'
        f'<sheetData><row r="1" ht="20" customHeight="1">{cells}</row>'
    ).encode()


def _after(report: TableReport) -> bytes:
    """What follows the rows: print set-up, header and footer, the table."""
    title = escaped(report.title.replace("&", "&&")[:120])
    return (
        '</sheetData><pageMargins left="0.4" right="0.4" top="0.7" bottom="0.6" '
        'header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddHeader>&amp;L{title}</oddHeader>"
        "<oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
        '<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>'
    ).encode()


def _table(book: Any, number: int, headings: Sequence[str], count: int) -> DataRange:
    """Tell openpyxl of a data sheet and its table; an Excel table has one row at least."""
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    name = "Data" if number == 1 else f"Data {number}"
    sheet = book["Data"] if number == 1 else book.create_sheet(name)
    last = max(count, 1) + 1
    reference = f"A1:{letters(len(headings) - 1)}{last}"
    table = Table(displayName=f"Data{number}", ref=reference)
    table.autoFilter = AutoFilter(ref=reference)
    table.tableColumns = [TableColumn(id=at, name=text) for at, text in enumerate(headings, 1)]
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    sheet.print_title_rows = "1:1"
    return DataRange(name, last)


def _made(book: Any) -> Iterator[tuple[str, bytes]]:
    """All parts as openpyxl makes them, with no date of today in them."""
    from datetime import datetime

    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "Saudagar"
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001
    file = BytesIO()
    ExcelWriter(book, ZipFile(file, "w")).save()
    with ZipFile(file) as package:
        for name in package.namelist():
            yield name, package.read(name)
