"""The address of a shared database in its parts, as a person types them; never with a password."""

from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from models.values.errors import DomainError
from resources.languages import marked as _

PORT = 5432
"""Where a server listens unless its administrator chose otherwise."""

PROVEN, ENCRYPTED, PLAIN = "verify-full", "require", "disable"
"""How a connection is guarded: by the server's certificate, against listening in, not at all."""

_ANY_CERTIFICATE = "system"
"""The certificates this computer trusts anyway."""


class Address(NamedTuple):
    """Where a shared database is, and who signs in."""

    host: str = ""
    port: int = PORT
    database: str = ""
    user: str = ""
    tls: str = PROVEN
    certificate: str = ""
    """The file of the server's certificate, or of who signed it; "" for what the system trusts."""

    @property
    def url(self) -> str:
        """The address as one text."""
        who = f"{quote(self.user, safe='')}@" if self.user else ""
        host = f"[{self.host}]" if ":" in self.host else quote(self.host, safe="")
        words = {"sslmode": self.tls}
        if self.tls == PROVEN:
            words["sslrootcert"] = self.certificate or _ANY_CERTIFICATE
        place = quote(self.database, safe="")
        return f"postgresql://{who}{host}:{self.port}/{place}?{urlencode(words, quote_via=quote)}"

    @property
    def name(self) -> str:
        """What a person calls it."""
        return f"{self.database or self.user} @ {self.host}"

    @property
    def place(self) -> str:
        """The server alone, as it is typed."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORT else f"{host}:{self.port}"

    def at(self, place: str) -> "Address":
        """The same database on another server, typed as ``host`` or ``host:port``; DomainError
        at `reports` where it is none.
        """
        try:
            parts = urlsplit(f"//{place.strip()}")
            host = "" if parts.path or parts.username else parts.hostname or ""
            port = parts.port or PORT
        except ValueError:
            host, port = "", 0
        if not host:
            message = _("“{place}” is no server; write it like db2.company.co.id or db2:5433.")
            raise DomainError(message, field="reports", place=place)
        return self._replace(host=host, port=port)


def address_of(url: str) -> Address:
    """The parts of an address; a password in it is left out. DomainError where it is none."""
    try:
        parts = urlsplit(url)
        words = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        certificate = words.get("sslrootcert", "")
        return Address(
            unquote(parts.hostname or words.get("host", "")),
            parts.port or PORT,
            unquote(parts.path.lstrip("/")),
            unquote(parts.username or words.get("user", "")),
            _guard(words.get("sslmode", "")),
            "" if certificate == _ANY_CERTIFICATE else certificate,
        )
    except ValueError as error:
        message = _("{url} is no address of a database; write postgresql://user@host/name.")
        raise DomainError(message, url=url) from error


def _guard(mode: str) -> str:
    """The nearest of ours that asks no less."""
    if mode in ("verify-full", "verify-ca"):
        return PROVEN
    return PLAIN if mode == "disable" else ENCRYPTED
