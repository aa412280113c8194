"""The newest job in the status bar, with its progress and a way to cancel it."""

from PySide6.QtWidgets import QProgressBar, QWidget

from resources.languages import marked as _
from ui.kit import tasks, tokens
from ui.kit.language import name
from ui.widgets.parts import icon_button, label, row


class RunningJob(QWidget):
    """Shows itself while something runs."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(tokens.LOGO)
        name(self._bar, _("Progress"))
        self._task: tasks.Task | None = None
        cancel = icon_button("ph.x", _("Cancel"), self._cancel)
        self.setLayout(row(self._title, self._bar, cancel, gap=tokens.SMALL))
        self.hide()

    def show_jobs(self, jobs: list[tasks.Task]) -> None:
        """Show the newest of the running jobs."""
        running = [each for each in jobs if not each.is_cancelled]
        self._task = running[-1] if running else None
        if self._task is not None:
            self._title.setText(self._task.title)
            self._bar.setRange(0, self._task.total)
            self._bar.setValue(self._task.done)
        self.setVisible(self._task is not None)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.hide()
