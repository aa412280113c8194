"""The company or person a sale is made to."""

from models.values.fields import Field, FieldKind, RecordKind, Section
from resources.languages import LANGUAGES
from resources.languages import marked as _

LEGAL_FORMS = tuple(
    (form, form)
    for form in ("PT", "CV", "UD", "Koperasi", "Yayasan", "Sdn Bhd", "Bhd", "Enterprise", "Pte Ltd",
                 "Ltd", "Inc", "GmbH", "Person", "Government")
)  # fmt: skip

PAYMENT_TERMS = (
    ("cash", _("Cash")),
    ("advance", _("Payment in advance")),
    ("down_payment", _("30 % down, balance before delivery")),
    ("net7", _("Net 7 days")),
    ("net14", _("Net 14 days")),
    ("net30", _("Net 30 days")),
    ("net45", _("Net 45 days")),
    ("net60", _("Net 60 days")),
)

ACCOUNT = RecordKind(
    name="account",
    label=_("Customer"),
    plural=_("Customers"),
    table="account",
    key="code",
    title="name",
    icon="ph.buildings",
    empty=_("No customers yet. Make one with Ctrl+N, or import your own list."),
    fields=(
        Field("code", _("Code"), FieldKind.CODE, required=True, unique=True, searchable=True,
              listed=True, indexed=True, aliases=("customer id", "customer code", "kode", "kod")),
        Field("name", _("Name"), required=True, searchable=True, listed=True, indexed=True,
              folded=True, aliases=("company name", "customer", "nama", "account name")),
        Field("legal_form", _("Legal form"), FieldKind.CHOICE, choices=LEGAL_FORMS),
        Field("tax_number", _("Tax number"), searchable=True,
              help=_("NPWP, TIN or UEN, as it stands on documents."), aliases=("npwp", "tin")),
        Field("registration", _("Registration number"), searchable=True,
              help=_("Of the company: NIB, BRN or UEN."), aliases=("brn", "uen", "nib")),
        Field("address", _("Billing address"), FieldKind.LONG_TEXT, aliases=("alamat", "street")),
        Field("city", _("City"), searchable=True, listed=True, indexed=True, folded=True,
              aliases=("kota", "bandar", "town")),
        Field("province", _("Province or state"),
              aliases=("region", "state", "provinsi", "negeri")),
        Field("postcode", _("Postcode"), aliases=("postal code", "zip", "kode pos", "poskod")),
        Field("country", _("Country"), indexed=True, aliases=("negara",),
              help=_("Two letters such as ID, MY or SG, or the name.")),
        Field("delivery_address", _("Delivery address"), FieldKind.LONG_TEXT,
              help=_("Left empty, goods go to the billing address.")),
        Field("phone", _("Phone"), FieldKind.PHONE, searchable=True, listed=True,
              aliases=("telephone", "telepon", "telefon", "hp", "mobile")),
        Field("phone_e164", _("Phone, international"), read_only=True, importable=False,
              searchable=True,
              help=_("Made from the phone as typed where that is a valid number.")),
        Field("email", _("E-mail"), FieldKind.EMAIL, searchable=True, aliases=("e-mail", "surel")),
        Field("currency", _("Currency"), FieldKind.CODE, aliases=("mata uang", "mata wang")),
        Field("price_list", _("Price list"), FieldKind.LINK, link="price_list"),
        Field("payment_term", _("Payment term"), FieldKind.CHOICE, choices=PAYMENT_TERMS),
        Field("credit_limit", _("Credit limit"), FieldKind.MONEY, indexed=True),
        Field("language", _("Language of documents"), FieldKind.CHOICE,
              choices=tuple(LANGUAGES.items())),
        Field("tax", _("Tax"), FieldKind.LINK, link="tax",
              help=_("Left empty, the company's own tax applies.")),
        Field("owner", _("Owner"), FieldKind.LINK, link="user", listed=True, indexed=True),
        Field("territory", _("Territory"), indexed=True),
        Field("tags", _("Tags"), FieldKind.TAGS),
        Field("notes", _("Notes"), FieldKind.LONG_TEXT),
    ),
    layout=(
        Section(_("Customer"), (("code", "name"), ("legal_form", "tax_number", "registration"),
                                ("owner", "territory"), ("tags",))),
        Section(_("Reach"), (("phone", "email"), ("address", "delivery_address"),
                             ("city", "province"), ("postcode", "country"))),
        Section(_("Selling"), (("price_list", "currency", "tax"),
                               ("payment_term", "credit_limit", "language"))),
        Section(_("Notes"), (("notes",),)),
    ),
)  # fmt: skip
