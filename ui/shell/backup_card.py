"""Backups in the settings: the folder, when to be reminded, the last one, and one now."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QLineEdit

from controllers.system.opening import is_shared
from models.values.records import Change
from resources.languages import marked as _
from ui.kit import errors, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import on_language, tr
from ui.shell.connection.fields import Typed
from ui.system.backing_up import back_up
from ui.widgets.parts import button, column, label, row

if TYPE_CHECKING:
    from controllers.system.backups import Backups

_MOST_DAYS = 365


class BackupCard(QFrame):
    """What is chosen here holds at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._kept: Backups | None = None
        self._usual = ""
        self.folder, self.days = QLineEdit(), QLineEdit()
        self.last = label(role="soft", wrap=True)
        self.now_button = button(_("Back up now"), self.back_up, icon="ph.hard-drives")
        self._build()
        self.folder.editingFinished.connect(self.keep)
        self.days.editingFinished.connect(self.keep)
        desk.feed.changed.connect(self._on_changes)
        on_language(self.reword)
        self.load()

    def _build(self) -> None:
        self.days.setValidator(QIntValidator(0, _MOST_DAYS, self))
        shared = is_shared(self._desk.app.database.url)
        words = (
            _("Written with PostgreSQL's own pg_dump, which must be installed here. Backups that "
              "the server makes by itself are not known here: choose 0 days then.")
            if shared
            else _("A whole, verified copy of the database. Keep it on another disk as well.")
        )  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.LARGE)
        choose = button(_("Choose folder …"), self._choose)
        low = Qt.AlignmentFlag.AlignBottom
        grid.addWidget(Typed(_("Folder of backups"), self.folder, choose), 0, 0, low)
        grid.addWidget(Typed(_("Remind after days (0: never)"), self.days), 0, 1, low)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 1)
        layout = column(label(_("Backups"), "section"), label(words, "soft", wrap=True),
                        gap=tokens.SMALL, margin=tokens.LARGE)  # fmt: skip
        layout.addLayout(grid)
        line = row(self.now_button, self.last, gap=tokens.MEDIUM)
        line.setStretch(1, 1)
        layout.addLayout(line)
        self.setLayout(layout)
        may = self._desk.may("settings.change")
        for each in (self.folder, self.days, choose, self.now_button):
            each.setEnabled(may or (not shared and each is self.now_button))

    def load(self) -> None:
        """Fetch what was chosen."""
        app = self._desk.app

        def work() -> "tuple[Backups, str]":
            from controllers.system import backups

            return app.read(backups.load), str(backups.usual_folder(app))

        tasks.run(work, lambda found: self._take(*found), key=(id(self), "backups"), owner=self)

    def _take(self, kept: "Backups", usual: str) -> None:
        self._kept, self._usual = kept, usual
        self.folder.setText(kept.folder)
        self.folder.setPlaceholderText(usual)
        self.days.setText(str(kept.days))
        self.reword()

    def reword(self) -> None:
        """Say when the last one was made."""
        kept = self._kept
        if kept is None or kept.at is None:
            self.last.setText(tr(_("No backup was made yet.")) if kept else "")
            return
        at = kept.at.astimezone()
        day = self._desk.style.day(at.date())
        self.last.setText(tr(_("The last one was verified on {day} at {time}: {path}"),
                             day=day, time=f"{at:%H:%M}", path=kept.file))  # fmt: skip

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        if any(each.concerns("backups") for each in changes):
            self.load()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr(_("Folder of backups")), self.folder.text() or str(Path.home())
        )
        if chosen:
            self.folder.setText(chosen)
            self.keep()

    def keep(self) -> None:
        """Keep what is typed, where it differs."""
        folder, typed = self.folder.text().strip(), self.days.text()
        kept = self._kept
        if kept is None or not typed or (folder, int(typed)) == (kept.folder, kept.days):
            return
        app = self._desk.app

        def work() -> "Backups":
            from controllers.system import backups

            return app.write(backups.choose, folder, int(typed))

        tasks.write(work, lambda kept: self._take(kept, self._usual), errors.show, owner=self)

    def back_up(self) -> None:
        """Write one now."""
        back_up(self._desk.app, self)
