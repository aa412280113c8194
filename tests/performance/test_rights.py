"""What row policies cost on a million customers, against the same with the condition written out.

The owner, for whom no policy holds, runs the statement with the condition; a person runs it
without. Both take turns on one server, medians.
"""

import time
from collections.abc import Iterator
from statistics import median
from typing import Any

import psycopg
import pytest

from models.storage import schema
from models.storage.database import open_database
from models.storage.postgres import people
from tests.postgres_server import PostgresServer, server_or_skip

pytestmark = pytest.mark.performance

ACCOUNTS = 1_000_000
OWNERS, TEAMS, TERRITORIES = 200, 20, 10
_TURNS = 15
_FRAME = 0.016
_OPTIONS = "-c search_path=saudagar"

_WHO = {
    "administrator": "true",
    "account_manager": "scope_team = 't:T1'",
    "sales_manager": "scope_team = 't:T1'",
    "inside_sales": "scope_territory = 't:R1'",
}
"""By role the condition of what it sees; the table has no role that sees its own alone."""


_FILL = (
    f"""INSERT INTO person(name, full_name, full_name_key, role, team, territory)
        SELECT 'p' || n, 'P' || n, 'p' || n,
            (ARRAY['account_manager', 'sales_manager', 'inside_sales', 'administrator'])[1 + n % 4],
            'T' || n % {TEAMS}, 'R' || n % {TERRITORIES} FROM generate_series(1, {OWNERS}) n""",
    "ALTER TABLE account DISABLE TRIGGER USER",
    f"""INSERT INTO account(code, name, name_key, search_text, owner_id, territory, scope_owner,
            scope_team, scope_territory)
        SELECT 'C' || n, 'Customer ' || md5(n::text), 'customer ' || md5(n::text),
            'c' || n || ' customer ' || md5(n::text), 1 + n % {OWNERS}, 'R' || n % {TERRITORIES},
            1 + n % {OWNERS}, 't:T' || (1 + n % {OWNERS}) % {TEAMS}, 't:R' || n % {TERRITORIES}
        FROM generate_series(1, {ACCOUNTS}) n""",
    "ALTER TABLE account ENABLE TRIGGER USER",
    "VACUUM ANALYZE",
)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A million customers of 200 owners in 20 teams and 10 territories."""
    found = server_or_skip()
    schema.create(found.url("big")).close()
    with psycopg.connect(found.url("big"), autocommit=True, options=_OPTIONS) as connection:
        for statement in _FILL:
            connection.execute(statement)  # type: ignore[call-overload]
    _logins(found)
    yield found
    found.remove()


def _logins(server: PostgresServer) -> None:
    """One person of each role, all of team T1 and territory R1."""
    database = open_database(server.url("big"))
    with database.writing() as connection:
        for role in _WHO:
            connection.exec_driver_sql(
                "INSERT INTO person(name, full_name, full_name_key, role, team, territory) "
                "VALUES (?, '', '', ?, 'T1', 'R1')",
                (role, role),
            )
            people.enlist(connection, role, "a long pass word")
        connection.exec_driver_sql(
            "UPDATE account SET owner_id = (SELECT id FROM person WHERE name = 'account_manager') "
            "WHERE id IN (21, 41, 61)"
        )
    database.close()


def _asked(connection: psycopg.Connection[Any], statement: str) -> tuple[float, list[Any]]:
    """The seconds a statement takes, and what it answers; what it changed is taken back."""
    start = time.perf_counter()
    rows = connection.execute(statement).fetchall()  # type: ignore[call-overload]
    elapsed = time.perf_counter() - start
    connection.rollback()
    return elapsed, rows


_LIST = (
    "SELECT id, code, name, city, phone, owner_id FROM account t WHERE archived = FALSE{more} "
    "ORDER BY name_key, id LIMIT 101"
)
_QUESTIONS = {
    "first page": _LIST,
    "page after": _LIST.replace("{more}", " AND (name_key, id) > ('customer 8', 0){more}"),
    "one record": "SELECT id, code, name FROM account t WHERE id = 41{more}",
    "by its code": "SELECT id, code, name FROM account t WHERE code = 'C41'{more}",
    "count": "SELECT count(*) FROM account t WHERE archived = FALSE{more}",
    "update": "UPDATE account t SET notes = 'x' WHERE id = 41{more} RETURNING id",
}


@pytest.mark.parametrize("role", list(_WHO))
def test_a_policy_costs_little_more_than_its_condition_written_out(
    server: PostgresServer, role: str
) -> None:
    url = server.url("big", role, "a%20long%20pass%20word")
    with (
        psycopg.connect(server.url("big"), options=_OPTIONS) as free,
        psycopg.connect(url, options=_OPTIONS) as guarded,
    ):
        for name, statement in _QUESTIONS.items():
            condition = _WHO[role]
            if name == "update" and role == "account_manager":
                condition = f"scope_owner = (SELECT id FROM person WHERE name = '{role}')"
            plain, theirs = _in_turns(free, guarded, statement, condition)
            print(f"{role:16} {name:12} {plain * 1000:8.2f} ms {theirs * 1000:8.2f} ms "
                  f"{theirs / plain:5.2f} ×")  # fmt: skip
            if name in ("first page", "page after", "one record", "by its code"):
                assert theirs < _FRAME, name


def _in_turns(
    free: psycopg.Connection[Any],
    guarded: psycopg.Connection[Any],
    statement: str,
    condition: str,
) -> tuple[float, float]:
    """The median seconds of the owner and of the person, who get the same answer."""
    times: list[tuple[float, float]] = []
    for _turn in range(_TURNS):
        plain, wanted = _asked(free, statement.format(more=f" AND {condition}"))
        theirs, rows = _asked(guarded, statement.format(more=""))
        assert rows == wanted
        assert rows
        times.append((plain, theirs))
    first, second = zip(*times, strict=True)
    return median(first), median(second)
