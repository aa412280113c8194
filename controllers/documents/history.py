"""Undo and redo over immutable drafts: the step before is simply the draft before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from models.values.documents import Draft

_DEEPEST = 500


@dataclass(frozen=True, slots=True)
class Step:
    """A draft and the label of what led to it."""

    draft: Draft
    label: str = ""


class History:
    """A row of drafts with a place in it."""

    def __init__(self, draft: Draft) -> None:
        self._steps = [Step(draft)]
        self._at = 0
        self._together = ""
        self._is_begun = False

    @property
    def draft(self) -> Draft:
        """The draft of now."""
        return self._steps[self._at].draft

    @property
    def undo_label(self) -> str:
        """What undo would take back, "" where there is nothing."""
        return self._steps[self._at].label if self._at else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again, "" where there is nothing."""
        more = self._at + 1 < len(self._steps)
        return self._steps[self._at + 1].label if more else ""

    def push(self, draft: Draft, label: str) -> None:
        """A new step; what was undone before is forgotten."""
        if self._together and self._is_begun:
            self.replace(draft)
            return
        self._is_begun = True
        label = self._together or label
        del self._steps[self._at + 1 :]
        self._steps.append(Step(draft, label))
        del self._steps[:-_DEEPEST]
        self._at = len(self._steps) - 1

    @contextmanager
    def in_one_step(self, label: str) -> Iterator[None]:
        """Everything pushed within is one step with this label."""
        self._together, self._is_begun = label, False
        try:
            yield
        finally:
            self._together = ""

    def replace(self, draft: Draft) -> None:
        """Another draft in the place of now, without a step."""
        self._steps[self._at] = Step(draft, self._steps[self._at].label)

    def undo(self) -> bool:
        """Back by one step; False where there is none."""
        if not self._at:
            return False
        self._at -= 1
        return True

    def redo(self) -> bool:
        """Forward by one step; False where there is none."""
        if self._at + 1 >= len(self._steps):
            return False
        self._at += 1
        return True
