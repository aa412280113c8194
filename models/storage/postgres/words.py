"""What went wrong with the server, in one sentence with the remedy."""

import psycopg
from psycopg import errors

from models.values.errors import ClashError, DomainError, OutageError
from resources.languages import marked as _

_CONNECTING = (
    ("host",
     ("could not translate host name", "failed to resolve", "name or service not known",
      "nodename nor servname", "no such host"),
     _("The host of {name} is not known; check its spelling and the network.")),
    ("password", ("no password supplied",),
     _("{name} asks for your password.")),
    ("password", ("password authentication failed", "authentication failed"),
     _("{name} does not accept this name and password; check both, or ask your administrator.")),
    ("tls", ("server does not support ssl",),
     _("{name} offers no encryption; go without (sslmode=disable) only within a network you "
       "trust.")),
    ("host", ("does not match host name", "does not match ip address", "host name mismatch"),
     _("The certificate of {name} is for another host ({reason}); type the host as it stands in "
       "the certificate, or ask your administrator.")),
    ("certificate", ("certificate has expired", "certificate is not yet valid"),
     _("The certificate of {name} is out of date; check this computer's date, or ask your "
       "administrator to renew it.")),
    ("certificate", ("unable to get local issuer", "self-signed certificate",
                     "self signed certificate", "unknown ca"),
     _("Nobody this computer trusts signed the certificate of {name}; ask your administrator for "
       "the company's certificate and choose that file.")),
    ("certificate", ("certificate", "ssl error", "root.crt"),
     _("{name} cannot prove who it is ({reason}); ask your administrator for its certificate.")),
    ("tls", ("no pg_hba.conf entry", "no encryption"),
     _("{name} does not let this computer in without encryption; ask for it (sslmode=require), or "
       "ask your administrator.")),
    ("host", ("no pg_hba.conf entry",),
     _("{name} does not let this computer in; ask your administrator to allow it.")),
    ("database", ("database", "does not exist"),
     _("There is no database {name} on that server; make it with “database create”.")),
    ("user", ("role", "does not exist"),
     _("{name} does not accept this name and password; check both, or ask your administrator.")),
    ("database", ("permission denied for database",),
     _("You may not open {name}; ask your administrator.")),
    ("", ("too many clients", "connection slots"),
     _("{name} has no room for one more connection; try again in a while.")),
)  # fmt: skip
"""The field to look at, signs in the driver's words, and ours. A server that speaks another
language is quoted."""

_ALL_SIGNS = ("database", "no pg_hba.conf entry", "role")
"""Where such a sign comes first, all of them must be there."""

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


def unreachable(name: str, error: BaseException, more: str = "") -> Exception:
    """Why no connection can be had: a refusal where somebody must act, else an outage.

    `more` is what is known beside the driver's words.
    """
    text = f"{more} {error}".lower()
    for field, signs, message in _CONNECTING:
        test = all if signs[0] in _ALL_SIGNS else any
        if test(sign in text for sign in signs):
            return DomainError(message, field=field, name=name, reason=_first_line(error))
    reason = _first_line(error)
    if any(sign in text for sign in _AWAY) or isinstance(error, errors.AdminShutdown):
        return OutageError(f"{name} cannot be reached ({reason}).")
    return OutageError(f"{name} does not answer ({reason}).")


def is_about_password(refused: Exception) -> bool:
    """Whether another password may mend what `unreachable` answered."""
    return isinstance(refused, DomainError) and refused.field == "password"


def _first_line(error: BaseException) -> str:
    """The driver's own words, without the address it tried."""
    return str(error).strip().splitlines()[0].rpartition("failed: ")[2] if str(error) else "?"
