"""Deliveries: part of an order or all of it, with its paper; cancelled, received, or taken back."""

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from controllers.catalogue import stock_moves
from controllers.catalogue.stock_moves import Move
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import (
    attachments,
    delivery_rows,
    frozen,
    fulfilment,
    numbering,
    periods,
    stock,
    stored,
)
from controllers.documents.delivery_rows import StoredDelivery
from controllers.documents.fulfilment import Going
from controllers.documents.stored import Stored
from models.storage.tables import TABLES
from models.values.deliveries import Delivery, DeliveryLine, OpenLine, Part
from models.values.documents import Draft
from models.values.errors import DomainError
from models.values.money import ZERO
from models.values.reasons import grouped
from models.values.states import DELIVERY_STATES, ORDER_STATES
from resources.languages import marked as _

KIND = "delivery"

HEAD = ("carrier", "vehicle", "tracking", "address", "notes", "date")
"""What a person may say of a delivery beside its lines."""


def show(uow: UnitOfWork, key: str | int) -> Delivery:
    """A delivery or return by its number or id."""
    return delivery_rows.find(uow, key).delivery


def draft(uow: UnitOfWork, key: str | int) -> Draft:
    """The head of a delivery as every document has one."""
    return head_of(show(uow, key))


def head_of(found: Delivery) -> Draft:
    """The same, of a delivery that was read."""
    return Draft(
        kind=KIND, id=found.id, version=found.version, number=found.number, state=found.state,
        account=found.account, contact=found.contact, date=found.date, language=found.language,
    )  # fmt: skip


def open_lines(uow: UnitOfWork, order: str | int) -> tuple[OpenLine, ...]:
    """The lines of an order with what is still to be delivered of each."""
    return fulfilment.open_lines(uow, stored.find(uow, "order", order).id)


def of_order(uow: UnitOfWork, order_id: int) -> tuple[Delivery, ...]:
    """Every delivery and return of an order, the oldest first."""
    table = TABLES[KIND]
    query = select(table.c.id).where(table.c.order_id == order_id).order_by(table.c.id)
    return tuple(show(uow, each) for each in uow.connection.execute(query).scalars().all())


@needs("deliveries.change")
def new(
    uow: UnitOfWork,
    /,
    order: str | int,
    parts: Sequence[Part] | None = None,
    *,
    warehouse: str = "",
    **head: Any,
) -> Delivery:
    """A draft of a delivery for a confirmed order: the given parts, or all that is open.

    `head` holds fields of `HEAD`. DomainError where more would go than is open.
    """
    document = _deliverable(uow, order)
    lines = fulfilment.open_lines(uow, document.id)
    goods = _wanted(document, lines, parts)
    draft = _drafted(uow, document, goods, head)
    links = _links(document, stock_moves.warehouse_id(uow, warehouse))
    return show(uow, delivery_rows.add(uow, draft, links))


@needs("deliveries.change")
def deliver(
    uow: UnitOfWork,
    /,
    order: str | int,
    parts: Sequence[Part] | None = None,
    *,
    warehouse: str = "",
    **head: Any,
) -> Delivery:
    """Make a delivery and send it off at once: the same as `new` and `ship`, in half the time."""
    document = _deliverable(uow, order)
    lines = fulfilment.open_lines(uow, document.id)
    goods = _wanted(document, lines, parts)
    draft = _drafted(uow, document, goods, head)
    place = stock_moves.warehouse_id(uow, warehouse)
    _check(uow, document, draft, goods)
    made = delivery_rows.add(uow, draft, _links(document, place))
    _send_off(uow, document, replace(draft, id=made), place, goods)
    return show(uow, made)


def _deliverable(uow: UnitOfWork, order: str | int) -> Stored:
    document = stored.find(uow, "order", order)
    if document.draft.state != "confirmed":
        ORDER_STATES.check_move(document.name, document.draft.state, "delivered")
    return document


def _wanted(
    document: Stored, lines: Sequence[OpenLine], parts: Sequence[Part] | None
) -> tuple[Going, ...]:
    """What is to go: the given parts, or all that is open; DomainError where that is nothing."""
    wanted = fulfilment.everything_open(lines) if parts is None else tuple(parts)
    if not wanted:
        message = _("{order} has nothing left to deliver.")
        raise DomainError(message, field="lines", order=document.name)
    return fulfilment.going(document, lines, wanted)


def _drafted(
    uow: UnitOfWork, document: Stored, goods: Sequence[Going], head: dict[str, Any]
) -> Delivery:
    order = document.draft
    known = {name: value for name, value in head.items() if name in HEAD and value}
    party = document.frozen.get("party", {})
    address = party.get("delivery_address") or party.get("address", "")
    plain = Delivery(
        order=order.number, account=order.account, date=uow.today, reference=order.reference,
        language=order.language, address=address,
        lines=tuple(
            DeliveryLine(
                order_line=each.line.line, product=each.line.product, sku=each.line.sku,
                description=each.line.description, quantity=each.quantity, unit=each.line.unit,
                factor=each.line.factor, lot=each.lot,
            )
            for each in goods
        ),
    )  # fmt: skip
    return replace(plain, **known)


def _links(document: Stored, warehouse: int) -> dict[str, int | None]:
    return {
        "order_id": document.id, "account_id": document.row["account_id"],
        "contact_id": document.row["contact_id"], "owner_id": document.row["owner_id"],
        "warehouse_id": warehouse,
    }  # fmt: skip


@needs("deliveries.change")
def change(
    uow: UnitOfWork, /, key: str | int, parts: Sequence[Part] | None = None, **head: Any
) -> Delivery:
    """Change a draft: fields of `HEAD`, and the lines where parts are given."""
    found = delivery_rows.find(uow, key)
    if found.delivery.state != "draft":
        message = _("{number} is {state} and can no longer be changed; cancel it, or take it back.")
        state = DELIVERY_STATES.labels[found.delivery.state]
        raise DomainError(message, field="state", number=found.delivery.name, state=state)
    if parts is not None:
        document = stored.find(uow, "order", found.delivery.order)
        lines = fulfilment.open_lines(uow, document.id)
        goods = fulfilment.going(document, lines, parts)
        delivery_rows.replace_lines(uow, found, _drafted(uow, document, goods, {}).lines)
    delivery_rows.set_columns(
        uow, found, **{name: value or None for name, value in head.items() if name in HEAD}
    )
    return show(uow, found.id)


@needs("deliveries.change")
def ship(uow: UnitOfWork, key: str | int) -> Delivery:
    """Send a delivery off: it draws its number, its goods leave the stock, the order follows.

    DomainError where more would go than is open or lies there, or a tracked product has no lot.
    """
    found = _moving(uow, key, "shipped")
    order = _deliverable(uow, found.delivery.order)
    lines = fulfilment.open_lines(uow, order.id)
    goods = fulfilment.going(order, lines, [_part(each) for each in found.delivery.lines])
    _check(uow, order, found.delivery, goods)
    _send_off(uow, order, found.delivery, found.row["warehouse_id"], goods)
    return show(uow, found.id)


def _check(uow: UnitOfWork, order: Stored, delivery: Delivery, goods: Sequence[Going]) -> None:
    periods.require_open(uow, delivery.date)
    _check_lots(delivery, goods)
    _check_free(uow, order, goods)


def _send_off(
    uow: UnitOfWork, order: Stored, delivery: Delivery, warehouse: int, goods: Sequence[Going]
) -> None:
    """Goods leave, the order follows, and last of all the delivery draws its number."""
    key = delivery.id or 0
    stock_moves.post(uow, _moves(key, delivery, warehouse, goods))
    _count(uow, goods, 1)
    _follow(uow, order)
    party = order.frozen or frozen.now(uow, order.draft)
    delivery_rows.change_columns(
        uow, key, delivery, state="shipped", shipped_at=uow.now,
        frozen=json.dumps(party, ensure_ascii=False),
        number=numbering.draw(uow, "delivery", delivery.date),
    )  # fmt: skip


def _moving(uow: UnitOfWork, key: str | int, state: str) -> StoredDelivery:
    found = delivery_rows.find(uow, key)
    DELIVERY_STATES.check_move(found.delivery.name, found.delivery.state, state)
    return found


def _part(line: DeliveryLine) -> Part:
    return Part(line.order_line or 0, line.quantity, line.lot)


def _check_lots(delivery: Delivery, goods: Sequence[Going]) -> None:
    for each in goods:
        if not each.line.is_stocked or each.line.tracking == "none":
            continue
        if not each.lot:
            message = _("{sku} is tracked: name the lot or serial number that goes.")
            raise DomainError(message, field="lot", sku=each.line.sku)
        if each.line.tracking == "serial" and each.units != 1:
            message = _("{sku}: serial number {lot} is one piece; give each piece a line.")
            raise DomainError(message, field="lot", sku=each.line.sku, lot=each.lot)
    lots = [(each.line.product, each.lot) for each in goods if each.lot]
    if len(set(lots)) < len(lots):
        message = _("A lot stands twice in {number}; put its pieces into one line.")
        raise DomainError(message, field="lot", number=delivery.name)


def _check_free(uow: UnitOfWork, order: Stored, goods: Sequence[Going]) -> None:
    """What an order does not hold itself must be free of other orders."""
    wanted: dict[int, Decimal] = {}
    for each in goods:
        if each.line.is_stocked and each.line.product is not None and each.units > each.held:
            more = each.units - each.held
            wanted[each.line.product] = wanted.get(each.line.product, ZERO) + more
    there = stock.now(uow, wanted)
    for product, more in wanted.items():
        free = there[product].stock - there[product].reserved
        if more > free:
            sku = next(each.line.sku for each in goods if each.line.product == product)
            message = _("Order {order}: {sku} lacks {missing}, {free} are free; deliver less, or "
                        "receive some first.")  # fmt: skip
            raise DomainError(
                message, field="quantity", order=order.name, sku=sku, missing=grouped(more),
                free=grouped(free),
            )  # fmt: skip


def _moves(key: int, delivery: Delivery, warehouse: int, goods: Sequence[Going]) -> list[Move]:
    return [
        Move(
            each.line.product, -each.units, "delivery", warehouse, each.lot, -each.held,
            document=KIND, document_id=key, date=delivery.date,
        )
        for each in goods
        if each.line.is_stocked and each.line.product is not None
    ]  # fmt: skip


def _count(uow: UnitOfWork, goods: Sequence[Going], sign: int) -> None:
    counts: dict[int, dict[str, Decimal]] = {}
    for each in goods:
        by = counts.setdefault(each.line.line, dict.fromkeys(_COUNTED, ZERO))
        by["shipped"] += sign * each.quantity
        by["delivered"] += sign * each.units
        by["reserved"] -= sign * each.held
    fulfilment.count_lines(uow, counts)


_COUNTED = ("shipped", "delivered", "reserved")


def _follow(uow: UnitOfWork, order: Stored) -> None:
    """The order is delivered once nothing of it is open, and confirmed as long as something is."""
    done = fulfilment.is_delivered(fulfilment.open_lines(uow, order.id))
    state = "delivered" if done else "confirmed"
    stored.set_columns(uow, "order", order, state=state)


@needs("deliveries.change")
def receive(
    uow: UnitOfWork, key: str | int, by: str = "", on: Any = None,
    *, copy: tuple[str, bytes] | None = None,
) -> Delivery:  # fmt: skip
    """Note that the customer has the goods, who took them and when.

    `copy` is the name and content of the delivery note they signed.
    """
    found = _moving(uow, key, "delivered")
    if copy is not None:
        attachments.add(uow, KIND, found.id, *copy, "delivery_note")
    delivery_rows.set_columns(
        uow, found, state="delivered", received_by=by or None, received_on=on or uow.today
    )
    return show(uow, found.id)


@needs("deliveries.change")
def cancel(uow: UnitOfWork, key: str | int, *, again: bool = True) -> Delivery:
    """Cancel a delivery; goods that left come back into stock.

    `again` holds them for the order, so that they can be delivered anew; else they are free.
    DomainError where something of it came back already, or was invoiced.
    """
    found = _moving(uow, key, "cancelled")
    if found.delivery.state == "shipped":
        _take_all_back(uow, found, again=again)
    delivery_rows.set_columns(uow, found, state="cancelled")
    return show(uow, found.id)


def _take_all_back(uow: UnitOfWork, found: StoredDelivery, *, again: bool) -> None:
    number = found.delivery.name
    if any(each.back for each in found.delivery.lines):
        message = _("Part of {number} came back already; take the rest back as a return.")
        raise DomainError(message, field="state", number=number)
    order = stored.find(uow, "order", found.delivery.order)
    if order.draft.state == "closed":
        message = _("{number} belongs to {order}, which is closed; take it back as a return.")
        raise DomainError(message, field="state", number=number, order=order.name)
    lines = {each.line: each for each in fulfilment.open_lines(uow, order.id)}
    _refuse_invoiced(uow, found)
    goods = _gone(found, lines, again=again)
    stock_moves.post(uow, [
        replace(each, quantity=-each.quantity, held=-each.held, reason="return")
        for each in _moves(found.id, found.delivery, found.row["warehouse_id"], goods)
    ])  # fmt: skip
    _count(uow, goods, -1)
    _follow(uow, order)


def _gone(found: StoredDelivery, lines: dict[int, OpenLine], *, again: bool) -> tuple[Going, ...]:
    """What a shipped delivery took, as `fulfilment.going` reckoned it, the last line first."""
    shipped = {line: each.shipped for line, each in lines.items()}
    goods = []
    for each in reversed(found.delivery.lines):
        line = lines[each.order_line or 0]
        before = shipped[line.line] - each.quantity
        units = stock.scaled(shipped[line.line], line.factor) - stock.scaled(before, line.factor)
        shipped[line.line] = before
        held = units if again and line.is_stocked else ZERO
        goods.append(Going(line, each.quantity, units, held, each.lot))
    return tuple(goods)


def _refuse_invoiced(uow: UnitOfWork, found: StoredDelivery) -> None:
    """Raise DomainError where an invoice counts on goods that this delivery brought."""
    line = TABLES["order_line"]
    ids = [each.order_line for each in found.delivery.lines]
    query = select(line.c.id, line.c.shipped, line.c.returned, line.c.invoiced)
    there = {row.id: row for row in uow.connection.execute(query.where(line.c.id.in_(ids)))}
    for each in found.delivery.lines:
        row = there[each.order_line]
        if row.shipped - row.returned - each.quantity < row.invoiced:
            message = _("{sku} of {number} was invoiced; credit the invoice first, or take the "
                        "goods back as a return.")  # fmt: skip
            raise DomainError(
                message, field="state", sku=each.sku or each.description,
                number=found.delivery.name,
            )  # fmt: skip


@needs("deliveries.change")
def send_off(
    uow: UnitOfWork, /, order: str | int, parts: Sequence[Part], *, warehouse: str = "", **head: Any
) -> Delivery:
    """A delivery of the given parts that leaves the house at once; words as of `new`."""
    made = new(uow, order, parts, warehouse=warehouse, **head)
    return ship(uow, made.id or 0)
