"""A quiet word in the status bar while mails wait for a person's word."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from models.values.records import Change
from resources.languages import marked as _
from ui.kit import icons, tasks
from ui.kit.desk import Desk
from ui.kit.language import on_language, tr


class OutboxBadge(QPushButton):
    """Hidden while nothing is to be decided; pressing it opens the outbox."""

    def __init__(self, desk: Desk, show_outbox: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "flat")
        self.setIcon(icons.icon("ph.envelope-simple", "warn"))
        self._desk, self._count = desk, 0
        self.hide()
        self.clicked.connect(lambda _checked=False: show_outbox())
        desk.feed.changed.connect(self._on_changes)
        on_language(self.reword)
        self.load()

    def load(self) -> None:
        """Count anew."""
        app = self._desk.app

        def work() -> int:
            from controllers.documents import outbox

            return app.read(outbox.undecided)

        tasks.run(work, self._take, key=(id(self), "badge"), owner=self)

    def _take(self, count: int) -> None:
        self._count = count
        self.reword()
        self.setVisible(count > 0)

    def reword(self) -> None:
        """Say how many mails wait."""
        words = tr(_("{count} mails to decide"), count=self._desk.style.number(self._count))
        self.setText(words)
        self.setAccessibleName(words)

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        if any(each.concerns("outbox") for each in changes):
            self.load()
