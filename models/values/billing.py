"""What was agreed, what was billed of it so far, and what an invoice comes to: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from models.values.documents import Totals
from models.values.money import ZERO


@dataclass(frozen=True, slots=True)
class Agreed:
    """A line of an order, or of an invoice that is credited.

    `base` is the amount less its share of the document's discount, with the tax where prices
    include it: what the tax of the line is made from.
    """

    key: int
    quantity: Decimal
    amount: Decimal
    base: Decimal
    tax_class: str = "standard"
    tax: Decimal = ZERO
    """Of a line that is credited: its tax."""
    name: str = ""
    """How a message names it."""
    is_deduction: bool = False
    """A down payment that an invoice deducts; its figures are negative."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a line was billed or credited so far."""

    quantity: Decimal = ZERO
    amount: Decimal = ZERO
    base: Decimal = ZERO
    tax: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Down:
    """A line of an issued down payment, and what later invoices deducted of it."""

    source: int
    """The id of the down payment's invoice."""
    name: str
    tax_class: str
    base: Decimal
    deducted: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class SoFar:
    """What earlier invoices of an order come to."""

    shares: Mapping[int, Share] = field(default_factory=dict)
    """By the key of an agreed line."""
    taxed: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    """By tax class: the bases and the taxes of all lines, down payments and deductions too."""
    downs: tuple[Down, ...] = ()
    rounding: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line of an invoice: of an agreed line, of a down payment, or a deduction of one."""

    quantity: Decimal
    amount: Decimal
    base: Decimal
    net: Decimal
    tax: Decimal
    tax_class: str
    key: int | None = None
    source: Down | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """The figures of an invoice or credit note."""

    lines: tuple[BilledLine, ...]
    totals: Totals
    deducted: Decimal = ZERO
    """The sum of the deductions, without a sign."""
