"""Opening a shared database before there is a window: in the background, with a page for refusals.

Whoever gets in at once never sees this page.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from controllers.system.addresses import address_of
from models.values.errors import DomainError
from resources.languages import marked as _
from ui.kit import errors, icons, language, tasks, theme, tokens
from ui.kit.language import tr
from ui.kit.places import Places
from ui.kit.preferences import Preferences
from ui.shell.connection.page import ConnectionPage, enter
from ui.widgets.parts import column

if TYPE_CHECKING:
    from controllers.core.app import App

PATIENCE = 700
"""Milliseconds without an answer after which it is shown that the program connects."""


class StartDialog(QDialog):
    """The connection page alone, while there is no database to show."""

    def __init__(self, url: str, user: str, reports: str = "") -> None:
        super().__init__()
        self.setWindowTitle("Saudagar")
        self.app: App | None = None
        self.page = ConnectionPage(Places())
        self.page.opened.connect(self._take)
        self.setLayout(column(self.page, gap=0))
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)
        self._fit()
        self._url, self._user, self._reports = url, user, reports
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show_waiting)

    def _fit(self) -> None:
        width, height = tokens.WINDOW_LEAST
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(width * 3 // 4, room.width()), min(height, room.height()))

    def begin(self) -> None:
        """Open the database that was named."""
        url, user, reports = self._url, self._user, self._reports
        self._timer.start(PATIENCE)
        tasks.run(lambda: enter(url, user, reports), self._take, self._refused, owner=self)

    def _take(self, app: "App") -> None:
        self._timer.stop()
        self.app = app
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._timer.stop()
        self.page.show_place(self._url, error)
        self.show()

    def _show_waiting(self) -> None:
        self.page.show_place(self._url)
        host = ""
        try:
            host = address_of(self._url).host
        except DomainError as error:
            self.page.show_refusal(error)
        self.page.set_busy(True, tr(_("Connecting to {host} …"), host=host))
        self.show()


def open_shared(url: str, user: str, words: str | None, reports: str = "") -> "App | None":
    """The program on a shared database, or on another one that is chosen then; None where the
    person gives up.
    """
    dress(words)
    tasks.tasks().failed = errors.show
    dialog = StartDialog(url, user, reports)
    loop = QEventLoop()
    dialog.finished.connect(loop.exit)
    dialog.begin()
    loop.exec()
    if dialog.app is not None:
        tasks.tasks().stop()
    dialog.deleteLater()
    return dialog.app


def dress(words: str | None) -> None:
    """The look of who worked here last: who signs in now is not known yet."""
    program = QApplication.instance()
    chosen = Preferences.of(Places().person)
    if isinstance(program, QApplication):
        theme.install(program, chosen["theme"], int(chosen["zoom"]), chosen["density"])
    icons.load()
    language.set_language(words or chosen["language"] or language.system_language())
