"""The look of the window: Fusion, palettes and one compact style sheet from the tokens."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.kit import tokens as token
from ui.kit.tokens import DARK, LIGHT, Tokens

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

FUSION = ("-style", "fusion")
"""Words on the command line of Qt: asking for a style in Python loads what only drawing needs."""

MODES = ("system", "light", "dark")


class _Theme(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = "system"
        self.is_system_dark = False
        self.tokens: Tokens = LIGHT
        self.zoom = 100
        self.density = "normal"
        self.base_points = 0.0


_state = _Theme()


def tokens() -> Tokens:
    """The colours of the present theme."""
    return _state.tokens


def on_theme(slot: Callable[[], object]) -> None:
    """Connect a slot of an object to the change of theme, zoom or density."""
    _state.changed.connect(slot)


def mode() -> str:
    """The setting: system, light or dark."""
    return _state.mode


def zoom() -> int:
    """Size of the texts in percent."""
    return _state.zoom


def density() -> str:
    """How close rows stand: compact, normal or comfortable."""
    return _state.density


def row_height(widget: QWidget) -> int:
    """The height of one row in a list or grid."""
    return widget.fontMetrics().height() + token.DENSITY[_state.density]


def scaled(part: float) -> QFont:
    """The system's font in a part of its size: ``scaled(tokens.TITLE)``."""
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * part)
    return font


def install(
    app: QApplication, mode: str = "system", zoom: int = 100, density: str = "normal"
) -> None:
    """Dress the whole program, before a window is shown."""
    if not _state.base_points:
        _take_from_system(app)
        app.styleHints().colorSchemeChanged.connect(follow_system)
    _state.mode, _state.density = mode, density
    _dress(mode, zoom)


def _take_from_system(app: QApplication) -> None:
    """Size and lightness before we dress the program; later the system tells its scheme."""
    _state.base_points = max(app.font().pointSizeF(), token.SMALLEST_POINTS)
    window, text = QPalette.ColorRole.Window, QPalette.ColorRole.WindowText
    palette = app.palette()
    _state.is_system_dark = palette.color(window).lightness() < palette.color(text).lightness()


def follow_system(scheme: "Qt.ColorScheme") -> None:
    """The system turned light or dark."""
    _state.is_system_dark = scheme == scheme.Dark
    if _state.mode == "system":
        _dress("system", _state.zoom)
        _state.changed.emit()


def refresh() -> None:
    """Have everything that is drawn by hand drawn anew."""
    _state.changed.emit()


def set_mode(mode: str) -> None:
    """Switch at once between system, light and dark."""
    _state.mode = mode
    _dress(mode, _state.zoom)
    _state.changed.emit()


def set_zoom(percent: int) -> None:
    """Make every text larger or smaller at once."""
    _dress(_state.mode, max(token.ZOOMS[0], min(percent, token.ZOOMS[-1])))
    _state.changed.emit()


def set_density(density: str) -> None:
    """Set rows closer or wider at once."""
    _state.density = density
    _state.changed.emit()


def _chosen(mode: str) -> Tokens:
    if mode == "system":
        return DARK if _state.is_system_dark else LIGHT
    return DARK if mode == "dark" else LIGHT


def _dress(mode: str, zoom: int) -> None:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    _state.tokens, _state.zoom = _chosen(mode), zoom
    font = app.font()
    font.setPointSizeF((_state.base_points or token.SMALLEST_POINTS) * zoom / 100)
    app.setFont(font)
    app.setPalette(_palette(_state.tokens))
    sheet = _sheet(_state.tokens, font.pointSizeF())
    if sheet != app.styleSheet():  # Qt dresses every widget anew, were it in the same
        app.setStyleSheet(sheet)


def _palette(colours: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(colours.paper), QColor(colours.ground))
    for which, colour in (
        (role.WindowText, colours.ink), (role.Text, colours.ink), (role.ButtonText, colours.ink),
        (role.Base, colours.paper), (role.AlternateBase, colours.hover),
        (role.Window, colours.ground), (role.Button, colours.paper),
        (role.Highlight, colours.accent_ground), (role.HighlightedText, colours.ink),
        (role.ToolTipBase, colours.ink), (role.ToolTipText, colours.paper),
        (role.PlaceholderText, colours.soft), (role.Link, colours.accent),
        (role.LinkVisited, colours.accent), (role.Mid, colours.line), (role.Dark, colours.border),
        (role.Light, colours.paper), (role.Midlight, colours.line), (role.Accent, colours.accent),
    ):  # fmt: skip
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.border))
    return palette


def _sheet(colours: Tokens, points: float) -> str:
    names = vars(colours) | {
        "caption": f"{points * token.CAPTION:.1f}pt",
        "section": f"{points * token.SECTION:.1f}pt",
        "title": f"{points * token.TITLE:.1f}pt",
        "check": _mark("check", colours),
        "down": _mark("down", colours),
        "tinypx": f"{token.TINY}px", "smallpx": f"{token.SMALL}px", "mediumpx": f"{token.MEDIUM}px",
        "cornerpx": f"{token.CORNER}px", "largepx": f"{token.CORNER_LARGE}px",
    }  # fmt: skip
    return re.sub(r"@(\w+)", lambda found: str(names[found[1]]), _SHEET)


def _mark(name: str, colours: Tokens) -> str:
    which = "dark" if colours.dark else "light"
    return (Path(__file__).parent / "marks" / f"{name}-{which}.svg").as_posix()


_SHEET = """
QWidget[role="paper"], QFrame[role="rail"], QFrame[role="bar"] { background: @paper; }
QFrame[role="rail"] { border: 0; border-right: 1px solid @line; }
QFrame[role="bar"] { border: 0; border-bottom: 1px solid @line; }
QFrame[role="card"] { background: @paper; border: 1px solid @line; border-radius: @largepx; }
QFrame[role="popup"] { background: @paper; border: 1px solid @border; }
QFrame[role="rule"] { background: @line; border: 0; }
QLabel[role="title"] { font-size: @title; font-weight: 600; }
QLabel[role="section"] { font-size: @section; font-weight: 600; }
QLabel[role="heading"] { font-size: @caption; font-weight: 600; color: @soft; }
QLabel[role="soft"] { color: @soft; }
QLabel[role="caption"] { font-size: @caption; color: @soft; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="problem"] { font-size: @caption; color: @bad; }
QLabel[role="figure"] { font-size: @title; font-weight: 600; }
QToolTip { background: @ink; color: @paper; border: 0; padding: @tinypx; }

QPushButton { background: @paper; border: 1px solid @line; border-radius: @cornerpx;
  padding: 5px @mediumpx; }
QPushButton:hover { background: @hover; }
QPushButton:pressed, QPushButton:checked { background: @accent_ground; border-color: @accent; }
QPushButton:focus { border: 2px solid @accent; padding: 4px 11px; }
QPushButton:disabled { color: @border; border-color: @line; }
QPushButton::menu-indicator { width: 0; }
QPushButton[role="primary"] { background: @accent; color: @on_accent; border-color: @accent;
  font-weight: 600; }
QPushButton[role="primary"]:hover { background: @accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid @ink; }
QPushButton[role="primary"]:disabled { background: @line; color: @soft; border-color: @line; }
QPushButton[role="flat"], QToolButton { background: transparent; border: 1px solid transparent;
  border-radius: @cornerpx; padding: 4px @smallpx; }
QPushButton[role="flat"]:hover, QToolButton:hover { background: @hover; }
QPushButton[role="flat"]:focus, QToolButton:focus { border: 2px solid @accent; padding: 3px 7px; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[role="link"] { background: transparent; border: 0; color: @accent; padding: 1px 0;
  text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { background: @accent_ground; text-decoration: underline; }
QPushButton[role="chip"] { border: 1px solid @line; border-radius: 12px; padding: 3px 11px;
  color: @soft; }
QPushButton[role="chip"]:hover { color: @ink; }
QPushButton[role="chip"]:checked { background: @accent_ground; border-color: @accent;
  color: @accent; }
QPushButton[role="chip"]:focus { border: 2px solid @accent; padding: 2px 10px; }
QPushButton[role="nav"] { background: transparent; border: 1px solid transparent;
  border-radius: @cornerpx; padding: 6px @smallpx; text-align: left; color: @soft; }
QPushButton[role="nav"]:hover { background: @hover; color: @ink; }
QPushButton[role="nav"]:checked { background: @accent_ground; color: @accent; font-weight: 600; }
QPushButton[role="nav"]:focus { border: 2px solid @accent; padding: 5px 7px; }
QPushButton[role="tile"] { border-radius: @largepx; padding: 0; text-align: left; }
QPushButton[here="true"] { background: @accent_ground; border-color: @accent; }
QPushButton[role="tile"]:focus { border: 2px solid @accent; }
QPushButton[role="search"] { background: @ground; border: 1px solid @line; color: @soft;
  text-align: left; padding: 6px @mediumpx; }
QPushButton[role="search"]:hover, QPushButton[role="search"]:focus { border: 1px solid @accent; }

QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QSpinBox { background: @paper;
  border: 1px solid @border; border-radius: @cornerpx; padding: 5px @smallpx;
  selection-background-color: @accent; selection-color: @on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid @accent;
  padding: 4px 7px; }
QLineEdit:read-only, QPlainTextEdit:read-only, QLineEdit:disabled,
QComboBox:disabled { background: @ground;
  border-color: @line; color: @soft; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
  border: 2px solid @bad; padding: 4px 7px; }
QLineEdit[role="bare"] { border: 0; background: transparent; padding: @smallpx; }
QLineEdit[role="cell"] { border: 2px solid @accent; border-radius: 0; padding: 0 4px; }
QLineEdit[role="cell"][wrong="true"] { border: 2px solid @bad; padding: 0 4px; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url(@down); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @paper; border: 1px solid @border; outline: 0;
  selection-background-color: @accent_ground; selection-color: @ink; }

QCheckBox, QRadioButton { spacing: @smallpx; }
QCheckBox::indicator, QListView::indicator { width: 14px; height: 14px; background: @paper;
  border: 1px solid @border; border-radius: @tinypx; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: @accent;
  border-color: @accent; image: url(@check); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent; }
QRadioButton::indicator { width: 14px; height: 14px; background: @paper;
  border: 1px solid @border; border-radius: 8px; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; }

QTableView, QListView { background: @paper; border: 0; outline: 0; gridline-color: @line; }
QTableView[role="card"] { border: 1px solid @line; border-radius: @largepx; }
QHeaderView { background: @paper; border: 0; }
QHeaderView::section { background: @paper; color: @soft; border: 0;
  border-bottom: 1px solid @line; padding: 7px @smallpx; font-weight: 600;
  font-size: @caption; }
QHeaderView::section:hover { color: @ink; }
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-position: center right;
  width: 9px; height: 9px; right: 5px; }
QTableCornerButton::section { background: @paper; border: 0; }
QTabBar { background: @paper; }
QTabBar::tab { background: transparent; color: @soft; padding: 6px @mediumpx; border: 0;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; }
QTabBar::tab:hover { color: @ink; }
QScrollArea { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @handle; border-radius: 4px; margin: 2px; min-height: 28px;
  min-width: 28px; }
QScrollBar::handle:hover { background: @soft; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QStatusBar { background: @paper; border-top: 1px solid @line; color: @soft; }
QStatusBar::item { border: 0; }
QStatusBar QLabel, QStatusBar QPushButton { font-size: @caption; color: @soft; }
QStatusBar QLabel[tone] { background: transparent; border: 0; }
QStatusBar QLabel[tone="good"] { color: @good; }
QStatusBar QLabel[tone="bad"] { color: @bad; }
QStatusBar QPushButton { padding: 1px @smallpx; }
QMenu { background: @paper; border: 1px solid @border; padding: @tinypx; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: @tinypx; }
QMenu::item:selected { background: @accent_ground; color: @ink; }
QMenu::item:disabled { color: @border; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @line; margin: @tinypx; }
QSplitter::handle { background: transparent; }
QProgressBar { background: @line; border: 0; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QFrame[role="toast"] { background: @ink; border-radius: @largepx; }
QFrame[role="toast"] QLabel { color: @paper; }
QFrame[role="toast"] QPushButton { background: transparent; border: 1px solid @soft;
  color: @paper; }
QFrame[tone="info"] { background: @info_ground; border: 1px solid @info;
  border-radius: @cornerpx; }
QFrame[tone="good"] { background: @good_ground; border: 1px solid @good;
  border-radius: @cornerpx; }
QFrame[tone="warn"] { background: @warn_ground; border: 1px solid @warn;
  border-radius: @cornerpx; }
QFrame[tone="bad"] { background: @bad_ground; border: 1px solid @bad; border-radius: @cornerpx; }
"""
