"""Where goods lie and how they got there: warehouses, their contents, moves, what is expected."""

from models.values.fields import Field, FieldKind, RecordKind, Section
from models.values.stock import MOVE_REASONS
from resources.languages import marked as _

WAREHOUSE = RecordKind(
    name="warehouse",
    label=_("Warehouse"),
    plural=_("Warehouses"),
    table="warehouse",
    key="code",
    title="name",
    icon="ph.storefront",
    empty=_("No warehouses yet. The first move of stock makes one, or press Ctrl+N."),
    fields=(
        Field("code", _("Code"), FieldKind.CODE, required=True, unique=True, searchable=True,
              listed=True, indexed=True, aliases=("warehouse", "gudang")),
        Field("name", _("Name"), required=True, searchable=True, listed=True, indexed=True,
              folded=True),
        Field("address", _("Address"), FieldKind.LONG_TEXT, listed=True),
        Field("notes", _("Notes"), FieldKind.LONG_TEXT),
    ),
    layout=(Section(_("Warehouse"), (("code", "name"), ("address",), ("notes",))),),
)  # fmt: skip

STOCK_LEVEL = RecordKind(
    name="stock_level",
    label=_("Stock"),
    plural=_("Stock by warehouse"),
    table="stock_level",
    key="id",
    title="lot",
    icon="ph.stack",
    empty=_("Nothing in stock yet. Book a receipt, or import products with their stock."),
    editable=False,
    default_sort="product",
    unique_together=(("product", "warehouse", "lot"),),
    fields=(
        Field("product", _("Product"), FieldKind.LINK, link="product", required=True, listed=True,
              indexed=True),
        Field("warehouse", _("Warehouse"), FieldKind.LINK, link="warehouse", required=True,
              listed=True, indexed=True),
        Field("lot", _("Lot or serial number"), required=True, default="", listed=True,
              indexed=True),
        Field("quantity", _("On hand"), FieldKind.QUANTITY, required=True, default=0, listed=True,
              summed=True, help=_("The sum of all moves here.")),
    ),
)  # fmt: skip

STOCK_MOVE = RecordKind(
    name="stock_move",
    label=_("Stock move"),
    plural=_("Stock moves"),
    table="stock_move",
    key="id",
    title="reason",
    icon="ph.arrows-left-right",
    empty=_("No moves yet. Receipts, deliveries, transfers and counts make them."),
    editable=False,
    default_sort="-date",
    fields=(
        Field("date", _("Date"), FieldKind.DATE, required=True, listed=True, indexed=True),
        Field("product", _("Product"), FieldKind.LINK, link="product", required=True, listed=True,
              indexed=True),
        Field("warehouse", _("Warehouse"), FieldKind.LINK, link="warehouse", required=True,
              listed=True, indexed=True),
        Field("lot", _("Lot or serial number"), required=True, default="", listed=True,
              indexed=True),
        Field("quantity", _("Quantity"), FieldKind.QUANTITY, required=True, listed=True,
              help=_("In stock units; what leaves is negative.")),
        Field("reason", _("Reason"), FieldKind.CHOICE, choices=tuple(MOVE_REASONS.items()),
              required=True, listed=True),
        Field("unit_cost", _("Cost of one"), FieldKind.MONEY, restricted=True),
        Field("document", _("Kind of document"), FieldKind.CODE),
        Field("document_id", _("Number of document"), FieldKind.INTEGER, indexed=True),
        Field("note", _("Note"), listed=True),
        Field("who", _("Booked by"), listed=True),
    ),
)  # fmt: skip

SUPPLY = RecordKind(
    name="supply",
    label=_("Expected receipt"),
    plural=_("Expected receipts"),
    table="supply",
    key="code",
    title="code",
    icon="ph.tray",
    empty=_("Nothing is expected. Note what was bought with Ctrl+N, and it counts as coming."),
    default_sort="due",
    fields=(
        Field("code", _("Code"), FieldKind.CODE, unique=True, searchable=True, listed=True,
              indexed=True),
        Field("product", _("Product"), FieldKind.LINK, link="product", required=True, listed=True,
              indexed=True),
        Field("warehouse", _("Warehouse"), FieldKind.LINK, link="warehouse", listed=True),
        Field("quantity", _("Quantity"), FieldKind.QUANTITY, required=True, listed=True,
              help=_("In stock units.")),
        Field("received", _("Received"), FieldKind.QUANTITY, read_only=True, importable=False,
              default=0, listed=True),
        Field("due", _("Expected on"), FieldKind.DATE, required=True, listed=True, indexed=True),
        Field("supplier", _("Supplier"), searchable=True, listed=True),
        Field("reference", _("Reference"), searchable=True, aliases=("po number",)),
        Field("unit_cost", _("Cost of one"), FieldKind.MONEY, restricted=True),
        Field("notes", _("Notes"), FieldKind.LONG_TEXT),
    ),
    layout=(
        Section(_("Expected receipt"), (("code", "product"), ("quantity", "received"),
                                        ("due", "warehouse"), ("supplier", "reference"),
                                        ("unit_cost",), ("notes",))),
    ),
)  # fmt: skip
