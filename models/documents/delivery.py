"""What leaves the house for an order, or comes back: a delivery note with its lines."""

from models.values.fields import Field, FieldKind, RecordKind
from models.values.states import DELIVERY_STATES
from resources.languages import LANGUAGES
from resources.languages import marked as _

DIRECTIONS = (("out", _("Delivery")), ("in", _("Return")))

RETURN_REASONS = (
    ("damaged", _("Damaged")),
    ("wrong", _("Wrong goods")),
    ("too_many", _("Too many")),
    ("quality", _("Quality")),
    ("refused", _("Refused")),
    ("other", _("Other reason")),
)

DESTINATIONS = (("stock", _("Back to stock")), ("scrap", _("Scrap")))

DELIVERY = RecordKind(
    name="delivery",
    label=_("Delivery"),
    plural=_("Deliveries"),
    table="delivery",
    key="number",
    title="number",
    icon="ph.truck",
    empty=_("No deliveries yet. A confirmed order makes one with Ctrl+Enter."),
    editable=False,
    default_sort="-date",
    fields=(
        Field("number", _("Number"), FieldKind.CODE, unique=True, searchable=True, listed=True,
              indexed=True, aliases=("delivery number", "surat jalan")),
        Field("order", _("Sales order"), FieldKind.LINK, link="order", listed=True, indexed=True),
        Field("account", _("Customer"), FieldKind.LINK, link="account", required=True, listed=True,
              indexed=True),
        Field("contact", _("Contact"), FieldKind.LINK, link="contact"),
        Field("date", _("Date"), FieldKind.DATE, required=True, listed=True, indexed=True),
        Field("direction", _("Direction"), FieldKind.CHOICE, choices=DIRECTIONS, default="out",
              required=True, listed=True),
        Field("returned", _("Returned delivery"), FieldKind.LINK, link="delivery", indexed=True),
        Field("warehouse", _("Warehouse"), FieldKind.LINK, link="warehouse"),
        Field("state", _("State"), FieldKind.STATE, read_only=True, listed=True, indexed=True,
              default="draft", choices=tuple(DELIVERY_STATES.labels.items())),
        Field("reference", _("Customer's reference"), searchable=True),
        Field("carrier", _("Carrier"), searchable=True, listed=True),
        Field("vehicle", _("Vehicle")),
        Field("tracking", _("Tracking number"), searchable=True),
        Field("reason", _("Reason of return"), FieldKind.CHOICE, choices=RETURN_REASONS),
        Field("received_by", _("Received by")),
        Field("received_on", _("Received on"), FieldKind.DATE),
        Field("shipped_at", _("Shipped"), FieldKind.MOMENT, read_only=True, importable=False),
        Field("owner", _("Owner"), FieldKind.LINK, link="user", indexed=True),
        Field("language", _("Language"), FieldKind.CHOICE, choices=tuple(LANGUAGES.items()),
              default="en"),
        Field("address", _("Delivery address"), FieldKind.LONG_TEXT),
        Field("notes", _("Internal notes"), FieldKind.LONG_TEXT),
        Field("imported", _("Imported"), FieldKind.BOOLEAN, read_only=True, importable=False,
              default=False),
        Field("frozen", _("Frozen letterhead and party"), FieldKind.LONG_TEXT, read_only=True,
              importable=False),
    ),
)  # fmt: skip

DELIVERY_LINE = RecordKind(
    name="delivery_line", label=_("Delivery line"), plural=_("Delivery lines"),
    table="delivery_line", key="id", title="description", editable=False,
    fields=(
        Field("delivery", _("Delivery"), FieldKind.LINK, link="delivery", required=True,
              indexed=True),
        Field("position", _("Position"), FieldKind.INTEGER, required=True, importable=False),
        Field("order_line", _("Order line"), FieldKind.LINK, link="order_line", indexed=True,
              importable=False),
        Field("product", _("Product"), FieldKind.LINK, link="product", indexed=True,
              aliases=("product id", "sku", "item")),
        Field("sku", _("SKU"), read_only=True, importable=False),
        Field("description", _("Description")),
        Field("detail", _("Detail"), FieldKind.LONG_TEXT),
        Field("quantity", _("Quantity"), FieldKind.QUANTITY, default=0, aliases=("qty", "jumlah")),
        Field("unit", _("Unit"), aliases=("satuan", "uom")),
        Field("factor", _("Units of stock in one"), FieldKind.QUANTITY, default=1,
              importable=False),
        Field("lot", _("Lot or serial number"), default=""),
        Field("destination", _("Where it goes"), FieldKind.CHOICE, choices=DESTINATIONS,
              default="stock"),
        Field("back", _("Came back"), FieldKind.QUANTITY, default=0, read_only=True,
              importable=False, help=_("What was returned of it, in its unit.")),
    ),
)  # fmt: skip
