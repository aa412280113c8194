"""A short word after success, with Undo, that leaves by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from shiboken6 import isValid

from resources.languages import marked as _
from ui.kit import tokens
from ui.kit.language import tr

SECONDS = 6


class Toast(QFrame):
    """Floats over the bottom of its host."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setProperty("role", "toast")
        self._undo: Callable[[], object] | None = None
        self._label = QLabel()
        self._label.setWordWrap(False)
        self._button = QPushButton()
        self._button.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.SMALL, tokens.SMALL)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def show_text(
        self, text: str, undo: Callable[[], object] | None, words: str = _("Undo")
    ) -> None:
        """Show a text for some seconds; `words` stand on the button of what can follow."""
        self._label.setText(text)
        self._button.setText(tr(words))
        self._button.setAccessibleName(tr(words))
        self._undo = undo
        self._button.setVisible(undo is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SECONDS * 1000)

    def undo(self) -> None:
        """Take back what was just done."""
        self.hide()
        if self._undo:
            self._undo()

    def _place(self) -> None:
        host = self._host
        self.adjustSize()
        self.setMinimumHeight(self._button.sizeHint().height() + tokens.LARGE)
        self.adjustSize()
        corner = QPoint((host.width() - self.width()) // 2, host.height() - self.height())
        self.move(corner - QPoint(0, tokens.HUGE + tokens.LARGE))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def mousePressEvent(self, event: object) -> None:
        self.hide()


_hosts: list[Toast] = []


def host(window: QWidget) -> Toast:
    """Let toasts appear in this window."""
    toast = Toast(window)
    toast.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    _hosts[:] = [toast]
    return toast


def toast(text: str, undo: Callable[[], object] | None = None, words: str = _("Undo")) -> None:
    """Say that something is done; `undo` takes it back, or does what other `words` say."""
    if _hosts and isValid(_hosts[-1]):
        _hosts[-1].show_text(text, undo, words)
