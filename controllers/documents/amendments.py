"""Amending a confirmed order: quantities, lines and substitutes; stock and totals follow.

Prices stay as they were agreed, by the tax of that day; only what is new is priced anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, update

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import backorders, drafting, fulfilment, orders, promise, stock, stored
from controllers.documents.books import sku_book
from controllers.documents.stored import Stored
from models.rules.price_book import BookProduct, PriceBook
from models.rules.promise import latest
from models.storage.tables import TABLES
from models.values.documents import PRODUCT, Draft, Line
from models.values.errors import ConflictError, DomainError, NotFoundError
from models.values.money import ZERO
from models.values.reasons import BY_HAND, grouped
from models.values.states import ORDER_STATES
from resources.languages import marked as _

KIND = "order"


@dataclass(frozen=True, slots=True)
class LineChange:
    """What becomes of one line; what is None stays. A quantity of 0 drops the line."""

    line: int | None = None
    """The id of the line; None adds one."""
    sku: str = ""
    """Of a line that is there: what is delivered in its stead, at its price."""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    description: str = ""


@needs("documents.change")
def amend(
    uow: UnitOfWork,
    key: str | int,
    changes: Sequence[LineChange],
    note: str,
    *,
    backorder: bool = False,
) -> Draft:
    """Amend a confirmed order; answers it as it is then, with one amendment more.

    What it needs more is held, all of it or none, or with `backorder` as far as it is free.
    DomainError where a line would fall under what was shipped or invoiced, or nothing is left.
    """
    document = _open(uow, key, changes, note)
    rows = _rows(uow, document.id)
    lines = _lines(uow, document, rows, changes)
    before = drafting.priced(uow, document)
    draft = replace(document.draft, lines=lines)
    priced = drafting.priced(uow, replace(document, draft=draft))
    _check_invoiced(uow, document, priced.totals.total)
    if priced == before and draft == document.draft:
        message = _("Nothing of {order} would change.")
        raise DomainError(message, field="lines", order=document.name)
    _give_back_dropped(uow, rows, lines)
    links = {name: document.row[name] for name in stored.LINK_COLUMNS}
    done = stored.replace_document(
        uow, KIND, priced, links, state="confirmed", amendment=(document.row["amendment"] or 0) + 1,
        amendment_note=note.strip(),
    )  # fmt: skip
    if not done:
        message = _("{order} was changed meanwhile; look at it again.")
        raise ConflictError(message, order=document.name)
    _hold(uow, document, rows, backorder=backorder)
    return _followed(uow, stored.find(uow, KIND, document.id))


def _open(uow: UnitOfWork, key: str | int, changes: Sequence[LineChange], note: str) -> Stored:
    document = stored.find(uow, KIND, key)
    if document.draft.state != "confirmed" or document.row["imported"]:
        message = _("{order} is {state}; only a confirmed order is amended.")
        state = ORDER_STATES.labels[document.draft.state]
        raise DomainError(message, field="state", order=document.name, state=state)
    if not note.strip():
        message = _("{order}: say in a note why it is amended.")
        raise DomainError(message, field="amendment_note", order=document.name)
    if not changes:
        message = _("Nothing of {order} would change.")
        raise DomainError(message, field="lines", order=document.name)
    return document


def _rows(uow: UnitOfWork, order_id: int) -> dict[int, Mapping[str, Any]]:
    """How far each line has come."""
    table = TABLES["order_line"]
    names = ("id", "product_id", "quantity", "factor", "shipped", "delivered", "returned",
             "invoiced", "reserved", "promised")  # fmt: skip
    query = select(*(table.c[name] for name in names)).where(table.c.order_id == order_id)
    return {row["id"]: dict(row) for row in uow.connection.execute(query).mappings()}


# Lines


def _lines(
    uow: UnitOfWork,
    document: Stored,
    rows: Mapping[int, Mapping[str, Any]],
    changes: Sequence[LineChange],
) -> tuple[Line, ...]:
    draft = document.draft
    book = sku_book(uow, draft, [each.sku for each in changes if each.sku])
    by_line = {each.line: each for each in changes if each.line is not None}
    strange = by_line.keys() - {line.id for line in draft.lines if line.counts}
    if strange or len(by_line) < sum(each.line is not None for each in changes):
        message = _("{order}: name each line that is to change once, by a line that is sold.")
        raise DomainError(message, field="lines", order=document.name)
    lines: list[Line] = []
    for line in draft.lines:
        change = by_line.get(line.id or 0)
        made = line
        if change is not None:
            made = _changed(document, line, rows[line.id or 0], change, book)
        if change is None or made.quantity or _is_named(uow, line.id or 0):
            lines.append(made)
    lines += [_added(document, each, book, len(lines) + 1) for each in changes if each.line is None]
    if not any(line.counts and line.quantity for line in lines):
        message = _("{order} would have no line left; cancel it instead.")
        raise DomainError(message, field="lines", order=document.name)
    return tuple(lines)


def _changed(
    document: Stored, line: Line, row: Mapping[str, Any], change: LineChange, book: PriceBook
) -> Line:
    """The line as it becomes; with a quantity of 0 where it is dropped."""
    quantity = line.quantity if change.quantity is None else change.quantity
    _check_quantity(document, line, row, quantity)
    made = replace(line, quantity=quantity)
    if change.sku and change.sku.casefold() != line.sku.casefold():
        made = _substituted(document, made, row, change, book)
    if change.unit and change.unit != made.unit:
        message = _("{order}, {name}: the unit of a line stays; drop it and add another.")
        raise DomainError(message, field="unit", order=document.name, name=line.sku)
    if change.unit_price is not None:
        made = replace(made, unit_price=change.unit_price, price_reason=BY_HAND)
    return replace(made, description=change.description) if change.description else made


def _is_named(uow: UnitOfWork, line: int) -> bool:
    """Whether a delivery or invoice names a line, be it cancelled: then it stays, with nothing."""
    tables = (TABLES["delivery_line"], TABLES["invoice_line"])
    queries = (select(each.c.id).where(each.c.order_line_id == line).limit(1) for each in tables)
    return any(uow.connection.execute(query).first() is not None for query in queries)


def _check_quantity(
    document: Stored, line: Line, row: Mapping[str, Any], quantity: Decimal
) -> None:
    gone, billed = row["shipped"] or ZERO, row["invoiced"] or ZERO
    least = max(gone, billed, row["returned"] or ZERO)
    if quantity >= least and quantity >= 0:
        return
    message = _("{order}, {name}: {quantity} is less than the {least} that were delivered or "
                "invoiced; take goods back or credit the invoice first.")  # fmt: skip
    raise DomainError(
        message, field="quantity", order=document.name, name=line.sku or line.description,
        quantity=grouped(quantity), least=grouped(least),
    )  # fmt: skip


def _substituted(
    document: Stored, line: Line, row: Mapping[str, Any], change: LineChange, book: PriceBook
) -> Line:
    """Another product at the price that was agreed, in the same unit where it has it."""
    if row["shipped"] or row["invoiced"] or row["returned"]:
        message = _("{order}: part of {name} was delivered or invoiced; lower its quantity and add "
                    "a line for the substitute.")  # fmt: skip
        raise DomainError(message, field="product", order=document.name, name=line.sku)
    product = _product(book, change.sku)
    unit = change.unit or line.unit
    return replace(
        line, kind=PRODUCT, product=product.id, sku=product.sku, unit=unit,
        description=product.name_in(document.draft.language), factor=product.factor(unit),
        cost=book.cost(product.id), pinned=True,
    )  # fmt: skip


def _product(book: PriceBook, sku: str) -> BookProduct:
    found = book.by_sku.get(sku.casefold())
    if found is None:
        message = _("There is no product “{key}”; look it up in the list.")
        raise NotFoundError(message, field="product", key=sku)
    return found


def _added(document: Stored, change: LineChange, book: PriceBook, at: int) -> Line:
    if not change.sku:
        message = _("{order}: a line that is added names its product.")
        raise DomainError(message, field="product", order=document.name)
    product, quantity = _product(book, change.sku), change.quantity
    if quantity is None or quantity <= 0:
        message = _("{order}, {name}: a line that is added needs a quantity over 0.")
        raise DomainError(message, field="quantity", order=document.name, name=product.sku)
    line = Line(
        product=product.id, quantity=quantity, unit=change.unit, description=change.description,
        tax_class=product.tax_class,
    )  # fmt: skip
    made = drafting.settled_line(line, book, document.draft, at)
    if change.unit_price is not None:
        made = replace(made, unit_price=change.unit_price, price_reason=BY_HAND)
    return replace(made, pinned=True)


def _check_invoiced(uow: UnitOfWork, document: Stored, total: Decimal) -> None:
    """An order never comes to less than its invoices, down payments among them."""
    table = TABLES["invoice"]
    query = select(func.sum(table.c.total)).where(
        table.c.order_id == document.id, table.c.state != "void", table.c.type != "credit_note"
    )
    credited = select(func.sum(table.c.total)).where(
        table.c.order_id == document.id, table.c.state == "issued", table.c.type == "credit_note"
    )
    billed = (uow.connection.execute(query).scalar() or ZERO) - (
        uow.connection.execute(credited).scalar() or ZERO
    )
    if total < billed:
        message = _("{order} would come to {total}, but {billed} of it are invoiced; credit an "
                    "invoice first.")  # fmt: skip
        raise DomainError(
            message, field="total", order=document.name, total=grouped(total),
            billed=grouped(billed),
        )  # fmt: skip


# Stock


def _need(line: Mapping[str, Any] | Line, delivered: Decimal = ZERO) -> Decimal:
    """Stock units of a line that are still to go."""
    if isinstance(line, Line):
        return max(ZERO, stock.units(line) - delivered)
    units = stock.scaled(line["quantity"], line["factor"])
    return Decimal(max(ZERO, units - line["delivered"]))


def _give_back_dropped(
    uow: UnitOfWork, rows: Mapping[int, Mapping[str, Any]], lines: Sequence[Line]
) -> None:
    """What lines hold that go, or become another product, is free before they are gone."""
    kept = {line.id: line.product for line in lines}
    freed: stock.Wanted = {}
    for line, row in rows.items():
        if row["reserved"] and kept.get(line) != row["product_id"]:
            product = row["product_id"]
            freed[product] = freed.get(product, ZERO) + row["reserved"]
    stock.give_back(uow, freed)
    orders.set_held(
        uow, {line: ZERO for line, row in rows.items() if kept.get(line) != row["product_id"]}
    )


def _hold(
    uow: UnitOfWork,
    document: Stored,
    rows: Mapping[int, Mapping[str, Any]],
    *,
    backorder: bool,
) -> None:
    """Hold for each line what it needs now; what waited before goes on waiting."""
    present = stored.find(uow, KIND, document.id).draft.lines
    kept = stock.wanted(uow, present)
    by: stock.Wanted = {}
    held: dict[int | None, Decimal] = {}
    for line in present:
        if line.product not in kept or line.optional or not line.counts:
            continue
        row = rows.get(line.id or 0)
        same = row is not None and row["product_id"] == line.product
        had, needed, delivered = (
            (row["reserved"], _need(row), row["delivered"]) if same and row else (ZERO, ZERO, ZERO)
        )
        need = _need(line, delivered)
        more = max(ZERO, need - needed) if not backorder else ZERO
        now = min(had, need) + more
        if now != had:
            held[line.id] = now
            by[line.product] = by.get(line.product, ZERO) + now - had
    stock.reserve(uow, document.name, by)
    orders.set_held(uow, held)
    _promise(uow, present, rows)
    backorders.share(uow, {*kept, *(r["product_id"] for r in rows.values() if r["product_id"])})


def _promise(
    uow: UnitOfWork, lines: Sequence[Line], rows: Mapping[int, Mapping[str, Any]]
) -> None:  # fmt: skip
    """Lines that are new or ask for more get a day; the others keep theirs."""
    asked = [line for line in lines if _asks_more(line, rows.get(line.id or 0))]
    extra = [replace(line, quantity=_extra(line, rows.get(line.id or 0))) for line in asked]
    orders.set_promised(uow, asked, promise.of_lines(uow, extra))


def _asks_more(line: Line, row: Mapping[str, Any] | None) -> bool:
    return line.product is not None and _extra(line, row) > 0


def _extra(line: Line, row: Mapping[str, Any] | None) -> Decimal:
    if row is None or row["product_id"] != line.product:
        return line.quantity
    return Decimal(max(ZERO, line.quantity - row["quantity"]))


def _followed(uow: UnitOfWork, document: Stored) -> Draft:
    """The order's own day, and its state where nothing of it is left to go."""
    line = TABLES["order_line"]
    query = select(line.c.promised).where(
        line.c.order_id == document.id, line.c.product_id.is_not(None), line.c.optional.is_(False)
    )
    day = latest(uow.connection.execute(query).scalars())
    done = fulfilment.is_delivered(fulfilment.open_lines(uow, document.id))
    state = "delivered" if done else "confirmed"
    head = TABLES[KIND]
    uow.connection.execute(
        update(head).where(head.c.id == document.id).values(promised_date=day, state=state)
    )
    return replace(document.draft, state=state)
