"""The page that shows and changes one record of any kind."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from controllers.core.catalogue import KINDS
from models.values.errors import ConflictError, DomainError
from models.values.permissions import change
from models.values.record import Record
from models.values.records import Change
from resources.languages import marked as _
from ui.kit import actions, errors, tasks, tokens
from ui.kit.desk import Desk
from ui.kit.drafts import Draft
from ui.kit.language import name, on_language, tr
from ui.kit.page import RecordPage
from ui.kit.toasts import toast
from ui.widgets.parts import button, clear, column, icon_button, icon_label, label, row
from ui.widgets.record_form import keys
from ui.widgets.record_form.conflict import Conflict, clashes, merged
from ui.widgets.record_form.editors import Raw, raw_of
from ui.widgets.record_form.history import History
from ui.widgets.record_form.sheet import Sheet

State = dict[str, Raw]

REST = 1_000
"""Milliseconds without typing after which a draft is written."""


class RecordForm(RecordPage):
    """Loads, edits and saves one record."""

    def __init__(
        self, desk: Desk, kind: str, record_id: int | None, values: dict[str, Any]
    ) -> None:
        super().__init__(kind, record_id)
        self.desk, self.description = desk, KINDS[kind]
        self.record = Record(kind)
        self.draft_name = f"{kind}-{record_id or f'new-{time.time_ns()}'}"
        self.sheet = Sheet(desk, self.description)
        self.base: State = {}
        self.history = History({})
        self._is_saving = False
        self._then: Callable[[], None] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.keep_draft)
        self._build()
        self.sheet.edited.connect(self._on_edited)
        desk.feed.changed.connect(self._on_changes)
        keys.add_to(self)
        if record_id is None:
            self._start_new(values)
        else:
            self._load(record_id)

    # Building

    def _build(self) -> None:
        self._title: QLabel = label(role="title")
        self._caption = label(role="soft")
        self._archived = label(_("Archived"), "soft")
        self.save_button = button(_("Save"), self.save, role="primary")
        self._archive = button(_("Archive"), self.archive, icon="ph.archive")
        actions.offer(self.desk, change(self.kind), self.save_button, self._archive)
        self._changes = keys.history_button(self)
        self._notices = QVBoxLayout()
        head = row(
            self._title, self._caption, self._archived, 1,
            *keys.beside(self), self._changes,
            icon_button("ph.caret-up", _("Record before"), self.show_previous),
            icon_button("ph.caret-down", _("Record after"), self.show_next),
            self._archive,
            self.save_button,
        )  # fmt: skip
        inside = QWidget()
        inside.setMaximumWidth(tokens.FORM)
        inner = column(gap=tokens.MEDIUM)
        inner.addWidget(self.sheet)
        inside.setLayout(inner)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        name(area, self.description.label)
        holder = QWidget()
        wide = row(inside)
        wide.setStretch(0, tokens.FORM)
        wide.addStretch(1)
        holder.setLayout(wide)
        area.setWidget(holder)
        layout = column(gap=tokens.MEDIUM, margin=tokens.LARGE)
        layout.addLayout(head)
        layout.addLayout(self._notices)
        layout.addWidget(area, 1)
        self.setLayout(layout)
        on_language(self._reword)

    def _reword(self) -> None:
        kind = tr(self.description.label)
        new = tr(_("New: {kind}")).format(kind=kind.lower())
        self._title.setText(self.record.title or (new if self.record.id is None else kind))
        key = self.record.key if self.record.key != self.record.title else ""
        self._caption.setText(f"{kind} · {key}" if key else kind)
        self._caption.setVisible(self.record.id is not None)
        self._archived.setVisible(self.record.archived)
        self._archive.setVisible(self.record.id is not None)
        self._changes.setVisible(self.record.id is not None and self.desk.may("audit.see"))
        self.titled.emit()

    @property
    def title(self) -> str:
        """The record's title, or that it is new."""
        return self._title.text()

    @property
    def is_dirty(self) -> bool:
        """Whether the fields differ from what is saved."""
        return bool(self.base) and self.history.now != self.base

    def start_work(self) -> None:
        """The first field."""
        first = next(iter(self.sheet.boxes.values()))
        first.editor.control.setFocus()

    # Showing

    def _start_new(self, values: dict[str, Any]) -> None:
        defaults = {each.name: each.default for each in self.description.fields} | values
        record = Record(self.kind, values=defaults)
        self.show_record(record)
        given = {each: str(value) for each, value in values.items()}
        self.base = {each: "" if each in given else raw for each, raw in self.base.items()}

    def _load(self, record_id: int) -> None:
        app, kind = self.desk.app, self.kind

        def work() -> Record:
            from controllers.core import records

            return app.read(records.show, kind, record_id)

        tasks.run(work, self._loaded, key=(id(self), "record"), owner=self)

    def _loaded(self, record: Record) -> None:
        if self.is_dirty and record.version != self.record.version:
            self._tell_changed(record)
        elif not self.is_dirty:
            self.show_record(record)

    def state_of(self, record: Record) -> State:
        """What stands in the fields for a record."""
        style = self.desk.style
        return {
            name: raw_of(self.description[name], record.values.get(name), style)
            for name in self.sheet.boxes
        }

    def show_record(self, record: Record) -> None:
        """Show a record as it is saved."""
        self.record, self.record_id = record, record.id
        self.base = self.state_of(record)
        self.sheet.set_state(self.base, record.titles)
        self.sheet.show_problems({})
        self.history = History(self.base)
        clear(self._notices)
        self._reword()

    # Typing

    def _on_edited(self, field: str) -> None:
        was_dirty = self.is_dirty
        self.history.note(field, self.sheet.state())
        self.sheet.check_typing(field)
        if was_dirty != self.is_dirty:
            self.titled.emit()
        self._rest.start()

    def undo(self) -> None:
        """Take back the last step, in whichever field."""
        self._show_step(self.history.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self._show_step(self.history.redo())

    def _show_step(self, state: State | None) -> None:
        if state is not None:
            self.sheet.set_state(state, self.record.titles)
            self.titled.emit()
            self._rest.start()

    # Drafts

    def keep_draft(self) -> None:
        """Write what was typed to disk."""
        self._rest.stop()
        if not self.is_dirty:
            self.desk.drafts.discard(self.draft_name)
            return
        content = {
            "record_id": self.record.id,
            "version": self.record.version,
            "base": self.base,
            "state": self.history.now,
        }
        self.desk.drafts.save(
            Draft(self.draft_name, self.kind, self.record.key, self.title, content)
        )

    def take_draft(self, draft: Draft) -> None:
        """Put the typing of a draft back, once the record is here."""
        self.draft_name = draft.name
        if self.record_id is not None and self.record.id is None:
            QTimer.singleShot(20, self, lambda: self.take_draft(draft))
            return
        mine = self.sheet.state() | draft.content["state"]
        before = self.base | draft.content["base"]
        state = merged(before, mine, self.base)
        self.sheet.set_state(state, self.record.titles)
        self.history.note("", self.sheet.state())
        self._notice(_("What you typed and did not save is back."), "info")
        self.titled.emit()

    def give_up(self) -> None:
        """Forget what was typed."""
        self._rest.stop()
        self.desk.drafts.discard(self.draft_name)

    # Saving

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Check and save; problems stand at their fields."""
        if self._is_saving:
            return
        changed = {each for each, raw in self.sheet.state().items() if raw != self.base.get(each)}
        if not changed and self.record.id is not None:
            if then:
                then()
            return
        if not self.sheet.check_all():
            toast(tr(_("Some fields need a look before this can be saved.")))
            return
        if self.record.id is None:
            changed = {each for each in self.sheet.boxes if not self._is_shown(each)}
        self._then = then
        self._write(self.sheet.values(changed, self.desk.style))

    def _is_shown(self, field: str) -> bool:
        return self.description[field].read_only

    def _write(self, values: dict[str, object]) -> None:
        app, kind, record = self.desk.app, self.kind, self.record

        def work() -> Record:
            from controllers.core import records

            if record.id is None:
                return app.write(records.create, kind, values)
            return app.write(records.change, kind, record.id, values, record.version)

        self._is_saving = True
        tasks.write(work, self._saved, self._refused, owner=self)

    def _saved(self, record: Record) -> None:
        self._is_saving = False
        before, was_new = self.record, self.record.id is None
        old = {each: before.values.get(each) for each in record.values if each in self.sheet.boxes}
        self.give_up()
        self.show_record(record)
        undo = None if was_new else lambda: self._take_back(old)
        toast(tr(_("“{title}” is saved.")).format(title=record.title), undo)
        if self._then:
            self._then()

    def _take_back(self, old: dict[str, Any]) -> None:
        possible = {e: v for e, v in old.items() if not self.description[e].read_only}
        self._write(possible)

    def _refused(self, error: Exception) -> None:
        self._is_saving = False
        if isinstance(error, ConflictError):
            self._load_theirs()
        elif isinstance(error, DomainError):
            rest = self.sheet.show_problems(errors.by_field(error))
            if rest:
                toast(rest)
        else:
            errors.show(error)

    # Others

    def _load_theirs(self) -> None:
        app, kind, record_id = self.desk.app, self.kind, self.record.id

        def work() -> Record:
            from controllers.core import records

            return app.read(records.show, kind, record_id or 0)

        tasks.run(work, self.show_conflict, owner=self)

    def show_conflict(self, theirs: Record) -> None:
        """Let the person choose between both, field by field."""
        clear(self._notices)
        other, mine = self.state_of(theirs), self.sheet.state()

        def take(state: State) -> None:
            self.show_record(theirs)
            self.sheet.set_state(state, theirs.titles)
            self.history.note("", self.sheet.state())
            self.titled.emit()
            self.keep_draft()

        if not clashes(self.base, mine, other):
            take(merged(self.base, mine, other))
            self._notice(
                _("Somebody else changed other fields; both changes stand. Save again."), "info"
            )
            return
        self.conflict = Conflict(self.description, self.base, mine, other, take)
        self._notices.addWidget(self.conflict)

    def _on_changes(self, changes: Sequence[Change]) -> None:
        own = self.record.id
        if own is not None and any(each.concerns(self.kind, own) for each in changes):
            self._load(own)

    def _tell_changed(self, theirs: Record) -> None:
        self._notice(
            _("Somebody else has just changed this record."), "info", _("Compare"),
            lambda: self.show_conflict(theirs),
        )  # fmt: skip

    def _notice(
        self,
        text: str,
        tone: str,
        action: str = "",
        slot: Callable[[], object] | None = None,
    ) -> None:
        clear(self._notices)
        frame = QFrame()
        frame.setProperty("tone", tone)
        line = row(icon_label("ph.info", tone), label(text, wrap=True))
        line.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.SMALL)
        line.setStretch(1, 1)
        if action:
            line.addWidget(button(action, slot))
        frame.setLayout(line)
        self._notices.addWidget(frame)

    # Around

    def archive(self) -> None:
        """Take the record out of the lists, or bring it back; with Undo."""
        if self.record.id is None:
            return
        app, kind, record_id = self.desk.app, self.kind, self.record.id
        wanted = not self.record.archived

        def work() -> Record:
            from controllers.core import records

            return app.write(records.archive, kind, record_id, archived=wanted)

        def done(record: Record) -> None:
            self._loaded(record)
            words = _("“{title}” is archived.") if wanted else _("“{title}” is back.")
            toast(tr(words).format(title=record.title), self.archive)

        tasks.write(work, done, owner=self)

    def show_next(self) -> None:
        """The record after this one in the list."""
        self._go(1)

    def show_previous(self) -> None:
        """The record before this one in the list."""
        self._go(-1)

    def _go(self, step: int) -> None:
        beside = self.desk.neighbours.get(self.kind)
        if beside is None or self.record.id is None:
            return
        found = beside(self.record.id, step)
        if found is None:
            return
        if self.is_dirty:
            self.save(lambda: self._load(found))
        else:
            self._load(found)
            self.draft_name = f"{self.kind}-{found}"
