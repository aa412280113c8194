"""Rows of a list as text for the clipboard: tabs between cells, headers above."""

import csv
import io
from collections.abc import Sequence

from controllers.core.catalogue import KINDS
from controllers.core.listing import Listing
from models.values.formatting import Style, format_rows
from models.values.records import ListQuery
from ui.kit.tasks import Task

CHUNK = 1_000


def table_text(
    listing: Listing,
    query: ListQuery,
    ids: Sequence[int],
    labels: Sequence[str],
    style: Style,
    task: Task,
) -> str:
    """The rows of these ids as they are shown, ready to paste into a table."""
    kind = KINDS[query.kind]
    fields = [kind[each] for each in query.columns]
    out = io.StringIO()
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    writer.writerow(labels)
    for start in range(0, len(ids), CHUNK):
        task.progress(start, len(ids))
        rows = listing.rows(query, ids[start : start + CHUNK])
        writer.writerows(format_rows(fields, rows, style, currency="currency" in kind.by_name))
    return out.getvalue()
