"""The change bus: tells every listener what a commit changed."""

import threading
from collections.abc import Callable, Sequence

from models.values.records import Change

Listener = Callable[[Sequence[Change]], None]


class ChangeBus:
    """Listeners are called on the thread that committed; a window hands over to its own."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every commit; answers the function that ends it."""
        with self._lock:
            self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def announce(self, changes: Sequence[Change]) -> None:
        """Tell every listener."""
        for listener in tuple(self._listeners):
            listener(changes)
