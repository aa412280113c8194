"""Nobody sends a quotation by SQL that the window would not let them send."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from psycopg import errors

from controllers.core.app import App
from controllers.documents import approvals, quotations, revisions
from models.values.documents import Draft
from models.values.errors import DomainError
from tests.builders import a_draft, a_line
from tests.models.storage.rights.asking import Connection, Person, SignIn

pytestmark = pytest.mark.slow

D = Decimal
_SEND = (
    "UPDATE quotation SET stored_state = 'sent', sent_at = '2026-11-20T00:00:00Z', frozen = '{}', "
    "number = 'by hand ' || id WHERE id = %s"
)


def a_quotation(app: App, discount: str = "15", **head: Any) -> Draft:
    draft = a_draft(app, a_line(app), account=head.pop("account", "A-MANAGER"), **head)
    return app.write(quotations.new, replace(draft, discount_percent=D(discount)))


def refuses(connection: Connection, statement: str, *values: Any) -> None:
    with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
        connection.execute(statement, values)  # type: ignore[arg-type]


def test_a_quotation_is_not_sent_by_sql_without_consent(person: Person, sign_in: SignIn) -> None:
    made = a_quotation(person("sales_support"))
    theirs = sign_in("sales_support")
    for state in ("sent", "accepted", "declined", "replaced"):
        refuses(theirs, _SEND.replace("'sent'", f"'{state}'", 1), made.id)
    theirs.execute("UPDATE quotation SET discount_percent = 100000 WHERE id = %s", (made.id,))
    theirs.execute(_SEND, (made.id,))


def test_with_consent_it_is_sent_and_every_role_sends_as_before(person: Person) -> None:
    made = a_quotation(person("sales_support"))
    person("sales_support").write(approvals.submit, made.id or 0)
    person("sales_manager").write(approvals.decide_all, made.id or 0, is_approved=True)
    assert person("sales_support").write(quotations.send, made.id or 0).state == "sent"


@pytest.mark.parametrize(
    ("role", "account"),
    [("account_manager", "A-MANAGER"), ("inside_sales", "A-INSIDE"), ("pre_sales", "A-MATE"),
     ("sales_manager", "A-MANAGER"), ("director", "A-OTHER"), ("administrator", "A-NOBODY")],
)  # fmt: skip
def test_every_role_that_writes_quotations_sends_them(
    role: str, account: str, person: Person
) -> None:
    made = a_quotation(person(role), "10", account=account)
    assert person(role).write(quotations.send, made.id or 0).number


def test_figures_written_beside_the_lines_count_for_nothing(
    person: Person, sign_in: SignIn
) -> None:
    made = a_quotation(person("sales_support"))
    theirs = sign_in("sales_support")
    theirs.execute("UPDATE quotation SET discount = 0, total = 1 WHERE id = %s", (made.id,))
    theirs.execute("UPDATE quotation_line SET net = 99 WHERE quotation_id = %s", (made.id,))
    refuses(theirs, _SEND, made.id)


def test_who_writes_costs_writes_none_of_goods(person: Person, sign_in: SignIn) -> None:
    made = a_quotation(person("pre_sales"))
    theirs = sign_in("pre_sales")
    statement = "UPDATE quotation_line SET cost = 1 WHERE quotation_id = %s RETURNING cost"
    assert theirs.execute(statement, (made.id,)).fetchall() == [(40_000_000_000,)]


def test_what_cannot_be_reckoned_or_sells_nothing_is_not_sent(
    person: Person, sign_in: SignIn
) -> None:
    made = a_quotation(person("sales_support"), "0")
    theirs = sign_in("sales_support")
    for wrong in ("quantity = -1", "kind = 'note'", "optional = TRUE"):
        with theirs.transaction(force_rollback=True):
            theirs.execute(f"UPDATE quotation_line SET {wrong} WHERE quotation_id = {made.id}")  # type: ignore[arg-type]
            refuses(theirs, _SEND, made.id)


def test_nothing_of_a_sent_quotation_is_changed(person: Person, sign_in: SignIn) -> None:
    made = a_quotation(person("sales_support"), "0")
    person("sales_support").write(quotations.send, made.id or 0)
    for role in ("sales_support", "director"):
        theirs = sign_in(role)
        for statement in (
            "UPDATE quotation SET discount_percent = 900000 WHERE id = %s",
            "UPDATE quotation SET total = 1 WHERE id = %s",
            "UPDATE quotation SET stored_state = 'draft' WHERE id = %s",
            "UPDATE quotation SET number = 'mine' WHERE id = %s",
            "UPDATE quotation SET frozen = '{}' WHERE id = %s",
            "UPDATE quotation_line SET unit_price = 1 WHERE quotation_id = %s",
            "UPDATE quotation_line SET quotation_id = 1 WHERE quotation_id = %s",
            "DELETE FROM quotation_line WHERE quotation_id = %s",
            "DELETE FROM quotation WHERE id = %s",
            "INSERT INTO quotation_line(quotation_id, position) VALUES (%s, 9)",
            "INSERT INTO proposal(quotation_id, changed_at, value) VALUES (%s, '', '{}')",
        ):
            refuses(theirs, statement, made.id)


def test_a_quotation_begins_as_a_draft(sign_in: SignIn) -> None:
    theirs = sign_in("account_manager")
    begun = (
        "INSERT INTO quotation(account_id, date, currency, owner_id, {}) SELECT id, '2026-01-01', "
        "'IDR', owner_id, {} FROM account WHERE code = 'A-MANAGER'"
    )
    refuses(theirs, begun.format("stored_state", "'sent'"))
    refuses(theirs, begun.format("stored_state", "'accepted'"))
    refuses(theirs, begun.format("frozen", "'{}'"))
    refuses(theirs, begun.format("number", "'QT-1'"))
    theirs.execute(begun.format("notes", "'x'"))


# Questions and answers

_ASK = (
    "INSERT INTO approval(quotation_id, account_id, rule_name, measure, threshold, approver_role, "
    "state{}) SELECT id, account_id, '{}', 'total', 0, 'sales_support', {} FROM quotation "
    "WHERE id = %s"
)


def test_who_asks_says_only_which_rule(person: Person, sign_in: SignIn) -> None:
    made = a_quotation(person("sales_support"))
    theirs = sign_in("sales_support")
    refuses(theirs, _ASK.format("", "No such rule", "'waiting'"), made.id)
    theirs.execute(
        _ASK.format(", asked_by, decided_by", "Big discount", "'approved', 'x', 'boss'"), (made.id,)
    )
    said = "state, asked_by, decided_by, measure, threshold, approver_role"
    found = theirs.execute(f"SELECT {said} FROM approval WHERE quotation_id = {made.id}").fetchall()
    assert found == [
        ("waiting", "sales_support", None, "discount_percent", 100_000, "sales_manager")
    ]
    refuses(theirs, _SEND, made.id)


def _asked(person: Person, by: str = "sales_support") -> tuple[int, int]:
    made = a_quotation(person(by), owner=by)
    (asked,) = person(by).write(approvals.submit, made.id or 0).approvals
    return made.id or 0, asked.id


_AGREE = "UPDATE approval SET state = 'approved' WHERE id = %s"


def test_only_who_is_named_answers_and_nobody_about_the_own(
    person: Person, sign_in: SignIn
) -> None:
    _quotation, question = _asked(person)
    for role in ("sales_support", "account_manager", "finance", "director"):
        refuses(sign_in(role), _AGREE, question)
    boss = sign_in("sales_manager")
    refuses(boss, _AGREE.replace("SET", "SET figure = 900000,"), question)
    boss.execute(_AGREE.replace("SET", "SET decided_by = 'x',"), (question,))
    ((answered,),) = boss.execute("SELECT decided_by FROM approval WHERE id = %s", (question,))
    assert answered == "sales_manager"
    _own, theirs = _asked(person, "sales_manager")
    refuses(sign_in("sales_manager"), _AGREE, theirs)


def test_an_answer_stands_and_is_not_taken_away(person: Person, sign_in: SignIn) -> None:
    quotation, question = _asked(person)
    person("sales_manager").write(approvals.decide_all, quotation, is_approved=False)
    boss = sign_in("sales_manager")
    refuses(boss, _AGREE, question)
    refuses(sign_in("sales_support"), "DELETE FROM approval WHERE id = %s", question)


def test_rules_are_changed_with_the_settings_alone(sign_in: SignIn) -> None:
    for role in ("sales_support", "sales_manager", "finance"):
        for statement in ("DELETE FROM approval_rule", "UPDATE approval_rule SET archived = TRUE",
                          "INSERT INTO approval_rule(name) VALUES ('x')"):  # fmt: skip
            refuses(sign_in(role), statement)


def test_who_does_not_decide_says_not_who_stands_in(person: Person, sign_in: SignIn) -> None:
    told = (
        "INSERT INTO delegation(person_id, delegate_id, since, until) "
        "SELECT my_owner(), id, '2000-01-01', '2999-01-01' FROM person WHERE name = 'finance'"
    )
    refuses(sign_in("sales_support"), told)
    _quotation, question = _asked(person)
    refuses(sign_in("finance"), _AGREE, question)
    day = dt.date(2000, 1, 1)
    person("sales_manager").write(approvals.delegate, "finance", day, dt.date(2999, 1, 1))
    sign_in("finance").execute(_AGREE, (question,))
    boss = sign_in("sales_manager")
    boss.execute("DELETE FROM delegation")
    boss.commit()


def test_a_revision_goes_its_way_for_who_may_not_import(person: Person) -> None:
    theirs = person("account_manager")
    draft = a_draft(theirs, a_line(theirs), account="A-MANAGER", contact="")
    sent = theirs.write(quotations.send, theirs.write(quotations.new, draft).id or 0)
    made = theirs.write(revisions.revise, sent.number)
    assert theirs.write(revisions.take_back, made.id or 0).state == "sent"
    again = theirs.write(revisions.revise, sent.number)
    theirs.write(quotations.save, replace(theirs.read(quotations.show, again.id or 0),
                                          discount_percent=D(50)))  # fmt: skip
    with pytest.raises(DomainError, match="needs approval first"):
        theirs.write(quotations.send, again.id or 0)
    assert theirs.write(quotations.accept, sent.number, revision=1).state == "accepted"


def test_a_proposal_is_written_as_far_as_its_quotation(person: Person, sign_in: SignIn) -> None:
    ours = a_quotation(person("account_manager"))
    mates = a_quotation(person("mate"), account="A-MATE")
    theirs = sign_in("account_manager")
    statement = "INSERT INTO proposal(quotation_id, changed_at, value) VALUES (%s, '', '{}')"
    refuses(theirs, statement, mates.id)
    assert theirs.execute(statement, (ours.id,)).rowcount == 1
