"""Typing into a cell: what each key means, waiting for finds, and keys typed ahead of them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from models.values.documents import PRODUCT
from models.values.errors import DomainError
from resources.languages import marked as _
from ui.documents.line_grid import columns as at
from ui.documents.line_grid import placing, products
from ui.documents.line_grid.cell_edit import CellEdit
from ui.documents.line_grid.cells import typed_text
from ui.kit.errors import text_of
from ui.kit.language import say, tr
from ui.widgets.lookup import Find
from ui.widgets.parts import set_property

if TYPE_CHECKING:
    from ui.documents.line_grid.grid import LineGrid

Then = Callable[[], object]

_K = Qt.Key
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_NONE = Qt.KeyboardModifier.NoModifier
_PAGE = 8
_STEPS = {_K.Key_Down: 1, _K.Key_Up: -1, _K.Key_PageDown: _PAGE, _K.Key_PageUp: -_PAGE}


class Entry(QObject):
    """One cell at a time is typed into; what is wrong stays there until it is mended or given up.

    While the answer for a product is on its way, keys are held back and played afterwards, so
    that a fast hand loses nothing.
    """

    told = Signal(str)
    """A sentence about what was typed; "" takes it away."""

    def __init__(self, grid: "LineGrid") -> None:
        super().__init__(grid)
        self.grid = grid
        self.row = self.column = -1
        self.is_open = False
        self.is_search = False
        self._start = ""
        self._found: products.Found | None = None
        self._then: Then | None = None
        self._waits = False
        self._offered = ""
        self._held: list[QKeyEvent | Then] = []
        self.edit = CellEdit(self, grid.viewport())
        self.edit.textEdited.connect(self._on_edited)
        self.edit.find_clicked.connect(self._on_clicked)

    def is_at(self, row: int, column: int) -> bool:
        """Whether this cell is typed into."""
        return self.is_open and (row, column) == (self.row, self.column)

    @property
    def is_ahead(self) -> bool:
        """Whether keys were typed ahead of an answer and are still to be played."""
        return any(isinstance(each, QKeyEvent) for each in self._held)

    # Opening and closing

    @property
    def is_typing(self) -> bool:
        """Whether something is typed that the draft does not know yet."""
        return self.is_open and self.edit.text() != self._start

    def open(self, row: int, column: int, typed: str | None = None) -> None:
        """Type into a cell: its own text, or another one in its place.

        What is typed elsewhere is taken over first; where it is wrong, it stays and is shown.
        """
        if self._waits:
            self._held.append(lambda: self.open(row, column, typed))
        elif self.is_typing and not self.is_at(row, column):
            self.edit.setFocus()
            self.commit(lambda: self._open(row, column, typed))
        else:
            self._open(row, column, typed)

    def _open(self, row: int, column: int, typed: str | None) -> None:
        line = self.grid.lines.line(row)
        self.row, self.column = row, column
        lost = self.grid.lines.is_lost(row)
        replaces = typed is not None and line is not None and line.kind == PRODUCT
        self.is_search = column == at.PRODUCT and (line is None or lost or replaces)
        self._start = "" if line is None else typed_text(line, column, self.grid.session.style)
        self._found, self._offered = None, ""
        self.is_open = True
        self._show(self._start if typed is None else typed, is_new=typed is not None)
        if typed:
            self._on_edited(typed)

    def _show(self, text: str, *, is_new: bool) -> None:
        edit, column = self.edit, at.COLUMNS[self.column]
        side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
        edit.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        say(edit, "setAccessibleName", column.label)
        set_property(edit, "wrong", False)
        edit.setText(text)
        self.place()
        edit.show()
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if is_new or self.column == at.PRODUCT:
            edit.setCursorPosition(len(text))
        else:
            edit.selectAll()

    def place(self) -> None:
        """Lay the field over its cell."""
        if self.is_open:
            self.edit.setGeometry(self.grid.cell_rect(self.row, self.column))

    def close(self) -> None:
        """Type no more; the grid has the keys again."""
        had_focus = self.edit.hasFocus()
        self.is_open = False
        self.edit.close_popup()
        self.told.emit("")
        if had_focus:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.hide()
        self.grid.viewport().update()

    def cancel(self) -> None:
        """Restore the cell."""
        self.close()
        self.grid.lines.close_gap()

    def leave(self) -> None:
        """The focus goes elsewhere: take over what is typed, keep what is wrong."""
        if self.is_open and not self._waits:
            self.commit(lambda: None)

    # Keys

    def takes_key(self, event: QKeyEvent) -> bool:
        """Whether a key means something for the line; the field gets the others."""
        if self._waits:
            self._held.append(event.clone())
            return True
        if event.modifiers() & ~_KEYPAD not in (_NONE, Qt.KeyboardModifier.ShiftModifier):
            return False
        return self._takes_plain(_K(event.key()), event)

    def _takes_plain(self, key: Qt.Key, event: QKeyEvent) -> bool:
        row, column = self.row, self.column
        if key in (_K.Key_Return, _K.Key_Enter):
            self.commit(lambda: self.grid.enter_from(row, column))
        elif key in (_K.Key_Tab, _K.Key_Backtab):
            by = 1 if key == _K.Key_Tab else -1
            self.commit(lambda: self.grid.step(by))
        elif key in _STEPS and self.edit.has_popup():
            self.edit.popup.step(_STEPS[key])
        elif key in (_K.Key_Down, _K.Key_Up):
            self.commit(lambda: self.grid.step_row(_STEPS[key]))
        elif key == _K.Key_Escape:
            self._escape()
        else:
            return False
        return True

    def _escape(self) -> None:
        if self.edit.has_popup():
            self.edit.close_popup()
        else:
            self.cancel()

    # Finds

    def _on_edited(self, text: str) -> None:
        set_property(self.edit, "wrong", False)
        self.told.emit("")
        self._offered = ""
        if not self.is_search:
            if self.column == at.UNIT:
                self._show_units(text)
            return
        self._found = None
        wanted = placing.read(text, self.grid.session.style)
        if wanted.kind == PRODUCT and wanted.text:
            products.search(self.grid.session, text, wanted.text, self._on_found)
        else:
            self.edit.close_popup()

    def _on_found(self, found: products.Found) -> None:
        if not self.is_open or found.text != self.edit.text():
            return
        self._found = found
        if found.book is not None:
            self.grid.session.join(found.draft, found.book)
        if self._waits and self._then is not None:
            then, self._then = self._then, None
            self._accept(found, then)
        elif self.edit.hasFocus():
            self.edit.popup.show_finds(found.finds)

    def _on_clicked(self, which: int) -> None:
        self.edit.popup.finds.chosen = which
        row, column = self.row, self.column
        self.commit(lambda: self.grid.enter_from(row, column))

    def _show_units(self, text: str) -> None:
        line = self.grid.lines.line(self.row)
        book = self.grid.session.editor.book
        if line is None or line.product is None or line.product not in book:
            return
        product = book[line.product]
        units = (product.unit, *(unit for unit, _factor in product.units))
        finds: list[Find] = [
            (0, unit, unit) for unit in units if unit.casefold().startswith(text.casefold())
        ]
        if finds and text:
            self.edit.popup.show_finds(finds)
        else:
            self.edit.close_popup()

    # Committing

    def when_settled(self, then: Then) -> None:
        """Do something once what is typed now was taken over."""
        if self._waits:
            self._held.append(then)
        elif self.is_open:
            self.commit(then)
        else:
            then()

    def commit(self, then: Then) -> None:
        """Take over what was typed, then go on; what is wrong stays where it is."""
        text = self.edit.text()
        is_blank = self.grid.lines.line(self.row) is None and not text.strip()
        if not self.is_open or is_blank or text == self._start:
            self._finish(then)
        elif self.is_search:
            self._commit_product(text, then)
        else:
            self._commit_value(text, then)

    def _finish(self, then: Then) -> None:
        if self.is_open:
            self.close()
        then()

    def _commit_value(self, text: str, then: Then) -> None:
        line = self.grid.lines.line_row(self.row)
        if line is None:
            self._finish(then)
            return
        if self.column == at.UNIT and self.edit.has_popup():
            chosen = self.edit.popup.chosen()
            text = str(chosen[1]) if chosen else text
        try:
            placing.set_value(self.grid.session, line, self.column, text)
        except DomainError as error:
            self.refuse(text_of(error))
            return
        self._finish(then)

    def _commit_product(self, text: str, then: Then) -> None:
        wanted = placing.read(text, self.grid.session.style)
        if wanted.kind != PRODUCT:
            self._mark_fresh(has_quantity=wanted.quantity is not None)
            placing.put_text(self.grid.session, self.grid.lines, self.row, wanted)
            self._finish(then)
        elif self._found is not None:
            self._accept(self._found, then)
        elif wanted.text:
            self._waits, self._then = True, then
        else:
            self.refuse(tr(_("Type a part of a product's name or SKU.")))

    def _accept(self, found: products.Found, then: Then) -> None:
        chosen = self.edit.popup.chosen() if self.edit.has_popup() else None
        find = chosen or next(iter(found.finds), None)
        if find is None:
            self._nothing_found(then)
            return
        product = int(find[0])
        self._waits = True
        self.grid.session.with_products([product], lambda: self._take(product, then), self._resume)

    def _take(self, product: int, then: Then) -> None:
        wanted = placing.read(self.edit.text(), self.grid.session.style)
        self._mark_fresh(has_quantity=wanted.quantity is not None)
        placing.put_product(self.grid.session, self.grid.lines, self.row, product, wanted)
        self._waits = False
        row = self.grid.lines.line_row(self.row)
        if self.grid.session.editor.book[product].is_configured and row is not None:
            self._finish(lambda: self.grid.configured.emit(row))
        else:
            self._finish(then)
        self._replay()

    def _mark_fresh(self, *, has_quantity: bool = False) -> None:
        if self.grid.lines.line(self.row) is None or self.grid.lines.is_lost(self.row):
            self.grid.mark_fresh(self.row, has_quantity=has_quantity)

    def _nothing_found(self, then: Then) -> None:
        text = self.edit.text()
        wanted = placing.read(text, self.grid.session.style)
        typed_on = self.is_ahead
        self._waits = False
        if typed_on or self._offered == text:
            self._mark_fresh(has_quantity=wanted.quantity is not None)
            put = placing.put_lost if typed_on else placing.put_text
            kind = PRODUCT if typed_on else "item"
            made = placing.Wanted(kind, wanted.text, wanted.quantity, wanted.optional)
            put(self.grid.session, self.grid.lines, self.row, made)
            self._finish(then)
        else:
            self.refuse(tr(_("Nothing is called “{text}”. Enter again makes it a free item."),
                           text=wanted.text))  # fmt: skip
            self._offered = text
        self._replay()

    def _resume(self) -> None:
        """The prices could not be read: the text stays, and so does what was typed after it."""
        self._waits = False
        self._held.clear()

    def refuse(self, sentence: str) -> None:
        """Keep the text and say what is wrong with it."""
        set_property(self.edit, "wrong", True)
        self.told.emit(sentence)
        self.edit.setAccessibleDescription(sentence)

    def _replay(self) -> None:
        """Play the keys that were held back."""
        while self._held and not self._waits:
            each = self._held.pop(0)
            if isinstance(each, QKeyEvent):
                QApplication.sendEvent(self.edit if self.is_open else self.grid, each)
            else:
                self.when_settled(each)
