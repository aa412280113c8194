"""The status bar: database and person, unsaved drafts, running jobs, count and sums, zoom."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from resources.languages import marked as _
from ui.kit import tasks, theme, tokens
from ui.kit.desk import Desk
from ui.kit.language import name, on_language, tr
from ui.widgets.parts import button, label, row, set_property

if TYPE_CHECKING:
    from ui.shell.running_job import RunningJob

_JOB_AT = 2
"""Where the running job stands: after the database and what is not saved."""


class Status(QStatusBar):
    """Along the bottom of the window."""

    zoomed = Signal(int)
    drafts_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._dirty = 0
        self._reached = True
        self.setSizeGripEnabled(False)
        self._dot = QLabel("●")
        self._dot.setProperty("tone", "good")
        self._database = label()
        self._drafts = button("", self.drafts_asked.emit, role="flat")
        self._drafts.hide()
        self._job: RunningJob | None = None
        self._summary = label()
        self._zoom = button("", self._open_zoom, role="flat")
        holder = QWidget()
        holder.setLayout(row(self._dot, self._database, gap=tokens.TINY))
        holder.setMinimumHeight(tokens.STATUS)
        holder.layout().setContentsMargins(tokens.MEDIUM, 0, 0, 0)  # type: ignore[union-attr]
        self.addWidget(holder)
        self.addWidget(self._drafts)
        self.addPermanentWidget(self._summary)
        self.addPermanentWidget(self._zoom)
        tasks.tasks().jobs_changed.connect(self._show_job)
        theme.on_theme(self.dress)
        on_language(self.reword)
        self.dress()

    def dress(self) -> None:
        """Take over the theme."""
        set_property(self._dot, "tone", "good" if self._reached else "bad")
        self._zoom.setText(f"{theme.zoom()} %")

    def reword(self) -> None:
        """Word everything anew."""
        database = self._desk.app.database
        short = database.short_name
        where = short if self._reached else tr(_("{name} cannot be reached"), name=short)
        self._database.setText(f"{where} · {self._desk.app.user}")
        self._database.setToolTip(database.name)
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
        if self._job is None:
            from ui.shell.running_job import RunningJob

            self._job = RunningJob()
            self.insertWidget(_JOB_AT, self._job)
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
