"""Draws a chart into a painter; series differ in colour and in pattern, dash or marker."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from ui.insight.chart_data import ChartData, short, ticks
from ui.kit import theme, tokens

_TONES = ("accent", "warn", "info", "quiet", "good", "bad")
_PATTERNS = (
    Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.Dense4Pattern,
    Qt.BrushStyle.HorPattern, Qt.BrushStyle.DiagCrossPattern, Qt.BrushStyle.Dense6Pattern,
)  # fmt: skip
_DASHES = (
    Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine, Qt.PenStyle.SolidLine,
)  # fmt: skip
_CORNERS = ((), (4, 45.0), (3, 90.0), (4, 0.0), (3, -90.0), (5, 90.0))
"""Of each series' marker: how many and where the first stands; none is a dot."""

_MIDDLE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(slots=True)
class Plan:
    """Where the parts of a chart stand; `bands` are the places of the labels."""

    plot: QRectF
    bands: list[QRectF] = field(default_factory=list)
    low: float = 0.0
    high: float = 1.0
    is_lying: bool = False

    def at(self, value: float) -> float:
        """The pixel of a figure."""
        part = (value - self.low) / (self.high - self.low or 1.0)
        if self.is_lying:
            return self.plot.left() + part * self.plot.width()
        return self.plot.bottom() - part * self.plot.height()


def colour(at: int) -> QColor:
    """The colour of a series."""
    return QColor(getattr(theme.tokens(), _TONES[at % len(_TONES)]))


def brush(at: int) -> QBrush:
    """Colour and pattern of a series."""
    return QBrush(colour(at), _PATTERNS[at % len(_PATTERNS)])


class Drawing:
    """One chart on one painter."""

    def __init__(self, painter: QPainter, data: ChartData, area: QRectF, decimal: str) -> None:
        self.painter, self.data, self.area, self.decimal = painter, data, area, decimal
        self.metrics = QFontMetricsF(painter.font())
        self.line = self.metrics.height()
        self.ink, self.soft = QColor(theme.tokens().ink), QColor(theme.tokens().soft)
        self.rule = QColor(theme.tokens().line)

    def draw(self) -> Plan:
        """Draw everything and answer where it stands."""
        if len(self.data.series) > 1:
            self._legend()
        return self._bars() if self.data.kind == "bar" else self._standing()

    # Legend

    def _legend(self) -> None:
        x, y = self.area.left(), self.area.top()
        for at, each in enumerate(self.data.series):
            width = self.line + self.metrics.horizontalAdvance(each.name) + tokens.LARGE
            if x + width > self.area.right() and x > self.area.left():
                x, y = self.area.left(), y + self.line + tokens.TINY
            self._sign(at, QRectF(x, y + tokens.HAIR, self.line, self.line))
            self.painter.setPen(self.ink)
            room = QRectF(x + self.line + tokens.TINY, y, width, self.line)
            self.painter.drawText(room, _LEFT, each.name)
            x += width
        self.area.setTop(y + self.line + tokens.MEDIUM)

    def _sign(self, at: int, box: QRectF) -> None:
        if self.data.kind == "line":
            middle = box.center()
            self.painter.setPen(QPen(colour(at), 2, _DASHES[at % len(_DASHES)]))
            self.painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()))
            self._marker(at, middle)
            return
        self.painter.setPen(QPen(colour(at), 1))
        self.painter.setBrush(brush(at))
        self.painter.drawRect(box.adjusted(2, 2, -2, -2))

    def _marker(self, at: int, point: QPointF) -> None:
        self.painter.setPen(QPen(colour(at), 1))
        self.painter.setBrush(colour(at))
        corners = _CORNERS[at % len(_CORNERS)]
        size = float(tokens.TINY)
        if not corners:
            self.painter.drawEllipse(point, size * 0.8, size * 0.8)
            return
        self.painter.drawPolygon(_polygon(point, size, int(corners[0]), float(corners[1])))

    # Lying bars

    def _bars(self) -> Plan:
        labels = self.data.labels
        widest = max((self.metrics.horizontalAdvance(each) for each in labels), default=0.0)
        texts = [text for each in self.data.series for text in each.texts]
        room = max((self.metrics.horizontalAdvance(each) for each in texts), default=0.0)
        left = min(widest, self.area.width() * 0.36) + tokens.SMALL
        plot = self.area.adjusted(left, 0, -(room + tokens.SMALL), 0)
        low, high = self.data.span
        plan = Plan(plot, low=low, high=high or 1.0, is_lying=True)
        height = min(plot.height() / max(len(labels), 1), 2.2 * self.line)
        for at, text in enumerate(labels):
            band = QRectF(self.area.left(), plot.top() + at * height, self.area.width(), height)
            plan.bands.append(band)
            self._bar_label(text, QRectF(band.left(), band.top(), left - tokens.SMALL, height))
            self._bar_row(plan, at, band)
        return plan

    def _bar_label(self, text: str, box: QRectF) -> None:
        self.painter.setPen(self.ink)
        shown = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        self.painter.drawText(box, _LEFT, shown)

    def _bar_row(self, plan: Plan, at: int, band: QRectF) -> None:
        count = len(self.data.series)
        thick = band.height() * 0.64 / count
        top = band.center().y() - thick * count / 2
        for number, each in enumerate(self.data.series):
            start, end = sorted((plan.at(0.0), plan.at(each.values[at])))
            box = QRectF(start, top + number * thick, max(end - start, 1.0), thick)
            self._fill(number, box)
            if thick >= self.line * 0.5:
                text = QRectF(box.right() + tokens.TINY, box.center().y() - self.line / 2, 0, 0)
                text.setSize(self.area.size())
                text.setHeight(self.line)
                self.painter.setPen(self.soft)
                self.painter.drawText(text, _LEFT, each.texts[at])

    def _fill(self, at: int, box: QRectF) -> None:
        self.painter.setPen(QPen(colour(at), 1) if at else Qt.PenStyle.NoPen)
        self.painter.setBrush(brush(at))
        self.painter.drawRect(box)

    # Standing columns and lines

    def _standing(self) -> Plan:
        low, high = self.data.span
        steps = ticks(low, high, max(2, int(self.area.height() / (3.2 * self.line))))
        names = [short(each, self.decimal) for each in steps]
        left = max(self.metrics.horizontalAdvance(each) for each in names) + tokens.SMALL
        plot = self.area.adjusted(left, self.line / 2, -tokens.SMALL, -(self.line + tokens.SMALL))
        plan = Plan(plot, low=steps[0], high=steps[-1])
        self._grid(plan, steps, names)
        width = plot.width() / max(len(self.data.labels), 1)
        for at in range(len(self.data.labels)):
            band = QRectF(plot.left() + at * width, plot.top(), width, plot.height())
            plan.bands.append(band)
        self._across(plan, width)
        (self._lines if self.data.kind == "line" else self._columns)(plan)
        return plan

    def _grid(self, plan: Plan, steps: list[float], names: list[str]) -> None:
        for value, text in zip(steps, names, strict=True):
            y = plan.at(value)
            self.painter.setPen(QPen(self.soft if value == 0 else self.rule, tokens.HAIR))
            self.painter.drawLine(QPointF(plan.plot.left(), y), QPointF(plan.plot.right(), y))
            self.painter.setPen(self.soft)
            box = QRectF(self.area.left(), y - self.line / 2, 0, self.line)
            box.setRight(plan.plot.left() - tokens.SMALL)
            self.painter.drawText(box, _RIGHT, text)

    def _across(self, plan: Plan, width: float) -> None:
        """Labels below, as many as fit."""
        labels = self.data.labels
        widest = max((self.metrics.horizontalAdvance(each) for each in labels), default=0.0)
        few = len(labels) <= 8
        every = 1 if few else max(1, -(-int(widest + tokens.SMALL) // max(int(width), 1)))
        self.painter.setPen(self.soft)
        for at in range(0, len(labels), every):
            middle, half = plan.bands[at].center().x(), max(width * every, 1.0) / 2
            box = QRectF(middle - half, plan.plot.bottom() + tokens.TINY, 2 * half, self.line)
            shown = self.metrics.elidedText(
                labels[at], Qt.TextElideMode.ElideRight, box.width() - tokens.TINY
            )
            self.painter.drawText(box, _MIDDLE, shown)

    def _columns(self, plan: Plan) -> None:
        count = len(self.data.series)
        for at, band in enumerate(plan.bands):
            thick = min(band.width() * 0.72 / count, 2.6 * self.line)
            left = band.center().x() - thick * count / 2
            for number, each in enumerate(self.data.series):
                top, low = sorted((plan.at(0.0), plan.at(each.values[at])))
                box = QRectF(left + number * thick, top, max(thick - 1, 1.0), max(low - top, 1.0))
                self._fill(number, box)

    def _lines(self, plan: Plan) -> None:
        for number, each in enumerate(self.data.series):
            points = [
                QPointF(band.center().x(), plan.at(value))
                for band, value in zip(plan.bands, each.values, strict=True)
            ]
            self.painter.setPen(QPen(colour(number), 2, _DASHES[number % len(_DASHES)]))
            self.painter.drawPolyline(QPolygonF(points))
            if len(points) <= 60:
                for point in points:
                    self._marker(number, point)


def _polygon(middle: QPointF, size: float, corners: int, first: float) -> QPolygonF:
    from math import cos, radians, sin

    turns = [radians(first + 360.0 * at / corners) for at in range(corners)]
    return QPolygonF(
        [QPointF(middle.x() + size * cos(turn), middle.y() - size * sin(turn)) for turn in turns]
    )
