"""An offer to an account: goods, prices and terms until a day."""

from models.documents.lines import HEAD, LINE
from models.values.fields import Field, FieldKind, RecordKind
from models.values.states import QUOTATION_STATES
from resources.languages import marked as _

DECIDED_HOW = (
    ("signed", _("Signed copy")),
    ("mail", _("E-mail")),
    ("phone", _("Phone")),
    ("message", _("Message")),
    ("meeting", _("Meeting")),
)

LOST_REASONS = (
    ("price", _("Price")),
    ("competitor", _("Competitor")),
    ("delivery", _("Delivery time")),
    ("product", _("Product did not fit")),
    ("budget", _("No budget")),
    ("postponed", _("Postponed")),
    ("no_answer", _("No answer")),
    ("other", _("Other reason")),
)

_SHOWN_STATE = (
    "CASE WHEN t.stored_state = 'sent' AND t.valid_until < {today} THEN 'expired' "
    "ELSE t.stored_state END"
)

QUOTATION = RecordKind(
    name="quotation",
    label=_("Quotation"),
    plural=_("Quotations"),
    table="quotation",
    key="number",
    title="number",
    icon="ph.file-text",
    empty=_("No quotations yet. Write one with Ctrl+Shift+Q."),
    editable=False,
    default_sort="-date",
    fields=(
        Field("number", _("Number"), FieldKind.CODE, unique=True, searchable=True, listed=True,
              indexed=True, aliases=("quotation number", "nomor")),
        Field("revision", _("Revision"), FieldKind.INTEGER, read_only=True, default=1,
              importable=False),
        *HEAD[:3],
        Field("valid_until", _("Valid until"), FieldKind.DATE, listed=True, indexed=True),
        *HEAD[3:],
        Field("state", _("State"), FieldKind.STATE, read_only=True, listed=True,
              choices=tuple(QUOTATION_STATES.labels.items()), sql=_SHOWN_STATE),
        Field("stored_state", _("State as stored"), FieldKind.STATE, read_only=True,
              importable=False, default="draft", choices=tuple(QUOTATION_STATES.labels.items()),
              indexed=True),
        Field("sent_at", _("Sent"), FieldKind.MOMENT, read_only=True, importable=False),
        Field("decided_at", _("Decided"), FieldKind.MOMENT, read_only=True, importable=False),
        Field("decision_note", _("Reason"), read_only=True, importable=False),
        Field("decided_by", _("Decided by"), read_only=True, importable=False),
        Field("decided_how", _("Decided by way of"), FieldKind.CHOICE, choices=DECIDED_HOW,
              read_only=True, importable=False),
        Field("lost_reason", _("Why it was lost"), FieldKind.CHOICE, choices=LOST_REASONS,
              read_only=True, importable=False),
        Field("first", _("First revision"), FieldKind.LINK, link="quotation", indexed=True,
              read_only=True, importable=False,
              help=_("Revisions bear one number; the one that holds has it, the others are kept.")),
        Field("revision_note", _("Why it was revised"), read_only=True, importable=False),
    ),
)  # fmt: skip

QUOTATION_LINE = RecordKind(
    name="quotation_line", label=_("Quotation line"), plural=_("Quotation lines"),
    table="quotation_line", key="id", title="description", editable=False,
    fields=(
        Field("quotation", _("Quotation"), FieldKind.LINK, link="quotation", required=True,
              indexed=True),
        *LINE,
    ),
)  # fmt: skip
