"""Editors of one field each: what was typed is kept as text, and read as the field's own value."""

import base64
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from models.values.fields import NUMBER_KINDS, Field, FieldKind
from models.values.formatting import Style
from models.values.parsing import checked, parse, written
from resources.languages import marked as _
from ui.kit import icons, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, say, tr
from ui.widgets.lookup import LinkEdit
from ui.widgets.parts import button, row, set_property

Raw = str | bool
"""What was typed, as it can stand in a draft on disk."""


class Editor(QObject):
    """The control of one field. `edited` tells that a person changed it."""

    edited = Signal()
    left = Signal()
    """The focus went on, so a problem may be shown now."""

    def __init__(self, field: Field, control: QWidget) -> None:
        super().__init__()
        self.field = field
        self.control = control
        name(control, field.label)
        if field.help:
            say(control, "setToolTip", field.help)
        control.installEventFilter(self)

    def raw(self) -> Raw:
        """What stands in the control."""
        raise NotImplementedError

    def set_raw(self, raw: Raw, title: str = "") -> None:
        """Put something into the control without telling anybody."""
        raise NotImplementedError

    def show_problem(self, text: str) -> None:
        """Mark the control as wrong, or as right again."""
        set_property(self.control, "wrong", "true" if text else "")
        self.control.setAccessibleDescription(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Undo and redo belong to the whole form, not to one control."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if event.matches(undo) or event.matches(redo):
                event.ignore()
                return True
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return False


class TextEditor(Editor):
    """One line: texts, codes, phones, figures, tags."""

    def __init__(self, field: Field, control: QLineEdit | None = None) -> None:
        self.line = control or QLineEdit()
        super().__init__(field, self.line)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        if field.kind in NUMBER_KINDS:
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        if field.kind is FieldKind.TAGS:
            say(self.line, "setPlaceholderText", _("Words separated by commas"))
        if field.read_only:
            self.line.setReadOnly(True)
            self.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def raw(self) -> Raw:
        return self.line.text()

    def set_raw(self, raw: Raw, title: str = "") -> None:
        if self.line.text() != raw:
            self.line.setText(str(raw))
            self.line.setCursorPosition(0)


class DateEditor(TextEditor):
    """A date typed by hand, or picked from a calendar (button, or Down)."""

    def __init__(self, field: Field, desk: Desk) -> None:
        super().__init__(field)
        self._desk = desk
        self._button = self.line.addAction(
            icons.icon("ph.calendar-blank"), QLineEdit.ActionPosition.TrailingPosition
        )
        say(self._button, "setText", _("Calendar"))
        self._button.triggered.connect(self.pick)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Down
        ):
            self.pick()
            return True
        return super().eventFilter(watched, event)

    def pick(self) -> None:
        """Choose the day from a calendar."""
        from ui.widgets.calendar import open_calendar

        open_calendar(self.line, self._day(), self._take)

    def _day(self) -> Any:
        from models.values.errors import DomainError

        try:
            return parse(self.field, self.line.text(), self._desk.style)
        except DomainError:
            return None

    def _take(self, day: Any) -> None:
        self.line.setText(written(self.field, day, self._desk.style))
        self.edited.emit()


class LongTextEditor(Editor):
    """Several lines; Tab goes on."""

    def __init__(self, field: Field) -> None:
        self.text = QPlainTextEdit()
        super().__init__(field, self.text)
        self.text.setTabChangesFocus(True)
        height = self.text.fontMetrics().lineSpacing() * 4 + tokens.LARGE
        self.text.setFixedHeight(height)
        self.text.textChanged.connect(self.edited)

    def raw(self) -> Raw:
        return self.text.toPlainText()

    def set_raw(self, raw: Raw, title: str = "") -> None:
        if self.text.toPlainText() != raw:
            self.text.blockSignals(True)
            self.text.setPlainText(str(raw))
            self.text.blockSignals(False)


class ChoiceEditor(Editor):
    """One of a few; the first is nothing unless something must be chosen."""

    def __init__(self, field: Field) -> None:
        self.box = QComboBox()
        super().__init__(field, self.box)
        if not field.required:
            self.box.addItem("–", "")
        for code, label in field.choices:
            self.box.addItem(tr(label), code)
        self.box.activated.connect(lambda _at: self.edited.emit())

    def raw(self) -> Raw:
        return str(self.box.currentData() or "")

    def set_raw(self, raw: Raw, title: str = "") -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(str(raw))))


class BooleanEditor(Editor):
    """Yes or no."""

    def __init__(self, field: Field) -> None:
        self.box = QCheckBox()
        super().__init__(field, self.box)
        say(self.box, "setText", field.label)
        self.box.setEnabled(not field.read_only)
        self.box.clicked.connect(lambda _on: self.edited.emit())

    def raw(self) -> Raw:
        return self.box.isChecked()

    def set_raw(self, raw: Raw, title: str = "") -> None:
        self.box.setChecked(bool(raw))


class LinkEditor(Editor):
    """Another record, found by typing."""

    def __init__(self, field: Field, desk: Desk) -> None:
        self.link = LinkEdit(desk.app.listing, field.link)
        super().__init__(field, self.link)
        self.link.setReadOnly(field.read_only)
        self.link.textEdited.connect(lambda _text: self.edited.emit())
        self.link.chosen.connect(lambda _found: self.edited.emit())

    def raw(self) -> Raw:
        return self.link.key

    def set_raw(self, raw: Raw, title: str = "") -> None:
        if raw != self.link.key:
            self.link.set_key(str(raw), title)


class PictureEditor(Editor):
    """A PNG or JPEG file; kept as base64."""

    def __init__(self, field: Field) -> None:
        self._raw = ""
        self._shown = QLabel()
        self._shown.setFixedSize(QSize(tokens.LOGO, tokens.LOGO))
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setProperty("role", "soft")
        holder = QWidget()
        choose = button(_("Choose …"), self.choose, icon="ph.image")
        self._remove = button(_("Remove"), self.remove, role="flat")
        holder.setLayout(row(self._shown, choose, self._remove, 1))
        super().__init__(field, holder)
        holder.setFocusProxy(choose)
        self._show()

    def raw(self) -> Raw:
        return self._raw

    def set_raw(self, raw: Raw, title: str = "") -> None:
        self._raw = str(raw)
        self._show()

    def _show(self) -> None:
        picture = QPixmap()
        if self._raw:
            picture.loadFromData(base64.b64decode(self._raw))
            side = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            self._shown.setPixmap(picture.scaled(self._shown.size(), side, smooth))
        self._shown.setVisible(bool(self._raw))
        self._remove.setVisible(bool(self._raw))

    def choose(self) -> None:
        """Ask for a file."""
        path, _form = QFileDialog.getOpenFileName(
            self.control, tr(_("Choose a picture")), "", "PNG, JPEG (*.png *.jpg *.jpeg)"
        )
        if path:
            from pathlib import Path

            self.take(Path(path).read_bytes())

    def take(self, content: bytes) -> None:
        """Show the picture of these bytes."""
        self._raw = base64.b64encode(content).decode()
        self._show()
        self.edited.emit()

    def remove(self) -> None:
        """Have no picture."""
        self._raw = ""
        self._show()
        self.edited.emit()


def editor_for(field: Field, desk: Desk) -> Editor:
    """The editor a field is typed in."""
    if field.kind is FieldKind.LONG_TEXT:
        return LongTextEditor(field)
    if field.kind in (FieldKind.CHOICE, FieldKind.STATE):
        return ChoiceEditor(field)
    if field.kind is FieldKind.BOOLEAN:
        return BooleanEditor(field)
    if field.kind is FieldKind.LINK:
        return LinkEditor(field, desk)
    if field.kind is FieldKind.PICTURE:
        return PictureEditor(field)
    if field.kind is FieldKind.DATE:
        return DateEditor(field, desk)
    return TextEditor(field)


def raw_of(field: Field, value: Any, style: Style) -> Raw:
    """A stored value as it stands in its editor."""
    if field.kind is FieldKind.BOOLEAN:
        return bool(value)
    if field.kind is FieldKind.PICTURE:
        return base64.b64encode(value).decode() if value else ""
    if isinstance(value, bytes):
        return ""
    return written(field, value, style)


def value_of(field: Field, raw: Raw, style: Style) -> Any:
    """The field's own value of what was typed; raises DomainError at the field."""
    if isinstance(raw, bool):
        return raw
    if field.kind is FieldKind.PICTURE:
        return checked(field, base64.b64decode(raw)) if raw else None
    if field.kind in (FieldKind.CHOICE, FieldKind.STATE):
        return raw or None
    return parse(field, raw, style)


def shown_raw(field: Field, raw: Raw) -> str:
    """What was typed, in words, for a comparison."""
    if isinstance(raw, bool):
        return tr(_("Yes")) if raw else tr(_("No"))
    if field.kind is FieldKind.PICTURE:
        return tr(_("A picture")) if raw else "–"
    if field.choices:
        return tr(dict(field.choices).get(raw, raw)) or "–"
    return raw or "–"
