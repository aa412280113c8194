"""A server proves who it is; where it cannot, one sentence says what to do."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from controllers.system.addresses import Address
from models.storage import schema
from models.storage.database import open_database
from models.storage.migrations import HEAD
from models.values.errors import DomainError
from tests.postgres_server import PASSWORD, PostgresServer
from tests.tls_server import Authority, TlsServer, authority, certificate, tls_server_or_skip

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def company() -> Authority:
    """Who signs the company's certificates."""
    return authority("PT Contoh")


@pytest.fixture(scope="module")
def server(company: Authority) -> Iterator[TlsServer]:
    made = tls_server_or_skip(certificate(company, "localhost"))
    schema.create(made.url("desk")).close()
    yield made
    made.remove()


@pytest.fixture(scope="module")
def trusted(company: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate that people are given."""
    return company.write(tmp_path_factory.mktemp("trusted") / "company.crt")


def address(server: PostgresServer, root: Path | str, host: str = "localhost") -> Address:
    return Address(host, server.port, "desk", "postgres", "verify-full", str(root))


def opened(place: Address) -> str:
    """The revision of a database that lets us in."""
    url = place.url.replace("postgres@", f"postgres:{PASSWORD}@", 1)
    with closing(open_database(url)) as database:
        return database.revision()


def refused(place: Address) -> DomainError:
    with pytest.raises(DomainError) as caught:
        opened(place)
    return caught.value


def test_with_the_companys_certificate_people_get_in(server: TlsServer, trusted: Path) -> None:
    assert opened(address(server, trusted)) == HEAD


def test_the_connection_is_really_encrypted(server: TlsServer, trusted: Path) -> None:
    url = address(server, trusted).url.replace("postgres@", f"postgres:{PASSWORD}@", 1)
    with closing(open_database(url)) as database:
        asked = "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert database.fetch(asked)[0][0] is True


def test_a_wrong_host_name_is_told(server: TlsServer, trusted: Path) -> None:
    error = refused(address(server, trusted, "127.0.0.1"))
    assert error.field == "host"
    assert "type the host as it stands in the certificate" in str(error)


def test_a_signer_nobody_knows_is_told(server: TlsServer, tmp_path: Path) -> None:
    other = authority("Somebody else").write(tmp_path / "other.crt")
    for root in (other, ""):
        error = refused(address(server, root))
        assert error.field == "certificate"
        assert "ask your administrator for the company's certificate" in str(error)


def test_an_expired_certificate_is_told(
    server: TlsServer, company: Authority, trusted: Path
) -> None:
    server.show(certificate(company, "localhost", expired=True))
    try:
        error = _until_told(address(server, trusted), "out of date")
        assert "renew it" in str(error)
    finally:
        server.show(certificate(company, "localhost"))


def _until_told(place: Address, words: str) -> DomainError:
    """The server takes a new certificate a moment after it is told to."""
    for _try in range(200):
        try:
            opened(place)
        except DomainError as error:
            if words in str(error):
                return error
    raise AssertionError(words)


def test_a_server_without_encryption_is_told(postgres: PostgresServer, trusted: Path) -> None:
    error = refused(address(postgres, trusted, "127.0.0.1"))
    assert error.field == "tls"
    assert "offers no encryption" in str(error)


def test_a_missing_file_of_certificates_is_told(server: TlsServer, tmp_path: Path) -> None:
    error = refused(address(server, tmp_path / "gone.crt"))
    assert error.field == "certificate"
    assert "ask your administrator for its certificate" in str(error)
