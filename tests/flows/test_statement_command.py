"""A bank statement on the command line: what its lines would pay, and the certain ones booked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.flows.test_command_line import command, ready

Command = Callable[..., Any]

__all__ = ["command", "ready"]

pytestmark = pytest.mark.slow

OPEN = "number,account,date,currency,total,open\n001/INV/OLD/X/2026,TOKO,2026-10-01,IDR,1000,1000\n"
BANK = (
    "date,reference,transaction,amount\n2026-11-20,pay 001/INV/OLD/X/2026,F1,1000\n"
    "2026-11-20,unknown,F2,5\n2026-11-20,fee,F3,-2\n"
)


@pytest.fixture
def bank(ready: Command, tmp_path: Path) -> str:
    file, bank = tmp_path / "invoices.csv", tmp_path / "bank.csv"
    file.write_text(OPEN, "utf-8")
    bank.write_text(BANK, "utf-8")
    ready("import", "invoice", str(file))
    return str(bank)


def test_suggestions_are_told_and_nothing_is_booked(ready: Command, bank: str) -> None:
    found = ready("import", "payment", bank, "--suggest")
    counts = {name: found[name] for name in ("read", "booked", "certain", "open", "done", "out")}
    assert counts == {"read": 3, "booked": 0, "certain": 1, "open": 2, "done": 0, "out": 1}
    first = found["lines"][0]
    assert (first["account"], first["why"], first["left"]) == (
        "TOKO", ["number", "amount"], "0.00"
    )  # fmt: skip
    assert first["invoices"] == [{"invoice": "001/INV/OLD/X/2026", "amount": "1000.00"}]
    assert ready("list", "payment", "--count") == {"count": 0}


def test_what_is_certain_is_booked_once(ready: Command, bank: str) -> None:
    found = ready("import", "payment", bank, "--accept")
    assert (found["booked"], found["done"], found["open"]) == (1, 1, 1)
    payment = ready("payment", "show", found["lines"][0]["payment"])
    assert (payment["amount"], payment["free"]) == ("1000.00", "0.00")
    assert ready("import", "payment", bank, "--accept")["booked"] == 0
    assert ready("database", "check")["problems"] == []


def test_other_kinds_have_no_suggestions(command: Command, bank: str) -> None:
    told = command("import", "account", bank, "--suggest", status=2)
    assert "read bank statements" in told
