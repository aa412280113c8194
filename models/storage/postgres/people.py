"""People who sign in: functions of the server that make a login and keep its groups.

A login is made by a function, so that no administrator needs a right on the server itself. It takes
a verifier that the client made, never a password. A trigger keeps a person's groups as the record
says, whoever changed it and with what program.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from psycopg.errors import ObjectInUse
from sqlalchemy.exc import DBAPIError

from models.storage.postgres.groups import Groups, literal, quoted
from models.values.errors import DomainError
from resources.languages import marked as _

if TYPE_CHECKING:
    from sqlalchemy import Connection

CALLED = {"enlist(text, text)": "people.change"}
"""The functions a person calls, with the permission that asks for."""

_DEFINER = "SECURITY DEFINER SET search_path = saudagar, pg_temp"


def statements(groups: Groups) -> Iterator[str]:
    """Every statement, in order, that makes the functions and the trigger."""
    yield _sync(groups)
    yield _enlist(groups)
    yield _trigger()
    yield "DROP TRIGGER IF EXISTS person_login ON person"
    yield (
        "CREATE TRIGGER person_login AFTER INSERT OR UPDATE OR DELETE ON person "
        "FOR EACH ROW EXECUTE FUNCTION person_login()"
    )


def _sync(groups: Groups) -> str:
    """Put a login into the one group of its role, or shut it out; foreign logins are left alone."""
    roles = ", ".join(literal(name) for name in groups.roles)
    return f"""
        CREATE OR REPLACE FUNCTION sync_login(login text, new_role text, shut boolean)
        RETURNS void LANGUAGE plpgsql {_DEFINER} AS $$
        DECLARE
            each text;
        BEGIN
            IF NOT EXISTS (
                SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
                WHERE r.rolname = login AND m.roleid = {literal(quoted(groups.member))}::regrole
            ) THEN
                RETURN;
            END IF;
            FOREACH each IN ARRAY ARRAY[{roles}] LOOP
                IF each = new_role AND NOT shut THEN
                    EXECUTE format('GRANT %I TO %I', {literal(groups.prefix + "_")} || each, login);
                ELSIF pg_has_role(login, {literal(groups.prefix + "_")} || each, 'MEMBER') THEN
                    EXECUTE format(
                        'REVOKE %I FROM %I', {literal(groups.prefix + "_")} || each, login);
                END IF;
            END LOOP;
            IF shut THEN
                EXECUTE format('REVOKE %I FROM %I', {literal(groups.member)}, login);
            END IF;
        END $$"""


def _enlist(groups: Groups) -> str:
    """Give a person a login, or a new password; none to a login that belongs to the members of
    another database on the server too: an older server would let its owner be overridden.
    """
    return f"""
        CREATE OR REPLACE FUNCTION enlist(login text, verifier text)
        RETURNS void LANGUAGE plpgsql {_DEFINER} AS $$
        DECLARE
            person_role text;
            other text;
        BEGIN
            SELECT role INTO person_role FROM person WHERE name = login AND NOT archived;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'there is no user %', login USING ERRCODE = 'no_data_found';
            END IF;
            IF verifier NOT LIKE 'SCRAM-SHA-256$%' THEN
                RAISE EXCEPTION 'no verifier' USING ERRCODE = 'invalid_parameter_value';
            END IF;
            SELECT d.datname INTO other FROM pg_auth_members m
            JOIN pg_roles r ON r.oid = m.member AND r.rolname = login
            JOIN pg_roles g ON g.oid = m.roleid
            JOIN pg_database d ON g.rolname = d.datname || '_member'
            JOIN pg_roles o ON o.rolname = d.datname || '_owner'
            WHERE g.rolname <> {literal(groups.member)} ORDER BY d.datname LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION '%', other USING ERRCODE = 'object_in_use';
            END IF;
            IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = login) THEN
                EXECUTE format('ALTER ROLE %I PASSWORD %L', login, verifier);
            ELSE
                EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', login, verifier);
            END IF;
            EXECUTE format('GRANT %I TO %I', {literal(groups.member)}, login);
            PERFORM sync_login(login, person_role, false);
        END $$"""


def _trigger() -> str:
    return f"""
        CREATE OR REPLACE FUNCTION person_login() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
        BEGIN
            IF TG_OP <> 'INSERT' AND (TG_OP = 'DELETE' OR new.name <> old.name) THEN
                PERFORM sync_login(old.name, old.role, true);
            END IF;
            IF TG_OP <> 'DELETE' THEN
                PERFORM sync_login(new.name, new.role, new.archived);
            END IF;
            RETURN NULL;
        END $$"""


def enlist(connection: "Connection", login: str, password: str) -> None:
    """Give a person a login, or another password; the server sees only a verifier of it.

    DomainError where the login is that of another database's people as well.
    """
    driver: Any = connection.connection.driver_connection
    verifier = driver.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    ).decode()
    try:
        connection.exec_driver_sql("SELECT enlist(?, ?)", (login, verifier))
    except DBAPIError as error:
        if not isinstance(error.orig, ObjectInUse):
            raise
        raise DomainError(
            _("{name} also signs in to {other} on this server; let the server's administrator give "
              "the new password, or add the person here under another name."),
            field="password", name=login, other=error.orig.diag.message_primary,
        ) from error  # fmt: skip
