"""A quiet line above a record that somebody else has open too."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from controllers.system.presence import BEAT, Presence
from resources.languages import marked as _
from ui.kit import tasks, tokens
from ui.kit.language import on_language, tr
from ui.kit.page import RecordPage
from ui.widgets.parts import icon_label, label, row

if TYPE_CHECKING:
    from controllers.core.app import App
    from ui.shell.workspace import Workspace


class PresenceLine(QFrame):
    """Stands between the tabs and the page; hidden while nobody else is there."""

    heard = Signal(str)

    def __init__(self, app: "App", workspace: "Workspace") -> None:
        super().__init__(workspace)
        self.setProperty("role", "bar")
        self._app, self._workspace = app, workspace
        self._words = label()
        line = row(icon_label("ph.users", "info"), self._words, 1)
        line.setContentsMargins(tokens.LARGE, tokens.TINY, tokens.LARGE, tokens.TINY)
        self.setLayout(line)
        self.hide()
        workspace.layout().insertWidget(1, self)  # type: ignore[union-attr]
        self._presence = Presence(app.origin, app.user, self._call_out)
        self._timer = QTimer(self)
        self._timer.setInterval(int(BEAT * 1000))
        self._timer.timeout.connect(self.beat)
        self._timer.start()
        self.heard.connect(self._hear)
        workspace.shown.connect(self._look)
        workspace.dirty_changed.connect(self._look)
        app.called = self._hand_over
        on_language(self.show_others)
        self._ask_name()

    def _hand_over(self, text: str) -> None:
        """Called on the thread that hears; the signal leads to the window's, while there is one."""
        with suppress(RuntimeError):
            self.heard.emit(text)

    def _ask_name(self) -> None:
        """Others read the person's full name, once it is known here."""
        app = self._app

        def work() -> str:
            from controllers.core import records

            return app.read(records.show, "user", app.user).title

        tasks.run(work, self._take_name, lambda _nobody: None, owner=self)

    def _take_name(self, name: str) -> None:
        self._presence.name = name or self._app.user

    def _call_out(self, text: str) -> None:
        """A call that gets lost is made good by the next one."""
        app = self._app
        tasks.run(lambda: app.database.call_out(text), None, lambda _lost: None,
                  key=(id(self), "call"), repeats=False)  # fmt: skip

    # What is open here

    def _look(self, _what: object = None) -> None:
        pages = self._workspace.record_pages
        self._presence.set_open(
            frozenset((each.kind, each.record_id) for each in pages if each.record_id is not None)
        )
        self.show_others()

    def leave(self) -> None:
        """The window closes: others are told at once."""
        self._timer.stop()
        self._workspace.shown.disconnect(self._look)
        self._workspace.dirty_changed.disconnect(self._look)
        self._presence.leave()

    # What others have open

    def _hear(self, text: str) -> None:
        self._presence.hear(text)
        self.show_others()

    def beat(self) -> None:
        """Say again what is open here, and forget who is not heard any more."""
        self._presence.beat()
        self.show_others()

    def show_others(self) -> None:
        """Name those who have the record in front open as well."""
        page = self._workspace.current()
        others: tuple[str, ...] = ()
        if isinstance(page, RecordPage) and page.record_id is not None:
            others = self._presence.others(page.kind, page.record_id)
        words = _("{name} has this open.") if len(others) == 1 else _("{name} have this open.")
        self._words.setText(tr(words, name=", ".join(others)) if others else "")
        self.setAccessibleName(self._words.text())
        self.setVisible(bool(others))
