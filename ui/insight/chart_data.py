"""What a chart shows, and the scale it is drawn on."""

import math
from dataclasses import dataclass

from resources.languages import marked as _
from ui.kit.language import tr


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures: `values` to draw and `texts` to read, as many as there are labels."""

    name: str
    values: tuple[float, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart: `kind` is bar (lying), column (standing) or line."""

    title: str
    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    def told(self, at: int) -> str:
        """One place in words: its label and every figure there."""
        figures = (
            f"{each.name} {each.texts[at]}" if each.name else each.texts[at] for each in self.series
        )
        return f"{self.labels[at]}: {', '.join(figures)}"

    @property
    def span(self) -> tuple[float, float]:
        """The smallest and the largest figure, zero included."""
        values = [0.0, *(value for each in self.series for value in each.values)]
        return min(values), max(values)


def ticks(low: float, high: float, wanted: int) -> list[float]:
    """Round figures from below `low` to above `high`, about `wanted` of them."""
    if high <= low:
        high = low + 1.0
    rough = (high - low) / max(wanted, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step - 1e-9)
    return [step * at for at in range(first, last + 1)]


_SHORT = (
    (1e12, _("{figure} tn")),
    (1e9, _("{figure} bn")),
    (1e6, _("{figure} m")),
    (1e3, _("{figure} k")),
)


def short(value: float, decimal: str = ".") -> str:
    """A figure of an axis: ``1.2 bn``."""
    size = abs(value)
    for least, words in _SHORT:
        if size >= least:
            return tr(words, figure=_figure(value / least, decimal))
    return _figure(value, decimal)


def _figure(value: float, decimal: str) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "\N{MINUS SIGN}").replace(".", decimal)
