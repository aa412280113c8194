"""Certificates for the tests of signing, made on the spot."""

import datetime
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

PASSWORD = "kata sandi é"
FIRST = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
LAST = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)
NOON = datetime.datetime(2026, 3, 14, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))


@cache
def pkcs12(
    name: str = "PT Sumber Kertas Utama", kind: str = "rsa", password: str = PASSWORD
) -> bytes:
    """A .p12 file with a certificate of the year 2026 and its key."""
    key = _key(kind)
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return serialize_key_and_certificates(b"x", key, certificate(name, key), None, lock)


@cache
def without_key() -> bytes:
    """A .p12 file with a certificate alone."""
    lock = BestAvailableEncryption(PASSWORD.encode())
    owned = certificate("PT A", _key("rsa"))
    return serialize_key_and_certificates(None, None, owned, [owned], lock)


def certificate(name: str, key: Any) -> x509.Certificate:
    said = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    builder = x509.CertificateBuilder().subject_name(said).issuer_name(said)
    builder = builder.public_key(key.public_key()).serial_number(77)
    builder = builder.not_valid_before(FIRST).not_valid_after(LAST).add_extension(usage, True)
    return builder.sign(key, hashes.SHA256())


@cache
def _key(kind: str) -> Any:
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, 2048)
