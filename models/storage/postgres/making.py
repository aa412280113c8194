"""Making a shared database: the database itself, its owner and the groups of people."""

from typing import TYPE_CHECKING, Any

import psycopg

from models.storage.postgres import words
from models.storage.postgres.connection import SCHEMA
from models.storage.postgres.database import PostgresDatabase
from models.storage.postgres.groups import Groups, groups_for, literal, quoted
from models.storage.postgres.searching import EXTENSION
from models.values.errors import DomainError
from resources.languages import marked as _

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOCK = 0x5A0D46A2
"""The advisory lock of those who make or upgrade."""

_LONGEST_WAIT = "60s"
"""How long an upgrade waits for those who use a table."""


def make(database: PostgresDatabase) -> None:
    """Make the database where it is missing, and our empty schema with its owner in it.

    Raises DomainError where the schema is there already, or the login may not make one.
    """
    groups = groups_for(database.short_name)
    if not database.exists():
        _make_database(database)
    try:
        with database.connect() as connection:
            if connection.execute("SELECT to_regnamespace(?)::text", (SCHEMA,)).fetchone()[0]:
                raise DomainError(
                    _("{path} exists already; name another database."), path=database.name
                )
            for statement in _statements(groups, database.short_name):
                connection.execute(statement)
            _make_roles(connection, groups)
    except psycopg.Error as error:
        raise words.refusal(database.name, error) or error from error


def _make_database(database: PostgresDatabase) -> None:
    connection = database.connect(database="postgres")
    try:
        connection.autocommit = True
        connection.execute(
            f"CREATE DATABASE {quoted(database.short_name)} TEMPLATE template0 ENCODING 'UTF8' "
            "LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    except psycopg.Error as error:
        raise words.refusal(database.name, error) or error from error
    finally:
        connection.close()


def _group(name: str, more: str = "") -> str:
    """A role nobody signs in as; one of an earlier database of that name serves again."""
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = {literal(name)}) "
        f"THEN CREATE ROLE {quoted(name)} NOLOGIN {more}; END IF; END $$"
    )


def _statements(groups: Groups, database: str) -> tuple[str, ...]:
    owner, place = quoted(groups.owner), quoted(database)
    return (
        _group(groups.owner, "CREATEROLE"),
        f"GRANT {owner} TO CURRENT_USER",
        f"CREATE SCHEMA {SCHEMA} AUTHORIZATION {owner}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        EXTENSION,
        f"REVOKE ALL ON DATABASE {place} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {place} TO {owner} WITH GRANT OPTION",
    )


def _make_roles(connection: Any, groups: Groups) -> None:
    """Made by the owner, who so may put people into them."""
    connection.execute(f"SET LOCAL ROLE {quoted(groups.owner)}")
    for name in (groups.member, *groups.roles.values()):
        connection.execute(_group(name))
    for name in (groups.member, groups.role("administrator")):
        connection.execute(f"GRANT {quoted(name)} TO SESSION_USER")


def begin(connection: "Connection", groups: Groups) -> None:
    """Wait for others who make or upgrade, then work as the owner until the transaction ends.

    No limit of an ordinary day holds: a large table takes its time.
    """
    driver: Any = connection.connection.driver_connection
    driver.patience = None
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {name} = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_LONGEST_WAIT}'")
    connection.exec_driver_sql(f"SET LOCAL ROLE {quoted(groups.owner)}")


def remove(database: PostgresDatabase) -> None:
    """Take our schema away again, with everything in it."""
    with database.connect() as connection:
        connection.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
