"""The conditions of a list: a popup to make one, and a chip for each that holds."""

from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from models.values.errors import DomainError
from models.values.fields import Field, FieldKind, RecordKind
from models.values.parsing import parse
from models.values.records import Filter
from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.desk import Desk
from ui.kit.errors import text_of
from ui.kit.language import name, tr
from ui.widgets.flow import FlowLayout
from ui.widgets.lookup import LinkEdit
from ui.widgets.parts import button, clear, column, label, set_property
from ui.widgets.record_list.conditions import condition_text, filterable, operators, word

_CHOOSING = frozenset((FieldKind.CHOICE, FieldKind.STATE, FieldKind.BOOLEAN))


class FilterPopup(QFrame):
    """Field, comparison and value of one condition."""

    made = Signal(object)

    def __init__(self, desk: Desk, kind: RecordKind, parent: QWidget) -> None:
        super().__init__(parent)
        from PySide6.QtCore import Qt

        self.setWindowFlag(Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self._desk, self._kind = desk, kind
        self._value: QWidget = QLineEdit()
        self._until = QLineEdit()
        self._until.returnPressed.connect(self.add)
        name(self._until, _("And"))
        self._field, self._operator = QComboBox(), QComboBox()
        name(self, _("Filter"))
        name(self._field, _("Field"))
        name(self._operator, _("Comparison"))
        self._problem = label(role="problem", wrap=True)
        self._slot = column()
        self._build()
        for each in filterable(kind):
            self._field.addItem(tr(each.label), each.name)
        self._field.currentIndexChanged.connect(self._on_field)
        self._operator.currentIndexChanged.connect(self._on_operator)
        self._on_field()

    def _build(self) -> None:
        layout = column(
            label(_("Show only records whose"), "heading"),
            self._field,
            self._operator,
            margin=tokens.LARGE,
        )
        layout.addLayout(self._slot)
        layout.addWidget(self._until)
        layout.addWidget(self._problem)
        layout.addWidget(button(_("Add filter"), self.add, role="primary"))
        self._problem.hide()
        self.setLayout(layout)
        self.setMinimumWidth(tokens.POPUP - tokens.HUGE)

    @property
    def field(self) -> Field:
        """The chosen field."""
        return self._kind[self._field.currentData()]

    def _on_field(self) -> None:
        self._operator.clear()
        for each in operators(self.field):
            self._operator.addItem(word(self.field, each), each)
        clear(self._slot)
        self._value = self._editor()
        name(self._value, _("Value"))
        self._slot.addWidget(self._value)
        self._on_operator()

    def _on_operator(self) -> None:
        needs_none = self._operator.currentData() in ("empty", "filled")
        self._value.setVisible(not needs_none)
        self._until.setVisible(self._operator.currentData() == "between")

    def _editor(self) -> QWidget:
        field = self.field
        if field.kind is FieldKind.LINK:
            return LinkEdit(self._desk.app.listing, field.link)
        if field.kind not in _CHOOSING:
            edit = QLineEdit()
            edit.returnPressed.connect(self.add)
            return edit
        box = QComboBox()
        choices: tuple[tuple[Any, str], ...] = field.choices
        if field.kind is FieldKind.BOOLEAN:
            choices = ((True, _("Yes")), (False, _("No")))
        for code, text in choices:
            box.addItem(tr(text), code)
        return box

    def _typed(self) -> Any:
        if isinstance(self._value, QComboBox):
            return self._value.currentData()
        if isinstance(self._value, LinkEdit):
            return self._value.key
        text = self._value.text() if isinstance(self._value, QLineEdit) else ""
        if self._operator.currentData() == "between":
            return tuple(sorted((self._compared(text), self._compared(self._until.text()))))
        return self._compared(text)

    def _compared(self, text: str) -> Any:
        value = _value_of(self.field, text, self._desk)
        if value is None:
            raise DomainError(_("Type what to compare with."))
        return value

    def add(self) -> None:
        """Make the condition, or say what is wrong with it."""
        operator = self._operator.currentData()
        try:
            value = None if operator in ("empty", "filled") else self._typed()
        except DomainError as error:
            self._problem.setText(text_of(error))
            self._problem.show()
            set_property(self._value, "wrong", "true")
            return
        self.made.emit(Filter(self.field.name, operator, value))
        self.close()

    def open_below(self, widget: QWidget) -> None:
        """Show the popup below a button."""
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height() + 2))
        self.move(corner)
        self.show()
        self._field.setFocus()


def _value_of(field: Field, text: str, desk: Desk) -> Any:
    loose = (FieldKind.EMAIL, FieldKind.CODE, FieldKind.TAGS)
    return (text.strip() or None) if field.kind in loose else parse(field, text, desk.style)


class FilterChips(QWidget):
    """One chip for each condition; a click takes it away."""

    removed = Signal(object)

    def __init__(self, desk: Desk, kind: RecordKind) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._flow = FlowLayout(self)
        self.hide()

    def show_filters(self, filters: tuple[Filter, ...]) -> None:
        """Show a chip for each condition."""
        while item := self._flow.takeAt(0):
            widget = item.widget()
            if widget:
                widget.deleteLater()
        for each in filters:
            self._flow.addWidget(self._chip(each))
        self.setVisible(bool(filters))

    def _chip(self, condition: Filter) -> QWidget:
        text = condition_text(self._kind, condition, self._desk.style)
        made = button("", lambda: self.removed.emit(condition), icon="ph.x", role="chip")
        made.setText(text)
        made.setCheckable(True)
        made.setChecked(True)
        made.setAccessibleName(tr(_("Remove filter: {text}"), text=text))
        made.setToolTip(tr(_("Remove filter: {text}"), text=text))
        return made
