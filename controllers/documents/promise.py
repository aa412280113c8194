"""Promise dates: the day on which goods can be there, for one product or all lines of a draft."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from controllers.core.unit_of_work import UnitOfWork
from models.rules.price_book import PriceBook
from models.rules.promise import Outlook, promised
from models.storage import outlook
from models.storage.postgres import sharing
from models.values.documents import Draft, Line
from models.values.money import ZERO, from_scaled, rounded

Outlooks = dict[int, Outlook]
"""What is known of products, by their ids."""

_IN_FILE = outlook.of_products("IN (SELECT value FROM json_each(?))", is_embedded=True)


def outlooks(uow: UnitOfWork, products: Iterable[int]) -> Outlooks:
    """What is known of some products, in one query."""
    wanted = sorted(set(products))
    if not wanted:
        return {}
    rows: Sequence[Any] = (
        uow.connection.exec_driver_sql(_IN_FILE, (json.dumps(wanted),)).all()
        if uow.is_embedded
        else sharing.stock_outlook(uow.connection, wanted)
    )
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return {product: _outlook(each) for product, each in found.items()}


def _outlook(rows: Sequence[Any]) -> Outlook:
    _product, is_stocked, free, owed, lead_days, _due, _quantity = rows[0]
    receipts = tuple(
        (dt.date.fromisoformat(row[5]), from_scaled(row[6])) for row in rows if row[5] is not None
    )
    return Outlook(from_scaled(free), from_scaled(owed), receipts, lead_days, bool(is_stocked))


def of(
    uow: UnitOfWork, product: int, quantity: Decimal, day: dt.date | None = None
) -> dt.date | None:
    """The first day on or after `day` (else today) on which a quantity in stock units is there.

    None where it is unknown, or there is no such product.
    """
    known = outlooks(uow, [product]).get(product)
    return None if known is None else promised(known, quantity, day or uow.today, uow.today)


def of_lines(
    uow: UnitOfWork, lines: Sequence[Line], day: dt.date | None = None
) -> tuple[dt.date | None, ...]:
    """The same for every line of a draft; a line counts on what those above it take.

    None as well for lines that take nothing from stock.
    """
    known = outlooks(uow, (line.product for line in lines if line.product is not None))
    return by_outlook(known, lines, day or uow.today, uow.today)


def of_draft(
    book: PriceBook, draft: Draft, today: dt.date
) -> tuple[dt.date | None, ...]:  # fmt: skip
    """The days of a draft on a screen, by what its price book knows; a quotation has not held
    anything yet, so it is promised from today or from its own later day.
    """
    known = {key: each.outlook for key, each in book.products.items() if each.outlook}
    return by_outlook(known, draft.lines, max(draft.date, today), today)


def by_outlook(
    known: Mapping[int, Outlook], lines: Sequence[Line], day: dt.date, today: dt.date
) -> tuple[dt.date | None, ...]:
    """The days of lines by what was read before, as a screen asks at every keystroke."""
    taken: dict[int, Decimal] = {}
    days: list[dt.date | None] = []
    for line in lines:
        if not line.counts or line.product is None or line.product not in known:
            days.append(None)
            continue
        units = rounded(line.quantity * line.factor, 4)
        before = taken.get(line.product, ZERO)
        days.append(promised(known[line.product], units, day, today, before))
        if not line.optional:
            taken[line.product] = before + units
    return tuple(days)
