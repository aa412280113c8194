"""The head of a stored document: what it is about, some of it to be typed while it is a draft."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit

from models.values.errors import DomainError
from ui.documents.fields import Caption, DayEdit, TypedEdit
from ui.kit import tokens
from ui.kit.desk import Desk
from ui.kit.errors import text_of
from ui.kit.language import name


class Fact(NamedTuple):
    """A field of the head: how wide it is of twelve parts, and what it is."""

    name: str
    label: str
    parts: int = 3
    form: str = ""
    """``text`` and ``day`` can be typed, ``link`` opens its record, "" is only read."""


class FactsCard(QFrame):
    """Fields under their captions, in rows of twelve parts."""

    typed = Signal()

    def __init__(
        self, desk: Desk, rows: Sequence[Sequence[Fact]], follow: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._desk, self._follow = desk, follow
        self.setProperty("role", "card")
        self.captions: dict[str, Caption] = {}
        self.fields: dict[str, QLineEdit] = {}
        self._facts = {each.name: each for line in rows for each in line}
        self._shown: dict[str, Any] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.MEDIUM)
        grid.setHorizontalSpacing(tokens.MEDIUM)
        grid.setVerticalSpacing(tokens.SMALL)
        for at, line in enumerate(rows):
            start = 0
            for each in line:
                grid.addWidget(self._caption(each), at, start, 1, each.parts)
                start += each.parts
        for part in range(12):
            grid.setColumnStretch(part, 1)

    def _caption(self, fact: Fact) -> Caption:
        field = self.fields[fact.name] = self._field(fact)
        made = Caption(fact.label, field)
        self.captions[fact.name] = made
        return made

    def _field(self, fact: Fact) -> QLineEdit:
        if fact.form == "day":
            field: TypedEdit = DayEdit(self._desk, is_required=True)
        elif fact.form == "text":
            field = TypedEdit()
        else:
            read = _LinkField(lambda: self._follow(fact.name)) if fact.form else QLineEdit()
            read.setReadOnly(True)
            return read
        field.textEdited.connect(lambda _text: self.typed.emit())
        return field

    def field(self, key: str) -> QLineEdit:
        """The field of a fact."""
        return self.fields[key]

    def show_values(self, values: dict[str, Any], *, can_type: bool) -> None:
        """Show other values; what is being typed stays."""
        for fact in self._facts.values():
            field, value = self.field(fact.name), values.get(fact.name)
            was_typed = fact.form in ("text", "day") and self._is_typed(fact)
            self._shown[fact.name] = value
            text = self._text(value)
            if not was_typed:
                field.setText(text)
                field.setCursorPosition(0)
            if fact.form in ("text", "day"):
                field.setReadOnly(not can_type)
            field.setToolTip(text)
            name(field, fact.label)

    def _text(self, value: Any) -> str:
        if isinstance(value, dt.date):
            return self._desk.style.day(value)
        return " · ".join(str(value or "").split("\n"))

    def _is_typed(self, fact: Fact) -> bool:
        shown = self._shown.get(fact.name)
        return self.field(fact.name).text() != self._text(shown)

    @property
    def is_typed(self) -> bool:
        """Whether something typed differs from what is stored."""
        return any(self._is_typed(each) for each in self._facts.values()
                   if each.form in ("text", "day"))  # fmt: skip

    def forget(self) -> None:
        """Show what is stored in the place of what was typed."""
        for fact in self._facts.values():
            self.field(fact.name).setText(self._text(self._shown.get(fact.name)))

    def values(self) -> dict[str, Any]:
        """What was typed and differs, by field; DomainError where it cannot be read."""
        found = {}
        for fact in self._facts.values():
            if fact.form in ("text", "day") and self._is_typed(fact):
                found[fact.name] = self._value(fact)
        return found

    def _value(self, fact: Fact) -> Any:
        field = self.field(fact.name)
        try:
            value = field.read(field.text()) if isinstance(field, TypedEdit) else field.text()
        except DomainError as error:
            self.captions[fact.name].set_problem(text_of(error))
            raise
        self.captions[fact.name].set_problem("")
        return value

    def show_refusal(self, field: str, sentence: str) -> None:
        """Say at a field what is wrong, or nothing anywhere."""
        for each, caption in self.captions.items():
            caption.set_problem(sentence if each == field else "")


class _LinkField(QLineEdit):
    """Shows a linked record; Enter and a double click open it."""

    def __init__(self, follow: Callable[[], object]) -> None:
        super().__init__()
        self._follow = follow
        self.returnPressed.connect(lambda: follow())

    def mouseDoubleClickEvent(self, event: Any) -> None:
        del event
        self._follow()
