"""Who may sign in to a shared database, and who is signed in at the moment."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOGINS = """
    SELECT login.rolname, EXISTS (
        SELECT 1 FROM pg_stat_activity AS here
        WHERE here.usesysid = login.oid AND here.datname = current_database()
    )
    FROM pg_namespace AS ours
    JOIN pg_roles AS member
        ON member.rolname = regexp_replace(pg_get_userbyid(ours.nspowner), '_owner$', '_member')
    JOIN pg_auth_members AS belongs ON belongs.roleid = member.oid
    JOIN pg_roles AS login ON login.oid = belongs.member AND login.rolcanlogin
    WHERE ours.nspname = 'saudagar'
"""
"""The server tells everybody who belongs to a group and who is connected; nothing else is read."""


def logins(connection: "Connection") -> dict[str, bool]:
    """By name of each login, whether it is connected now."""
    rows = connection.exec_driver_sql(_LOGINS).all()
    return {str(name): bool(is_here) for name, is_here in rows}
