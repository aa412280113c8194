"""Lines made and renewed from a price book."""

from dataclasses import replace
from decimal import Decimal

from models.rules.price_book import PriceBook
from models.values.documents import PRODUCT, Draft, Line
from models.values.errors import DomainError
from models.values.money import ZERO


def product_line(book: PriceBook, draft: Draft, product: int, quantity: Decimal) -> Line:
    """A new line of a product with its name, unit, tax class and price."""
    known = book[product]
    line = Line(
        PRODUCT, product=known.id, sku=known.sku, quantity=quantity, unit=known.unit,
        description=known.name_in(draft.language), tax_class=known.tax_class,
    )  # fmt: skip
    return quoted(book, draft, line)


def quoted(book: PriceBook, draft: Draft, line: Line) -> Line:
    """A product line as the book prices it, unless its price was set by hand."""
    product = line.product
    if line.kind != PRODUCT or product is None or product not in book:
        return line
    try:
        factor = book[product].factor(line.unit)
    except DomainError:
        return line
    line = replace(line, factor=factor, cost=book.cost(product))
    if line.pinned:
        return line
    quote = book.quote(product, line.quantity, line.unit, draft.date)
    price = ZERO if quote.price is None else quote.price
    return replace(line, unit_price=price, price_reason=quote.reason)


def all_quoted(book: PriceBook, draft: Draft) -> Draft:
    """The draft with every line priced from the book, unless set by hand."""
    return replace(draft, lines=tuple(quoted(book, draft, line) for line in draft.lines))


def all_renamed(book: PriceBook, draft: Draft, old: str) -> Draft:
    """The draft with product names nobody rewrote in its language; they were in `old`."""
    return replace(draft, lines=tuple(_renamed(book, draft, line, old) for line in draft.lines))


def _renamed(book: PriceBook, draft: Draft, line: Line, old: str) -> Line:
    if line.product is None or line.product not in book:
        return line
    product = book[line.product]
    if line.description != product.name_in(old):
        return line
    return replace(line, description=product.name_in(draft.language))
