"""What the cells of a line show and hold: texts in the person's style, tones, typed values."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from models.values.documents import NOTE, PRODUCT, SECTION, Line, PricedLine
from models.values.fields import Field, FieldKind
from models.values.formatting import Style
from models.values.money import ZERO, currency_decimals
from models.values.parsing import parse
from resources.languages import marked as _
from ui.documents.line_grid import columns as at
from ui.kit.language import tr

if TYPE_CHECKING:
    from controllers.documents.editor import QuotationEditor

LOW_MARGIN = Decimal(10)
"""Percent; below it a margin is marked."""

_FIELDS = {
    at.QUANTITY: Field("quantity", _("Quantity"), FieldKind.QUANTITY),
    at.PRICE: Field("unit_price", _("Unit price"), FieldKind.MONEY),
    at.DISCOUNT: Field("discount_percent", _("Discount %"), FieldKind.PERCENT),
}


class Stock(NamedTuple):
    """Stock units free, and how many are missing once the lines above are served."""

    free: Decimal
    short: Decimal


def stock_of_lines(editor: "QuotationEditor") -> list[Stock | None]:
    """By line what is in stock for it; None where nothing is kept in stock."""
    used: dict[int, Decimal] = {}
    return [_stock(editor, line, used) for line in editor.draft.lines]


def _stock(editor: "QuotationEditor", line: Line, used: dict[int, Decimal]) -> Stock | None:
    if line.kind != PRODUCT or line.product is None or line.product not in editor.book:
        return None
    product = editor.book[line.product]
    if not product.stocked:
        return None
    taken = used.get(product.id, ZERO) + line.quantity * line.factor
    if not line.optional:
        used[product.id] = taken
    free = product.stock - product.reserved
    return Stock(free, max(ZERO, min(taken - free, line.quantity * line.factor)))


def stock_text(stock: Stock | None, style: Style) -> str:
    """What is free, or how many are missing."""
    if stock is None:
        return "–"
    if stock.short:
        return tr(_("{count} short"), count=style.number(stock.short))
    return style.number(stock.free)


def margin_tone(margin: Decimal) -> str:
    """The tone of a margin in percent."""
    if margin < 0:
        return "bad"
    return "warn" if margin < LOW_MARGIN else "good"


def margin_text(margin: Decimal | None, style: Style) -> str:
    """A margin in percent with one decimal, so that those of a column stand below each other."""
    return "" if margin is None else style.number(margin, 1) + "%"


def price_text(price: Decimal, currency: str, style: Style) -> str:
    """A price with the decimals of its currency, or more where it has more."""
    exponent = price.normalize().as_tuple().exponent
    own = -exponent if isinstance(exponent, int) else 0
    return style.number(price, max(currency_decimals(currency), own))


def discount_text(line: Line, currency: str, style: Style) -> str:
    """Percent, amount or both; nothing where there is no discount."""
    parts = [f"{style.number(line.discount_percent)}%"] if line.discount_percent else []
    if line.discount_amount:
        parts.append(price_text(line.discount_amount, currency, style))
    return " + ".join(parts)


def description_text(line: Line) -> str:
    """What stands in the product cell."""
    text = line.description or line.sku
    if line.optional:
        return tr(_("Optional: {text}"), text=text)
    return text


def line_texts(
    line: Line, priced: PricedLine, stock: Stock | None, currency: str, style: Style
) -> Sequence[str]:
    """The texts of a line by column; the number is left to the grid."""
    if line.kind == NOTE:
        return ("", line.description, *[""] * 7)
    decimals = currency_decimals(currency)
    if line.kind == SECTION:
        return ("", line.description, *[""] * 6, style.number(priced.amount, decimals))
    return (
        "",
        description_text(line),
        style.number(line.quantity),
        line.unit,
        stock_text(stock, style) if line.kind == PRODUCT else "",
        price_text(line.unit_price, currency, style),
        discount_text(line, currency, style),
        margin_text(priced.margin_percent, style),
        price_text(priced.amount, currency, style),
    )


def typed_text(line: Line, column: int, style: Style) -> str:
    """What an opened cell holds at first."""
    if column == at.PRODUCT:
        return line.description
    if column == at.UNIT:
        return line.unit
    value = {at.QUANTITY: line.quantity, at.PRICE: line.unit_price,
             at.DISCOUNT: line.discount_percent}[column]  # fmt: skip
    return style.number(value).replace("\N{MINUS SIGN}", "-") if value else ""


def figure(column: int, text: str, style: Style) -> Decimal:
    """The figure typed into a cell, nothing being zero; DomainError at its field."""
    value = parse(_FIELDS[column], text, style)
    return ZERO if value is None else Decimal(value)
