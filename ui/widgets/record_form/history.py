"""Undo and redo over all fields of a form: a stack of what stood in it."""

import time

from ui.widgets.record_form.editors import Raw

State = dict[str, Raw]

_TOGETHER = 1.0
"""Typing into one field within so many seconds is one step."""


class History:
    """The states of a form, the present one last."""

    def __init__(self, state: State) -> None:
        self._past: list[State] = []
        self._future: list[State] = []
        self.now = dict(state)
        self._field = ""
        self._at = 0.0

    def note(self, field: str, state: State) -> None:
        """A person changed a field."""
        if state == self.now:
            return
        at = time.monotonic()
        if field != self._field or at - self._at > _TOGETHER:
            self._past.append(self.now)
        self._field, self._at = field, at
        self._future.clear()
        self.now = dict(state)

    def undo(self) -> State | None:
        """The state before, or None at the beginning."""
        return self._step(self._past, self._future)

    def redo(self) -> State | None:
        """The state undone last, or None."""
        return self._step(self._future, self._past)

    def _step(self, source: list[State], target: list[State]) -> State | None:
        if not source:
            return None
        target.append(self.now)
        self.now = source.pop()
        self._field = ""
        return self.now
