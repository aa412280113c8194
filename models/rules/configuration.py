"""Products put together from others, with options a customer chooses: read from lines of text.

Components, one in a line: ``FAN1 = 2``. Options, one in a line: ``RAM16: 16 GB; default; needs
BOARD; excludes RAM8; adds MEM16 = 1; +750000`` or ``+5%``. A line ``one price`` sells the whole at
the price of the product itself.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from models.values.errors import DomainError
from models.values.money import HUNDRED, ZERO
from resources.languages import marked as _

ONE_PRICE = "one price"

_NUMBER = r"\d{1,12}(?:\.\d{1,4})?"
_COMPONENT = re.compile(rf"(\S(?:[^=]*[^=\s])?)\s*(?:=\s*({_NUMBER}))?\s*")
_EFFECT = re.compile(rf"([+-])\s*({_NUMBER})\s*(%?)")
_OPTION = re.compile(r"([^\s:;,]+)\s*:\s*(.*)")


@dataclass(frozen=True, slots=True)
class Component:
    """A product that is part of another, and how many of it."""

    sku: str
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Option:
    """Something a customer may choose; other options are named by their codes."""

    code: str
    label: str
    is_default: bool = False
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    adds: tuple[Component, ...] = ()
    amount: Decimal = ZERO
    """Onto the price of one, in the product's currency; may be negative."""
    percent: Decimal = ZERO
    """Onto the price of one."""

    def effect(self, price: Decimal) -> Decimal:
        """What it adds to a price of one."""
        return self.amount + price * self.percent / HUNDRED


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a product is made of and what may be chosen of it."""

    components: tuple[Component, ...] = ()
    options: tuple[Option, ...] = ()
    has_one_price: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a product as any other."""
        return not (self.components or self.options)

    @property
    def defaults(self) -> tuple[str, ...]:
        """The codes of the options that are chosen at first."""
        return tuple(each.code for each in self.options if each.is_default)

    def chosen(self, codes: Collection[str]) -> tuple[Option, ...]:
        """The options of these codes in their order; DomainError for one there is not, and for
        two that do not go together.
        """
        wanted = {code.casefold(): code for code in codes}
        found = tuple(each for each in self.options if each.code.casefold() in wanted)
        for code in wanted.keys() - {each.code.casefold() for each in found}:
            message = _("There is no option “{code}”; there are {known}.")
            known = ", ".join(each.code for each in self.options) or "–"
            raise DomainError(message, field="options", code=wanted[code], known=known)
        problem = self.problem(found)
        if problem is not None:
            raise problem
        return found

    def problem(self, chosen: Collection[Option]) -> DomainError | None:
        """Why these do not go together; None where they do."""
        codes = {each.code.casefold(): each for each in chosen}
        labels = {each.code.casefold(): each.label for each in self.options}
        for option in chosen:
            for needed in option.needs:
                if needed.casefold() not in codes:
                    message = _("{option} needs {other}; choose that as well.")
                    other = labels[needed.casefold()]
                    return DomainError(message, field="options", option=option.label, other=other)
            for excluded in option.excludes:
                if excluded.casefold() in codes:
                    message = _("{option} does not go with {other}; choose one of them.")
                    other = labels[excluded.casefold()]
                    return DomainError(message, field="options", option=option.label, other=other)
        return None


@lru_cache(256)
def read(components: str, options: str) -> Configuration:
    """What the two texts of a product say.

    DomainError at `components` or `configuration`, naming the line that is not understood.
    """
    made = tuple(_component(line, number) for number, line in _lines(components))
    lines = [(at, line) for at, line in _lines(options) if line.casefold() != ONE_PRICE]
    found = tuple(_option(line, number) for number, line in lines)
    has_one_price = len(lines) < sum(1 for _each in _lines(options))
    configuration = Configuration(made, found, has_one_price)
    _check_codes(found)
    return configuration


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with something in them, numbered from one."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, line.strip()


def _component(line: str, number: int, field: str = "components") -> Component:
    match = _COMPONENT.fullmatch(line)
    quantity = Decimal(match.group(2) or 1) if match else ZERO
    if match is None or not quantity:
        message = _("Line {number}: “{text}” is no component; write SKU = quantity.")
        raise DomainError(message, field=field, number=number, text=line)
    return Component(match.group(1), quantity)


def _option(line: str, number: int) -> Option:
    match = _OPTION.fullmatch(line)
    if match is None:
        message = _("Line {number}: “{text}” is no option; write CODE: what it is.")
        raise DomainError(message, field="configuration", number=number, text=line)
    label, *rules = (each.strip() for each in match.group(2).split(";"))
    option = Option(match.group(1), label or match.group(1))
    for rule in filter(None, rules):
        option = _ruled(option, rule, number)
    return option


def _ruled(option: Option, rule: str, number: int) -> Option:
    """The option with one rule more."""
    word, _space, rest = rule.partition(" ")
    codes = tuple(each.strip() for each in rest.split(",") if each.strip())
    effect = _EFFECT.fullmatch(rule)
    if rule.casefold() == "default":
        return replace(option, is_default=True)
    if effect is not None:
        value = Decimal(effect.group(1) + effect.group(2))
        if effect.group(3):
            return replace(option, percent=option.percent + value)
        return replace(option, amount=option.amount + value)
    if word.casefold() == "needs" and codes:
        return replace(option, needs=codes)
    if word.casefold() == "excludes" and codes:
        return replace(option, excludes=codes)
    if word.casefold() == "adds" and codes:
        adds = tuple(_component(each, number, "configuration") for each in codes)
        return replace(option, adds=adds)
    message = _("Line {number}: “{text}” is no rule of an option; there are default, needs, "
                "excludes, adds, and a price such as +750000 or +5%.")  # fmt: skip
    raise DomainError(message, field="configuration", number=number, text=rule)


def _check_codes(options: Collection[Option]) -> None:
    """Raise DomainError for a code that stands twice or names no option, and for defaults that do
    not go together.
    """
    known = [each.code.casefold() for each in options]
    for option in options:
        if known.count(option.code.casefold()) > 1:
            message = _("The option {code} stands there twice; give one of them another code.")
            raise DomainError(message, field="configuration", code=option.code)
        for code in (*option.needs, *option.excludes):
            if code.casefold() not in known:
                message = _("{option} names an option {code} that is not there; correct it.")
                raise DomainError(
                    message, field="configuration", option=option.code, code=code
                )  # fmt: skip
    defaults = [each for each in options if each.is_default]
    problem = Configuration(options=tuple(options)).problem(defaults)
    if problem is not None:
        raise DomainError(problem.message, field="configuration", **problem.facts)
