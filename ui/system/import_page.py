"""Import: choose a file, say what its columns mean, see what would happen, then let it happen."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from controllers.core.catalogue import KINDS
from models.values.errors import DomainError
from resources.languages import marked as _
from ui.insight.reports_page import saved
from ui.kit import actions, errors, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import language, on_language, tr
from ui.kit.toasts import toast
from ui.system.drop_zone import DropZone
from ui.system.fixed_values import FixedValues
from ui.system.history import History, undo
from ui.system.import_choices import Choices
from ui.system.mapping import MappingTable
from ui.system.notices import doubt_notice, problem_notice, result_notice
from ui.system.preview import PreviewPanel, lines_of
from ui.widgets.parts import button, clear, column, label, row

if TYPE_CHECKING:
    from controllers.system.imports import Outcome, Preview, Request

REST = 300
"""Milliseconds of rest before the file is looked at anew."""


class ImportPage(QWidget):
    """One import at a time, and those before."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.told: dict[str, str] = {}
        """By heading, the field a person gave it; "-" leaves it out."""
        self.preview: Preview | None = None
        self.outcome: Outcome | None = None
        self.job: tasks.Task | None = None
        self._looking: tasks.Task | None = None
        self._fields: list[tuple[str, str, bool]] = []
        self.choices, self.mapping, self.fixed = Choices(), MappingTable(), FixedValues()
        self.panel, self.history = PreviewPanel(), History(desk)
        self._rest = _timer(self, REST, self._look)
        self._slow = _timer(self, REST, self._say_looking)
        self._build()
        self._connect()
        self.setAcceptDrops(True)
        self._on_kind()

    # Building

    def _build(self) -> None:
        self._new = button(_("New import"), lambda: self.show_part(0), role="chip")
        self._old = button(_("Earlier imports"), lambda: self.show_part(1), role="chip")
        for each in (self._new, self._old):
            each.setCheckable(True)
            each.setAutoExclusive(True)
        self._new.setChecked(True)
        self.start = button(
            _("Import"), self.run, icon="ph.download-simple", role="primary", tone="on_accent"
        )
        self.parts = QStackedWidget()
        self.parts.addWidget(self._making())
        self.parts.addWidget(self.history)
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(row(label(_("Import"), "title"), self._new, self._old, 1, self.start))
        layout.addWidget(self.parts, 1)
        self.setLayout(layout)

    def _making(self) -> QWidget:
        made, left = QWidget(), QWidget()
        left.setLayout(column(self.mapping, self.fixed, gap=tokens.SMALL))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(tokens.MEDIUM)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(self.panel)
        self._split.setSizes([9 * tokens.LOGO, 11 * tokens.LOGO])
        self._notices = QVBoxLayout()
        self._notices.setSpacing(tokens.SMALL)
        self._quiet = label(role="soft")
        self._places = QStackedWidget()
        self._places.addWidget(DropZone(self.choices.ask_file))
        self._places.addWidget(self._split)
        layout = column(self.choices, gap=tokens.MEDIUM)
        layout.addLayout(self._notices)
        layout.addWidget(self._quiet)
        layout.addWidget(self._places, 1)
        made.setLayout(layout)
        self._quiet.hide()
        return made

    def _connect(self) -> None:
        self.choices.kind_changed.connect(self._on_kind)
        self.choices.changed.connect(self.look)
        self.choices.profile_chosen.connect(self._on_profile)
        self.choices.keep_asked.connect(self._keep)
        self.mapping.rows.chosen.connect(self._on_field)
        self.fixed.changed.connect(self.look)
        self.history.undone.connect(lambda _run: self.look())
        tasks.tasks().jobs_changed.connect(self._on_jobs)
        on_language(self.look)
        for name, words, slot, keys in (
            ("choose", _("Choose the file to import"), self.choices.ask_file, "Ctrl+O"),
            ("run", _("Import the file"), self.run, "Ctrl+Return"),
            ("look", _("Look at the file anew"), self.look, "F5"),
        ):
            action = actions.add(self, f"import.{name}", words, slot, keys, context="list")
            actions.offer(self.desk, "imports.run", action)
        actions.offer(self.desk, "imports.run", self.start, self.choices.keep_button)

    def show_part(self, at: int) -> None:
        """Show the new import (0) or the earlier ones (1)."""
        self.parts.setCurrentIndex(at)
        (self._old if at else self._new).setChecked(True)
        self.start.setVisible(at == 0)
        if at:
            self.history.load()
            self.history.table.setFocus()

    # Choosing

    def _on_kind(self) -> None:
        self.told.clear()
        self._load_kind()

    def _load_kind(self) -> None:
        """What can be brought of this kind, and the mappings kept for it."""
        app, kind = self.desk.app, str(self.choices.kind.currentData())

        def work() -> tuple[list[tuple[str, str, bool]], list[str]]:
            from controllers.system import imports

            return imports.possible_fields(kind), list(app.read(imports.profiles, kind))

        tasks.run(work, lambda found: self._take_kind(*found), key=(id(self), "kind"), owner=self)

    def _take_kind(self, fields: list[tuple[str, str, bool]], profiles: list[str]) -> None:
        self._fields = fields
        self.fixed.set_fields(fields)
        self.choices.set_profiles(profiles)
        self.look()

    def _on_profile(self) -> None:
        self.told.clear()
        self.fixed.set_values({})
        self.look()

    def _on_field(self, heading: str, field: str) -> None:
        """A field means one column: the one it was taken from is left out."""
        for each in self.preview.columns if self.preview else ():
            if field != "-" and each.field == field and each.heading != heading:
                self.told[each.heading] = "-"
        self.told[heading] = field
        self.look()

    def _keep(self, name: str) -> None:
        if self.preview is None:
            return
        app, kind = self.desk.app, str(self.choices.kind.currentData())
        value = {
            "map": {each.heading: each.field or "-" for each in self.preview.columns},
            "set": self.fixed.values(), "decimals": self.choices.decimals.currentData(),
            "dates": self.choices.dates.currentData(),
        }  # fmt: skip
        before = self.choices.profile_name

        def work() -> None:
            from controllers.system import imports

            texts = app.read(imports.profile, before).get("values", {}) if before else {}
            app.write(imports.save_profile, name, kind, value | {"values": texts})

        def done(_nothing: None) -> None:
            toast(tr(_("The mapping is kept as {name}."), name=name))
            self._load_kind()

        tasks.write(work, done, owner=self)

    # Looking

    def request(self) -> "Request | None":
        """What is asked of the import; None without a file."""
        if self.choices.path is None:
            return None
        from controllers.system import imports

        return imports.Request(
            str(self.choices.kind.currentData()), self.choices.path, dict(self.told),
            self.fixed.values(), self.choices.profile_name,
            decimals=str(self.choices.decimals.currentData() or ""),
            dates=str(self.choices.dates.currentData() or ""),
            sheet=self.choices.sheet_name, language=language(),
        )  # fmt: skip

    def look(self) -> None:
        """Rehearse the import once the hand rests."""
        self.start.setEnabled(False)
        if self.choices.path is not None and self.job is None:
            self._rest.start()

    def _look(self) -> None:
        request = self.request()
        if request is None:
            return
        if self._looking is not None:
            self._looking.cancel()
        app, style, mine = self.desk.app, self.desk.style, list[tasks.Task]()

        def work() -> "Preview":
            from controllers.system import imports

            def watch(_stage: str, done: int, total: int) -> None:
                for each in mine:
                    each.progress(done, total)

            return imports.preview(app, request, style, watch)

        self._slow.start()
        self._looking = tasks.run(work, self._show, self._refuse, key=(id(self), 1), owner=self)
        mine.append(self._looking)

    def _say_looking(self) -> None:
        self._quiet.setText(tr(_("Looking at the file …")))
        self._quiet.show()

    def _rested(self) -> None:
        self._slow.stop()
        self._quiet.hide()
        clear(self._notices)

    def _refuse(self, error: Exception) -> None:
        self._rested()
        if isinstance(error, DomainError):
            self._notices.addWidget(problem_notice(error))
        else:
            errors.show(error)

    def _show(self, preview: "Preview") -> None:
        self._rested()
        self.preview, self.outcome = preview, None
        self._places.setCurrentIndex(1)
        self.choices.set_sheets(preview.sheets)
        self.mapping.rows.take(preview.columns, tuple(self._fields))
        self.fixed.set_values(dict(preview.fixed))
        for each in preview.doubts:
            self._notices.addWidget(doubt_notice(each, self.choices.set_habit, self.desk.style))
        if preview.problem is not None:
            self._notices.addWidget(problem_notice(preview.problem))
        self.panel.setVisible(preview.outcome is not None)
        if preview.outcome is not None:
            lines = lines_of(preview.outcome, preview.differences, self.desk.style)
            self.panel.take(preview.outcome, lines, self.desk.style)
        self._offer_start(preview.outcome)

    def _offer_start(self, outcome: "Outcome | None") -> None:
        count = outcome.created + outcome.updated if outcome else 0
        self.start.setEnabled(bool(count))
        words = tr(_("Import {count}"), count=self.desk.style.number(count))
        self.start.setText(words if count else tr(_("Import")))

    # Importing

    def run(self) -> None:
        """Import in the background; a cancel leaves nothing behind."""
        request = self.request()
        if request is None or not self.start.isEnabled() or self.job is not None:
            return
        app = self.desk.app

        def work(task: tasks.Task) -> "Outcome":
            from controllers.system import imports

            def watch(_stage: str, done: int, total: int) -> None:
                task.progress(done, total)

            return imports.import_file(app, request, watch=watch)

        self.start.setEnabled(False)
        title = tr(_("Importing {name}"), name=request.path.name)
        self.job = tasks.job(title, work, self._done, self._failed, owner=self)

    def _on_jobs(self) -> None:
        """A job that was cancelled never answers."""
        if self.job is not None and self.job.is_cancelled:
            self.job = None
            toast(tr(_("The import was cancelled; nothing was changed.")))
            self.look()

    def _failed(self, error: Exception) -> None:
        self.job = None
        self._refuse(error)

    def _done(self, outcome: "Outcome") -> None:
        self.job, self.outcome = None, outcome
        self._rested()
        style = self.desk.style
        seen = self.preview.differences if self.preview else ()
        self.panel.take(outcome, lines_of(outcome, seen, style), style)
        self._notices.addWidget(self._result(outcome))
        self._offer_start(None)

    def _result(self, outcome: "Outcome") -> QFrame:
        number = self.desk.style.number
        kind = tr(KINDS[str(self.choices.kind.currentData())].plural)
        words = _(
            "{kind}: {created} new, {updated} changed, {unchanged} unchanged, {rejected} rejected."
        )
        text = tr(
            words, kind=kind, created=number(outcome.created), updated=number(outcome.updated),
            unchanged=number(outcome.unchanged), rejected=number(outcome.rejected),
        )  # fmt: skip
        if outcome.expired:
            told = _("Prices that have expired: {count}; no new document takes them.")
            text += " " + tr(told, count=number(outcome.expired))
        buttons = [(_("Another file"), "ph.folder-open", self.choices.ask_file)]
        if outcome.run is not None:
            back = (_("Take back"), "ph.arrow-counter-clockwise", self.undo_last)
            buttons.insert(0, back)
        if outcome.rejected:
            buttons.insert(0, (_("Save rejected rows"), "ph.file-x", self.ask_rejected))
        return result_notice(text, buttons)

    # Afterwards

    def ask_rejected(self) -> None:
        """Let a person name the file of the rejected rows."""
        if self.choices.path is None:
            return
        start = self.choices.path.with_name(f"{self.choices.path.stem}-rejected.csv")
        chosen, _form = QFileDialog.getSaveFileName(
            self, tr(_("Save rejected rows")), str(start), f"{tr(_('CSV table'))} (*.csv)"
        )
        if chosen:
            self.save_rejected(Path(chosen).with_suffix(".csv"))

    def save_rejected(self, path: Path) -> None:
        """Write the rejected rows with their reasons."""
        request, outcome = self.request(), self.outcome
        if request is None or outcome is None:
            return
        app = self.desk.app

        def work() -> int:
            from controllers.system import imports

            return imports.save_rejected(app, request, outcome, path)

        tasks.run(work, lambda _count: saved(path), owner=self)

    def undo_last(self) -> None:
        """Take the import that was just made back."""
        if self.outcome is not None and self.outcome.run is not None:
            undo(self.desk, self.outcome.run, self, self.look, self._undo_refused)

    def _undo_refused(self, text: str) -> None:
        self._notices.addWidget(problem_notice(DomainError("{text}", text=text)))

    # A file that is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(each.isLocalFile() for each in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [each.toLocalFile() for each in event.mimeData().urls() if each.isLocalFile()]
        if paths:
            self.show_part(0)
            self.choices.set_path(Path(paths[0]))
            event.acceptProposedAction()


def _timer(parent: QWidget, interval: int, slot: object) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(interval)
    made.timeout.connect(slot)
    return made
