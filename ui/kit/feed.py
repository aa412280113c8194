"""The change bus as a Qt signal: what a commit changed, told on the GUI thread."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.values.records import Change

if TYPE_CHECKING:
    from controllers.core.app import App


class Feed(QObject):
    """Emits `changed` with the changes of each commit, whoever made it."""

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard.connect(self._tell_soon)
        self._leave = app.changes.subscribe(self._hear)

    def _hear(self, changes: Sequence[Change]) -> None:
        """Called on the thread that committed."""
        self._heard.emit(tuple(changes))

    def _tell_soon(self, changes: Sequence[Change]) -> None:
        """Called on the thread of the window, at the latest when its present work is done."""
        QTimer.singleShot(0, self, lambda: self.changed.emit(changes))

    def stop(self) -> None:
        """Hear no more."""
        self._leave()
