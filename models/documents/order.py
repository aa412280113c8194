"""What a customer ordered: the frozen agreement that deliveries and invoices fulfil."""

from models.documents.lines import HEAD, LINE
from models.values.fields import Field, FieldKind, RecordKind
from models.values.states import ORDER_STATES, PARTS
from resources.languages import marked as _

_SOLD = "l.order_id = t.id AND l.kind IN ('product', 'item') AND NOT l.optional"


def _part(column: str) -> str:
    """How much of an order was delivered or invoiced, as its lines say."""
    line = f"SELECT 1 FROM sales_order_line l WHERE {_SOLD}"
    return (
        f"CASE WHEN t.imported THEN 'all' WHEN NOT EXISTS ({line} AND l.{column} <> 0) THEN 'none' "
        f"WHEN EXISTS ({line} AND l.{column} < l.quantity) THEN 'part' ELSE 'all' END"
    )


ORDER = RecordKind(
    name="order",
    label=_("Sales order"),
    plural=_("Orders"),
    table="sales_order",
    key="number",
    title="number",
    icon="ph.cube",
    empty=_("No orders yet. An accepted quotation makes one; past orders can be imported."),
    editable=False,
    default_sort="-date",
    fields=(
        Field("number", _("Number"), FieldKind.CODE, unique=True, searchable=True, listed=True,
              indexed=True, aliases=("order id", "order number", "nomor")),
        *HEAD,
        Field("quotation", _("Quotation"), FieldKind.LINK, link="quotation", indexed=True,
              read_only=True, importable=False),
        Field("required_date", _("Wanted on"), FieldKind.DATE),
        Field("promised_date", _("Promised for"), FieldKind.DATE),
        Field("state", _("State"), FieldKind.STATE, read_only=True, listed=True, indexed=True,
              default="draft", choices=tuple(ORDER_STATES.labels.items())),
        Field("delivered_part", _("Delivered"), FieldKind.STATE, read_only=True, importable=False,
              listed=True, choices=tuple(PARTS.labels.items()), sql=_part("shipped")),
        Field("invoiced_part", _("Invoiced"), FieldKind.STATE, read_only=True, importable=False,
              listed=True, choices=tuple(PARTS.labels.items()), sql=_part("invoiced")),
        Field("confirmed_at", _("Confirmed"), FieldKind.MOMENT, read_only=True, importable=False),
        Field("amendment", _("Amendment"), FieldKind.INTEGER, read_only=True, importable=False,
              default=0, help=_("How often it was changed after it was confirmed.")),
        Field("amendment_note", _("Why it was amended"), read_only=True, importable=False),
        Field("imported", _("Imported"), FieldKind.BOOLEAN, read_only=True, importable=False,
              default=False, help=_("Past business from another program; holds no stock.")),
    ),
)  # fmt: skip

ORDER_LINE = RecordKind(
    name="order_line", label=_("Order line"), plural=_("Order lines"),
    table="sales_order_line", key="id", title="description", editable=False,
    fields=(
        Field("order", _("Sales order"), FieldKind.LINK, link="order", required=True, indexed=True),
        *LINE,
        Field("reserved", _("Reserved"), FieldKind.QUANTITY, read_only=True, importable=False,
              default=0),
        Field("delivered", _("Delivered"), FieldKind.QUANTITY, read_only=True, importable=False,
              default=0, help=_("In stock units.")),
        Field("shipped", _("Shipped"), FieldKind.QUANTITY, read_only=True, importable=False,
              default=0, help=_("In the line's unit, less what is to be delivered again.")),
        Field("returned", _("Returned"), FieldKind.QUANTITY, read_only=True, importable=False,
              default=0, help=_("In the line's unit: what came back and is not replaced.")),
        Field("invoiced", _("Invoiced"), FieldKind.QUANTITY, read_only=True, importable=False,
              default=0, help=_("In the line's unit.")),
        Field("promised", _("Promised for"), FieldKind.DATE, read_only=True, importable=False),
    ),
)  # fmt: skip
