"""What proposals are put together from: templates of quotations, texts and pictures."""

from models.values.fields import Field, FieldKind, RecordKind, Section
from resources.languages import LANGUAGES
from resources.languages import marked as _

TEMPLATE = RecordKind(
    name="template",
    label=_("Template"),
    plural=_("Templates"),
    table="template",
    key="name",
    title="name",
    icon="ph.copy",
    empty=_("No templates yet. Save a quotation as one from its menu."),
    editable=False,
    fields=(
        Field("name", _("Name"), required=True, unique=True, searchable=True, listed=True,
              indexed=True, folded=True),
        Field("subject", _("Subject"), searchable=True, listed=True),
        Field("language", _("Language"), FieldKind.CHOICE, choices=tuple(LANGUAGES.items()),
              listed=True),
        Field("content", _("Content"), FieldKind.LONG_TEXT, required=True,
              help=_("The document as `quotation new` takes it.")),
        Field("section", _("A section alone"), FieldKind.BOOLEAN, default=False, listed=True,
              help=_("Its lines are put into a quotation, which keeps its own head.")),
    ),
)  # fmt: skip

BLOCK_KINDS = (
    ("cover", _("Cover page")),
    ("letter", _("Cover letter")),
    ("section", _("Section")),
    ("terms", _("Terms")),
    ("picture", _("Picture")),
    ("stationery", _("Stationery")),
    ("appendix", _("Appendix")),
)

TEXT_BLOCK = RecordKind(
    name="text_block",
    label=_("Text block"),
    plural=_("Text blocks"),
    table="text_block",
    key="code",
    title="title",
    icon="ph.text-align-left",
    empty=_("No text blocks yet. Proposals take their cover letters and sections from here."),
    fields=(
        Field("code", _("Code"), FieldKind.CODE, required=True, unique=True, searchable=True,
              listed=True, indexed=True),
        Field("title", _("Title"), required=True, searchable=True, listed=True, indexed=True,
              folded=True),
        Field("purpose", _("Used as"), FieldKind.CHOICE, choices=BLOCK_KINDS, default="section",
              required=True, listed=True),
        Field("language", _("Language"), FieldKind.CHOICE, choices=tuple(LANGUAGES.items()),
              default="en", required=True, listed=True),
        Field("text", _("Text"), FieldKind.LONG_TEXT),
        Field("picture", _("Picture"), FieldKind.PICTURE, importable=False),
        Field("notes", _("Notes"), FieldKind.LONG_TEXT),
    ),
    layout=(
        Section(_("Text block"), (("code", "title"), ("purpose", "language"), ("text",),
                                  ("picture",), ("notes",))),
    ),
)  # fmt: skip
