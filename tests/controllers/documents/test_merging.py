"""Two drafts that grew out of one go together without a change being lost."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from controllers.documents.merging import Clash, meeting, said
from models.values.documents import ITEM, SECTION, Draft, Line

D = Decimal


def _item(text: str, quantity: int = 1, **values: object) -> Line:
    return replace(Line(ITEM, description=text, quantity=D(quantity)), **values)


A, B, C = _item("A"), _item("B"), _item("C")
BEFORE = Draft(subject="Pumps", lines=(A, B, C))


def _with(*lines: Line, **values: object) -> Draft:
    return replace(BEFORE, lines=lines, **values)


def test_changes_of_different_fields_and_lines_go_together() -> None:
    mine = _with(_item("A", 7), B, C, subject="Pumps for Ipoh")
    theirs = _with(A, B, _item("C", 9), delivery_term="Franco")
    met = meeting(BEFORE, mine, theirs)
    assert (met.clashes, met.theirs_alone) == ((), ("delivery_term",))
    assert met.lines() == (_item("A", 7), B, _item("C", 9))
    assert met.lines_of_theirs == 1


def test_the_same_field_changed_two_ways_clashes_with_what_it_was() -> None:
    met = meeting(BEFORE, _with(A, B, C, subject="Mine"), _with(A, B, C, subject="Theirs"))
    assert met.clashes == (Clash("subject", "Pumps", "Mine", "Theirs"),)


def test_one_line_changed_two_ways_clashes_though_the_fields_differ() -> None:
    mine, theirs = _item("B", 2), replace(B, discount_percent=D(5))
    met = meeting(BEFORE, _with(A, mine, C), _with(A, theirs, C))
    (clash,) = met.clashes
    assert (clash.before, clash.mine, clash.theirs, clash.row) == (B, mine, theirs, 1)
    assert met.lines() == (A, mine, C)
    assert met.lines(met.clashes) == (A, theirs, C)


def test_the_same_change_on_both_sides_is_no_clash() -> None:
    both = _with(A, _item("B", 4), C, subject="Same")
    met = meeting(BEFORE, both, both)
    assert (met.clashes, met.theirs_alone, met.lines()) == ((), (), both.lines)


def test_a_line_taken_out_here_and_changed_there_is_a_choice() -> None:
    theirs = _item("B", 8)
    met = meeting(BEFORE, _with(A, C), _with(A, theirs, C))
    assert met.lines() == (A, C)
    assert met.lines(met.clashes) == (A, theirs, C)


def test_lines_added_by_both_all_stand_where_they_were_put() -> None:
    mine = _with(A, _item("mine"), B, C)
    theirs = _with(_item("first"), A, _item("theirs"), B, C)
    texts = [line.description for line in meeting(BEFORE, mine, theirs).lines()]
    assert texts == ["first", "A", "theirs", "mine", "B", "C"]


def test_a_line_both_added_alike_stands_once() -> None:
    both = _with(A, B, C, _item("freight"))
    assert len(meeting(BEFORE, both, both).lines()) == 4


def test_another_product_in_the_place_of_a_line_is_a_change_of_it() -> None:
    other = Line(SECTION, description="Heading", quantity=D(0))
    met = meeting(BEFORE, _with(A, other, C), BEFORE)
    assert met.lines() == (A, other, C)


TEXTS = some.sampled_from("ABCDEF")
LINES = some.lists(some.builds(_item, TEXTS, some.integers(1, 3)), max_size=6).map(tuple)


@given(LINES, LINES, LINES)
def test_nothing_of_mine_is_lost_and_nothing_only_theirs(
    before: tuple[Line, ...], mine: tuple[Line, ...], theirs: tuple[Line, ...]
) -> None:
    met = meeting(_with(*before), _with(*mine), _with(*theirs))
    old, kept = {said(line) for line in before}, {said(line) for line in met.lines()}
    assert {said(line) for line in mine} - old <= kept
    choices = {said(line) for line in met.lines(met.clashes)}
    assert {said(line) for line in theirs} - old <= kept | choices


@given(LINES, LINES)
def test_who_meets_an_unchanged_draft_keeps_the_own_lines(
    before: tuple[Line, ...], mine: tuple[Line, ...]
) -> None:
    met = meeting(_with(*before), _with(*mine), _with(*before))
    assert (met.clashes, met.lines()) == ((), mine)
    other = meeting(_with(*before), _with(*before), _with(*mine))
    assert (other.clashes, other.lines()) == ((), mine)
