"""Reports: choose one, say for when and by what, read it at once, hand it out as a file."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QWidget

from models.values.errors import DomainError
from resources.languages import marked as _
from ui.insight.cards import Cards
from ui.insight.chart import Chart
from ui.insight.chart_data import ChartData, Series
from ui.insight.options import Options
from ui.insight.result import ResultTable
from ui.insight.texts import writer
from ui.kit import actions, errors, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import language, on_language, tr
from ui.kit.toasts import toast
from ui.widgets.parts import button, column, icon_label, label, row

if TYPE_CHECKING:
    from controllers.insight.reports import ReportInfo
    from controllers.insight.sales import SalesOptions
    from controllers.insight.shown import Shown
    from controllers.insight.sources import Answer

_FORMS = {
    "xlsx": _("Excel workbook"), "pdf": _("PDF document"), "csv": _("CSV table"),
}  # fmt: skip


class ReportsPage(QWidget):
    """One report at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.reports: dict[str, ReportInfo] = {}
        self.report = ""
        self.shown: Shown | None = None
        self.cards, self.options = Cards(), Options(desk)
        self.chart, self.result = Chart(), ResultTable()
        self._title, self._note = label(role="section"), label(role="caption", wrap=True)
        self._build()
        self.cards.chosen.connect(self._on_report)
        self.options.asked.connect(self.run)
        self._add_actions()
        tasks.run(lambda: _offered(desk), self._take_offered, owner=self)

    # Building

    def _build(self) -> None:
        self.excel = button(
            _("Excel"), lambda: self.export("xlsx"), icon="ph.table", role="primary",
            tone="on_accent",
        )  # fmt: skip
        self._pdf = button(_("PDF"), lambda: self.export("pdf"), icon="ph.file-pdf")
        self._csv = button(_("CSV"), lambda: self.export("csv"), icon="ph.file-text")
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(tokens.MEDIUM)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.chart)
        self.split.addWidget(self.result)
        self.split.setStretchFactor(0, 5)
        self.split.setStretchFactor(1, 9)
        self.split.setSizes([5 * tokens.LOGO, 9 * tokens.LOGO])
        self.empty = self._empty()
        self.places = QStackedWidget()
        self.places.addWidget(self.split)
        self.places.addWidget(self.empty)
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(row(label(_("Reports"), "title"), 1, self._csv, self._pdf, self.excel))
        layout.addWidget(self.cards)
        layout.addWidget(self.options)
        heading = row(self._title, self._note, gap=tokens.MEDIUM)
        heading.setStretch(1, 1)
        layout.addLayout(heading)
        layout.addWidget(self.places, 1)
        self.setLayout(layout)

    def _empty(self) -> QWidget:
        made = QWidget()
        self._empty_text = label(role="soft", wrap=True)
        self._empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._ever = button(_("Show all time"), self.show_ever)
        layout = column(1, gap=tokens.MEDIUM)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(icon_label("ph.chart-line-up", size=tokens.ICON_LARGE), 0, middle)
        layout.addWidget(self._empty_text)
        layout.addWidget(self._ever, 0, middle)
        layout.addStretch(2)
        made.setLayout(layout)
        return made

    def _add_actions(self) -> None:
        for form, keys in (("xlsx", "Ctrl+E"), ("pdf", "Ctrl+P"), ("csv", "")):
            words = {"xlsx": _("Report as Excel"), "pdf": _("Report as PDF"),
                     "csv": _("Report as CSV")}[form]  # fmt: skip
            actions.add(self, f"report.{form}", words, partial(self.export, form), keys,
                        context="list")  # fmt: skip
        actions.add(self, "report.again", _("Read the report anew"), self.run, "F5", context="list")
        actions.add(
            self, "report.filter", _("Narrow the report"), self.options.filter.setFocus, "Ctrl+F",
            context="list",
        )  # fmt: skip

    def _take_offered(self, found: "tuple[dict[str, ReportInfo], list[str]]") -> None:
        self.reports, currencies = found
        self.options.set_currencies(currencies)
        for each in self.reports.values():
            self.cards.add(each.name, each.title, each.description)
        kept = str(self.desk.preferences.of_list("reports").get("report", "sales"))
        self.cards.choose(kept if kept in self.reports else "sales")
        on_language(self.reword)

    def reword(self) -> None:
        """Read the report in the language of the screen."""
        self.options.reword()
        self.run()

    # Reading

    def _on_report(self, name: str) -> None:
        self.report = name
        self.desk.preferences.set_of_list("reports", report=name)
        self.options.set_report(self.reports[name])
        self.run()

    def _hidden(self) -> tuple[str, ...]:
        return ("margin",) if self.desk.preferences["hide_restricted"] else ()

    def run(self) -> None:
        """Read the chosen report in the background; only the newest answer counts."""
        asked = self._options()
        if asked is None or not self.report:
            return
        app, which, hidden = self.desk.app, self.report, self._hidden()

        def work() -> "Answer[Shown]":
            from controllers.insight import shown, sources

            return sources.answered(app, lambda at: at.read(shown.shown, which, asked, hidden))

        tasks.run(work, self._show, self._refuse, key=(id(self), "report"), owner=self)

    def _options(self) -> "SalesOptions | None":
        try:
            return self.options.options()
        except DomainError as error:
            self._refuse(error)
            return None

    def _refuse(self, error: Exception) -> None:
        if not (isinstance(error, DomainError) and self.options.show_problem(error)):
            errors.show(error)

    def _show(self, answer: "Answer[Shown]") -> None:
        shown = self.shown = answer.value
        self._title.setText(shown.title)
        style = self.desk.style
        count = tr(_("{count} rows"), count=style.number(len(shown.rows)))
        said = (count, *shown.notes, answer.told(language()))
        self._note.setText(" · ".join(each for each in said if each))
        self.result.take(shown, style)
        if shown.chart is not None and shown.chart.kind == "bar":
            self.result.model.sort_by(shown.columns.index(shown.chart.column))
        self._show_chart(shown)
        self._show_emptiness(shown)

    def _show_chart(self, shown: "Shown") -> None:
        told, style = shown.chart, self.desk.style
        self.chart.setVisible(told is not None)
        if told is None:
            self.chart.set_data(None)
            return
        write = writer(told.column.kind, told.column.places, style)
        label_of = writer(told.axis, 0, style)
        series = tuple(
            Series(name, tuple(map(float, values)), tuple(map(write, values)))
            for name, values in told.series
        )
        labels = tuple(label_of(each) for each in told.labels)
        self.chart.set_data(ChartData(told.title, told.kind, labels, series), style.decimal)

    def _show_emptiness(self, shown: "Shown") -> None:
        is_empty = not shown.rows
        self.places.setCurrentWidget(self.empty if is_empty else self.split)
        for each in (self.excel, self._pdf, self._csv):
            each.setEnabled(not is_empty)
        narrowed = bool(self.options.filters) or self.options.period.currentData() != "ever"
        self._empty_text.setText(
            tr(_("Nothing stands in this period and filter. Choose a longer period."))
            if narrowed
            else tr(_("There is nothing to report yet. Orders and quotations appear here."))
        )
        self._ever.setVisible(narrowed)

    def show_ever(self) -> None:
        """Take every limit away."""
        self.options.filters.clear()
        self.options.set_report(self.reports[self.report])
        self.options.period.setCurrentIndex(self.options.period.findData("ever"))
        self.run()

    # Handing out

    def export(self, form: str) -> None:
        """Write the report to a file a person names."""
        if self.shown is None or not self.shown.rows:
            return
        start = Path.home() / f"{_file_name(self.shown.title)}.{form}"
        chosen, _form = QFileDialog.getSaveFileName(
            self, tr(_("Save report")), str(start), f"{tr(_FORMS[form])} (*.{form})"
        )
        if chosen:
            self.export_to(Path(chosen).with_suffix(f".{form}"))

    def export_to(self, path: Path) -> None:
        """Write the report to a file, as a job that can be cancelled."""
        asked = self._options()
        if asked is None:
            return
        app, which, hidden = self.desk.app, self.report, self._hidden()
        options = replace(asked, language=language())

        def work(task: tasks.Task) -> "Answer[int]":
            from controllers.insight import reports, sources

            def progress(rows: int) -> bool:
                task.done = rows
                return task.is_wanted()

            return sources.answered(
                app, lambda at: reports.run(at, which, path, options, progress, hidden)
            )

        tasks.job(
            tr(_("Writing {name}"), name=path.name), work,
            lambda answer: saved(path, answer.told(language())), owner=self,
        )  # fmt: skip

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.cards.focus_chosen()


def saved(path: Path, note: str = "") -> None:
    """Say that a file was written and what there is to know of it, and offer its folder."""
    folder = QUrl.fromLocalFile(str(path.parent))
    toast(
        " ".join(filter(None, (tr(_("Saved as {name}."), name=path.name), note))),
        lambda: QDesktopServices.openUrl(folder),
        _("Open folder"),
    )


def _offered(desk: Desk) -> "tuple[dict[str, ReportInfo], list[str]]":
    from controllers.insight import filtering, reports, shown

    del shown
    offered = {
        name: each
        for name, each in reports.REPORTS.items()
        if not each.permission or desk.app.may(each.permission)
    }
    return offered, desk.app.read(filtering.currencies)


def _file_name(title: str) -> str:
    """A title without the signs a file's name may not have."""
    return "".join(each if each.isalnum() or each in " -_×" else " " for each in title).strip()
