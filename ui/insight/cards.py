"""The reports there are, as cards with a name and a sentence; arrow keys go from one to another."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from resources.languages import marked as _
from ui.kit import icons, theme, tokens
from ui.kit.language import name, on_language, tr

_ICONS = {
    "sales": "ph.chart-line-up",
    "quotation_conversion": "ph.funnel",
    "answer_times": "ph.timer",
    "open_quotations": "ph.hourglass",
}


class Card(QAbstractButton):
    """One report to choose."""

    def __init__(self, key: str, title: str, description: str) -> None:
        super().__init__()
        self.key, self._title, self._description = key, title, description
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        on_language(self.reword)
        theme.on_theme(self.reword)

    def reword(self) -> None:
        """Word it anew."""
        self.setAccessibleName(tr(self._title))
        self.setAccessibleDescription(tr(self._description))
        self.setToolTip(tr(self._description))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        lines = self.fontMetrics().height() * (1 + 2 * tokens.CAPTION)
        return QSize(tokens.PANEL_LEAST, int(lines) + 2 * tokens.MEDIUM)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        inner = self.rect().adjusted(tokens.MEDIUM, tokens.SMALL, -tokens.MEDIUM, -tokens.SMALL)
        tone = "accent" if self.isChecked() else "soft"
        place = QRect(inner.left(), inner.top() + tokens.HAIR, tokens.ICON, tokens.ICON)
        colour = getattr(theme.tokens(), tone)
        icons.draw(painter, place, _ICONS.get(self.key, "ph.chart-bar"), colour)
        inner.setLeft(inner.left() + tokens.ICON + tokens.SMALL)
        self._paint_texts(painter, inner)

    def _paint_frame(self, painter: QPainter) -> None:
        colours, checked = theme.tokens(), self.isChecked()
        ground = colours.accent_ground if checked else colours.paper
        ground = colours.hover if self.underMouse() and not checked else ground
        width = tokens.FOCUS if self.hasFocus() else tokens.HAIR
        edge = colours.accent if checked or self.hasFocus() else colours.line
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(ground))
        frame = self.rect().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, tokens.CORNER_LARGE, tokens.CORNER_LARGE)

    def _paint_texts(self, painter: QPainter, inner: QRect) -> None:
        colours = theme.tokens()
        font = theme.scaled(tokens.BODY)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colours.accent if self.isChecked() else colours.ink))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft, tr(self._title))
        inner.setTop(inner.top() + painter.fontMetrics().height())
        painter.setFont(theme.scaled(tokens.CAPTION))
        painter.setPen(QColor(colours.ink if self.isChecked() else colours.soft))
        flags = Qt.AlignmentFlag.AlignLeft.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(inner, flags, tr(self._description))


class Cards(QWidget):
    """All reports beside each other."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(tokens.MEDIUM)
        name(self, _("Reports"))
        self._group.idToggled.connect(self._on_toggled)

    def add(self, key: str, title: str, description: str) -> None:
        """One more report."""
        card = Card(key, title, description)
        self._group.addButton(card, len(self._group.buttons()))
        self._layout.addWidget(card, 1)

    def _on_toggled(self, at: int, on: bool) -> None:
        card = self._group.button(at)
        if on and isinstance(card, Card):
            self.chosen.emit(card.key)

    def choose(self, key: str) -> None:
        """Choose a report by its name."""
        for each in self._group.buttons():
            if isinstance(each, Card) and each.key == key:
                each.setChecked(True)

    def focus_chosen(self) -> None:
        """Put the focus on the chosen report."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus()
