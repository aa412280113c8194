"""Components and options of products: read from text, put together, refused in one sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.configuration import Component, read
from models.values.errors import DomainError

D = Decimal

OPTIONS = """
RAM16: 16 GB; default
RAM32: 32 GB; excludes RAM16; +1500000
SSD: 1 TB SSD; needs RAM32; adds SSD1T = 1, CABLE; +2.5%
"""


def test_components_and_options_are_read() -> None:
    made = read("PC\nMONITOR 24 = 2\n\n", OPTIONS)
    assert made.components == (Component("PC"), Component("MONITOR 24", D(2)))
    assert made.defaults == ("RAM16",)
    ram, ssd = made.options[1:]
    assert (ram.excludes, ram.amount) == (("RAM16",), 1_500_000)
    assert (ssd.needs, ssd.adds) == (("RAM32",), (Component("SSD1T"), Component("CABLE")))
    assert ssd.effect(D(1000)) == 25


def test_a_line_of_its_own_keeps_the_components_together() -> None:
    assert read("PC", "One price\nA: a").has_one_price
    assert not read("PC", "A: one price").has_one_price


def test_options_that_go_together_are_answered_in_their_order() -> None:
    chosen = read("", OPTIONS).chosen(["ssd", "RAM32"])
    assert [each.code for each in chosen] == ["RAM32", "SSD"]


@pytest.mark.parametrize(
    ("codes", "why"),
    [
        (["SSD"], "1 TB SSD needs 32 GB; choose that as well"),
        (["RAM16", "RAM32"], "32 GB does not go with 16 GB; choose one of them"),
        (["RAM64"], "There is no option “RAM64”; there are RAM16, RAM32, SSD"),
    ],
)
def test_options_that_do_not_go_together_are_explained(codes: list[str], why: str) -> None:
    with pytest.raises(DomainError, match=why) as caught:
        read("", OPTIONS).chosen(codes)
    assert caught.value.field == "options"


@pytest.mark.parametrize(
    ("components", "options", "why"),
    [
        ("PC = many", "", "Line 1: “PC = many” is no component"),
        ("PC = 0", "", "Line 1: “PC = 0” is no component"),
        ("", "A 16 GB", "Line 1: “A 16 GB” is no option"),
        ("", "A: a; cheaper", "Line 1: “cheaper” is no rule of an option"),
        ("", "A: a\nB: b; adds X = y", "Line 2: “X = y” is no component"),
        ("", "A: a\na: b", "The option A stands there twice"),
        ("", "A: a; needs B", "A names an option B that is not there"),
        ("", "A: a; default\nB: b; default; excludes A", "b does not go with a"),
    ],
)
def test_what_is_not_understood_is_named_with_its_line(
    components: str, options: str, why: str
) -> None:
    with pytest.raises(DomainError, match=why):
        read(components, options)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read_or_refused(components: str, options: str) -> None:
    try:
        made = read(components, options)
    except DomainError:
        return
    assert made.chosen(made.defaults) is not None
