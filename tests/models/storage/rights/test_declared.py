"""What the declared table says, and what the server has of it: grants, policies, functions."""

import pytest

from models.storage.postgres import rights
from models.storage.postgres.guards import GUARDS, MINE, Guard, roles_with
from models.storage.scopes import SCOPED, permission
from models.values.permissions import RIGHTS, Scope, may, scope
from tests.models.storage.people_of_every_role import ACCOUNTS, ROLE_NAMES
from tests.models.storage.rights.asking import GROUPS, Connection, column

pytestmark = pytest.mark.slow

COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")


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
    deciding = roles_with("approvals.decide")
    declared |= {("delegation", command, role) for command in ("INSERT", "DELETE")
                 for role in deciding}  # fmt: skip
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
    secured = column(superuser, "SELECT relname FROM pg_class WHERE relrowsecurity")
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


def test_every_scoped_kind_has_a_permission_to_see_and_change() -> None:
    assert {permission(kind, action) for kind in SCOPED for action in ("see", "change")} <= set(
        RIGHTS
    )


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
