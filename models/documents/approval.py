"""When a quotation needs somebody's consent, and what they decided."""

from models.values.fields import Field, FieldKind, RecordKind, Section
from models.values.roles import ROLES
from models.values.states import APPROVAL_STATES
from resources.languages import marked as _

MEASURES = (
    ("discount_percent", _("Discount over, in %")),
    ("margin_percent", _("Margin under, in %")),
    ("total", _("Total over")),
    ("payment_days", _("Payment term over, in days")),
)

APPROVAL_RULE = RecordKind(
    name="approval_rule",
    label=_("Approval rule"),
    plural=_("Approval rules"),
    table="approval_rule",
    key="name",
    title="name",
    icon="ph.scales",
    empty=_("No rules yet: every quotation may be sent. Make one with Ctrl+N."),
    fields=(
        Field("name", _("Name"), required=True, unique=True, searchable=True, listed=True,
              indexed=True, folded=True),
        Field("measure", _("What is measured"), FieldKind.CHOICE, choices=MEASURES, required=True,
              listed=True),
        Field("threshold", _("Limit"), FieldKind.QUANTITY, required=True, listed=True),
        Field("currency", _("Currency"), FieldKind.CODE,
              help=_("Of a limit on the total; left empty, the company's own.")),
        Field("role", _("Who writes"), FieldKind.CHOICE, choices=ROLES,
              help=_("Left empty, everybody.")),
        Field("team", _("Team"), help=_("Left empty, every team.")),
        Field("level", _("Level"), FieldKind.INTEGER, default=1, listed=True, required=True,
              help=_("Lower levels decide first.")),
        Field("approver_role", _("Who decides"), FieldKind.CHOICE, choices=ROLES, required=True,
              default="sales_manager", listed=True),
        Field("approver", _("Or one person"), FieldKind.LINK, link="user", listed=True),
        Field("remind_days", _("Remind after days"), FieldKind.INTEGER, default=1),
        Field("notes", _("Notes"), FieldKind.LONG_TEXT),
    ),
    layout=(
        Section(_("Approval rule"), (("name", "measure"), ("threshold", "currency"),
                                     ("role", "team"), ("level", "remind_days"),
                                     ("approver_role", "approver"), ("notes",))),
    ),
)  # fmt: skip

APPROVAL = RecordKind(
    name="approval",
    label=_("Approval"),
    plural=_("Approvals"),
    table="approval",
    key="id",
    title="rule_name",
    icon="ph.scales",
    empty=_("Nothing waits for a decision."),
    editable=False,
    default_sort="-asked_at",
    fields=(
        Field("quotation", _("Quotation"), FieldKind.LINK, link="quotation", required=True,
              listed=True, indexed=True),
        Field("account", _("Customer"), FieldKind.LINK, link="account", required=True, listed=True,
              indexed=True),
        Field("owner", _("Owner"), FieldKind.LINK, link="user", indexed=True),
        Field("rule_name", _("Rule"), required=True, listed=True),
        Field("measure", _("What is measured"), FieldKind.CHOICE, choices=MEASURES, required=True),
        Field("threshold", _("Limit"), FieldKind.QUANTITY, required=True, listed=True),
        Field("figure", _("Figure"), FieldKind.QUANTITY, restricted=True,
              help=_("What the quotation came to when it was asked for.")),
        Field("level", _("Level"), FieldKind.INTEGER, required=True, default=1),
        Field("approver_role", _("Who decides"), FieldKind.CHOICE, choices=ROLES, required=True,
              listed=True),
        Field("approver", _("Or one person"), FieldKind.LINK, link="user"),
        Field("state", _("State"), FieldKind.STATE, read_only=True, listed=True, indexed=True,
              default="waiting", choices=tuple(APPROVAL_STATES.labels.items())),
        Field("asked_at", _("Asked"), FieldKind.MOMENT, listed=True, indexed=True),
        Field("asked_by", _("Asked by"), listed=True),
        Field("remind_at", _("Remind on"), FieldKind.DATE),
        Field("decided_at", _("Decided"), FieldKind.MOMENT, listed=True),
        Field("decided_by", _("Decided by"), listed=True),
        Field("comment", _("Comment")),
    ),
)  # fmt: skip
