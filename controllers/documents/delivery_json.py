"""Deliveries and returns as JSON: what scripts read, and how they name the parts of a document."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import deliveries, delivery_rows, returns
from controllers.documents.quotation_json import plain_value
from models.system.kinds import LINES
from models.values.deliveries import Delivery, DeliveryLine, OpenLine, Part
from models.values.errors import DomainError
from models.values.money import ZERO, plain
from models.values.parsing import checked
from resources.languages import marked as _

Values = dict[str, Any]

_HEAD = (
    "id", "number", "order", "account", "date", "direction", "state", "returned", "warehouse",
    "reference", "carrier", "vehicle", "tracking", "reason", "received_by", "received_on", "notes",
)  # fmt: skip
_GIVEN = frozenset(("product", "description", "quantity", "lot", "destination"))


def answer(delivery: Delivery) -> Values:
    """A delivery as JSON."""
    head = {name: plain_value(getattr(delivery, name)) for name in _HEAD}
    return head | {"lines": [_line(each) for each in delivery.lines]}


def _line(line: DeliveryLine) -> Values:
    return {
        "product": line.sku or None, "description": line.description,
        "quantity": plain(line.quantity), "unit": line.unit, "lot": line.lot or None,
        "destination": line.destination, "returned": plain(line.back),
    }  # fmt: skip


def shown(uow: UnitOfWork, key: str | int) -> Values:
    """A delivery by its number or id."""
    return answer(deliveries.show(uow, key))


# What a script asks for


@needs("deliveries.change")
def deliver(
    uow: UnitOfWork,
    /,
    order: str | int,
    given: Sequence[Any] | None = None,
    *,
    is_draft: bool = False,
    **head: str,
) -> Delivery:
    """Deliver the given parts of an order, or all that is open; a draft is not shipped yet."""
    parts = None if given is None else parts_to_go(uow, order, given)
    make = deliveries.new if is_draft else deliveries.deliver
    return make(uow, order, parts, **head)


@needs("deliveries.change")
def take_back(
    uow: UnitOfWork,
    key: str | int,
    given: Sequence[Any] | None = None,
    *,
    reason: str = "other",
    again: bool = False,
    is_scrap: bool = False,
) -> Delivery:
    """Take the given parts of a delivery back, or all that did not come back yet."""
    parts: Sequence[Part] = (
        returns.everything(uow, key) if given is None else parts_to_come(uow, key, given)
    )
    if is_scrap:
        parts = [replace(each, destination="scrap") for each in parts]
    return returns.take_back(uow, key, parts, reason=reason, again=again)


# Parts


def parts_to_go(uow: UnitOfWork, order: str | int, given: Sequence[Any]) -> list[Part]:
    """What of an order's open lines is to go, as a script says it by product.

    A product that stands in several lines is taken from the first of them that has some open.
    """
    lines = deliveries.open_lines(uow, order)
    left = {each.line: each.open for each in lines}
    parts: list[Part] = []
    for at, each in enumerate(given, 1):
        values = read_part(each, at)
        parts += _taken(lines, left, values, at)
    return parts


def read_part(given: Any, at: int) -> Values:
    """The typed values of one part; DomainError names the line of the list."""
    if not isinstance(given, dict) or not set(given) <= _GIVEN:
        message = _("Line {line} of the list must be an object with product and quantity.")
        raise DomainError(message, field="lines", line=at)
    quantity = checked(LINES["delivery"]["quantity"], given.get("quantity"))
    name = str(given.get("product") or given.get("description") or "")
    if quantity is None or not name:
        message = _("Line {line} of the list must be an object with product and quantity.")
        raise DomainError(message, field="lines", line=at)
    return {
        "name": name, "quantity": quantity, "lot": str(given.get("lot") or ""),
        "destination": str(given.get("destination") or "stock"),
    }  # fmt: skip


def _taken(
    lines: Sequence[OpenLine], left: dict[int, Decimal], values: Values, at: int
) -> list[Part]:
    named = [each for each in lines if values["name"] in (each.sku, each.description)]
    if not named:
        message = _("Line {line} of the list: the order has no “{name}”.")
        raise DomainError(message, field="product", line=at, name=values["name"])
    wanted, parts = values["quantity"], []
    for each in named:
        part = min(wanted, left[each.line])
        if each is named[-1]:
            part = wanted
        if part:
            parts.append(Part(each.line, part, values["lot"]))
            left[each.line] -= part
            wanted -= part
        if not wanted:
            break
    return parts


def parts_to_come(uow: UnitOfWork, delivery: str | int, given: Sequence[Any]) -> list[Part]:
    """What of a delivery's lines comes back, as a script says it by product."""
    found = delivery_rows.find(uow, delivery).delivery
    left = {line.id: line.quantity - line.back for line in found.lines}
    parts = []
    for at, each in enumerate(given, 1):
        values = read_part(each, at)
        named = [
            line for line in found.lines
            if values["name"] in (line.sku, line.description)
            and values["lot"] in ("", line.lot)
        ]  # fmt: skip
        if not named:
            message = _("Line {line} of the list: {number} has no “{name}”.")
            raise DomainError(
                message, field="product", line=at, number=found.name, name=values["name"]
            )
        line = next((one for one in named if left[one.id] >= values["quantity"]), named[0])
        left[line.id] = max(left[line.id] - values["quantity"], ZERO)
        parts.append(Part(line.id or 0, values["quantity"], line.lot, values["destination"]))
    return parts
