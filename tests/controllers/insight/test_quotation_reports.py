"""Conversion and open quotations on a real database."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import quotations
from controllers.insight import reports
from controllers.insight.sales import SalesOptions
from models.values.errors import DomainError
from reports.kit.table import TableReport
from tests.builders import a_company, a_quotation, a_sent_quotation, an_account, an_item
from tests.conftest import Contents

D = Decimal


@pytest.fixture
def contents() -> Contents:
    return some_asked


def some_asked(app: App) -> None:
    """One draft, two open, one accepted, one declined and one expired quotation."""
    a_company(app)
    an_account(app, "BETA", name="Beta Toko", city="Ipoh")
    a_quotation(app, an_item("1"))
    a_sent_quotation(app, an_item("100"))
    a_sent_quotation(app, an_item("250"), account="BETA", valid_until=dt.date(2026, 11, 22))
    app.write(quotations.accept, a_sent_quotation(app, an_item("300")).number)
    app.write(quotations.decline, a_sent_quotation(app, an_item("400")).number, "Too dear")
    a_sent_quotation(
        app, an_item("500"), date=dt.date(2026, 9, 1), valid_until=dt.date(2026, 9, 30)
    )


def run(app: App, name: str, **options: Any) -> TableReport:
    return app.read(reports.report, name, SalesOptions(**options))


def test_conversion_counts_outcomes_by_month(app: App) -> None:
    found = {row[0]: tuple(row[1:]) for row in run(app, "quotation_conversion").rows}
    assert found == {
        "2026-09": (1, 0, 0, 0, 1, D("0.0")),
        "2026-11": (4, 2, 1, 1, 0, D("50.0")),
    }


def test_conversion_has_no_rate_while_nothing_is_decided(app: App) -> None:
    report = run(app, "quotation_conversion", by=("customer",), filters=(("account", "BETA"),))
    assert [list(row) for row in report.rows] == [["Beta Toko", 1, 1, 0, 0, 0, None]]


def test_conversion_tells_customers_of_one_name_apart(app: App) -> None:
    app.write(records.change, "account", "BETA", {"name": "Alfreds Futterkiste"})
    found = [(row[0], row[1]) for row in run(app, "quotation_conversion", by=("customer",)).rows]
    assert found == [("Alfreds Futterkiste (ALFKI)", 4), ("Alfreds Futterkiste (BETA)", 1)]


def test_conversion_cannot_be_crossed(app: App) -> None:
    with pytest.raises(DomainError) as refusal:
        run(app, "quotation_conversion", by=("month", "owner"))
    assert refusal.value.field == "by"


def test_open_quotations_stand_in_the_order_they_expire(app: App) -> None:
    shown = [(row[1], row[5]) for row in run(app, "open_quotations").rows]
    assert shown == [("Beta Toko", 2), ("Alfreds Futterkiste", 30)]


@pytest.mark.parametrize("name", ["quotation_conversion", "answer_times", "open_quotations"])
def test_periods_and_filters_narrow(app: App, name: str) -> None:
    assert list(run(app, name, until=dt.date(2026, 8, 31)).rows) == []
    assert list(run(app, name, filters=(("city", "Medan"),)).rows) == []
    assert list(run(app, name, currency="SGD").rows) == []
    with pytest.raises(DomainError, match="cannot be filtered"):
        run(app, name, filters=(("product", "PUMP12"),))


def test_answer_times_tell_the_usual_and_the_longest(app: App) -> None:
    now = app.clock()
    for days in (1, 2, 9):
        app.clock = lambda: now
        made = a_quotation(app, an_item("10"), account="BETA")
        app.clock = lambda: now + dt.timedelta(hours=12)
        app.write(quotations.send, made.id or 0)
        app.clock = lambda days=days: now + dt.timedelta(hours=12, days=days)  # type: ignore[misc]
        app.write(quotations.decline, made.id or 0, "Too dear")
    app.clock = lambda: now
    found = {row[0]: row[1:] for row in run(app, "answer_times", by=("customer",)).rows}
    assert found["Beta Toko"][1:] == [3, D("0.5"), D("0.5"), D("2.0"), D("9.0")]
    assert found["Alfreds Futterkiste"][1] == 2
