"""Deliveries and returns as they are set on paper, and the list the warehouse gathers by."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import func, select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import delivery_rows, frozen, paper, stored
from controllers.documents.delivery_rows import StoredDelivery
from models.documents.delivery import RETURN_REASONS
from models.storage.tables import TABLES
from models.values.deliveries import DeliveryLine as Line
from models.values.money import ZERO, currency_decimals, rounded
from reports.documents.data import PageSize
from reports.documents.delivery import DeliveryLine, DeliveryNote, PickLine, PickList
from reports.documents.forms import Form
from resources.languages import translate


def note(uow: UnitOfWork, key: str | int, *, is_priced: bool = False) -> DeliveryNote:
    """A delivery's note, or a return's, in the customer's language; without prices if not asked."""
    found = delivery_rows.find(uow, key)
    delivery = found.delivery
    order = stored.find(uow, "order", delivery.order)
    kept = found.frozen or order.frozen or frozen.now(uow, order.draft)
    is_return = delivery.direction == "in"
    reason = translate(dict(RETURN_REASONS).get(delivery.reason, ""), delivery.language)
    return DeliveryNote(
        form=_form(uow, found, kept),
        lines=tuple(_lines(uow, found, is_priced=is_priced)),
        address=tuple(delivery.address.splitlines()),
        order=delivery.order,
        customer_order=delivery.reference,
        delivery=delivery.returned,
        reason=reason if is_return else "",
        carrier=delivery.carrier,
        vehicle=delivery.vehicle,
        tracking=delivery.tracking,
        note="",
        is_priced=is_priced,
        currency=order.draft.currency,
        decimals=currency_decimals(order.draft.currency),
    )


def _form(uow: UnitOfWork, found: StoredDelivery, kept: dict[str, Any]) -> Form:
    delivery = found.delivery
    return Form(
        language=paper.spoken(delivery.language),
        date=delivery.date,
        letterhead=paper.letterhead(uow, kept["seller"]),
        party=paper.party_of(kept, delivery.language),
        number=delivery.number,
        place=kept["seller"].get("place", ""),
        page_size=cast("PageSize", kept["seller"].get("page_size") or "A4"),
    )


def _lines(uow: UnitOfWork, found: StoredDelivery, *, is_priced: bool) -> Iterator[DeliveryLine]:
    is_return = found.delivery.direction == "in"
    known = _ordered(uow, [line.order_line for line in found.delivery.lines])
    for number, line in enumerate(found.delivery.lines, 1):
        row = known.get(line.order_line)
        ordered = row.quantity if row and not is_return else None
        left = None
        if row and not is_return:
            left = max(row.quantity - _gone(uow, found, line), ZERO)
        yield DeliveryLine(
            description=line.description or line.sku, delivered=line.quantity,
            number=str(number), detail=line.detail, lot=line.lot, unit=line.unit,
            ordered=ordered, remaining=left,
            unit_price=row.unit_price if row and is_priced else None,
            amount=_amount(row, line.quantity) if row and is_priced else None,
        )  # fmt: skip


def _gone(uow: UnitOfWork, found: StoredDelivery, line: Line) -> Decimal:
    """What had gone of the order's line with this delivery; later ones change no earlier paper."""
    head, table = TABLES["delivery"], TABLES["delivery_line"]
    query = (
        select(func.sum(table.c.quantity))
        .select_from(table.join(head, head.c.id == table.c.delivery_id))
        .where(table.c.order_line_id == line.order_line, head.c.direction == "out")
        .where(head.c.state.in_(("shipped", "delivered")), head.c.id < found.id)
    )
    before = uow.connection.execute(query).scalar_one_or_none()
    same = (each for each in found.delivery.lines if each.order_line == line.order_line)
    return (before or ZERO) + sum((each.quantity for each in same), ZERO)


def _amount(row: Any, quantity: Decimal) -> Decimal:
    return rounded(row.amount * quantity / (row.quantity or 1), 2)


def _ordered(uow: UnitOfWork, ids: list[int | None]) -> dict[int | None, Any]:
    table = TABLES["order_line"]
    names = ("id", "quantity", "shipped", "unit_price", "amount")
    query = select(*(table.c[each] for each in names)).where(table.c.id.in_(ids))
    return {row.id: row for row in uow.connection.execute(query)}


def pdf(uow: UnitOfWork, key: str | int, *, is_priced: bool = False) -> bytes:
    """The paper of a delivery or return as a PDF."""
    from reports.documents.delivery import render_delivery_note, render_return_note

    made = note(uow, key, is_priced=is_priced)
    is_return = delivery_rows.find(uow, key).delivery.direction == "in"
    return (render_return_note if is_return else render_delivery_note)(made)


def pick_list(uow: UnitOfWork, key: str | int) -> PickList:
    """What the warehouse gathers for a delivery, in the company's own language."""
    found = delivery_rows.find(uow, key)
    delivery = found.delivery
    kept = frozen.now(uow, stored.find(uow, "order", delivery.order).draft)
    language = paper.spoken(uow.settings.language)
    form = Form(
        language=language, date=delivery.date, letterhead=paper.letterhead(uow, kept["seller"]),
        number=delivery.number,
        page_size=cast("PageSize", kept["seller"].get("page_size") or "A4"),
    )  # fmt: skip
    lines = tuple(
        PickLine(
            description=f"{line.sku} {line.description}".strip(), quantity=line.quantity,
            unit=line.unit, location=delivery.warehouse, lot=line.lot, detail=line.detail,
        )
        for line in delivery.lines
    )  # fmt: skip
    return PickList(form, lines, delivery.warehouse, delivery.order, kept["party"].get("name", ""))


def pick_list_pdf(uow: UnitOfWork, key: str | int) -> bytes:
    """The pick list of a delivery as a PDF."""
    from reports.documents.delivery import render_pick_list

    return render_pick_list(pick_list(uow, key))
