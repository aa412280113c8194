"""What is typed and pasted into the lines."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controllers.documents.pasting import parse_pasted, typed
from models.values.formatting import Style

D = Decimal
ENGLISH, INDONESIAN = Style("en"), Style.of("id")


@pytest.mark.parametrize(
    ("text", "quantity", "search"),
    [
        ("3*PUMP12", 3, "PUMP12"),
        (" 2.5 × hose ", D("2.5"), "hose"),
        ("3 x pump 12", 3, "pump 12"),
        ("3XL shirt", None, "3XL shirt"),
        ("PUMP*12", None, "PUMP*12"),
        ("1.2.3*PUMP", None, "1.2.3*PUMP"),
        ("pump", None, "pump"),
        ("", None, ""),
    ],
)
def test_a_quantity_may_be_typed_before_the_product(
    text: str, quantity: Decimal | None, search: str
) -> None:
    found = typed(text, ENGLISH)
    assert (found.quantity, found.search) == (quantity, search)


def test_numbers_are_read_in_the_persons_style() -> None:
    (row,) = parse_pasted("PUMP12\t1,5\tRp4.890.000", INDONESIAN).understood
    assert (row.quantity, row.price) == (D("1.5"), D(4_890_000))


def test_names_between_are_passed_over_and_headings_too() -> None:
    text = "Kode Barang;Nama;Qty;Harga\nPUMP12;Pompa air;3;100\n\nFAN1\n2*FAN2"
    rows = parse_pasted(text, ENGLISH).understood
    assert [(row.sku, row.quantity, row.price) for row in rows] == [
        ("PUMP12", D(3), D(100)),
        ("FAN1", D(1), None),
        ("FAN2", D(2), None),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("PUMP12\t1,5,0", "Row 1"),
        ("PUMP12\t-3", "negative"),
        ("\t3", "no SKU"),
    ],
)
def test_what_is_not_understood_says_why(text: str, words: str) -> None:
    pasted = parse_pasted(text, ENGLISH)
    assert pasted.understood == ()
    assert words in str(pasted.not_understood[0].reason)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    pasted = parse_pasted(text, INDONESIAN)
    assert all(row.quantity >= 0 for row in pasted.understood)
