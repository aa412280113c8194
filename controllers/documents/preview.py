"""The PDF of a draft that is not saved, as the customer would get it now."""

from typing import cast

from sqlalchemy import RowMapping

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import drafting, handover, paper, proposals
from controllers.documents.proposals import Around
from controllers.documents.stored import Stored
from models.values.documents import Draft


def preview(app: App, draft: Draft, around: Around | None = None) -> bytes:
    """The PDF of a draft with the prices that stand in it and all that goes around it.

    `around` stands in the place of what is kept around it. Raises ProblemsError where its figures
    are refused, DomainError where something of it cannot be set.
    """
    return handover.rendered(app.read(_paper, draft, around))


def _paper(uow: UnitOfWork, draft: Draft, around: Around | None) -> proposals.Paper:
    unsaved = Stored(draft, cast("RowMapping", {}))
    if draft.kind == proposals.KIND:
        return proposals.unsaved_document(uow, unsaved, around)
    return paper.sales_document(uow, unsaved, drafting.priced(uow, unsaved))
