"""What a customer owes: invoices, down payments and credit notes, each with frozen figures."""

from models.documents.lines import HEAD, LINE, LINE_KINDS
from models.values.fields import Field, FieldKind, RecordKind
from models.values.states import INVOICE_STATES, PAYMENT_STATES
from resources.languages import marked as _

TYPES = (
    ("invoice", _("Invoice")),
    ("down_payment", _("Down payment")),
    ("progress", _("Progress invoice")),
    ("credit_note", _("Credit note")),
)

_OPEN = (
    "CASE WHEN t.state = 'issued' AND t.type <> 'credit_note' "
    "THEN t.total - t.paid - t.withheld - t.credited - t.adjusted ELSE 0 END"
)

_PAYMENT = (
    "CASE WHEN t.state <> 'issued' THEN t.state "
    "WHEN t.type = 'credit_note' THEN 'settled' "
    "WHEN t.total - t.paid - t.withheld - t.credited - t.adjusted <= 0 THEN 'settled' "
    "WHEN t.due < {today} THEN 'overdue' "
    "WHEN t.paid + t.withheld + t.credited + t.adjusted > 0 THEN 'partly' ELSE 'open' END"
)

_HEAD = tuple(
    each._replace(importable=True, aliases=("amount", "jumlah")) if each.name == "total" else each
    for each in HEAD
)
"""Invoices of another program come in with their totals, as opening balances."""

INVOICE = RecordKind(
    name="invoice",
    label=_("Invoice"),
    plural=_("Invoices"),
    table="invoice",
    key="number",
    title="number",
    icon="ph.receipt",
    empty=_("No invoices yet. Make one from an order that was delivered."),
    editable=False,
    default_sort="-date",
    fields=(
        Field("number", _("Number"), FieldKind.CODE, unique=True, searchable=True, listed=True,
              indexed=True, aliases=("invoice number", "nomor faktur")),
        Field("type", _("Type"), FieldKind.CHOICE, choices=TYPES, default="invoice", required=True,
              listed=True),
        *_HEAD,
        Field("order", _("Sales order"), FieldKind.LINK, link="order", listed=True, indexed=True),
        Field("credits", _("Credited invoice"), FieldKind.LINK, link="invoice", indexed=True),
        Field("reason", _("Reason of credit")),
        Field("percent", _("Part of the order in %"), FieldKind.PERCENT),
        Field("due", _("Due"), FieldKind.DATE, listed=True, indexed=True,
              aliases=("due date", "jatuh tempo")),
        Field("state", _("State"), FieldKind.STATE, read_only=True, indexed=True,
              default="draft", choices=tuple(INVOICE_STATES.labels.items())),
        Field("payment", _("Payment"), FieldKind.STATE, read_only=True, importable=False,
              listed=True, choices=tuple(PAYMENT_STATES.labels.items()), sql=_PAYMENT),
        Field("issued_at", _("Issued"), FieldKind.MOMENT, read_only=True, importable=False),
        Field("paid", _("Paid"), FieldKind.MONEY, read_only=True, importable=False, default=0,
              summed=True),
        Field("withheld", _("Withheld"), FieldKind.MONEY, read_only=True, importable=False,
              default=0, help=_("Tax the customer kept back against a slip (PPh 23).")),
        Field("credited", _("Credited"), FieldKind.MONEY, read_only=True, importable=False,
              default=0),
        Field("adjusted", _("Written off"), FieldKind.MONEY, read_only=True, importable=False,
              default=0, help=_("Bank charges, rounding and currency differences let go.")),
        Field("open", _("Still open"), FieldKind.MONEY, read_only=True, listed=True, sql=_OPEN,
              summed=True, aliases=("balance", "sisa")),
        Field("tax_invoice", _("Tax invoice number"), searchable=True,
              help=_("The number Coretax or MyInvois gave, filled in after the upload.")),
        Field("dunned", _("Reminders sent"), FieldKind.INTEGER, default=0, read_only=True,
              importable=False),
        Field("dunned_on", _("Last reminder"), FieldKind.DATE, read_only=True, importable=False),
        Field("imported", _("Imported"), FieldKind.BOOLEAN, read_only=True, importable=False,
              default=False),
    ),
)  # fmt: skip

_KINDS = (*LINE_KINDS, ("deduction", _("Down payment deducted")))
_LINE = tuple(each._replace(choices=_KINDS) if each.name == "kind" else each for each in LINE)

INVOICE_LINE = RecordKind(
    name="invoice_line", label=_("Invoice line"), plural=_("Invoice lines"),
    table="invoice_line", key="id", title="description", editable=False,
    fields=(
        Field("invoice", _("Invoice"), FieldKind.LINK, link="invoice", required=True,
              indexed=True),
        *_LINE,
        Field("order_line", _("Order line"), FieldKind.LINK, link="order_line", indexed=True,
              importable=False),
        Field("source", _("Down payment"), FieldKind.LINK, link="invoice", importable=False,
              help=_("The invoice of a down payment that is deducted here.")),
        Field("billed", _("Billed before tax rules"), FieldKind.MONEY, default=0, read_only=True,
              importable=False,
              help=_("What the tax of the line is reckoned on, with or without tax as the prices "
                     "are.")),
        Field("credited_line", _("Credited line"), FieldKind.LINK, link="invoice_line",
              indexed=True, importable=False),
        Field("recounted", _("To be invoiced again"), FieldKind.BOOLEAN, default=False,
              importable=False, help=_("Of a credit note: the order's line is open again.")),
    ),
)  # fmt: skip
