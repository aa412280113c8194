"""What goes on after a sale: contracts that are renewed, and quotations that are followed up."""

from models.values.fields import Field, FieldKind, RecordKind, Section
from resources.languages import marked as _

INTERVALS = (
    ("none", _("Once")),
    ("month", _("Every month")),
    ("quarter", _("Every quarter")),
    ("year", _("Every year")),
)

_CONTRACT_STATES = (
    ("coming", _("Not begun")),
    ("running", _("Running")),
    ("ended", _("Ended")),
)

CONTRACT = RecordKind(
    name="contract",
    label=_("Contract"),
    plural=_("Contracts"),
    table="contract",
    key="number",
    title="name",
    icon="ph.handshake",
    empty=_("No contracts yet. Make one with Ctrl+N; its renewal is quoted in time."),
    default_sort="ends",
    fields=(
        Field("number", _("Number"), FieldKind.CODE, unique=True, searchable=True, listed=True,
              indexed=True),
        Field("name", _("Name"), required=True, searchable=True, listed=True, indexed=True,
              folded=True),
        Field("account", _("Customer"), FieldKind.LINK, link="account", required=True, listed=True,
              indexed=True),
        Field("owner", _("Owner"), FieldKind.LINK, link="user", listed=True, indexed=True),
        Field("source", _("Quotation with its lines"), FieldKind.LINK, link="quotation",
              help=_("Renewals and recurring orders take its lines.")),
        Field("starts", _("Start"), FieldKind.DATE, required=True, listed=True, indexed=True),
        Field("ends", _("End"), FieldKind.DATE, listed=True, indexed=True,
              help=_("Left empty, it runs until notice is given.")),
        Field("notice_days", _("Notice in days"), FieldKind.INTEGER, default=30),
        Field("renew_days", _("Quote the renewal days before"), FieldKind.INTEGER, default=60),
        Field("escalation_percent", _("Price rise at renewal in %"), FieldKind.PERCENT, default=0),
        Field("every", _("Recurring order"), FieldKind.CHOICE, choices=INTERVALS,
              default="none", listed=True),
        Field("next_on", _("Next order on"), FieldKind.DATE, indexed=True),
        Field("renewal", _("Renewal quotation"), FieldKind.LINK, link="quotation", read_only=True,
              importable=False),
        Field("state", _("State"), FieldKind.STATE, read_only=True, importable=False, listed=True,
              choices=_CONTRACT_STATES,
              sql="CASE WHEN t.starts > {today} THEN 'coming' "
                  "WHEN t.ends IS NULL OR t.ends >= {today} THEN 'running' ELSE 'ended' END"),
        Field("notes", _("Notes"), FieldKind.LONG_TEXT),
    ),
    layout=(
        Section(_("Contract"), (("number", "name"), ("account", "owner"), ("starts", "ends"),
                                ("notice_days", "renew_days"))),
        Section(_("Renewal and orders"), (("source", "escalation_percent"),
                                          ("every", "next_on"), ("renewal", "state"),
                                          ("notes",))),
    ),
)  # fmt: skip

FOLLOW_UP_REASONS = (
    ("after_sending", _("Ask after sending")),
    ("before_expiry", _("Expires soon")),
    ("by_hand", _("Noted by hand")),
)

FOLLOW_UP = RecordKind(
    name="follow_up",
    label=_("Follow-up"),
    plural=_("Follow-ups"),
    table="follow_up",
    key="id",
    title="note",
    icon="ph.phone-call",
    empty=_("Nothing to follow up. Sent quotations come here by themselves."),
    editable=False,
    default_sort="due",
    fields=(
        Field("quotation", _("Quotation"), FieldKind.LINK, link="quotation", required=True,
              listed=True, indexed=True),
        Field("account", _("Customer"), FieldKind.LINK, link="account", required=True, listed=True,
              indexed=True),
        Field("owner", _("Owner"), FieldKind.LINK, link="user", listed=True, indexed=True),
        Field("due", _("Due"), FieldKind.DATE, required=True, listed=True, indexed=True),
        Field("reason", _("Reason"), FieldKind.CHOICE, choices=FOLLOW_UP_REASONS, required=True,
              listed=True),
        Field("done_at", _("Done"), FieldKind.MOMENT, listed=True),
        Field("done_by", _("Done by")),
        Field("note", _("Note"), listed=True),
    ),
)  # fmt: skip
