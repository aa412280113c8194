"""What is typed and not saved, on disk a second later, so that it outlives a crash."""

import uuid
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from controllers.documents import recovery
from models.values.documents import Draft
from models.values.errors import DomainError
from ui.documents import loading
from ui.documents.loading import Sheet
from ui.documents.session import Session
from ui.kit import tasks
from ui.kit.drafts import Draft as KeptDraft

REST = 1000
"""Milliseconds without typing before it is written."""


class CrashDraft(QObject):
    """The file of one page."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._name = ""
        self._is_kept = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._keep)
        session.changed.connect(self.watch)

    def watch(self) -> None:
        """Begin to wait for a rest where there is something to lose."""
        if self._session.is_dirty:
            self._timer.start()
        elif self._is_kept:
            self.forget()

    def _named(self) -> str:
        if not self._name:
            record_id = self._session.draft.id
            own = f"new-{uuid.uuid4().hex[:8]}" if record_id is None else str(record_id)
            self._name = f"{self._session.kind}-{own}"
        return self._name

    def _content(self) -> KeptDraft:
        draft = self._session.draft
        return KeptDraft(
            name=self._named(),
            kind=self._session.kind,
            key=draft.number,
            title=self._session.title_of("account", draft.account),
            content={
                "record_id": draft.id,
                "draft": recovery.to_json(draft),
                "before": recovery.to_json(self._session.editor.saved),
            },
        )

    def _keep(self) -> None:
        if not self._session.is_dirty:
            return
        kept, drafts = self._content(), self._session.desk.drafts
        self._is_kept = True
        tasks.file(lambda: drafts.save(kept), owner=self)

    def keep_now(self) -> None:
        """Write at once, or forget what is saved; the program ends."""
        self._timer.stop()
        if self._session.is_dirty:
            self._session.desk.drafts.save(self._content())
        elif self._name:
            self._session.desk.drafts.discard(self._name)

    def forget(self) -> None:
        """It was saved, or given up."""
        self._timer.stop()
        if self._name:
            name, drafts = self._name, self._session.desk.drafts
            self._name, self._is_kept = "", False
            tasks.file(lambda: drafts.discard(name))

    # Going on after a crash

    def take(self, kept: KeptDraft) -> None:
        """Show what was typed, unsaved as it was; a damaged file stays where it is."""
        self._name, self._is_kept = kept.name, True
        try:
            draft = recovery.from_json(str(kept.content.get("draft", "")))
            before = recovery.from_json(str(kept.content.get("before", "")))
        except DomainError as error:
            self._session.fail(error)
            return
        app = self._session.desk.app
        tasks.run(lambda: loading.changed_sheet(app, draft),
                  lambda sheet: self._show(sheet, before), self._session.fail,
                  owner=self)  # fmt: skip

    def _show(self, sheet: Sheet, before: Draft) -> None:
        session = self._session

        def show() -> None:
            session.take_sheet(replace(sheet, shown=session.shown, mails=session.mails))
            session.editor.mark_saved(before, before)
            session.refresh()

        session.when_loaded(show)
