"""What went wrong with the server, in one sentence with the remedy."""

import psycopg
from psycopg import errors

from models.values.errors import ClashError, DomainError, OutageError
from resources.languages import marked as _

_CONNECTING = (
    (("could not translate host name", "failed to resolve", "name or service not known",
      "nodename nor servname", "no such host"),
     _("The host of {name} is not known; check its spelling and the network.")),
    (("password authentication failed", "no password supplied", "authentication failed"),
     _("{name} does not accept this name and password; check both, or ask your administrator.")),
    (("certificate", "ssl error", "tls", "server does not support ssl", "root.crt"),
     _("{name} cannot prove who it is ({reason}); ask your administrator for its certificate.")),
    (("no pg_hba.conf entry",),
     _("{name} does not let this computer in; ask your administrator to allow it.")),
    (("database", "does not exist"),
     _("There is no database {name} on that server; make it with “database create”.")),
    (("permission denied for database",),
     _("You may not open {name}; ask your administrator.")),
    (("too many clients", "connection slots"),
     _("{name} has no room for one more connection; try again in a while.")),
)  # fmt: skip
"""Signs in the driver's words, and ours. A server that speaks another language is quoted."""

_CLASHES = (errors.SerializationFailure, errors.DeadlockDetected, errors.LockNotAvailable)

_AWAY = ("connection refused", "timeout", "timed out", "no route", "unreachable", "closed",
         "starting up", "shutting down", "terminating", "recovery mode", "reset by peer",
         "broken pipe", "could not connect")  # fmt: skip


def refusal(name: str, error: BaseException | None) -> Exception | None:
    """The refusal or outage behind an error of the driver; None for a bug of ours.

    `name` is what a person calls the database.
    """
    if isinstance(error, errors.InsufficientPrivilege):
        return DomainError(
            _("You have no right to do this in {name} ({reason}); ask your administrator."),
            name=name, reason=_first_line(error),
        )  # fmt: skip
    if isinstance(error, (errors.DiskFull, errors.OutOfMemory)):
        return OutageError(f"{name}: the server has no room left ({_first_line(error)}).")
    if isinstance(error, _CLASHES):
        return ClashError(
            _("Somebody else is changing the same record in {name}; try again in a moment."),
            name=name,
        )
    if isinstance(error, errors.QueryCanceled):
        return DomainError(_("{name} took too long to answer; ask for less."), name=name)
    if isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
        return unreachable(name, error)
    return None


def unreachable(name: str, error: BaseException) -> Exception:
    """Why no connection can be had: a refusal where somebody must act, else an outage."""
    text = str(error).lower()
    for signs, message in _CONNECTING:
        every = signs[0] == "database"
        if (all if every else any)(sign in text for sign in signs):
            return DomainError(message, name=name, reason=_first_line(error))
    reason = _first_line(error)
    if any(sign in text for sign in _AWAY) or isinstance(error, errors.AdminShutdown):
        return OutageError(f"{name} cannot be reached ({reason}).")
    return OutageError(f"{name} does not answer ({reason}).")


def _first_line(error: BaseException) -> str:
    """The driver's own words, without the address it tried."""
    return str(error).strip().splitlines()[0].rpartition("failed: ")[2] if str(error) else "?"
