"""Money that came in from a customer, and which invoices it settles."""

from models.values.fields import Field, FieldKind, RecordKind
from models.values.states import RECEIPT_STATES
from resources.languages import marked as _

METHODS = (
    ("transfer", _("Bank transfer")),
    ("cash", _("Cash")),
    ("cheque", _("Cheque")),
    ("card", _("Card")),
    ("qris", _("QRIS")),
    ("other", _("Other")),
)

PAYMENT = RecordKind(
    name="payment",
    label=_("Payment"),
    plural=_("Payments"),
    table="payment",
    key="number",
    title="number",
    icon="ph.wallet",
    empty=_("No payments yet. Book one from an invoice, or import a bank statement."),
    editable=False,
    default_sort="-date",
    fields=(
        Field("number", _("Number"), FieldKind.CODE, unique=True, searchable=True, listed=True,
              indexed=True),
        Field("account", _("Customer"), FieldKind.LINK, link="account", required=True, listed=True,
              indexed=True),
        Field("date", _("Date"), FieldKind.DATE, required=True, listed=True, indexed=True,
              aliases=("tanggal", "tarikh", "transaction date", "tanggal transaksi")),
        Field("amount", _("Amount"), FieldKind.MONEY, required=True, listed=True, indexed=True,
              summed=True, aliases=("jumlah",)),
        Field("currency", _("Currency"), FieldKind.CODE, required=True, listed=True),
        Field("method", _("Method"), FieldKind.CHOICE, choices=METHODS, default="transfer"),
        Field("reference", _("Reference"), searchable=True, listed=True,
              aliases=("description", "keterangan", "narrative", "uraian", "berita", "butiran")),
        Field("bank", _("Account at the bank")),
        Field("withheld", _("Withheld"), FieldKind.MONEY, default=0, read_only=True,
              importable=False),
        Field("slip", _("Withholding slip"), searchable=True,
              help=_("The number of the bukti potong.")),
        Field("slip_date", _("Date of the slip"), FieldKind.DATE),
        Field("allocated", _("Allocated"), FieldKind.MONEY, default=0, read_only=True,
              importable=False),
        Field("free", _("Not allocated"), FieldKind.MONEY, read_only=True, importable=False,
              listed=True, sql="CASE WHEN t.state = 'void' THEN 0 ELSE t.amount - t.allocated END",
              summed=True),
        Field("state", _("State"), FieldKind.STATE, read_only=True, listed=True, indexed=True,
              default="posted", choices=tuple(RECEIPT_STATES.labels.items())),
        Field("owner", _("Owner"), FieldKind.LINK, link="user", indexed=True),
        Field("notes", _("Internal notes"), FieldKind.LONG_TEXT),
    ),
)  # fmt: skip

PAYMENT_LINE = RecordKind(
    name="payment_line", label=_("Allocation"), plural=_("Allocations"),
    table="payment_line", key="id", title="note", editable=False,
    fields=(
        Field("payment", _("Payment"), FieldKind.LINK, link="payment", required=True,
              indexed=True),
        Field("position", _("Position"), FieldKind.INTEGER, required=True, importable=False),
        Field("invoice", _("Invoice"), FieldKind.LINK, link="invoice", required=True,
              indexed=True),
        Field("amount", _("Amount"), FieldKind.MONEY, default=0,
              help=_("In the payment's currency.")),
        Field("settled", _("Settled"), FieldKind.MONEY, default=0,
              help=_("In the invoice's currency.")),
        Field("withheld", _("Withheld"), FieldKind.MONEY, default=0),
        Field("adjusted", _("Written off"), FieldKind.MONEY, default=0),
        Field("note", _("Note")),
    ),
)  # fmt: skip
