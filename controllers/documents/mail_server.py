"""Tries the mail server as Settings name it, and says in words what is wrong."""

import smtplib
import socket
import ssl

from controllers.core.app import App
from controllers.documents import mail_password, outbox
from models.values.errors import DomainError
from models.values.settings import Mail
from resources.languages import marked as _


def check(server: Mail, password: str) -> str:
    """Connect, encrypt and sign in, but send nothing; answers the server's name.

    Raises DomainError with the reason and its remedy at the field it belongs to.
    """
    if not server.host:
        raise DomainError(_("Name the mail server first."), field="mail_host")
    try:
        with outbox.connected(server) as smtp:
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, password)
            return server.host
    except (OSError, smtplib.SMTPException) as error:
        raise _in_words(server, error) from error


def sign_in(app: App) -> None:
    """Prove the password to the server before anything is issued.

    DomainError at `mail_password` where it is not known or not accepted. A server without user,
    or one that cannot be reached now, is left to the outbox.
    """
    server = app.read(outbox.server_of)
    if not (server.host and server.user):
        return
    secret = mail_password.required(app, server)
    try:
        check(server, secret)
    except DomainError as error:
        if isinstance(error.__cause__, smtplib.SMTPAuthenticationError):
            raise mail_password.refused(app, server, error.__cause__) from error


def _in_words(server: Mail, error: Exception) -> DomainError:
    field, message = _reason(error)
    host, port, user = server.host, server.port, server.user
    return DomainError(message, field=field, host=host, port=port, user=user, reason=_said(error))


def _reason(error: Exception) -> tuple[str, str]:
    """The field and the sentence for an error; the nearest of several kinds comes first."""
    for kind, field, message in _REASONS:
        if isinstance(error, kind):
            return field, message
    return "mail_host", _("{host} cannot be used ({reason}); ask who runs it.")


def _said(error: Exception) -> str:
    answer = getattr(error, "smtp_error", b"")
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return " ".join((text or str(error) or type(error).__name__).split())


_REASONS: tuple[tuple[type[Exception], str, str], ...] = (
    (ssl.SSLCertVerificationError, "mail_host",
     _("The certificate of {host} is not trusted ({reason}); check the server's name.")),
    (ssl.SSLError, "mail_security",
     _("{host} does not speak TLS on port {port}; choose STARTTLS or another port.")),
    (socket.gaierror, "mail_host", _("No server {host} is known; check its name.")),
    (ConnectionRefusedError, "mail_port",
     _("{host} refuses port {port}; 587 is usual for STARTTLS and 465 for TLS.")),
    (TimeoutError, "mail_port",
     _("{host} does not answer on port {port}; check the port and your network.")),
    (smtplib.SMTPAuthenticationError, "mail_user",
     _("{host} does not accept user {user} with this password ({reason}).")),
    (smtplib.SMTPNotSupportedError, "mail_security",
     _("{host} does not offer what was chosen ({reason}); choose another security or no user.")),
    (smtplib.SMTPServerDisconnected, "mail_security",
     _("{host} hung up on port {port}; choose TLS or another port.")),
)  # fmt: skip
