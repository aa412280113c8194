"""What a company decides once: who it is, how its documents look and count."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

PATTERNS = {
    "quotation": "{number:03}/SPH/{company}/{roman_month}/{year}",
    "order": "{number:03}/SO/{company}/{roman_month}/{year}",
    "delivery": "{number:03}/SJ/{company}/{roman_month}/{year}",
    "return": "{number:03}/RTR/{company}/{roman_month}/{year}",
    "invoice": "{number:03}/INV/{company}/{roman_month}/{year}",
    "credit_note": "{number:03}/NK/{company}/{roman_month}/{year}",
    "payment": "{number:03}/KW/{company}/{roman_month}/{year}",
    "contract": "{number:03}/KTR/{company}/{roman_month}/{year}",
}

HISTORY_ID = 1
"""All settings are one record to the audit trail."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server; its password stands in the system's keyring."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    """starttls, tls or none."""
    user: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The company's own settings, shared by everybody who works on the database."""

    company: str = ""
    short_name: str = ""
    """Stands in document numbers: SKU in 012/SPH/SKU/III/2026."""
    country: str = "ID"
    currency: str = "IDR"
    tax: str = "ppn"
    language: str = "id"
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    tax_number: str = ""
    bank: str = ""
    """Bank, account number and holder, one bank in a line."""
    place: str = ""
    """Stands before the date: Jakarta, 14 Maret 2026."""
    logo: str = ""
    """PNG or JPEG, base64."""
    page_size: str = "A4"
    valid_days: int = 30
    payment_term: str = "net30"
    price_list: str = ""
    cash_rounding: bool = False
    """Totals to the nearest 5 sen, as Bank Negara Malaysia asks for cash."""
    closed_until: str = ""
    """The last day of closed books, ISO: nothing is issued or booked on or before it."""
    credit_check: str = "warn"
    """What happens at confirmation over the credit limit or with overdue invoices: off, warn,
    block, or approve (by whoever may decide approvals)."""
    follow_up_days: int = 7
    """Days after sending a quotation is followed up; 0 never."""
    expiry_days: int = 3
    """Days before its end a quotation is followed up; 0 never."""
    registration: str = ""
    """The company's registration number: BRN of SSM, UEN."""
    sst_number: str = ""
    activity_code: str = ""
    """Malaysia's code of the business activity (MSIC), five digits."""
    activity: str = ""
    state: str = ""
    """The state or province of the company's address."""
    stamp_box: bool = False
    """A box for the stamp duty on invoices over Rp5,000,000 (UU 10/2020)."""
    qris: str = ""
    """The text of the company's QRIS code."""
    warehouse: str = ""
    """The code of the warehouse goods leave from where nothing else is said."""
    seal: bool = False
    """Quotations and orders bear number, total and a hash of what they say as a QR code."""
    certificate: str = ""
    """The PKCS #12 file papers are signed with, as each workstation finds it; its password stands
    in the system's keyring."""
    signs_quotations: bool = False
    """Quotations are signed when they go out."""
    patterns: dict[str, str] = field(default_factory=lambda: dict(PATTERNS))
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Opening, terms and closing by language, where they differ from the delivered ones."""
    mail: Mail = field(default_factory=Mail)

    def as_json(self) -> dict[str, Any]:
        """Plain values for the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Settings":
        """Settings from stored values; names of other versions are passed over."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        values["mail"] = Mail(**values.get("mail", {}))
        values["patterns"] = PATTERNS | values.get("patterns", {})
        return cls(**values)
