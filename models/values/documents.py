"""A sales document as plain values: the draft a person writes and the figures it comes to."""

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal

from models.values.money import ZERO

PRODUCT, ITEM, SECTION, NOTE = "product", "item", "section", "note"
"""The kinds of lines: from the catalogue, free, a heading with a subtotal, a text."""

DEDUCTION = "deduction"
"""A line of an invoice that takes a down payment off."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a draft. Quantities count `unit`s of `factor` stock units each."""

    kind: str = PRODUCT
    product: int | None = None
    sku: str = ""
    description: str = ""
    detail: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = ""
    factor: Decimal = Decimal(1)
    unit_price: Decimal = ZERO
    pinned: bool = False
    """The price was set by hand and stays until the line is repriced."""
    price_reason: str = ""
    discount_percent: Decimal = ZERO
    discount_amount: Decimal = ZERO
    """Off the whole line, in the document's currency; percent goes first."""
    tax_class: str = "standard"
    optional: bool = False
    """Offered beside, outside the total."""
    cost: Decimal | None = None
    """Of one stock unit, in the document's currency; None where unknown or not to be seen."""
    id: int | None = None
    alternative: str = ""
    """The name of the alternative the line belongs to (good, better, best); "" for every line that
    is sold in any case. Lines of alternatives beside the recommended one are `optional`.
    """

    @property
    def counts(self) -> bool:
        """Whether the line has a price at all."""
        return self.kind in (PRODUCT, ITEM)


@dataclass(frozen=True, slots=True)
class Draft:
    """A quotation or order as it is written; immutable, so the last one is the undo."""

    kind: str = "quotation"
    id: int | None = None
    version: int = 0
    number: str = ""
    revision: int = 1
    state: str = "draft"
    account: str = ""
    """The account's code, as every link here is the key of its record."""
    contact: str = ""
    date: dt.date = dt.date.min
    valid_until: dt.date | None = None
    reference: str = ""
    subject: str = ""
    owner: str = ""
    currency: str = ""
    price_list: str = ""
    language: str = "en"
    tax: str = "none"
    payment_term: str = ""
    delivery_term: str = ""
    discount_percent: Decimal = ZERO
    discount_amount: Decimal = ZERO
    line_decimals: int | None = None
    """Decimals of line amounts; None means those of the currency."""
    opening: str = ""
    terms: str = ""
    closing: str = ""
    notes: str = ""
    lines: tuple[Line, ...] = ()

    def with_line(self, row: int, line: Line) -> "Draft":
        """The draft with line `row` replaced."""
        return replace(self, lines=(*self.lines[:row], line, *self.lines[row + 1 :]))


@dataclass(frozen=True, slots=True)
class TaxRate:
    """What one tax class pays."""

    tax_class: str
    rate: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class TaxPreset:
    """How a document is taxed on its date.

    The base is net × numerator / denominator (11/12 for PPN since PMK 131/2024 Art. 3).
    """

    code: str
    label: str
    included: bool = False
    base_numerator: int = 1
    base_denominator: int = 1
    base_label: str = ""
    rates: tuple[TaxRate, ...] = ()


NO_TAX = TaxPreset("none", "")


@dataclass(frozen=True, slots=True)
class TaxAmount:
    """One tax of a document: what it is reckoned on and what it comes to."""

    name: str
    rate: Decimal
    net: Decimal
    """The net amount the base is made from."""
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PricedLine:
    """The figures of one line; zero for texts. A section's amount is its subtotal."""

    amount: Decimal = ZERO
    """Quantity × price less the line's discounts, as it stands on the document."""
    net: Decimal = ZERO
    """The amount less its share of the document's discount, without tax."""
    tax: Decimal = ZERO
    discount: Decimal = ZERO
    margin_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures at the foot of a document, each exact in the currency's decimals."""

    subtotal: Decimal = ZERO
    discount: Decimal = ZERO
    net: Decimal = ZERO
    """After discount, without tax."""
    tax_base: Decimal = ZERO
    taxes: tuple[TaxAmount, ...] = ()
    tax: Decimal = ZERO
    rounding: Decimal = ZERO
    total: Decimal = ZERO
    optional: Decimal = ZERO
    """What the optional lines would add, before discount and tax."""
    cost: Decimal | None = None
    margin_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """A draft with all its figures."""

    draft: Draft
    lines: tuple[PricedLine, ...] = ()
    totals: Totals = field(default_factory=Totals)
