"""The way of a document as a bar of steps: where it is, what was, what may come."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from resources.languages import marked as _
from ui.kit import theme, tokens
from ui.kit.language import on_language, tr
from ui.widgets import pills

_WAYS = {
    "quotation": ("draft", "sent", "accepted"),
    "order": ("draft", "confirmed", "delivered", "closed"),
    "delivery": ("draft", "shipped", "delivered"),
    "invoice": ("draft", "open", "settled"),
    "payment": ("posted",),
}
_ENDS = {"declined": 2, "expired": 2, "replaced": 2, "cancelled": 1, "void": 1}
"""States beside the way, and the step they stand in the place of."""

_INSTEAD = {"overdue": "open", "partly": "open"}
"""States on the way that are shown in the place of another."""


class StepBar(QWidget):
    """Done steps have a tick, the present one its own icon and tone, those to come are quiet."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind, self._state = kind, "draft"
        self._steps: list[tuple[str, QPixmap | None]] = []
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.on_theme(self.reword)
        on_language(self.reword)

    def set_state(self, state: str) -> None:
        """Show another state."""
        if state != self._state:
            self._state = state
            self.reword()

    def way(self) -> list[str]:
        """The steps that are shown."""
        way = [self._state if each == _INSTEAD.get(self._state) else each
               for each in _WAYS[self._kind]]  # fmt: skip
        at = _ENDS.get(self._state)
        return way if at is None else [*way[:at], self._state]

    def reword(self) -> None:
        """Make the pills anew."""
        way, looks = self.way(), pills.LOOKS[self._kind]
        now = way.index(self._state) if self._state in way else 0
        self._steps = [
            (tr(looks.labels[each]), self._pill(each, at - now)) for at, each in enumerate(way)
        ]
        labels = [text for text, _pill in self._steps]
        self.setAccessibleName(
            tr(_("Step {number} of {count}: {state}"), number=now + 1, count=len(way),
               state=labels[now])
        )  # fmt: skip
        self.updateGeometry()
        self.update()

    def _pill(self, state: str, distance: int) -> QPixmap | None:
        looks = pills.LOOKS[self._kind]
        if distance > 0:
            return None
        icon, tone = ("ph.check", "good") if distance else (looks.icons[state], looks.tones[state])
        points, scale = QApplication.font().pointSizeF(), self.devicePixelRatioF()
        return pills.pixmap(tr(looks.labels[state]), icon, tone, points, scale)

    def _wide(self, step: tuple[str, QPixmap | None]) -> int:
        text, pill = step
        if pill is not None:
            return round(pill.width() / pill.devicePixelRatio())
        return QFontMetrics(theme.scaled(tokens.CAPTION)).horizontalAdvance(text) + tokens.TINY

    def sizeHint(self) -> QSize:
        gaps = max(0, len(self._steps) - 1) * (tokens.LARGE + 2 * tokens.SMALL)
        wide = sum(map(self._wide, self._steps)) + gaps
        return QSize(wide, theme.row_height(self))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.tokens()
        painter.setFont(theme.scaled(tokens.CAPTION))
        x, middle = 0, self.height() // 2
        for at, (text, pill) in enumerate(self._steps):
            wide = self._wide((text, pill))
            if at:
                painter.setPen(QColor(colours.border))
                left = x + tokens.SMALL
                painter.drawLine(left, middle, left + tokens.LARGE, middle)
                x = left + tokens.LARGE + tokens.SMALL
            if pill is not None:
                high = round(pill.height() / pill.devicePixelRatio())
                painter.drawPixmap(x, middle - high // 2, pill)
            else:
                painter.setPen(QColor(colours.soft))
                painter.drawText(x, 0, wide, self.height(), Qt.AlignmentFlag.AlignVCenter, text)
            x += wide
