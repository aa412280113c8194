"""Fields of the company's settings, described like those of a record."""

import base64
from dataclasses import replace
from typing import Any

from models.values.fields import Field, FieldKind, RecordKind, Section
from models.values.settings import Settings
from resources.languages import LANGUAGES
from resources.languages import marked as _

COUNTRIES = (
    ("ID", "Indonesia"), ("MY", "Malaysia"), ("SG", "Singapore"), ("BN", "Brunei"),
    ("US", "United States"), ("GB", "United Kingdom"), ("DE", "Germany"), ("AU", "Australia"),
)  # fmt: skip

_SECURITY = (("starttls", "STARTTLS"), ("tls", "TLS"), ("none", _("None")))

_LONG, _PICTURE, _CHOICE = FieldKind.LONG_TEXT, FieldKind.PICTURE, FieldKind.CHOICE

COMPANY = RecordKind(
    name="company", label=_("Company"), plural=_("Company"), table="", key="company",
    title="company",
    fields=(
        Field("company", _("Name of the company"), required=True),
        Field("short_name", _("Short name"),
              help=_("Stands in document numbers: SKU in 012/SPH/SKU/III/2026.")),
        Field("country", _("Country"), _CHOICE, choices=COUNTRIES, required=True),
        Field("currency", _("Currency"), FieldKind.CODE, required=True),
        Field("tax", _("Usual tax"), FieldKind.LINK, link="tax"),
        Field("language", _("Language of documents"), _CHOICE, choices=tuple(LANGUAGES.items()),
              required=True),
        Field("address", _("Address on letters"), _LONG),
        Field("phone", _("Phone"), FieldKind.PHONE),
        Field("email", _("E-mail"), FieldKind.EMAIL),
        Field("website", _("Website")),
        Field("tax_number", _("Tax number")),
        Field("bank", _("Bank accounts"), _LONG,
              help=_("Bank, account number and holder, one bank in a line.")),
        Field("place", _("Place before the date"), help=_("Jakarta, 14 Maret 2026")),
        Field("logo", _("Logo"), _PICTURE),
        Field("valid_days", _("Quotations are valid for days"), FieldKind.INTEGER),
        Field("cash_rounding", _("Round totals to 5 sen"), FieldKind.BOOLEAN),
        Field("number_quotation", _("Numbers of quotations"),
              help=_("{number:03}, {company}, {roman_month}, {month}, {year}")),
        Field("number_order", _("Numbers of orders")),
        Field("mail_host", _("Mail server")),
        Field("mail_port", _("Port"), FieldKind.INTEGER),
        Field("mail_security", _("Security"), _CHOICE, choices=_SECURITY, required=True),
        Field("mail_user", _("User of the mail server")),
        Field("mail_sender", _("Sender"), FieldKind.EMAIL),
    ),
    layout=(
        Section(_("Company"), (("company", "short_name"), ("address", "bank"),
                               ("phone", "email"), ("website", "tax_number"),
                               ("place", "logo"))),
        Section(_("Business"), (("country", "currency", "tax"),
                                ("language", "valid_days", "cash_rounding"),
                                ("number_quotation", "number_order"))),
        Section(_("Mail server"), (("mail_host", "mail_port", "mail_security"),
                                   ("mail_user", "mail_sender"))),
    ),
)  # fmt: skip

FIRST = RecordKind(
    name="company", label=_("Company"), plural=_("Company"), table="", key="company",
    title="company", fields=COMPANY.fields,
    layout=(Section(_("Your company"), (("company", "country"), ("address", "logo"))),),
)  # fmt: skip


def values_of(settings: Settings) -> dict[str, Any]:
    """Settings as values by field name."""
    names = [each.name for each in COMPANY.fields]
    values = {name: getattr(settings, name) for name in names if hasattr(settings, name)}
    values["logo"] = base64.b64decode(settings.logo) if settings.logo else None
    for which in ("quotation", "order"):
        values[f"number_{which}"] = settings.patterns.get(which, "")
    for part in ("host", "port", "security", "user", "sender"):
        values[f"mail_{part}"] = getattr(settings.mail, part)
    return {name: None if value == "" else value for name, value in values.items()}


def settings_of(before: Settings, values: dict[str, Any]) -> Settings:
    """Settings with some values changed."""
    plain: dict[str, Any] = {name: "" if value is None else value for name, value in values.items()}
    if "logo" in plain:
        plain["logo"] = base64.b64encode(plain["logo"]).decode() if plain["logo"] else ""
    mail: dict[str, Any] = {
        name[5:]: plain.pop(name) for name in tuple(plain) if name.startswith("mail_")
    }
    numbers = {name[7:]: plain.pop(name) for name in tuple(plain) if name.startswith("number_")}
    patterns = before.patterns | {name: text for name, text in numbers.items() if text}
    return replace(before, **plain, mail=replace(before.mail, **mail), patterns=patterns)
