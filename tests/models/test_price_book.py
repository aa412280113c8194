"""Which price holds, and why."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from models.rules.price_book import BookProduct, LastPrice, PriceBook, PriceRule, parse_units
from models.values.errors import DomainError, NotFoundError
from models.values.reasons import BY_HAND, reason_text

D = Decimal
DAY = dt.date(2026, 3, 14)
PUMP = BookProduct(
    1, "PUMP12", "Pump", {"id": "Pompa"}, unit="unit", units=(("box", D(12)),), category="Pumps",
    list_price=D(5_150_000), cost=D(4_000_000), currency="IDR",
)  # fmt: skip


def book(*rules: PriceRule, **more: object) -> PriceBook:
    plain = PriceBook("IDR", "Dealers", rules=rules, products={1: PUMP})
    return replace(plain, **more)


def priced(book: PriceBook, quantity: int = 1, unit: str = "", day: dt.date = DAY) -> tuple[D, str]:
    quoted = book.quote(1, D(quantity), unit, day)
    return quoted.price, reason_text(quoted.reason)


def test_without_a_rule_the_list_price_holds() -> None:
    assert priced(book()) == (D(5_150_000), "list price")


def test_the_reason_names_list_quantity_and_price() -> None:
    rules = PriceRule(1, minimum_quantity=D(10), price=D(4_890_000))
    assert priced(book(rules), 10) == (D(4_890_000), "Dealers, from 10: 4 890 000")
    assert priced(book(rules), 9) == (D(5_150_000), "list price")


def test_the_most_specific_rule_wins() -> None:
    rules = (
        PriceRule(price=D(1), minimum_quantity=D(50)),
        PriceRule(category="pumps", price=D(2)),
        PriceRule(category="Fans", price=D(9)),
        PriceRule(1, price=D(3), valid_from=dt.date(2026, 1, 1)),
        PriceRule(1, price=D(4), valid_from=dt.date(2026, 2, 1)),
        PriceRule(1, price=D(5), minimum_quantity=D(10)),
        PriceRule(2, price=D(6)),
    )
    assert priced(book(*rules))[0] == D(4)
    assert priced(book(*rules), 10)[0] == D(5)
    assert priced(book(*rules[:3]))[0] == D(2)
    assert priced(book(*rules[:1]), 50)[0] == D(1)


def test_an_expired_price_is_explained_never_used() -> None:
    expired = book(PriceRule(1, price=D(1), valid_to=dt.date(2026, 3, 13)))
    assert priced(expired) == (
        D(5_150_000), "list price; Dealers: 1 was valid until 2026-03-13"
    )  # fmt: skip
    texts = [reason_text(each) for each in expired.explain(1, D(1), "", DAY)]
    assert texts == ["list price", "Dealers: 1 was valid until 2026-03-13"]
    assert priced(expired, day=dt.date(2026, 3, 13))[0] == D(1)


def test_an_expired_list_takes_its_prices_along() -> None:
    expired = book(PriceRule(1, price=D(1)), valid_to=dt.date(2026, 1, 1))
    assert priced(expired)[1] == "list price; Dealers: 1 was valid until 2026-01-01"


def test_a_price_that_does_not_hold_yet_is_told_beside_the_rule_that_does() -> None:
    rules = (
        PriceRule(1, price=D(3), valid_from=dt.date(2027, 1, 1)),
        PriceRule(1, price=D(4), minimum_quantity=D(10), valid_to=dt.date(2026, 1, 1)),
        PriceRule(category="Pumps", price=D(2)),
        PriceRule(price=D(1), valid_to=dt.date(2026, 1, 1)),
    )
    assert priced(book(*rules))[1] == "Dealers: 2; Dealers: 3 is valid from 2027-01-01"
    assert reason_text(book(*rules).quote(1, D(1), "", DAY).reason, "id").count("; ") == 1


def test_prices_to_come_and_for_more_are_explained() -> None:
    rules = (
        PriceRule(1, price=D(1), valid_from=dt.date(2027, 1, 1)),
        PriceRule(1, price=D(2), minimum_quantity=D(5)),
    )
    last = book(*rules, last_prices={1: LastPrice(D(7), dt.date(2026, 1, 2))})
    texts = [reason_text(each) for each in last.explain(1, D(1), "", DAY)]
    assert texts == [
        "list price",
        "Dealers: 2 is for 5 and more",
        "Dealers: 1 is valid from 2027-01-01",
        "last price to this customer on 2026-01-02",
    ]


def test_a_unit_multiplies_price_and_counts_toward_the_quantity() -> None:
    boxes = book(PriceRule(1, minimum_quantity=D(10), price=D(100)))
    assert priced(boxes, 1, "box") == (D(1200), "Dealers, from 10: 1 200")
    assert priced(book(), 1, "Box")[0] == D(61_800_000)


def test_an_unknown_unit_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DomainError, match="unit, box") as caught:
        book().quote(1, D(1), "drum", DAY)
    assert caught.value.field == "unit"


def test_discounts_and_formulas_start_from_the_list_price() -> None:
    assert priced(book(PriceRule(discount_percent=D("7.5")))) == (
        D(4_763_750), "Dealers: list price less 7.5 %"
    )  # fmt: skip
    assert priced(book(PriceRule(formula="cost * 1.1 round 25000")))[0] == D(4_400_000)
    assert priced(book(PriceRule(discount_percent=D("33.3333"))))[0] == D(3_433_335)
    assert priced(book(PriceRule(formula="nonsense")))[1] == "list price"


def test_a_product_in_another_currency_has_no_price() -> None:
    ringgit = book(currency="MYR")
    assert priced(ringgit) == (None, "no price in MYR")
    assert ringgit.cost(1) is None
    assert priced(replace(ringgit, rules=(PriceRule(1, price=D(9)),)))[0] == D(9)


def test_books_grow_by_joining() -> None:
    other = PriceBook("IDR", "Dealers", products={2: replace(PUMP, id=2, sku="FAN1")})
    joined = book().joined(other)
    assert 2 in joined
    assert joined.by_sku["fan1"].id == 2
    with pytest.raises(NotFoundError):
        book().quote(2, D(1), "", DAY)


def test_reasons_are_worded_for_people() -> None:
    assert reason_text(BY_HAND) == "set by hand"
    assert reason_text("as agreed by phone") == "as agreed by phone"
    assert reason_text("rule {broken") == "rule {broken"


def test_units_are_read_one_in_a_line() -> None:
    assert parse_units("box = 12\nnonsense\n= 3\nrim=0\nm=2,5") == (("box", D(12)), ("m", D("2.5")))
