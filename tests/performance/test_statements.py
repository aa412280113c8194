"""How long a long bank statement takes to be matched."""

import datetime as dt
import time
from decimal import Decimal

import pytest

from models.rules.matching import suggest
from models.values.statements import Claim, Payer, StatementLine

pytestmark = pytest.mark.performance

LINES, INVOICES, CUSTOMERS = 2_000, 5_000, 1_500
DAY = dt.date(2026, 11, 20)


def test_2000_lines_find_their_invoices_among_5000_in_a_second_or_two() -> None:
    claims = [
        Claim(f"{at:03}/INV/SKU/{'IVX'[at % 3]}/2026", f"C{at % CUSTOMERS:04}",
              Decimal(100_000 + at * 37 % 90_000), "IDR", DAY)
        for at in range(INVOICES)
    ]  # fmt: skip
    payers = [Payer(f"C{at:04}", f"PT Toko Jaya {at} Abadi") for at in range(CUSTOMERS)]
    lines = [_line(at, claims[at * 2]) for at in range(LINES)]
    begin = time.perf_counter()
    found = suggest(lines, claims, payers)
    took = time.perf_counter() - begin
    print(f"\n{LINES} lines against {INVOICES} open invoices: {took:.2f} s")
    assert took < 3
    assert sum(bool(each.account) for each in found) > LINES * 0.9


def _line(at: int, claim: Claim) -> StatementLine:
    texts = (f"TRSF E-BANKING {claim.number} 2026", f"TOKO JAYA {int(claim.account[1:])} ABADI",
             f"SETORAN {at}")  # fmt: skip
    return StatementLine(at, DAY, claim.open, texts[at % 3], f"F{at}", "IDR")
