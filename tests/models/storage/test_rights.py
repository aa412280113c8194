"""Rights on the shared database hold for whoever signs in, with whatever program."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg import errors

from controllers.core.app import App
from models.storage import schema
from models.storage.database import open_database
from models.storage.postgres import rights
from models.storage.postgres.groups import Groups
from models.storage.postgres.guards import GUARDS, MINE, Guard, roles_with
from models.storage.scopes import SCOPED, permission
from models.values.permissions import RIGHTS, Scope, change, may, scope
from tests.conftest import NOW
from tests.models.storage.people_of_every_role import (
    ACCOUNTS,
    EVERYBODY,
    PASSWORD,
    ROLE_NAMES,
    fill,
    reached,
    remove,
)
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.slow

GROUPS = Groups("rights")
COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")
Connection = psycopg.Connection[Any]
_OPTIONS = "-c search_path=saudagar -c lock_timeout=3s"
SignIn = Callable[[str], Connection]


@pytest.fixture(scope="module")
def desk(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A server with the database ``rights``, filled once; what a test does is taken back."""
    url = postgres.url("rights")
    schema.create(url).close()
    app = App(open_database(url), "sari", lambda: NOW)
    fill(app)
    app.close()
    yield postgres
    remove(postgres, "rights")


@pytest.fixture
def superuser(desk: PostgresServer) -> Iterator[Connection]:
    with psycopg.connect(desk.url("rights"), options=_OPTIONS) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def sign_in(desk: PostgresServer) -> Iterator[SignIn]:
    """Open a connection as any client would, with a person's own login."""
    opened: list[Connection] = []

    def connect(name: str) -> Connection:
        url = desk.url("rights", name, PASSWORD.replace(" ", "%20"))
        opened.append(psycopg.connect(url, options=_OPTIONS))
        return opened[-1]

    yield connect
    for each in opened:
        each.rollback()
        each.close()


def _column(connection: Connection, statement: str) -> set[Any]:
    return {row[0] for row in connection.execute(statement)}  # type: ignore[call-overload]


# The declared table and what the server has of it


def test_grants_are_what_the_table_declares(superuser: Connection) -> None:
    found = {
        (table, command, role)
        for role in ROLE_NAMES
        for table, command in superuser.execute(
            "SELECT table_name, privilege_type FROM information_schema.table_privileges "
            "WHERE grantee = %s UNION SELECT table_name, privilege_type "
            "FROM information_schema.column_privileges WHERE grantee = %s",
            (GROUPS.role(role),) * 2,
        )
    }
    declared = {
        (guard.table, command, role)
        for guard in GUARDS
        for command in COMMANDS
        if command == "SELECT" or command in guard.commands
        for role in roles_with(guard.asks(command))
    }
    assert found == declared


def test_nobody_has_a_right_but_through_a_role(superuser: Connection) -> None:
    stray = superuser.execute(
        "SELECT c.relname, a.grantee::regrole::text, a.privilege_type FROM pg_class c, "
        "aclexplode(c.relacl) a WHERE relnamespace = 'saudagar'::regnamespace AND relkind = 'r' "
        "AND a.grantee::regrole::text = ANY(%s)",
        (["-", GROUPS.member],),
    ).fetchall()
    assert {table for table, _grantee, _right in stray} == {"saved_view", "delegation"}
    functions = superuser.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'saudagar'::regnamespace "
        "AND has_function_privilege('public', oid, 'EXECUTE')"
    ).fetchall()
    assert functions == []


def test_functions_are_called_by_those_with_their_permission(superuser: Connection) -> None:
    for function, needed in rights.CALLED.items():
        for role in ROLE_NAMES:
            ((allowed,),) = superuser.execute(
                "SELECT has_function_privilege(%s, %s, 'EXECUTE')",
                (GROUPS.role(role), f"saudagar.{function}"),
            )
            assert allowed == (role in roles_with(needed)), (function, role)


def test_functions_that_run_as_the_owner_keep_to_our_schema(superuser: Connection) -> None:
    loose = superuser.execute(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'saudagar'::regnamespace AND prosecdef "
        "AND NOT coalesce(proconfig @> ARRAY['search_path=saudagar, pg_temp'], false)"
    ).fetchall()
    assert loose == []


def _declared_policies(guard: Guard) -> set[tuple[str, str, Scope]]:
    seen = {("SELECT", role, each) for role, each in roles_with(guard.see).items()}
    return seen | {
        (command, role, each)
        for command in guard.commands
        for role, each in roles_with(guard.asks(command)).items()
    }


def test_policies_are_what_the_table_declares(superuser: Connection) -> None:
    for guard in GUARDS:
        rows = superuser.execute(
            "SELECT policyname, cmd, roles, qual, with_check FROM pg_policies "
            "WHERE tablename = %s AND permissive = 'PERMISSIVE'",
            (guard.table,),
        ).fetchall()
        found = set()
        for name, command, roles, *conditions in rows:
            reach = Scope(name.rpartition("_")[2])
            for condition in filter(None, conditions):
                own = MINE.get(reach, "").removeprefix("(SELECT ").removesuffix(")")
                assert (condition == "true") == (reach is Scope.ALL)
                assert guard.follows in ("who", "import") or own in condition
            found |= {(command, role.removeprefix("rights_"), reach) for role in roles}
        assert found == (_declared_policies(guard) if guard.follows else set()), guard.table


def test_every_table_of_customers_data_has_row_security(superuser: Connection) -> None:
    secured = _column(superuser, "SELECT relname FROM pg_class WHERE relrowsecurity")
    assert secured == {
        "account", "contact", "quotation", "quotation_line", "sales_order", "sales_order_line",
        "archive", "outbox", "audit", "import_run", "import_row", "saved_view", "attachment",
        "proposal",
        "delivery", "delivery_line", "invoice", "invoice_line", "payment", "payment_line",
        "approval", "follow_up", "contract", "delegation",
    }  # fmt: skip


def test_who_sees_the_history_of_records_sees_the_records_as_far() -> None:
    for role in ROLE_NAMES:
        history = scope(role, "audit.see")
        for records in ("customers.see", "documents.see"):
            assert history in (Scope.NONE, scope(role, records)) or scope(role, records) in (
                Scope.ALL, Scope.TEAM)  # fmt: skip
    assert all(may(role, "cost.see") for role in roles_with("catalogue.change"))


# What a person reads and writes with the own login

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
        assert _column(theirs, statement) == reached(role, reach), kind


def test_lines_archive_and_history_follow_their_records(
    sign_in: SignIn, superuser: Connection
) -> None:
    theirs = sign_in("account_manager")
    lines = _column(theirs, "SELECT order_id FROM sales_order_line")
    assert lines == _column(theirs, "SELECT id FROM sales_order")
    assert len(lines) == 3
    head = sign_in("sales_manager")
    history = _column(head, "SELECT record_id FROM audit WHERE kind = 'account'")
    assert history == _column(head, "SELECT id FROM account")
    assert len(_column(superuser, "SELECT id FROM account")) > len(history)


@pytest.mark.parametrize("name", [each.name for each in EVERYBODY])
def test_reports_read_the_lines_that_the_policies_show(name: str, sign_in: SignIn) -> None:
    theirs = sign_in(name)
    shown, seen = "SELECT id FROM sales_order_line", "SELECT id FROM sales_order_line_seen"
    assert _column(theirs, seen) == _column(theirs, shown)


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_a_person_changes_the_rows_of_the_scope_and_no_others(role: str, sign_in: SignIn) -> None:
    theirs = sign_in(role)
    reach = scope(role, "customers.change")
    statement = "UPDATE account SET notes = 'x' WHERE code LIKE 'A-%' RETURNING code"
    if reach is Scope.NONE:
        with pytest.raises(errors.InsufficientPrivilege):
            theirs.execute(statement)
    else:
        assert _column(theirs, statement) == reached(role, reach)


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
    (hidden,) = _column(superuser, "SELECT id FROM account WHERE code = 'A-OTHER'")
    theirs = sign_in("account_manager")
    with pytest.raises(errors.InsufficientPrivilege):
        theirs.execute(
            "INSERT INTO quotation(account_id, date, currency, owner_id) "
            "VALUES (%s, '2026-01-01', 'IDR', my_owner())",
            (hidden,),
        )


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_cost_is_read_only_with_the_right(role: str, sign_in: SignIn) -> None:
    for column in ("costs FROM audit", "cost FROM product", "cost FROM quotation_line",
                   "cost FROM sales_order_line", "cost FROM sales_order_line_seen",
                   "cost_total FROM quotation", "cost_total FROM sales_order",
                   "formula FROM price"):  # fmt: skip
        theirs = sign_in(role)
        if may(role, "cost.see") and (may(role, "audit.see") or "audit" not in column):
            theirs.execute(f"SELECT {column}")  # type: ignore[arg-type]
        else:
            with pytest.raises(errors.InsufficientPrivilege):
                theirs.execute(f"SELECT {column}")  # type: ignore[arg-type]


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
        assert _column(superuser, moved.format(table, "A-NOBODY")) == {"t:South"}
    assert _column(superuser, moved.format("contact", "A-MATE")) == {"t:North"}


def test_a_person_who_changes_team_takes_the_records_along_and_leaves_no_trace_in_them(
    superuser: Connection,
) -> None:
    (before,) = _column(superuser, "SELECT count(*) FROM audit WHERE kind <> 'user'")
    superuser.execute("UPDATE person SET team = 'East', territory = 'Bali' WHERE name = 'mate'")
    found = superuser.execute(
        "SELECT a.scope_team, a.scope_territory, o.scope_team, o.scope_territory, c.scope_team "
        "FROM account a JOIN sales_order o ON o.account_id = a.id "
        "JOIN contact c ON c.account_id = a.id WHERE a.code = 'A-MATE'"
    ).fetchall()
    assert found == [("t:East", "t:Bali", "t:East", "t:Bali", "t:East")]
    assert _column(superuser, "SELECT count(*) FROM audit WHERE kind <> 'user'") == {before}


def test_making_the_rights_anew_changes_nothing(superuser: Connection) -> None:
    owned = "SELECT code, scope_owner, scope_team, scope_territory FROM account ORDER BY id"
    policies = "SELECT * FROM pg_policies ORDER BY tablename, policyname"
    before = [superuser.execute(each).fetchall() for each in (owned, policies)]  # type: ignore[call-overload]
    superuser.execute("SET LOCAL ROLE rights_owner")
    for statement in rights.statements(GROUPS):
        superuser.execute(statement)  # type: ignore[call-overload]
    after = [superuser.execute(each).fetchall() for each in (owned, policies)]  # type: ignore[call-overload]
    assert before == after
    assert len(before[0]) == len(ACCOUNTS) + 1


# Functions


def test_a_number_is_drawn_by_who_writes_documents(sign_in: SignIn) -> None:
    theirs = sign_in("account_manager")
    first, second = (
        theirs.execute("SELECT draw_number('quotation', '2031')").fetchone() for _ in range(2)
    )
    assert (first, second) == ((1,), (2,))
    with pytest.raises(errors.CheckViolation):
        theirs.execute("SELECT draw_number('anything', '2031')")


def test_stock_is_held_for_all_products_or_for_none(sign_in: SignIn, superuser: Connection) -> None:
    pump, fan = (row[0] for row in superuser.execute("SELECT id FROM product ORDER BY id"))
    theirs = sign_in("account_manager")
    theirs.execute("SELECT hold_stock(%s::int[], %s::bigint[])", ([pump], [20_000]))
    with pytest.raises(errors.CheckViolation), theirs.transaction():
        theirs.execute(
            "SELECT hold_stock(%s::int[], %s::bigint[])", ([pump, fan], [10_000, 10_000_000])
        )
    assert _column(theirs, "SELECT reserved FROM product WHERE sku = 'PUMP12'") == {20_000}


def test_a_line_written_without_the_right_has_its_cost_and_the_head_its_sum(
    sign_in: SignIn,
) -> None:
    theirs = sign_in("sales_support")
    theirs.execute("SET CONSTRAINTS ALL DEFERRED")
    (head,) = _column(
        theirs,
        "INSERT INTO quotation(account_id, date, currency) SELECT id, '2026-01-01', 'IDR' "
        "FROM account WHERE code = 'A-OTHER' RETURNING id",
    )
    theirs.execute(
        "INSERT INTO quotation_line(quotation_id, position, product_id, quantity, kind) "
        "SELECT %s, 1, id, 25000, 'product' FROM product WHERE sku = 'PUMP12'",
        (head,),
    )
    theirs.execute("SET CONSTRAINTS ALL IMMEDIATE")
    theirs.execute("UPDATE quotation SET notes = 'seen' WHERE id = %s", (head,))
    theirs.commit()
    boss = sign_in("director")
    assert _column(boss, f"SELECT cost FROM quotation_line WHERE quotation_id = {head}") == {
        40_000_000_000
    }
    assert _column(boss, f"SELECT cost_total FROM quotation WHERE id = {head}") == {100_000_000_000}
    boss.execute(f"DELETE FROM quotation_line WHERE quotation_id = {head}")  # type: ignore[arg-type]
    boss.execute(f"DELETE FROM quotation WHERE id = {head}")  # type: ignore[arg-type]
    boss.commit()


def test_a_price_that_follows_from_cost_is_told_without_it(sign_in: SignIn) -> None:
    theirs = sign_in("sales_support")
    found = theirs.execute(
        "SELECT amount::numeric FROM reckoned_prices('Dealers', ARRAY(SELECT id FROM product))"
    ).fetchall()
    assert found == [(900_000,)]


@pytest.mark.parametrize(
    ("formula", "price"),
    [("cost * 1.25 round 500", "1500"), ("(list - cost) / 3", "333.33"), ("LIST", "2200"),
     ("list / 0", None), ("list; DROP TABLE audit", None), ("pg_sleep(9)", None),
     ("1 -- cost", None), ("list /* x */", None), ("cost * ", None)],
)  # fmt: skip
def test_a_formula_is_reckoned_and_nothing_else_is_run(
    superuser: Connection, formula: str, price: str | None
) -> None:
    row = superuser.execute("SELECT round(reckon(%s, 2200, 1200), 2)", (formula,)).fetchone()
    assert row is not None
    assert row[0] == (None if price is None else Decimal(price))


def test_views_are_changed_by_their_owners(sign_in: SignIn) -> None:
    theirs = sign_in("sales_support")
    insert = (
        "INSERT INTO saved_view(kind, name, owner, maker, value) VALUES ('account', %s, %s, %s, '')"
    )
    theirs.execute(insert, ("mine", "sales_support", "sales_support"))
    theirs.execute(insert, ("ours", "", "sales_support"))
    theirs.commit()
    other = sign_in("director")
    assert _column(other, "SELECT name FROM saved_view") == {"ours"}
    assert other.execute("DELETE FROM saved_view").rowcount == 0
    keeper = sign_in("administrator")
    assert keeper.execute("DELETE FROM saved_view").rowcount == 1
    keeper.rollback()
    with pytest.raises(errors.InsufficientPrivilege):
        sign_in("read_only").execute(insert, ("ours too", "", "read_only"))
    theirs.execute("DELETE FROM saved_view")
    theirs.commit()


def test_every_scoped_kind_has_a_permission_to_see_and_change() -> None:
    assert {permission(kind, action) for kind in SCOPED for action in ("see", "change")} <= set(
        RIGHTS
    )


# Proposals and their files


def _attach(theirs: Connection, document: str) -> None:
    theirs.execute(
        "INSERT INTO attachment(created_at, document, document_id, name, sha256, content, who) "
        "VALUES ('', %s, 1, 'a', '', '', session_user)",
        (document,),
    )


@pytest.mark.parametrize("document", ["product", "text_block"])
@pytest.mark.parametrize("role", ROLE_NAMES)
def test_files_of_the_library_are_changed_by_those_who_change_it(
    role: str, document: str, sign_in: SignIn
) -> None:
    theirs = sign_in(role)
    if may(role, change(document)):
        _attach(theirs, document)
        assert theirs.execute("DELETE FROM attachment WHERE document = %s", (document,)).rowcount
    else:
        with pytest.raises(errors.InsufficientPrivilege):
            _attach(theirs, document)


def test_a_proposal_is_written_as_far_as_its_quotation(sign_in: SignIn) -> None:
    theirs = sign_in("account_manager")
    statement = (
        "INSERT INTO proposal(quotation_id, changed_at, value) SELECT q.id, '', '{}' "
        "FROM quotation q JOIN account a ON a.id = q.account_id WHERE a.code = %s"
    )
    assert theirs.execute(statement, ("A-MANAGER",)).rowcount == 1
    with pytest.raises(errors.InsufficientPrivilege):
        theirs.execute(statement, ("A-MATE",))
