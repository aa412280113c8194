"""A quiet word in the status bar when nothing was backed up for too long."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QPushButton

from models.values.records import Change
from resources.languages import marked as _
from ui.kit import actions, icons, tasks
from ui.kit.desk import Desk
from ui.kit.language import on_language, tr
from ui.system.backing_up import back_up

if TYPE_CHECKING:
    from controllers.system.backups import Reminder

_EVERY_MINUTES = 30

PREFERENCE = "backup_later"
"""The day on which a person wants to hear no more of it, with the database's name."""


class BackupBadge(QPushButton):
    """Hidden while nothing is due; pressing it offers to do it, or to be quiet for today."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "flat")
        self.setIcon(icons.icon("ph.hard-drives", "warn"))
        self._desk = desk
        self._due: Reminder | None = None
        self.hide()
        self.clicked.connect(lambda _checked=False: self.offer())
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MINUTES * 60_000)
        self._timer.timeout.connect(self.load)
        self._timer.start()
        desk.feed.changed.connect(self._on_changes)
        on_language(self.reword)
        self.load()

    def load(self) -> None:
        """Ask anew."""
        app = self._desk.app

        def work() -> "Reminder | None":
            from controllers.system import backups

            return app.read(backups.reminder)

        tasks.run(work, self._take, key=(id(self), "badge"), owner=self)

    def _take(self, due: "Reminder | None") -> None:
        self._due = due
        self.reword()
        self.setVisible(due is not None and not self._is_quiet())

    def _today(self) -> list[str]:
        return [self._desk.app.database.name, self._desk.app.clock().date().isoformat()]

    def _is_quiet(self) -> bool:
        return bool(self._desk.preferences[PREFERENCE] == self._today())

    def reword(self) -> None:
        """Say for how long nothing was saved."""
        due = self._due
        words = ""
        if due is not None:
            number = self._desk.style.number(due.days)
            text = _("Backup: {days} days ago") if due.last else _("No backup yet")
            words = tr(text, days=number) if due.last else tr(text)
        self.setText(words)
        self.setAccessibleName(words)

    def _on_changes(self, changes: tuple[Change, ...]) -> None:
        if any(each.concerns("backups") for each in changes):
            self.load()

    def menu_of(self) -> QMenu:
        """What can be done about it."""
        menu = QMenu(self)
        for words, slot in (
            (_("Back up now"), self.back_up),
            (_("Not today"), self.be_quiet),
            (_("Choose folder and days …"), lambda: self._desk.open_list("settings")),
        ):
            menu.addAction(tr(words)).triggered.connect(lambda _checked=False, do=slot: do())
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def offer(self) -> None:
        """Show the menu above the badge."""
        menu = self.menu_of()
        at = self.mapToGlobal(self.rect().topLeft())
        menu.popup(at.__class__(at.x(), at.y() - menu.sizeHint().height()))

    def back_up(self) -> None:
        """Write a backup now."""
        back_up(self._desk.app, self)

    def be_quiet(self) -> None:
        """Say nothing more until tomorrow."""
        self._desk.preferences.set(PREFERENCE, self._today())
        self.hide()


def add_command(badge: BackupBadge) -> None:
    """The command of the palette."""
    actions.add(badge.window(), "backup.now", _("Back up now"), badge.back_up,
                icon="ph.hard-drives")  # fmt: skip
