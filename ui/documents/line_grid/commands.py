"""What can be done with lines: put in, doubled, moved, deleted, made optional, priced anew."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from models.values.documents import Line
from resources.languages import marked as _
from ui.documents.line_grid import columns as at
from ui.documents.line_grid.cell_edit import is_table
from ui.kit import actions

if TYPE_CHECKING:
    from ui.documents.line_grid.grid import LineGrid

_KEY = QKeySequence.StandardKey


def add_actions(grid: "LineGrid") -> None:
    """Give the grid its actions."""
    for name, words, slot, keys, icon in (
        ("above", _("Copy from the line above"), copy_from_above, "Ctrl+D", "ph.arrow-line-down"),
        ("duplicate", _("Duplicate lines"), duplicate, "Ctrl+Shift+D", "ph.copy"),
        ("up", _("Move up"), lambda g: move(g, -1), "Ctrl+Up", "ph.arrow-up"),
        ("down", _("Move down"), lambda g: move(g, 1), "Ctrl+Down", "ph.arrow-down"),
        ("insert", _("Insert a line"), insert, "Ins", "ph.plus"),
        ("delete", _("Delete lines"), delete, "Ctrl+Del", "ph.trash"),
        ("section", _("Section with subtotal"), lambda g: begin(g, "# "), "Ctrl+Shift+H",
         "ph.text-h"),
        ("note", _("Text between the lines"), lambda g: begin(g, "// "), "Ctrl+Shift+T",
         "ph.text-align-left"),
        ("item", _("Free item"), lambda g: begin(g, "+ "), "Ctrl+Shift+I", "ph.note-pencil"),
        ("optional", _("Optional: beside the total"), toggle_optional, "Ctrl+Shift+P",
         "ph.plus-circle"),
        ("unpin", _("Price from the list again"), unpin, "Ctrl+Shift+U", "ph.push-pin-slash"),
        ("last", _("Take the last price to this customer"), use_last_price, "",
         "ph.clock-counter-clockwise"),
        ("paste", _("Paste rows from a spreadsheet"), paste, _KEY.Paste, "ph.clipboard-text"),
        ("copy", _("Copy lines"), copy, _KEY.Copy, "ph.copy-simple"),
    ):  # fmt: skip
        actions.add(grid, f"lines.{name}", words, _settled(grid, slot), keys, icon=icon,
                    context="lines")  # fmt: skip
    _describe(grid)


def _describe(grid: "LineGrid") -> None:
    for name, words, keys in (
        ("enter", _("Take over and go on to the next line"), "Enter"),
        ("cell", _("Change the text of a cell"), "F2"),
        ("tab", _("Next cell"), "Tab"),
        ("many", _("Quantity and code"), "3*PUMP12"),
        ("marks", _("Section, text, free item, optional"), "#  //  +  ?"),
    ):
        actions.describe(grid, f"lines.{name}", words, keys, context="lines")


def _settled(grid: "LineGrid", slot: "Callable[[LineGrid], object]") -> Callable[[], None]:
    """The command once what is typed was taken over; only where lines may change."""

    def run() -> None:
        if grid.session.is_editable or slot is copy:
            grid.entry.when_settled(lambda: slot(grid))

    return run


def copy_from_above(grid: "LineGrid") -> None:
    """Take the field of the nearest line above."""
    index = grid.currentIndex()
    line, column = grid.current_line(), at.COLUMNS[index.column()]
    if line is None:
        _copy_whole(grid)
    elif column.is_editable:
        grid.session.do(lambda editor: editor.copy_from_above(line, column.name))


def _copy_whole(grid: "LineGrid") -> None:
    """In a blank row the line above once more."""
    row = grid.currentIndex().row()
    above = grid.lines.line_row(row - 1) if row else None
    if above is not None:
        grid.lines.close_gap()
        grid.session.do(lambda editor: editor.duplicate([above]))
        grid.go_to(above + 1, at.QUANTITY)


def duplicate(grid: "LineGrid") -> None:
    """Copies of the chosen lines below them."""
    chosen = grid.chosen_lines()
    if chosen:
        first = grid.session.do(lambda editor: editor.duplicate(chosen))
        _choose(grid, first, len(chosen))


def move(grid: "LineGrid", by: int) -> None:
    """The chosen lines one line up or down."""
    chosen = grid.chosen_lines()
    if not chosen:
        return
    to = chosen[0] - 1 if by < 0 else chosen[-1] + 2
    if 0 <= to <= len(grid.session.draft.lines):
        first = grid.session.do(lambda editor: editor.move(chosen, to))
        _choose(grid, first, len(chosen))


def _choose(grid: "LineGrid", first: int, count: int) -> None:
    """Select some lines that follow each other."""
    grid.go_to(grid.lines.row_of_line(first), grid.currentIndex().column())
    flags = QItemSelectionModel.SelectionFlag
    for line in range(first, first + count):
        index = grid.lines.index(grid.lines.row_of_line(line), 0)
        grid.selectionModel().select(index, flags.Select | flags.Rows)


def insert(grid: "LineGrid") -> None:
    """Make room for a new line above this one."""
    line = grid.current_line()
    if line is None:
        grid.write_on()
        return
    row = grid.lines.open_gap(line)
    grid.edit_cell(row, at.PRODUCT)


def begin(grid: "LineGrid", mark: str) -> None:
    """Begin a section, text or free item above this line."""
    line = grid.current_line()
    row = grid.blank_row() if line is None else grid.lines.open_gap(line)
    grid.edit_cell(row, at.PRODUCT, mark)


def delete(grid: "LineGrid") -> None:
    """Take the chosen lines out."""
    chosen = grid.chosen_lines()
    column = grid.currentIndex().column()
    if chosen:
        grid.session.do(lambda editor: editor.delete(chosen))
        last = max(0, len(grid.session.draft.lines) - 1)
        grid.go_to(grid.lines.row_of_line(min(chosen[0], last)), column)


def toggle_optional(grid: "LineGrid") -> None:
    """Offer the chosen lines beside the total, or within it again."""
    chosen = grid.chosen_lines()
    grid.session.do(lambda editor: editor.toggle_optional(chosen))


def unpin(grid: "LineGrid") -> None:
    """Let the chosen lines have the price of the list again."""
    chosen = [line for line in grid.chosen_lines() if grid.session.draft.lines[line].pinned]
    if chosen:
        grid.session.do(lambda editor: editor.reprice(chosen))


def use_last_price(grid: "LineGrid") -> None:
    """What this customer paid last."""
    line = grid.current_line()
    if line is not None:
        grid.session.do(lambda editor: editor.use_last_price(line))


def paste(grid: "LineGrid") -> None:
    """Rows of a spreadsheet become lines; a single word goes into the cell."""
    text = QApplication.clipboard().text()
    index = grid.currentIndex()
    if is_table(text):
        grid.pasted.emit(text)
    elif text.strip():
        grid.edit_cell(index.row(), index.column(), text.strip())


def copy(grid: "LineGrid") -> None:
    """The chosen lines as rows for a spreadsheet: SKU, description, quantity, price."""
    lines = [grid.session.draft.lines[each] for each in grid.chosen_lines()]
    QApplication.clipboard().setText("\n".join(_row(grid, line) for line in lines))


def _row(grid: "LineGrid", line: Line) -> str:
    style = grid.session.style
    figures = (style.number(line.quantity), style.number(line.unit_price)) if line.counts else ()
    return "\t".join((line.sku, line.description, *figures))
