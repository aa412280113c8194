"""What a customer ordered: the frozen agreement that deliveries and invoices fulfil."""

from models.documents.lines import HEAD, LINE
from models.values.fields import Field, FieldKind, RecordKind
from models.values.states import ORDER_STATES
from resources.languages import marked as _

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
        Field("state", _("State"), FieldKind.STATE, read_only=True, listed=True, indexed=True,
              default="draft", choices=tuple(ORDER_STATES.labels.items())),
        Field("confirmed_at", _("Confirmed"), FieldKind.MOMENT, read_only=True, importable=False),
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
              default=0),
    ),
)  # fmt: skip
