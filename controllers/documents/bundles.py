"""Products that are put together or configured: the lines they become in a quotation."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import func, select

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents.books import sku_book
from controllers.documents.drafting import settled_line
from controllers.documents.wording import words
from models.rules import configuration
from models.rules.configuration import Component, Configuration, Option
from models.rules.price_book import BookProduct, PriceBook
from models.storage.tables import TABLES
from models.values.documents import ITEM, NOTE, PRODUCT, SECTION, Draft, Line
from models.values.errors import DomainError, NotFoundError
from models.values.money import ZERO, currency_decimals, plain, rounded
from models.values.reasons import OPTIONS, reason
from resources.languages import marked as _


@dataclass(frozen=True)
class Bundle:
    """A product with what it is made of, and the prices of all of it in a draft's terms."""

    product: BookProduct
    configuration: Configuration
    book: PriceBook
    draft: Draft

    def lines(
        self, chosen: Collection[str] | None = None, quantity: Decimal = Decimal(1)
    ) -> tuple[Line, ...]:
        """The lines of so many of it with the options of these codes, or those chosen at first.

        Either one line at the price of the product with the effects of its options, or a section
        with each component at the price of the book. DomainError at `options` for a code that is
        not there or options that do not go together.
        """
        made = self.configuration
        options = made.chosen(made.defaults if chosen is None else chosen)
        self._check_currency(options)
        if made.has_one_price or not made.components:
            return (self._whole(options, quantity),)
        return tuple(self._apart(options, quantity))

    def _check_currency(self, options: Sequence[Option]) -> None:
        theirs, ours = self.product.currency, self.draft.currency
        if theirs and theirs != ours and any(each.amount for each in options):
            message = _("The options of {sku} are priced in {theirs}, the document is in {ours}; "
                        "change its currency.")  # fmt: skip
            raise DomainError(
                message, field="options", sku=self.product.sku, theirs=theirs, ours=ours
            )

    def _effect(self, option: Option, price: Decimal) -> Decimal:
        return rounded(option.effect(price), currency_decimals(self.draft.currency))

    # One price

    def _whole(self, options: Sequence[Option], quantity: Decimal) -> Line:
        line = self._priced(self.product, quantity)
        effect = sum((self._effect(each, line.unit_price) for each in options), ZERO)
        line = replace(line, detail="\n".join(self._contents(options)))
        if not effect:
            return line
        price = max(line.unit_price + effect, ZERO)
        return replace(line, unit_price=price, pinned=True, price_reason=reason(OPTIONS))

    def _contents(self, options: Sequence[Option]) -> Iterator[str]:
        """What the one line holds: its components, then what was chosen."""
        for each in self.configuration.components:
            name = self.found(each).name_in(self.draft.language)
            yield f"{plain(each.quantity)} × {name}" if each.quantity != 1 else name
        yield from (each.label for each in options)

    # Each at its price

    def _apart(self, options: Sequence[Option], quantity: Decimal) -> Iterator[Line]:
        yield Line(SECTION, description=self.product.name_in(self.draft.language), quantity=ZERO)
        added = [each for option in options for each in option.adds]
        parts = [
            self._priced(self.found(each), each.quantity * quantity)
            for each in (*self.configuration.components, *added)
        ]
        base = sum((each.unit_price * each.quantity for each in parts), ZERO) / quantity
        off = sum((min(self._effect(each, base), ZERO) for each in options), ZERO) * quantity
        yield from _discounted(parts, -off)
        for option in options:
            effect = self._effect(option, base)
            if effect > 0:
                yield Line(
                    ITEM, description=option.label, quantity=quantity, unit_price=effect,
                    unit=self.product.unit, pinned=True, price_reason=reason(OPTIONS),
                    tax_class=self.product.tax_class,
                )  # fmt: skip
            elif not option.adds:
                yield Line(NOTE, description=option.label, quantity=ZERO)

    def found(self, component: Component) -> BookProduct:
        """The product of a component; NotFoundError where there is none."""
        product = self.book.by_sku.get(component.sku.casefold())
        if product is None:
            message = _("{bundle} is put together with {sku}, which is not there; correct its "
                        "components.")  # fmt: skip
            raise NotFoundError(message, field="product", bundle=self.product.sku,
                                sku=component.sku)  # fmt: skip
        return product

    def _priced(self, product: BookProduct, quantity: Decimal) -> Line:
        line = Line(
            PRODUCT, product=product.id, sku=product.sku, quantity=quantity,
            description=product.name_in(self.draft.language), unit=product.unit,
            tax_class=product.tax_class,
        )  # fmt: skip
        return settled_line(line, self.book, self.draft, 1)


def _discounted(parts: Sequence[Line], off: Decimal) -> Iterator[Line]:
    """The lines with an amount taken off, from the dearest on, none below nothing."""
    left: dict[int, Decimal] = {}
    amounts = {at: each.unit_price * each.quantity for at, each in enumerate(parts)}
    for at in sorted(amounts, key=lambda at: -amounts[at]):
        left[at] = min(off, amounts[at])
        off -= left[at]
    for at, each in enumerate(parts):
        yield replace(each, discount_amount=left[at]) if left[at] else each


def in_place(draft: Draft, row: int, made: Sequence[Line]) -> tuple[Line, ...]:
    """The lines as they stand in the place of line `row`.

    A section ends where the next one begins: lines that follow a bundle with its own section go
    back to the section they were in, or to one of further items.
    """
    after = draft.lines[row + 1 : row + 2]
    is_apart = bool(made) and made[0].kind == SECTION
    if not is_apart or not after or after[0].kind == SECTION:
        return tuple(made)
    above = [each.description for each in draft.lines[:row] if each.kind == SECTION]
    title = above[-1] if above else words(draft.language)["further"]
    return (*made, Line(SECTION, description=title, quantity=ZERO))


# From the database


def configuration_of(uow: UnitOfWork, sku: str) -> Configuration | None:
    """What a product is made of, by its SKU without regard to case; None where there is none."""
    product = TABLES["product"].c
    query = select(product.components, product.configuration)
    row = uow.connection.execute(
        query.where(func.lower(product.sku) == sku.casefold())
    ).one_or_none()
    if row is None:
        return None
    return configuration.read(row.components or "", row.configuration or "")


def bundle(uow: UnitOfWork, draft: Draft, sku: str) -> Bundle:
    """A product with all it may become in a draft; NotFoundError where there is none."""
    made = configuration_of(uow, sku)
    if made is None:
        message = _("There is no product “{sku}”; make it first or name another.")
        raise NotFoundError(message, field="product", sku=sku)
    added = [each.sku for option in made.options for each in option.adds]
    skus = [sku, *(each.sku for each in made.components), *added]
    book = sku_book(uow, draft, skus)
    return Bundle(book.by_sku[sku.casefold()], made, book, draft)


def lines(
    uow: UnitOfWork,
    draft: Draft,
    sku: str,
    chosen: Collection[str] | None = None,
    quantity: Decimal = Decimal(1),
) -> tuple[Line, ...]:
    """The lines of a product in a draft; see `Bundle.lines`."""
    return bundle(uow, draft, sku).lines(chosen, quantity)
