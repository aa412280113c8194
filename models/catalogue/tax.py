"""Taxes as dated data: a preset says how a document is taxed, its rates say how much and when."""

from models.values.fields import Field, FieldKind, RecordKind, Section
from resources.languages import marked as _

TAX = RecordKind(
    name="tax",
    label=_("Tax"),
    plural=_("Taxes"),
    table="tax",
    key="code",
    title="name",
    icon="ph.percent",
    empty=_("No taxes yet. Take over the presets of your country in Settings."),
    fields=(
        Field("code", _("Code"), FieldKind.CODE, required=True, unique=True, searchable=True,
              listed=True, indexed=True),
        Field("name", _("Name"), required=True, searchable=True, listed=True, indexed=True,
              folded=True),
        Field("country", _("Country"), listed=True),
        Field("label", _("Label on documents"), required=True, listed=True,
              help=_("PPN, SST or GST, as the customer reads it.")),
        Field("included", _("Prices include it"), FieldKind.BOOLEAN, default=False, listed=True),
        Field("base_numerator", _("Base, numerator"), FieldKind.INTEGER, default=1,
              help=_("11 where the tax base is 11/12 of the price (PMK 131/2024 Art. 3).")),
        Field("base_denominator", _("Base, denominator"), FieldKind.INTEGER, default=1),
        Field("base_label", _("Label of the base")),
        Field("notes", _("Notes"), FieldKind.LONG_TEXT),
    ),
    layout=(
        Section(_("Tax"), (("code", "name"), ("country", "label"), ("included", "base_label"),
                           ("base_numerator", "base_denominator"), ("notes",))),
    ),
)  # fmt: skip

TAX_RATE = RecordKind(
    name="tax_rate",
    label=_("Tax rate"),
    plural=_("Tax rates"),
    table="tax_rate",
    key="code",
    title="code",
    icon="ph.percent",
    empty=_("No rates yet."),
    fields=(
        Field("code", _("Code"), FieldKind.CODE, unique=True, searchable=True, indexed=True,
              listed=True, help=_("Left empty, it is made from tax, class and date.")),
        Field("tax", _("Tax"), FieldKind.LINK, link="tax", required=True, listed=True,
              indexed=True),
        Field("tax_class", _("Tax class"), listed=True, required=True, default="standard"),
        Field("valid_from", _("Valid from"), FieldKind.DATE, listed=True, required=True),
        Field("rate", _("Rate %"), FieldKind.PERCENT, listed=True, required=True),
        Field("source", _("Source"), listed=True, help=_("The regulation the rate stands in.")),
    ),
    layout=(
        Section(_("Tax rate"), (("tax", "tax_class"), ("valid_from", "rate"), ("source", "code"))),
    ),
)  # fmt: skip
