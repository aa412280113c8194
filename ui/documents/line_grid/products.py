"""Finding a product for a line: by any part of its name or SKU, with its prices at hand."""

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from controllers.core.catalogue import KINDS
from controllers.core.listing import Listing
from models.values.documents import Draft
from models.values.formatting import Style, format_rows
from models.values.records import ListQuery
from ui.kit import tasks
from ui.widgets.lookup import Find

if TYPE_CHECKING:
    from controllers.core.app import App
    from ui.documents.session import Session

_LIMIT = 12
_COLUMNS = ("sku", "name", "free", "unit", "stocked")


@dataclass(frozen=True)
class Found:
    """What a search found; `book` prices the first find under the terms of `draft`."""

    text: str
    finds: list[Find]
    draft: Draft
    book: Any = None


def search(session: "Session", text: str, wanted: str, then: Callable[[Found], object]) -> None:
    """Look for `wanted` in the background; of several searches only the newest is answered.

    The first find, which Enter takes, arrives with its prices.
    """
    app, draft, style = session.desk.app, replace(session.draft, lines=()), session.style
    known: Container[int] = session.editor.book

    def work() -> Found:
        finds = products(app.listing, wanted, draft.language, style)
        if finds and finds[0][0] not in known:
            return Found(text, finds, draft, _book(app, draft, int(finds[0][0])))
        return Found(text, finds, draft)

    tasks.run(work, then, session.fail, key=(id(session), "product"), owner=session)


def _book(app: "App", draft: Draft, product: int) -> Any:
    from controllers.documents.books import price_book

    return app.read(price_book, draft, [product], history=True)


def products(listing: Listing, text: str, language: str, style: Style) -> list[Find]:
    """Finds as id, SKU with what is free, name, SKU; the exact SKU first."""
    ids = [row[0] for row in listing.lookup("product", text, _LIMIT)][:_LIMIT]
    if not ids:
        return []
    named = (f"name_{language}",) if language in ("id", "ms") else ()
    query = ListQuery("product", _COLUMNS + named)
    rows = listing.rows(query, ids)
    fields = [KINDS["product"][each] for each in query.columns]
    texts = format_rows(fields, rows, style, currency=True)
    return [_find(row[0], shown) for row, shown in zip(rows, texts, strict=True)]


def _find(record_id: int, texts: tuple[str, ...]) -> Find:
    sku, title, free, unit, stocked, *named = texts
    beside = f"{sku}  ·  {free} {unit}" if stocked else sku
    return record_id, beside, (named[0] if named and named[0] else title), sku
