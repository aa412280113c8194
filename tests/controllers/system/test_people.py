"""People are added, sign in where there are logins, and are shut out."""

from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.system import opening, people
from models.storage import schema
from models.values.errors import DomainError
from tests.postgres_server import PostgresServer

PASSWORD = "Rahasia sekali? 100 %"


@pytest.fixture
def login(postgres: PostgresServer, app: App) -> Iterator[str]:
    """The address of a support specialist who may sign in."""
    app.write(people.add, {"name": "wati", "role": "sales_support"}, PASSWORD)
    yield postgres.url("shared", "wati", quote(PASSWORD))
    postgres.execute("DROP OWNED BY wati; DROP ROLE wati", "shared")


def test_the_embedded_database_has_no_logins(app: App, engine: str) -> None:
    if engine == "sqlite":
        with pytest.raises(DomainError, match="no logins"):
            app.write(people.add, {"name": "wati", "role": "sales_support"}, PASSWORD)
        assert app.database.fetch("SELECT count(*) FROM person") == [(0,)]


def test_nobody_disables_who_is_signed_in(app: App) -> None:
    app.write(people.add, {"name": "sari", "role": "administrator"})
    with pytest.raises(DomainError, match="another administrator"):
        app.write(people.disable, "sari")


@pytest.mark.slow
class TestLogins:
    """On a shared database."""

    @pytest.fixture
    def engine(self) -> str:
        return "postgresql"

    def test_a_person_signs_in_and_is_known_by_the_login(self, app: App, login: str) -> None:
        theirs = opening.open_app(login)
        assert theirs.user == "wati"
        theirs.write(records.create, "account", {"code": "A1", "name": "PT Maju"})
        rows = app.database.fetch("SELECT who FROM audit WHERE kind = 'account'")
        assert rows == [("wati",)]
        theirs.close()
        with pytest.raises(DomainError, match="knows you as wati"):
            opening.open_app(login, "sari")

    def test_a_short_password_is_refused_and_makes_nobody(self, app: App) -> None:
        with pytest.raises(DomainError, match="too short"):
            app.write(people.add, {"name": "budi", "role": "sales_support"}, "short")
        assert app.database.fetch("SELECT count(*) FROM person") == [(0,)]

    def test_only_an_administrator_makes_logins(self, login: str) -> None:
        theirs = opening.open_app(login)
        with pytest.raises(DomainError, match="no right"):
            theirs.write(people.set_password, "wati", "another long password")
        theirs.close()

    def test_who_is_disabled_is_shut_out_and_comes_back(self, app: App, login: str) -> None:
        app.write(people.disable, "wati")
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(login)
        app.write(records.restore, "user", "wati")
        app.write(people.set_password, "wati", PASSWORD)
        psycopg.connect(login).close()

    def test_another_role_is_another_group(
        self, postgres: PostgresServer, app: App, login: str
    ) -> None:
        app.write(records.change, "user", "wati", {"role": "director"})
        groups = (
            "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
            "JOIN pg_roles p ON p.oid = m.member WHERE p.rolname = 'wati' ORDER BY 1"
        )
        found = app.database.fetch(groups)
        assert found == [("shared_director",), ("shared_member",)]

    def test_a_login_of_another_database_gets_no_new_password_here(
        self, app: App, login: str, postgres: PostgresServer
    ) -> None:
        """It would open the other database to whoever gives it."""
        beside = App(schema.create(postgres.url("beside")), "sari")
        beside.write(records.create, "user", {"name": "wati", "role": "sales_support"})
        with pytest.raises(DomainError, match="wati also signs in to shared on this server; let"):
            beside.write(people.set_password, "wati", "another password")
        beside.close()
        opening.open_app(login).close()
        postgres.execute("DROP DATABASE beside WITH (FORCE)")
        app.write(people.set_password, "wati", PASSWORD)
