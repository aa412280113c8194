"""A page of the workspace that shows one record: its title, whether it is dirty, how it closes."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class RecordPage(QWidget):
    """The base of forms and editors. `record_id` is None until a new record was saved."""

    titled = Signal()
    """The title, the id or the dirty mark changed."""
    closed = Signal()
    """The page asks to be closed."""

    def __init__(self, kind: str, record_id: int | None = None) -> None:
        super().__init__()
        self.kind = kind
        self.record_id = record_id

    @property
    def title(self) -> str:
        """What stands on the tab."""
        return self.kind

    @property
    def is_dirty(self) -> bool:
        """Whether something typed is not saved yet."""
        return False

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save what was typed, then go on; problems stay at their fields."""
        if then:
            then()

    def give_up(self) -> None:
        """Forget what was typed; called before the page closes without saving."""

    def start_work(self) -> None:
        """Put the focus where work begins; called when the page is shown first."""
        self.setFocus()
