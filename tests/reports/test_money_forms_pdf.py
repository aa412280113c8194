"""Statements, reminders and receipts: their figures, levels and stamps."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.documents.receipt import needs_stamp, render_receipt
from reports.documents.reminder import render_reminder
from reports.documents.statement import render_statement
from tests.reports.forms_for_tests import form, receipt, reminder, statement

Pages = Callable[[bytes], list[str]]


def test_a_statement_prints_balances_and_ageing_as_given(pages: Pages) -> None:
    text = pages(render_statement(statement(2)))[0]
    wanted = (
        "777,00",
        "999,00",
        "12.345,67",
        "1.001,00",
        "11,00",
        "22,00",
        "33,00",
        "44,00",
        "55,00",
    )
    assert [figure for figure in wanted if figure not in text] == []


def test_a_statement_without_movements_has_its_balances(pages: Pages) -> None:
    text = pages(render_statement(statement(0, ageing=None)))[0]
    assert "Saldo awal" in text
    assert "Saldo akhir" in text
    assert "Umur piutang" not in text


def test_the_closing_balance_never_stands_alone(pages: Pages) -> None:
    for count in range(20, 60):
        texts = pages(render_statement(statement(count, ageing=None)))
        page = next(text for text in texts if "Saldo akhir" in text)
        assert f"INV-{count - 1}" in page


def test_a_reminder_lists_what_is_open_and_its_sum(pages: Pages) -> None:
    text = pages(render_reminder(reminder(2)))[0]
    wanted = ("INV-0", "INV-1", "38", "1.500,00", "500,00", "Rp1.000,50", "BCA 123", "Hormat kami,")
    assert [word for word in wanted if word not in text] == []


def test_a_reminder_may_have_words_of_its_own(pages: Pages) -> None:
    own = replace(reminder(1), opening="Halo <b>Ibu</b>", closing="Salam {day}")
    text = pages(render_reminder(own))[0]
    assert "Halo <b>Ibu</b>" in text
    assert "Salam {day}" in text
    assert "Menurut catatan kami" not in text


@pytest.mark.parametrize(
    ("amount", "currency", "stamped"),
    [("5000000", "IDR", False), ("5000000.01", "IDR", True), ("9000000", "MYR", False)],
)
def test_a_receipt_bears_a_stamp_only_above_five_million_rupiah(
    amount: str, currency: str, stamped: bool, pages: Pages
) -> None:
    made = receipt(amount=Decimal(amount), currency=currency)
    assert needs_stamp(made) is stamped
    assert ("Meterai" in pages(render_receipt(made))[0]) is stamped


def test_a_person_decides_about_the_stamp_box() -> None:
    assert not needs_stamp(receipt(has_stamp_box=False))
    assert needs_stamp(receipt(amount=Decimal(1), has_stamp_box=True))


def test_a_receipt_says_who_paid_how_much_and_what_for(pages: Pages) -> None:
    made = receipt(received_from="PT Lain", method="Transfer BCA", invoices=("INV-12", "INV-13"))
    text = pages(render_receipt(made))[0]
    wanted = ("PT Lain", "Enam juta rupiah", "Faktur INV-12", "INV-12, INV-13", "Transfer BCA")
    assert [word for word in wanted if word not in text] == []
    assert "PT Percetakan" not in text


def test_a_long_purpose_is_whole(pages: Pages) -> None:
    words = [f"kata{at:04d}" for at in range(1_200)]
    texts = pages(render_receipt(receipt(head=form(), purpose=" ".join(words))))
    assert [word for word in words if word not in " ".join(texts)] == []
