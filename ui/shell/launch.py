"""Makes the window on a database; heavy libraries wait until it was painted."""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from controllers.core.app import App
from controllers.system.opening import VARIABLE, database_url, is_shared, open_app, reports_url
from models.values.errors import DomainError, OutageError
from ui.kit import errors, language, tasks, theme
from ui.kit.desk import Desk
from ui.kit.drafts import Drafts
from ui.kit.feed import Feed
from ui.kit.places import Places
from ui.kit.preferences import Preferences
from ui.shell.main_window import MainWindow


def open_window(
    database: Path | str | App | None = None,
    user: str = "",
    words: str | None = None,
    on_painted: Callable[[], object] | None = None,
    reports: str = "",
) -> int:
    """Show the window until it is closed; answers the exit status."""
    _program()
    given = database if isinstance(database, App) else None
    app = given or _first(database_url(_named(database)), user, words, reports)
    while app is not None:
        status, following = _work(app, words, on_painted)
        if app is not given:
            app.close()
        if following is None:
            return status
        app, on_painted = following, None
    return 1


def _program() -> QApplication:
    found = QApplication.instance()
    program = (
        found if isinstance(found, QApplication) else QApplication([*sys.argv[:1], *theme.FUSION])
    )
    program.setApplicationName("Saudagar")
    program.setDesktopFileName("saudagar")
    program.setQuitOnLastWindowClosed(False)
    return program


def _named(place: Path | str | App | None) -> str | None:
    """The database that is named here, or else by the environment, or else the last shared one."""
    return str(place or os.environ.get(VARIABLE) or Places().current) or None


def _first(place: str, user: str, words: str | None, reports: str = "") -> App | None:
    """The program on a database; None where it cannot be opened, which was said then."""
    if is_shared(place):
        from ui.shell.connection.starting import open_shared

        return open_shared(place, user, words, reports_url(reports) or Places().reports_of(place))
    try:
        return open_app(place, user, create=True, reports=reports)
    except DomainError as error:
        if error.field == "pin":
            from ui.shell.pin_dialog import unlocked

            return unlocked(place, user, words)
        _refuse(error.text(words or "en"))
        return None


def _refuse(sentence: str) -> None:
    from PySide6.QtWidgets import QMessageBox

    QMessageBox(QMessageBox.Icon.Warning, "Saudagar", sentence).exec()


def _work(
    app: App, words: str | None, on_painted: Callable[[], object] | None
) -> tuple[int, App | None]:
    """Show the window on a database until it is left; answers with what to go on."""
    preferences = Preferences.of(app.user)
    if preferences.is_new:
        preferences.look_like(Preferences.of(Places().person))
    try:
        window = make_window(app, preferences, words)
    except OutageError as error:
        _refuse(errors.text_of(error))
        return 1, None
    if on_painted:
        window.painted.connect(on_painted)
    window.left.connect(_program().exit)
    show(window)
    status = _program().exec()
    close(window)
    window.deleteLater()
    return status, window.successor


def make_window(app: App, preferences: Preferences, words: str | None = None) -> MainWindow:
    """The main window with its first page filled, ready to be shown."""
    program = _program()
    theme.install(program, preferences["theme"], int(preferences["zoom"]), preferences["density"])
    chosen = words or preferences["language"] or language.system_language()
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
    if is_shared(window.desk.app.database.url):
        _share(window)
    tasks.run(_preload, lambda _nothing: resume.resume(window), owner=window)


def _share(window: MainWindow) -> None:
    """Hear what others do and whether the server is there, and tell who has what open."""
    from ui.system.presence import PresenceLine

    line = PresenceLine(window.desk.app, window.workspace)
    window.left.connect(line.leave)
    window.desk.app.listen(lambda reached: errors.troubles.outage.emit(not reached))


def _preload() -> None:
    from controllers.core import bulk, records
    from controllers.system import settings, views

    del bulk, records, settings, views


def close(window: MainWindow) -> None:
    """End what runs beside the window; a write that waits for the database gives up."""
    window.desk.feed.stop()
    window.desk.app.is_patient = False
    tasks.tasks().stop()
    window.leave_errors()
