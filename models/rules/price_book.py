"""What things cost a customer on a day: an immutable copy of products, price list and history."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from models.rules.formula import parse
from models.rules.promise import Outlook
from models.values.errors import DomainError, NotFoundError
from models.values.money import HUNDRED, ZERO, currency_decimals, rounded
from models.values.reasons import (
    EXPIRED,
    FUTURE,
    LAST,
    LIST_PRICE,
    NO_PRICE,
    RULE,
    RULE_FROM,
    RULE_OFF,
    RULE_OFF_FROM,
    TOO_FEW,
    grouped,
    reason,
)
from resources.languages import marked as _


@dataclass(frozen=True, slots=True)
class BookProduct:
    """A product as a document needs it; prices are of one stock unit in its `currency`."""

    id: int
    sku: str
    name: str
    names: dict[str, str] = field(default_factory=dict)
    """Names in other languages than English."""
    description: str = ""
    unit: str = ""
    units: tuple[tuple[str, Decimal], ...] = ()
    """Other units and how many stock units each holds."""
    category: str = ""
    list_price: Decimal = ZERO
    cost: Decimal | None = None
    currency: str = ""
    tax_class: str = "standard"
    stocked: bool = True
    stock: Decimal = ZERO
    reserved: Decimal = ZERO
    outlook: Outlook | None = None
    """What is to come of it; None where that was not asked for."""
    is_configured: bool = False
    """Whether it is put together from others or has options."""

    def name_in(self, language: str) -> str:
        """The name a document in that language shows."""
        return self.names.get(language) or self.name

    def factor(self, unit: str) -> Decimal:
        """Stock units in one `unit`; DomainError at the field `unit` where there is no such."""
        if not unit or unit.casefold() == self.unit.casefold():
            return Decimal(1)
        for name, factor in self.units:
            if name.casefold() == unit.casefold():
                return factor
        known = ", ".join((self.unit, *(name for name, _factor in self.units)))
        message = _("{sku} has no unit “{unit}”; it has {known}.")
        raise DomainError(message, field="unit", sku=self.sku, unit=unit, known=known)


@dataclass(frozen=True, slots=True)
class PriceRule:
    """One price of a list: for a product, a category or, with neither, for everything.

    One of `price`, `discount_percent` (off the list price) and `formula` says what it is;
    `minimum_quantity` counts stock units, `price` is of one.
    """

    product: int | None = None
    category: str = ""
    minimum_quantity: Decimal = ZERO
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    price: Decimal | None = None
    discount_percent: Decimal | None = None
    formula: str = ""
    reckoned: tuple[tuple[int, Decimal], ...] = ()
    """In the place of a formula that may not be seen: what it gives, by product."""

    def rank(self) -> tuple[int, Decimal, dt.date]:
        """The more specific rule, then the higher quantity, then the later one wins."""
        specific = 2 if self.product is not None else 1 if self.category else 0
        return specific, self.minimum_quantity, self.valid_from or dt.date.min


@dataclass(frozen=True, slots=True)
class LastPrice:
    """What this customer paid last for one stock unit."""

    price: Decimal
    date: dt.date


@dataclass(frozen=True, slots=True)
class Quoted:
    """A price of one unit in the book's currency, None where there is none, and why."""

    price: Decimal | None
    reason: str


@dataclass(frozen=True)
class PriceBook:
    """The prices of one price list for one customer; never changes, grows by `joined`."""

    currency: str = ""
    price_list: str = ""
    tax_included: bool = False
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    rules: tuple[PriceRule, ...] = ()
    products: dict[int, BookProduct] = field(default_factory=dict)
    last_prices: dict[int, LastPrice] = field(default_factory=dict)

    def __contains__(self, product: object) -> bool:
        return product in self.products

    def __getitem__(self, product: int) -> BookProduct:
        try:
            return self.products[product]
        except KeyError:
            message = _("Product {id} is not in the price book; choose it again.")
            raise NotFoundError(message, field="product", id=product) from None

    def joined(self, other: "PriceBook") -> "PriceBook":
        """This book with the other's products, rules and last prices added or renewed."""
        return replace(
            self,
            rules=tuple(dict.fromkeys((*self.rules, *other.rules))),
            products=self.products | other.products,
            last_prices=self.last_prices | other.last_prices,
        )

    def restocked(
        self, found: Mapping[int, tuple[Decimal, Decimal, Outlook | None]]
    ) -> "PriceBook":
        """This book with stock, what is reserved of it and what is to come as found; itself where
        nothing is new.
        """
        new = {
            key: replace(old, stock=now[0], reserved=now[1], outlook=now[2])
            for key, now in found.items()
            if (old := self.products.get(key)) and (old.stock, old.reserved, old.outlook) != now
        }
        return replace(self, products=self.products | new) if new else self

    @cached_property
    def by_sku(self) -> dict[str, BookProduct]:
        """The products by SKU without regard to case."""
        return {each.sku.casefold(): each for each in self.products.values()}

    @cached_property
    def _index(self) -> dict[int | str, list[PriceRule]]:
        """The rules by product, by folded category and, under "", those for everything."""
        index: dict[int | str, list[PriceRule]] = {}
        for each in self.rules:
            key = each.category.casefold() if each.product is None else each.product
            index.setdefault(key, []).append(each)
        return index

    @cached_property
    def _ordered(self) -> dict[int, list[PriceRule]]:
        """The rules of the products asked for so far, the one that would win first."""
        return {}

    def _rules(self, product: BookProduct) -> list[PriceRule]:
        if product.id not in self._ordered:
            keys: set[int | str] = {product.id, product.category.casefold(), ""}
            rules = [each for key in keys for each in self._index.get(key, ())]
            self._ordered[product.id] = sorted(rules, key=PriceRule.rank, reverse=True)
        return self._ordered[product.id]

    def quote(self, product_id: int, quantity: Decimal, unit: str, date: dt.date) -> Quoted:
        """The price of one `unit` on a day: the best rule's, else the list price.

        A rule that has expired, is for more, or cannot be reckoned in this currency is passed
        over; one that only its days keep away is told after the reason. DomainError at `unit` or
        `product` where the book does not know them.
        """
        product = self[product_id]
        factor = product.factor(unit)
        missed = ""
        for rule in self._rules(product):
            price = self._rule_price(rule, product)
            if price is None or rule.minimum_quantity > quantity * factor:
                continue
            if not self._day_problem(rule, date):
                return _told(price * factor, self._why(rule, price * factor), missed)
            missed = missed or self._why_not(rule, product, quantity * factor, factor, date)
        if product.currency and product.currency != self.currency:
            return _told(None, reason(NO_PRICE, currency=self.currency), missed)
        return _told(product.list_price * factor, LIST_PRICE, missed)

    def last_quote(self, product_id: int, unit: str = "") -> Quoted | None:
        """The price this customer had last time, to be offered; None where there was none."""
        last = self.last_prices.get(product_id)
        if last is None:
            return None
        factor = self[product_id].factor(unit)
        return Quoted(_four(last.price * factor), reason(LAST, date=last.date.isoformat()))

    def explain(
        self, product_id: int, quantity: Decimal, unit: str, date: dt.date
    ) -> tuple[str, ...]:
        """Reasons in their stored form: the price that holds, then those that do not and why."""
        product = self[product_id]
        factor = product.factor(unit)
        others = [
            why
            for rule in self._rules(product)
            if (why := self._why_not(rule, product, quantity * factor, factor, date))
        ]
        last = self.last_quote(product_id, unit)
        more = [last.reason] if last else []
        holds, *_missed = self.quote(product_id, quantity, unit, date).reason.split("\n")
        return (holds, *others, *more)

    def cost(self, product_id: int) -> Decimal | None:
        """The cost of one stock unit in the book's currency; None where it is not known."""
        product = self[product_id]
        same = not product.currency or product.currency == self.currency
        return product.cost if same else None

    def _day_problem(self, rule: PriceRule, date: dt.date) -> str:
        """EXPIRED or FUTURE where the rule or the whole list does not hold on that day."""
        ends = [each for each in (rule.valid_to, self.valid_to) if each is not None]
        starts = [each for each in (rule.valid_from, self.valid_from) if each is not None]
        if ends and min(ends) < date:
            return EXPIRED
        return FUTURE if starts and max(starts) > date else ""

    def _rule_price(self, rule: PriceRule, product: BookProduct) -> Decimal | None:
        """The price of one stock unit by a rule; None where it says nothing in this currency."""
        if rule.price is not None:
            return rule.price
        if product.currency and product.currency != self.currency:
            return None
        if rule.discount_percent is not None:
            price = product.list_price * (HUNDRED - rule.discount_percent) / HUNDRED
            return rounded(price, self._decimals(product))
        found = _reckoned(rule, product)
        return None if found is None else rounded(max(found, ZERO), self._decimals(product))

    def _decimals(self, product: BookProduct) -> int:
        """Decimals of a reckoned price: those of the currency, or of the list price where more."""
        exponent = product.list_price.normalize().as_tuple().exponent
        return max(currency_decimals(self.currency), -exponent if isinstance(exponent, int) else 0)

    def _why(self, rule: PriceRule, price: Decimal) -> str:
        facts = {"list": self.price_list}
        if rule.minimum_quantity:
            facts["quantity"] = grouped(rule.minimum_quantity)
        if rule.price is None and rule.discount_percent is not None:
            facts["percent"] = grouped(rule.discount_percent)
            return reason(RULE_OFF_FROM if rule.minimum_quantity else RULE_OFF, **facts)
        facts["price"] = grouped(_four(price))
        return reason(RULE_FROM if rule.minimum_quantity else RULE, **facts)

    def _why_not(
        self, rule: PriceRule, product: BookProduct, wanted: Decimal, factor: Decimal, date: dt.date
    ) -> str:
        price = self._rule_price(rule, product)
        if price is None:
            return ""
        facts = {"list": self.price_list, "price": grouped(_four(price * factor))}
        trouble = self._day_problem(rule, date)
        if trouble == EXPIRED:
            ends = [each for each in (rule.valid_to, self.valid_to) if each is not None]
            return reason(EXPIRED, date=min(ends).isoformat(), **facts)
        if trouble == FUTURE:
            starts = [each for each in (rule.valid_from, self.valid_from) if each is not None]
            return reason(FUTURE, date=max(starts).isoformat(), **facts)
        if rule.minimum_quantity > wanted:
            return reason(TOO_FEW, quantity=grouped(rule.minimum_quantity), **facts)
        return ""


def _reckoned(rule: PriceRule, product: BookProduct) -> Decimal | None:
    """What a rule's formula gives for one stock unit of a product; None where it cannot."""
    if not rule.formula:
        return dict(rule.reckoned).get(product.id)
    try:
        return parse(rule.formula).price(product.list_price, product.cost)
    except DomainError:
        return None


def parse_units(text: str) -> tuple[tuple[str, Decimal], ...]:
    """The other units of a product, one in a line: ``box = 12``; other lines are passed over."""
    return tuple(each for line in text.splitlines() if (each := _unit(line)) is not None)


def _unit(line: str) -> tuple[str, Decimal] | None:
    name, _mark, number = line.partition("=")
    try:
        factor = Decimal(number.strip().replace(",", "."))
    except ArithmeticError:
        return None
    return (name.strip(), factor) if name.strip() and factor.is_finite() and factor > 0 else None


def _told(price: Decimal | None, why: str, missed: str) -> Quoted:
    """A price, why it holds, and the better one that does not hold on that day."""
    rounded_price = None if price is None else _four(price)
    return Quoted(rounded_price, f"{why}\n{missed}" if missed else why)


def _four(price: Decimal) -> Decimal:
    """A price with the four decimals that a line may have."""
    return rounded(price, 4)
