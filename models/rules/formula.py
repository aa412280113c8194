"""Price formulas: ``cost * 1.25 round 500``, read by a small parser of its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache

from models.values.errors import DomainError
from models.values.money import ZERO
from resources.languages import marked as _

LONGEST = 200
_DEEPEST = 20
_CONTEXT = Context(prec=40, rounding=ROUND_HALF_UP)
_TOKEN = re.compile(
    r"\s*(?:(\d{1,15}(?:\.\d{1,10})?)|(list|cost|round)\b|([-+*/()]))", re.IGNORECASE
)

Prices = dict[str, Decimal | None]
Term = Callable[[Prices], Decimal]


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula over the prices `list` and `cost`."""

    text: str
    term: Term
    multiple: Decimal = ZERO

    def price(self, list_price: Decimal | None, cost: Decimal | None) -> Decimal:
        """The price, rounded half up to the multiple; DomainError where it cannot be reckoned."""
        try:
            with localcontext(_CONTEXT):
                price = self.term({"list": list_price, "cost": cost})
                return to_multiple(price, self.multiple)
        except ArithmeticError as error:
            message = _("The formula “{formula}” divides by zero; correct it in the price list.")
            raise _refused(message, self.text) from error


def to_multiple(price: Decimal, multiple: Decimal) -> Decimal:
    """The nearest multiple, halves up; the price itself where the multiple is zero."""
    if not multiple:
        return price
    return (price / multiple).to_integral_value(ROUND_HALF_UP) * multiple


@lru_cache(1024)
def parse(text: str) -> Formula:
    """Read a formula: `list`, `cost`, numbers, + - * / and parentheses, then ``round N``.

    Raises DomainError at the field `formula`, naming the place that is not understood.
    """
    if len(text) > LONGEST:
        raise _refused(_("The formula “{formula}” is too long; 200 letters are enough."), text[:40])
    return _Parser(text).formula()


def _refused(message: str, text: str, **facts: object) -> DomainError:
    return DomainError(message, field="formula", formula=text, **facts)


class _Parser:
    """Recursive descent over the words of one formula."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = self._split()
        self.at = 0
        self.depth = 0

    def _split(self) -> list[str]:
        words, place = [], 0
        text = self.text.rstrip()
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise self._stop(text[place:].strip()[:20])
            words.append(match.group().strip().lower())
            place = match.end()
        return words

    def _stop(self, place: str) -> DomainError:
        message = _(
            "The formula “{formula}” is not understood at “{place}”; it may hold list, cost, "
            "numbers, + - * / and parentheses, then round and a number."
        )
        return _refused(message, self.text, place=place or self.text)

    def _next(self) -> str:
        return self.words[self.at] if self.at < len(self.words) else ""

    def _take(self) -> str:
        word = self._next()
        self.at += 1
        return word

    def formula(self) -> Formula:
        term = self._sum()
        multiple = ZERO
        if self._next() == "round":
            self._take()
            multiple = self._number()
            if not multiple:
                raise self._stop("round 0")
        if self.at != len(self.words):
            raise self._stop(self._next())
        return Formula(self.text, term, multiple)

    def _number(self) -> Decimal:
        word = self._take()
        if not word[:1].isdigit():
            raise self._stop(word)
        return Decimal(word)

    def _sum(self) -> Term:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._stop("(")
        term = self._product()
        while self._next() in ("+", "-"):
            term = _joined(term, self._take(), self._product())
        self.depth -= 1
        return term

    def _product(self) -> Term:
        term = self._atom()
        while self._next() in ("*", "/"):
            term = _joined(term, self._take(), self._atom())
        return term

    def _atom(self) -> Term:
        word = self._next()
        if word == "(":
            self._take()
            term = self._sum()
            if self._take() != ")":
                raise self._stop("(")
            return term
        if word in ("list", "cost"):
            self._take()
            return _named(word, self.text)
        number = self._number()
        return lambda _prices: number


def _named(word: str, text: str) -> Term:
    def term(prices: Prices) -> Decimal:
        price = prices[word]
        if price is None:
            message = _("The formula “{formula}” needs a {word} that the product does not have.")
            raise _refused(message, text, word=word)
        return price

    return term


def _joined(left: Term, sign: str, right: Term) -> Term:
    if sign == "+":
        return lambda prices: left(prices) + right(prices)
    if sign == "-":
        return lambda prices: left(prices) - right(prices)
    if sign == "*":
        return lambda prices: left(prices) * right(prices)
    return lambda prices: left(prices) / right(prices)
