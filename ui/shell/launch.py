"""Makes the window on a database; heavy libraries wait until it was painted."""

import gc
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from controllers.core.app import App
from controllers.system.opening import database_url, open_app
from models.values.errors import DomainError
from ui.kit import errors, language, tasks, theme
from ui.kit.desk import Desk
from ui.kit.drafts import Drafts
from ui.kit.feed import Feed
from ui.kit.preferences import Preferences
from ui.shell.main_window import MainWindow


def open_window(
    database: Path | str | App | None = None,
    user: str = "",
    words: str | None = None,
    on_painted: Callable[[], object] | None = None,
) -> int:
    """Show the window until it is closed; answers the exit status."""
    program = _program()
    try:
        app = database if isinstance(database, App) else _open(database, user)
    except DomainError as error:
        return _refuse(error, words or "en")
    window = make_window(app, Preferences.of(app.user), words)
    if on_painted:
        window.painted.connect(on_painted)
    show(window)
    status = program.exec()
    close(window)
    if not isinstance(database, App):
        app.close()
    return status


def _program() -> QApplication:
    found = QApplication.instance()
    program = (
        found if isinstance(found, QApplication) else QApplication([*sys.argv[:1], *theme.FUSION])
    )
    program.setApplicationName("Saudagar")
    program.setDesktopFileName("saudagar")
    return program


def _open(place: Path | str | None, user: str) -> App:
    return open_app(place if isinstance(place, Path) else database_url(place), user, create=True)


def _refuse(error: DomainError, words: str) -> int:
    from PySide6.QtWidgets import QMessageBox

    message = QMessageBox(QMessageBox.Icon.Warning, "Saudagar", error.text(words))
    message.exec()
    return 1


def make_window(app: App, preferences: Preferences, words: str | None = None) -> MainWindow:
    """The main window with its first page filled, ready to be shown."""
    program = _program()
    theme.install(program, preferences["theme"], int(preferences["zoom"]), preferences["density"])
    chosen = words or preferences["language"] or _system_language()
    preferences.set("language", chosen)
    language.set_language(chosen)
    drafts = Drafts(preferences.folder / "drafts" / app.database.short_name)
    desk = Desk(app, preferences, Feed(app), drafts)
    tasks.tasks().failed = errors.show
    window = MainWindow(desk)
    window.leave_errors = errors.install(preferences.folder / "saudagar.log")
    window.show_place(_first_place(preferences), now=True)
    window.completed.connect(lambda: _after_paint(window))
    return window


def _first_place(preferences: Preferences) -> str:
    from ui.shell.entries import ENTRIES

    kept = preferences["place"]
    return kept if kept in {entry.name for entry in ENTRIES} else "today"


def _system_language() -> str:
    from PySide6.QtCore import QLocale

    name = QLocale.system().name()[:2]
    return name if name in ("id", "ms") else "en"


def show(window: MainWindow) -> None:
    """Show the window as large as it was."""
    if window.start_maximised:
        window.showMaximized()
    else:
        window.show()


def _after_paint(window: MainWindow) -> None:
    """Load in the background what the first steps will need, and what was left open."""
    from ui.shell import resume

    gc.enable()
    gc.freeze()
    tasks.run(_preload, lambda _nothing: resume.resume(window), owner=window)


def _preload() -> None:
    from controllers.core import bulk, records
    from controllers.system import settings, views

    del bulk, records, settings, views


def close(window: MainWindow) -> None:
    """End what runs beside the window."""
    window.desk.feed.stop()
    tasks.tasks().stop()
    window.leave_errors()
