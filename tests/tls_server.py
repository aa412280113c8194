"""A PostgreSQL server that proves who it is, and certificates good and bad for it."""

import datetime as dt
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.postgres_server import PostgresServer, binaries

DAY = dt.timedelta(days=1)


class Authority(NamedTuple):
    """Somebody who signs certificates."""

    key: Any
    certificate: Any

    def write(self, path: Path) -> Path:
        """The certificate that people are given."""
        from cryptography.hazmat.primitives.serialization import Encoding

        path.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return path


def _name(text: str) -> Any:
    from cryptography import x509

    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _signed(subject: str, issuer: Any, key: Any, signer: Any, last: dt.datetime, *more: Any) -> Any:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    builder = (
        x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(issuer)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(last - 30 * DAY).not_valid_after(last)
    )  # fmt: skip
    for extension in more:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(signer, hashes.SHA256())


def authority(name: str) -> Authority:
    """Somebody new who signs certificates; skips where the library for it is missing."""
    pytest.importorskip("cryptography.x509", reason="the library cryptography makes certificates")
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    may_sign = x509.BasicConstraints(ca=True, path_length=None)
    last = dt.datetime.now(dt.UTC) + DAY
    return Authority(key, _signed(name, _name(name), key, key, last, may_sign))


def certificate(signer: Authority, host: str, *, expired: bool = False) -> tuple[bytes, bytes]:
    """Certificate and key of a server."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    last = dt.datetime.now(dt.UTC) + (-DAY if expired else DAY)
    names = x509.SubjectAlternativeName([x509.DNSName(host)])
    made = _signed(host, signer.certificate.subject, key, signer.key, last, names)
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    return made.public_bytes(pem), key.private_bytes(pem, form, plain)


class TlsServer(PostgresServer):
    """Speaks TLS; its certificate may be exchanged while it runs."""

    def __init__(self, binaries: Path, pair: tuple[bytes, bytes]) -> None:
        self._pair = pair
        super().__init__(
            binaries, ssl="on", ssl_cert_file="server.crt", ssl_key_file="server.key",
            listen_addresses="localhost",
        )  # fmt: skip

    def _make(self) -> None:
        super()._make()
        self._write(self._pair)

    def _write(self, pair: tuple[bytes, bytes]) -> None:
        for name, content in zip(("server.crt", "server.key"), pair, strict=True):
            path = self.folder / "data" / name
            path.write_bytes(content)
            path.chmod(0o600)
            if self._as:
                os.chown(path, self._as["user"], self._as["group"])

    def show(self, pair: tuple[bytes, bytes]) -> None:
        """Prove with another certificate from now on."""
        self._write(pair)
        self.execute("SELECT pg_reload_conf()")

    def url(self, database: str, user: str = "postgres", password: str = "tests-only") -> str:
        """The address of one of its databases, by the name in its certificate."""
        plain = super().url(database, user, password)
        return plain.replace("127.0.0.1", "localhost")


def binaries_with_tls() -> Path | None:
    """The first programs of a server that were built with TLS."""
    found = binaries()
    folders = [*([found] if found else [])]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders += [Path(each).parent for each in [shutil.which("initdb")] if each]
    return next((each for each in folders if _has_tls(each)), None)


def _has_tls(folder: Path) -> bool:
    if not (folder / "initdb").exists():
        return False
    asked = subprocess.run(
        [folder / "pg_config", "--configure"], capture_output=True, text=True, check=False
    )
    return "--with-openssl" in asked.stdout or "--with-ssl" in asked.stdout


def tls_server_or_skip(pair: tuple[bytes, bytes]) -> TlsServer:
    """A server, or a skipped test where no programs with TLS are installed."""
    found = binaries_with_tls()
    if found is None:
        pytest.skip("no PostgreSQL programs with TLS here; install the system's postgresql")
    return TlsServer(found, pair)
