"""A bank statement: open it, see what each line would pay, and book it line by line or at once."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.values.errors import DomainError
from models.values.records import Change
from models.values.statements import StatementLine, SuggestedLine
from resources.languages import marked as _
from ui.documents.statement.booking import Booking
from ui.documents.statement.choosing import ChoosePanel
from ui.documents.statement.model import StatementModel
from ui.documents.statement.reading import Reading
from ui.documents.statement.table import StatementTable
from ui.kit import actions, errors, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.language import on_language, tr
from ui.system.drop_zone import DropZone
from ui.system.notices import doubt_notice, problem_notice
from ui.widgets.parts import button, clear, column, label, row

if TYPE_CHECKING:
    from controllers.documents.payments import Allocation
    from controllers.system.imports.statement import Statement

REST = 300
"""Milliseconds of rest before the file is looked at anew."""
_NO_FILE, _COLUMNS, _LINES = range(3)


class StatementPage(QWidget):
    """One statement at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.statement: Statement | None = None
        self._job: tasks.Task | None = None
        self._panel: ChoosePanel | None = None
        self.reading = Reading(desk, self)
        self.choices, self.mapping = self.reading.choices, self.reading.mapping
        self.model = StatementModel(desk)
        self.table = StatementTable(self.model)
        self.booking = Booking(self)
        self._rest, self._again = _timer(self, self._look), _timer(self, self.suggest_again)
        self._build()
        self._connect()
        self._add_actions()
        self.setAcceptDrops(True)

    # Building

    def _build(self) -> None:
        self.views = [self._chip(at, words) for at, words in
                      ((_LINES, _("Lines")), (_COLUMNS, _("Columns")))]  # fmt: skip
        self.accept_all = button(_("Book all certain"), self.booking.book_certain,
                                 icon="ph.check-circle", role="primary",
                                 tone="on_accent")  # fmt: skip
        self._notices, self._panel_place = QVBoxLayout(), QVBoxLayout()
        self._notices.setSpacing(tokens.SMALL)
        self.summary, self.detail = label(role="soft", wrap=True), label(role="soft", wrap=True)
        self.places = QStackedWidget()
        for each in (DropZone(self.choices.ask_file), self.mapping, self._lines_place()):
            self.places.addWidget(each)
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(row(label(_("Bank statement"), "title"), *self.views, 1, self.accept_all))
        layout.addWidget(self.choices)
        layout.addLayout(self._notices)
        layout.addWidget(self.summary)
        layout.addWidget(self.places, 1)
        self.setLayout(layout)
        self.summary.hide()
        self.accept_all.setEnabled(False)

    def _chip(self, at: int, words: str) -> Any:
        chip = button(words, lambda: self.show_place(at), role="chip")
        chip.setCheckable(True)
        chip.setAutoExclusive(True)
        chip.setEnabled(False)
        return chip

    def _lines_place(self) -> QWidget:
        made = QWidget()
        layout = column(self.table, gap=tokens.SMALL)
        layout.setStretch(0, 1)
        layout.addWidget(self.detail)
        layout.addLayout(self._panel_place)
        made.setLayout(layout)
        return made

    def _connect(self) -> None:
        self.reading.changed.connect(self.look)
        self.table.opened.connect(self.accept)
        self.table.selectionModel().currentRowChanged.connect(self._on_moved)
        self.desk.feed.changed.connect(self._on_changes)
        tasks.tasks().jobs_changed.connect(self._on_jobs)
        on_language(self._tell)

    def _add_actions(self) -> None:
        for name, words, slot, keys in (
            ("open", _("Open a bank statement"), self.choices.ask_file, "Ctrl+O"),
            ("look", _("Look at the statement anew"), self.look, "F5"),
            ("certain", _("Book all certain lines"), self.confirm, "Ctrl+Return"),
            ("choose", _("Choose customer and invoices of a line"), self.choose, "F2"),
            ("skip", _("Skip a line, or take it up again"), self.skip, "Del"),
            ("payment", _("Open the payment of a line"), self.open_payment, "F3"),
        ):
            action = actions.add(self, f"statement.{name}", words, slot, keys, context="list")
            actions.offer(self.desk, "invoices.change", action)
        actions.describe(self.table, "statement.accept", _("Book a line as it is suggested"),
                         "Enter", context="list")  # fmt: skip
        actions.offer(self.desk, "invoices.change", self.accept_all, self.choices.choose)
        actions.offer(self.desk, "imports.run", self.choices.keep_button)

    def show_place(self, at: int) -> None:
        """Show the lines, the columns of the file, or what to do without a file."""
        self.places.setCurrentIndex(at)
        for each, place in zip(self.views, (_LINES, _COLUMNS), strict=True):
            each.setEnabled(at != _NO_FILE)
            each.setChecked(place == at)

    def setFocus(self, *_reason: object) -> None:
        is_empty = self.places.currentIndex() == _NO_FILE
        (self.choices.choose if is_empty else self.table).setFocus()

    # Looking

    def look(self) -> None:
        """Read the file and suggest, once the hand rests."""
        if self.choices.path is not None:
            self._rest.start()

    def _look(self) -> None:
        request = self.reading.request()
        if request is None or not self.desk.may("invoices.change"):
            return
        if self._job is not None:
            self._job.cancel()
        app = self.desk.app

        def work(task: tasks.Task) -> "tuple[Statement, tuple[SuggestedLine, ...]]":
            from controllers.documents import statements
            from controllers.system.imports import statement

            found = statement.read(app, request)
            return found, app.read(statements.suggested, found.lines, task.progress)

        title = tr(_("Reading {name}"), name=request.path.name)
        self._job = tasks.job(title, work, lambda found: self._show(*found), self._refuse,
                                  owner=self)  # fmt: skip

    def _on_jobs(self) -> None:
        """A job that was given up never answers."""
        if self._job is not None and self._job.is_cancelled:
            self._job = None
        self.booking.notice_cancel()

    def _refuse(self, error: Exception) -> None:
        self._job = None
        clear(self._notices)
        if isinstance(error, DomainError):
            self._notices.addWidget(problem_notice(error))
        else:
            errors.show(error)

    def _show(self, found: "Statement", rows: Sequence[SuggestedLine]) -> None:
        self._job = None
        self.statement = found
        clear(self._notices)
        self.reading.show(found)
        for each in found.doubts:
            self._notices.addWidget(doubt_notice(each, self.choices.set_habit, self.desk.style))
        if found.problem is not None and not found.doubts:
            self._notices.addWidget(problem_notice(found.problem))
        self._tell_unread()
        self.show_place(_COLUMNS if found.problem is not None else _LINES)
        self._take(rows)
        if not self.reading.currency.hasFocus():
            (self.mapping if found.problem is not None else self.table).setFocus()

    def _tell_unread(self) -> None:
        unread = self.statement.unread if self.statement else ()
        if unread:
            row_, reason = unread[0]
            message = _("Lines that cannot be read: {count}. Line {row}: {reason}")
            text = tr(message, count=len(unread), row=row_, reason=errors.text_of(reason))
            self._notices.addWidget(problem_notice(DomainError("{text}", text=text)))

    def _take(self, rows: Sequence[SuggestedLine]) -> None:
        self.model.take(rows)
        if rows and not self.table.currentIndex().isValid():
            self.go_on(-1)
        self._tell()

    def _on_changes(self, changes: Sequence[Change]) -> None:
        if self.model.rows and any(each.kind in ("payment", "invoice") for each in changes):
            self._again.start()

    def suggest_again(self) -> None:
        """Suggest anew: what was booked, here or elsewhere, leaves less to suggest."""
        app, lines = self.desk.app, [each.line for each in self.model.rows]

        def work() -> tuple[SuggestedLine, ...]:
            from controllers.documents import statements

            return app.read(statements.suggested, lines)

        tasks.run(work, self._take_again, key=(id(self), "again"), owner=self)

    def _take_again(self, rows: Sequence[SuggestedLine]) -> None:
        if [each.line for each in rows] == [each.line for each in self.model.rows]:
            self._take(rows)

    # Telling

    def _tell(self) -> None:
        rows, states = self.model.rows, [self.model.state(at) for at in range(len(self.model.rows))]
        self.summary.setVisible(bool(rows))
        parts = (
            (_("{count} lines"), len(rows)), (_("{count} certain"), states.count("certain")),
            (_("{count} to check"), states.count("likely")),
            (_("{count} unknown"), states.count("unknown")),
            (_("{count} booked"), states.count("done")),
            (_("{count} money out"), states.count("out")),
        )  # fmt: skip
        number = self.desk.style.number
        told = [tr(words, count=number(count)) for words, count in parts if count]
        self.summary.setText("  ·  ".join(told))
        self.accept_all.setEnabled("certain" in states and not self.booking.is_running)
        self._on_moved()

    def _on_moved(self, *_indexes: object) -> None:
        at = self.table.currentIndex().row()
        self.detail.setVisible(at >= 0)
        if at >= 0:
            words, line = self.model.words(at), self.model.rows[at].line
            parts = (line.reference, words.customer, words.pays, words.why)
            self.detail.setText("  ·  ".join(filter(None, parts)))

    # Booking

    def confirm(self) -> None:
        """Book what the open panel says; without one every line that is certain."""
        if self._panel is not None:
            self._panel.confirm()
        else:
            self.booking.book_certain()

    def accept(self) -> None:
        """Book the line of the cursor as it is suggested; a booked one shows its payment."""
        at = self.table.currentIndex().row()
        if at < 0 or not self.desk.may("invoices.change"):
            return
        if not self.model.is_open(at):
            self.open_payment()
        elif self.model.state(at) == "unknown":
            self.choose()
        else:
            self.booking.book_suggested(self.model.rows[at])
            self.go_on(at)

    def book(
        self, found: SuggestedLine, account: str, allocations: "Sequence[Allocation]",
        done: Callable[[], object], refused: Callable[[Exception], object],
    ) -> None:  # fmt: skip
        """Book a line as a person chose it."""
        self.booking.book_chosen(found.line, account, allocations, done, refused)

    def go_on(self, at: int) -> None:
        """Put the cursor on the next line that can be booked."""
        count = self.model.rowCount()
        after = (*range(at + 1, count), *range(at + 1))
        wanted = next((each for each in after if self.model.is_open(each)), max(at, 0))
        self.table.setCurrentIndex(self.model.index(min(wanted, max(count - 1, 0)), 0))

    def go_on_from_booked(self) -> None:
        """Leave a line of which nothing is left to decide."""
        at = self.table.currentIndex().row()
        if at >= 0 and not self.model.is_open(at):
            self.go_on(at)

    def skip(self) -> None:
        """Leave the line of the cursor out, or take it up again."""
        at = self.table.currentIndex().row()
        if at < 0 or not (self.model.is_open(at) or self.model.state(at) == "skipped"):
            return
        self.model.skipped ^= {self.model.rows[at].line}
        self.renew()
        if self.model.state(at) == "skipped":
            self.go_on(at)

    def renew(self) -> None:
        """Show what was done to lines."""
        self.model.renew()
        self._tell()

    def open_payment(self) -> None:
        """Show the payment that was booked of the line of the cursor."""
        at = self.table.currentIndex().row()
        payment = self.model.payment(at) if at >= 0 else None
        if payment is not None:
            self.desk.open_record("payment", payment)

    def choose(self) -> None:
        """Ask whose money the line of the cursor is and what it pays."""
        at = self.table.currentIndex().row()
        if at < 0 or not self.model.is_open(at):
            return
        self._close_panel()
        self._panel = ChoosePanel(self, self.model.rows[at])
        self._panel.closed.connect(self._panel_closed)
        self._panel_place.addWidget(self._panel)
        self._panel.start_work()

    def _panel_closed(self) -> None:
        self._panel = None
        self.table.setFocus()

    def _close_panel(self) -> None:
        if self._panel is not None:
            self._panel.close_panel()

    def problem(self, line: StatementLine, error: Exception) -> None:
        """Say why a line was not booked."""
        if isinstance(error, DomainError):
            clear(self._notices)
            self._notices.addWidget(problem_notice(error))
        else:
            errors.show(error)
        self.model.booking.discard(line)
        self.renew()

    # A file that is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(each.isLocalFile() for each in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [each.toLocalFile() for each in event.mimeData().urls() if each.isLocalFile()]
        if paths and self.desk.may("invoices.change"):
            self.choices.set_path(Path(paths[0]))
            event.acceptProposedAction()


def _timer(parent: QWidget, slot: Callable[[], object]) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(REST)
    made.timeout.connect(slot)
    return made
