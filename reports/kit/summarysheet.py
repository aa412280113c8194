"""The first sheet of a workbook: title, notes, live totals, the crossed table and its chart."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from reports.kit.cellformats import FONT, number_format
from reports.kit.sheetrows import LONGEST, letters
from reports.kit.table import Column, Summary, TableReport
from reports.kit.wording import words

_ACCENT: Final = "0F6E64"
_SOFT: Final = "5B6774"
_GROUND: Final = "E3F1EF"
_SERIES: Final = ("0F6E64", "E1A53B", "2459A6", "B4540A", "6B4E9B", "1B7F4B", "B3261E", "5B6774")


class DataRange(NamedTuple):
    """A data sheet and the last row of its table."""

    sheet: str
    last: int


def fill_summary(
    book: Any, report: TableReport, headings: Sequence[str], ranges: Sequence[DataRange], cut: int
) -> None:
    """Write the first sheet of `book`; `cut` is how many texts were too long for a cell."""
    sheet = book.worksheets[0]
    _set_up(sheet, report)
    maker = _Sheet(sheet, report, headings, ranges)
    maker.heading(cut)
    maker.totals()
    if report.summary is not None:
        maker.crossed(report.summary)
    maker.widen()
    book.calculation.fullCalcOnLoad = True


def _set_up(sheet: Any, report: TableReport) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.left.text = report.title.replace("&", "&&")[:120]
    sheet.oddFooter.right.text = "&P / &N"


class _Sheet:
    """The sheet while it is written from top to bottom."""

    def __init__(
        self,
        sheet: Any,
        report: TableReport,
        headings: Sequence[str],
        ranges: Sequence[DataRange],
    ) -> None:
        self._sheet, self._report, self._ranges = sheet, report, ranges
        self._said = words(report.language)
        self._at = {column.name: at for at, column in enumerate(report.columns)}
        self._label = {
            column.name: column.caption or text
            for column, text in zip(report.columns, headings, strict=True)
        }
        self._row = 1
        self._widest: dict[int, int] = {}

    # Cells ------------------------------------------------------------------------------------

    def put(self, column: int, value: object, look: str = "", number_format: str = "") -> Any:
        """A cell in the current row; texts are never formulas."""
        cell = self._sheet.cell(self._row, column)
        _set_value(cell, value)
        _dress(cell, look)
        if number_format:
            cell.number_format = number_format
        if look not in ("title", "soft"):
            shown = min(len(str(value)), 44)
            self._widest[column] = max(self._widest.get(column, 0), shown)
        return cell

    def formula(self, column: int, formula: str, of: Column, look: str = "") -> None:
        """A formula in the current row, shown like the column it sums."""
        cell = self._sheet.cell(self._row, column, f"={formula}")
        _dress(cell, look)
        cell.number_format = number_format(of)

    def widen(self) -> None:
        """Give every column the width its texts and figures need."""
        for column in range(1, max([*self._widest, 2]) + 1):
            wanted = max(self._widest.get(column, 0) + 3, 26 if column == 1 else 17)
            self._sheet.column_dimensions[letters(column - 1)].width = wanted

    # Parts ------------------------------------------------------------------------------------

    def heading(self, cut: int) -> None:
        """Title, subtitle, notes."""
        self.put(1, self._report.title, "title")
        self._sheet.row_dimensions[1].height = 26
        notes = [self._report.subtitle, *self._report.notes]
        if cut:
            notes.append(self._said["cut"].format(count=cut))
        for text in filter(None, notes):
            self._row += 1
            self.put(1, text, "soft")
        self._row += 2

    def totals(self) -> None:
        """The number of rows, and the sum of every column that asks for one."""
        first = self._report.columns[0]
        self.put(1, self._said["rows"])
        count = "+".join(f"ROWS({self._range(r, first.name)})" for r in self._ranges)
        empty = self._ranges[0].last == 2 and len(self._ranges) == 1
        all_cells = f"{self._quoted(self._ranges[0])}!$A$2:${letters(len(self._at) - 1)}$2"
        guarded = f"IF(COUNTA({all_cells})=0,0,1)" if empty else count
        self.formula(2, guarded, Column("rows", "", "integer"))
        for column in self._report.columns:
            if column.total:
                self._row += 1
                self.put(1, self._label[column.name])
                sums = (f"SUM({self._range(r, column.name)})" for r in self._ranges)
                self.formula(2, "+".join(sums), column, "strong")
        self._row += 2

    def crossed(self, summary: Summary) -> None:
        """One block for each measure, or all measures side by side; a chart beside the first."""
        if summary.title:
            self.put(1, summary.title, "section")
            self._row += 1
        top = self._row
        if summary.column_column:
            for measure in summary.measures:
                self._block(summary, [measure], summary.column_labels)
        else:
            self._block(summary, list(summary.measures), ())
        if summary.chart and summary.row_labels:
            width = len(summary.column_labels) or len(summary.measures)
            title = self._label[summary.measures[0]]
            _chart(self._sheet, summary, top, width, title, self._row)

    def _block(self, summary: Summary, measures: list[str], across: tuple[object, ...]) -> None:
        """Labels, sums for each, and the sums of those sums."""
        if across and len(summary.measures) > 1:
            self.put(1, self._label[measures[0]], "strong")
            self._row += 1
        head = self._row
        self.put(1, self._label[summary.row_column], "head")
        names = across or tuple(self._label[name] for name in measures)
        for at, name in enumerate(names, 2):
            self.put(at, _shown(name), "head right")
        if across:
            self.put(len(across) + 2, self._said["total"], "head right")
        for label in summary.row_labels:
            self._row += 1
            self._sums(summary, label, measures, across, head)
        self._row += 1
        self._bottom(measures, across, head)
        self._row += 2

    def _sums(
        self,
        summary: Summary,
        label: object,
        measures: list[str],
        across: tuple[object, ...],
        head: int,
    ) -> None:
        self.put(1, _shown(label))
        rows = (summary.row_column, _criterion(label, f"$A{self._row}"))
        for at in range(max(len(across), len(measures))):
            measure = self._report.columns[self._at[measures[0] if across else measures[at]]]
            criteria = [rows]
            if across:
                place = f"{letters(at + 1)}${head}"
                criteria.append((summary.column_column, _criterion(across[at], place)))
            self.formula(at + 2, self._sum(measure.name, criteria), measure)
        if across:
            last = letters(len(across))
            span = f"SUM(B{self._row}:{last}{self._row})"
            column = self._report.columns[self._at[measures[0]]]
            self.formula(len(across) + 2, span, column, "strong")

    def _bottom(self, measures: list[str], across: tuple[object, ...], head: int) -> None:
        self.put(1, self._said["total"], "foot")
        for at in range(len(across) + 1 if across else len(measures)):
            measure = self._report.columns[self._at[measures[0] if across else measures[at]]]
            letter = letters(at + 1)
            span = f"SUM({letter}{head + 1}:{letter}{self._row - 1})"
            self.formula(at + 2, span if self._row > head + 1 else "0", measure, "foot")

    # Formulas ---------------------------------------------------------------------------------

    def _sum(self, measure: str, criteria: list[tuple[str, str]]) -> str:
        parts = []
        for data in self._ranges:
            pairs = ",".join(f"{self._range(data, name)},{said}" for name, said in criteria)
            parts.append(f"SUMIFS({self._range(data, measure)},{pairs})")
        return "+".join(parts)

    def _range(self, data: DataRange, name: str) -> str:
        letter = letters(self._at[name])
        return f"{self._quoted(data)}!${letter}$2:${letter}${data.last}"

    def _quoted(self, data: DataRange) -> str:
        return f"'{data.sheet}'" if " " in data.sheet else data.sheet


def _criterion(label: object, place: str) -> str:
    """What SUMIFS compares with: the label's cell, its signs with a meaning made harmless."""
    if label is None or label == "":
        return '"="'
    if isinstance(label, str) and (label[0] in "=<>" or any(sign in label for sign in "~*?")):
        doubled = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({place},"~","~~"),"*","~*"),"?","~?")'
        return f'"="&{doubled}'
    return place


def _shown(label: object) -> object:
    return "–" if label is None or label == "" else label


def _set_value(cell: Any, value: object) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:LONGEST]
    cell.data_type = "s"


def _dress(cell: Any, look: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    facts: dict[str, dict[str, object]] = {
        "title": {"bold": True, "size": 18, "color": _ACCENT},
        "soft": {"color": _SOFT},
        "section": {"bold": True, "size": 13},
        "strong": {"bold": True},
        "foot": {"bold": True},
        "head": {"bold": True, "color": _ACCENT},
        "head right": {"bold": True, "color": _ACCENT},
    }
    cell.font = Font(**{"name": FONT, "size": 11, **facts.get(look, {})})
    if look.startswith("head"):
        cell.fill = PatternFill("solid", fgColor=_GROUND)
        side = "right" if "right" in look else "left"
        cell.alignment = Alignment(horizontal=side, vertical="center")
    if look == "foot":
        cell.border = Border(top=Side("thin", color=_ACCENT))


_BESIDE: Final = 7
"""Wider blocks have their chart below them instead of beside them."""


def _chart(sheet: Any, summary: Summary, top: int, width: int, title: str, below: int) -> None:
    """A native chart of the first block, to its right or, where that is wide, below it."""
    from openpyxl.chart import BarChart, LineChart, PieChart, Reference

    kinds = {"column": BarChart, "bar": BarChart, "line": LineChart, "pie": PieChart}
    chart = kinds[summary.chart]()
    head = top + (1 if summary.column_column and len(summary.measures) > 1 else 0)
    count = min(summary.charted or len(summary.row_labels), len(summary.row_labels))
    series = 1 if summary.chart == "pie" else summary.series or width
    _add_data(chart, sheet, Reference, head, head + count, series, turned=summary.turned)
    chart.title, chart.width, chart.height = title, 20, 10
    if summary.chart == "bar":
        chart.height = max(8, min(1.2 * count + 3, 26))
    _colour(chart, summary.chart)
    if summary.turned:
        chart.grouping, chart.overlap = "stacked", 100
    if len(chart.series) == 1 and summary.chart != "pie":
        chart.legend = None
    beside = width + (3 if summary.column_column else 2)
    wide = width > _BESIDE
    chart.width = 30 if wide else 20
    sheet.add_chart(chart, f"A{below}" if wide else f"{letters(beside)}{head}")


def _add_data(
    chart: Any, sheet: Any, reference: Any, head: int, last: int, series: int, *, turned: bool
) -> None:
    """Columns as series over the row labels, or turned: rows as series over the headings."""
    if turned:
        rows = reference(sheet, min_col=1, max_col=1 + series, min_row=head + 1, max_row=last)
        chart.add_data(rows, titles_from_data=True, from_rows=True)
        labels = reference(sheet, min_col=2, max_col=1 + series, min_row=head, max_row=head)
    else:
        columns = reference(sheet, min_col=2, max_col=1 + series, min_row=head, max_row=last)
        chart.add_data(columns, titles_from_data=True)
        labels = reference(sheet, min_col=1, min_row=head + 1, max_row=last)
    chart.set_categories(labels)


def _colour(chart: Any, kind: str) -> None:
    if kind == "pie":
        return
    if kind == "bar":
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    chart.type = "bar" if kind == "bar" else "col" if kind == "column" else None
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines.spPr = _line("E2E6EA")
    for at, series in enumerate(chart.series):
        colour = _SERIES[at % len(_SERIES)]
        if kind == "line":
            series.graphicalProperties.line.solidFill = colour
            series.smooth = False
        else:
            series.graphicalProperties.solidFill = colour


def _line(colour: str) -> Any:
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.drawing.line import LineProperties

    return GraphicalProperties(ln=LineProperties(solidFill=colour))
