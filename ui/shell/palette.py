"""The command palette: find any record, run any command, without the mouse."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from controllers.core.catalogue import KINDS
from controllers.core.listing import Listing
from models.values.folding import folded, terms
from resources.languages import marked as _
from ui.kit import actions, icons, tasks, theme, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, say, tr
from ui.widgets.parts import column, label

SEARCHED = ("account", "contact", "product", "quotation", "order", "price_list", "tax")
_EACH = 5
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the palette: a record or a command."""

    icon: str
    title: str
    detail: str
    kind: str = ""
    record_id: int = 0
    action: actions.Registered | None = None


def records(listing: Listing, text: str) -> list[tuple[str, int, str, str]]:
    """Kind, id, title and key of the best finds of every kind."""
    return [
        (kind, int(row[0]), str(row[2] or row[1] or ""), str(row[1] or ""))
        for kind in SEARCHED
        for row in listing.lookup(kind, text, _EACH)[:_EACH]
    ]


def commands(text: str) -> list[Choice]:
    """The commands possible now whose words hold every typed word."""
    wanted = terms(text)
    found = []
    for each in actions.possible().values():
        words = tr(each.label)
        if all(term in folded(words) or term in each.name for term in wanted):
            icon = "ph.caret-right"
            found.append(Choice(icon, words, actions.keys(each), action=each))
    return found


class _Choices(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.choices: list[Choice] = []

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return len(self.choices)

    def data(self, index: _Index, role: int = 0) -> Any:
        choice = self.choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{choice.title} {choice.detail}".strip()
        return None

    def show(self, choices: list[Choice]) -> None:
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()


class _Line(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(tokens.POPUP, theme.row_height(option.widget) + tokens.TINY)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        choice = index.model().choices[index.row()]  # type: ignore[attr-defined]
        colours, box = theme.tokens(), option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colours.accent_ground))
        side = tokens.ICON
        mark = icons.pixmap(choice.icon, "soft", side, option.widget.devicePixelRatioF())
        painter.drawPixmap(box.x() + tokens.MEDIUM, box.center().y() - side // 2, mark)
        inner = box.adjusted(tokens.MEDIUM + side + tokens.MEDIUM, 0, -tokens.MEDIUM, 0)
        metrics = option.fontMetrics
        beside = metrics.horizontalAdvance(choice.detail) + tokens.LARGE
        painter.setPen(QColor(colours.ink))
        shown = metrics.elidedText(
            choice.title, Qt.TextElideMode.ElideRight, inner.width() - beside
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QColor(colours.soft))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(inner, right, choice.detail)


class Palette(QFrame):
    """Opens over the window; Esc gives the focus back."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self._desk = desk
        name(self, _("Search or run a command"))
        self.field = QLineEdit()
        self.field.setProperty("role", "bare")
        say(self.field, "setPlaceholderText", _("Name, code, phone, number or command"))
        name(self.field, _("Search or run a command"))
        self.model = _Choices()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        name(self.list, _("Finds"))
        self.list.clicked.connect(lambda index: self.take(index.row()))
        hint = label(_("↑ ↓ choose   Enter open   Esc close"), "caption")
        hint.setContentsMargins(tokens.MEDIUM, 0, 0, tokens.TINY)
        self.setLayout(column(self.field, self.list, hint, gap=0, margin=1))
        self._commands: list[Choice] = []
        self._is_waiting = False
        self._takes_next = False
        self.field.textEdited.connect(self.look)

    def open(self) -> None:
        """Show the palette, empty, with what can be done now."""
        window = self.parentWidget()
        width = min(tokens.PALETTE[0], window.width() - tokens.HUGE)  # type: ignore[union-attr]
        self.resize(width, tokens.PALETTE[1])
        middle = (window.width() - width) // 2  # type: ignore[union-attr]
        at = QPoint(middle, tokens.HUGE + tokens.WIDE)
        self.move(window.mapToGlobal(at))  # type: ignore[union-attr]
        self.field.clear()
        self.look("")
        self.show()
        self.field.setFocus()

    def look(self, text: str) -> None:
        """Show commands at once and records as soon as they are found."""
        self._commands = commands(text)
        self._takes_next = False
        if not text.strip():
            self._show(self._commands)
            return
        if self._commands and not self.model.choices:
            self._show(self._commands)
        self._is_waiting = True
        listing = self._desk.app.listing
        tasks.run(
            lambda: records(listing, text), self._answer, key=(id(self), "palette"), owner=self
        )

    def _answer(self, found: list[tuple[str, int, str, str]]) -> None:
        self._is_waiting = False
        choices = [
            Choice(KINDS[kind].icon, title, _detail(kind, title, key), kind, record_id)
            for kind, record_id, title, key in found
        ]
        self._show(choices + self._commands)
        if self._takes_next:
            self.take(0)

    def _show(self, choices: list[Choice]) -> None:
        self.model.show(choices)
        if choices:
            self.list.setCurrentIndex(self.model.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, at = event.key(), self.list.currentIndex().row()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8,
                 Qt.Key.Key_PageUp: -8}  # fmt: skip
        if key in steps:
            last = self.model.rowCount() - 1
            row = max(0, min(last, at + steps[Qt.Key(key)]))
            self.list.setCurrentIndex(self.model.index(row))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        else:
            super().keyPressEvent(event)

    def enter(self) -> None:
        """Take the chosen line, or the first one once it arrives."""
        if self._is_waiting:
            self._takes_next = True
        else:
            self.take(self.list.currentIndex().row())

    def take(self, at: int) -> None:
        """Open the record or run the command of a line."""
        if not 0 <= at < len(self.model.choices):
            return
        choice = self.model.choices[at]
        self.close()
        if choice.action is not None:
            choice.action.action.trigger()
        else:
            self._desk.open_record(choice.kind, choice.record_id)


def _detail(kind: str, title: str, key: str) -> str:
    words = tr(KINDS[kind].label)
    return words if key == title else f"{key} · {words}"
