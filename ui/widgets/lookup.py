"""Find a record while typing: by any part of its name, code, phone or SKU.

The popup never takes the focus; the first find is chosen already, so Enter takes it. Enter typed
ahead of the answer waits for it, and nothing typed is ever lost.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from controllers.core.catalogue import KINDS
from controllers.core.listing import Listing
from resources.languages import marked as _
from ui.kit import tasks, theme, tokens
from ui.kit.language import say, tr

Find = tuple[Any, ...]
"""The id, the key and the title of a record, then whatever a search adds."""
Search = Callable[[str], Sequence[Find]]

_SHOWN = 8


def finds_of(listing: Listing, kind: str, limit: int = 20) -> Search:
    """The search over one kind of record."""
    return lambda text: [row[:3] for row in listing.lookup(kind, text, limit)]


class _Finds(QWidget):
    """Paints the finds and tells which one was clicked."""

    clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.finds: Sequence[Find] = ()
        self.chosen = 0
        self.setMouseTracking(True)
        say(self, "setAccessibleName", _("Finds"))

    def row_height(self) -> int:
        return theme.row_height(self)

    def sizeHint(self) -> QSize:
        rows = max(1, min(len(self.finds), _SHOWN))
        return QSize(tokens.POPUP, rows * self.row_height())

    def first(self) -> int:
        """The first find in view."""
        return max(0, self.chosen - _SHOWN + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.finds:
            painter.setPen(QColor(theme.tokens().soft))
            box = self.rect().adjusted(tokens.MEDIUM, 0, -tokens.SMALL, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, tr(_("Nothing found")))
            return
        first = self.first()
        for at, find in enumerate(self.finds[first : first + _SHOWN], first):
            box = QRect(0, (at - first) * self.row_height(), self.width(), self.row_height())
            self._paint_find(painter, box, find, is_chosen=at == self.chosen)

    def _paint_find(self, painter: QPainter, box: QRect, find: Find, *, is_chosen: bool) -> None:
        colours = theme.tokens()
        if is_chosen:
            painter.fillRect(box, QColor(colours.accent_ground))
        inner = box.adjusted(tokens.MEDIUM, 0, -tokens.MEDIUM, 0)
        title, key = str(find[2] or find[1] or ""), str(find[1] or "")
        metrics = QFontMetrics(painter.font())
        beside = metrics.horizontalAdvance(key) + tokens.LARGE if key != title else 0
        painter.setPen(QColor(colours.ink))
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, inner.width() - beside)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        if beside:
            painter.setPen(QColor(colours.soft))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(inner, right, key)

    def mouseMoveEvent(self, event: Any) -> None:
        self.chosen = self._at(event.position().y())
        self.update()

    def mousePressEvent(self, event: Any) -> None:
        at = self._at(event.position().y())
        if at < len(self.finds):
            self.clicked.emit(at)

    def _at(self, y: float) -> int:
        return self.first() + int(y) // self.row_height()


class Popup(QFrame):
    """The list below a field; it never takes the focus."""

    def __init__(self, field: QLineEdit) -> None:
        flags = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint
        super().__init__(field, flags)
        self.setProperty("role", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        say(self, "setAccessibleName", _("Finds"))
        self._field = field
        self.finds = _Finds()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.finds)

    def show_finds(self, finds: Sequence[Find]) -> None:
        """Show other finds, the first one chosen."""
        self.finds.finds, self.finds.chosen = finds, 0
        size = self.finds.sizeHint()
        self.resize(max(self._field.width(), size.width()), size.height() + 2)
        self.move(self._place())
        self.finds.update()
        self.show()

    def _place(self) -> QPoint:
        below = self._field.mapToGlobal(QPoint(0, self._field.height() + 2))
        screen = self._field.screen().availableGeometry()
        if below.y() + self.height() > screen.bottom():
            return self._field.mapToGlobal(QPoint(0, -self.height() - 2))
        return below

    def step(self, by: int) -> None:
        """Choose the find above or below."""
        count = len(self.finds.finds)
        self.finds.chosen = max(0, min(count - 1, self.finds.chosen + by))
        self.finds.update()

    def chosen(self) -> Find | None:
        """The find that Enter would take."""
        finds, at = self.finds.finds, self.finds.chosen
        return finds[at] if 0 <= at < len(finds) else None


class FindsEdit(QLineEdit):
    """A field with a list of finds below, made when it is needed first.

    The list goes away with the field, and where the window moves, changes or is left.
    """

    find_clicked = Signal(int)
    """A find of the list was clicked, by its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._popup: Popup | None = None

    @property
    def popup(self) -> Popup:
        """The list below."""
        if self._popup is None:
            self._popup = Popup(self)
            self._popup.finds.clicked.connect(self.find_clicked)
            self.window().installEventFilter(self)
        return self._popup

    def has_popup(self) -> bool:
        """Whether finds are shown."""
        return self._popup is not None and self._popup.isVisible()

    def close_popup(self) -> None:
        """Hide the finds."""
        if self._popup is not None:
            self._popup.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moved = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowDeactivate)
        if event.type() in moved and watched is not self:
            self.close_popup()
        return False

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self.close_popup()


class LookupEdit(FindsEdit):
    """A field that holds a record, found by typing."""

    chosen = Signal(object)
    """A find was taken (id, key, title, …), or None when the field was emptied."""
    left_open = Signal(str)
    """The focus left a text that is no record yet."""

    def __init__(self, search: Search, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = search
        self.found: Find | None = None
        self.find_clicked.connect(self._take_at)
        self._is_waiting = False
        self._takes_next = False
        self._leaves = False
        self.textEdited.connect(self.look)
        self.setClearButtonEnabled(False)

    def set_find(self, find: Find | None) -> None:
        """Show a record without telling anybody."""
        self.found = find
        self._takes_next = False
        self.setText(str(find[2] or find[1] or "") if find else "")
        self.setCursorPosition(0)
        self.close_popup()

    def look(self, text: str) -> None:
        """Search for what was typed; only the newest answer counts."""
        self.found = None
        self._takes_next = False
        if not text.strip():
            self._is_waiting = False
            self.close_popup()
            self.chosen.emit(None)
            return
        self._ask(text)

    def _ask(self, text: str) -> None:
        self._is_waiting = True
        search = self.search
        tasks.run(lambda: search(text), self._answer, key=(id(self), "lookup"), owner=self)

    def _answer(self, finds: Sequence[Find]) -> None:
        self._is_waiting = False
        if self._takes_next and finds:
            self.take(finds[0])
        elif self.hasFocus():
            self.popup.show_finds(finds)
        self._takes_next = False

    def _take_at(self, at: int) -> None:
        self.take(self.popup.finds.finds[at])

    def take(self, find: Find) -> None:
        """Choose a find."""
        self.set_find(find)
        self.chosen.emit(find)

    def commit(self) -> bool:
        """Take the chosen find, or the first one once it arrives; False where there is none."""
        if self.found is not None or not self.text().strip():
            return True
        if self._is_waiting:
            self._takes_next = True
            return False
        find = self._popup.chosen() if self._popup else None
        if find is None:
            return False
        self.take(find)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN,
                 Qt.Key.Key_PageUp: -_SHOWN}  # fmt: skip
        if key in steps and self.has_popup():
            self.popup.step(steps[Qt.Key(key)])
        elif key == Qt.Key.Key_Down and not self.has_popup():
            self._ask(self.text() if self.found is None else "")
        elif key == Qt.Key.Key_Escape and self.has_popup():
            self.close_popup()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.commit():
                super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        if not self.commit() and not self._is_waiting:
            self.left_open.emit(self.text())
        self.close_popup()


class LinkEdit(LookupEdit):
    """A lookup over one kind of record that knows the record by its key."""

    def __init__(self, listing: Listing, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(finds_of(listing, kind), parent)
        self.kind = kind
        plural = KINDS[kind].plural
        say(self, "setPlaceholderText", _("Search {kind}"), kind=lambda: tr(plural).lower())

    @property
    def key(self) -> str:
        """The key of the record, or what was typed and is no record yet."""
        return str(self.found[1]) if self.found else self.text().strip()

    def set_key(self, key: str, title: str = "") -> None:
        """Show a record by its key and title."""
        self.set_find((0, key, title or key) if key else None)
