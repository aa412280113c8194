"""Phosphor icons, drawn from the font that QtAwesome brings, tinted by the present theme.

An icon is drawn when it is painted, so it costs nothing until it is seen and follows the theme.
QtAwesome itself is not imported: that alone takes longer than a whole window.
"""

import importlib.util
import json
from functools import cache
from pathlib import Path

from PySide6 import QtCore
from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPixmap

from ui.kit import theme

_CLEAR = QColor(0, 0, 0, 0)
_pixmaps: dict[tuple[str, str, int, int, bool], QPixmap] = {}
_engines: list[QIconEngine] = []


@cache
def _folder() -> Path:
    spec = importlib.util.find_spec("qtawesome")
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places or ()), "")) / "fonts"


@cache
def _glyphs() -> dict[str, str]:
    path = next(_folder().glob("phosphor-charmap-*.json"), None)
    return json.loads(path.read_text()) if path else {}


@cache
def _family() -> str:
    from PySide6.QtGui import QFontDatabase

    path = next(_folder().glob("phosphor-*.ttf"), None)
    number = QFontDatabase.addApplicationFont(str(path)) if path else -1
    return next(iter(QFontDatabase.applicationFontFamilies(number)), "") if number >= 0 else ""


def glyph(icon_name: str) -> str:
    """The letter of the icon font for a name such as ``ph.buildings``."""
    code = _glyphs().get(icon_name.removeprefix("ph."), "")
    return chr(int(code, 16)) if code else ""


class _Later:
    is_ready = False


def load() -> None:
    """Draw icons from now on. The first paint of the window does without: it comes sooner."""
    _glyphs()
    _family()
    _Later.is_ready = True


def is_ready() -> bool:
    """Whether icons are drawn."""
    return _Later.is_ready


def draw(painter: QPainter, rect: QRect | QRectF, icon_name: str, colour: str) -> None:
    """Draw one icon into a rectangle."""
    if not _Later.is_ready:
        return
    font = QFont(_family())
    side = min(rect.width(), rect.height())
    font.setPixelSize(max(1, round(side)))
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(colour))
    box = QRectF(rect.x(), rect.y(), side, rect.height())
    painter.drawText(box, QtCore.Qt.AlignmentFlag.AlignCenter, glyph(icon_name))
    painter.restore()


def pixmap(icon_name: str, tone: str = "soft", size: int = 16, scale: float = 1.0) -> QPixmap:
    """An icon as a pixmap of `size` points; kept until the theme changes."""
    tokens = theme.tokens()
    key = (icon_name, tone, size, round(scale * 100), tokens.dark)
    found = _pixmaps.get(key)
    if found is None and not _Later.is_ready:
        return _drawn(icon_name, getattr(tokens, tone), size, scale)
    if found is None:
        found = _pixmaps[key] = _drawn(icon_name, getattr(tokens, tone), size, scale)
    return found


def _drawn(icon_name: str, colour: str, size: int, scale: float) -> QPixmap:
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(_CLEAR)
    painter = QPainter(picture)
    draw(painter, QRect(0, 0, size, size), icon_name, colour)
    painter.end()
    return picture


class _Engine(QIconEngine):
    """Draws its icon in the colour of its tone whenever it is painted."""

    def __init__(self, icon_name: str, tone: str, selected: str) -> None:
        super().__init__()
        self._name, self._tone, self._selected = icon_name, tone, selected

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return theme.tokens().border
        on = state == QIcon.State.On or mode == QIcon.Mode.Selected
        return str(getattr(theme.tokens(), self._selected if on else self._tone))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw(painter, rect, self._name, self._colour(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(_CLEAR)
        if _Later.is_ready:
            painter = QPainter(picture)
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
            painter.end()
        return picture

    def clone(self) -> QIconEngine:
        copy = _Engine(self._name, self._tone, self._selected)
        _engines.append(copy)
        return copy


@cache
def icon(icon_name: str, tone: str = "soft", selected: str = "accent") -> QIcon:
    """An icon for a button or action; `tone` names a token, `selected` the one when checked."""
    engine = _Engine(icon_name, tone, selected)
    _engines.append(engine)
    return QIcon(engine)
