"""Every kind of record there is, by name."""

from models.catalogue.price import PRICE, PRICE_LIST
from models.catalogue.product import PRODUCT
from models.catalogue.stock import STOCK_LEVEL, STOCK_MOVE, SUPPLY, WAREHOUSE
from models.catalogue.tax import TAX, TAX_RATE
from models.customers.account import ACCOUNT
from models.customers.contact import CONTACT
from models.documents.agreement import CONTRACT, FOLLOW_UP
from models.documents.approval import APPROVAL, APPROVAL_RULE
from models.documents.delivery import DELIVERY, DELIVERY_LINE
from models.documents.invoice import INVOICE, INVOICE_LINE
from models.documents.order import ORDER, ORDER_LINE
from models.documents.payment import PAYMENT, PAYMENT_LINE
from models.documents.quotation import QUOTATION, QUOTATION_LINE
from models.documents.template import TEMPLATE, TEXT_BLOCK
from models.team.user import USER
from models.values.errors import NotFoundError
from models.values.fields import RecordKind
from resources.languages import marked as _

KINDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        USER, TAX, TAX_RATE, PRICE_LIST, PRODUCT, PRICE, ACCOUNT, CONTACT,
        QUOTATION, QUOTATION_LINE, ORDER, ORDER_LINE, WAREHOUSE, STOCK_LEVEL, STOCK_MOVE, SUPPLY,
        DELIVERY, DELIVERY_LINE, INVOICE, INVOICE_LINE, PAYMENT, PAYMENT_LINE, APPROVAL_RULE,
        APPROVAL, FOLLOW_UP, CONTRACT, TEMPLATE, TEXT_BLOCK,
    )
}  # fmt: skip

LINES = {
    "quotation": QUOTATION_LINE,
    "order": ORDER_LINE,
    "delivery": DELIVERY_LINE,
    "invoice": INVOICE_LINE,
    "payment": PAYMENT_LINE,
}
"""The lines of each kind of document."""

PRICED = ("quotation", "order", "invoice")
"""The documents whose lines have prices and costs."""

SERIES = {
    "quotation": "quotation",
    "order": "order",
    "delivery": "delivery",
    "return": "delivery",
    "invoice": "invoice",
    "credit_note": "invoice",
    "payment": "payment",
    "contract": "contract",
}
"""Every series of numbers, and the kind of document that bears them."""

LIBRARY = ("product", "text_block")
"""What everybody sees and proposals take files of: product sheets, stationery, appendices."""

MOVED = {
    "product": frozenset(("reserved", "average_cost")),
    "supply": frozenset(("received",)),
}
"""By table the columns that orders and moves of stock alone move, never a form, an import or its
undoing.
"""


def kind_of(name: str) -> RecordKind:
    """The kind of that name; NotFoundError names the ones there are."""
    if name in KINDS and not name.endswith("_line"):
        return KINDS[name]
    known = ", ".join(each for each in KINDS if not each.endswith("_line"))
    raise NotFoundError(_("There is no kind “{kind}”; there are {known}."), kind=name, known=known)
