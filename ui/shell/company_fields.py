"""The company's settings as values of a form, and the form of the first start."""

import base64
import datetime as dt
from dataclasses import replace
from typing import Any

from controllers.system.company import COMPANY
from models.values.fields import RecordKind, Section
from models.values.settings import Settings
from resources.languages import marked as _

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
    for which, pattern in settings.patterns.items():
        values[f"number_{which}"] = pattern
    until = settings.closed_until
    values["closed_until"] = dt.date.fromisoformat(until) if until else None
    for part in ("host", "port", "security", "user", "sender"):
        values[f"mail_{part}"] = getattr(settings.mail, part)
    return {name: None if value == "" else value for name, value in values.items()}


def settings_of(before: Settings, values: dict[str, Any]) -> Settings:
    """Settings with some values changed."""
    plain: dict[str, Any] = {name: "" if value is None else value for name, value in values.items()}
    if "logo" in plain:
        plain["logo"] = base64.b64encode(plain["logo"]).decode() if plain["logo"] else ""
    if "closed_until" in plain:
        plain["closed_until"] = str(plain["closed_until"] or "")
    mail: dict[str, Any] = {
        name[5:]: plain.pop(name) for name in tuple(plain) if name.startswith("mail_")
    }
    numbers = {name[7:]: plain.pop(name) for name in tuple(plain) if name.startswith("number_")}
    patterns = before.patterns | {name: text for name, text in numbers.items() if text}
    return replace(before, **plain, mail=replace(before.mail, **mail), patterns=patterns)
