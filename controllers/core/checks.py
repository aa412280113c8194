"""What must hold of a record before it is written: each field alone, then the rules of its kind.

A rule takes the typed values of a record (all of them, links as keys), may complete them and
returns the problems it finds.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import phonenumbers

from models.rules import configuration, formula
from models.values.errors import DomainError, ProblemsError
from models.values.fields import NUMBER_KINDS, RecordKind
from models.values.parsing import checked
from resources.languages import marked as _

Values = dict[str, Any]
Rule = Callable[[Values, str], list[DomainError]]
"""From the values and the company's country to the problems."""


def check(kind: RecordKind, values: Values, country: str) -> Values:
    """Typed values of a whole record; raises ProblemsError with every problem at its field."""
    problems: list[DomainError] = []
    typed: Values = {}
    for name, value in values.items():
        try:
            typed[name] = checked(kind[name], value)
        except DomainError as problem:
            problems.append(problem)
    if not problems:
        problems = _missing(kind, typed) + _negative(kind, typed)
    if not problems:
        problems = RULES[kind.name](typed, country) if kind.name in RULES else []
    if problems:
        raise ProblemsError(problems)
    return typed


def known_names(kind: RecordKind, values: Values) -> None:
    """Raise DomainError for a name that is no field of the kind or may not be typed."""
    for name in values:
        field = kind.by_name.get(name)
        if field is None or field.read_only:
            raise DomainError(
                _("{kind} has no field “{name}” that can be set; there are {known}."),
                field=name,
                name=name,
                kind=kind.label,
                known=", ".join(each.name for each in kind.fields if not each.read_only),
            )


def _missing(kind: RecordKind, values: Values) -> list[DomainError]:
    return [
        DomainError(_("{label} is missing; fill it in."), field=each.name, label=each.label)
        for each in kind.fields
        if each.required and values.get(each.name) is None
    ]


def _negative(kind: RecordKind, values: Values) -> list[DomainError]:
    return [
        DomainError(
            _("{label} cannot be negative ({value}); write 0 or more."),
            field=name,
            label=kind[name].label,
            value=value,
        )
        for name, value in values.items()
        if kind[name].kind in NUMBER_KINDS and value is not None and value < 0
        and not kind[name].read_only
    ]  # fmt: skip


def international_phone(text: str | None, country: str) -> str | None:
    """E.164 of a phone as typed, only where it is a valid number (raw text is kept beside it)."""
    if not text:
        return None
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


COUNTRIES = {
    "indonesia": "ID", "malaysia": "MY", "singapore": "SG", "singapura": "SG", "brunei": "BN",
    "germany": "DE", "jerman": "DE", "mexico": "MX", "uk": "GB", "united kingdom": "GB",
    "sweden": "SE", "france": "FR", "spain": "ES", "canada": "CA", "argentina": "AR",
    "switzerland": "CH", "brazil": "BR", "austria": "AT", "italy": "IT", "portugal": "PT",
    "usa": "US", "united states": "US", "venezuela": "VE", "ireland": "IE", "belgium": "BE",
    "norway": "NO", "denmark": "DK", "finland": "FI", "poland": "PL", "japan": "JP",
    "china": "CN", "thailand": "TH", "vietnam": "VN", "philippines": "PH", "india": "IN",
    "australia": "AU", "netherlands": "NL", "new zealand": "NZ",
}  # fmt: skip
"""Region codes of country names, to read phones with; a country's text is kept as it was typed."""


def region_of(text: str | None, usual: str) -> str:
    """The region code behind a country's name or code; `usual` where nothing is said."""
    if not text:
        return usual
    if len(text) == 2 and text.isalpha():
        return COUNTRIES.get(text.casefold(), text.upper())
    return COUNTRIES.get(text.casefold(), "")


def _phone(values: Values, country: str) -> list[DomainError]:
    region = region_of(values.get("country"), country)
    values["phone_e164"] = international_phone(values.get("phone"), region)
    return []


def _validity(values: Values, _country: str) -> list[DomainError]:
    start: dt.date | None = values.get("valid_from")
    end: dt.date | None = values.get("valid_to")
    if start and end and end < start:
        message = _("“Valid to” ({end}) lies before “valid from” ({start}); turn them round.")
        return [DomainError(message, field="valid_to", start=start, end=end)]
    return []


def _percent(values: Values) -> list[DomainError]:
    percent: Decimal | None = values.get("discount_percent")
    if percent is None or percent <= 100:
        return []
    message = _("A discount of {percent} % is more than the price; write 100 at most.")
    return [DomainError(message, field="discount_percent", percent=percent)]


def _price(values: Values, country: str) -> list[DomainError]:
    problems = _validity(values, country) + _percent(values)
    ways = [
        each for each in ("price", "discount_percent", "formula") if values.get(each) is not None
    ]
    if len(ways) != 1:
        message = _("A price needs one of price, discount % or formula; {count} are given.")
        problems.append(DomainError(message, field="price", count=len(ways)))
    if values.get("product") and values.get("category"):
        message = _("A price holds for a product or for a category, not for both; empty one.")
        problems.append(DomainError(message, field="category"))
    if values.get("formula"):
        try:
            formula.parse(values["formula"])
        except DomainError as error:
            problems.append(error)
    return problems


def _product(values: Values, _country: str) -> list[DomainError]:
    try:
        unit_factors(values.get("units") or "", values.get("unit") or "")
        configuration.read(values.get("components") or "", values.get("configuration") or "")
    except DomainError as error:
        return [error]
    return []


def unit_factors(units: str, base: str) -> dict[str, Decimal]:
    """Factor by unit, the base unit first: ``{"pcs": 1, "box": 12}``; DomainError at ``units``."""
    factors = {base: Decimal(1)}
    for line in filter(None, (each.strip() for each in units.splitlines())):
        name, mark, factor = (part.strip() for part in line.partition("="))
        try:
            number = Decimal(factor)
        except ArithmeticError:
            number = Decimal(0)
        if not name or not mark or not 0 < number < 1_000_000_000:
            raise DomainError(
                _("“{line}” is no unit; write one in a line such as box = 12."),
                field="units",
                line=line,
            )
        factors[name] = number
    return factors


def _tax(values: Values, _country: str) -> list[DomainError]:
    if (values.get("base_denominator") or 1) < 1 or (values.get("base_numerator") or 1) < 1:
        message = _("The tax base needs a numerator and denominator of 1 or more.")
        return [DomainError(message, field="base_denominator")]
    return []


RULES: dict[str, Rule] = {
    "account": _phone,
    "contact": _phone,
    "price_list": _validity,
    "price": _price,
    "product": _product,
    "tax": _tax,
}
