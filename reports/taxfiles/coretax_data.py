"""What a Coretax import of sales invoices is made of: plain values (Indonesia)."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

BuyerDocument = Literal["TIN", "National ID", "Passport", "Other ID"]


@dataclass(frozen=True, slots=True)
class GoodService:
    """One line. `unit` is a Coretax code such as UM.0021 (see units.coretax_unit).

    Amounts are rupiah and written as given: `discount` of the whole line, `tax_base` after it,
    `other_tax_base` the other value (DPP nilai lain), `vat_rate` in percent.
    """

    name: str
    unit: str
    price: Decimal
    quantity: Decimal
    tax_base: Decimal
    other_tax_base: Decimal
    vat_rate: Decimal
    vat: Decimal
    discount: Decimal = Decimal(0)
    code: str = "000000"
    is_service: bool = False
    luxury_rate: Decimal = Decimal(0)
    luxury_tax: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Buyer:
    """The customer. Without a tax number `document` says what `document_number` is instead.

    `place` is the six-digit number of the place of business (NITKU), `country` ISO 3166 alpha-3.
    """

    name: str
    tin: str = ""
    address: str = ""
    email: str = ""
    document: BuyerDocument = "TIN"
    document_number: str = ""
    place: str = "000000"
    country: str = "IDN"


@dataclass(frozen=True, slots=True)
class TaxInvoice:
    """One invoice under our own `number`. `code` is the transaction code, 04 for other value.

    Codes 07 and 08 need `additional_info` (TD.005xx) and `facility` (TD.011xx).
    `custom_period` is the month of the supporting document as mmYYYY.
    """

    number: str
    date: datetime.date
    buyer: Buyer
    lines: tuple[GoodService, ...]
    code: str = "04"
    additional_info: str = ""
    custom_document: str = ""
    custom_period: str = ""
    facility: str = ""


@dataclass(frozen=True, slots=True)
class TaxInvoices:
    """What one seller imports at once; `place` as in Buyer."""

    tin: str
    invoices: tuple[TaxInvoice, ...]
    place: str = "000000"
