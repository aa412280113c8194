"""The head: found by any part of a name, days and figures as people write them, prices follow."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.core.app import App
from tests.builders import a_contact, a_price_list, a_quotation, an_account
from tests.ui.documents.hand import CTRL, TAB, Hand
from ui.documents.quotation_page import QuotationPage

Show = Callable[..., QuotationPage]
D = Decimal


def _into(page: QuotationPage, qtbot: QtBot, field: str) -> Hand:
    page.header.reveal(field)
    edit = page.header.fields[field]
    edit.setFocus()
    edit.selectAll()  # type: ignore[attr-defined]
    return Hand(qtbot, page)


def test_days_are_typed_as_people_write_them(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    _into(page, qtbot, "valid_until").type("+14").press(TAB)
    assert page.session.draft.valid_until == dt.date(2026, 12, 4)
    _into(page, qtbot, "valid_until").type("24/12/2026").press(TAB)
    assert page.session.draft.valid_until == dt.date(2026, 12, 24)
    _into(page, qtbot, "valid_until").type("someday").press(TAB)
    assert page.session.draft.valid_until == dt.date(2026, 12, 24)
    assert page.header.fields["valid_until"].property("wrong")
    assert page.header.fields["valid_until"].text() == "someday"  # type: ignore[attr-defined]


def test_the_date_cannot_be_left_out(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    _into(page, qtbot, "date").press(Qt.Key.Key_Backspace).press(TAB)
    assert page.session.draft.date == dt.date(2026, 11, 20)
    assert page.header.fields["date"].property("wrong")


def test_a_discount_reaches_the_totals(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    _into(page, qtbot, "discount_percent").type("2.5").press(TAB)
    assert page.session.draft.discount_percent == D("2.5")
    assert "Discount 2.5%" in [each.label for each in page.totals.sums]


def test_only_contacts_of_the_customer_are_found(app: App, show: Show, qtbot: QtBot) -> None:
    an_account(app, "BOTTM", name="Bottom Dollar")
    a_contact(app, "BOTTM", "elizabeth", name="Elizabeth Anders")
    page = show(a_quotation(app, contact="").id)
    finds = page.header._contacts("anders")
    assert [find[2] for find in finds] == ["Maria Anders"]
    _into(page, qtbot, "contact").type("mar").settle().enter()
    assert page.session.draft.contact == "maria"


def test_another_price_list_brings_its_currency(app: App, show: Show, qtbot: QtBot) -> None:
    a_price_list(app, "Malaysia", "MYR")
    page = show(a_quotation(app).id)
    _into(page, qtbot, "price_list").type("malay").settle().enter().settle()
    draft = page.session.draft
    assert (draft.price_list, draft.currency) == ("Malaysia", "MYR")
    page.undo()
    assert page.session.draft.currency == "IDR"
    page.session.set_prices(currency="USD")
    Hand(qtbot, page).settle()
    assert (page.session.draft.price_list, page.session.draft.currency) == ("", "USD")


def test_another_tax_is_reckoned_at_once(app: App, show: Show, qtbot: QtBot) -> None:
    page = show(a_quotation(app).id)
    assert page.session.priced.totals.tax > 0
    page.session.set_tax("none")
    Hand(qtbot, page).settle()
    assert page.session.priced.totals.tax == 0


def test_undo_in_a_field_first_takes_back_what_is_typed_there(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show(a_quotation(app).id)
    hand = _into(page, qtbot, "subject").type("Printers")
    hand.press(Qt.Key.Key_Z, CTRL)
    assert page.session.draft.subject == ""
    hand.type("Printers").press(TAB)
    assert page.session.draft.subject == "Printers"
    page.grid.setFocus()
    hand.press(Qt.Key.Key_Z, CTRL)
    assert page.session.draft.subject == ""
    assert page.header.fields["subject"].text() == ""  # type: ignore[attr-defined]


def test_a_customer_that_is_not_there_is_said_at_the_field(
    app: App, show: Show, qtbot: QtBot
) -> None:
    page = show()
    Hand(qtbot, page).type("nobody at all").settle().press(TAB).settle()
    assert "nobody at all" in page.header.captions["account"]._caption.text()
    assert app.read(records.show, "account", "ALFKI").title == "Alfreds Futterkiste"
