"""A stored document as its page reads it: deliveries, invoices and payments, never typed whole."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from models.values.documents import Draft
from models.values.errors import DomainError
from models.values.formatting import Style
from ui.kit import errors, tasks
from ui.kit.desk import Desk

if TYPE_CHECKING:
    from controllers.core.unit_of_work import UnitOfWork
    from controllers.documents.attachments import Attachment
    from controllers.documents.chain import Chain

About = Callable[["UnitOfWork", int], tuple[Draft, Any]]
"""From an id to the head as every page knows it, and what its own page shows."""


@dataclass(frozen=True)
class Found:
    """All that one page shows."""

    draft: Draft
    value: Any
    account: str
    chain: "Chain"
    files: "tuple[Attachment, ...]"
    mails: tuple[dict[str, Any], ...]


class Reading(QObject):
    """Holds what was read and tells when it is new; it answers as a session of the editor does."""

    changed = Signal()
    refused = Signal(object)
    """A DomainError of something that was asked for."""

    is_editable = False
    """Nothing of it is typed into the draft: its page has fields of its own."""
    is_dirty = False

    def __init__(self, desk: Desk, kind: str, about: About, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.kind = desk, kind
        self._about = about
        self.found: Found | None = None
        self.mails: tuple[dict[str, Any], ...] = ()

    @property
    def is_loaded(self) -> bool:
        """Whether the document is here."""
        return self.found is not None

    @property
    def draft(self) -> Draft:
        """Its head, an empty one before it is here."""
        return self.found.draft if self.found else Draft(kind=self.kind)

    @property
    def value(self) -> Any:
        """What the page shows; only once the document is here."""
        if self.found is None:
            raise RuntimeError("the document is not loaded yet")
        return self.found.value

    @property
    def style(self) -> Style:
        """How the person reads figures and days."""
        return self.desk.style

    def load(self, record_id: int) -> None:
        """Read it in the background."""
        app, kind, about = self.desk.app, self.kind, self._about
        tasks.run(lambda: app.read(_read, kind, record_id, about), self._take, self.fail,
                  key=(id(self), "sheet"), owner=self)  # fmt: skip

    def reload(self, *, force: bool = False) -> None:
        """Read it anew; nothing typed is here to be kept."""
        del force
        if self.draft.id is not None:
            self.load(self.draft.id)

    def _take(self, found: Found) -> None:
        self.found, self.mails = found, found.mails
        self.changed.emit()

    def fail(self, error: Exception) -> None:
        """A refusal is told in the page, other errors everywhere."""
        if isinstance(error, DomainError):
            self.refused.emit(error)
        else:
            errors.show(error)


def _read(uow: "UnitOfWork", kind: str, record_id: int, about: About) -> Found:
    from controllers.core import records
    from controllers.documents import attachments, chain, handover, outbox

    del handover  # loaded here, not on the thread that paints
    draft, value = about(uow, record_id)
    return Found(
        draft, value, records.show(uow, "account", draft.account).title,
        chain.chain(uow, kind, record_id), attachments.of_document(uow, kind, record_id),
        tuple(outbox.entries(uow, kind, record_id)),
    )  # fmt: skip
