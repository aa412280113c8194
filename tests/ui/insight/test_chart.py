"""The chart: its scale, its words, its speed, and how it is read without a mouse."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.insight.chart import Chart
from ui.insight.chart_data import ChartData, Series, short, ticks
from ui.kit import theme

pytestmark = pytest.mark.slow

KINDS = ("bar", "column", "line")


def data(kind: str = "line", count: int = 12, series: int = 1) -> ChartData:
    labels = tuple(f"M{at}" for at in range(count))
    values = tuple(float(at * 1000 - 2000) for at in range(count))
    texts = tuple(f"{value:,.0f}" for value in values)
    return ChartData(
        "Net", kind, labels, tuple(Series(f"S{at}", values, texts) for at in range(series))
    )


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    theme.install(QApplication.instance(), "light")
    made = Chart()
    qtbot.addWidget(made)
    made.resize(480, 360)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 10, [0, 2.5, 5, 7.5, 10]),
        (0, 0, [0, 0.25, 0.5, 0.75, 1]),
        (-3, 8, [-5, 0, 5, 10]),
        (0, 2.6e9, [0, 1e9, 2e9, 3e9]),
    ],
)
def test_ticks_are_round_and_hold_all_figures(
    low: float, high: float, expected: list[float]
) -> None:
    assert ticks(low, high, 4) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.5e9, "1.5 bn"), (-2e6, "−2 m"), (1250, "1.25 k"), (0, "0"), (3e12, "3 tn")],
)
def test_figures_of_an_axis_are_short(value: float, text: str) -> None:
    assert short(value) == text


def test_a_short_figure_has_the_persons_decimal_mark() -> None:
    assert short(1.5e9, ",") == "1,5 bn"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 12, 120])
@pytest.mark.parametrize("series", [1, 6])
def test_every_kind_is_drawn(chart: Chart, kind: str, count: int, series: int) -> None:
    chart.set_data(data(kind, count, series))
    picture = chart.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 480, 7) for y in range(0, 360, 7)}
    assert len(colours) > 2


def test_nothing_to_show_is_drawn_without_complaint(chart: Chart) -> None:
    chart.set_data(None)
    assert not chart.grab().isNull()
    assert chart.accessibleName() == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_paint_takes_half_a_millisecond(chart: Chart, kind: str) -> None:
    chart.set_data(data(kind, 24, 4))
    chart.grab()
    image = QImage(chart.size(), QImage.Format.Format_ARGB32_Premultiplied)
    times = []
    for _turn in range(40):
        start = time.perf_counter()
        chart.render(image)
        times.append(time.perf_counter() - start)
    assert sorted(times)[len(times) // 4] < 0.0005


def test_arrow_keys_tell_one_figure_after_the_other(chart: Chart, qtbot: QtBot) -> None:
    chart.set_data(data())
    chart.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(chart, key)
    assert chart.pointed == 0
    assert chart.accessibleDescription() == "M0: S0 -2,000"
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.pointed == 11


@pytest.mark.parametrize("kind", KINDS)
def test_the_mouse_points_at_a_figure_and_leaves_it(chart: Chart, kind: str) -> None:
    chart.set_data(data(kind, 4))
    chart.grab()
    place = chart._plan.bands[2].center() if chart._plan else QPointF()
    button = Qt.MouseButton.NoButton
    move = QMouseEvent(
        QMouseEvent.Type.MouseMove, place, chart.mapToGlobal(place), button, button,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    chart.mouseMoveEvent(move)
    assert chart.pointed == 2
    assert not chart.grab().isNull()
    chart.point_at(-1)
    assert chart.pointed == -1


def test_the_whole_chart_is_told_in_words(chart: Chart) -> None:
    chart.set_data(data(count=3))
    assert chart.accessibleName() == "Net"
    assert chart.accessibleDescription().startswith("M0: S0 -2,000; M1: S0 -1,000")


def test_series_differ_in_more_than_colour(chart: Chart) -> None:
    from ui.insight import chart_drawing

    patterns = {chart_drawing.brush(at).style() for at in range(6)}
    markers = set(chart_drawing._CORNERS)
    assert (len(patterns), len(markers)) == (6, 6)


def test_the_theme_is_taken_over(chart: Chart, settle: Callable[[], None]) -> None:
    chart.set_data(data())
    light = chart.grab().toImage().pixelColor(240, 5)
    theme.set_mode("dark")
    dark = chart.grab().toImage().pixelColor(240, 5)
    theme.set_mode("light")
    assert light.lightness() > dark.lightness()
