"""What a Malaysian e-invoice (MyInvois) is made of: plain values.

Sources: MyInvois SDK, document types 01 to 04 in version 1.0, and its code lists.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

DocumentType = Literal["01", "02", "03", "04"]
TaxType = Literal["01", "02", "03", "04", "05", "06", "E"]
IdType = Literal["BRN", "NRIC", "PASSPORT", "ARMY"]


@dataclass(frozen=True, slots=True)
class Address:
    """`state` is the MyInvois number 01 to 17 (17: not applicable), `country` ISO alpha-3."""

    lines: tuple[str, ...]
    city: str
    state: str
    postcode: str = ""
    country: str = "MYS"


@dataclass(frozen=True, slots=True)
class EParty:
    """Supplier or buyer. `sst` and `tourism` stay NA for who is not registered.

    `activity_code` (MSIC, five digits) and `activity` are the supplier's. `phone` is in E.164.
    """

    name: str
    tin: str
    id_number: str
    address: Address
    phone: str
    id_type: IdType = "BRN"
    email: str = ""
    sst: str = "NA"
    tourism: str = "NA"
    activity_code: str = ""
    activity: str = ""


@dataclass(frozen=True, slots=True)
class ETax:
    """Tax of one type. `type` 01 sales, 02 service, 06 not applicable, E exempt (with reason).

    `rate` in percent may be None in the totals of a document.
    """

    type: TaxType
    taxable: Decimal
    amount: Decimal
    rate: Decimal | None = None
    exemption: str = ""


@dataclass(frozen=True, slots=True)
class ELine:
    """One line. `unit` is a UN/ECE code such as H87 (see units.unece_unit).

    `subtotal` is price × quantity, `net` what is left after `discount` and plus `charge`, without
    tax. `classification` is a code of three digits, 022 for others.
    """

    description: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    subtotal: Decimal
    net: Decimal
    taxes: tuple[ETax, ...]
    classification: str = "022"
    discount: Decimal = Decimal(0)
    charge: Decimal = Decimal(0)
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The e-invoice a note corrects: our number and the UUID MyInvois gave it, else NA."""

    number: str
    uuid: str = "NA"


@dataclass(frozen=True, slots=True)
class EInvoice:
    """An invoice (01), credit note (02), debit note (03) or refund note (04).

    `issued` is in UTC. Amounts are in `currency` and written as given: `excluding_tax` is the sum
    of the lines less `discount` plus `charge` of the document, `including_tax` adds the tax,
    `payable` adds `rounding` and takes off what was `prepaid`. `exchange_rate` is ringgit for one
    unit of another currency.
    """

    type: DocumentType
    number: str
    issued: datetime.datetime
    supplier: EParty
    buyer: EParty
    lines: tuple[ELine, ...]
    taxes: tuple[ETax, ...]
    excluding_tax: Decimal
    including_tax: Decimal
    payable: Decimal
    rounding: Decimal = Decimal(0)
    prepaid: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    charge: Decimal = Decimal(0)
    currency: str = "MYR"
    exchange_rate: Decimal | None = None
    references: tuple[Reference, ...] = ()
    payment_terms: str = ""
    bank_account: str = ""
