"""The main window: rail, top bar, workspace and status bar, and the way between them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from controllers.core.catalogue import KINDS
from models.values.permissions import change
from models.values.records import ListQuery
from resources.languages import marked as _
from ui.catalogue import TITLES
from ui.kit import errors, icons, tasks, theme, tokens
from ui.kit.desk import Desk
from ui.kit.language import tr, when_language_changes
from ui.kit.page import RecordPage
from ui.shell import pages
from ui.shell.entries import BESIDE, ENTRIES
from ui.shell.rail import Rail
from ui.shell.status import Status
from ui.shell.top_bar import TopBar
from ui.shell.workspace import Workspace
from ui.widgets.parts import clear, column, row
from ui.widgets.record_list.page import ListPage

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from controllers.core.app import App

_TITLES = TITLES | {e.name: e.label for e in (*ENTRIES, *BESIDE)} | {"first_run": _("Welcome")}


class MainWindow(QMainWindow):
    """One window on one database."""

    painted = Signal()
    """The window was painted for the first time."""
    completed = Signal()
    """Everything is there that the first paint did without."""
    left = Signal()
    """The window is closed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.place = ""
        self._is_painted = False
        self._is_away = False
        self._gives_up = False
        self.successor: App | None = None
        """The program on another database, to go on with once this window is closed."""
        self.start_maximised = False
        self.leave_errors: Callable[[], None] = lambda: None
        desk.open_record = self.open_record
        desk.new_record = self.new_record
        desk.open_list = self.open_list
        desk.open_history = self.open_history
        self.setWindowTitle("Saudagar")
        self.setMinimumSize(*tokens.WINDOW_LEAST)
        middle = QWidget(self)
        self.rail = Rail(middle, narrow=bool(desk.preferences["rail_narrow"]))
        self.top = TopBar(desk, middle)
        self.workspace = Workspace(middle)
        self.status = Status(desk, self)
        self._build(middle)
        self._connect()

    def _build(self, middle: QWidget) -> None:
        """Lay the parts out. Each was made inside its parent: Qt dresses a widget, and all that
        is in it, once more whenever it is put into another one."""
        right = column(self.top, gap=0)
        self._notices = QVBoxLayout()
        self._notices.setContentsMargins(0, 0, 0, 0)
        right.addLayout(self._notices)
        right.addWidget(self.workspace, 1)
        layout = row(self.rail, gap=0)
        layout.addLayout(right, 1)
        middle.setLayout(layout)
        self.setCentralWidget(middle)
        self.setStatusBar(self.status)
        self._restore_geometry()

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_place)
        self.top.searched.connect(self.open_palette)
        self.workspace.shown.connect(self._on_shown)
        self.workspace.dirty_changed.connect(self.status.set_dirty)
        self.status.zoomed.connect(self.set_zoom)
        self.status.drafts_asked.connect(self._show_first_dirty)
        errors.troubles.bug.connect(self._show_bug)
        errors.troubles.outage.connect(self._show_outage)
        when_language_changes(self._reword)

    # Going around

    def show_place(self, wanted: str, *, now: bool = False) -> QWidget:
        """Show the workspace of an entry of the rail, or the list of a kind."""
        page = self.workspace.home(wanted)
        if page is None:
            page = self._make_home(wanted)
            self.workspace.add_home(wanted, page)
            if isinstance(page, ListPage):
                page.start(now=now)
        self.place = wanted
        self.rail.mark(wanted)
        self.workspace.show_home(wanted, self._title_of(wanted))
        self.desk.preferences.set("place", wanted)
        if isinstance(page, ListPage):
            page.freshen()
        if self._is_painted:
            page.setFocus()
            self._focus(page)
        return page

    @staticmethod
    def _focus(page: QWidget) -> None:
        if isinstance(page, ListPage):
            page.table.setFocus()

    @staticmethod
    def _title_of(wanted: str) -> str:
        return tr(_TITLES[wanted] if wanted in _TITLES else KINDS[wanted].plural)

    def _make_home(self, wanted: str) -> QWidget:
        if wanted in KINDS:
            page = ListPage(
                self.desk, wanted, self.workspace.stack, can_make=KINDS[wanted].editable
            )
            page.told.connect(lambda text: self._on_told(page, text))
            self.desk.neighbours[wanted] = page.neighbour
            return page
        home = pages.home(wanted, self.desk)
        if isinstance(opened := getattr(home, "opened", None), SignalInstance):
            opened.connect(self.go_over)
        return home

    def _on_told(self, page: QWidget, text: str) -> None:
        if self.workspace.current() is page:
            self.status.set_summary(text)

    def _on_shown(self, page: QWidget) -> None:
        self.status.set_summary(page.status if isinstance(page, ListPage) else "")
        title = page.title if isinstance(page, RecordPage) else self._title_of(self.place)
        self.setWindowTitle(f"{title} – Saudagar")

    def open_list(self, kind: str, query: ListQuery | None = None) -> None:
        """Show the list of a kind, narrowed by a query."""
        page = self.show_place(kind)
        if isinstance(page, ListPage) and query is not None:
            columns = page.model.query.columns
            page.show_query(ListQuery(kind, columns, query.search, query.filters, query.sort))

    def open_record(self, kind: str, record: int | str) -> None:
        """Show a record, named by its id or key, in its tab."""
        if isinstance(record, str):
            self._open_by_key(kind, record)
            return
        page = self.workspace.page_of(kind, record)
        if page is not None:
            self.workspace.show_page(page)
        else:
            self._open(pages.page_for(self.desk, kind, record))

    def _open_by_key(self, kind: str, key: str) -> None:
        app = self.desk.app

        def work() -> int:
            from controllers.core import records

            return app.read(records.show, kind, key).id or 0

        tasks.run(work, lambda record_id: self.open_record(kind, record_id), owner=self)

    def new_record(self, kind: str, values: dict[str, Any] | None = None) -> None:
        """Show an empty form, if the person may write such a record."""
        if not self.desk.may(change(kind)):
            errors.say_missing(change(kind))
        elif pages.can_make(kind):
            self._open(pages.page_for(self.desk, kind, None, values))

    def _open(self, page: RecordPage) -> None:
        self.workspace.open(page, KINDS[page.kind].icon)

    def open_history(self, kind: str, record_id: int, title: str) -> None:
        """Show who changed a record, in a tab beside its own."""
        from ui.system.record_history.page import ICON, HistoryPage

        page = self.workspace.page_of(f"history {kind}", record_id)
        if page is not None:
            self.workspace.show_page(page)
        else:
            self.workspace.open(HistoryPage(self.desk, kind, record_id, title), ICON)

    def new_here(self) -> None:
        """A new record of the kind that is shown."""
        page = self.workspace.current()
        kind = page.kind if isinstance(page, RecordPage) else self.place
        if kind in KINDS:
            self.new_record(kind)

    def open_palette(self) -> None:
        """Find anything or run any command."""
        from ui.shell.palette import Palette

        if not hasattr(self, "_palette"):
            self._palette = Palette(self.desk, self)
        self._palette.open()

    def open_keys(self) -> None:
        """Show every key."""
        from ui.shell.shortcuts import KeySheet

        KeySheet(self).open()

    def _show_first_dirty(self) -> None:
        dirty = next((each for each in self.workspace.record_pages if each.is_dirty), None)
        if dirty is not None:
            self.workspace.show_page(dirty)

    # Look

    def toggle_rail(self) -> None:
        """Narrow or widen the rail."""
        self.rail.set_narrow(not self.rail.is_narrow)
        self.desk.preferences.set("rail_narrow", self.rail.is_narrow)

    def set_zoom(self, percent: int) -> None:
        """Make every text larger or smaller."""
        theme.set_zoom(percent)
        self.desk.preferences.set("zoom", theme.zoom())

    def step_zoom(self, by: int) -> None:
        """The next larger or smaller size."""
        steps = tokens.ZOOMS
        near = min(range(len(steps)), key=lambda at: abs(steps[at] - theme.zoom()))
        self.set_zoom(steps[max(0, min(len(steps) - 1, near + by))])

    def switch_theme(self) -> None:
        """Turn from light to dark or back."""
        mode = "light" if theme.tokens().dark else "dark"
        theme.set_mode(mode)
        self.desk.preferences.set("theme", mode)

    def _reword(self, _language: str) -> None:
        if self.place:
            self.workspace.retitle_home(self._title_of(self.place))
        current = self.workspace.current()
        if current is not None:
            self._on_shown(current)

    # Trouble

    def _show_bug(self, text: str) -> None:
        from ui.shell.trouble import BugReport

        BugReport(self, text).open()

    def _show_outage(self, out: bool) -> None:
        if out == self._is_away:
            return
        self._is_away = out
        self.status.set_reached(not out)
        if out:
            from ui.shell.trouble import OutageBanner

            self._notices.addWidget(OutageBanner(self.desk))
        else:
            clear(self._notices)
            tasks.tasks().repeat()

    # Opening and closing

    def _restore_geometry(self) -> None:
        kept = self.desk.preferences["geometry"]
        wanted = QRect(*kept) if len(kept) == 4 else QRect()
        screens = [each.availableGeometry() for each in QGuiApplication.screens()]
        if wanted.isValid() and any(each.intersects(wanted) for each in screens):
            self.setGeometry(wanted)
        else:
            room = screens[0].size() if screens else wanted.size()
            width, height = tokens.WINDOW
            self.resize(min(width, room.width()), min(height, room.height()))
        self.start_maximised = bool(self.desk.preferences["maximised"])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self._after_first_paint)

    def _after_first_paint(self) -> None:
        """What nobody misses in the first moment comes now, a little at a time.

        What asks the database comes last: its libraries load beside and slow what comes after.
        """
        self.painted.emit()
        from ui.kit.steps import Steps

        steps = (
            self._load_keys, icons.load, self._draw_icons, self._add_keys, self._show_panel,
            self._watch_outbox, self._settle,
        )  # fmt: skip
        Steps(self, steps).done.connect(self.completed)

    @staticmethod
    def _load_keys() -> None:
        from ui.shell import commands

        del commands

    def _add_keys(self) -> None:
        from ui.shell import commands

        commands.add_to(self)

    def _draw_icons(self) -> None:
        theme.refresh()
        for each in self.findChildren(QWidget):
            each.update()

    def _show_panel(self) -> None:
        current = self.workspace.current()
        if isinstance(current, ListPage):
            self._focus(current)
            current.add_panel()

    def _settle(self) -> None:
        current = self.workspace.current()
        if isinstance(current, ListPage):
            current.settle()

    def _watch_outbox(self) -> None:
        from ui.kit import toasts
        from ui.system.backup_badge import BackupBadge, add_command
        from ui.system.outbox_badge import OutboxBadge
        from ui.system.timed_work import TimedWork

        self.status.addWidget(OutboxBadge(self.desk, lambda: self.show_place("outbox")))
        self.status.addWidget(badge := BackupBadge(self.desk))
        add_command(badge)
        TimedWork(self.desk, lambda: self.show_place("outbox"), self)
        self.windowHandle().windowStateChanged.connect(self._keep_state)
        toasts.host(self)

    def closeEvent(self, event: "QCloseEvent") -> None:
        if self._is_away and tasks.tasks().unsaved() and not self._gives_up:
            event.ignore()
            self._ask_to_give_up()
            return
        self._keep_everything()
        super().closeEvent(event)
        self.left.emit()

    def _ask_to_give_up(self) -> None:
        """What waits for the database would be lost: that is said before the window closes."""
        from ui.shell.trouble import waiting_question

        waiting_question(self, self._give_up, self._stay).open()

    def _give_up(self) -> None:
        self._gives_up = True
        tasks.tasks().abandon_writes()
        self.close()

    def _stay(self) -> None:
        if self.successor is not None:
            self.successor.close()
            self.successor = None

    def _keep_everything(self) -> None:
        area = self.normalGeometry()
        choose = self.desk.preferences.set
        choose("geometry", [area.x(), area.y(), area.width(), area.height()])
        choose("maximised", self.isMaximized())
        open_records = [
            [p.kind, p.record_id]
            for p in self.workspace.record_pages
            if p.record_id and p.kind in KINDS
        ]
        choose("tabs", open_records)
        self.desk.preferences.save()
        for page in self.workspace.record_pages:
            keep = getattr(page, "keep_draft", None)
            if keep:
                keep()

    def _keep_state(self) -> None:
        self.desk.preferences.set("maximised", self.isMaximized())

    def quit(self) -> None:
        """Close the program; typing that is not saved stands in drafts."""
        self.close()

    def go_over(self, app: "App") -> None:
        """Go on with another database in a window of its own, in the place of this one."""
        self.successor = app
        self.close()
