"""Work in small steps, one in each turn of the event loop: what a person does comes in between."""

from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal


class Steps(QObject):
    """Takes one step after the other until none is left."""

    done = Signal()

    def __init__(self, parent: QObject, steps: Iterable[Callable[[], object]]) -> None:
        super().__init__(parent)
        self._steps = deque(steps)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._take)
        self._timer.start(0)

    def _take(self) -> None:
        step = self._steps.popleft()
        if not self._steps:
            self._timer.stop()
        try:
            step()
        finally:
            if not self._steps:
                self.done.emit()
