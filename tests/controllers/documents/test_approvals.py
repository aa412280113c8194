"""Approvals on a real database: who is asked, who may decide, and when it is asked again."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import approvals, quotations
from models.values.documents import Draft
from models.values.errors import DomainError
from tests.builders import a_draft, a_line

D = Decimal


def a_rule(app: App, name: str = "Big discount", **values: Any) -> None:
    plain = {"name": name, "measure": "discount_percent", "threshold": D(10)}
    app.write(records.create, "approval_rule", plain | values)


def a_quotation(app: App, discount: str = "15", **head: Any) -> Draft:
    draft = replace(a_draft(app, a_line(app)), discount_percent=D(discount), **head)
    draft = replace(draft, owner=_known(app, "sari"))
    return app.write(quotations.new, draft)


def _known(app: App, name: str) -> str:
    return name if app.listing.lookup("user", name) else ""


@pytest.fixture
def boss(app: App) -> App:
    """The same database, worked on by the manager of the team."""
    app.write(records.create, "user", {"name": "sari", "team": "North", "role": "administrator"})
    app.write(records.create, "user", {"name": "boss", "role": "sales_manager", "team": "North"})

    return app


def as_boss(app: App, work: Any, *args: Any, **kwargs: Any) -> Any:
    user = app.user
    app.user = "boss"
    try:
        return app.write(work, *args, **kwargs)
    finally:
        app.user = user


def test_without_a_rule_nothing_is_asked(app: App) -> None:
    made = a_quotation(app)
    assert app.read(approvals.standing, made.id or 0).state == "none"
    assert app.write(quotations.send, made.id or 0).state == "sent"


def test_what_falls_under_a_rule_is_not_sent_before_somebody_agreed(app: App) -> None:
    a_rule(app)
    made = a_quotation(app)
    with pytest.raises(DomainError, match=r"needs approval first \(Big discount\)"):
        app.write(quotations.send, made.id or 0)
    asked = app.write(approvals.submit, made.id or 0)
    assert (asked.state, asked.approvals[0].figure) == ("waiting", 15)
    assert asked.approvals[0].who == "Sales manager"


@pytest.mark.parametrize(
    "rule",
    [{"measure": "margin_percent", "threshold": D(30)}, {"measure": "total", "threshold": D(100)},
     {"measure": "payment_days", "threshold": D(14)}],
)  # fmt: skip
def test_every_measure_is_measured(app: App, rule: dict[str, Any]) -> None:
    a_rule(app, **rule)
    made = a_quotation(app, "0", payment_term="net30")
    (hit,) = app.read(approvals.standing, made.id or 0).open
    assert hit.rule.measure == rule["measure"]


def test_a_rule_for_another_team_asks_nothing(app: App) -> None:
    a_rule(app, team="South")
    made = a_quotation(app)
    assert app.read(approvals.standing, made.id or 0).open == ()


# Who decides; on a file, where one program plays both


@pytest.fixture
def engine() -> str:
    return "sqlite"


def test_the_manager_agrees_and_it_is_sent(boss: App) -> None:
    a_rule(boss)
    made = a_quotation(boss)
    boss.write(approvals.submit, made.id or 0)
    decided = as_boss(boss, approvals.decide_all, made.id or 0, is_approved=True, comment="ok")
    assert (decided.state, decided.approvals[0].decided_by) == ("approved", "boss")
    assert boss.write(quotations.send, made.id or 0).state == "sent"


def test_who_sees_no_cost_sends_what_was_approved(boss: App) -> None:
    a_rule(boss)
    a_rule(boss, "Thin margin", measure="margin_percent", threshold=D(90))
    made = a_quotation(boss)
    boss.write(approvals.submit, made.id or 0)
    as_boss(boss, approvals.decide_all, made.id or 0, is_approved=True)
    boss.write(records.create, "user", {"name": "dewi", "role": "sales_support"})
    boss.user = "dewi"
    assert boss.write(quotations.send, made.id or 0).state == "sent"


def test_a_refusal_keeps_it_from_being_sent(boss: App) -> None:
    a_rule(boss)
    made = a_quotation(boss)
    boss.write(approvals.submit, made.id or 0)
    decided = as_boss(boss, approvals.decide_all, made.id or 0, is_approved=False, comment="no")
    assert decided.state == "refused"
    with pytest.raises(DomainError, match="needs approval first"):
        boss.write(quotations.send, made.id or 0)


@pytest.mark.parametrize(("discount", "state"), [("12", "approved"), ("15.01", "needed")])
def test_it_is_asked_again_only_where_the_figure_is_worse(
    boss: App, discount: str, state: str
) -> None:
    a_rule(boss)
    made = a_quotation(boss)
    boss.write(approvals.submit, made.id or 0)
    as_boss(boss, approvals.decide_all, made.id or 0, is_approved=True)
    stored = boss.read(quotations.show, made.id or 0)
    boss.write(quotations.save, replace(stored, discount_percent=D(discount), subject="new"))
    found = boss.read(approvals.standing, made.id or 0)
    assert bool(found.open) == (state == "needed")


def test_levels_are_decided_in_their_order(boss: App) -> None:
    a_rule(boss)
    a_rule(boss, "Very big discount", threshold=D(12), level=2, approver_role="director")
    made = a_quotation(boss)
    asked = boss.write(approvals.submit, made.id or 0)
    boss.write(records.create, "user", {"name": "chief", "role": "director"})
    boss.user, ours = "chief", boss.user
    second = next(each.id for each in asked.approvals if each.level == 2)
    with pytest.raises(DomainError, match="Big discount is to be decided before"):
        boss.write(approvals.decide, second, is_approved=True)
    boss.user = ours


def test_nobody_decides_about_their_own(boss: App) -> None:
    a_rule(boss)
    made = a_quotation(boss)
    as_boss(boss, approvals.submit, made.id or 0)
    with pytest.raises(DomainError, match="quotation of their own"):
        as_boss(boss, approvals.decide_all, made.id or 0, is_approved=True)


def test_somebody_stands_in_for_the_manager(boss: App) -> None:
    boss.write(records.create, "user", {"name": "deputy", "role": "finance"})
    a_rule(boss)
    made = a_quotation(boss)
    boss.write(approvals.submit, made.id or 0)
    day = dt.date(2026, 11, 20)
    as_boss(boss, approvals.delegate, "deputy", day, day)
    boss.user = "deputy"
    assert [each.rule for each in boss.read(approvals.waiting_for_me)] == ["Big discount"]
    assert boss.write(approvals.decide_all, made.id or 0, is_approved=True).state == "approved"


def test_a_question_asked_again_is_about_the_figures_of_now(boss: App) -> None:
    a_rule(boss)
    made = a_quotation(boss)
    boss.write(approvals.submit, made.id or 0)
    stored = boss.read(quotations.show, made.id or 0)
    boss.write(quotations.save, replace(stored, discount_percent=D(20)))
    again = boss.write(approvals.submit, made.id or 0)
    assert [each.figure for each in again.approvals] == [20]
