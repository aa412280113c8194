"""Price formulas: what they come to and what they refuse."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.formula import parse
from models.values.errors import DomainError

D = Decimal


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("list", 1000),
        ("cost * 1.25", 750),
        ("list - list / 10", 900),
        ("(list + cost) / 2", 800),
        ("2 + 3 * 4", 14),
        ("10 - 2 - 3", 5),
        ("LIST*0.9 Round 500", 1000),
        ("cost * 1.2099 round 500", 500),
        ("cost * 1.25 round 500", 1000),
    ],
)
def test_formulas_are_reckoned(text: str, price: int) -> None:
    assert parse(text).price(D(1000), D(600)) == price


@pytest.mark.parametrize(
    "text",
    ["", "lists", "list list", "list +", "(list", "list)", "cost ** 2", "__import__('os')",
     "list.real", "list round", "list round 0", "round 5", "1e5", "-5", "(" * 30 + "1" + ")" * 30,
     "1" * 201],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(DomainError) as caught:
        parse(text)
    assert caught.value.field == "formula"


def test_division_by_zero_is_a_refusal() -> None:
    with pytest.raises(DomainError, match="divides by zero"):
        parse("list / (cost - cost)").price(D(1), D(1))


def test_a_missing_cost_is_named() -> None:
    with pytest.raises(DomainError, match="needs a cost"):
        parse("cost * 2").price(D(1), None)


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    with suppress(DomainError):
        parse(text)
