"""Values that every row of an import gets, for fields the file has no column of."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.language import name, say, tr
from ui.system.mapping import FieldNames
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, icon_button, row


class FixedValue(QWidget):
    """One field and its value."""

    changed = Signal()
    removed = Signal()

    def __init__(self, fields: FieldNames, field: str = "", value: str = "") -> None:
        super().__init__()
        self.field, self.value = QComboBox(), QLineEdit(value)
        for each, label, _required in fields:
            self.field.addItem(tr(label), each)
        self.field.setCurrentIndex(max(0, self.field.findData(field)))
        name(self.field, _("Field"))
        name(self.value, _("Value for every row"))
        say(self.value, "setPlaceholderText", _("Value for every row"))
        self.value.setFixedWidth(tokens.LOGO + tokens.HUGE)
        self.field.currentIndexChanged.connect(self.changed)
        self.value.editingFinished.connect(self.changed)
        remove = icon_button("ph.x", _("Remove"), self.removed.emit)
        self.setLayout(row(self.field, self.value, remove, gap=tokens.TINY))


class FixedValues(QWidget):
    """Any number of them, and a button for one more."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields: FieldNames = ()
        self.rows: list[FixedValue] = []
        self._flow = FlowLayout(self)
        self._add = button(_("Fixed value"), self.add, icon="ph.plus", role="flat")
        self._flow.addWidget(self._add)

    def set_fields(self, fields: FieldNames) -> None:
        """Offer other fields; values of fields that are gone go too."""
        kept = self.values()
        self._fields = fields
        known = {each for each, _label, _required in fields}
        self.set_values({field: value for field, value in kept.items() if field in known})

    def values(self) -> dict[str, str]:
        """By field the value of every row; those without a value are not yet meant."""
        return {
            str(each.field.currentData()): each.value.text().strip()
            for each in self.rows
            if each.value.text().strip()
        }

    def set_values(self, values: dict[str, str]) -> None:
        """Show these and no others."""
        if values == self.values():
            return
        for each in tuple(self.rows):
            self._drop(each)
        for field, value in values.items():
            self._put(field, value)

    def add(self) -> None:
        """One more, to be filled in."""
        if self._fields:
            self._put("", "").value.setFocus()

    def _put(self, field: str, value: str) -> FixedValue:
        made = FixedValue(self._fields, field, value)
        made.changed.connect(self.changed)
        made.removed.connect(partial(self._remove, made))
        self.rows.append(made)
        self._flow.removeWidget(self._add)
        self._flow.addWidget(made)
        self._flow.addWidget(self._add)
        made.show()
        self.updateGeometry()
        return made

    def _remove(self, each: FixedValue) -> None:
        self._drop(each)
        self.changed.emit()

    def _drop(self, each: FixedValue) -> None:
        self.rows.remove(each)
        self._flow.removeWidget(each)
        each.hide()
        each.deleteLater()
        self.updateGeometry()
