"""Many quotations, orders or invoices as one PDF to print, each with its own page numbers."""

from collections.abc import Iterable
from functools import partial

from reports.documents import invoice, sales
from reports.documents.data import SalesDocument
from reports.kit.files import Cancelled, Progress
from reports.kit.page import SIZES, Names, Paper, Sheet


def render_batch(
    documents: Iterable[SalesDocument], title: str, progress: Progress | None = None
) -> bytes:
    """The documents one after the other, each on pages of its own and in its own language.

    A bookmark leads to each of them. They are read one at a time, so that they may be made on the
    way; `progress` is told how many are done. Equal documents give equal bytes. Raises Cancelled,
    ValueError where there are none, and what sales.render_pdf raises.
    """
    paper: Paper | None = None
    for at, document in enumerate(map(invoice.prepared, documents), 1):
        paper = _begun(paper, document, title)
        _add(paper, document, f"document{at}")
        if progress is not None and not progress(at):
            raise Cancelled
    if paper is None:
        raise ValueError("There is no document to print.")
    return paper.finish(_filed)


def _begun(paper: Paper | None, document: SalesDocument, title: str) -> Paper:
    """The paper on a new page with the sheet and the running head of a document."""
    sheet = Sheet(*SIZES[document.page_size])
    head = partial(sales.running_head, document=document)
    if paper is None:
        names = Names(title, document.letterhead.company, language=document.language)
        return Paper(sheet, names, head, sales.RUNNING)
    paper.part(sheet, head, sales.RUNNING)
    return paper


def _add(paper: Paper, document: SalesDocument, mark: str) -> None:
    paper.mark(mark)
    sales.write(paper, document)
    paper.bookmark(f"{sales.full_title(document)} · {document.party.name}", mark)
    paper.file(lambda sheet, page, pages: sales.foot(sheet, document, page, pages))


def _filed(*_: object) -> None:
    """No page waits for its foot: each document has filed its own."""
