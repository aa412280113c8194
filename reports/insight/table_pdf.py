"""Any report as a plain table on paper, landscape A4."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from reports.kit.figures import moment, number, short_day
from reports.kit.figures import price as needed
from reports.kit.lettering import Style, clean, first_line
from reports.kit.lines import Column as Place
from reports.kit.lines import LineTable, Look, Row
from reports.kit.page import INK, LINE, SIZES, SOFT, Names, Paper, Sheet
from reports.kit.table import NUMERIC, Column, TableReport
from reports.kit.wording import words

_ACCENT = "#0F6E64"
_RUNNING = 26.0
_MARGINS = (40.0, 38.0, 40.0, 44.0)


def render_table_pdf(report: TableReport) -> bytes:
    """A report as a PDF file; equal reports give equal bytes.

    The rows are read once and held in memory, so it is meant for reports people print. Raises
    ValueError for a row of the wrong length, and reports.kit.fonts.MissingGlyph.
    """
    height, width = SIZES["A4"]
    names = Names(report.title, "Saudagar", report.subtitle, report.language)
    sheet = Sheet(width, height, _MARGINS)
    paper = Paper(sheet, names, lambda paper: _running(paper, report), _RUNNING)
    _heading(paper, report)
    rows, totals = list(_rows(report)), _totals(report)
    if rows and totals:
        rows[-1] = rows[-1]._replace(keep=True)
    rows += totals
    LineTable(paper, _places(report), rows, _look(report)).place()
    return paper.finish(lambda sheet, page, pages: _foot(sheet, report, page, pages))


def _look(report: TableReport) -> Look:
    """Smaller type where there are many columns."""
    size = 8.4 if len(report.columns) <= 9 else 7.4 if len(report.columns) <= 13 else 6.4
    return Look(size=size, leading=size * 1.3, pad=3.0, gap=4.0, main=0, accent=_ACCENT)


def _places(report: TableReport) -> list[Place]:
    return [
        Place(heading, column.kind in NUMERIC, column.kind == "text")
        for column, heading in zip(report.columns, report.headings(), strict=True)
    ]


def _rows(report: TableReport) -> Iterable[Row]:
    columns, language = report.columns, report.language
    for values in report.rows:
        yield Row(_cells(values, columns, language))


def _cells(values: Sequence[object], columns: Sequence[Column], language: str) -> tuple[str, ...]:
    return tuple(
        shown(value, column, language) for value, column in zip(values, columns, strict=True)
    )


def _totals(report: TableReport) -> list[Row]:
    """The program's sums as a last row of the kind that stands out."""
    if not report.totals:
        return []
    said = words(report.language)["total"]
    cells = [
        shown(report.totals[column.name], column, report.language)
        if column.name in report.totals
        else ""
        for column in report.columns
    ]
    cells[0] = cells[0] or said
    return [Row(tuple(cells), "total")]


def shown(value: object, column: Column, language: str) -> str:
    """A value as text in the report's language."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words(language)["yes" if value else "no"]
    if isinstance(value, datetime):
        return moment(value, language)
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, int | float | Decimal) and column.kind in NUMERIC:
        return _figure(Decimal(str(value)), column, language)
    return str(value)


def _figure(value: Decimal, column: Column, language: str) -> str:
    if not value.is_finite():
        return str(value)
    if column.kind == "percent":
        return f"{number(value, column.places, language)}%"
    if column.kind == "quantity":
        return needed(value, column.places, language)
    return number(value, column.places, language)


def _heading(paper: Paper, report: TableReport) -> None:
    title, soft = Style("bold", 16, _ACCENT), Style("regular", 9, SOFT)
    paper.paragraph(report.title, title, 19)
    paper.y -= 2
    for text in filter(None, (report.subtitle, *report.notes)):
        paper.paragraph(text, soft, 11.6)
    paper.y -= 9


def _running(paper: Paper, report: TableReport) -> None:
    style = Style("bold", 9, INK)
    line = first_line(paper.pen, clean(report.title), style, paper.width)
    paper.text(paper.left, paper.top - 9, line, style)


def _foot(paper: Paper, report: TableReport, page: int, pages: int) -> None:
    style, base = Style("regular", 8, SOFT), paper.bottom - 20
    paper.rule(paper.left, base + 11, paper.width, LINE)
    said = words(report.language)["page"].format(page=page, pages=pages)
    paper.text(paper.right, base, said, style, "right")
