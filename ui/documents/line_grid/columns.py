"""The columns of the line grid: their words, which hold figures and which can be typed into."""

from typing import NamedTuple

from resources.languages import marked as _


class Column(NamedTuple):
    """One column; `widest` is the text it has room for at first."""

    name: str
    label: str
    widest: str
    is_number: bool = False
    is_editable: bool = False


COLUMNS = (
    Column("number", "#", "00"),
    Column("product", _("Product or description"), "", is_editable=True),
    Column("quantity", _("Qty"), "1,000", is_number=True, is_editable=True),
    Column("unit", _("Unit"), "unit", is_editable=True),
    Column("stock", _("Stock"), "9,999"),
    Column("unit_price", _("Price"), "9,999,999", is_number=True, is_editable=True),
    Column("discount_percent", _("Disc."), "9.9%", is_number=True, is_editable=True),
    Column("margin", _("Margin"), "−99.9%"),
    Column("amount", _("Amount"), "99,999,999", is_number=True),
)

NUMBER, PRODUCT, QUANTITY, UNIT, STOCK, PRICE, DISCOUNT, MARGIN, AMOUNT = range(len(COLUMNS))

EDITABLE = tuple(at for at, each in enumerate(COLUMNS) if each.is_editable)
