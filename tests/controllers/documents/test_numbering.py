"""Numbers of documents: patterns, periods, no gaps."""

import datetime as dt

import pytest

from controllers.core.app import App
from controllers.documents.numbering import (
    check_pattern,
    draw,
    formatted,
    initials,
    suggested_pattern,
)
from models.values.errors import DomainError

DAY = dt.date(2026, 3, 14)
INDONESIAN = "{number:03}/SPH/{company}/{roman_month}/{year}"


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (INDONESIAN, "012/SPH/SKU/III/2026"),
        ("QT-{year}-{number:04}", "QT-2026-0012"),
        ("{year}{month}{day}-{number}", "20260314-12"),
        ("{company}-{number:3}", "SKU-012"),
    ],
)
def test_patterns_are_filled_in(pattern: str, number: str) -> None:
    check_pattern(pattern)
    assert formatted(pattern, 12, DAY, "SKU") == number


def test_an_empty_company_leaves_no_double_mark() -> None:
    assert formatted(INDONESIAN, 12, DAY, "") == "012/SPH/III/2026"


@pytest.mark.parametrize(
    "pattern",
    ["", "SPH", "{year}", "{number}{number}", "{number.__class__}", "{number!r}",
     "{secret}{number}", "{number:>9999999}", "{number:12}", "{number", "number}", "{number}\n",
     "{monthly}/{year}",
     "x" * 80 + "{number}"],
)  # fmt: skip
def test_unsafe_or_ambiguous_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(DomainError) as caught:
        check_pattern(pattern)
    assert caught.value.field == "pattern"


def test_numbers_have_no_gaps_and_restart_each_year(app: App) -> None:
    pattern = "{year}-{number}"
    days = (DAY, DAY, dt.date(2027, 1, 2), DAY)
    drawn = [app.write(draw, "quotation", day, pattern) for day in days]
    assert drawn == ["2026-1", "2026-2", "2027-1", "2026-3"]


def test_a_monthly_count_restarts_each_month(app: App) -> None:
    pattern = "{monthly:02}/{month}/{year}"
    drawn = [app.write(draw, "order", day, pattern) for day in (DAY, dt.date(2026, 4, 1), DAY)]
    assert drawn == ["01/03/2026", "01/04/2026", "02/03/2026"]


def test_a_number_drawn_in_vain_is_drawn_again(app: App) -> None:
    def fails(uow: object) -> None:
        draw(uow, "quotation", DAY)
        raise DomainError("no")

    with pytest.raises(DomainError):
        app.write(fails)
    assert app.write(draw, "quotation", DAY) == "001/SPH/III/2026"


def test_each_language_has_its_usual_pattern() -> None:
    assert suggested_pattern("quotation", "id") == INDONESIAN
    assert suggested_pattern("quotation", "en") == "QT-{year}-{number:04}"
    assert initials("PT Sinar Kencana Utama Tbk") == "SKU"
