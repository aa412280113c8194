"""Every kind of record there is, by name."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module

from models.values.errors import NotFoundError
from models.values.fields import RecordKind
from resources.languages import marked as _

_DESCRIBED_IN = {
    "user": "team.user",
    "tax": "catalogue.tax",
    "tax_rate": "catalogue.tax",
    "price_list": "catalogue.price",
    "product": "catalogue.product",
    "price": "catalogue.price",
    "account": "customers.account",
    "contact": "customers.contact",
    "quotation": "documents.quotation",
    "quotation_line": "documents.quotation",
    "order": "documents.order",
    "order_line": "documents.order",
    "warehouse": "catalogue.stock",
    "stock_level": "catalogue.stock",
    "stock_move": "catalogue.stock",
    "supply": "catalogue.stock",
    "delivery": "documents.delivery",
    "delivery_line": "documents.delivery",
    "invoice": "documents.invoice",
    "invoice_line": "documents.invoice",
    "payment": "documents.payment",
    "payment_line": "documents.payment",
    "approval_rule": "documents.approval",
    "approval": "documents.approval",
    "follow_up": "documents.agreement",
    "contract": "documents.agreement",
    "template": "documents.template",
    "text_block": "documents.template",
}
"""By name the module under `models` that describes a kind, as ``ORDER_LINE`` for ``order_line``."""


@cache
def _described(name: str) -> RecordKind:
    kind: RecordKind = getattr(import_module(f"models.{_DESCRIBED_IN[name]}"), name.upper())
    return kind


class Kinds(Mapping[str, RecordKind]):
    """Kinds by name, each described when it is first asked for: the first window needs two."""

    def __init__(self, names: Iterable[str], ending: str = "") -> None:
        """`ending` stands behind these names in those of the kinds."""
        self._names = {name: name + ending for name in names}

    def __getitem__(self, name: str) -> RecordKind:
        return _described(self._names[name])

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


KINDS = Kinds(_DESCRIBED_IN)

LINES = Kinds(("quotation", "order", "delivery", "invoice", "payment"), "_line")
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
