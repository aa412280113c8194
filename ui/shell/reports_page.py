"""Reports: choose one, its period and what it is shown by; read it here, or hand it out."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLineEdit, QTableView, QWidget

from models.values.errors import DomainError
from models.values.formatting import Style
from resources.languages import marked as _
from ui.kit import errors, tasks, theme, tokens
from ui.kit.desk import Desk
from ui.kit.language import language, name, on_language, say, tr
from ui.kit.toasts import toast
from ui.widgets.parts import button, column, label, row, set_property

if TYPE_CHECKING:
    from controllers.insight.reports import ReportInfo
    from controllers.insight.sales import SalesOptions

_MOST = 5_000
"""Rows shown on the screen; a file holds them all."""

_Index = QModelIndex | QPersistentModelIndex
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NUMBERS = frozenset(("integer", "quantity", "money", "percent"))

WORDS = {
    "month": _("Month"), "year": _("Year"), "day": _("Day"), "week": _("Week"),
    "quarter": _("Quarter"), "owner": _("Salesperson"), "customer": _("Customer"),
    "product": _("Product"), "category": _("Category"), "territory": _("Territory"),
    "state": _("State"), "currency": _("Currency"), "country": _("Country"), "city": _("City"),
}  # fmt: skip


def cell_text(value: Any, kind: str, places: int, style: Style) -> str:
    """A value of a report as the screen shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return tr(_("Yes")) if value else tr(_("No"))
    if isinstance(value, (Decimal, int)):
        suffix = "%" if kind == "percent" else ""
        return style.number(value, places if kind in ("money", "percent") else None) + suffix
    if isinstance(value, dt.date):
        return style.day(value)
    return str(value)


class ReportTable(QAbstractTableModel):
    """The rows of a report as texts."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.numbers: list[bool] = []
        self.rows: list[list[str]] = []

    def take(self, headings: list[str], numbers: list[bool], rows: list[list[str]]) -> None:
        """Show another report."""
        self.beginResetModel()
        self.headings, self.numbers, self.rows = headings, numbers, rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.headings)

    def data(self, index: _Index, role: int = 0) -> Any:
        if role == 0:
            return self.rows[index.row()][index.column()]
        return _RIGHT if role == 7 and self.numbers[index.column()] else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == 7:
            return _RIGHT if self.numbers[section] else int(Qt.AlignmentFlag.AlignLeft)
        return self.headings[section] if role == 0 else None


class ReportsPage(QWidget):
    """One report at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.reports: dict[str, ReportInfo] = {}
        self._which, self._first, self._second = QComboBox(), QComboBox(), QComboBox()
        self._since, self._until = QLineEdit(), QLineEdit()
        self.table = ReportTable()
        self._view = QTableView()
        self._title, self._note = label(role="section"), label(role="soft", wrap=True)
        self._build()
        tasks.run(_reports, self._take_reports, owner=self)

    def _build(self) -> None:
        self._view.setModel(self.table)
        self._view.setProperty("role", "card")
        self._view.setShowGrid(False)
        self._view.verticalHeader().hide()
        self._view.verticalHeader().setDefaultSectionSize(theme.row_height(self._view))
        self._view.horizontalHeader().setHighlightSections(False)
        name(self._view, _("Report"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.LARGE)
        for at, (title, control) in enumerate((
            (_("Report"), self._which), (_("By"), self._first), (_("Across"), self._second),
            (_("From"), self._since), (_("To"), self._until),
        )):  # fmt: skip
            grid.addWidget(label(title, "heading"), 0, at)
            grid.addWidget(control, 1, at)
            grid.setColumnStretch(at, 1)
            name(control, title)
        for line in (self._since, self._until):
            say(line, "setPlaceholderText", _("any day"))
            line.returnPressed.connect(self.run)
        grid.addWidget(button(_("Show"), self.run, role="primary"), 1, 5)
        self._which.activated.connect(self._on_report)
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(
            row(
                label(_("Reports"), "title"), 1,
                button(_("Excel"), lambda: self.export("xlsx"), icon="ph.table"),
                button(_("CSV"), lambda: self.export("csv"), icon="ph.file-text"),
                button(_("PDF"), lambda: self.export("pdf"), icon="ph.file-pdf"),
            )
        )  # fmt: skip
        layout.addLayout(grid)
        layout.addLayout(row(self._title, self._note, 1, gap=tokens.MEDIUM))
        layout.addWidget(self._view, 1)
        self.setLayout(layout)
        on_language(self._reword)

    def _take_reports(self, found: "dict[str, ReportInfo]") -> None:
        self.reports = found
        for each in found.values():
            self._which.addItem(tr(each.title), each.name)
        self._on_report()
        self.run()

    def _reword(self) -> None:
        for at, each in enumerate(self.reports.values()):
            self._which.setItemText(at, tr(each.title))
        if self.reports:
            self._on_report()
            self.run()

    def _on_report(self) -> None:
        info = self.reports[self._which.currentData()]
        for box in (self._first, self._second):
            box.clear()
            box.addItem("–", "")
            for each in info.dimensions:
                box.addItem(tr(WORDS.get(each, each)), each)
            box.setEnabled(bool(info.dimensions))
        self._second.setEnabled(info.crossed)
        if info.dimensions:
            self._first.setCurrentIndex(1)

    def _day(self, line: QLineEdit) -> dt.date | None:
        set_property(line, "wrong", "")
        if not line.text().strip():
            return None
        try:
            return self.desk.style.parse_day(line.text())
        except DomainError:
            set_property(line, "wrong", "true")
            raise

    def options(self) -> "SalesOptions":
        """What was chosen; DomainError for a day that is none."""
        from controllers.insight.sales import SalesOptions

        chosen = (self._first.currentData(), self._second.currentData())
        by = tuple(dict.fromkeys(each for each in chosen if each))
        return SalesOptions(by, self._day(self._since), self._day(self._until), language=language())

    def run(self) -> None:
        """Show the chosen report."""
        app, which, style = self.desk.app, self._which.currentData(), self.desk.style
        try:
            options = self.options()
        except DomainError as error:
            toast(errors.text_of(error))
            return

        def work() -> tuple[str, str, list[str], list[bool], list[list[str]]]:
            from controllers.insight import reports

            made = app.read(reports.report, which, options)
            columns = made.columns
            rows = [
                [
                    cell_text(value, each.kind, each.places, style)
                    for each, value in zip(columns, values, strict=True)
                ]
                for _at, values in zip(range(_MOST), made.rows, strict=False)
            ]
            numbers = [each.kind in _NUMBERS for each in columns]
            return made.title, made.subtitle, [each.heading for each in columns], numbers, rows

        tasks.run(work, lambda answer: self._show(*answer), key=(id(self), "report"), owner=self)

    def _show(
        self,
        title: str,
        subtitle: str,
        headings: list[str],
        numbers: list[bool],
        rows: list[list[str]],
    ) -> None:
        count = self.desk.style.number(len(rows))
        self._title.setText(title)
        empty = tr(_("Nothing was sold in this period yet."))
        told = tr(_("{count} rows"), count=count)
        self._note.setText(" · ".join(each for each in (subtitle, told if rows else empty) if each))
        self.table.take(headings, numbers, rows)
        self._view.resizeColumnsToContents()
        header = self._view.horizontalHeader()
        for at in range(header.count()):
            header.resizeSection(at, min(header.sectionSize(at) + tokens.LARGE, tokens.COLUMN_MOST))

    def export(self, suffix: str) -> None:
        """Write the report to a file a person names."""
        which = self._which.currentData()
        start = str(Path.home() / f"{self._which.currentText()}.{suffix}")
        chosen, _form = QFileDialog.getSaveFileName(
            self, tr(_("Export")), start, f"{suffix.upper()} (*.{suffix})"
        )
        if chosen:
            self.export_to(which, Path(chosen).with_suffix(f".{suffix}"))

    def export_to(self, which: str, path: Path) -> None:
        """Write a report to a file, as a job."""
        app, options = self.desk.app, replace(self.options(), language=language())

        def work(task: tasks.Task) -> int:
            from controllers.insight import reports

            def progress(rows: int) -> bool:
                task.done = rows
                return task.is_wanted()

            return reports.run(app, which, path, options, progress)

        def done(_rows: int) -> None:
            toast(tr(_("Saved as {name}."), name=path.name))

        tasks.job(tr(_("Export to {name}"), name=path.name), work, done, owner=self)


def _reports() -> "dict[str, ReportInfo]":
    from controllers.insight.reports import REPORTS

    return REPORTS
