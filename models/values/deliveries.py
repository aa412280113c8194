"""Deliveries and returns as plain values."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from models.values.errors import DomainError
from models.values.money import ZERO
from models.values.reasons import grouped
from resources.languages import marked as _


@dataclass(frozen=True, slots=True)
class Part:
    """What of an order's or delivery's line is to go, or to come back; in the line's unit."""

    line: int
    """The id of the line."""
    quantity: Decimal
    lot: str = ""
    destination: str = "stock"
    """Of what comes back: stock or scrap."""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """How much of a line of an order went out, and what is still to go, in its unit."""

    line: int
    product: int | None
    sku: str
    description: str
    unit: str
    factor: Decimal
    ordered: Decimal
    shipped: Decimal
    reserved: Decimal
    """Stock units that are held for it."""
    tracking: str = "none"
    is_stocked: bool = False

    @property
    def open(self) -> Decimal:
        """What is still to be delivered."""
        return max(self.ordered - self.shipped, ZERO)


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One line of a delivery or return; `quantity` counts `unit`s of `factor` stock units."""

    order_line: int | None = None
    product: int | None = None
    sku: str = ""
    description: str = ""
    detail: str = ""
    quantity: Decimal = ZERO
    unit: str = ""
    factor: Decimal = Decimal(1)
    lot: str = ""
    destination: str = "stock"
    back: Decimal = ZERO
    """What came back of it."""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery (``out``) or a return (``in``); links are the keys of their records."""

    id: int | None = None
    version: int = 0
    number: str = ""
    order: str = ""
    account: str = ""
    contact: str = ""
    date: dt.date = dt.date.min
    direction: str = "out"
    returned: str = ""
    """Of a return: the delivery it takes back."""
    warehouse: str = ""
    state: str = "draft"
    reference: str = ""
    carrier: str = ""
    vehicle: str = ""
    tracking: str = ""
    reason: str = ""
    received_by: str = ""
    received_on: dt.date | None = None
    owner: str = ""
    language: str = "en"
    address: str = ""
    notes: str = ""
    lines: tuple[DeliveryLine, ...] = ()

    @property
    def name(self) -> str:
        """How a message names it."""
        return self.number or str(self.id or "")


def lots(text: str, quantity: Decimal, tracking: str) -> tuple[tuple[str, Decimal], ...]:
    """What goes of each lot, as a person writes it: ``A1``, ``A1=5, A2=3``, or serial numbers.

    Each serial number is one piece. DomainError at `lot` where lots do not add up to what goes.
    """
    names = [each.strip() for each in text.split(",") if each.strip()]
    if not names:
        return (("", quantity),)
    if tracking == "serial":
        found = [(each, Decimal(1)) for each in names]
    elif len(names) == 1 and "=" not in text:
        return ((names[0], quantity),)
    else:
        found = [_lot(each) for each in names]
    if sum((part for _name, part in found), ZERO) != quantity:
        message = _("The lots “{lots}” do not add up to {quantity}; write each as NAME=QUANTITY.")
        raise DomainError(message, field="lot", lots=text, quantity=grouped(quantity))
    return tuple(found)


def _lot(text: str) -> tuple[str, Decimal]:
    name, _equals, part = text.partition("=")
    try:
        return name.strip(), Decimal(part.strip().replace(",", "."))
    except InvalidOperation:
        return name.strip(), ZERO
