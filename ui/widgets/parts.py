"""Small pieces every page is made of: buttons, labels, rows, cards, all with names and roles."""

from collections.abc import Callable

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.kit import icons, theme, tokens
from ui.kit.language import name, say


def button(
    text: str,
    slot: Callable[[], object] | None = None,
    *,
    icon: str = "",
    role: str = "",
    tone: str = "soft",
) -> QPushButton:
    """A push button; `role` is primary, flat, link, chip, nav or "" for the usual one."""
    made = QPushButton()
    if role:
        made.setProperty("role", role)
    if icon:
        made.setIcon(icons.icon(icon, tone))
        made.setIconSize(QSize(tokens.ICON + tokens.TINY, tokens.ICON))
    say(made, "setText", text)
    name(made, text)
    if slot:
        made.clicked.connect(lambda _checked=False: slot())
    return made


def icon_button(
    icon: str, hint: str, slot: Callable[[], object], tone: str = "soft"
) -> QPushButton:
    """A flat button that shows an icon alone; `hint` is its name and its hint on hover."""
    made = QPushButton()
    made.setProperty("role", "flat")
    made.setIcon(icons.icon(icon, tone))
    made.setIconSize(QSize(tokens.ICON, tokens.ICON))
    name(made, hint)
    made.clicked.connect(lambda _checked=False: slot())
    return made


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A text; `role` is title, section, heading, soft, caption, strong, problem or figure."""
    made = QLabel()
    made.setProperty("textFormat", "PlainText")
    if role:
        made.setProperty("role", role)
    if text:
        say(made, "setText", text)
    made.setWordWrap(wrap)
    return made


class Elided(QLabel):
    """A text of one line that gives way, shown shortened where there is little room."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__()
        self.setProperty("textFormat", "PlainText")
        if role:
            self.setProperty("role", role)
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        policy = QtWidgets.QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Preferred)
        self.setMinimumWidth(tokens.WIDE)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole) + tokens.TINY, metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(
            self._whole, QtCore.Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), QtCore.Qt.AlignmentFlag.AlignVCenter, shown)


class IconLabel(QLabel):
    """An icon in the colour of its tone, whatever the theme."""

    def __init__(self, icon: str, tone: str, size: int) -> None:
        super().__init__()
        self._icon, self._tone, self._side = icon, tone, size
        self.setFixedSize(size + tokens.TINY, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = getattr(theme.tokens(), self._tone)
        icons.draw(painter, QRect(0, 0, self._side, self._side), self._icon, colour)


def icon_label(icon: str, tone: str = "soft", size: int = tokens.ICON) -> QLabel:
    """An icon that only accompanies a text."""
    return IconLabel(icon, tone, size)


def card(role: str = "card") -> QFrame:
    """A frame on paper."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def rule() -> QFrame:
    """A quiet line."""
    made = card("rule")
    made.setFixedHeight(tokens.HAIR)
    return made


def row(*widgets: QWidget | int, gap: int = tokens.SMALL, margin: int = 0) -> QHBoxLayout:
    """Widgets beside each other; a number is a stretch."""
    layout = QHBoxLayout()
    _fill(layout, widgets, gap, margin)
    return layout


def column(*widgets: QWidget | int, gap: int = tokens.SMALL, margin: int = 0) -> QVBoxLayout:
    """Widgets below each other; a number is a stretch."""
    layout = QVBoxLayout()
    _fill(layout, widgets, gap, margin)
    return layout


def _fill(layout: QBoxLayout, widgets: tuple[QWidget | int, ...], gap: int, margin: int) -> None:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    for each in widgets:
        if isinstance(each, QWidget):
            layout.addWidget(each)
        else:
            layout.addStretch(each)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and forget it."""
    while item := layout.takeAt(0):
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def set_property(widget: QWidget, prop: str, value: object) -> None:
    """Set a property the style sheet looks at, and show it."""
    if widget.property(prop) == value:
        return
    widget.setProperty(prop, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
