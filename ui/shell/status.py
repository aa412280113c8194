"""The status bar: database and person, unsaved drafts, running jobs, count and sums, zoom."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from resources.languages import marked as _
from ui.kit import tasks, theme, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, on_language, tr
from ui.widgets.parts import button, icon_button, label, row, set_property


class Status(QStatusBar):
    """Along the bottom of the window."""

    zoomed = Signal(int)
    drafts_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._dirty = 0
        self._reached = True
        self.setSizeGripEnabled(False)
        self._dot = QLabel("●")
        self._database = label()
        self._drafts = button("", self.drafts_asked.emit, role="flat")
        self._drafts.hide()
        self._job = _Job()
        self._summary = label()
        self._zoom = button("", self._open_zoom, role="flat")
        holder = QWidget()
        holder.setLayout(row(self._dot, self._database, gap=tokens.TINY))
        holder.layout().setContentsMargins(tokens.MEDIUM, 0, 0, 0)  # type: ignore[union-attr]
        for each in (holder, self._drafts, self._job):
            self.addWidget(each)
        self.addPermanentWidget(self._summary)
        self.addPermanentWidget(self._zoom)
        tasks.tasks().jobs_changed.connect(self._show_job)
        theme.on_theme(self.dress)
        on_language(self.reword)
        self.dress()
        self._show_job()

    def dress(self) -> None:
        """Take over the theme."""
        set_property(self._dot, "tone", "good" if self._reached else "bad")
        self._zoom.setText(f"{theme.zoom()} %")

    def reword(self) -> None:
        """Word everything anew."""
        path = self._desk.app.database.path
        where = path.name if self._reached else tr(_("{name} cannot be reached"), name=path.name)
        self._database.setText(f"{where} · {self._desk.app.user}")
        self._database.setToolTip(str(path))
        self._dot.setAccessibleName(tr(_("Connected") if self._reached else _("Not connected")))
        name(self._zoom, _("Zoom"))
        self.set_dirty(self._dirty)

    def set_reached(self, reached: bool) -> None:
        """Show whether the database answers."""
        self._reached = reached
        self.dress()
        self.reword()

    def set_dirty(self, count: int) -> None:
        """Show how many records have unsaved typing."""
        self._dirty = count
        text = tr(_("{count} unsaved"), count=count)
        self._drafts.setText(text)
        self._drafts.setAccessibleName(text)
        self._drafts.setVisible(count > 0)

    def set_summary(self, text: str) -> None:
        """Count and sums of the list shown."""
        self._summary.setText(text)

    def _show_job(self) -> None:
        self._job.show_jobs(tasks.tasks().jobs)

    def _open_zoom(self) -> None:
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        for each in tokens.ZOOMS:
            action = menu.addAction(f"{each} %")
            action.setCheckable(True)
            action.setChecked(each == theme.zoom())
            action.triggered.connect(lambda _checked=False, to=each: self.zoomed.emit(to))
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self._zoom.rect().topRight()
        at = self._zoom.mapToGlobal(corner)
        size = menu.sizeHint()
        menu.popup(at.__class__(at.x() - size.width(), at.y() - size.height()))


class _Job(QWidget):
    """The newest job with its progress and a way to cancel it."""

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
