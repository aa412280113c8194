"""The page that tells a customer what changed between two revisions; costs are never on it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import comparison, paper, stored
from controllers.documents.comparison import Change, Comparison, LineChange
from controllers.documents.wording import payment_term, words
from controllers.insight.files import unprintable, write_bytes
from models.system.kinds import KINDS
from models.values.documents import Line, PricedLine
from models.values.formatting import Style
from models.values.money import currency_decimals
from reports.documents.changes import ChangedRow, render_pdf
from reports.kit import wording
from reports.kit.fonts import MissingGlyph
from resources.languages import translate

_FIGURES = ("subtotal", "discount", "tax", "rounding", "total")
_TERMS = ("valid_until", "payment_term", "delivery_term", "subject", "currency", "contact")
"""What of the head is the customer's business."""


def changes_pdf(uow: UnitOfWork, key: str | int, first: int, second: int) -> bytes:
    """What changed from one revision to another as a PDF, in the customer's language.

    Raises NotFoundError for a revision that is not there, DomainError for a character no typeface
    has.
    """
    found = comparison.compare(uow, key, first, second)
    newer = stored.find(uow, comparison.KIND, found.after.draft.id or 0)
    document = paper.sales_document(uow, newer, found.after)
    said = wording.words(document.language)
    document = replace(
        document, title=said["changes"], closing=said["changes closing"],
        opening=said["changes opening"].format(before=first), valid_until=None,
    )  # fmt: skip
    try:
        return render_pdf(document, tuple(_rows(found, document.language)))
    except MissingGlyph as error:
        raise unprintable(error.character, error.text) from error


def save_changes(app: App, key: str | int, first: int, second: int, path: Path) -> None:
    """Write the page into a file; OSError becomes a DomainError that names it."""
    write_bytes(path, app.read(changes_pdf, key, first, second))


def _rows(found: Comparison, language: str) -> Iterator[ChangedRow]:
    style, decimals = Style.of(language), currency_decimals(found.after.draft.currency)
    for each in found.lines:
        if each.how != "same":
            yield _line(each, style, decimals, language)
    said = words(language)
    for figure in found.figures:
        if figure.name in _FIGURES:
            label = said["taxes" if figure.name == "tax" else figure.name]
            yield _figure(label, figure, style, decimals)
    terms = [each for each in found.head if each.name in _TERMS]
    if terms:
        yield ChangedRow(wording.words(language)["changed terms"], kind="section")
    for term in terms:
        label = translate(KINDS[comparison.KIND][term.name].label, language)
        before, now = (_term(term.name, side, style) for side in (term.before, term.after))
        yield ChangedRow(label, before, now)


def _line(each: LineChange, style: Style, decimals: int, language: str) -> ChangedRow:
    line = each.after or each.before or Line()
    said, text = wording.words(language), line.description or line.sku
    sides = [
        _side(side, style) for side in (each.before, each.after) if side is not None and side.counts
    ]
    return ChangedRow(
        said[each.how].format(text=text) if each.how in said else text,
        _amount(each.before, each.figures_before, style, decimals),
        _amount(each.after, each.figures_after, style, decimals),
        _signed(each.difference, style, decimals) if each.difference else "",
        " → ".join(dict.fromkeys(sides)),
    )


def _side(line: Line, style: Style) -> str:
    off = f" −{style.number(line.discount_percent)}%" if line.discount_percent else ""
    return f"{style.number(line.quantity)} {line.unit} × {style.number(line.unit_price)}{off}"


def _amount(line: Line | None, figures: PricedLine, style: Style, decimals: int) -> str:
    return style.number(figures.amount, decimals) if line and line.counts else ""


def _figure(label: str, figure: Change, style: Style, decimals: int) -> ChangedRow:
    return ChangedRow(
        label,
        style.number(figure.before, decimals),
        style.number(figure.after, decimals),
        _signed(figure.after - figure.before, style, decimals),
        kind="total" if figure.name == "total" else "item",
    )


def _signed(figure: Decimal, style: Style, decimals: int) -> str:
    return ("+" if figure > 0 else "") + style.number(figure, decimals)


def _term(name: str, value: object, style: Style) -> str:
    if not value:
        return "–"
    if name == "valid_until":
        return style.day(value)  # type: ignore[arg-type]  # the field is a date
    return payment_term(str(value), style.language) if name == "payment_term" else str(value)
