"""Many quotations, orders or invoices as one PDF to print."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import handover
from controllers.insight.files import write_bytes
from models.system.kinds import KINDS
from models.values.errors import DomainError
from reports.documents.data import SalesDocument
from resources.languages import marked as _
from resources.languages import translate

Progress = Callable[[int], bool]

PRINTED = ("quotation", "order", "invoice")
"""The kinds of papers that can be printed many at a time."""

_BLOCK = 50
"""Documents read at a time, so that neither memory nor one reading grows with their number."""


def content(
    app: App, kind: str, keys: Sequence[str | int], progress: Progress | None = None
) -> bytes:
    """The documents one after the other, each as it stands in the database.

    `progress` is told how many are done. DomainError for a kind without such papers, for none at
    all or one that is not there; reports.kit.files.Cancelled where `progress` answered False.
    """
    from reports.documents.batch import render_batch

    if kind not in PRINTED or not keys:
        message = _("Choose quotations, orders or invoices to print.")
        raise DomainError(message, field="kind")
    title = translate(KINDS[kind].plural, app.read(_language))
    return handover.printed(lambda: render_batch(_documents(app, kind, keys), title, progress))


def _language(uow: UnitOfWork) -> str:
    return uow.settings.language


def _documents(app: App, kind: str, keys: Sequence[str | int]) -> Iterator[SalesDocument]:
    for at in range(0, len(keys), _BLOCK):
        yield from app.read(_block, kind, keys[at : at + _BLOCK])


def _block(uow: UnitOfWork, kind: str, keys: Sequence[str | int]) -> list[SalesDocument]:
    return [handover.document(uow, kind, each) for each in keys]


def save(
    app: App, kind: str, keys: Sequence[str | int], path: Path, progress: Progress | None = None
) -> int:
    """Write them into a file that is whole or not there; answers how many there are."""
    write_bytes(path, content(app, kind, keys, progress))
    return len(keys)
