"""A draft outlives a crash as text."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controllers.documents.recovery import from_json, to_json
from models.values.documents import Draft, Line
from models.values.errors import DomainError

figures = st.decimals(0, 10**9, places=4)
lines = st.builds(
    Line, description=st.text(), quantity=figures, unit_price=figures, optional=st.booleans(),
    product=st.none() | st.integers(1), cost=st.none() | figures,
)  # fmt: skip
drafts = st.builds(
    Draft, subject=st.text(), date=st.dates(), valid_until=st.none() | st.dates(),
    discount_percent=figures, lines=st.lists(lines, max_size=3).map(tuple),
)  # fmt: skip


@given(drafts)
def test_a_draft_comes_back_as_it_was(draft: Draft) -> None:
    assert from_json(to_json(draft)) == draft


def test_fields_of_other_versions_are_passed_over() -> None:
    text = to_json(Draft(date=dt.date(2026, 1, 1), lines=(Line(quantity=Decimal("2.50")),)))
    more = text.replace('"subject"', '"colour": "red", "subject"').replace('"sku"', '"x": 1, "sku"')
    assert from_json(more) == from_json(text)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"form": 9, "draft": {}}', "null"])
def test_a_damaged_text_is_a_refusal(text: str) -> None:
    with pytest.raises(DomainError, match="cannot be read"):
        from_json(text)
