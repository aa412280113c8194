"""Price lists and the prices in them: per product, per category or for everything."""

from models.values.fields import Field, FieldKind, RecordKind, Section
from resources.languages import marked as _

PRICE_LIST = RecordKind(
    name="price_list",
    label=_("Price list"),
    plural=_("Price lists"),
    table="price_list",
    key="name",
    title="name",
    icon="ph.tag",
    empty=_("No price lists yet. Without one the list price of the product applies."),
    fields=(
        Field("name", _("Name"), required=True, unique=True, searchable=True, listed=True,
              indexed=True, folded=True),
        Field("currency", _("Currency"), FieldKind.CODE, required=True, listed=True),
        Field("valid_from", _("Valid from"), FieldKind.DATE, listed=True),
        Field("valid_to", _("Valid to"), FieldKind.DATE, listed=True),
        Field("tax_included", _("Prices include tax"), FieldKind.BOOLEAN, default=False),
        Field("notes", _("Notes"), FieldKind.LONG_TEXT),
    ),
    layout=(
        Section(_("Price list"), (("name", "currency"), ("valid_from", "valid_to"),
                                  ("tax_included",), ("notes",))),
    ),
)  # fmt: skip

PRICE = RecordKind(
    name="price",
    label=_("Price"),
    plural=_("Prices"),
    table="price",
    key="code",
    title="code",
    icon="ph.currency-circle-dollar",
    empty=_("No prices yet. Make one with Ctrl+N, or import a table of them."),
    fields=(
        Field("code", _("Code"), FieldKind.CODE, unique=True, searchable=True, indexed=True,
              help=_("Left empty, it is made from list, product and quantity.")),
        Field("price_list", _("Price list"), FieldKind.LINK, link="price_list", required=True,
              listed=True, indexed=True),
        Field("product", _("Product"), FieldKind.LINK, link="product", listed=True, indexed=True,
              help=_("Left empty together with the category, it holds for everything.")),
        Field("category", _("Category"), listed=True),
        Field("minimum_quantity", _("From quantity"), FieldKind.QUANTITY, listed=True, default=0),
        Field("valid_from", _("Valid from"), FieldKind.DATE, listed=True),
        Field("valid_to", _("Valid to"), FieldKind.DATE, listed=True),
        Field("price", _("Price"), FieldKind.MONEY, listed=True),
        Field("discount_percent", _("Discount %"), FieldKind.PERCENT, listed=True,
              help=_("Off the product's list price.")),
        Field("formula", _("Formula"), restricted=True,
              help=_("list or cost with + - * / and numbers, then a multiple to round to: "
                     "cost * 1.25 round 500")),
    ),
    layout=(
        Section(_("What it holds for"), (("price_list", "code"), ("product", "category"),
                                         ("minimum_quantity",), ("valid_from", "valid_to"))),
        Section(_("The price"), (("price", "discount_percent", "formula"),)),
    ),
)  # fmt: skip
