"""A person who works with the program."""

from models.values.fields import Field, FieldKind, RecordKind, Section
from models.values.roles import ROLES
from resources.languages import marked as _

USER = RecordKind(
    name="user",
    label=_("User"),
    plural=_("Users"),
    table="person",
    key="name",
    title="full_name",
    icon="ph.user-circle",
    empty=_("No users yet."),
    fields=(
        Field("name", _("Name"), FieldKind.CODE, required=True, unique=True, searchable=True,
              listed=True, indexed=True, aliases=("employee id",)),
        Field("full_name", _("Full name"), searchable=True, listed=True, indexed=True, folded=True),
        Field("role", _("Role"), FieldKind.CHOICE, choices=ROLES, listed=True, required=True,
              default="sales_support"),
        Field("team", _("Team"), listed=True),
        Field("territory", _("Territory")),
        Field("email", _("E-mail"), FieldKind.EMAIL, listed=True, searchable=True),
        Field("phone", _("Phone"), FieldKind.PHONE),
        Field("job_title", _("Job title"), help=_("Stands under the name on documents.")),
    ),
    layout=(
        Section(_("User"), (("name", "full_name"), ("role", "team"), ("territory", "job_title"),
                            ("email", "phone"))),
    ),
)  # fmt: skip
