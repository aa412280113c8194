"""From a bank's file to payments: read, suggested, accepted once, and taken back."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import invoices, payments, statements
from controllers.documents.payments import Allocation
from controllers.system import databases
from controllers.system.imports import Request, import_file
from controllers.system.imports import statement as files
from models.values.errors import DomainError
from models.values.statements import SuggestedLine
from tests.builders import an_account

D = Decimal

OPEN = (
    "number,account,date,due,currency,total,open\n"
    "001/INV/OLD/X/2026,ALFKI,2026-10-01,2026-10-31,IDR,1000000,1000000\n"
    "002/INV/OLD/X/2026,ALFKI,2026-10-02,2026-11-01,IDR,2500000,2500000\n"
    "003/INV/OLD/X/2026,MAJU1,2026-10-03,2026-11-02,IDR,700000,700000\n"
)

BANK = (
    "PT Contoh,,,\n"
    "Mutasi rekening 123,,,\n"
    "Tanggal,Keterangan,No Ref,Mutasi,DB/CR\n"
    '20/11/2026,TRF 001/INV/OLD/X/2026 ALFREDS FUTTERKISTE,F1,"1.000.000,00",CR\n'
    '20/11/2026,BIAYA ADMIN,F2,"12.500,00",DB\n'
    '20/11/2026,SETORAN TUNAI,F3,"700.000,00",CR\n'
    '20/11/2026,SETORAN TUNAI,F4,"50.000,00",CR\n'
    ',Saldo akhir,,"9.000.000,00",\n'
)


@pytest.fixture
def statement(app: App, tmp_path: Path) -> Path:
    an_account(app, "MAJU1", name="PT Maju Bersama", currency="IDR")
    invoices_file, bank = tmp_path / "invoices.csv", tmp_path / "bank.csv"
    invoices_file.write_text(OPEN, "utf-8")
    bank.write_text(BANK, "utf-8")
    import_file(app, Request("invoice", invoices_file))
    return bank


def request(path: Path, **more: object) -> Request:
    return Request("payment", path, map={"Mutasi": "amount"}, **more)  # type: ignore[arg-type]


def looked(app: App, path: Path) -> tuple[SuggestedLine, ...]:
    asked = request(path) if path.name == "bank.csv" else Request("payment", path)
    lines = files.read(app, asked).lines
    return app.read(statements.suggested, lines)


def test_words_above_the_headings_sides_and_balances_are_understood(
    app: App, statement: Path
) -> None:
    found = files.read(app, request(statement))
    assert [(each.row, each.amount, each.bank_reference) for each in found.lines] == [
        (4, D(1_000_000), "F1"), (5, D(-12_500), "F2"), (6, D(700_000), "F3"), (7, D(50_000), "F4"),
    ]  # fmt: skip
    assert (found.problem, found.unread, found.lines[0].currency) == (None, (), "IDR")


def test_two_columns_of_money_and_semicolons_are_understood(app: App, tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    text = ("Kopf\nDate;Description;Debit;Credit\n"
            "2026-11-20;out;100.50;-\n2026-11-20;in;;2,000.25 CR\nnot a day;x;;5.00\n")  # fmt: skip
    path.write_text(text, "utf-8")
    found = files.read(app, Request("payment", path))
    assert [each.amount for each in found.lines] == [D("-100.50"), D("2000.25")]
    assert [row for row, _why in found.unread] == [5]


def test_a_file_without_a_date_says_what_is_missing(app: App, tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("When,What,How much\n1,2,3\n", "utf-8")
    found = files.read(app, Request("payment", path))
    assert str(found.problem) == "Say which columns hold the date and the amount."
    assert [each.heading for each in found.columns] == ["When", "What", "How much"]


def test_a_day_that_can_be_read_two_ways_is_asked(app: App, tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("date,amount,reference\n03/04/2026,100,x\n", "utf-8")
    assert [each.option for each in files.read(app, Request("payment", path)).doubts] == ["dates"]
    (line,) = files.read(app, Request("payment", path, dates="dmy")).lines
    assert line.date.month == 4


def test_each_line_says_what_it_would_pay(app: App, statement: Path) -> None:
    rows = looked(app, statement)
    assert [each.state for each in rows] == ["open", "out", "open", "open"]
    assert [each.suggestion.account for each in rows] == ["ALFKI", "", "MAJU1", ""]
    assert [each.suggestion.is_certain for each in rows] == [True, False, False, False]


def test_an_accepted_line_settles_its_invoice_and_is_done_from_then_on(
    app: App, statement: Path
) -> None:
    first = looked(app, statement)[0]
    made = app.write(statements.accept_suggested, first.line, first.suggestion)
    assert (made.amount, made.free, made.reference) == (
        1_000_000, 0, "TRF 001/INV/OLD/X/2026 ALFREDS FUTTERKISTE · F1",
    )  # fmt: skip
    assert app.read(invoices.shown, "001/INV/OLD/X/2026").payment == "settled"
    again = looked(app, statement)[0]
    assert (again.state, again.payment) == ("done", made.id)
    assert databases.check(app) == []


def test_a_line_is_never_booked_twice(app: App, statement: Path) -> None:
    line = looked(app, statement)[3].line
    app.write(statements.accept, line, "ALFKI")
    with pytest.raises(DomainError, match=r"Line 7: 50.000 of 2026-11-20 was booked already\."):
        app.write(statements.accept, line, "MAJU1")
    assert app.database.fetch("SELECT count(*) FROM payment") == [(1,)]


def test_two_equal_lines_are_two_payments_and_no_third(app: App, tmp_path: Path) -> None:
    path = tmp_path / "equal.csv"
    path.write_text("date,amount,reference\n" + "2026-11-20,100,SETORAN\n" * 2, "utf-8")
    first, second = looked(app, path)
    app.write(statements.accept, second.line, "ALFKI")
    assert [each.state for each in looked(app, path)] == ["done", "open"]
    app.write(statements.accept, second.line, "ALFKI")
    assert [each.state for each in looked(app, path)] == ["done", "done"]
    with pytest.raises(DomainError, match="booked already"):
        app.write(statements.accept, first.line, "ALFKI")


def test_a_payment_with_the_words_alone_is_one_of_two_lines_with_references(
    app: App, tmp_path: Path
) -> None:
    path = tmp_path / "lines.csv"
    text = (
        "date,amount,reference,transaction\n2026-11-20,100,SETORAN,1\n2026-11-20,100,SETORAN,01\n"
    )
    path.write_text(text, "utf-8")
    app.write(payments.receive, "ALFKI", D(100), date=dt.date(2026, 11, 20), reference="SETORAN")
    assert [each.state for each in looked(app, path)] == ["done", "open"]
    app.write(statements.accept, looked(app, path)[1].line, "ALFKI")
    assert [each.state for each in looked(app, path)] == ["done", "done"]


def test_an_import_of_the_same_file_finds_it_done(app: App, statement: Path) -> None:
    line = looked(app, statement)[0].line
    app.write(statements.accept, line, "ALFKI")
    outcome = import_file(app, request(statement, set={"account": "ALFKI"}))
    assert (outcome.unchanged, outcome.created, outcome.rejected) == (1, 2, 2)
    assert [each.state for each in looked(app, statement)] == ["done", "out", "done", "done"]


def test_money_that_went_out_is_never_a_payment(app: App, statement: Path) -> None:
    with pytest.raises(DomainError, match="Line 5: money went out"):
        app.write(statements.accept, looked(app, statement)[1].line, "ALFKI")


def test_a_person_chooses_other_invoices_and_what_is_left_stays_the_customers(
    app: App, statement: Path
) -> None:
    line = looked(app, statement)[2].line
    chosen = [Allocation("002/INV/OLD/X/2026", D(600_000), adjusted=D(500))]
    made = app.write(statements.accept, line, "ALFKI", chosen)
    assert made.free == 100_000
    assert app.read(invoices.shown, "002/INV/OLD/X/2026").open == D(1_899_500)


def test_what_was_booked_is_taken_back_whole_and_open_again(app: App, statement: Path) -> None:
    rows = looked(app, statement)
    made = [app.write(statements.accept_suggested, each.line, each.suggestion).id
            for each in (rows[0], rows[2])]  # fmt: skip
    assert app.write(statements.take_back, made) == 2
    assert [each.state for each in looked(app, statement)] == ["open", "out", "open", "open"]
    assert app.read(payments.shown, made[0]).state == "void"


def test_an_account_number_of_earlier_payments_tells_the_customer(app: App, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    text = "date,amount,reference\n2026-11-19,10,VA 8808 1234 5678\n2026-11-20,20,X880812345678\n"
    path.write_text(text, "utf-8")
    app.write(statements.accept, looked(app, path)[0].line, "ALFKI")
    second = looked(app, path)[1].suggestion
    assert (second.account, second.reasons) == ("ALFKI", ("known",))


def test_an_archived_customer_is_not_found_by_name(app: App, statement: Path) -> None:
    an_account(app, "GONE1", name="Setoran Tunai")
    app.write(records.archive, "account", "GONE1")
    assert looked(app, statement)[3].suggestion.account == ""
