"""What a person reads and writes with the own login, with whatever program."""

import pytest
from psycopg import errors

from models.storage.scopes import permission
from models.values.permissions import RIGHTS, Scope, may, scope
from tests.models.storage.people_of_every_role import EVERYBODY, ROLE_NAMES, reached
from tests.models.storage.rights.asking import Connection, SignIn, column

pytestmark = pytest.mark.slow

_ACCOUNTS_OF = {
    "account": "SELECT code FROM account WHERE code LIKE 'A-%'",
    "contact": "SELECT substr(code, 3) FROM contact WHERE code LIKE 'c-%'",
    "quotation": "SELECT a.code FROM quotation d JOIN account a ON a.id = d.account_id",
    "order": "SELECT a.code FROM sales_order d JOIN account a ON a.id = d.account_id",
}


@pytest.mark.parametrize("role", [*ROLE_NAMES, "loner"])
def test_a_person_sees_the_rows_of_the_scope_and_no_others(role: str, sign_in: SignIn) -> None:
    theirs = sign_in(role)
    declared = "account_manager" if role == "loner" else role
    for kind, statement in _ACCOUNTS_OF.items():
        reach = scope(declared, permission(kind, "see"))
        assert column(theirs, statement) == reached(role, reach), kind


def test_lines_archive_and_history_follow_their_records(
    sign_in: SignIn, superuser: Connection
) -> None:
    theirs = sign_in("account_manager")
    lines = column(theirs, "SELECT order_id FROM sales_order_line")
    assert lines == column(theirs, "SELECT id FROM sales_order")
    assert len(lines) == 3
    head = sign_in("sales_manager")
    history = column(head, "SELECT record_id FROM audit WHERE kind = 'account'")
    assert history == column(head, "SELECT id FROM account")
    assert len(column(superuser, "SELECT id FROM account")) > len(history)


@pytest.mark.parametrize("name", [each.name for each in EVERYBODY])
def test_reports_read_the_lines_that_the_policies_show(name: str, sign_in: SignIn) -> None:
    theirs = sign_in(name)
    shown, seen = "SELECT id FROM sales_order_line", "SELECT id FROM sales_order_line_seen"
    assert column(theirs, seen) == column(theirs, shown)


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_a_person_changes_the_rows_of_the_scope_and_no_others(role: str, sign_in: SignIn) -> None:
    theirs = sign_in(role)
    reach = scope(role, "customers.change")
    statement = "UPDATE account SET notes = 'x' WHERE code LIKE 'A-%' RETURNING code"
    if reach is Scope.NONE:
        with pytest.raises(errors.InsufficientPrivilege):
            theirs.execute(statement)
    else:
        assert column(theirs, statement) == reached(role, reach)


def test_nobody_gives_a_record_to_where_it_may_not_be_changed(sign_in: SignIn) -> None:
    theirs = sign_in("account_manager")
    with pytest.raises(errors.InsufficientPrivilege):
        theirs.execute(
            "UPDATE account SET owner_id = (SELECT id FROM person WHERE name = 'mate') "
            "WHERE code = 'A-MANAGER'"
        )


def test_nobody_writes_for_a_customer_who_is_not_seen(
    sign_in: SignIn, superuser: Connection
) -> None:
    (hidden,) = column(superuser, "SELECT id FROM account WHERE code = 'A-OTHER'")
    theirs = sign_in("account_manager")
    with pytest.raises(errors.InsufficientPrivilege):
        theirs.execute(
            "INSERT INTO quotation(account_id, date, currency, owner_id) "
            "VALUES (%s, '2026-01-01', 'IDR', my_owner())",
            (hidden,),
        )


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_cost_is_read_only_with_the_right(role: str, sign_in: SignIn) -> None:
    for wanted in ("costs FROM audit", "cost FROM product", "cost FROM quotation_line",
                   "cost FROM sales_order_line", "cost FROM sales_order_line_seen",
                   "cost_total FROM quotation", "cost_total FROM sales_order",
                   "formula FROM price"):  # fmt: skip
        theirs = sign_in(role)
        if may(role, "cost.see") and (may(role, "audit.see") or "audit" not in wanted):
            theirs.execute(f"SELECT {wanted}")  # type: ignore[arg-type]
        else:
            with pytest.raises(errors.InsufficientPrivilege):
                theirs.execute(f"SELECT {wanted}")  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ROLE_NAMES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'nobody'",
        "DELETE FROM audit",
        "INSERT INTO audit(tx, at, who, station, kind, record_id, action) "
        "VALUES (1, '', '', '', '', 1, 'insert')",
        "TRUNCATE audit",
        "UPDATE audit_seal SET hash = ''",
        "DELETE FROM audit_seal",
        "INSERT INTO audit_seal VALUES (1, 1, 1, 1, 1, '', '')",
        "UPDATE audit_head SET number = 0",
        "DELETE FROM audit_head",
        "DELETE FROM audit_pending",
        "INSERT INTO audit_pending VALUES (1, 1)",
        "DROP TRIGGER audit_seals ON audit_pending",
        "UPDATE number_series SET last = 0",
        "DELETE FROM number_series",
        "UPDATE product SET reserved = 0",
        "UPDATE account SET scope_team = 't:North'",
        "UPDATE archive SET content = ''",
        "DELETE FROM archive",
        "ALTER TABLE account DISABLE TRIGGER account_audit_update",
        "ALTER TABLE account DISABLE ROW LEVEL SECURITY",
        "SET session_replication_role = replica",
        "SET ROLE rights_owner",
        "CREATE TABLE saudagar.mine (id int)",
        "CREATE TABLE public.mine (id int)",
        "CREATE TEMP TABLE person (id int)",
        "SELECT sync_login('sales_support', 'administrator', false)",
    ],
)
def test_nobody_rewrites_what_happened_or_lifts_a_guard(
    role: str, statement: str, sign_in: SignIn
) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        sign_in(role).execute(statement)  # type: ignore[arg-type]


def test_only_who_may_change_people_makes_an_administrator(sign_in: SignIn) -> None:
    for role in ROLE_NAMES:
        theirs = sign_in(role)
        statement = "UPDATE person SET role = 'administrator' WHERE name = 'mate'"
        if RIGHTS["people.change"][role] is Scope.NONE:
            with pytest.raises(errors.InsufficientPrivilege):
                theirs.execute(statement)  # type: ignore[arg-type]
        else:
            theirs.execute(statement)  # type: ignore[arg-type]


# Records that change hands


def test_a_record_that_changes_hands_takes_its_contacts_and_documents_along(
    superuser: Connection,
) -> None:
    superuser.execute(
        "UPDATE account SET owner_id = (SELECT id FROM person WHERE name = 'other') "
        "WHERE code = 'A-NOBODY'"
    )
    moved = (
        "SELECT scope_team FROM {} WHERE account_id = (SELECT id FROM account WHERE code = '{}')"
    )
    for table in ("contact", "quotation", "sales_order"):
        assert column(superuser, moved.format(table, "A-NOBODY")) == {"t:South"}
    assert column(superuser, moved.format("contact", "A-MATE")) == {"t:North"}


def test_a_person_who_changes_team_takes_the_records_along_and_leaves_no_trace_in_them(
    superuser: Connection,
) -> None:
    (before,) = column(superuser, "SELECT count(*) FROM audit WHERE kind <> 'user'")
    superuser.execute("UPDATE person SET team = 'East', territory = 'Bali' WHERE name = 'mate'")
    found = superuser.execute(
        "SELECT a.scope_team, a.scope_territory, o.scope_team, o.scope_territory, c.scope_team "
        "FROM account a JOIN sales_order o ON o.account_id = a.id "
        "JOIN contact c ON c.account_id = a.id WHERE a.code = 'A-MATE'"
    ).fetchall()
    assert found == [("t:East", "t:Bali", "t:East", "t:Bali", "t:East")]
    assert column(superuser, "SELECT count(*) FROM audit WHERE kind <> 'user'") == {before}
