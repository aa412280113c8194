"""Goods that come back: to stock or to scrap, to be replaced or not."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from controllers.catalogue import stock_moves
from controllers.catalogue.stock_moves import Move
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import (
    backorders,
    delivery_rows,
    fulfilment,
    numbering,
    periods,
    stock,
    stored,
)
from controllers.documents.deliveries import show
from controllers.documents.delivery_rows import StoredDelivery
from models.documents.delivery import DESTINATIONS, RETURN_REASONS
from models.values.deliveries import Delivery, DeliveryLine, Part
from models.values.errors import DomainError
from models.values.money import ZERO
from models.values.reasons import grouped
from resources.languages import marked as _


@needs("deliveries.change")
def take_back(
    uow: UnitOfWork,
    key: str | int,
    parts: Sequence[Part] | None = None,
    *,
    reason: str = "other",
    again: bool = False,
    notes: str = "",
) -> Delivery:
    """Take goods of a delivery back, all or the given parts of its lines; answers the return.

    `again` makes them open in the order once more, to be replaced; else the invoice is to be
    credited. DomainError where more would come back than went, or for an unknown reason.
    """
    found = delivery_rows.find(uow, key)
    _check(found, reason)
    periods.require_open(uow, uow.today)
    wanted = _left(found.delivery) if parts is None else tuple(parts)
    lines = _coming(found.delivery, wanted)
    order = stored.find(uow, "order", found.delivery.order)
    draft = replace(
        found.delivery, id=None, number="", direction="in", returned=found.delivery.number,
        date=uow.today, state="draft", reason=reason, notes=notes, lines=lines, received_by="",
        received_on=None,
    )  # fmt: skip
    head = delivery_rows.add(uow, draft, _links(found), frozen=found.row["frozen"])
    made = delivery_rows.find(uow, head)
    stock_moves.post(uow, _moves(uow, made))
    _count(uow, made, wanted, again=again)
    backorders.share(uow, (line.product for line in lines if line.product is not None))
    if again and order.draft.state == "delivered":
        stored.set_columns(uow, "order", order, state="confirmed")
    number = numbering.draw(uow, "return", uow.today)
    delivery_rows.set_columns(uow, made, state="shipped", shipped_at=uow.now, number=number)
    return show(uow, head)


def _check(found: StoredDelivery, reason: str) -> None:
    delivery = found.delivery
    if delivery.direction != "out" or delivery.state not in ("shipped", "delivered"):
        message = _("{number} did not leave the house; only what was shipped can come back.")
        raise DomainError(message, field="state", number=delivery.name)
    known = dict(RETURN_REASONS)
    if reason not in known:
        message = _("“{reason}” is no reason of a return; there are {known}.")
        raise DomainError(message, field="reason", reason=reason, known=", ".join(known))


def everything(uow: UnitOfWork, key: str | int) -> tuple[Part, ...]:
    """All of a delivery that did not come back yet."""
    return _left(show(uow, key))


def _left(delivery: Delivery) -> tuple[Part, ...]:
    return tuple(
        Part(line.id or 0, line.quantity - line.back, line.lot)
        for line in delivery.lines
        if line.quantity > line.back
    )


def _coming(delivery: Delivery, parts: Sequence[Part]) -> tuple[DeliveryLine, ...]:
    known = {line.id: line for line in delivery.lines}
    back = {line.id: line.back for line in delivery.lines}
    lines = []
    for part in parts:
        line = known.get(part.line)
        if line is None:
            message = _("{number} has no line {line} to come back.")
            raise DomainError(message, field="lines", number=delivery.name, line=part.line)
        back[line.id] += part.quantity
        if part.quantity <= 0 or back[line.id] > line.quantity:
            message = _("{number}, {name}: {wanted} are to come back of {went}; write what came "
                        "back.")  # fmt: skip
            raise DomainError(
                message, field="quantity", number=delivery.name, name=line.sku or line.description,
                wanted=grouped(part.quantity), went=grouped(line.quantity - line.back),
            )  # fmt: skip
        if part.destination not in dict(DESTINATIONS):
            message = _("“{to}” is no place for a return; name stock or scrap.")
            raise DomainError(message, field="destination", to=part.destination)
        lines.append(
            replace(line, id=None, quantity=part.quantity, back=ZERO, lot=part.lot or line.lot,
                    destination=part.destination)
        )  # fmt: skip
    if not lines:
        message = _("Everything of {number} came back already.")
        raise DomainError(message, field="lines", number=delivery.name)
    return tuple(lines)


def _links(found: StoredDelivery) -> dict[str, int | None]:
    same = ("order_id", "account_id", "contact_id", "owner_id", "warehouse_id")
    return {name: found.row[name] for name in same} | {"returned_id": found.id}


def _moves(uow: UnitOfWork, made: StoredDelivery) -> list[Move]:
    """What comes back into the house, and leaves it again where it is scrap."""
    stocked = stock.stocked(uow, [line.product for line in made.delivery.lines if line.product])
    moves = []
    for line in made.delivery.lines:
        if line.product not in stocked or line.product is None:
            continue
        units = stock.scaled(line.quantity, line.factor)
        move = Move(
            line.product, units, "return", made.row["warehouse_id"], line.lot,
            document="delivery", document_id=made.id, date=made.delivery.date,
        )  # fmt: skip
        moves.append(move)
        if line.destination == "scrap":
            moves.append(replace(move, quantity=-units, reason="scrap"))
    return moves


def _count(uow: UnitOfWork, made: StoredDelivery, parts: Sequence[Part], *, again: bool) -> None:
    counts: dict[int, dict[str, Decimal]] = {}
    for part, line in zip(parts, made.delivery.lines, strict=True):
        delivery_rows.count_back(uow, part.line, part.quantity)
        by = counts.setdefault(line.order_line or 0, {})
        column = "shipped" if again else "returned"
        by[column] = by.get(column, ZERO) + (-part.quantity if again else part.quantity)
        if again:
            units = stock.scaled(part.quantity, line.factor)
            by["delivered"] = by.get("delivered", ZERO) - units
    fulfilment.count_lines(uow, counts)
