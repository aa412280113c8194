"""A shared database of a million customers, of 200 owners in 20 teams and 10 territories."""

from collections.abc import Iterator
from typing import Any

import psycopg

from models.storage import schema
from models.storage.database import open_database
from models.storage.postgres import people
from models.storage.postgres.searching import statements
from tests.performance.big_database import ROWS, rows
from tests.postgres_server import PostgresServer

PASSWORD = "a long pass word"
OWNERS, TEAMS, TERRITORIES = 200, 20, 10

LOGINS = {
    "administrator": ("administrator", "T1"),
    "manager": ("account_manager", "T1"),
    "inside": ("inside_sales", "T1"),
    "alone": ("account_manager", ""),
}
"""By login its role and team: who sees all, 50,000 of a team, 100,000 of a territory, 5,000."""

_COLUMNS = (
    "id, code, name, name_key, city, city_key, phone, credit_limit, search_text, owner_id, "
    "country, territory, scope_owner, scope_team, scope_territory"
)


def fill(server: PostgresServer, name: str) -> None:
    """Make it, with its logins; about two minutes."""
    schema.create(server.url(name)).close()
    options = "-c search_path=saudagar -c maintenance_work_mem=512MB"
    with psycopg.connect(server.url(name), autocommit=True, options=options) as connection:
        _people(connection)
        for index in _indexes(connection):
            connection.execute(f"DROP INDEX {index}")
        connection.execute("ALTER TABLE account DISABLE TRIGGER USER")
        with connection.cursor().copy(f"COPY account({_COLUMNS}) FROM STDIN") as copying:
            for row in _accounts():
                copying.write_row(row)
        connection.execute("ALTER TABLE account ENABLE TRIGGER USER")
        for statement in statements():
            connection.execute(statement)
    _logins(server, name)
    with psycopg.connect(server.url(name), autocommit=True, options=options) as connection:
        connection.execute("VACUUM ANALYZE")


def _people(connection: psycopg.Connection[Any]) -> None:
    connection.execute(
        "INSERT INTO person(id, name, full_name, full_name_key, role, team, territory) "
        "SELECT n, 'p' || n, 'P' || n, 'p' || n, 'account_manager', 'T' || n %% %s, 'R' || n %% %s "
        "FROM generate_series(1, %s) n",
        (TEAMS, TERRITORIES, OWNERS),
    )
    connection.execute("UPDATE person SET name = 'alone', team = '' WHERE id = %s", (OWNERS,))
    connection.execute("SELECT setval('person_id_seq', %s)", (OWNERS,))


def _indexes(connection: psycopg.Connection[Any]) -> list[str]:
    """Those of the search, which are made faster in one go."""
    found = connection.execute(
        "SELECT indexname FROM pg_indexes WHERE schemaname = 'saudagar' AND tablename = 'account' "
        "AND indexname ~ '^account_(runs|walk|long)'"
    )
    return [row[0] for row in found]


def _accounts() -> Iterator[tuple[object, ...]]:
    """Owners and territories have nothing to do with the order of the names."""
    for row in rows(ROWS):
        at = int(str(row[0])) * 7919 % 1_000_003
        owner, territory = 1 + at % OWNERS, f"R{at // OWNERS % TERRITORIES}"
        team = f"p:{owner}" if owner == OWNERS else f"t:T{owner % TEAMS}"
        yield (*row, owner, "ID", territory, owner, team, f"t:{territory}")


def _logins(server: PostgresServer, name: str) -> None:
    database = open_database(server.url(name))
    with database.writing() as connection:
        for login, (role, team) in LOGINS.items():
            if login != "alone":
                connection.exec_driver_sql(
                    "INSERT INTO person(name, full_name, full_name_key, role, team, territory) "
                    "VALUES (?, '', '', ?, ?, 'R1')",
                    (login, role, team),
                )
            people.enlist(connection, login, PASSWORD)
    database.close()
