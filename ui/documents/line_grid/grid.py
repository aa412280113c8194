"""The lines of a document, written without a mouse."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView

from models.values.documents import ITEM, Line
from resources.languages import marked as _
from ui.documents.line_grid import columns as at
from ui.documents.line_grid.delegate import LineDelegate
from ui.documents.line_grid.entry import Entry
from ui.documents.line_grid.model import LineModel
from ui.kit import theme, tokens
from ui.kit.language import name, on_language, tr

if TYPE_CHECKING:
    from ui.documents.session import Session

_K = Qt.Key
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_MOVES = {_K.Key_Left: -1, _K.Key_Right: 1}


class LineGrid(QTableView):
    """Rows are lines; keys are those of a spreadsheet, plus what a quotation needs."""

    moved = Signal()
    """Another line is current."""
    pasted = Signal(str)
    """Rows of a spreadsheet are to be pasted."""
    configured = Signal(int)
    """A product with options was put into this line."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self.session = session
        self.lines = LineModel(session)
        self.entry = Entry(self)
        self.hovered = -1
        self._fresh = -1
        self._fresh_has_quantity = False
        self.setModel(self.lines)
        self._painter = LineDelegate(self)
        self.setItemDelegate(self._painter)
        self._set_up()
        theme.on_theme(self.dress)
        on_language(self.dress)
        self.selectionModel().currentRowChanged.connect(self._on_row)

    def _set_up(self) -> None:
        name(self, _("Lines"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(at.PRODUCT, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda *_sizes: self.entry.place())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)

    def dress(self) -> None:
        """Take over theme, font and density."""
        self._painter.prepare()
        self.verticalHeader().setMinimumSectionSize(theme.row_height(self))
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        for section in range(len(at.COLUMNS)):
            if section != at.PRODUCT:
                self.setColumnWidth(section, self._first_width(section))
        metrics = QFontMetrics(self.font())
        self.horizontalHeader().setMinimumSectionSize(metrics.averageCharWidth() * 3)
        hides = self.session.desk.hides_cost
        self.setColumnHidden(at.MARGIN, hides)
        self.entry.place()

    def _first_width(self, section: int) -> int:
        """Room for the usual text of a column and for its heading."""
        bold, caption = QFont(self.font()), theme.scaled(tokens.CAPTION)
        bold.setWeight(QFont.Weight.DemiBold)
        caption.setWeight(QFont.Weight.DemiBold)
        column = at.COLUMNS[section]
        text = QFontMetrics(bold).horizontalAdvance(column.widest)
        heading = QFontMetrics(caption).horizontalAdvance(tr(column.label))
        return max(text, heading) + 2 * tokens.SMALL + tokens.TINY

    # Where things are

    @property
    def is_active(self) -> bool:
        """Whether the keys go to the lines."""
        return self.hasFocus() or self.entry.is_open

    def is_current(self, row: int, column: int) -> bool:
        """Whether a cell has the cursor."""
        index = self.currentIndex()
        here = (row, column) == (index.row(), index.column())
        return here and self.is_active and self.session.is_editable

    def cell_rect(self, row: int, column: int) -> QRect:
        """Where a cell is painted."""
        return self.visualRect(self.lines.index(row, column))

    def current_line(self) -> int | None:
        """The line the cursor is on; None on a blank row."""
        return self.lines.line_row(self.currentIndex().row())

    def chosen_lines(self) -> list[int]:
        """The selected lines, else the current one."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        rows.add(self.currentIndex().row())
        found = (self.lines.line_row(row) for row in sorted(rows) if row >= 0)
        return [line for line in found if line is not None]

    def blank_row(self) -> int:
        """The blank row at the end."""
        return self.lines.rowCount() - 1

    # Going around

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell."""
        row = max(0, min(row, self.lines.rowCount() - 1))
        if row == self.blank_row() and self.session.is_editable:
            column = at.PRODUCT
        index = self.lines.index(row, column)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def edit_cell(self, row: int, column: int, typed: str | None = None) -> None:
        """Type into a cell."""
        self.go_to(row, column)
        index = self.currentIndex()
        if self._can_type(index):
            self.entry.open(index.row(), index.column(), typed)

    def _can_type(self, index: QModelIndex) -> bool:
        if not index.isValid() or not self.session.is_editable:
            return False
        line = self.lines.line(index.row())
        if line is None or not line.counts:
            return index.column() == at.PRODUCT
        return at.COLUMNS[index.column()].is_editable

    def write_on(self) -> None:
        """Begin a line in the blank row at the end."""
        if self.session.is_editable:
            self.edit_cell(self.blank_row(), at.PRODUCT)

    def mark_fresh(self, row: int, *, has_quantity: bool) -> None:
        """A line is being written for the first time: Enter asks for what it still lacks."""
        self._fresh, self._fresh_has_quantity = row, has_quantity

    def enter_from(self, row: int, column: int) -> None:
        """Enter in a cell: to what a new line still lacks, else to the next line."""
        line = self.lines.line(row)
        if line is None:
            self.edit_cell(row, at.PRODUCT)
        elif self._fresh != row:
            self._next_line(row, column)
        else:
            lacks = self._lacks(line, column)
            if lacks is not None:
                self.edit_cell(row, lacks)
                return
            self._fresh = -1
            self._next_line(row, at.PRODUCT)

    def _lacks(self, line: Line, column: int) -> int | None:
        if not line.counts:
            return None
        if column == at.PRODUCT and not self._fresh_has_quantity:
            return at.QUANTITY
        asks = line.kind == ITEM or (line.product is not None and not self.entry.is_ahead)
        if column in (at.PRODUCT, at.QUANTITY) and not line.unit_price and asks:
            return at.PRICE
        return None

    def _next_line(self, row: int, column: int) -> None:
        if row + 1 >= self.blank_row():
            self.write_on()
        else:
            self.go_to(row + 1, column)

    def step(self, by: int) -> None:
        """To the next or previous cell that can be typed into; wraps around."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        cells = self._cells_of(row)
        after = [each for each in cells if (each - column) * by > 0]
        if after:
            self.go_to(row, after[0] if by > 0 else after[-1])
            return
        row = (row + by) % max(1, self.lines.rowCount())
        cells = self._cells_of(row)
        self.go_to(row, cells[0] if by > 0 else cells[-1])

    def _cells_of(self, row: int) -> tuple[int, ...]:
        line = self.lines.line(row)
        return at.EDITABLE if line is not None and line.counts else (at.PRODUCT,)

    def step_row(self, by: int) -> None:
        """To the row above or below."""
        index = self.currentIndex()
        self.go_to(index.row() + by, index.column())

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~_KEYPAD in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
        )  # fmt: skip
        if not (plain and self.session.is_editable and self._takes(_K(event.key()), event)):
            super().keyPressEvent(event)

    def _typing_index(self) -> QModelIndex:
        """The current cell; in a blank row or a text always the one that can be typed into."""
        index = self.currentIndex()
        line = self.lines.line(index.row())
        if index.isValid() and (line is None or not line.counts):
            return self.lines.index(index.row(), at.PRODUCT)
        return index

    def keyboardSearch(self, search: str) -> None:
        """Letters are typed into cells; they do not search."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt calls it so
        if not self.session.is_editable:
            return super().focusNextPrevChild(next)
        self.step(1 if next else -1)
        return True

    def _takes(self, key: Qt.Key, event: QKeyEvent) -> bool:
        index = self._typing_index()
        row, column = index.row(), index.column()
        if key in (_K.Key_Return, _K.Key_Enter):
            self.enter_from(row, column)
        elif key == _K.Key_F2 and self._can_type(index):
            self.entry.open(row, column)
        elif key in (_K.Key_Delete, _K.Key_Backspace) and self._can_type(index):
            self.entry.open(row, column, "")
        elif event.text().isprintable() and event.text() and self._can_type(index):
            self.entry.open(row, column, event.text())
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.session.is_editable and self.indexAt(event.position().toPoint()).isValid():
            index = self.currentIndex()
            if self.lines.line(index.row()) is None and not event.modifiers():
                self.edit_cell(index.row(), at.PRODUCT)
        elif self.session.is_editable:
            self.write_on()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._can_type(index):
            self.entry.open(index.row(), index.column())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def widen(self, column: int, width: int) -> None:
        """Make room for a longer text, once painting is over."""
        if column != at.PRODUCT and width > self.columnWidth(column):
            QTimer.singleShot(0, self, lambda: self._widen(column, width))

    def _widen(self, column: int, width: int) -> None:
        if width > self.columnWidth(column):
            self.setColumnWidth(column, width)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def _open_menu(self, point: Any) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.popup(self.viewport().mapToGlobal(point))

    # What the view tells

    def updateEditorGeometries(self) -> None:
        super().updateEditorGeometries()
        if hasattr(self, "entry"):
            self.entry.place()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.go_to(0, at.PRODUCT)
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _on_row(self, _now: QModelIndex, before: QModelIndex) -> None:
        gap = self.lines.gap
        if gap is not None and before.row() == gap and not self.entry.is_open:
            self.lines.close_gap()
        self.moved.emit()
