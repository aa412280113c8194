"""A person at an account."""

from models.values.fields import Field, FieldKind, RecordKind, Section
from resources.languages import LANGUAGES
from resources.languages import marked as _

CONTACT = RecordKind(
    name="contact",
    label=_("Contact"),
    plural=_("Contacts"),
    table="contact",
    key="code",
    title="name",
    icon="ph.user",
    empty=_("No contacts yet. Make one with Ctrl+N, or import vCards or a table."),
    fields=(
        Field("code", _("Code"), FieldKind.CODE, unique=True, searchable=True,
              help=_("Left empty, it is made from the name.")),
        Field("name", _("Name"), required=True, searchable=True, listed=True, indexed=True,
              folded=True, aliases=("contact name", "nama", "full name")),
        Field("account", _("Customer"), FieldKind.LINK, link="account", listed=True, indexed=True,
              aliases=("customer id", "company", "customer code")),
        Field("role", _("Role"), listed=True, searchable=True,
              aliases=("contact title", "job title", "jabatan", "jawatan", "title")),
        Field("phone", _("Phone"), FieldKind.PHONE, listed=True, searchable=True,
              aliases=("telephone", "hp", "mobile")),
        Field("phone_e164", _("Phone, international"), read_only=True, importable=False,
              searchable=True,
              help=_("Made from the phone as typed where that is a valid number.")),
        Field("email", _("E-mail"), FieldKind.EMAIL, listed=True, searchable=True,
              aliases=("e-mail", "surel")),
        Field("birthday", _("Birthday"), FieldKind.DATE, aliases=("birth date", "tanggal lahir")),
        Field("language", _("Language"), FieldKind.CHOICE, choices=tuple(LANGUAGES.items())),
        Field("notes", _("Notes"), FieldKind.LONG_TEXT),
    ),
    layout=(
        Section(_("Contact"), (("name", "account"), ("role", "code"), ("phone", "email"),
                               ("birthday", "language"))),
        Section(_("Notes"), (("notes",),)),
    ),
)  # fmt: skip
