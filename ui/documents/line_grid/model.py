"""The lines of a document as rows of a table: one per line, and a blank one to go on writing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from models.values.documents import PRODUCT, Line, PricedLine
from resources.languages import marked as _
from ui.documents.line_grid import columns as at
from ui.documents.line_grid.cells import Stock, line_texts, stock_of_lines
from ui.documents.line_grid.promising import promise_text
from ui.kit.language import on_language, tr

if TYPE_CHECKING:
    from ui.documents.session import Session

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole
_TIP = Qt.ItemDataRole.ToolTipRole
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_EDITABLE = _FLAGS | Qt.ItemFlag.ItemIsEditable
_BLANK = ("",) * len(at.COLUMNS)
_Shown = tuple[PricedLine, Stock | None, str]
"""Beside the line itself what its texts are made of: figures, stock and currency."""
STOCKED_STATES = frozenset(("draft", "sent", "expired"))


class LineModel(QAbstractTableModel):
    """Rows are lines; beside the last blank row there may be a gap where a line is being put in."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.session = session
        self.gap: int | None = None
        self._rows = 0
        self._lines: Sequence[Line] = ()
        self._can_type = False
        self._stock: list[Stock | None] = []
        self._numbers: list[str] = []
        self._texts: dict[int, tuple[Line, _Shown, Sequence[str]]] = {}
        session.changed.connect(self.refresh)
        on_language(self.forget_texts)

    # Rows and lines

    @property
    def lines(self) -> Sequence[Line]:
        """The lines of the draft; none before it arrived."""
        return self._lines

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return self._rows

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return len(at.COLUMNS)

    def _wanted_rows(self) -> int:
        blank = 1 if self.session.is_loaded and self.session.is_editable else 0
        return len(self.lines) + blank + (self.gap is not None)

    def line_row(self, row: int) -> int | None:
        """Which line stands in a row; None for a blank one."""
        if self.gap is not None and row >= self.gap:
            if row == self.gap:
                return None
            row -= 1
        return row if 0 <= row < len(self.lines) else None

    def line(self, row: int) -> Line | None:
        """The line of a row; None for a blank one."""
        found = self.line_row(row)
        return None if found is None else self.lines[found]

    def row_of_line(self, line: int) -> int:
        """In which row a line stands."""
        return line + 1 if self.gap is not None and line >= self.gap else line

    def place(self, row: int) -> int:
        """Before which line something typed into a blank row goes."""
        return row if self.gap is not None and row == self.gap else len(self.lines)

    def open_gap(self, row: int) -> int:
        """Make room for a new line before a row; answers the row."""
        self.close_gap()
        self.gap = min(row, len(self.lines))
        self._fit()
        return self.gap

    def close_gap(self) -> None:
        """Take the room for a new line away again."""
        if self.gap is not None:
            self.gap = None
            self._fit()

    # Texts

    def forget_texts(self) -> None:
        """Make all texts anew: the language or the style of figures changed."""
        self._texts.clear()
        self.refresh()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(at.COLUMNS) - 1)

    def refresh(self) -> None:
        """The draft changed."""
        self._can_type = self.session.is_editable
        if self.session.is_loaded:
            self._lines = self.session.editor.draft.lines
            self._stock = stock_of_lines(self.session.editor)
            if self.session.editor.draft.state not in STOCKED_STATES:
                self._stock = [None] * len(self.lines)
            self._count()
        if self.gap is not None and self.gap > len(self.lines):
            self.gap = None
        self._fit()

    def _count(self) -> None:
        number, numbers = 0, []
        for line in self.lines:
            number += line.counts
            numbers.append(str(number) if line.counts else "")
        self._numbers = numbers

    def _fit(self) -> None:
        wanted, now = self._wanted_rows(), self._rows
        if wanted > now:
            self.beginInsertRows(_NOWHERE, now, wanted - 1)
            self._rows = wanted
            self.endInsertRows()
        elif wanted < now:
            self.beginRemoveRows(_NOWHERE, wanted, now - 1)
            self._rows = wanted
            self.endRemoveRows()
        if wanted:
            self.dataChanged.emit(self.index(0, 0), self.index(wanted - 1, at.AMOUNT))

    def stock(self, row: int) -> Stock | None:
        """What is in stock for the line of a row."""
        found = self.line_row(row)
        return self._stock[found] if found is not None and found < len(self._stock) else None

    def priced(self, row: int) -> PricedLine:
        """The figures of the line of a row."""
        found = self.line_row(row)
        lines = self.session.priced.lines
        return lines[found] if found is not None and found < len(lines) else PricedLine()

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        found = self.line_row(row)
        if column == at.NUMBER:
            return self._number(row, found)
        return _BLANK[column] if found is None else self._line_texts(row, found)[column]

    def _number(self, row: int, found: int | None) -> str:
        if found is None:
            return str(sum(map(bool, self._numbers[: self.place(row)])) + 1)
        return self._numbers[found]

    def _line_texts(self, row: int, found: int) -> Sequence[str]:
        line, priced, stock = self.lines[found], self.priced(row), self.stock(row)
        kept = self._texts.get(found)
        currency, style = self.session.editor.draft.currency, self.session.style
        shown = (priced, stock, currency)
        if kept is not None and kept[0] is line and kept[1] == shown:
            return kept[2]
        texts = line_texts(line, priced, stock, currency, style)
        self._texts[found] = (line, shown, texts)
        return texts

    def is_lost(self, row: int) -> bool:
        """Whether a line still names no product that exists."""
        line = self.line(row)
        return line is not None and line.kind == PRODUCT and line.product is None

    def problem(self, row: int, column: int) -> str:
        """What is wrong with a cell; "" where nothing is."""
        found = self.line_row(row)
        if found is None:
            return ""
        error = self.session.problems.get((found, at.COLUMNS[column].name))
        return "" if error is None else self.session.sentence(error)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY:
            return self.text(index.row(), index.column())
        if role == _TIP:
            return self._tip(index.row(), index.column()) or None
        return None

    def _tip(self, row: int, column: int) -> str:
        problem = self.problem(row, column)
        line = self.line(row)
        if problem or line is None:
            return problem
        if self.is_lost(row):
            return tr(_("No product is called so; type another, or delete the line."))
        if column == at.PRODUCT:
            return "\n".join(each for each in (line.sku, line.description, line.detail) if each)
        if column == at.STOCK and (self.stock(row) or self.session.kind == "order"):
            return promise_text(self.session, self.line_row(row) or 0)
        if column == at.PRICE and line.price_reason:
            return self.session.worded(line.price_reason)
        return ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = at.COLUMNS[section]
        if role == _DISPLAY:
            return tr(column.label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _EDITABLE if self._can_type and index.column() in at.EDITABLE else _FLAGS
