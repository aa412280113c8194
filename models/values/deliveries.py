"""Deliveries and returns as plain values."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from models.values.money import ZERO


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
