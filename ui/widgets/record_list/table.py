"""The table of a list: fast at any length, with a selection that is told by ranges."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from models.values.fields import FieldKind
from ui.kit import theme, tokens
from ui.widgets.record_list.model import ALIGNMENT, ListModel
from ui.widgets.record_list.rows import RowPainter

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent

    _Index = QModelIndex | QPersistentModelIndex

_MANY = 500
"""Selections beyond so many rows are repainted whole; asking for each row takes minutes."""


class RecordTable(QTableView):
    """Shows a ListModel."""

    opened = Signal(int)
    """Enter or double-click on the record of this id."""
    peeked = Signal()
    """Space: show or hide the panel beside."""
    moved = Signal()
    """Another row is the current one."""
    selected = Signal()
    """The selection changed."""
    typed = Signal(str)
    """Letters typed into the table belong to the search."""
    widths_chosen = Signal()
    """A person dragged a column."""

    def __init__(self, model: ListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.hovered = -1
        self.focused = -1
        self.first_column = 0
        self.is_all = False
        self._fits = True
        self._natural: list[int] = []
        self._chosen: list[tuple[int, int]] = []
        self._fitting = False
        self._take_viewport()
        self.setModel(model)
        self._prepare_view()
        self._titles = QStandardItemModel(self)
        self._prepare_headers()
        self._rows = RowPainter(self, model)
        model.modelReset.connect(self._after_reset)
        model.renewing.connect(self._keep)
        model.renewed.connect(self._restore)
        theme.on_theme(self.dress)
        self.dress()

    def _take_viewport(self) -> None:
        """A viewport made here: asking for Qt's own loads the description of every widget."""
        paper = QWidget()
        paper.setBackgroundRole(QPalette.ColorRole.Base)
        paper.setAutoFillBackground(True)
        self.setViewport(paper)

    def _prepare_view(self) -> None:
        self.setProperty("role", "card")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)

    def _prepare_headers(self) -> None:
        upright, across = self.verticalHeader(), self.horizontalHeader()
        across.setModel(self._titles)
        for header, titles in ((upright, self._model), (across, self._titles)):
            header.setSelectionModel(QItemSelectionModel(titles, header))
            header.setHighlightSections(False)
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setMinimumSectionSize(1)
        across.setResizeContentsPrecision(0)
        across.setMinimumSectionSize(tokens.COLUMN_LEAST)
        across.setSectionsMovable(True)
        across.setSectionsClickable(True)
        across.setStretchLastSection(False)
        across.setProperty("textElideMode", "ElideRight")
        across.setProperty("defaultAlignment", "AlignLeft|AlignVCenter")
        across.sectionResized.connect(self._on_resized)
        across.sectionMoved.connect(self._on_moved)

    def dress(self) -> None:
        """Take over theme, density and font."""
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        self._rows.prepare()
        self.viewport().update()

    # Columns

    def retitle(self) -> None:
        """Take over the titles of the columns, for the header to draw without asking the list."""
        self._titles.setColumnCount(self._model.columnCount())
        for at in range(self._model.columnCount()):
            item = QStandardItem(self._model.title(at))
            if self._model.is_number(at):
                item.setData(self._model.alignment(at), ALIGNMENT)
            self._titles.setHorizontalHeaderItem(at, item)

    def set_widths(self, widths: list[int], *, chosen: bool) -> None:
        """Widths of the columns; unless chosen by a person, they fill the view."""
        self._natural = widths[: self._model.columnCount()]
        self._fitting = True
        for at, width in enumerate(self._natural):
            self.setColumnWidth(at, width)
        self._fitting = False
        self._fits = not chosen
        self.fill()

    def fill(self) -> None:
        """Give the room that is left to the column of the title."""
        if not self._fits or not self._model.columnCount():
            return
        widths = fitted(self._natural, self._elastic(), self.viewport().width())
        self._fitting = True
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)
        self._fitting = False

    def _elastic(self) -> list[int]:
        """The columns that give way: texts and links, but not the key."""
        kinds = (FieldKind.TEXT, FieldKind.LINK)
        kind, fields = self._model.kind, self._model.fields
        found = [at for at, f in enumerate(fields) if f.kind in kinds and f.name != kind.key]
        return found or [0]

    def natural_widths(self) -> list[int]:
        """Widths that show the header and the first rows whole."""
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        rows = range(min(60, self._model.rowCount()))
        widths = []
        for at in range(self._model.columnCount()):
            longest = max((self._model.text(row, at) for row in rows), key=len, default="")
            wide = metrics.horizontalAdvance(longest) + 3 * tokens.SMALL
            least = header.sectionSizeHint(at) + tokens.SMALL
            widths.append(max(tokens.COLUMN_LEAST, least, min(wide, tokens.COLUMN_MOST)))
        return widths

    def _on_resized(self, _section: int, _before: int, _now: int) -> None:
        if not self._fitting:
            self._fits = False
            self.widths_chosen.emit()

    def _on_moved(self) -> None:
        self.first_column = self.horizontalHeader().logicalIndex(0)
        self.widths_chosen.emit()

    # Selection

    def selectAll(self) -> None:
        """Select every row, those that have not arrived yet too."""
        if not self._model.rowCount():
            return
        last = self._model.index(self._model.rowCount() - 1, self._model.columnCount() - 1)
        everything = QItemSelection(self._model.index(0, 0), last)
        self.selectionModel().select(everything, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.is_all = True
        self._chosen = self.selected_ranges()
        self.selected.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self.is_all = False
        self._chosen = self.selected_ranges()
        if max(_height(selected), _height(deselected)) > _MANY:
            self.viewport().update()
        else:
            super().selectionChanged(selected, deselected)
        self.selected.emit()

    def selected_ranges(self) -> list[tuple[int, int]]:
        """First and last row of each selected block, in order."""
        if self.is_all:
            return [(0, self._model.rowCount() - 1)]
        chosen = _ranges(self.selectionModel().selection())
        return sorted({(each.top(), each.bottom()) for each in chosen})

    def is_chosen(self, row: int) -> bool:
        """Whether a row is selected; quick, as every cell asks."""
        return any(top <= row <= bottom for top, bottom in self._chosen)

    def selected_count(self) -> int:
        """How many rows are selected, counted by ranges."""
        return sum(bottom - top + 1 for top, bottom in self.selected_ranges())

    def selected_ids(self) -> list[int]:
        """The ids of the selected records, in their order."""
        ids = self._model.ids
        return [each for top, bottom in self.selected_ranges() for each in ids[top : bottom + 1]]

    def current_id(self) -> int | None:
        """The id of the record the cursor is on."""
        return self._model.record_id(self.currentIndex().row())

    def go_to(self, row: int) -> None:
        """Put the cursor on a row and choose it alone, whatever keys are held down."""
        if 0 <= row < self._model.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            at = self._model.index(row, self.first_column)
            self.selectionModel().setCurrentIndex(at, flags.ClearAndSelect | flags.Rows)

    def currentChanged(self, current: "_Index", previous: "_Index") -> None:
        super().currentChanged(current, previous)
        self.focused = current.row() if self.hasFocus() else -1
        self.moved.emit()

    def _after_reset(self) -> None:
        self.is_all = False
        self._chosen = []
        self.focused = -1
        self.retitle()
        self.first_column = self.horizontalHeader().logicalIndex(0)
        self._rows.prepare()

    def _keep(self) -> None:
        from ui.widgets.record_list import keeping

        self._kept = keeping.keep(self, self._model.ids)

    def _restore(self) -> None:
        from ui.widgets.record_list import keeping

        keeping.restore(self, self._kept, self._model.ids)

    # Keys and mouse

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        key, keys = event.key(), QtCore.Qt.Key
        if key in (keys.Key_Return, keys.Key_Enter) and self.current_id() is not None:
            self.opened.emit(self.current_id())
        elif key == keys.Key_Space and not event.modifiers():
            self.peeked.emit()
        elif key in (keys.Key_Home, keys.Key_End) and not event.modifiers():
            self.go_to(0 if key == keys.Key_Home else self._model.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Letters search the database, not the rows one after the other."""
        if text.strip():
            self.typed.emit(text)

    def mouseDoubleClickEvent(self, event: "QMouseEvent") -> None:
        record_id = self._model.record_id(self.rowAt(event.position().toPoint().y()))
        if record_id is not None:
            self.opened.emit(record_id)

    def mouseMoveEvent(self, event: "QMouseEvent") -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: "QEvent") -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row == self.hovered:
            return
        before, self.hovered = self.hovered, row
        for each in (before, row):
            if each >= 0:
                self._update_row(each)

    def _update_row(self, row: int) -> None:
        y, width = self.rowViewportPosition(row), self.viewport().width()
        self.viewport().update(0, y, width, self.rowHeight(row))

    def focusInEvent(self, event: "QFocusEvent") -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0)
        self.focused = self.currentIndex().row()
        self.viewport().update()

    def focusOutEvent(self, event: "QFocusEvent") -> None:
        super().focusOutEvent(event)
        self.focused = -1
        self.viewport().update()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self.fill()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._rows.paint(QPainter(self.viewport()), event.rect())
        first = self.rowAt(0)
        if first >= 0:
            self._model.prefetch(first, max(first, self.rowAt(self.viewport().height() - 1)))

    def visible_rows(self) -> Iterator[int]:
        """The rows in view."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return iter(range(max(0, first), (last if last >= 0 else self._model.rowCount() - 1) + 1))


def fitted(widths: list[int], elastic: list[int], room: int) -> list[int]:
    """Widths that fill the room: what is over goes to the first elastic column, what is missing
    is taken from all of them, down to their least."""
    made = list(widths)
    rest = room - sum(made)
    if not made:
        return made
    if rest >= 0:
        made[elastic[0]] += rest
        return made
    least = dict.fromkeys(elastic, tokens.COLUMN_LEAST + tokens.HUGE)
    least[elastic[0]] += tokens.COLUMN_LEAST
    spare = {at: max(0, made[at] - least[at]) for at in elastic}
    give = min(-rest, sum(spare.values()))
    for at, part in spare.items():
        made[at] -= give * part // (sum(spare.values()) or 1)
    return made


def _height(selection: QItemSelection) -> int:
    return sum(each.bottom() - each.top() + 1 for each in _ranges(selection))


def _ranges(selection: QItemSelection) -> list[QItemSelectionRange]:
    return [selection.at(at) for at in range(selection.count())]
