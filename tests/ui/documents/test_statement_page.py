"""A bank statement in the window: what each line would pay, booked by keys."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import invoices, payments, statements
from controllers.system import imports
from tests.builders import a_company, an_account
from tests.conftest import Contents
from tests.ui.documents.conftest import settle as wait_for_all
from tests.ui.documents.hand import CTRL, Hand
from tests.ui.showing import shown
from ui.documents.statement.choosing import ChoosePanel
from ui.documents.statement.page import StatementPage
from ui.kit import toasts
from ui.kit.desk import Desk

pytestmark = pytest.mark.slow

D = Decimal
K = Qt.Key
OPEN = (
    "number,account,date,due,currency,total,open\n"
    "001/INV/OLD/X/2026,ALFKI,2026-10-01,2026-10-31,IDR,1000000,1000000\n"
    "002/INV/OLD/X/2026,ALFKI,2026-10-02,2026-11-01,IDR,2500000,2500000\n"
    "003/INV/OLD/X/2026,MAJU1,2026-10-03,2026-11-02,IDR,700000,700000\n"
)
BANK = (
    "Tanggal;Keterangan;No Ref;Debit;Kredit\n"
    "20/11/2026;TRF 001/INV/OLD/X/2026 ALFREDS FUTTERKISTE;F1;;1.000.000,00\n"
    "20/11/2026;BIAYA ADMIN;F2;12.500,00;\n"
    "20/11/2026;SETORAN TUNAI;F3;;700.000,00\n"
    "20/11/2026;TANPA NAMA;F4;;50.000,00\n"
    "20/11/2026;ALFREDS FUTTERKISTE;F5;;2.500.000,00\n"
)


@pytest.fixture
def contents() -> Contents:
    return _owing


def _owing(app: App) -> None:
    a_company(app)
    an_account(app, "MAJU1", name="PT Maju Bersama", currency="IDR")


@pytest.fixture
def bank(app: App, tmp_path: Path) -> Path:
    file, bank = tmp_path / "invoices.csv", tmp_path / "bank.csv"
    file.write_text(OPEN, "utf-8")
    bank.write_text(BANK, "utf-8")
    imports.import_file(app, imports.Request("invoice", file))
    return bank


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[StatementPage]:
    yield from shown(lambda: StatementPage(desk), qtbot, lambda: wait_for_all(qtbot))


@pytest.fixture
def look(page: StatementPage, bank: Path, qtbot: QtBot) -> Callable[..., Hand]:
    """Open a file as the person who chose it; answers the hand on its lines."""

    def give(path: Path = bank) -> Hand:
        page.activateWindow()
        page.choices.set_path(path)
        qtbot.waitUntil(lambda: page.statement is not None and page._job is None)
        wait_for_all(qtbot)
        return Hand(qtbot, page)  # type: ignore[arg-type]

    return give


def states(page: StatementPage) -> list[str]:
    return [page.model.state(at) for at in range(page.model.rowCount())]


def until(page: StatementPage, qtbot: QtBot, *wanted: str) -> None:
    """Until the lines stand so, from the first one on."""
    qtbot.waitUntil(lambda: tuple(states(page)[: len(wanted)]) == wanted)


def test_without_a_file_the_page_says_what_to_do(page: StatementPage) -> None:
    assert page.places.currentIndex() == 0
    assert not page.accept_all.isEnabled()


def test_a_file_shows_each_line_with_its_suggestion(
    page: StatementPage, look: Callable[..., Hand]
) -> None:
    look()
    assert states(page) == ["certain", "out", "likely", "unknown", "certain"]
    assert page.model.texts(0)[:4] == ("20 Nov 2026", "TRF 001/INV/OLD/X/2026 ALFREDS FUTTERKISTE",
                                       "1,000,000", "F1")  # fmt: skip
    assert page.model.words(2) == ("PT Maju Bersama", "003/INV/OLD/X/2026",
                                   "just this amount is open")  # fmt: skip
    assert page.summary.text() == (
        "5 lines  ·  2 certain  ·  1 to check  ·  1 unknown  ·  1 money out"
    )


def test_enter_books_a_line_goes_to_the_next_and_can_be_undone(
    page: StatementPage, look: Callable[..., Hand], app: App, qtbot: QtBot
) -> None:
    hand = look()
    hand.enter()
    assert page.table.currentIndex().row() == 2
    until(page, qtbot, "done")
    hand.settle()
    assert app.read(invoices.shown, "001/INV/OLD/X/2026").payment == "settled"
    toasts._hosts[-1].undo()
    until(page, qtbot, "certain")
    assert app.read(payments.shown, 1).state == "void"


def test_ctrl_enter_books_all_that_is_certain_and_nothing_else(
    page: StatementPage, look: Callable[..., Hand], app: App, qtbot: QtBot
) -> None:
    hand = look()
    hand.press(K.Key_Return, CTRL)
    until(page, qtbot, "done", "out", "likely", "unknown", "done")
    hand.settle()
    assert app.database.fetch("SELECT count(*) FROM payment") == [(2,)]
    assert not page.accept_all.isEnabled()
    toasts._hosts[-1].undo()
    until(page, qtbot, "certain")


def test_a_file_that_was_booked_comes_back_as_done_and_enter_opens_the_payment(
    page: StatementPage, look: Callable[..., Hand], app: App, bank: Path, opened: list[Any]
) -> None:
    from controllers.system.imports import statement

    line = statement.read(app, imports.Request("payment", bank)).lines[0]
    made = app.write(statements.accept, line, "ALFKI")
    hand = look()
    assert states(page)[0] == "done"
    page.table.setCurrentIndex(page.model.index(0, 0))
    hand.enter()
    assert opened == [("payment", made.id)]


def test_money_out_is_left_alone(page: StatementPage, look: Callable[..., Hand], app: App) -> None:
    hand = look()
    page.table.setCurrentIndex(page.model.index(1, 0))
    hand.enter().press(K.Key_F2).press(K.Key_Delete).settle()
    assert states(page)[1] == "out"
    assert app.database.fetch("SELECT count(*) FROM payment") == [(0,)]


def test_another_customer_and_invoices_are_chosen_by_keys(
    page: StatementPage, look: Callable[..., Hand], app: App, qtbot: QtBot
) -> None:
    hand = look()
    page.table.setCurrentIndex(page.model.index(3, 0))
    hand.enter()
    (panel,) = page.findChildren(ChoosePanel)
    hand.type("MAJU1").enter().settle()
    qtbot.waitUntil(lambda: bool(panel.model.rows))
    assert panel.model.rows[0][4] == "50,000"
    hand.press(K.Key_Return, CTRL)
    until(page, qtbot, "certain", "out", "likely", "done")
    made = app.read(payments.shown, 1)
    assert (made.account, made.free, made.lines[0].invoice) == ("MAJU1", 0, "003/INV/OLD/X/2026")
    assert app.read(invoices.shown, "003/INV/OLD/X/2026").open == D(650_000)


def test_more_than_is_there_is_refused_in_the_panel_and_stays_typed(
    page: StatementPage, look: Callable[..., Hand], qtbot: QtBot
) -> None:
    hand = look()
    page.table.setCurrentIndex(page.model.index(2, 0))
    hand.press(K.Key_F2).settle()
    (panel,) = page.findChildren(ChoosePanel)
    panel.table.setFocus()
    hand.type("800000").enter().press(K.Key_Return, CTRL).settle()
    assert "800 000 are to be settled" in panel.problem.text().replace("\N{NO-BREAK SPACE}", " ")
    assert panel.model.rows[0][4] == "800000"
    hand.press(K.Key_Escape)
    assert states(page)[2] == "likely"
    assert page.table.hasFocus()


def test_a_skipped_line_is_left_out_until_it_is_taken_up_again(
    page: StatementPage, look: Callable[..., Hand]
) -> None:
    hand = look()
    hand.press(K.Key_Delete)
    assert (states(page)[0], page.table.currentIndex().row()) == ("skipped", 2)
    page.table.setCurrentIndex(page.model.index(0, 0))
    hand.press(K.Key_Delete)
    assert states(page)[0] == "certain"


def test_columns_nobody_understands_are_mapped_and_kept(
    page: StatementPage, look: Callable[..., Hand], tmp_path: Path, app: App, qtbot: QtBot
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("When,What,How much\n2026-11-20,TRF ALFREDS FUTTERKISTE,2500000\n", "utf-8")
    look(path)
    assert page.places.currentIndex() == 1
    notices = [each.text() for each in page.findChildren(QLabel)]
    assert "Say which columns hold the date and the amount." in notices
    for heading, field in (("When", "date"), ("How much", "amount"), ("What", "reference")):
        page.mapping.rows.chosen.emit(heading, field)
    qtbot.waitUntil(lambda: states(page) == ["certain"])
    page.choices.keep_asked.emit("My bank")
    wait_for_all(qtbot)
    assert app.read(imports.profile, "My bank")["map"]["How much"] == "amount"


def test_a_day_read_two_ways_is_asked_and_answered(
    page: StatementPage, look: Callable[..., Hand], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "days.csv"
    path.write_text("date,amount,reference\n03/04/2026,100,x\n", "utf-8")
    look(path)
    assert page.model.rowCount() == 0
    page.choices.set_habit("dates", "dmy")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.model.rows[0].line.date.month == 4


def test_a_statement_in_another_currency_says_so(
    page: StatementPage, look: Callable[..., Hand], tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "dollars.csv"
    path.write_text("date,amount,reference\n2026-11-20,100.50,x\n", "utf-8")
    look(path)
    assert page.model.rows[0].line.currency == "IDR"
    page.reading.currency.setFocus()
    qtbot.keyClicks(page.reading.currency, "sgd")
    qtbot.waitUntil(lambda: page.model.rows[0].line.currency == "SGD")
    assert page.model.texts(0)[2] == "100.50"
