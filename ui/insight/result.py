"""The table of a report: sorted by its headings, with the totals standing below it."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHeaderView, QTableView

from models.values.formatting import Style
from resources.languages import marked as _
from ui.insight.cells import Cells
from ui.insight.texts import Write, order, writer
from ui.kit import actions, theme, tokens
from ui.kit.language import name, tr
from ui.widgets.parts import column

if TYPE_CHECKING:
    from controllers.insight.shown import Shown, ShownColumn

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class ResultModel(QAbstractTableModel):
    """Rows of raw values, written when they are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[ShownColumn, ...] = ()
        self.rows: list[tuple[Any, ...]] = []
        self._writers: list[Write] = []
        self.sorted, self.turned = -1, 0
        """The column the rows are sorted by, and 1 upwards or -1 downwards."""

    def take(
        self, columns: "tuple[ShownColumn, ...]", rows: list[tuple[Any, ...]], style: Style
    ) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.sorted, self.turned = -1, 0
        self._writers = [writer(each.kind, each.places, style) for each in columns]
        self.endResetModel()

    def text(self, row: int, at: int) -> str:
        """One cell as it is shown."""
        return self._writers[at](self.rows[row][at])

    def rowCount(self, parent: _Index = _NONE) -> int:
        return len(self.rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return len(self.columns)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return self.text(index.row(), index.column())
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT if self.columns[index.column()].is_number else _LEFT
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == _ROLE.DisplayRole:
            arrow = {1: " ↑", -1: " ↓"}.get(self.turned, "") if section == self.sorted else ""
            return self.columns[section].heading + arrow
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT if self.columns[section].is_number else _LEFT
        return None

    def sort_by(self, at: int) -> None:
        """Sort by a column; again turns the order. Figures start with the largest."""
        usual = -1 if self.columns[at].is_number else 1
        self.turned = -self.turned if self.sorted == at else usual
        self.sorted = at
        self.layoutAboutToBeChanged.emit()
        there = [row for row in self.rows if row[at] is not None]
        bare = [row for row in self.rows if row[at] is None]
        there.sort(key=lambda row: order(row[at]), reverse=self.turned < 0)
        self.rows = there + bare
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)


class _Table(QTableView):
    """A quiet table of fixed row height."""

    def __init__(self, model: ResultModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(Cells(self))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        across, upright = self.horizontalHeader(), self.verticalHeader()
        across.setHighlightSections(False)
        across.setMinimumSectionSize(tokens.COLUMN_LEAST)
        across.setResizeContentsPrecision(0)
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setMinimumSectionSize(1)
        theme.on_theme(self.dress)
        self.dress()

    def dress(self) -> None:
        """Take over font and density."""
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))


class _Totals(_Table):
    """One row below the table, its columns as wide as those above."""

    def __init__(self, above: _Table) -> None:
        super().__init__(ResultModel())
        self._above = above
        self.horizontalHeader().hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name(self, _("Totals"))
        above.horizontalHeader().sectionResized.connect(self._on_resized)
        above.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
        above.horizontalScrollBar().rangeChanged.connect(self.horizontalScrollBar().setRange)

    def dress(self) -> None:
        """Take over font and density; totals stand strong."""
        font = theme.scaled(tokens.BODY)
        font.setBold(True)
        self.setFont(font)
        super().dress()
        self.setFixedHeight(theme.row_height(self))

    def _on_resized(self, section: int, _before: int, now: int) -> None:
        self.setColumnWidth(section, now)


class ResultTable(QFrame):
    """The rows of a report and their totals."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.model = ResultModel()
        self.view = _Table(self.model)
        name(self.view, _("Rows of the report"))
        self.totals = _Totals(self.view)
        self._rule = QFrame()
        self._rule.setProperty("role", "rule")
        self._rule.setFixedHeight(tokens.HAIR)
        header = self.view.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.model.sort_by)
        layout = column(self.view, self._rule, self.totals, gap=0, margin=tokens.HAIR)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        actions.add(self.view, "report.copy", _("Copy rows"), self.copy,
                    QKeySequence.StandardKey.Copy, context="list")  # fmt: skip
        actions.add(self.view, "report.sort", _("Sort by the column of the cursor"),
                    self._sort_here, "Ctrl+Shift+S", context="list")  # fmt: skip

    def take(self, shown: "Shown", style: Style) -> None:
        """Show another report."""
        self.model.take(shown.columns, shown.rows, style)
        total = tuple(shown.totals.get(at) for at in range(len(shown.columns)))
        has_totals = bool(shown.totals) and bool(shown.rows)
        first = tr(_("Total"))
        if has_totals and 0 not in shown.totals:
            total = (first, *total[1:])
        own = self.totals.model()
        assert isinstance(own, ResultModel)  # noqa: S101  told to the type checker
        own.take(shown.columns, [total] if has_totals else [], style)
        self.totals.setVisible(has_totals)
        self._rule.setVisible(has_totals)
        self.fit()

    def fit(self) -> None:
        """Columns as wide as their texts; the room that is left goes to the first."""
        widths = [self._natural(at) for at in range(self.model.columnCount())]
        if widths:
            widths[0] += max(0, self.view.viewport().width() - sum(widths))
        for at, width in enumerate(widths):
            self.view.setColumnWidth(at, width)
            self.totals.setColumnWidth(at, width)

    def _natural(self, at: int) -> int:
        metrics, bold = self.view.fontMetrics(), self.totals.fontMetrics()
        rows = range(min(self.model.rowCount(), 200))
        longest = max((self.model.text(row, at) for row in rows), key=len, default="")
        own = self.totals.model()
        total = own.text(0, at) if isinstance(own, ResultModel) and own.rows else ""
        wide = max(metrics.horizontalAdvance(longest), bold.horizontalAdvance(total))
        head = self.view.horizontalHeader().sectionSizeHint(at)
        return max(
            min(wide + 2 * tokens.SMALL + tokens.TINY, tokens.COLUMN_MOST), head + tokens.LARGE
        )

    def _sort_here(self) -> None:
        if self.view.currentIndex().isValid():
            self.model.sort_by(self.view.currentIndex().column())

    def copy(self) -> None:
        """Put the selected rows, or all, on the clipboard with their headings."""
        chosen = sorted({each.row() for each in self.view.selectionModel().selectedRows()})
        places = range(self.model.columnCount())
        lines = ["\t".join(each.heading for each in self.model.columns)]
        rows = chosen or range(self.model.rowCount())
        lines += ["\t".join(self.model.text(row, at) for at in places) for row in rows]
        QApplication.clipboard().setText("\n".join(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
