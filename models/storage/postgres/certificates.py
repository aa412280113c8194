"""Why a server's certificate is not believed: the driver says only that it is not."""

import socket
import ssl
import struct
from collections.abc import Mapping
from contextlib import suppress

from psycopg import conninfo

from models.storage.postgres.connection import CONNECT_SECONDS

_ASK_FOR_TLS = struct.pack("!II", 8, 80877103)
"""The message that begins encryption, as PostgreSQL's protocol has it."""


def why(url: str, error: BaseException) -> str:
    """What is wrong with the certificate, in OpenSSL's words; "" where that is not the trouble.

    The server is asked once more, and nothing is told to it.
    """
    if "certificate verify failed" not in str(error):
        return ""
    with suppress(OSError, ValueError):
        return _shown(conninfo.conninfo_to_dict(url))
    return ""


def _shown(parts: Mapping[str, object]) -> str:
    root = str(parts.get("sslrootcert") or "system")
    context = ssl.create_default_context(cafile=None if root == "system" else root)
    context.check_hostname = False
    context.verify_flags &= ~ssl.VerifyFlags.VERIFY_X509_STRICT
    place = str(parts.get("host") or "localhost"), int(str(parts.get("port") or 5432))
    with socket.create_connection(place, CONNECT_SECONDS) as plain:
        plain.sendall(_ASK_FOR_TLS)
        if plain.recv(1) != b"S":
            return ""
        try:
            context.wrap_socket(plain).close()
        except ssl.SSLCertVerificationError as refused:
            return str(refused.verify_message)
    return ""
