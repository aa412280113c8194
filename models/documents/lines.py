"""What every sales document shares: the fields of its head and of its lines."""

from models.catalogue.product import TAX_CLASSES
from models.customers.account import PAYMENT_TERMS
from models.values.fields import Field, FieldKind
from resources.languages import LANGUAGES
from resources.languages import marked as _

LINE_KINDS = (
    ("product", _("Product")),
    ("item", _("Free item")),
    ("section", _("Section")),
    ("note", _("Text")),
)

HEAD = (
    Field("account", _("Customer"), FieldKind.LINK, link="account", required=True, listed=True,
          indexed=True, aliases=("customer id", "customer code")),
    Field("contact", _("Contact"), FieldKind.LINK, link="contact"),
    Field("date", _("Date"), FieldKind.DATE, required=True, listed=True, indexed=True,
          aliases=("order date", "tanggal", "tarikh")),
    Field("reference", _("Customer's reference"), searchable=True,
          aliases=("po number", "purchase order")),
    Field("subject", _("Subject"), searchable=True),
    Field("owner", _("Owner"), FieldKind.LINK, link="user", listed=True, indexed=True,
          aliases=("employee id", "salesperson")),
    Field("currency", _("Currency"), FieldKind.CODE, required=True, listed=True),
    Field("price_list", _("Price list"), FieldKind.LINK, link="price_list"),
    Field("language", _("Language"), FieldKind.CHOICE, choices=tuple(LANGUAGES.items()),
          default="en"),
    Field("tax", _("Tax"), FieldKind.LINK, link="tax"),
    Field("payment_term", _("Payment term"), FieldKind.CHOICE, choices=PAYMENT_TERMS),
    Field("delivery_term", _("Delivery")),
    Field("discount_percent", _("Discount %"), FieldKind.PERCENT, default=0),
    Field("discount_amount", _("Discount amount"), FieldKind.MONEY, default=0),
    Field("line_decimals", _("Decimals of line amounts"), FieldKind.INTEGER,
          help=_("Imported history keeps four, so that its sum is that of its source.")),
    Field("opening", _("Opening"), FieldKind.LONG_TEXT),
    Field("terms", _("Terms"), FieldKind.LONG_TEXT),
    Field("closing", _("Closing"), FieldKind.LONG_TEXT),
    Field("notes", _("Internal notes"), FieldKind.LONG_TEXT),
    Field("subtotal", _("Subtotal"), FieldKind.MONEY, read_only=True, importable=False, default=0),
    Field("discount", _("Discount"), FieldKind.MONEY, read_only=True, importable=False, default=0),
    Field("tax_base", _("Tax base"), FieldKind.MONEY, read_only=True, importable=False, default=0),
    Field("tax_amount", _("Tax amount"), FieldKind.MONEY, read_only=True, importable=False,
          default=0),
    Field("rounding", _("Rounding"), FieldKind.MONEY, read_only=True, importable=False, default=0),
    Field("total", _("Total"), FieldKind.MONEY, read_only=True, importable=False, listed=True,
          indexed=True, default=0, summed=True),
    Field("cost_total", _("Cost"), FieldKind.MONEY, read_only=True, importable=False,
          restricted=True),
    Field("frozen", _("Frozen letterhead and party"), FieldKind.LONG_TEXT, read_only=True,
          importable=False, help=_("As they were when the document was issued.")),
)  # fmt: skip

LINE = (
    Field("position", _("Position"), FieldKind.INTEGER, required=True, importable=False),
    Field("kind", _("Kind"), FieldKind.CHOICE, choices=LINE_KINDS, default="product"),
    Field("product", _("Product"), FieldKind.LINK, link="product", indexed=True,
          aliases=("product id", "sku", "item")),
    Field("sku", _("SKU"), read_only=True, importable=False),
    Field("description", _("Description"), aliases=("product name",)),
    Field("detail", _("Detail"), FieldKind.LONG_TEXT),
    Field("quantity", _("Quantity"), FieldKind.QUANTITY, default=0, aliases=("qty", "jumlah")),
    Field("unit", _("Unit"), aliases=("satuan", "uom")),
    Field("factor", _("Units of stock in one"), FieldKind.QUANTITY, default=1, importable=False),
    Field("unit_price", _("Unit price"), FieldKind.MONEY, aliases=("price", "harga satuan")),
    Field("pinned", _("Price set by hand"), FieldKind.BOOLEAN, default=False, importable=False),
    Field("price_reason", _("Why this price"), importable=False),
    Field("discount_percent", _("Discount %"), FieldKind.PERCENT, default=0,
          aliases=("discount", "diskon", "diskaun")),
    Field("discount_amount", _("Discount amount"), FieldKind.MONEY, default=0),
    Field("tax_class", _("Tax class"), FieldKind.CHOICE, choices=TAX_CLASSES, default="standard"),
    Field("optional", _("Optional"), FieldKind.BOOLEAN, default=False),
    Field("alternative", _("Alternative"),
          help=_("Lines of one name stand for each other's; only one of the names is sold.")),
    Field("cost", _("Cost"), FieldKind.MONEY, restricted=True, importable=False),
    Field("amount", _("Amount"), FieldKind.MONEY, read_only=True, importable=False, default=0),
    Field("net", _("Net"), FieldKind.MONEY, read_only=True, importable=False, default=0,
          help=_("The amount less its share of the document's discount, without tax.")),
    Field("tax_amount", _("Tax amount"), FieldKind.MONEY, read_only=True, importable=False,
          default=0),
)  # fmt: skip
