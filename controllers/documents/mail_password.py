"""The mail server's password: typed for this run, named by the environment, or in the keyring.

It never stands in a file or in the database. What was typed or found is kept with the open
program and ends with it; a password the server refused is forgotten at once.
"""

import os
import smtplib
from weakref import WeakKeyDictionary

from controllers.core.app import App
from models.values.errors import DomainError
from models.values.settings import Mail
from resources.languages import marked as _

VARIABLE = "SAUDAGAR_MAIL_PASSWORD"

FIELD = "mail_password"
"""The field of refusals that another password would mend."""

_known: WeakKeyDictionary[App, dict[tuple[str, str], str]] = WeakKeyDictionary()
"""By program, then by server and user; "" where there is none or it was refused."""


def known(app: App, server: Mail) -> str:
    """The password as far as it is known, "" where it is not; looked for once in a run."""
    if not server.user:
        return ""
    here = _known.setdefault(app, {})
    place = (server.host, server.user)
    if place not in here:
        here[place] = os.environ.get(VARIABLE) or in_keyring(server)
    return here[place]


def is_missing(app: App, server: Mail) -> bool:
    """Whether somebody has to be asked before this server can be used."""
    return bool(server.host and server.user) and not known(app, server)


def required(app: App, server: Mail) -> str:
    """The password, "" for a server without user; DomainError where it is not known."""
    if not is_missing(app, server):
        return known(app, server)
    message = _(
        "The mail password of {user} at {host} is not known; keep it under Settings, or name it "
        "in SAUDAGAR_MAIL_PASSWORD."
    )
    raise DomainError(message, field=FIELD, user=server.user, host=server.host)


def remember(app: App, server: Mail, password: str) -> None:
    """Use a typed password until the program ends."""
    _known.setdefault(app, {})[server.host, server.user] = password


def refused(app: App, server: Mail, error: smtplib.SMTPAuthenticationError) -> DomainError:
    """Forget a password the server refused; answers the refusal with the server's words."""
    remember(app, server, "")
    message = _("{host} does not accept user {user} with this password ({reason}).")
    return DomainError(
        message, field=FIELD, host=server.host, user=server.user, reason=words(error)
    )


def words(error: smtplib.SMTPResponseException) -> str:
    """What the server said, with its code."""
    text = error.smtp_error
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return f"{error.smtp_code} {said}"


# The keyring


def in_keyring(server: Mail) -> str:
    """The password from the system's keyring; "" where there is none."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_service(server), server.user) or ""
    except KeyringError:
        return ""


def keep(app: App, server: Mail, password: str) -> None:
    """Use a password now and put it into the keyring.

    DomainError where there is no keyring; then it holds until the program ends.
    """
    import keyring
    from keyring.errors import KeyringError

    remember(app, server, password)
    try:
        keyring.set_password(_service(server), server.user, password)
    except KeyringError as error:
        message = _(
            "This system has no keyring; the password holds until the program is closed, then it "
            "is asked for."
        )
        raise DomainError(message, field="mail") from error


def _service(server: Mail) -> str:
    return f"Saudagar {server.host}"
