"""Which invoices a line of a bank statement is thought to pay, and why."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

import pytest

from models.rules.matching import suggest
from models.values.statements import Claim, Part, Payer, StatementLine, Suggestion

D = Decimal
DAY = dt.date(2026, 11, 20)


def claim(number: str, account: str, amount: str, currency: str = "IDR") -> Claim:
    return Claim(number, account, D(amount), currency, dt.date(2026, 11, 2))


CLAIMS = (
    claim("011/INV/SKU/XI/2026", "MAJU", "1500000"),
    claim("012/INV/SKU/XI/2026", "MAJU", "2500000"),
    claim("013/INV/SKU/XI/2026", "SINAR", "700000"),
    claim("014/INV/SKU/XI/2026", "SINAR", "700000"),
    claim("INV/2026/00015", "JAYA1", "900000"),
    claim("INV/2026/00115", "JAYA2", "910000"),
    claim("016/INV/SKU/XI/2026", "MAJU", "400", "SGD"),
    claim("017/INV/SKU/XI/2026", "ABADI", "3300000"),
    claim("018/INV/SKU/XI/2026", "ABADI", "4400000"),
    claim("019/INV/SKU/XI/2026", "ABADI", "1100000"),
)
PAYERS = (
    Payer("MAJU", "PT Maju Bersama Sejahtera"), Payer("SINAR", "CV Sinar Terang"),
    Payer("JAYA1", "Toko Jaya"), Payer("JAYA2", "UD. Toko Jaya"),
    Payer("ABADI", "Abadi Karya Tbk", ("88081234567890",)), Payer("BARU", "Toko Baru"),
)  # fmt: skip


class Case(NamedTuple):
    """A line's text and amount, and what is to come of it."""

    text: str
    amount: str
    account: str
    invoices: tuple[str, ...]
    reasons: tuple[str, ...]
    is_certain: bool = False
    left: str = "0"
    short: str = "0"


CASES = (
    Case("TRSF 011/INV/SKU/XI/2026 PT MAJU BERSAMA SEJAHTERA", "1500000", "MAJU",
         ("011/INV/SKU/XI/2026",), ("number", "amount", "name"), is_certain=True),
    Case("byr 011 inv sku xi 2026", "1500000", "MAJU", ("011/INV/SKU/XI/2026",),
         ("number", "amount"), is_certain=True),
    Case("INV202600115 lunas", "910000", "JAYA2", ("INV/2026/00115",), ("number", "amount"),
         is_certain=True),
    Case("INV/2026/001150", "1", "", (), (), left="1"),
    Case("012/INV/SKU/XI/2026 & 011/INV/SKU/XI/2026", "4000000", "MAJU",
         ("012/INV/SKU/XI/2026", "011/INV/SKU/XI/2026"), ("number", "amount"), is_certain=True),
    Case("012/INV/SKU/XI/2026", "2490000", "MAJU", ("012/INV/SKU/XI/2026",), ("number",),
         short="10000"),
    Case("012/INV/SKU/XI/2026", "2600000", "MAJU", ("012/INV/SKU/XI/2026",), ("number",),
         left="100000"),
    Case("011/INV/SKU/XI/2026 CV SINAR TERANG", "1500000", "MAJU", ("011/INV/SKU/XI/2026",),
         ("number", "amount")),
    Case("SETORAN PT MAJU BERSAMA SEJAHTERA", "2500000", "MAJU", ("012/INV/SKU/XI/2026",),
         ("amount", "name"), is_certain=True),
    Case("KR OTOMATIS MAJU BERSAMA SEJAH", "2500000", "MAJU", ("012/INV/SKU/XI/2026",),
         ("amount", "name"), is_certain=True),
    Case("SINAR TERANG", "700000", "SINAR", ("013/INV/SKU/XI/2026",), ("amount", "name")),
    Case("SINAR TERANG inv 14", "700000", "SINAR", ("014/INV/SKU/XI/2026",), ("amount", "name"),
         is_certain=True),
    Case("SINAR TERANG", "1400000", "SINAR", ("013/INV/SKU/XI/2026", "014/INV/SKU/XI/2026"),
         ("sum", "name"), is_certain=True),
    Case("VA 8808-1234-5678-90", "3300000", "ABADI", ("017/INV/SKU/XI/2026",),
         ("amount", "known"), is_certain=True),
    Case("abadi karya", "5500000", "ABADI", ("018/INV/SKU/XI/2026", "019/INV/SKU/XI/2026"),
         ("sum", "name")),
    Case("abadi karya", "3500000", "ABADI", ("017/INV/SKU/XI/2026", "018/INV/SKU/XI/2026"),
         ("name", "oldest"), short="4200000"),
    Case("abadi karya no 18", "4000000", "ABADI", ("018/INV/SKU/XI/2026",), ("running", "name"),
         short="400000"),
    Case("TOKO JAYA", "910000", "JAYA2", ("INV/2026/00115",), ("amount", "name")),
    Case("TOKO JAYA", "123", "", (), (), left="123"),
    Case("TRF TOKO BARU", "50000", "BARU", (), ("name",), left="50000"),
    Case("setoran JAYA1", "900000", "JAYA1", ("INV/2026/00015",), ("amount", "code"),
         is_certain=True),
    Case("SETORAN TUNAI", "900000", "JAYA1", ("INV/2026/00015",), ("amount",)),
    Case("SETORAN TUNAI", "700000", "", (), (), left="700000"),
    Case("SETORAN TUNAI 14", "700000", "SINAR", ("014/INV/SKU/XI/2026",), ("running", "amount")),
    Case("BUNGA", "17.25", "", (), (), left="17.25"),
    Case("", "5", "", (), (), left="5"),
)  # fmt: skip


def suggested(*lines: StatementLine) -> tuple[Suggestion, ...]:
    return suggest(lines, CLAIMS, PAYERS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.text} {case.amount}")
def test_a_line_pays_what_its_text_and_amount_tell(case: Case) -> None:
    (found,) = suggested(StatementLine(2, DAY, D(case.amount), case.text, currency="IDR"))
    assert (found.account, tuple(each.invoice for each in found.parts), found.reasons) == (
        case.account, case.invoices, case.reasons
    )  # fmt: skip
    assert (found.is_certain, found.left, found.short) == (
        case.is_certain, D(case.left), D(case.short)
    )  # fmt: skip
    assert sum((each.amount for each in found.parts), found.left) == D(case.amount)


def test_what_the_file_names_goes_before_what_its_text_tells() -> None:
    line = StatementLine(2, DAY, D(700_000), "011/INV/SKU/XI/2026", currency="IDR", account="SINAR",
                         invoice="014/INV/SKU/XI/2026")  # fmt: skip
    (found,) = suggested(line)
    assert found.parts == (Part("014/INV/SKU/XI/2026", D(700_000)),)
    assert (found.reasons, found.is_certain) == (("invoice", "amount", "customer"), True)


def test_money_in_another_currency_pays_invoices_in_that_one() -> None:
    (found,) = suggested(StatementLine(2, DAY, D(400), "MAJU BERSAMA SEJAHTERA", currency="SGD"))
    assert found.parts == (Part("016/INV/SKU/XI/2026", D(400)),)
    (other,) = suggested(StatementLine(2, DAY, D(400), "016/INV/SKU/XI/2026", currency="IDR"))
    assert other.parts == ()


def test_an_invoice_is_offered_to_one_line_and_the_certain_one_comes_first() -> None:
    loose = StatementLine(2, DAY, D(2_500_000), "SETORAN TUNAI", currency="IDR")
    named = StatementLine(3, DAY, D(2_500_000), "012/INV/SKU/XI/2026", currency="IDR")
    first, second = suggested(loose, named)
    assert (first.parts, second.is_certain) == ((), True)


def test_an_amount_alone_pays_no_invoice_of_a_later_day() -> None:
    early = StatementLine(2, dt.date(2026, 10, 1), D(900_000), "SETORAN TUNAI", currency="IDR")
    assert suggested(early)[0].parts == ()


def test_it_can_be_given_up_on_the_way() -> None:
    def stop(_done: int, _lines: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        suggest([StatementLine(2, DAY, D(1), currency="IDR")], CLAIMS, PAYERS, stop)
