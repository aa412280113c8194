"""The day on which goods can be there, from what is free, expected and promised before."""

import datetime as dt
from decimal import Decimal

import pytest

from models.rules.promise import Outlook, latest, promised

D = Decimal
TODAY = dt.date(2026, 11, 20)


def day(number: int) -> dt.date:
    return dt.date(2026, 12, number)


EXPECTED = ((day(9), D(20)), (day(1), D(10)))


def test_what_is_free_is_there_today() -> None:
    assert promised(Outlook(free=D(5)), D(5), TODAY, TODAY) == TODAY


def test_what_is_wanted_later_is_there_on_that_day() -> None:
    assert promised(Outlook(free=D(5)), D(5), day(3), TODAY) == day(3)


@pytest.mark.parametrize(
    ("quantity", "when"), [("5", TODAY), ("6", day(1)), ("15", day(1)), ("16", day(9))]
)
def test_receipts_are_taken_in_their_order(quantity: str, when: dt.date) -> None:
    assert promised(Outlook(free=D(5), receipts=EXPECTED), D(quantity), TODAY, TODAY) == when


def test_what_was_promised_before_and_the_lines_above_come_first() -> None:
    known = Outlook(free=D(5), owed=D(4), receipts=EXPECTED)
    assert promised(known, D(1), TODAY, TODAY) == TODAY
    assert promised(known, D(2), TODAY, TODAY) == day(1)
    assert promised(known, D(2), TODAY, TODAY, before=D(10)) == day(9)


def test_beyond_what_is_expected_a_new_supply_takes_its_days() -> None:
    assert promised(Outlook(lead_days=14), D(1), TODAY, TODAY) == day(4)


def test_without_lead_days_nobody_knows() -> None:
    assert promised(Outlook(receipts=EXPECTED), D(31), TODAY, TODAY) is None


def test_an_overdue_receipt_counts_for_nothing() -> None:
    known = Outlook(receipts=((dt.date(2026, 11, 19), D(10)),))
    assert promised(known, D(1), TODAY, TODAY) is None


def test_what_is_not_kept_in_stock_takes_its_lead_days_alone() -> None:
    assert promised(Outlook(is_stocked=False), D(9), TODAY, TODAY) == TODAY
    assert promised(Outlook(is_stocked=False, lead_days=14), D(9), TODAY, TODAY) == day(4)


def test_the_latest_of_days_is_unknown_where_one_is() -> None:
    assert latest([day(1), day(9), day(3)]) == day(9)
    assert latest([day(1), None]) is None
    assert latest([]) is None
