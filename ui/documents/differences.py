"""What changed between two revisions, in words and figures of the screen."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from controllers.core.catalogue import KINDS
from models.values.documents import Line, PricedLine
from resources.languages import marked as _
from ui.documents import merging
from ui.kit.language import tr

if TYPE_CHECKING:
    from controllers.documents.comparison import Comparison, LineChange
    from ui.documents.session import Session

HEADS = (_("What"), _("Before"), _("After"), _("Difference"))

_FIGURES = {
    "subtotal": _("Subtotal"), "discount": _("Discount"), "net": _("Net"),
    "tax_base": _("Tax base"), "tax": _("Tax"), "rounding": _("Rounding"), "total": _("Total"),
    "optional": _("Optional"), "cost": _("Cost"), "margin_percent": _("Margin %"),
}  # fmt: skip

_HOW = {"added": _("new: {what}"), "removed": _("left out: {what}"), "changed": "{what}"}


def rows(session: "Session", found: "Comparison") -> list[list[str]]:
    """A row for everything that is not what it was: lines, figures, terms."""
    return [*_lines(session, found), *_figures(session, found), *_terms(session, found)]


def _lines(session: "Session", found: "Comparison") -> Iterator[list[str]]:
    for each in found.lines:
        if each.how != "same":
            line = each.after or each.before
            what = line.description or line.sku if line else ""
            yield [
                tr(_HOW[each.how], what=what),
                _line_text(session, each.before, each.figures_before),
                _line_text(session, each.after, each.figures_after),
                _difference(session, each),
            ]


def _line_text(session: "Session", line: Line | None, figures: PricedLine) -> str:
    if line is None or not line.counts:
        return ""
    text = merging.line_text(session, line).removeprefix(f"{line.description or line.sku}: ")
    return f"{text} = {session.style.number(figures.amount)}"


def _difference(session: "Session", each: "LineChange") -> str:
    return _signed(session, each.difference) if each.difference else ""


def _signed(session: "Session", figure: Any) -> str:
    return ("+" if figure > 0 else "") + session.style.number(figure)


def _figures(session: "Session", found: "Comparison") -> Iterator[list[str]]:
    for each in found.figures:
        before, after = (
            "–" if value is None else session.style.number(value)
            for value in (each.before, each.after)
        )
        known = each.before is not None and each.after is not None
        moved = _signed(session, each.after - each.before) if known else ""
        yield [tr(_FIGURES[each.name]), before, after, moved]


def _terms(session: "Session", found: "Comparison") -> Iterator[list[str]]:
    fields = KINDS["quotation"]
    for each in found.head:
        before, after = (
            merging.field_text(session, fields[each.name], value)
            for value in (each.before, each.after)
        )
        yield [tr(fields[each.name].label), before, after, ""]
