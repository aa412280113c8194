"""State pills: icon, word and colour together, drawn once and kept as pixmaps."""

from functools import cache

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from models.values.states import (
    APPROVAL_STATES,
    DELIVERY_STATES,
    INVOICE_STATES,
    ORDER_STATES,
    PARTS,
    PAYMENT_STATES,
    QUOTATION_STATES,
    RECEIPT_STATES,
    States,
)
from ui.kit import icons, theme, tokens
from ui.kit.language import language, on_language, tr


def _both(first: States, second: States) -> States:
    """The looks of a kind whose lists show two kinds of states."""
    return States(
        first.labels | second.labels, {}, first.tones | second.tones, first.icons | second.icons
    )


LOOKS: dict[str, States] = {
    "quotation": QUOTATION_STATES,
    "order": _both(ORDER_STATES, PARTS),
    "delivery": DELIVERY_STATES,
    "invoice": _both(INVOICE_STATES, PAYMENT_STATES),
    "payment": RECEIPT_STATES,
    "approval": APPROVAL_STATES,
}
"""The states of each kind of document."""


@cache
def _drawn(kind: str, code: str, points: float, scale: float, *_looks: object) -> QPixmap:
    looks = LOOKS[kind]
    return pixmap(tr(looks.labels[code]), looks.icons[code], looks.tones[code], points, scale)


def in_cell(text: str, icon: str, tone: str) -> QPixmap:
    """A pill for the cell of a table, at the size of the screen's texts."""
    scale = QApplication.primaryScreen().devicePixelRatio()
    return pixmap(text, icon, tone, QApplication.font().pointSizeF(), scale)


def pixmap(text: str, icon: str, tone: str, points: float, scale: float) -> QPixmap:
    """Any word as a pill in a tone."""
    font = QFont(QApplication.font())
    font.setPointSizeF(points * tokens.CAPTION)
    font.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetrics(font)
    glyph = metrics.height() - tokens.HAIR if icon else 0
    size = QSize(
        metrics.horizontalAdvance(text) + 2 * tokens.SMALL + (glyph + tokens.TINY if icon else 0),
        metrics.height() + tokens.TINY,
    )
    picture = QPixmap(size * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(QColor(0, 0, 0, 0))
    ink, ground = theme.tokens().tone(tone)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    area = QRectF(0, 0, size.width(), size.height())
    painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    if icon:
        side = glyph - 2
        icons.draw(painter, QRectF(tokens.SMALL, (area.height() - side) / 2, side, side), icon, ink)
    painter.setPen(QColor(ink))
    painter.setFont(font)
    left = tokens.SMALL + (glyph + tokens.HAIR if icon else 0)
    painter.drawText(area.adjusted(left, 0, 0, 0), QtCore.Qt.AlignmentFlag.AlignVCenter, text)
    painter.end()
    return picture


def state_pixmap(kind: str, code: str, widget: QWidget) -> QPixmap | None:
    """The pill of a state; None for a code that is no state of this kind."""
    if kind not in LOOKS or code not in LOOKS[kind].labels:
        return None
    return _drawn(
        kind,
        code,
        QApplication.font().pointSizeF(),
        widget.devicePixelRatioF(),
        language(),
        theme.tokens().dark,
        icons.is_ready(),
    )


class StatePill(QLabel):
    """The state of one document, as a label."""

    def __init__(self, kind: str, code: str = "") -> None:
        super().__init__()
        self._kind, self._code = kind, code
        on_language(self.show_state)
        theme.on_theme(self.show_state)

    def set_state(self, code: str) -> None:
        """Show another state."""
        self._code = code
        self.show_state()

    def show_state(self) -> None:
        """Draw the pill anew."""
        found = state_pixmap(self._kind, self._code, self)
        if found is not None:
            self.setPixmap(found)
            self.setAccessibleName(tr(LOOKS[self._kind].labels[self._code]))
