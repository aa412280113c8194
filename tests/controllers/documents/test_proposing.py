"""How proposals come about and go on: templates, what-if, alternatives, follow-ups, contracts."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import (
    contracts,
    follow_ups,
    orders,
    quotations,
    templates,
    what_if,
)
from controllers.system import timed
from models.values.documents import SECTION, Draft, Line
from models.values.errors import DomainError
from tests.builders import a_draft, a_line, a_sent_quotation, an_account, an_item

D = Decimal
DAY = dt.date(2026, 11, 20)


def saved(app: App, *lines: Line, **head: Any) -> Draft:
    return app.write(quotations.new, replace(a_draft(app, *lines), **head))


# Templates


def test_a_template_begins_a_quotation_with_the_customers_own_prices(app: App) -> None:
    source = saved(app, a_line(app, quantity="12"), subject="Pumps", discount_percent=D(3))
    app.write(templates.save, "Pumps", source.id or 0)
    an_account(app, "OTHER", currency="IDR")
    made = app.write(templates.start, "Pumps", "OTHER")
    assert (made.subject, made.discount_percent, made.account) == ("Pumps", 3, "OTHER")
    assert [(each.sku, each.quantity, each.unit_price) for each in made.lines] == [
        ("PUMP12", 12, 5_150_000)
    ]


def test_a_section_is_kept_alone_and_put_into_another_quotation(app: App) -> None:
    lines = (Line(SECTION, description="Service"), an_item(), Line(SECTION, description="Goods"),
             a_line(app))  # fmt: skip
    source = saved(app, *lines)
    app.write(templates.save, "Service", source.id or 0, "service")
    found = app.read(templates.lines, "Service", source)
    assert [each.kind for each in found] == ["section", "item"]


def test_a_section_that_is_not_there_is_named(app: App) -> None:
    source = saved(app, a_line(app))
    with pytest.raises(DomainError, match="has no section “Service”"):
        app.write(templates.save, "Service", source.id or 0, "Service")


def test_a_template_nobody_made_is_named(app: App) -> None:
    with pytest.raises(DomainError, match="There is no template “Pumps”"):
        app.write(templates.start, "Pumps", "ALFKI")


# What if


def test_what_if_says_margin_and_approval_and_writes_nothing(app: App) -> None:
    rule = {"name": "Discount", "measure": "discount_percent", "threshold": D(10)}
    app.write(records.create, "approval_rule", rule)
    source = app.read(quotations.show, saved(app, a_line(app, quantity="12")).id or 0)
    answer = app.read(what_if.with_values, source.id or 0, {"discount_percent": "15"})
    assert [each.rule.name for each in answer.needed] == ["Discount"]
    before, after = (each.totals.margin_percent for each in (answer.before, answer.after))
    assert before is not None
    assert after is not None
    assert after < before
    assert app.read(quotations.show, source.id or 0) == source


# Alternatives and options


def good_and_best(app: App) -> Draft:
    good = replace(a_line(app, "FAN1", "1"), alternative="Good")
    best = replace(a_line(app, "PUMP12", "1"), alternative="Best", optional=True)
    return a_sent_quotation(app, an_item(), good, best)


def test_the_recommended_alternative_counts(app: App) -> None:
    sent = good_and_best(app)
    order = app.write(quotations.order, sent.number)
    assert [each.sku for each in order.lines] == ["", "FAN1"]


def test_the_chosen_alternative_becomes_the_order(app: App) -> None:
    sent = good_and_best(app)
    app.write(quotations.accept, sent.number, alternative="best")
    order = app.write(quotations.order, sent.number)
    assert [each.sku for each in order.lines] == ["", "PUMP12"]


def test_an_alternative_that_is_not_offered_is_refused(app: App) -> None:
    sent = good_and_best(app)
    with pytest.raises(DomainError, match="no alternative “Better”; it has Good, Best"):
        app.write(quotations.accept, sent.number, alternative="Better")
    assert app.read(quotations.show, sent.number).state == "sent"


def test_optional_lines_the_customer_takes_are_ordered(app: App) -> None:
    option = replace(a_line(app, "FAN1", "2"), optional=True)
    sent = a_sent_quotation(app, a_line(app), option)
    app.write(quotations.accept, sent.number, options=[2], by="Maria", how="signed")
    order = app.write(quotations.order, sent.number)
    assert [each.sku for each in order.lines] == ["PUMP12", "FAN1"]
    shown = app.read(orders.shown, order.number)
    assert shown.priced.totals.subtotal == shown.priced.lines[0].amount + 2_000_000


def test_a_line_that_is_not_optional_is_no_option(app: App) -> None:
    sent = a_sent_quotation(app, a_line(app))
    with pytest.raises(DomainError, match="is not optional; there are –"):
        app.write(quotations.accept, sent.number, options=[1])


# Follow-ups


def days(app: App) -> list[tuple[str, str]]:
    rows = app.database.fetch("SELECT due, reason FROM follow_up WHERE done_at IS NULL ORDER BY 1")
    return [(due, reason) for due, reason in rows]


def test_a_sent_quotation_is_followed_up_by_itself(app: App) -> None:
    sent = a_sent_quotation(app, a_line(app))
    until = (sent.valid_until or DAY) - dt.timedelta(3)
    assert days(app) == [("2026-11-27", "after_sending"), (until.isoformat(), "before_expiry")]


def test_a_decision_ends_what_was_to_be_followed_up(app: App) -> None:
    sent = a_sent_quotation(app, a_line(app))
    app.write(quotations.decline, sent.number, lost="price")
    assert days(app) == []


def test_what_is_due_is_listed_until_it_is_done(app: App) -> None:
    sent = a_sent_quotation(app, a_line(app))
    key = app.write(follow_ups.add, sent.number, DAY, "ask Maria")
    assert [row["id"] for row in app.read(follow_ups.due)] == [key]
    app.write(follow_ups.done, key, "will decide on Monday")
    assert app.read(follow_ups.due) == []
    with pytest.raises(DomainError, match="followed up already"):
        app.write(follow_ups.done, key)


# Contracts


def a_contract(app: App, **values: Any) -> str:
    sent = a_sent_quotation(app, a_line(app, quantity="12"))
    plain = {
        "number": "CT-1", "name": "Maintenance", "account": "ALFKI", "source": sent.number,
        "starts": "2026-01-01", "ends": "2026-12-31", "escalation_percent": D("2.5"),
    }  # fmt: skip
    return app.write(records.create, "contract", plain | values).key


def test_a_renewal_is_quoted_in_time_at_a_higher_price(app: App) -> None:
    a_contract(app)
    (done,) = [each for each in timed.run_once(app) if each.job == "contracts"]
    assert done.answer == {"renewals": 1, "orders": 0}
    renewal = app.read(records.show, "contract", "CT-1").titles.get("renewal", "")
    assert renewal is not None
    (row,) = app.database.fetch("SELECT unit_price FROM quotation_line ORDER BY id DESC LIMIT 1")
    assert row[0] == 5_012_250 * 10_000
    assert app.write(contracts.run) == {"renewals": 0, "orders": 0}


def test_a_recurring_order_moves_on_by_a_month(app: App) -> None:
    a_contract(app, every="month", next_on="2026-10-31", ends=None)
    order = app.write(contracts.order_now, "CT-1")
    assert (order.state, order.lines[0].quantity) == ("draft", 12)
    moved = app.read(records.show, "contract", "CT-1").values["next_on"]
    assert moved == dt.date(2026, 11, 30)


def test_a_contract_without_a_rhythm_has_no_recurring_order(app: App) -> None:
    a_contract(app)
    with pytest.raises(DomainError, match="has no recurring order"):
        app.write(contracts.order_now, "CT-1")
