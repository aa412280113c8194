"""The fields of a document's head: each shows a value of the draft and tells when it was typed."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from models.values.errors import DomainError
from models.values.fields import Field
from models.values.formatting import Style
from models.values.money import ZERO
from models.values.parsing import checked, parse
from ui.documents.line_grid.cells import price_text
from ui.kit.errors import text_of
from ui.kit.language import name, on_language, say, tr
from ui.widgets.lookup import Find, LinkEdit
from ui.widgets.parts import label, set_property

_KEY = QKeySequence.StandardKey


class Styled(Protocol):
    """What knows how the person reads figures and days: a desk, a session."""

    @property
    def style(self) -> Style: ...


class Caption(QWidget):
    """A field under its caption; the caption says what is wrong where something is."""

    def __init__(self, text: str, field: QWidget) -> None:
        super().__init__()
        self._text = text
        self.field = field
        self._caption = label(text, "heading")
        self._caption.setBuddy(field)
        name(field, text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._caption)
        layout.addWidget(field)

    def set_problem(self, sentence: str) -> None:
        """Mark the field as wrong, or as right with ""."""
        set_property(self.field, "wrong", bool(sentence))
        set_property(self._caption, "role", "problem" if sentence else "heading")
        self._caption.setText(sentence or tr(self._text))
        self._caption.setToolTip(sentence)
        self.field.setAccessibleDescription(sentence)


class TypedEdit(QLineEdit):
    """A field that is taken over by Enter or by leaving it; its undo ends where the page's begins.

    `committed` carries the typed value; what cannot be read stays, and `wrong` says why.
    """

    committed = Signal(object)
    wrong = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.editingFinished.connect(self.commit)

    def show_text(self, text: str) -> None:
        """Show a value of the draft, unless something is being typed."""
        if text == self._shown or (self.hasFocus() and self.text() != self._shown):
            self._shown = text
            return
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)

    def commit(self) -> None:
        """Take over what was typed."""
        text = self.text()
        if text == self._shown:
            return
        try:
            value = self.read(text)
        except DomainError as error:
            self.wrong.emit(text_of(error))
            return
        self._shown = text
        self.wrong.emit("")
        self.committed.emit(value)

    def read(self, text: str) -> Any:
        """The value of a typed text; DomainError where it is none."""
        return text.strip()

    def event(self, event: QEvent) -> bool:
        if leaves_undo(self, event):
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            self.wrong.emit("")
        else:
            super().keyPressEvent(event)


def leaves_undo(field: QLineEdit, event: QEvent) -> bool:
    """Whether an undo key is left to the page, because nothing is typed in this field."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    undo = event.matches(_KEY.Undo) and not field.isUndoAvailable()
    redo = event.matches(_KEY.Redo) and not field.isRedoAvailable()
    if undo or redo:
        event.ignore()
    return undo or redo


class DayEdit(TypedEdit):
    """A day, typed as the person writes days; ``+14`` counts from the day before it."""

    def __init__(self, session: Styled, *, is_required: bool = False) -> None:
        super().__init__()
        self._session, self._is_required = session, is_required
        self.start: dt.date | None = None
        self.day: dt.date | None = None

    def show_day(self, day: dt.date | None, start: dt.date | None = None) -> None:
        """Show a day; `start` is what ``+14`` counts from."""
        self.day, self.start = day, start
        known = day is not None and day != dt.date.min
        self.show_text(self._session.style.day(day) if known and day else "")

    def read(self, text: str) -> dt.date | None:
        later = re.fullmatch(r"\+\s*(\d{1,4})", text.strip())
        if later and self.start:
            return self.start + dt.timedelta(days=int(later[1]))
        if not text.strip() and not self._is_required:
            return None
        return self._session.style.parse_day(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7,
                 Qt.Key.Key_PageDown: -7}  # fmt: skip
        by = steps.get(Qt.Key(event.key()))
        if by and self.day and not event.modifiers() and not self.isReadOnly():
            self.committed.emit(self.day + dt.timedelta(days=by))
        else:
            super().keyPressEvent(event)


class FigureEdit(TypedEdit):
    """A figure of the head."""

    def __init__(self, session: Styled, field: Field) -> None:
        super().__init__()
        self._session, self._field = session, field
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def show_figure(self, value: Decimal, currency: str = "") -> None:
        """Show a figure; nothing for zero."""
        style = self._session.style
        text = price_text(value, currency, style) if currency else style.number(value)
        self.show_text(text.replace("\N{MINUS SIGN}", "-") if value else "")

    def read(self, text: str) -> Decimal:
        value = parse(self._field, text, self._session.style)
        return ZERO if value is None else Decimal(value)


class CodeEdit(TypedEdit):
    """A code such as a currency."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field

    def read(self, text: str) -> str:
        return str(checked(self._field, text.strip() or "–"))


class AheadLink(LinkEdit):
    """A lookup from which the hand goes on typing elsewhere before its answer is here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._takes_next:
            self._held.append(event.clone())
        else:
            super().keyPressEvent(event)

    @property
    def _held(self) -> list[QKeyEvent]:
        if not hasattr(self, "_keys"):
            self._keys: list[QKeyEvent] = []
        return self._keys

    def _answer(self, finds: Sequence[Find]) -> None:
        super()._answer(finds)
        held, self._keys = self._held, []
        for each in held:
            QApplication.sendEvent(QApplication.focusWidget() or self, each)


class ChoiceBox(QComboBox):
    """One of a few; the wheel does not change it by accident."""

    committed = Signal(object)

    def __init__(self, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._choices = (("", ""), *choices)
        for _each in self._choices:
            self.addItem("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(1)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(policy)
        self.activated.connect(lambda at: self.committed.emit(self._choices[at][0]))
        on_language(self._reword)

    def _reword(self) -> None:
        for at, each in enumerate(self._choices):
            self.setItemText(at, tr(each[1]))

    def show_code(self, code: str) -> None:
        """Show the choice of a code."""
        codes = [each[0] for each in self._choices]
        if code not in codes:
            self._choices = (*self._choices, (code, code))
            self.addItem(code)
            codes.append(code)
        self.setCurrentIndex(codes.index(code))

    @property
    def code(self) -> str:
        """The code of what is chosen."""
        return self._choices[self.currentIndex()][0]

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


class LongEdit(QPlainTextEdit):
    """A text of several lines, taken over by leaving it."""

    committed = Signal(object)

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self._shown = ""
        self.setTabChangesFocus(True)
        if hint:
            say(self, "setPlaceholderText", hint)

    def show_text(self, text: str) -> None:
        """Show a value of the draft, unless something is being typed."""
        if text != self._shown and not (self.hasFocus() and self.toPlainText() != self._shown):
            self.setPlainText(text)
        self._shown = text

    def setReadOnly(self, is_read: bool) -> None:
        """Qt takes over the colours of a text only where it is dressed anew."""
        set_property(self, "readOnly", is_read)

    def commit(self) -> None:
        """Take over what was typed."""
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.committed.emit(text)

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.commit()
