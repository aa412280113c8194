"""Every kind of record there is, by name."""

from models.catalogue.price import PRICE, PRICE_LIST
from models.catalogue.product import PRODUCT
from models.catalogue.tax import TAX, TAX_RATE
from models.customers.account import ACCOUNT
from models.customers.contact import CONTACT
from models.documents.order import ORDER, ORDER_LINE
from models.documents.quotation import QUOTATION, QUOTATION_LINE
from models.team.user import USER
from models.values.errors import NotFoundError
from models.values.fields import RecordKind
from resources.languages import marked as _

KINDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        USER, TAX, TAX_RATE, PRICE_LIST, PRODUCT, PRICE, ACCOUNT, CONTACT,
        QUOTATION, QUOTATION_LINE, ORDER, ORDER_LINE,
    )
}  # fmt: skip

LINES = {"quotation": QUOTATION_LINE, "order": ORDER_LINE}
"""The lines of each kind of document."""

MOVED = {"product": frozenset(("reserved",))}
"""By table the columns that orders alone move, never a form, an import or its undoing."""


def kind_of(name: str) -> RecordKind:
    """The kind of that name; NotFoundError names the ones there are."""
    if name in KINDS and name not in ("quotation_line", "order_line"):
        return KINDS[name]
    known = ", ".join(each for each in KINDS if not each.endswith("_line"))
    raise NotFoundError(_("There is no kind “{kind}”; there are {known}."), kind=name, known=known)
