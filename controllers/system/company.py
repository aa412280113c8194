"""The company's settings described field by field, as a form asks them and a history tells them."""

from models.system.kinds import KINDS
from models.values.fields import Field, FieldKind, RecordKind, Section
from models.values.settings import PATTERNS
from resources.languages import LANGUAGES
from resources.languages import marked as _

COUNTRIES = (
    ("ID", "Indonesia"), ("MY", "Malaysia"), ("SG", "Singapore"), ("BN", "Brunei"),
    ("US", "United States"), ("GB", "United Kingdom"), ("DE", "Germany"), ("AU", "Australia"),
)  # fmt: skip

_SECURITY = (("starttls", "STARTTLS"), ("tls", "TLS"), ("none", _("None")))

_CREDIT_CHECKS = (
    ("off", _("Off")), ("warn", _("Warn")), ("block", _("Refuse")),
    ("approve", _("Ask to approve")),
)  # fmt: skip

_LONG, _PICTURE, _CHOICE = FieldKind.LONG_TEXT, FieldKind.PICTURE, FieldKind.CHOICE

_SERIES = (
    ("delivery", _("Numbers of deliveries")), ("return", _("Numbers of returns")),
    ("invoice", _("Numbers of invoices")), ("credit_note", _("Numbers of credit notes")),
    ("payment", _("Numbers of payments")), ("contract", _("Numbers of contracts")),
)  # fmt: skip

COMPANY = RecordKind(
    name="company", label=_("Company"), plural=_("Company"), table="", key="company",
    title="company",
    fields=(
        Field("company", _("Name of the company"), required=True),
        Field("short_name", _("Short name"),
              help=_("Stands in document numbers: SKU in 012/SPH/SKU/III/2026.")),
        Field("country", _("Country"), _CHOICE, choices=COUNTRIES, required=True),
        Field("currency", _("Currency"), FieldKind.CODE, required=True),
        Field("tax", _("Usual tax"), FieldKind.LINK, link="tax"),
        Field("language", _("Language of documents"), _CHOICE, choices=tuple(LANGUAGES.items()),
              required=True),
        Field("address", _("Address on letters"), _LONG),
        Field("phone", _("Phone"), FieldKind.PHONE),
        Field("email", _("E-mail"), FieldKind.EMAIL),
        Field("website", _("Website")),
        Field("tax_number", _("Tax number")),
        Field("bank", _("Bank accounts"), _LONG,
              help=_("Bank, account number and holder, one bank in a line.")),
        Field("place", _("Place before the date"), help=_("Jakarta, 14 Maret 2026")),
        Field("logo", _("Logo"), _PICTURE),
        Field("valid_days", _("Quotations are valid for days"), FieldKind.INTEGER),
        Field("cash_rounding", _("Round totals to 5 sen"), FieldKind.BOOLEAN),
        Field("number_quotation", _("Numbers of quotations"),
              help=_("{number:03}, {company}, {roman_month}, {month}, {year}")),
        Field("number_order", _("Numbers of orders")),
        *(Field(f"number_{series}", label) for series, label in _SERIES),
        Field("registration", _("Registration number"), help=_("NIB, BRN or UEN.")),
        Field("sst_number", _("SST number")),
        Field("activity_code", _("Business activity (MSIC)"), help=_("Five digits, for MyInvois.")),
        Field("activity", _("Business activity in words")),
        Field("state", _("State or province")),
        Field("closed_until", _("Books closed until"), FieldKind.DATE,
              help=_("Nothing is issued or booked on or before that day.")),
        Field("credit_check", _("Credit check"), _CHOICE, choices=_CREDIT_CHECKS, required=True,
              help=_("What happens when an order over the credit limit is confirmed.")),
        Field("follow_up_days", _("Follow up after days"), FieldKind.INTEGER,
              help=_("After a quotation was sent; 0 never.")),
        Field("expiry_days", _("Follow up days before the end"), FieldKind.INTEGER),
        Field("stamp_box", _("Box for stamp duty"), FieldKind.BOOLEAN,
              help=_("On invoices over Rp5,000,000.")),
        Field("qris", _("QRIS code"), _LONG, help=_("The text of the company's static code.")),
        Field("warehouse", _("Usual warehouse"), FieldKind.LINK, link="warehouse"),
        Field("seal", _("Seal quotations and orders with a QR code"), FieldKind.BOOLEAN,
              help=_("Number, total and a hash of the content.")),
        Field("certificate", _("File with the certificate"),
              help=_("A PKCS #12 file (.p12, .pfx). It stays where it is; its password stands in "
                     "this computer's keyring.")),
        Field("signs_quotations", _("Sign quotations when they go out"), FieldKind.BOOLEAN),
        Field("mail_host", _("Mail server")),
        Field("mail_port", _("Port"), FieldKind.INTEGER),
        Field("mail_security", _("Security"), _CHOICE, choices=_SECURITY, required=True),
        Field("mail_user", _("User of the mail server")),
        Field("mail_sender", _("Sender"), FieldKind.EMAIL),
    ),
    layout=(
        Section(_("Company"), (("company", "short_name"), ("address", "bank"),
                               ("phone", "email"), ("website", "tax_number"),
                               ("place", "logo"))),
        Section(_("Business"), (("country", "currency", "tax"),
                                ("language", "valid_days", "cash_rounding"),
                                ("number_quotation", "number_order"))),
        Section(_("Orders and invoices"), (
            ("credit_check", "closed_until", "warehouse"), ("follow_up_days", "expiry_days"),
            ("stamp_box", "qris"), ("number_delivery", "number_return"),
            ("number_invoice", "number_credit_note"), ("number_payment", "number_contract"),
        )),
        Section(_("Registration"), (("registration", "sst_number", "state"),
                                    ("activity_code", "activity"))),
        Section(_("Seal and signature"), (("seal", "signs_quotations"), ("certificate",))),
        Section(_("Mail server"), (("mail_host", "mail_port", "mail_security"),
                                   ("mail_user", "mail_sender"))),
    ),
)  # fmt: skip

WORDS = {
    "opening": _("Opening of letters"),
    "terms": _("Terms"),
    "closing": _("Closing of letters"),
    "mail_subject": _("Subject of mails with quotations"),
    "mail_body": _("Text of mails with quotations"),
    "order_mail_subject": _("Subject of mails with order confirmations"),
    "order_mail_body": _("Text of mails with order confirmations"),
    "delivery_mail_subject": _("Subject of mails with delivery notes"),
    "delivery_mail_body": _("Text of mails with delivery notes"),
    "invoice_mail_subject": _("Subject of mails with invoices"),
    "invoice_mail_body": _("Text of mails with invoices"),
}
"""The words of letters and mails that a company may choose, in each language."""


def _told(field: Field) -> Field:
    """A field as the audit trail names it; what it links to stands there by its name."""
    which = field.name.removeprefix("number_")
    name = f"patterns_{which}" if which in PATTERNS else field.name
    is_link = field.kind is FieldKind.LINK
    return field._replace(name=name, kind=FieldKind.TEXT if is_link else field.kind, link="")


PIN = "pin"
"""Of which a history says no more than that it was changed."""

_BESIDE = (
    Field("page_size", _("Paper size")),
    KINDS["quotation"]["payment_term"],
    Field("price_list", _("Price list")),
)
"""What the company's form does not ask for."""

_LETTERS = {f"texts_{code}_{name}": (code, name) for code in LANGUAGES for name in WORDS}

_ASKED = {each.name: each for each in map(_told, COMPANY.fields)}

HISTORY = RecordKind(
    name="settings", label=_("Settings"), plural=_("Settings"), table="", key="company",
    title="company", icon="ph.gear-six",
    fields=(
        *_ASKED.values(),
        *(each for each in _BESIDE if each.name not in _ASKED),
        *(Field(name, WORDS[part], _LONG) for name, (_code, part) in _LETTERS.items()),
        Field("backups_folder", _("Folder of backups")),
        Field("backups_days", _("Remind after days (0: never)"), FieldKind.INTEGER),
        Field(PIN, _("PIN")),
    ),
)  # fmt: skip
"""All settings as one record with a history, by the names of `models.storage.trail`."""


def language_of(name: str) -> str:
    """The language of words of letters and mails; "" of other fields."""
    return LANGUAGES[_LETTERS[name][0]] if name in _LETTERS else ""
