"""What quotations, orders and invoices are made of: plain values, ready to be set on paper."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

DocumentKind = Literal["quotation", "order", "invoice", "credit_note", "down_payment"]
LineKind = Literal["item", "section", "note", "subtotal"]
Language = Literal["id", "ms", "en"]
PageSize = Literal["A4", "Letter"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The selling company. `logo` is the content of a PNG or JPEG file."""

    company: str
    address_lines: tuple[str, ...] = ()
    contact_line: str = ""
    tax_number_label: str = ""
    tax_number: str = ""
    logo: bytes | None = None
    bank_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """The customer; `attention` is the person the paper is meant for."""

    name: str
    attention: str = ""
    address_lines: tuple[str, ...] = ()
    tax_number: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One line of the table.

    A section uses `description` only, a note `description` and `detail`, a subtotal `description`
    and `amount`. `detail` may hold several paragraphs. `discount` is already worded: ``5%``.
    An optional item is shown as such and is not part of the total. The second description and
    detail are those in the document's second language.
    """

    kind: LineKind = "item"
    number: str = ""
    description: str = ""
    detail: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    discount: str = ""
    amount: Decimal | None = None
    optional: bool = False
    second_description: str = ""
    second_detail: str = ""


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One figure below the table, in the document's currency; the strong one is the total.

    The second label is that in the document's second language.
    """

    label: str
    amount: Decimal
    strong: bool = False
    second_label: str = ""


@dataclass(frozen=True, slots=True)
class Invoicing:
    """What an invoice, a down payment invoice or a credit note says beyond a sales document.

    Deducted down payments and what is paid, withheld and still open are lines of the totals,
    worded with reports.documents.invoice.label. `scheme` is the tax the seller is registered
    for and charges: GST asks for the title “Tax Invoice” (Singapore, GST Regulations 11), SST
    names the seller's number as such. `corrects` is the invoice a credit note corrects.
    `home_totals` repeat the totals in `home_currency` at `home_rate`, as a GST invoice in foreign
    currency must. `qris` is the text of a QRIS code. `stamp_duty` leaves a box for a stamp of so
    many rupiah (UU 10/2020).
    """

    scheme: Literal["", "PPN", "SST", "GST"] = ""
    due: datetime.date | None = None
    order: str = ""
    deliveries: tuple[str, ...] = ()
    customer_order: str = ""
    corrects: str = ""
    corrects_date: datetime.date | None = None
    reason: str = ""
    home_totals: tuple[TotalLine, ...] = ()
    home_currency: str = "SGD"
    home_decimals: int = 2
    home_rate: str = ""
    qris: str = ""
    stamp_duty: Decimal | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class SalesDocument:
    """Everything a quotation, an order confirmation or an invoice says.

    Figures are final: the paper never adds up. An empty `number` is a draft where `is_numbered`.
    An empty title, salutation, opening, closing or label takes the usual wording of the language;
    a subject is left out where it is empty, except in Indonesian, where "Perihal" then repeats
    the title.
    `decimals` are those of `currency`; unit prices with more keep them. `terms` are pairs of
    heading and text. `words` is the amount in words. `reference_lines` are pairs of label and
    text beside number and date, such as the customer's order number. `watermark` is printed
    large and faint on every page. `accent` is a colour such as ``#0F6E64``. `invoicing` belongs
    to invoices and credit notes.

    With a `second_language` the paper speaks both: its own words and the lines' descriptions
    stand side by side, figures and dates once, as the first language writes them; `second_words`
    is the amount in the second. Texts that are given are printed as they are given.

    `seal_text` is printed as a QR code beside the signature, for instance number, total and a
    hash (reports.kit.qrcode).
    """

    kind: DocumentKind
    language: Language
    date: datetime.date
    letterhead: Letterhead
    party: Party
    lines: tuple[DocumentLine, ...]
    totals: tuple[TotalLine, ...]
    currency: str
    decimals: int = 2
    title: str = ""
    number: str = ""
    revision: int = 0
    place: str = ""
    valid_until: datetime.date | None = None
    subject: str = ""
    attachment: str = ""
    reference_lines: tuple[tuple[str, str], ...] = ()
    salutation: str = ""
    opening: str = ""
    optional_total: TotalLine | None = None
    words: str = ""
    invoicing: Invoicing | None = None
    number_label: str = ""
    is_numbered: bool = True
    stamp_label: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    closing: str = ""
    signer_name: str = ""
    signer_title: str = ""
    page_size: PageSize = "A4"
    stamp_room: bool = False
    accent: str = "#0F6E64"
    watermark: str = ""
    second_language: Language | None = None
    second_words: str = ""
    seal_text: str = ""
