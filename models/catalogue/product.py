"""What is sold: goods and services with their names, units, prices and stock."""

from models.values.fields import Field, FieldKind, RecordKind, Section
from models.values.stock import TRACKING
from resources.languages import marked as _

TAX_CLASSES = (
    ("standard", _("Standard")),
    ("service", _("Service")),
    ("luxury", _("Luxury")),
    ("reduced", _("Reduced")),
    ("exempt", _("Exempt")),
)

PRODUCT = RecordKind(
    name="product",
    label=_("Product"),
    plural=_("Products"),
    table="product",
    key="sku",
    title="name",
    icon="ph.package",
    empty=_("No products yet. Make one with Ctrl+N, or import your price list."),
    fields=(
        Field("sku", _("SKU"), FieldKind.CODE, required=True, unique=True, searchable=True,
              listed=True, indexed=True,
              aliases=("product id", "item code", "kode barang", "code")),
        Field("name", _("Name"), required=True, searchable=True, listed=True, indexed=True,
              folded=True, aliases=("product name", "nama barang", "description")),
        Field("name_id", _("Name in Indonesian"), searchable=True),
        Field("name_ms", _("Name in Malay"), searchable=True),
        Field("description", _("Description"), FieldKind.LONG_TEXT,
              aliases=("quantity per unit", "specification")),
        Field("unit", _("Unit"), required=True, listed=True, default="unit",
              aliases=("satuan", "uom")),
        Field("units", _("Other units"), FieldKind.LONG_TEXT,
              help=_("One in a line with its factor: box = 12")),
        Field("category", _("Category"), listed=True, searchable=True, indexed=True, folded=True,
              aliases=("kategori", "category name")),
        Field("list_price", _("List price"), FieldKind.MONEY, listed=True, indexed=True, default=0,
              aliases=("unit price", "price", "harga")),
        Field("cost", _("Cost"), FieldKind.MONEY, restricted=True, aliases=("harga pokok",)),
        Field("currency", _("Currency"), FieldKind.CODE, listed=True,
              help=_("Left empty, the company's own currency.")),
        Field("tax_class", _("Tax class"), FieldKind.CHOICE, choices=TAX_CLASSES,
              default="standard"),
        Field("stocked", _("Kept in stock"), FieldKind.BOOLEAN, default=True,
              help=_("Services and items bought to order are not.")),
        Field("tracking", _("Tracked"), FieldKind.CHOICE, choices=TRACKING, default="none"),
        Field("stock", _("Stock on hand"), FieldKind.QUANTITY, listed=True, default=0,
              aliases=("units in stock", "stok"), summed=True,
              help=_("The sum of its moves. Another figure is booked as an adjustment.")),
        Field("reserved", _("Reserved"), FieldKind.QUANTITY, read_only=True, importable=False,
              default=0, summed=True),
        Field("free", _("Free"), FieldKind.QUANTITY, read_only=True, importable=False, listed=True,
              sql="t.stock - t.reserved"),
        Field("expected", _("Expected"), FieldKind.QUANTITY, read_only=True, importable=False,
              sql="coalesce((SELECT sum(s.quantity - s.received) FROM supply s "
                  "WHERE s.product_id = t.id AND s.quantity > s.received AND NOT s.archived), 0)"),
        Field("reorder_level", _("Reorder below"), FieldKind.QUANTITY, default=0),
        Field("reorder_quantity", _("Reorder quantity"), FieldKind.QUANTITY, default=0),
        Field("lead_days", _("Days to get it"), FieldKind.INTEGER,
              help=_("From an order at the supplier to the receipt.")),
        Field("average_cost", _("Average cost"), FieldKind.MONEY, restricted=True, read_only=True,
              importable=False, help=_("The moving average over all receipts.")),
        Field("barcode", _("Barcode"), searchable=True, aliases=("ean", "upc")),
        Field("picture", _("Picture"), FieldKind.PICTURE, importable=False),
        Field("components", _("Components"), FieldKind.LONG_TEXT,
              help=_("What the product is put together from, one SKU in a line with how many: "
                     "FAN1 = 2")),
        Field("configuration", _("Options"), FieldKind.LONG_TEXT,
              help=_("One in a line: CODE: what it is; default; needs A, B; excludes C; "
                     "adds SKU = 1; +750000 or +5%. A line “one price” keeps the components "
                     "together.")),
        Field("notes", _("Notes"), FieldKind.LONG_TEXT),
    ),
    layout=(
        Section(_("Product"), (("sku", "name"), ("name_id", "name_ms"), ("category", "barcode"),
                               ("description",))),
        Section(_("Price"), (("list_price", "cost", "currency"), ("tax_class", "unit", "units"))),
        Section(_("Stock"), (("stocked", "tracking"), ("stock", "reserved", "free"),
                             ("expected", "average_cost"),
                             ("reorder_level", "reorder_quantity", "lead_days"))),
        Section(_("Bundle"), (("components", "configuration"),)),
        Section(_("More"), (("picture", "notes"),)),
    ),
)  # fmt: skip
