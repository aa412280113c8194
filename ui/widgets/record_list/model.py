"""A window on a list query: the first page at once, then ordered ids, then blocks of texts by id.

Only a few blocks of formatted texts are kept, whatever the number of rows, so `text` is a lookup.
"""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Signal

from controllers.core.catalogue import KINDS
from controllers.core.listing import Page
from models.values.fields import NUMBER_KINDS, Field
from models.values.formatting import format_rows
from models.values.records import ListQuery
from ui.kit import tasks
from ui.kit.desk import Desk
from ui.kit.language import tr

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

BLOCK = 200
BLOCKS = 24
WAITING = 4
"""Blocks asked for and not yet fetched; older wishes were scrolled past."""

_DISPLAY, ALIGNMENT = 0, 7
_LEFT, _RIGHT = 0x81, 0x82
"""Qt's numbers for its roles and for left and right in the middle of the height. Its names for
them are not used here: the first of them loads all the others, a twentieth of the whole start."""
_NO_ROWS: list[tuple[str, ...]] = []
_Index = QModelIndex | QPersistentModelIndex


class ListModel(QAbstractTableModel):
    """The rows of one list query."""

    arrived = Signal()
    """The first page of a new query is shown."""
    counted = Signal(int)
    """All rows are known."""
    renewing = Signal()
    """Other rows take the place of those shown."""
    renewed = Signal()

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self.desk = desk
        self.kind = KINDS[kind]
        self.query = ListQuery(kind, self.kind.listed)
        self.fields: tuple[Field, ...] = ()
        self.ids: array[int] = array("I")
        self.is_complete = False
        self._rows = 0
        self._blocks: dict[int, list[tuple[str, ...]]] = {}
        self._recent = -1
        self._recent_block = _NO_ROWS
        self._wanted: list[int] = []
        self._is_fetching = False
        self._is_waiting = False
        self._generation = 0
        self._style = desk.style

    # What a view asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return self._rows

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.fields)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        if role:
            return self.alignment(index.column()) if role == ALIGNMENT else None
        return self.text(index.row(), index.column())

    def text(self, row: int, column: int) -> str:
        """The shown text of a cell; "" until its block has arrived."""
        number = row // BLOCK
        block = self._recent_block if number == self._recent else self._block(number)
        at = row - number * BLOCK
        return block[at][column] if at < len(block) else ""

    def headerData(self, section: int, orientation: "Qt.Orientation", role: int = _DISPLAY) -> Any:
        if orientation != orientation.Horizontal or section >= len(self.fields):
            return None
        if role == _DISPLAY:
            return self.title(section)
        return self.alignment(section) if role == ALIGNMENT else None

    def title(self, column: int) -> str:
        """What stands over a column, with an arrow where the rows stand in its order."""
        return tr(self.fields[column].label) + self._arrow(column)

    def alignment(self, column: int) -> int:
        """Figures stand to the right."""
        return _RIGHT if self.is_number(column) else _LEFT

    def _arrow(self, section: int) -> str:
        sort = self.query.sort or self.kind.sort
        if self.fields[section].name != sort.lstrip("-"):
            return ""
        return " ↓" if sort[0] == "-" else " ↑"

    def is_number(self, column: int) -> bool:
        """Whether a column holds figures."""
        return self.fields[column].kind in NUMBER_KINDS

    # Asking

    def ask(self, query: ListQuery) -> None:
        """Show another query; what is shown now stays until its first page is here."""
        listing, style = self.desk.app.listing, self.desk.style

        def work() -> tuple[Page, list[tuple[str, ...]]]:
            page = listing.first_page(query)
            return page, self._formatted(query, page.rows, style)

        tasks.run(
            work, lambda answer: self._show_page(query, *answer), key=(id(self), "page"), owner=self
        )

    def ask_now(self, query: ListQuery) -> None:
        """Show the first page before this returns: for the first paint, where nothing waits."""
        page = self.desk.app.listing.first_page(query)
        self._is_waiting = True
        self._show_page(query, page, self._formatted(query, page.rows, self.desk.style))

    def settle(self) -> None:
        """After the first paint: fetch what it did not need."""
        if self._is_waiting:
            self._is_waiting = False
            self._ask_rest()

    def _formatted(
        self, query: ListQuery, rows: Sequence[tuple[Any, ...]], style: Any
    ) -> list[tuple[str, ...]]:
        fields = [self.kind[each] for each in query.columns]
        return format_rows(fields, rows, style, currency="currency" in self.kind.by_name)

    def _show_page(self, query: ListQuery, page: Page, texts: list[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self._forget_blocks()
        self.query = query
        self.fields = tuple(self.kind[each] for each in query.columns)
        self.ids = array("I", [row[0] for row in page.rows])
        self._rows = len(page.rows)
        self._blocks[0] = texts
        self.is_complete = not page.more
        self.endResetModel()
        self.arrived.emit()
        if not self._is_waiting:
            self._ask_rest()

    def _ask_rest(self) -> None:
        if self.is_complete:
            self.counted.emit(self._rows)
        else:
            self.ask_ids()

    def _forget_blocks(self) -> None:
        self._generation += 1
        self._blocks.clear()
        self._wanted.clear()
        self._recent = -1
        self._is_fetching = False

    # All ids in order

    def ask_ids(self) -> None:
        """Fetch the ids of all rows in the background."""
        listing, query = self.desk.app.listing, self.query
        task: list[tasks.Task] = []

        def work() -> "array[int]":
            return listing.identifiers(query, lambda: not task or task[0].is_wanted())

        generation = self._generation
        key = (id(self), "ids")
        task.append(
            tasks.run(work, lambda ids: self._take_ids(generation, ids), key=key, owner=self)
        )

    def _take_ids(self, generation: int, ids: "array[int]") -> None:
        if generation != self._generation:
            return
        self.ids = ids
        self._resize(len(ids))
        self.is_complete = True
        if len(self._blocks.get(0, _NO_ROWS)) < min(BLOCK, self._rows):
            self._want(0)
        self.counted.emit(self._rows)

    def _resize(self, rows: int) -> None:
        if rows > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
            self._rows = rows
            self.endInsertRows()
        elif rows < self._rows:
            self.beginRemoveRows(QModelIndex(), rows, self._rows - 1)
            self._rows = rows
            self.endRemoveRows()

    def refresh(self) -> None:
        """Something changed: fetch shown rows and ids anew, keeping place and order."""
        self._generation += 1
        self._wanted.clear()
        self._is_fetching = False
        blocks = [self._recent] if self._recent >= 0 else [0]
        kept = {each: self._blocks[each] for each in blocks if each in self._blocks}
        self._blocks = kept
        listing, query, generation = self.desk.app.listing, self.query, self._generation

        def take(ids: "array[int]") -> None:
            if generation == self._generation:
                self._recent = -1
                moves = ids != self.ids
                if moves:
                    self.renewing.emit()
                self._take_ids(generation, ids)
                if moves:
                    self.renewed.emit()
                for each in blocks:
                    self._want(each)

        work = lambda: listing.identifiers(query)  # noqa: E731
        tasks.run(work, take, key=(id(self), "ids"), owner=self)

    # Blocks of texts

    def _block(self, number: int) -> list[tuple[str, ...]]:
        found = self._blocks.pop(number, None)
        if found is None:
            self._want(number)
            return _NO_ROWS
        self._blocks[number] = found
        self._recent, self._recent_block = number, found
        if len(found) < BLOCK and self.is_complete and number * BLOCK + len(found) < self._rows:
            self._want(number)
        return found

    def prefetch(self, first: int, last: int) -> None:
        """Have the blocks around the rows in view at hand before they are scrolled to."""
        for number in (first // BLOCK - 1, last // BLOCK + 1):
            if 0 <= number * BLOCK < len(self.ids) and number not in self._blocks:
                self._want(number)

    def _want(self, number: int) -> None:
        if number in self._wanted or not self.is_complete:
            return
        self._wanted.append(number)
        del self._wanted[:-WAITING]
        self._fetch_next()

    def _fetch_next(self) -> None:
        if self._is_fetching or not self._wanted:
            return
        number = self._wanted[-1]
        ids = list(self.ids[number * BLOCK : (number + 1) * BLOCK])
        listing, query, style = self.desk.app.listing, self.query, self.desk.style
        self._is_fetching = True

        def work() -> list[tuple[str, ...]]:
            rows = listing.rows(query, ids)
            texts = self._formatted(query, rows, style)
            return texts if len(rows) == len(ids) else _with_gaps(ids, rows, texts)

        generation = self._generation
        tasks.run(work, lambda texts: self._take_block(generation, number, texts), owner=self)

    def _take_block(self, generation: int, number: int, texts: list[tuple[str, ...]]) -> None:
        if generation != self._generation:
            return
        self._is_fetching = False
        self._blocks[number] = texts
        if number == self._recent:
            self._recent = -1
        while len(self._blocks) > BLOCKS:
            del self._blocks[next(iter(self._blocks))]
        if number in self._wanted:
            self._wanted.remove(number)
        last = min((number + 1) * BLOCK, self._rows) - 1
        if last >= number * BLOCK:
            corner = self.index(last, max(0, len(self.fields) - 1))
            self.dataChanged.emit(self.index(number * BLOCK, 0), corner)
        self._fetch_next()

    # Which record a row is

    def record_id(self, row: int) -> int | None:
        """The id of the record in a row."""
        return self.ids[row] if 0 <= row < len(self.ids) else None

    def row_of(self, record_id: int) -> int | None:
        """The row a record stands in."""
        try:
            return self.ids.index(record_id)
        except ValueError:
            return None


def _with_gaps(
    ids: Sequence[int], rows: Sequence[tuple[Any, ...]], texts: Sequence[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """Texts in the order of ids, empty where a record is gone."""
    found = {row[0]: text for row, text in zip(rows, texts, strict=True)}
    empty = ("",) * len(texts[0]) if texts else ()
    return [found.get(each, empty) for each in ids]
