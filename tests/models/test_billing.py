"""Invoices of an order in parts: whatever the parts, they add up to the order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import billing
from models.rules.billing import Terms
from models.rules.pricing import price_document
from models.values.billing import Agreed, Bill, Down, Share, SoFar
from models.values.documents import ITEM, Draft, Line, Priced, TaxPreset, TaxRate
from models.values.errors import DomainError
from models.values.money import ZERO, currency_decimals

D = Decimal

PPN = TaxPreset(
    "ppn", "PPN", False, 11, 12, "DPP", (TaxRate("standard", D(12)), TaxRate("luxury", D(12)))
)
INCLUDED = replace(PPN, included=True)
GST = TaxPreset("gst", "GST", rates=(TaxRate("standard", D(9)), TaxRate("reduced", D("4.5"))))
SALES = TaxPreset("sst", "SST", rates=(TaxRate("standard", D(10)), TaxRate("reduced", D(5))))


@dataclass
class Desk:
    """An order and everything that was billed of it."""

    priced: Priced
    preset: TaxPreset
    bills: list[Bill] = field(default_factory=list)
    downs: list[Bill] = field(default_factory=list)

    @property
    def terms(self) -> Terms:
        draft = self.priced.draft
        return Terms(self.preset, max(currency_decimals(draft.currency), draft.line_decimals or 0))

    @property
    def agreed(self) -> list[Agreed]:
        pairs = zip(self.priced.draft.lines, self.priced.lines, strict=True)
        return [
            Agreed(at, line.quantity, figures.amount,
                   figures.net + (figures.tax if self.preset.included else ZERO), line.tax_class)
            for at, (line, figures) in enumerate(pairs)
        ]  # fmt: skip

    def so_far(self) -> SoFar:
        shares: dict[int, Share] = {}
        taxed: dict[str, tuple[D, D]] = {}
        deducted: dict[tuple[int, str], D] = {}
        for line in (each for bill in (*self.downs, *self.bills) for each in bill.lines):
            base, tax = taxed.get(line.tax_class, (ZERO, ZERO))
            taxed[line.tax_class] = base + line.base, tax + line.tax
            if line.source is not None:
                key = line.source.source, line.source.tax_class
                deducted[key] = deducted.get(key, ZERO) - line.base
            elif line.key is not None:
                old = shares.get(line.key, Share())
                shares[line.key] = Share(
                    old.quantity + line.quantity, old.amount + line.amount, old.base + line.base
                )
        downs = tuple(
            Down(at, str(at), line.tax_class, line.base,
                 deducted.get((at, line.tax_class), ZERO))
            for at, bill in enumerate(self.downs) for line in bill.lines
        )  # fmt: skip
        return SoFar(shares, taxed, downs)

    def bill(self, quantities: dict[int, D]) -> Bill:
        self.bills.append(billing.bill(self.agreed, self.so_far(), quantities, self.terms))
        return self.bills[-1]

    def ask_down(self, **share: D) -> Bill:
        self.downs.append(billing.down_payment(self.agreed, self.so_far(), self.terms, **share))
        return self.downs[-1]

    def left(self) -> dict[int, D]:
        shares = self.so_far().shares
        return {
            each.key: each.quantity - shares.get(each.key, Share()).quantity for each in self.agreed
        }


def total(bills: Iterable[Bill], name: str) -> D:
    return sum((getattr(bill.totals, name) for bill in bills), ZERO)


lines = st.builds(
    Line,
    kind=st.just(ITEM),
    quantity=st.decimals("0.0001", "5000", places=4),
    unit_price=st.decimals("0", "9999999", places=2),
    discount_percent=st.sampled_from([D(0), D("2.5"), D(33)]),
    tax_class=st.sampled_from(["standard", "reduced", "exempt", "luxury"]),
)

orders = st.builds(
    Draft,
    kind=st.just("order"),
    currency=st.sampled_from(["IDR", "MYR", "KWD"]),
    discount_percent=st.sampled_from([D(0), D("1.5"), D(10)]),
    lines=st.lists(lines, min_size=1, max_size=6).map(tuple),
)

presets = st.sampled_from([PPN, INCLUDED, GST, SALES])


@given(orders, presets, st.data())
def test_parts_add_up_to_the_order(draft: Draft, preset: TaxPreset, data: st.DataObject) -> None:
    desk = Desk(price_document(draft, preset), preset)
    for _turn in range(data.draw(st.integers(0, 4))):
        if data.draw(st.booleans()):
            try:
                desk.ask_down(percent=data.draw(st.decimals("0.01", "40", places=2)))
            except DomainError:
                continue
        part = data.draw(st.decimals("0.01", "0.99", places=2))
        wanted = {key: (left * part).quantize(D("0.0001")) for key, left in desk.left().items()}
        if any(wanted.values()):
            desk.bill(wanted)
    if any(desk.left().values()):
        desk.bill(desk.left())
    everything = [*desk.downs, *desk.bills]
    wanted_totals = desk.priced.totals
    assert total(everything, "net") == wanted_totals.net
    assert total(everything, "tax") == wanted_totals.tax
    assert total(everything, "total") == wanted_totals.net + wanted_totals.tax
    assert total(desk.bills, "subtotal") == wanted_totals.subtotal
    assert total(desk.bills, "discount") == wanted_totals.discount
    assert total(desk.downs, "net") + total(desk.downs, "tax") >= 0
    for bill in everything:
        assert bill.totals.total == bill.totals.net + bill.totals.tax + bill.totals.rounding
        assert bill.totals.net == sum(each.net for each in bill.lines)
        assert bill.totals.tax == sum(each.amount for each in bill.totals.taxes)


def credited_of(bill: Bill) -> list[Agreed]:
    return [
        Agreed(at, each.quantity, each.amount, each.base, each.tax_class, each.tax,
               is_deduction=each.source is not None)
        for at, each in enumerate(bill.lines)
    ]  # fmt: skip


@given(orders, presets, st.data())
def test_a_credit_of_everything_gives_nothing(
    draft: Draft, preset: TaxPreset, data: st.DataObject
) -> None:
    desk = Desk(price_document(draft, preset), preset)
    if data.draw(st.booleans()):
        desk.ask_down(percent=D(20)) if desk.priced.totals.net > 100 else None
    bill = desk.bill(desk.left())
    agreed, notes = credited_of(bill), []
    shares: dict[int, Share] = {}
    left = {each.key: each.quantity for each in agreed if not each.is_deduction}
    while any(left.values()):
        part = data.draw(st.sampled_from([D("0.3"), D(1)]))
        wanted = {key: (each * part).quantize(D("0.0001")) or each for key, each in left.items()}
        note = billing.credit(agreed, SoFar(shares), wanted, desk.terms, bill.totals.rounding)
        notes.append(note)
        for line in note.lines:
            old = shares.get(line.key or 0, Share())
            shares[line.key or 0] = Share(
                old.quantity + line.quantity, old.amount + line.amount, old.base + line.base,
                old.tax + line.tax,
            )  # fmt: skip
        left = {key: each - wanted[key] for key, each in left.items()}
    for name in ("subtotal", "discount", "net", "tax", "total"):
        assert total(notes, name) == getattr(bill.totals, name), name


def an_order(preset: TaxPreset = PPN, *prices: str) -> Desk:
    made = tuple(Line(ITEM, quantity=D(3), unit_price=D(each)) for each in prices or ("333333",))
    return Desk(price_document(Draft("order", currency="IDR", lines=made), preset), preset)


def test_a_down_payment_is_taxed_and_deducted_before_tax() -> None:
    desk = an_order(PPN, "1000000")
    down = desk.ask_down(percent=D(30))
    assert (down.totals.net, down.totals.tax) == (900_000, 99_000)
    bill = desk.bill({0: D(3)})
    assert (bill.totals.subtotal, bill.deducted) == (3_000_000, 900_000)
    assert (bill.totals.net, bill.totals.tax) == (2_100_000, 231_000)
    assert bill.totals.tax_base == 1_925_000


def test_a_down_payment_of_an_amount_comes_to_it_exactly() -> None:
    desk = an_order(PPN, "1234567")
    assert desk.ask_down(total=D(1_000_000)).totals.total == 1_000_000


def test_a_part_deducts_its_share_of_the_down_payment() -> None:
    desk = an_order(PPN, "1000000")
    desk.ask_down(percent=D(30))
    assert desk.bill({0: D(1)}).deducted == 300_000
    assert desk.bill({0: D(2)}).deducted == 600_000


@pytest.mark.parametrize("share", [{"percent": D(101)}, {"total": D(9_000_000)}, {}])
def test_too_large_or_no_down_payment_is_refused(share: dict[str, D]) -> None:
    with pytest.raises(DomainError):
        an_order(PPN, "1000000").ask_down(**share)


def test_a_second_down_payment_finds_less_left() -> None:
    desk = an_order(PPN, "1000000")
    desk.ask_down(percent=D(60))
    with pytest.raises(DomainError, match="more than what is left"):
        desk.ask_down(percent=D(41))


def test_nothing_is_billed_twice() -> None:
    desk = an_order()
    desk.bill({0: D(2)})
    with pytest.raises(DomainError, match="2 are to be invoiced, 1 are left"):
        desk.bill({0: D(2)})
    with pytest.raises(DomainError, match="nothing left to invoice"):
        desk.bill({})
