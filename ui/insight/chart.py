"""A chart that is drawn once for its size and theme, told in words, and read with mouse or keys."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame

from ui.insight.chart_data import ChartData
from ui.insight.chart_drawing import Drawing, Plan
from ui.kit import theme, tokens
from ui.kit.language import on_language


class Chart(QFrame):
    """Shows one ChartData; Left and Right go from figure to figure."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(tokens.PANEL_LEAST, tokens.PANEL_LEAST // 2)
        self.decimal = "."
        self.pointed = -1
        self._data: ChartData | None = None
        self._plan: Plan | None = None
        self._picture: QPixmap | None = None
        theme.on_theme(self.forget)
        on_language(self.forget)

    @property
    def data(self) -> ChartData | None:
        """What is shown."""
        return self._data

    def set_data(self, data: ChartData | None, decimal: str = ".") -> None:
        """Show other figures; `decimal` is the person's decimal mark."""
        self._data, self.decimal, self.pointed = data, decimal, -1
        self.setAccessibleName(data.title if data else "")
        places = range(min(len(data.labels), 60)) if data else ()
        told = "; ".join(data.told(at) for at in places) if data else ""
        self.setAccessibleDescription(told)
        self.forget()

    def forget(self) -> None:
        """Draw anew at the next paint."""
        self._picture = None
        self.update()

    def point_at(self, at: int) -> None:
        """Mark a place and tell its figures."""
        if self._data is None or at == self.pointed:
            return
        self.pointed = at if 0 <= at < len(self._data.labels) else -1
        if self.pointed >= 0:
            self.setAccessibleDescription(self._data.told(self.pointed))
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self.pointed >= 0 and self._plan is not None:
            self._mark(painter, self._plan)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.tokens().accent), tokens.FOCUS))
            painter.drawRoundedRect(self._frame(), tokens.CORNER_LARGE, tokens.CORNER_LARGE)

    def _frame(self) -> QRectF:
        return QRectF(self.rect()).adjusted(1, 1, -1, -1)

    def _draw(self) -> QPixmap:
        scale = self.devicePixelRatioF()
        picture = QPixmap(self.size() * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(QColor(theme.tokens().ground))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.tokens().line), tokens.HAIR))
        painter.setBrush(QColor(theme.tokens().paper))
        half = tokens.HAIR / 2
        frame = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(frame, tokens.CORNER_LARGE, tokens.CORNER_LARGE)
        self._plan = self._draw_data(painter) if self._data else None
        painter.end()
        return picture

    def _draw_data(self, painter: QPainter) -> Plan:
        assert self._data is not None  # noqa: S101  told to the type checker
        edge = tokens.LARGE
        area = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        title = theme.scaled(tokens.CAPTION)
        title.setBold(True)
        painter.setFont(title)
        painter.setPen(QColor(theme.tokens().soft))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft, self._data.title)
        area.setTop(area.top() + painter.fontMetrics().height() + tokens.MEDIUM)
        painter.setFont(theme.scaled(tokens.CAPTION))
        return Drawing(painter, self._data, area, self.decimal).draw()

    def _mark(self, painter: QPainter, plan: Plan) -> None:
        """A soft band over the place, and its figures in a box."""
        band = plan.bands[self.pointed]
        veil = QColor(theme.tokens().accent)
        veil.setAlphaF(0.12)
        painter.fillRect(band, veil)
        lines = self._lines()
        painter.setFont(theme.scaled(tokens.CAPTION))
        metrics = painter.fontMetrics()
        width = max(metrics.horizontalAdvance(each) for each in lines) + 2 * tokens.SMALL
        height = len(lines) * metrics.height() + 2 * tokens.TINY
        corner = self._corner(band, width, height)
        box = QRectF(corner.x(), corner.y(), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().ink))
        painter.drawRoundedRect(box, tokens.TINY, tokens.TINY)
        painter.setPen(QColor(theme.tokens().paper))
        inner = box.adjusted(tokens.SMALL, tokens.TINY, 0, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft, "\n".join(lines))

    def _lines(self) -> list[str]:
        if self._data is None:
            return []
        figures = (f"{each.name} {each.texts[self.pointed]}".strip() for each in self._data.series)
        return [self._data.labels[self.pointed], *figures]

    def _corner(self, band: QRectF, width: int, height: int) -> QPoint:
        x = min(max(int(band.center().x()) - width // 2, tokens.TINY), self.width() - width)
        above = int(band.top()) - height - tokens.TINY
        y = above if self._plan and self._plan.is_lying and above > 0 else int(band.top())
        return QPoint(max(x, 0), max(y, tokens.TINY))

    # Mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bands = self._plan.bands if self._plan else []
        place = event.position()
        self.point_at(next((at for at, each in enumerate(bands) if each.contains(place)), -1))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point_at(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self._data.labels) - 1 if self._data else -1
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if key in steps and last >= 0:
            self.point_at(max(0, min(last, self.pointed + steps[Qt.Key(key)])))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            self.point_at(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(-1)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.forget()
