"""Reports as the screen gets them: plain values, totals, and the figures of a chart."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from controllers.core.app import App
from controllers.insight import filtering, shown
from controllers.insight.sales import SalesOptions
from models.values.errors import DomainError
from tests.conftest import Contents
from tests.controllers.insight.business import a_business

D = Decimal


@pytest.fixture
def contents() -> Contents:
    return a_business


def run(app: App, name: str = "sales", **options: Any) -> shown.Shown:
    return app.read(shown.shown, name, SalesOptions(**options))


def test_one_dimension_in_time_is_a_line_of_net(app: App) -> None:
    chart = run(app).chart
    assert chart is not None
    assert (chart.kind, chart.axis, chart.title) == ("line", "month", "Net (IDR)")
    assert chart.labels == ("2025-12", "2026-09", "2026-10")
    assert chart.series == (("", (D(10_000), D(10_000), D(7_100))),)


def test_others_are_bars_with_the_largest_first(app: App) -> None:
    chart = run(app, by=("customer",)).chart
    assert chart is not None
    assert chart.kind == "bar"
    assert chart.labels == ("Alfreds Futterkiste", "Beta Toko")


def test_time_lies_along_the_axis_whichever_comes_first(app: App) -> None:
    for by in (("category", "month"), ("month", "category")):
        chart = run(app, by=by).chart
        assert chart is not None
        assert (chart.kind, chart.labels) == ("line", ("2025-12", "2026-09", "2026-10"))
        assert dict(chart.series)["Pumps"] == (D(0), D(9000), D(5000))


def test_more_series_than_can_be_told_apart_become_others(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "MOST_SERIES", 1)
    chart = run(app, by=("month", "category")).chart
    assert chart is not None
    assert [name for name, _values in chart.series] == ["Pumps", "Others"]
    sums = [sum(each) for each in zip(*(values for _name, values in chart.series), strict=True)]
    assert sums == [D(10_000), D(10_000), D(7_100)]


def test_totals_stand_by_their_column(app: App) -> None:
    made = run(app, by=("owner",))
    assert [each.heading for each in made.columns][:3] == ["Salesperson", "Quantity", "Net"]
    assert made.totals[2] == D(27_100)


def test_a_report_without_rows_has_no_chart(app: App) -> None:
    made = run(app, since=dt.date(2030, 1, 1))
    assert (made.rows, made.chart) == ([], None)


def test_conversion_draws_asked_and_accepted_beside_each_other(app: App) -> None:
    chart = run(app, "quotation_conversion").chart
    assert chart is not None
    assert [name for name, _values in chart.series] == ["Quotations", "Accepted"]


def test_values_of_a_filter_are_found_by_any_part(app: App) -> None:
    find = lambda name, text: app.read(filtering.filter_values, name, text)  # noqa: E731
    assert find("account", "toko") == [(0, "BETA", "Beta Toko")]
    assert find("owner", "su") == []
    assert [key for _id, key, _title in find("category", "")] == ["Fans", "Never", "Pumps"]
    assert find("product", "%") == []
    with pytest.raises(DomainError):
        find("moon", "")


def test_currencies_are_those_in_use_the_companys_first(app: App) -> None:
    assert app.read(filtering.currencies) == ["IDR", "MYR"]
