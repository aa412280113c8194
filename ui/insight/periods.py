"""Periods people ask for by name."""

import datetime as dt

from resources.languages import marked as _

PERIODS = {
    "this_month": _("This month"),
    "last_month": _("Last month"),
    "this_quarter": _("This quarter"),
    "this_year": _("This year"),
    "last_year": _("Last year"),
    "twelve_months": _("Last 12 months"),
    "ever": _("All time"),
    "own": _("Own days"),
}

Period = tuple[dt.date | None, dt.date | None]


def period(name: str, today: dt.date) -> Period:
    """First and last day of a named period; None where it has no end there."""
    month = today.replace(day=1)
    year = today.replace(month=1, day=1)
    before = month - dt.timedelta(days=1)
    quarter = month.replace(month=(today.month - 1) // 3 * 3 + 1)
    found: dict[str, Period] = {
        "this_month": (month, _last(month)),
        "last_month": (before.replace(day=1), before),
        "this_quarter": (quarter, _last(quarter.replace(month=quarter.month + 2))),
        "this_year": (year, year.replace(month=12, day=31)),
        "last_year": (year.replace(year=year.year - 1), year - dt.timedelta(days=1)),
        "twelve_months": (_next(month.replace(year=month.year - 1)), _last(month)),
    }
    return found.get(name, (None, None))


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)


def _last(month: dt.date) -> dt.date:
    return _next(month) - dt.timedelta(days=1)
