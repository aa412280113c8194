"""The same step for many records in one transaction."""

from collections.abc import Sequence

from controllers.core import records
from controllers.core.permitted import needs, of_its_kind
from controllers.core.unit_of_work import UnitOfWork


@needs(of_its_kind)
def archive_all(
    uow: UnitOfWork, kind_name: str, ids: Sequence[int], *, archived: bool = True
) -> int:
    """Take records out of the lists, or bring them back; answers how many were asked for."""
    for record_id in ids:
        records.archive(uow, kind_name, record_id, archived=archived)
    return len(ids)
