"""Quotations on a real database: written, saved, sent, decided."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import attachments, drafting, orders, quotations
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


def later(app: App, days: int) -> None:
    """The clock goes on."""
    now = app.clock() + dt.timedelta(days=days)
    app.clock = lambda: now


def test_a_new_draft_takes_over_what_the_account_says(app: App) -> None:
    draft = app.read(drafting.new_draft, "ALFKI")
    assert (draft.currency, draft.price_list, draft.language, draft.tax) == (
        "IDR", "Dealers", "id", "ppn",
    )  # fmt: skip
    assert draft.contact == "maria"
    assert draft.valid_until == draft.date + dt.timedelta(days=30)
    assert draft.payment_term == "net30"


def test_a_price_list_of_another_currency_is_no_default(app: App) -> None:
    a_price_list(app, "Ringgit", "MYR")
    an_account(app, "KL", price_list="Ringgit", currency="SGD")
    draft = app.read(drafting.new_draft, "KL")
    assert (draft.currency, draft.price_list) == ("SGD", "")


def test_a_list_with_tax_included_asks_for_the_included_tax(app: App) -> None:
    a_price_list(app, "Shop", tax_included=True)
    an_account(app, "SHOP", price_list="Shop")
    assert app.read(drafting.new_draft, "SHOP").tax == "ppn_included"


def test_a_saved_quotation_is_read_back_as_it_was(app: App) -> None:
    lines = (
        Line("section", description="Pumps", quantity=D(0)),
        a_line(app, quantity="12", discount_percent=D(5), detail="with hose"),
        a_line(app, "FAN1", "3", optional=True),
        an_item(),
        Line("note", description="Stock does not bind.", quantity=D(0)),
    )
    saved = a_quotation(app, *lines, reference="PO 7", discount_percent=D(2))
    read = app.read(quotations.show, saved.id)
    without_ids = tuple(replace(line, id=None) for line in read.lines)
    assert replace(read, lines=without_ids) == saved
    assert saved.number == ""


def test_the_book_decides_the_price_of_a_line_not_set_by_hand(app: App) -> None:
    lines = (
        a_line(app, quantity="10", unit_price=D(1)),
        a_line(app, quantity="10", unit_price=D(1), pinned=True, price_reason=BY_HAND),
    )
    saved = a_quotation(app, *lines)
    assert [line.unit_price for line in saved.lines] == [D(4_890_000), D(1)]
    assert reason_text(saved.lines[0].price_reason) == "Dealers, from 10: 4 890 000"


def test_the_stored_totals_are_those_of_the_engine(app: App) -> None:
    saved = a_quotation(app, a_line(app, quantity="10"), an_item())
    (row,) = app.read(
        lambda uow: uow.connection.exec_driver_sql(
            "SELECT subtotal, tax_base, tax_amount, total FROM quotation WHERE id = ?", (saved.id,)
        ).all()
    )
    totals = app.read(quotations.shown, saved.id).priced.totals
    figures = (totals.subtotal, totals.tax_base, totals.tax, totals.total)
    assert tuple(D(each) / 10_000 for each in row) == figures
    assert figures == (D(49_650_000), D(45_512_500), D(5_461_500), D(55_111_500))


def test_saving_a_draft_raises_its_version(app: App) -> None:
    saved = a_quotation(app)
    changed = app.write(quotations.save, replace(saved, subject="Pumps"))
    assert changed.version == saved.version + 1
    assert app.read(quotations.show, saved.id).subject == "Pumps"


def test_saving_over_somebody_elses_change_is_refused_with_the_differences(app: App) -> None:
    saved = a_quotation(app)
    app.write(quotations.save, replace(saved, subject="theirs"))
    mine = saved.with_line(0, replace(saved.lines[0], quantity=D(7)))
    with pytest.raises(ConflictError) as caught:
        app.write(quotations.save, mine)
    assert caught.value.facts["differences"] == ("subject", "1.quantity")
    assert app.read(quotations.show, saved.id).subject == "theirs"


def test_a_sent_quotation_cannot_be_saved(app: App) -> None:
    sent = a_sent_quotation(app)
    with pytest.raises(DomainError, match="make a copy"):
        app.write(quotations.save, replace(sent, subject="late"))


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
    app: App, change: dict[str, object], field: str
) -> None:
    an_account(app, "OTHER")
    a_contact(app, "OTHER", "stranger")
    a_price_list(app, "Ringgit", "MYR")
    with pytest.raises(DomainError) as caught:
        app.write(quotations.new, replace(a_draft(app), **change))
    assert caught.value.field == field
    assert app.read(quotations.quotations_of, "ALFKI") == ()


def test_an_unknown_unit_is_refused_with_its_line(app: App) -> None:
    with pytest.raises(DomainError, match="Line 2: PUMP12 has no unit “drum”; it has unit, box"):
        a_quotation(app, an_item(), a_line(app, unit="drum"))


def test_a_box_counts_its_stock_units(app: App) -> None:
    saved = a_quotation(app, a_line(app, unit="box"))
    assert (saved.lines[0].factor, saved.lines[0].unit_price) == (D(12), D(58_680_000))


def test_a_product_without_a_price_in_the_currency_needs_one_typed(app: App) -> None:
    a_product(app, "USD1", currency="USD")
    with pytest.raises(DomainError, match="has no price in IDR"):
        a_sent_quotation(app, a_line(app, "USD1"))
    assert a_sent_quotation(app, a_line(app, "USD1", unit_price=D(5), pinned=True)).number


def test_sending_draws_a_number_and_freezes_the_party(app: App) -> None:
    draft = a_quotation(app)
    sent = app.write(quotations.send, draft.id)
    assert (sent.number, sent.state) == ("001/SPH/XI/2026", "sent")
    app.write(records.change, "account", "ALFKI", {"name": "Renamed"})
    assert app.read(quotations.document, sent.number).party.name == "Alfreds Futterkiste"


def test_a_sent_quotation_keeps_its_tax(app: App) -> None:
    sent = a_sent_quotation(app, an_item("100000"))
    app.write(records.change, "tax_rate", "ppn-standard-2025-01-01", {"rate": "24"})
    totals = app.read(quotations.shown, sent.number).priced.totals
    assert totals.tax == D(11_000)


def test_a_quotation_without_lines_is_not_sent(app: App) -> None:
    only_optional = a_quotation(app, a_line(app, optional=True))
    with pytest.raises(DomainError, match="no line to be sold"):
        app.write(quotations.send, only_optional.id)


def test_a_refused_sending_draws_no_number(app: App) -> None:
    empty = a_quotation(app, Line("note", description="x"))
    with pytest.raises(DomainError):
        app.write(quotations.send, empty.id)
    assert a_sent_quotation(app).number == "001/SPH/XI/2026"


def test_a_quotation_expires_by_itself_and_may_be_accepted_late(app: App) -> None:
    sent = a_sent_quotation(app)
    later(app, 31)
    assert app.read(quotations.show, sent.number).state == "expired"
    assert app.write(quotations.accept, sent.number).state == "accepted"
    assert app.read(quotations.shown, sent.number).decision_note == "2026-12-20 → 2026-12-21"


def test_an_outcome_is_never_overwritten_by_expiry(app: App) -> None:
    sent = a_sent_quotation(app)
    app.write(quotations.decline, sent.number, "too dear")
    later(app, 60)
    shown = app.read(quotations.shown, sent.number)
    assert (shown.draft.state, shown.decision_note) == ("declined", "too dear")


def test_a_draft_cannot_be_accepted(app: App) -> None:
    with pytest.raises(DomainError, match="Possible now: sent"):
        app.write(quotations.accept, a_quotation(app).id)


def test_accepting_makes_one_order_with_everything_frozen(app: App) -> None:
    sent = a_sent_quotation(
        app, a_line(app, quantity="10"), a_line(app, "FAN1", optional=True),
        discount_percent=D(3), reference="PO 7", terms="Loco",
    )  # fmt: skip
    app.write(quotations.accept, sent.number)
    order = app.write(quotations.order, sent.number)
    assert order.number == "001/SO/XI/2026"
    assert app.write(quotations.order, sent.number).id == order.id
    ours = app.read(orders.shown, order.number)
    theirs = app.read(quotations.shown, sent.number)
    assert ours.priced.totals == replace(theirs.priced.totals, optional=D(0))
    assert (ours.draft.terms, ours.draft.reference, ours.quotation) == ("Loco", "PO 7", sent.number)
    assert theirs.order == order.number


def test_an_acceptance_keeps_the_copy_they_signed_or_nothing_of_it(app: App) -> None:
    sent = a_sent_quotation(app)
    with pytest.raises(DomainError, match="is empty"):
        app.write(quotations.accept, sent.number, copy=("kosong.pdf", b""))
    assert app.read(quotations.show, sent.number).state == "sent"
    app.write(quotations.accept, sent.number, copy=("po.pdf", b"signed"))
    (kept,) = app.read(attachments.of_document, "quotation", sent.id or 0)
    assert (kept.name, kept.purpose) == ("po.pdf", "acceptance")


def test_ordering_accepts_a_sent_quotation(app: App) -> None:
    sent = a_sent_quotation(app)
    app.write(quotations.order, sent.number)
    assert app.read(quotations.show, sent.number).state == "accepted"


def test_a_failing_order_leaves_the_quotation_as_it_was(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = a_sent_quotation(app)

    def broken(*_args: object, **_kwargs: object) -> int:
        raise DomainError("no")

    monkeypatch.setattr("controllers.documents.stored.insert_lines", broken)
    with pytest.raises(DomainError):
        app.write(quotations.accept, sent.number)
    monkeypatch.undo()
    assert app.read(quotations.show, sent.number).state == "sent"
    assert app.write(quotations.order, sent.number).number == "001/SO/XI/2026"


def test_a_copy_is_dated_today_and_priced_anew(app: App) -> None:
    sent = a_sent_quotation(app, a_line(app))
    later(app, 40)
    app.write(records.change, "product", "PUMP12", {"list_price": D(6_000_000)})
    copied = app.write(quotations.copy, sent.number)
    assert (copied.number, copied.state, copied.date) == ("", "draft", dt.date(2026, 12, 30))
    assert copied.lines[0].unit_price == D(6_000_000)


def test_repricing_tells_what_it_would_change(app: App) -> None:
    draft = a_quotation(
        app, an_item(), a_line(app, unit_price=D(5), pinned=True, price_reason=BY_HAND)
    )
    (found,) = app.read(quotations.reprice, draft)
    assert (found.row, found.old_price, found.new_price) == (1, D(5), D(5_150_000))
    assert found.reason == "list_price"


def test_a_draft_is_found_by_its_id_as_text(app: App) -> None:
    draft = a_quotation(app)
    assert app.read(quotations.show, str(draft.id)).id == draft.id
    with pytest.raises(NotFoundError, match="no quotation “12345”"):
        app.read(quotations.show, "12345")


def test_last_prices_come_from_orders(app: App) -> None:
    sent = a_sent_quotation(app, a_line(app, unit_price=D(77), pinned=True))
    app.write(quotations.accept, sent.number)
    opened: drafting.Opened = app.read(drafting.opened, a_draft(app))
    product = opened.draft.lines[0].product or 0
    quoted = opened.book.last_quote(product)
    assert quoted is not None
    assert quoted.price == D(77)
    assert "2026-11-20" in quoted.reason


def test_what_was_frozen_is_plain_json(app: App) -> None:
    sent: Draft = a_sent_quotation(app)
    (text,) = app.read(
        lambda uow: uow.connection.exec_driver_sql(
            "SELECT frozen FROM quotation WHERE id = ?", (sent.id,)
        ).one()
    )
    kept = json.loads(text)
    assert kept["party"]["name"] == "Alfreds Futterkiste"
    assert kept["tax"]["base_numerator"] == 11
