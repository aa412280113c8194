"""Quotations as scripts write and read them."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from controllers.core.app import App
from controllers.documents import orders, quotations
from controllers.documents.quotation_json import answer, change, read_draft
from models.values.errors import ConflictError, DomainError
from tests.builders import (
    a_contact,
    a_line,
    a_price,
    a_price_list,
    a_quotation,
    a_sent_quotation,
    an_account,
)

CONTRACT: dict[str, Any] = {
    "account": "ALFKI", "contact": "maria@alfki.example", "opportunity": None,
    "date": "2026-11-21", "valid_until": "2026-12-21", "currency": "IDR", "price_list": "Dealers",
    "language": "id", "tax": "ppn", "discount_percent": "2",
    "lines": [
        {"section": "Printers"},
        {"product": "PUMP12", "quantity": "12", "unit": "unit", "unit_price": "4890000",
         "discount_percent": "5"},
        {"product": "FAN1", "quantity": "3", "optional": True},
        {"description": "Installation on site", "quantity": "1", "unit_price": "750000"},
        {"note": "Stock does not bind."},
    ],
}  # fmt: skip


def made(app: App, values: dict[str, Any]) -> dict[str, Any]:
    draft = app.read(read_draft, values)
    saved = app.write(quotations.new, draft)
    shown = app.read(quotations.shown, saved.id)
    return dict(app.read(answer, shown))


def test_the_contract_is_read_and_answered(app: App) -> None:
    said = made(app, CONTRACT)
    for name in ("account", "contact", "date", "valid_until", "currency", "price_list", "tax"):
        assert said[name] == CONTRACT[name]
    assert (said["number"], said["revision"], said["state"]) == (None, 1, "draft")
    figures = ("subtotal", "discount", "tax_base", "rounding", "total", "optional")
    assert [said[name] for name in figures] == [
        "56496000.00", "1129920.00", "50752240.00", "0.00", "61456349.00", "3000000.00",
    ]  # fmt: skip
    assert said["taxes"] == [
        {"name": "PPN", "rate": "12", "base": "50752240.00", "amount": "6090269.00"}
    ]
    assert said["total_in_words"].startswith("Enam puluh satu juta empat ratus lima puluh enam")
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"valid_to": dt.date(2026, 10, 31)}, "Dealers: 900 000 was valid until 2026-10-31"),
        ({"valid_from": dt.date(2027, 1, 1)}, "Dealers: 900 000 is valid from 2027-01-01"),
    ],
)
def test_a_price_that_does_not_hold_on_the_day_is_told(
    app: App, days: dict[str, Any], told: str
) -> None:
    a_price(app, product="FAN1", price=Decimal(900_000), **days)
    wanted = [{"product": "FAN1"}, {"product": "FAN1", "unit_price": "900000"}]
    listed, typed = made(app, CONTRACT | {"lines": wanted})["lines"]
    assert (listed["unit_price"], listed["price_reason"]) == ("1000000.00", f"list price; {told}")
    assert (typed["unit_price"], typed["price_reason"]) == ("900000.00", f"set by hand; {told}")


def test_each_line_tells_its_amount_and_why_it_costs_that(app: App) -> None:
    section, pump, fan, item, note = made(app, CONTRACT)["lines"]
    assert section == {"section": "Printers", "amount": "56496000.00"}
    assert (pump["amount"], pump["price_reason"]) == (
        "55746000.00", "Dealers, from 10: 4 890 000",
    )  # fmt: skip
    assert (fan["unit_price"], fan["price_reason"]) == ("1000000.00", "list price")
    assert fan["optional"] is True
    assert (item["description"], item["price_reason"]) == ("Installation on site", "set by hand")
    assert note == {"note": "Stock does not bind."}


def test_what_is_answered_can_be_given_back(app: App) -> None:
    said = made(app, CONTRACT)
    again = made(app, said)
    assert {**again, "id": said["id"]} == said


def test_an_account_alone_is_enough(app: App) -> None:
    said = made(app, {"account": "ALFKI"})
    assert (said["date"], said["price_list"], said["total"]) == ("2026-11-20", "Dealers", "0.00")


def test_another_currency_leaves_the_price_list_out(app: App) -> None:
    said = made(app, {"account": "ALFKI", "currency": "MYR", "tax": "none", "language": "ms"})
    assert (said["currency"], said["price_list"]) == ("MYR", None)


def test_a_given_price_list_decides_the_currency(app: App) -> None:
    a_price_list(app, "Ringgit", "MYR")
    said = made(app, {"account": "ALFKI", "price_list": "Ringgit"})
    assert (said["currency"], said["price_list"]) == ("MYR", "Ringgit")


def test_a_price_given_by_hand_stays(app: App) -> None:
    line = {"product": "PUMP12", "quantity": "12", "unit_price": "1"}
    (said,) = made(app, {"account": "ALFKI", "lines": [line]})["lines"]
    assert (said["unit_price"], said["price_reason"]) == ("1.00", "set by hand")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"colour": "red"}, "colour", "“colour” is no field of it; there are account"),
        ({"lines": [{"product": "PUMP12", "qty": 1}]}, "qty", r"lines\[1\]: “qty” is no field"),
        ({"lines": [{"product": "NOPE"}]}, "product", "Line 1: there is no product “NOPE”"),
        ({"lines": [{"quantity": "1"}]}, "product", "Line 1: name a product"),
        ({"lines": [{"note": "x"}, {"product": "PUMP12", "quantity": "x"}]}, "quantity", "Line 2"),
        ({"lines": [{"product": "PUMP12", "unit": "drum"}]}, "unit", "unit, box"),
        ({"lines": "none"}, "lines", "list of objects"),
        ({"account": "NOBODY"}, "account", "no customer “NOBODY”"),
        ({"contact": "x@y.example"}, "contact", "no contact “x@y.example” at ALFKI"),
        ({"contact": "stranger"}, "contact", "stranger is no contact of ALFKI"),
        ({"tax": "vat"}, "tax", "no tax “vat”"),
        ({"date": "21/11/2026"}, "date", "no date"),
        ({"valid_until": "2026-11-20"}, "valid_until", "lies before the date"),
        ({"opportunity": "O-1"}, "opportunity", "cannot be kept yet"),
        ({"discount_percent": "NaN"}, "discount_percent", "beyond"),
    ],
)
def test_what_is_wrong_is_named(app: App, change: dict[str, Any], field: str, words: str) -> None:
    an_account(app, "OTHER")
    a_contact(app, "OTHER", "stranger")
    with pytest.raises(DomainError, match=words) as caught:
        made(app, CONTRACT | change)
    assert caught.value.field == field


def test_an_order_answers_the_quotation_it_came_from(app: App) -> None:
    draft = app.write(quotations.new, app.read(read_draft, CONTRACT))
    sent = app.write(quotations.send, draft.id)
    order = app.write(quotations.order, sent.number)
    said = app.read(answer, app.read(orders.shown, order.number))
    assert (said["quotation"], said["state"]) == ("001/SPH/XI/2026", "draft")
    assert [line.get("product") for line in said["lines"]] == [None, "PUMP12", None, None]
    assert said["total"] == "61456349.00"


def test_a_draft_is_changed_by_what_is_given_and_keeps_the_rest(app: App) -> None:
    draft = a_quotation(app, a_line(app, quantity="2"), subject="Pumps")
    changed = app.write(change, draft.id or 0, {"reference": "PO 7"})
    assert (changed.subject, changed.reference, changed.lines[0].quantity) == (
        "Pumps",
        "PO 7",
        Decimal(2),
    )
    lines = [{"product": "FAN1", "quantity": "3"}]
    changed = app.write(change, draft.id or 0, {"lines": lines})
    assert [(line.sku, line.quantity) for line in changed.lines] == [("FAN1", Decimal(3))]
    assert changed.reference == "PO 7"


def test_an_old_version_of_a_draft_changes_nothing(app: App) -> None:
    draft = a_quotation(app)
    app.write(change, draft.id or 0, {"reference": "PO 7"})
    with pytest.raises(ConflictError):
        app.write(change, draft.id or 0, {"reference": "PO 8", "version": 1})


def test_a_sent_quotation_is_not_changed(app: App) -> None:
    sent = a_sent_quotation(app)
    with pytest.raises(DomainError, match="can no longer be changed"):
        app.write(change, sent.number, {"reference": "PO 7"})
