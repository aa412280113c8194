"""The check of a whole database finds what is wrong, on both engines."""

from contextlib import closing

import pytest

from controllers.core.app import App
from controllers.system.integrity import problems
from models.storage.sqlite import SqliteDatabase, connect
from tests.builders import a_company, an_account
from tests.postgres_server import PostgresServer


def _unguarded(app: App, statement: str, request: pytest.FixtureRequest) -> None:
    """Run a statement that the database would refuse."""
    if isinstance(app.database, SqliteDatabase):
        with closing(connect(app.database.path)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(statement)
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        quiet = "SET session_replication_role = replica; SET search_path = saudagar;"
        server.execute(f"{quiet} {statement}", "shared")


def test_a_whole_database_has_nothing_wrong(app: App) -> None:
    a_company(app)
    assert app.write(problems) == []


def test_a_link_to_nothing_is_named(app: App, request: pytest.FixtureRequest) -> None:
    made = an_account(app)
    _unguarded(app, "UPDATE account SET price_list_id = 99", request)
    wanted = f"account {made.id} names a record of price_list that is not there."
    assert wanted in app.write(problems)


def test_stock_that_no_order_holds_is_named(app: App, request: pytest.FixtureRequest) -> None:
    a_company(app)
    _unguarded(app, "UPDATE product SET reserved = 30000 WHERE sku = 'FAN1'", request)
    assert "Product FAN1: 3 reserved, orders hold 0." in app.write(problems)


@pytest.mark.slow
class TestServer:
    """What only a server can have switched off."""

    @pytest.fixture
    def engine(self) -> str:
        return "postgresql"

    def test_a_trigger_switched_off_is_named(self, app: App, postgres: PostgresServer) -> None:
        table = "ALTER TABLE saudagar.account"
        postgres.execute(f"{table} DISABLE TRIGGER account_audit_update", "shared")
        found = app.write(problems)
        postgres.execute(f"{table} ENABLE TRIGGER account_audit_update", "shared")
        assert found == ["The trigger account_audit_update of account is switched off."]

    def test_a_rule_that_was_never_held_against_all_rows_is_named(
        self, app: App, postgres: PostgresServer
    ) -> None:
        table = "ALTER TABLE saudagar.account"
        postgres.execute(f"{table} ADD CONSTRAINT late CHECK (code <> '') NOT VALID", "shared")
        found = app.write(problems)
        postgres.execute(f"{table} DROP CONSTRAINT late", "shared")
        assert found == ["The rule late of account was never held against what stood there before."]
