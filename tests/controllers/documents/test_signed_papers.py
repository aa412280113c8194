"""Quotations signed with the company's certificate as they go out, and when they are not."""

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from controllers.core.app import App
from controllers.documents import handover, proposals, quotations, signing
from controllers.system import settings
from models.values.errors import DomainError
from models.values.proposals import Part, Proposal
from models.values.settings import Settings
from tests.builders import a_quotation
from tests.memory_keyring import Kept, only_in_memory
from tests.reports.certificates import LAST, PASSWORD, pkcs12, without_key

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    monkeypatch.delenv(signing.VARIABLE, raising=False)
    with only_in_memory() as found:
        yield found


@pytest.fixture
def file(app: App, tmp_path: Path) -> str:
    """The company's certificate, with which quotations are signed."""
    path = tmp_path / "maju.p12"
    path.write_bytes(pkcs12("PT Maju"))
    ours = Settings(company="PT Maju", place="Jakarta", certificate=str(path),
                    signs_quotations=True)  # fmt: skip
    app.write(settings.save, ours)
    return str(path)


def sent(app: App) -> bytes:
    draft = a_quotation(app)
    app.write(proposals.keep, draft.id or 0, Proposal(letter=Part(text="Halo.")))
    handover.send(app, draft.id or 0, by_mail=False)
    return handover.pdf_of(app, "quotation", draft.id or 0)


def is_signed(content: bytes) -> bool:
    return "/Sig" in str(PdfReader(BytesIO(content)).get_fields())


@pytest.mark.slow
def test_what_goes_out_is_signed_and_archived_so(app: App, file: str, tmp_path: Path) -> None:
    signing.keep(app, file, PASSWORD)
    content = sent(app)
    assert is_signed(content)
    if not shutil.which("pdfsig"):
        pytest.skip("pdfsig (poppler-utils) is needed to check the signature")
    (tmp_path / "signed.pdf").write_bytes(content)
    told = subprocess.run(
        ["pdfsig", "-nocert", str(tmp_path / "signed.pdf")], capture_output=True, text=True,
        check=False,
    ).stdout  # fmt: skip
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "PT Maju" in told


def test_the_password_stands_in_the_keyring_alone(app: App, file: str, kept: Kept) -> None:
    signing.keep(app, file, PASSWORD)
    assert list(kept.values()) == [PASSWORD]
    assert PASSWORD not in str(app.database.fetch("SELECT value FROM setting"))


def test_a_certificate_of_the_keyring_signs(app: App, file: str, kept: Kept) -> None:
    kept["Saudagar certificate", file] = PASSWORD
    assert is_signed(sent(app))


def test_the_command_line_may_be_asked(app: App, file: str) -> None:
    signing.comes_from(lambda _file: PASSWORD)
    try:
        assert is_signed(sent(app))
    finally:
        signing.comes_from()


@pytest.mark.parametrize("password", ["", "wrong"])
def test_without_the_password_nothing_is_sent(app: App, file: str, password: str) -> None:
    draft = a_quotation(app)
    signing.remember(app, file, password)
    with pytest.raises(DomainError, match="does not open the certificate maju") as caught:
        handover.send(app, draft.id or 0, by_mail=False)
    assert caught.value.field == signing.FIELD
    assert app.read(quotations.show, draft.id or 0).state == "draft"


def test_an_expired_certificate_is_named_with_its_last_day(app: App, file: str) -> None:
    signing.remember(app, file, PASSWORD)
    app.clock = lambda: LAST.replace(year=2028)
    with pytest.raises(DomainError, match="was valid until 2027-01-01"):
        signing.signature(app)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no certificate", "is no file with a certificate"),
        (without_key(), "holds no certificate with its private key"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_sign_is_refused(
    app: App, file: str, content: bytes | None, why: str
) -> None:
    path = Path(file)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DomainError, match=why):
        signing.keep(app, file, PASSWORD)


def test_nothing_is_signed_where_the_company_does_not_want_it(app: App, file: str) -> None:
    app.write(settings.save, Settings(certificate=file))
    assert not is_signed(sent(app))


def test_a_paper_is_signed_on_request(app: App, file: str, tmp_path: Path) -> None:
    signing.remember(app, file, PASSWORD)
    draft = a_quotation(app)
    handover.save_pdf(app, "quotation", draft.id or 0, tmp_path / "a.pdf", is_signed=True)
    assert is_signed((tmp_path / "a.pdf").read_bytes())


def test_without_a_certificate_the_remedy_is_named(app: App) -> None:
    with pytest.raises(DomainError, match="name its file under Settings"):
        signing.signature(app)
