"""Quotations on a real database: written, saved, sent, decided."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import drafting, orders, quotations
from models.values.documents import Draft, Line
from models.values.errors import ConflictError, DomainError, NotFoundError
from models.values.reasons import BY_HAND, reason_text
from tests.builders import (
    a_contact,
    a_draft,
    a_line,
    a_price_list,
    a_product,
    a_quotation,
    a_sent_quotation,
    an_account,
    an_item,
)

D = Decimal


def later(company: App, days: int) -> None:
    """The clock goes on."""
    now = company.clock() + dt.timedelta(days=days)
    company.clock = lambda: now


def test_a_new_draft_takes_over_what_the_account_says(company: App) -> None:
    draft = company.read(drafting.new_draft, "ALFKI")
    assert (draft.currency, draft.price_list, draft.language, draft.tax) == (
        "IDR", "Dealers", "id", "ppn",
    )  # fmt: skip
    assert draft.contact == "maria"
    assert draft.valid_until == draft.date + dt.timedelta(days=30)
    assert draft.payment_term == "net30"


def test_a_price_list_of_another_currency_is_no_default(company: App) -> None:
    a_price_list(company, "Ringgit", "MYR")
    an_account(company, "KL", price_list="Ringgit", currency="SGD")
    draft = company.read(drafting.new_draft, "KL")
    assert (draft.currency, draft.price_list) == ("SGD", "")


def test_a_list_with_tax_included_asks_for_the_included_tax(company: App) -> None:
    a_price_list(company, "Shop", tax_included=True)
    an_account(company, "SHOP", price_list="Shop")
    assert company.read(drafting.new_draft, "SHOP").tax == "ppn_included"


def test_a_saved_quotation_is_read_back_as_it_was(company: App) -> None:
    lines = (
        Line("section", description="Pumps", quantity=D(0)),
        a_line(company, quantity="12", discount_percent=D(5), detail="with hose"),
        a_line(company, "FAN1", "3", optional=True),
        an_item(),
        Line("note", description="Stock does not bind.", quantity=D(0)),
    )
    saved = a_quotation(company, *lines, reference="PO 7", discount_percent=D(2))
    read = company.read(quotations.show, saved.id)
    without_ids = tuple(replace(line, id=None) for line in read.lines)
    assert replace(read, lines=without_ids) == saved
    assert saved.number == ""


def test_the_book_decides_the_price_of_a_line_not_set_by_hand(company: App) -> None:
    lines = (
        a_line(company, quantity="10", unit_price=D(1)),
        a_line(company, quantity="10", unit_price=D(1), pinned=True, price_reason=BY_HAND),
    )
    saved = a_quotation(company, *lines)
    assert [line.unit_price for line in saved.lines] == [D(4_890_000), D(1)]
    assert reason_text(saved.lines[0].price_reason) == "Dealers, from 10: 4 890 000"


def test_the_stored_totals_are_those_of_the_engine(company: App) -> None:
    saved = a_quotation(company, a_line(company, quantity="10"), an_item())
    (row,) = company.read(
        lambda uow: uow.connection.exec_driver_sql(
            "SELECT subtotal, tax_base, tax_amount, total FROM quotation WHERE id = ?", (saved.id,)
        ).all()
    )
    totals = company.read(quotations.shown, saved.id).priced.totals
    figures = (totals.subtotal, totals.tax_base, totals.tax, totals.total)
    assert tuple(D(each) / 10_000 for each in row) == figures
    assert figures == (D(49_650_000), D(45_512_500), D(5_461_500), D(55_111_500))


def test_saving_a_draft_raises_its_version(company: App) -> None:
    saved = a_quotation(company)
    changed = company.write(quotations.save, replace(saved, subject="Pumps"))
    assert changed.version == saved.version + 1
    assert company.read(quotations.show, saved.id).subject == "Pumps"


def test_saving_over_somebody_elses_change_is_refused_with_the_differences(company: App) -> None:
    saved = a_quotation(company)
    company.write(quotations.save, replace(saved, subject="theirs"))
    mine = saved.with_line(0, replace(saved.lines[0], quantity=D(7)))
    with pytest.raises(ConflictError) as caught:
        company.write(quotations.save, mine)
    assert caught.value.facts["differences"] == ("subject", "1.quantity")
    assert company.read(quotations.show, saved.id).subject == "theirs"


def test_a_sent_quotation_cannot_be_saved(company: App) -> None:
    sent = a_sent_quotation(company)
    with pytest.raises(DomainError, match="make a copy"):
        company.write(quotations.save, replace(sent, subject="late"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"account": "NOBODY"}, "account"),
        ({"account": ""}, "account"),
        ({"contact": "stranger"}, "contact"),
        ({"contact": "nobody"}, "contact"),
        ({"price_list": "Ringgit"}, "price_list"),
        ({"price_list": "None such"}, "price_list"),
        ({"tax": "vat"}, "tax"),
        ({"owner": "nobody"}, "owner"),
        ({"lines": (Line(product=999),)}, "product"),
        ({"lines": (Line(),)}, "product"),
        ({"discount_percent": D(101)}, "discount_percent"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    company: App, change: dict[str, object], field: str
) -> None:
    an_account(company, "OTHER")
    a_contact(company, "OTHER", "stranger")
    a_price_list(company, "Ringgit", "MYR")
    with pytest.raises(DomainError) as caught:
        company.write(quotations.new, replace(a_draft(company), **change))
    assert caught.value.field == field
    assert company.read(quotations.quotations_of, "ALFKI") == ()


def test_an_unknown_unit_is_refused_with_its_line(company: App) -> None:
    with pytest.raises(DomainError, match="Line 2: PUMP12 has no unit “drum”; it has unit, box"):
        a_quotation(company, an_item(), a_line(company, unit="drum"))


def test_a_box_counts_its_stock_units(company: App) -> None:
    saved = a_quotation(company, a_line(company, unit="box"))
    assert (saved.lines[0].factor, saved.lines[0].unit_price) == (D(12), D(58_680_000))


def test_a_product_without_a_price_in_the_currency_needs_one_typed(company: App) -> None:
    a_product(company, "USD1", currency="USD")
    with pytest.raises(DomainError, match="has no price in IDR"):
        a_sent_quotation(company, a_line(company, "USD1"))
    assert a_sent_quotation(company, a_line(company, "USD1", unit_price=D(5), pinned=True)).number


def test_sending_draws_a_number_and_freezes_the_party(company: App) -> None:
    draft = a_quotation(company)
    sent = company.write(quotations.send, draft.id)
    assert (sent.number, sent.state) == ("001/SPH/XI/2026", "sent")
    company.write(records.change, "account", "ALFKI", {"name": "Renamed"})
    assert company.read(quotations.document, sent.number).party.name == "Alfreds Futterkiste"


def test_a_sent_quotation_keeps_its_tax(company: App) -> None:
    sent = a_sent_quotation(company, an_item("100000"))
    company.write(records.change, "tax_rate", "ppn-standard-2025-01-01", {"rate": "24"})
    totals = company.read(quotations.shown, sent.number).priced.totals
    assert totals.tax == D(11_000)


def test_a_quotation_without_lines_is_not_sent(company: App) -> None:
    only_optional = a_quotation(company, a_line(company, optional=True))
    with pytest.raises(DomainError, match="no line to be sold"):
        company.write(quotations.send, only_optional.id)


def test_a_refused_sending_draws_no_number(company: App) -> None:
    empty = a_quotation(company, Line("note", description="x"))
    with pytest.raises(DomainError):
        company.write(quotations.send, empty.id)
    assert a_sent_quotation(company).number == "001/SPH/XI/2026"


def test_a_quotation_expires_by_itself_and_may_be_accepted_late(company: App) -> None:
    sent = a_sent_quotation(company)
    later(company, 31)
    assert company.read(quotations.show, sent.number).state == "expired"
    assert company.write(quotations.accept, sent.number).state == "accepted"
    assert company.read(quotations.shown, sent.number).decision_note == "2026-12-20 → 2026-12-21"


def test_an_outcome_is_never_overwritten_by_expiry(company: App) -> None:
    sent = a_sent_quotation(company)
    company.write(quotations.decline, sent.number, "too dear")
    later(company, 60)
    shown = company.read(quotations.shown, sent.number)
    assert (shown.draft.state, shown.decision_note) == ("declined", "too dear")


def test_a_draft_cannot_be_accepted(company: App) -> None:
    with pytest.raises(DomainError, match="Possible now: sent"):
        company.write(quotations.accept, a_quotation(company).id)


def test_accepting_makes_one_order_with_everything_frozen(company: App) -> None:
    sent = a_sent_quotation(
        company, a_line(company, quantity="10"), a_line(company, "FAN1", optional=True),
        discount_percent=D(3), reference="PO 7", terms="Loco",
    )  # fmt: skip
    company.write(quotations.accept, sent.number)
    order = company.write(quotations.order, sent.number)
    assert order.number == "001/SO/XI/2026"
    assert company.write(quotations.order, sent.number).id == order.id
    ours = company.read(orders.shown, order.number)
    theirs = company.read(quotations.shown, sent.number)
    assert ours.priced.totals == replace(theirs.priced.totals, optional=D(0))
    assert (ours.draft.terms, ours.draft.reference, ours.quotation) == ("Loco", "PO 7", sent.number)
    assert theirs.order == order.number


def test_ordering_accepts_a_sent_quotation(company: App) -> None:
    sent = a_sent_quotation(company)
    company.write(quotations.order, sent.number)
    assert company.read(quotations.show, sent.number).state == "accepted"


def test_a_failing_order_leaves_the_quotation_as_it_was(
    company: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = a_sent_quotation(company)

    def broken(*_args: object, **_kwargs: object) -> int:
        raise DomainError("no")

    monkeypatch.setattr("controllers.documents.stored.insert_lines", broken)
    with pytest.raises(DomainError):
        company.write(quotations.accept, sent.number)
    monkeypatch.undo()
    assert company.read(quotations.show, sent.number).state == "sent"
    assert company.write(quotations.order, sent.number).number == "001/SO/XI/2026"


def test_a_copy_is_dated_today_and_priced_anew(company: App) -> None:
    sent = a_sent_quotation(company, a_line(company))
    later(company, 40)
    company.write(records.change, "product", "PUMP12", {"list_price": D(6_000_000)})
    copied = company.write(quotations.copy, sent.number)
    assert (copied.number, copied.state, copied.date) == ("", "draft", dt.date(2026, 12, 30))
    assert copied.lines[0].unit_price == D(6_000_000)


def test_repricing_tells_what_it_would_change(company: App) -> None:
    draft = a_quotation(
        company, an_item(), a_line(company, unit_price=D(5), pinned=True, price_reason=BY_HAND)
    )
    (found,) = company.read(quotations.reprice, draft)
    assert (found.row, found.old_price, found.new_price) == (1, D(5), D(5_150_000))
    assert found.reason == "list_price"


def test_a_draft_is_found_by_its_id_as_text(company: App) -> None:
    draft = a_quotation(company)
    assert company.read(quotations.show, str(draft.id)).id == draft.id
    with pytest.raises(NotFoundError, match="no quotation “12345”"):
        company.read(quotations.show, "12345")


def test_last_prices_come_from_orders(company: App) -> None:
    sent = a_sent_quotation(company, a_line(company, unit_price=D(77), pinned=True))
    company.write(quotations.accept, sent.number)
    opened: drafting.Opened = company.read(drafting.opened, a_draft(company))
    product = opened.draft.lines[0].product or 0
    quoted = opened.book.last_quote(product)
    assert quoted is not None
    assert quoted.price == D(77)
    assert "2026-11-20" in quoted.reason


def test_what_was_frozen_is_plain_json(company: App) -> None:
    sent: Draft = a_sent_quotation(company)
    (text,) = company.read(
        lambda uow: uow.connection.exec_driver_sql(
            "SELECT frozen FROM quotation WHERE id = ?", (sent.id,)
        ).one()
    )
    kept = json.loads(text)
    assert kept["party"]["name"] == "Alfreds Futterkiste"
    assert kept["tax"]["base_numerator"] == 11
