"""Papers signed with the company's certificate as they go out.

The file with the certificate stays where it is; its password is typed for this run, named by the
environment, or in the system's keyring, never in a file or in the database.
"""

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from controllers.core.app import App
from controllers.system import settings
from models.values.errors import DomainError
from resources.languages import marked as _

if TYPE_CHECKING:
    from reports.documents.signing import Certificate

T = TypeVar("T")

VARIABLE = "SAUDAGAR_CERTIFICATE_PASSWORD"

FIELD = "certificate_password"
"""The field of refusals that another password would mend."""

_SERVICE = "Saudagar certificate"

_known: WeakKeyDictionary[App, dict[str, str]] = WeakKeyDictionary()
"""By program, then by file; "" where there is none or it was wrong."""

_asking: list[Callable[[str], str]] = []


@dataclass(frozen=True)
class Signature:
    """All that is needed to sign, read before a transaction begins."""

    file: str
    pkcs12: bytes
    password: str
    at: dt.datetime
    reason: str
    place: str

    def on(self, pdf: bytes, language: str) -> bytes:
        """The file signed visibly, in the room a paper has for it; DomainError where it cannot."""
        from reports.documents.signing import sign_pdf

        return _told(self.file, lambda: sign_pdf(
            pdf, self.pkcs12, self.password, reason=self.reason, location=self.place, at=self.at,
            language=language, is_visible=True,
        ))  # fmt: skip


def when_wanted(app: App) -> Signature | None:
    """The signature of quotations that go out; None where the company does not sign them."""
    return signature(app) if app.read(settings.load).signs_quotations else None


def signature(app: App) -> Signature:
    """The company's signature of now.

    DomainError where there is no certificate, its password is not known (at FIELD), or it does not
    hold today.
    """
    ours = app.read(settings.load)
    if not ours.certificate:
        message = _("There is no certificate to sign with; name its file under Settings.")
        raise DomainError(message, field="certificate")
    password = known(app, ours.certificate)
    try:
        found = opened(ours.certificate, password)
    except DomainError as error:
        if error.field == FIELD:
            remember(app, ours.certificate, "")
        raise
    at = app.clock()
    if at > found.last:
        raise _ended(ours.certificate, found.last)
    return Signature(
        ours.certificate, _content(ours.certificate), password, at, ours.company, ours.place
    )


def opened(file: str, password: str) -> "Certificate":
    """Whose certificate a file holds and how long; DomainError where it does not open."""
    from reports.documents.signing import certificate_of

    content = _content(file)
    return _told(file, lambda: certificate_of(content, password))


def _content(file: str) -> bytes:
    try:
        return Path(file).expanduser().read_bytes()
    except OSError as error:
        message = _("The certificate {path} cannot be read ({reason}); name its file anew.")
        raise DomainError(
            message, field="certificate", path=file, reason=error.strerror or error
        ) from error


def _told(file: str, work: Callable[[], T]) -> T:
    from reports.documents import signing

    name = Path(file).name
    try:
        return work()
    except signing.WrongPassword as error:
        message = _("This password does not open the certificate {name}; type it anew.")
        raise DomainError(message, field=FIELD, name=name) from error
    except signing.ExpiredCertificate as error:
        raise _ended(file, error.last) from error
    except signing.CertificateNotYetValid as error:
        message = _("The certificate {name} is valid from {day} on; sign later.")
        day = error.first.date().isoformat()
        raise DomainError(message, field="certificate", name=name, day=day) from error
    except signing.NoPrivateKey as error:
        message = _("{name} holds no certificate with its private key; name another file.")
        raise DomainError(message, field="certificate", name=name) from error
    except signing.SigningProblem as error:
        message = _("{name} is no file with a certificate (.p12, .pfx); name another.")
        raise DomainError(message, field="certificate", name=name) from error


def _ended(file: str, last: dt.datetime) -> DomainError:
    message = _("The certificate {name} was valid until {day}; get a new one.")
    day = last.date().isoformat()
    return DomainError(message, field="certificate", name=Path(file).name, day=day)


# The password


def known(app: App, file: str) -> str:
    """The password as far as it is known, "" where it is not; looked for once in a run."""
    here = _known.setdefault(app, {})
    if file not in here:
        here[file] = os.environ.get(VARIABLE) or _in_keyring(file) or _asked(file)
    return here[file]


def comes_from(*ask: Callable[[str], str]) -> None:
    """Ask somebody, who is told the file, for passwords that stand nowhere; without one nobody."""
    _asking[:] = ask


def _asked(file: str) -> str:
    return next((ask(file) for ask in _asking), "")


def remember(app: App, file: str, password: str) -> None:
    """Use a typed password until the program ends."""
    _known.setdefault(app, {})[file] = password


def _in_keyring(file: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, file) or ""
    except KeyringError:
        return ""


def keep(app: App, file: str, password: str) -> None:
    """Use a password now and put it into the keyring.

    DomainError where it does not open the file, or there is no keyring; then it holds until the
    program ends.
    """
    import keyring
    from keyring.errors import KeyringError

    opened(file, password)
    remember(app, file, password)
    try:
        keyring.set_password(_SERVICE, file, password)
    except KeyringError as error:
        message = _(
            "This system has no keyring; the password holds until the program is closed, then it "
            "is asked for."
        )
        raise DomainError(message, field="certificate") from error
