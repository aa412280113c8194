"""Amendments as JSON: lines are named by their place in the order, products by their SKU."""

from typing import Any

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import orders, stored
from controllers.documents.amendments import LineChange
from models.system.kinds import LINES
from models.values.documents import Draft
from models.values.errors import DomainError
from models.values.money import ZERO
from models.values.parsing import checked
from resources.languages import marked as _

_GIVEN = ("line", "product", "quantity", "unit", "unit_price", "description", "drop")


@needs("documents.change")
def amend(uow: UnitOfWork, key: str | int, values: dict[str, Any], *, backorder: bool) -> Draft:
    """Amend an order by plain values; DomainError names what of them does not fit."""
    strange = [name for name in values if name not in ("note", "lines")]
    lines = values.get("lines")
    if strange or not isinstance(lines, list) or not lines:
        message = _("An amendment holds “note” and “lines”, a list of objects.")
        raise DomainError(message, field="lines")
    order = stored.find(uow, "order", key)
    changes = [_change(order.draft, each, at) for at, each in enumerate(lines, 1)]
    note = str(values.get("note") or "")
    return orders.amend(uow, order.id, changes, note, backorder=backorder)


def _change(order: Draft, given: Any, at: int) -> LineChange:
    if not isinstance(given, dict) or not given or not set(given) <= set(_GIVEN):
        message = _("Line {line} of the list must be an object with some of {known}.")
        raise DomainError(message, field="lines", line=at, known=", ".join(_GIVEN))
    fields = LINES["order"]
    quantity = checked(fields["quantity"], given.get("quantity"))
    return LineChange(
        line=_line(order, given.get("line"), at) if "line" in given else None,
        sku=str(given.get("product") or ""),
        quantity=ZERO if given.get("drop") is True else quantity,
        unit=str(given.get("unit") or ""),
        unit_price=checked(fields["unit_price"], given.get("unit_price")),
        description=str(checked(fields["description"], given.get("description")) or ""),
    )


def _line(order: Draft, place: Any, at: int) -> int | None:
    if not isinstance(place, int) or isinstance(place, bool) or not 0 < place <= len(order.lines):
        message = _("Line {line} of the list: {order} has the lines 1 to {last}; name one of them.")
        raise DomainError(
            message, field="lines", line=at, order=order.number, last=len(order.lines)
        )
    return order.lines[place - 1].id
