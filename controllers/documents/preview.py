"""The PDF of a draft that is not saved, as the customer would get it now."""

from typing import cast

from sqlalchemy import RowMapping

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import drafting, handover, paper, proposals
from controllers.documents.stored import Stored
from models.values.documents import Draft


def preview(uow: UnitOfWork, draft: Draft) -> bytes:
    """The PDF of a draft with the prices that stand in it.

    Raises ProblemsError where its figures are refused, DomainError where it cannot be set.
    """
    unsaved = Stored(draft, cast("RowMapping", {}))
    if draft.kind == proposals.KIND:
        return handover.rendered(proposals.unsaved_document(uow, unsaved))
    return handover.rendered(paper.sales_document(uow, unsaved, drafting.priced(uow, unsaved)))
