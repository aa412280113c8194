"""Lots as a person writes them."""

from decimal import Decimal

import pytest

from models.values.deliveries import lots
from models.values.errors import DomainError

D = Decimal


@pytest.mark.parametrize(("text", "tracking", "wanted"), [
    ("", "none", (("", D(3)),)),
    ("A1", "lot", (("A1", D(3)),)),
    ("A1=1, A2=2", "lot", (("A1", D(1)), ("A2", D(2)))),
    ("S1, S2,S3", "serial", (("S1", D(1)), ("S2", D(1)), ("S3", D(1)))),
])  # fmt: skip
def test_lots_share_what_goes(
    text: str, tracking: str, wanted: tuple[tuple[str, Decimal], ...]
) -> None:
    assert lots(text, D(3), tracking) == wanted


@pytest.mark.parametrize(("text", "tracking"), [
    ("A1=1, A2=1", "lot"), ("A1, A2", "lot"), ("S1, S2", "serial"), ("A1=x, A2=2", "lot"),
])  # fmt: skip
def test_lots_that_do_not_add_up_are_refused(text: str, tracking: str) -> None:
    with pytest.raises(DomainError, match="do not add up to 3"):
        lots(text, D(3), tracking)
