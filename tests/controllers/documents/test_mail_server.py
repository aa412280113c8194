"""Trying the mail server against real ones: what is wrong is said in words, at its field."""

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from controllers.documents import mail_server
from models.values.errors import DomainError
from models.values.settings import Mail

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")

Start = Callable[..., int]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _authenticate(_server: Any, _session: Any, _envelope: Any, _way: str, data: Any) -> AuthResult:
    return AuthResult(success=data.password == b"benar", handled=False)


@pytest.fixture
def start() -> Iterator[Start]:
    running: list[Controller] = []

    def begin(**options: Any) -> int:
        port = _free_port()
        controller = Controller(object(), hostname="127.0.0.1", port=port, **options)
        controller.start()
        running.append(controller)
        return port

    yield begin
    for each in running:
        each.stop()


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    import datetime as dt

    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    folder: Path = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    (folder / "both.pem").write_bytes(key.private_bytes(pem, form, plain) + made.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


def _mail(port: int, security: str = "none", user: str = "") -> Mail:
    return Mail("127.0.0.1", port, security, user, "jualan@maju.example")


def test_a_server_that_lets_in_is_named(start: Start) -> None:
    port = start(authenticator=_authenticate, auth_require_tls=False)
    assert mail_server.check(_mail(port, user="sari"), "benar") == "127.0.0.1"


def _refused(server: Mail, password: str = "") -> DomainError:
    with pytest.raises(DomainError) as caught:
        mail_server.check(server, password)
    return caught.value


def test_a_wrong_password_is_told(start: Start) -> None:
    port = start(authenticator=_authenticate, auth_require_tls=False)
    error = _refused(_mail(port, user="sari"), "salah")
    assert error.field == "mail_user"
    assert "does not accept user sari" in str(error)


def test_a_port_nobody_listens_on_is_told() -> None:
    error = _refused(_mail(_free_port()))
    assert error.field == "mail_port"
    assert "refuses port" in str(error)


def test_an_unknown_name_is_told() -> None:
    error = _refused(Mail("mail.nowhere.invalid", 587, "none"))
    assert str(error) == "No server mail.nowhere.invalid is known; check its name."


def test_a_missing_name_is_told() -> None:
    assert _refused(Mail()).field == "mail_host"


def test_starttls_where_there_is_none_is_told(start: Start) -> None:
    assert _refused(_mail(start(), "starttls")).field == "mail_security"


def test_tls_on_a_plain_port_is_told(start: Start) -> None:
    error = _refused(_mail(start(), "tls"))
    assert "does not speak TLS" in str(error)


def test_a_certificate_of_nobody_is_told(start: Start, own_certificate: ssl.SSLContext) -> None:
    error = _refused(_mail(start(tls_context=own_certificate), "starttls"))
    assert error.field == "mail_host"
    assert "certificate" in str(error)
