"""The tax presets the program brings: rates with the day they hold from and their regulation."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("taxes.toml")


@dataclass(frozen=True, slots=True)
class DeliveredRate:
    """What a tax class pays from a day on, in percent, and the regulation that says so."""

    tax_class: str
    valid_from: dt.date
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class DeliveredTax:
    """One preset; its base is net × numerator / denominator from `base_since` on."""

    code: str
    name: str
    country: str
    label: str
    included: bool
    base_numerator: int
    base_denominator: int
    base_since: dt.date
    base_label: str
    rates: tuple[DeliveredRate, ...]


@cache
def delivered_taxes() -> dict[str, DeliveredTax]:
    """All presets by their codes."""
    with _FILE.open("rb") as file:
        return {each["code"]: _tax(each) for each in tomllib.load(file)["preset"]}


def _tax(raw: dict[str, Any]) -> DeliveredTax:
    numerator, denominator = raw.get("base", (1, 1))
    return DeliveredTax(
        code=raw["code"],
        name=raw["name"],
        country=raw["country"],
        label=raw["label"],
        included=raw.get("included", False),
        base_numerator=numerator,
        base_denominator=denominator,
        base_since=raw.get("base_since", dt.date.min),
        base_label=raw.get("base_label", ""),
        rates=tuple(
            DeliveredRate(each["class"], each["from"], Decimal(each["rate"]), each["source"])
            for each in raw["rates"]
        ),
    )
