"""Cursor, selection and place of a list, kept while its rows are renewed around them."""

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QItemSelection, QItemSelectionModel

if TYPE_CHECKING:
    from ui.widgets.record_list.table import RecordTable

_MOST = 2_000
"""Selected rows that are looked for again; more are too many to have been chosen one by one."""

_AROUND = 2_000
"""Rows before and after its old place in which a record is looked for first."""


class Kept(NamedTuple):
    """Records by their ids, with the row each stood in."""

    current: tuple[int, int] | None
    top: tuple[int, int] | None
    selected: list[tuple[int, int]]
    is_all: bool


def keep(table: "RecordTable", ids: "array[int]") -> Kept:
    """What is selected and shown now, in the order of these ids."""

    def named(row: int) -> tuple[int, int] | None:
        return (ids[row], row) if 0 <= row < len(ids) else None

    few = not table.is_all and table.selected_count() <= _MOST
    rows = [row for top, bottom in table.selected_ranges() for row in range(top, bottom + 1)]
    selected = [found for row in rows if (found := named(row))] if few else []
    return Kept(named(table.currentIndex().row()), named(table.rowAt(0)), selected, table.is_all)


def restore(table: "RecordTable", kept: Kept, ids: "array[int]") -> None:
    """Put the cursor and the selection on the same records again, where they stand now."""
    flags = QItemSelectionModel.SelectionFlag
    current = _row(ids, kept.current)
    if kept.is_all:
        table.selectAll()
        return
    selection = QItemSelection()
    model = table.model()
    for each in kept.selected:
        row = _row(ids, each)
        if row is not None:
            last = model.index(row, model.columnCount() - 1)
            selection.select(model.index(row, 0), last)
    table.selectionModel().select(selection, flags.ClearAndSelect)
    if current is not None:
        at = model.index(current, table.first_column)
        table.selectionModel().setCurrentIndex(at, flags.NoUpdate)
    top = _row(ids, kept.top)
    if top is not None:
        table.verticalScrollBar().setValue(top)


def _row(ids: "array[int]", kept: tuple[int, int] | None) -> int | None:
    """Where a record stands now: near its old place, or anywhere."""
    if kept is None:
        return None
    record_id, row = kept
    first = max(0, row - _AROUND)
    near = _position(ids[first : row + _AROUND].index, record_id)
    return first + near if near is not None else _position(ids.index, record_id)


def _position(find: Callable[[int], int], record_id: int) -> int | None:
    try:
        return find(record_id)
    except ValueError:
        return None
