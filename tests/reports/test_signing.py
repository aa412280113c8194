"""PDF files signed with the company's certificate, checked by other programs."""

import datetime
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from reports.documents.proposal.assembling import render_pdf as proposal_pdf
from reports.documents.sales import render_pdf
from reports.documents.signing import (
    CertificateNotYetValid,
    ExpiredCertificate,
    NoPrivateKey,
    SigningProblem,
    UnreadableCertificate,
    WrongPassword,
    certificate_of,
    sign_pdf,
)
from reports.insight.table_pdf import render_table_pdf
from tests.reports.certificates import FIRST, LAST, NOON, PASSWORD, pkcs12, without_key
from tests.reports.documents_for_tests import quotation
from tests.reports.proposals_for_tests import proposal, stationery
from tests.reports.test_table_pdf import report

Pages = Callable[[bytes], list[str]]


def signed(content: bytes | None = None, file: bytes | None = None, **changes: Any) -> bytes:
    """A quotation signed at noon on 14 March 2026 in Jakarta."""
    options = {"reason": "Penawaran", "location": "Jakarta", "at": NOON, "language": "id"}
    options |= changes
    password = options.pop("password", PASSWORD)
    content = render_pdf(quotation(3)) if content is None else content
    return sign_pdf(content, pkcs12() if file is None else file, password, **options)


def validated(content: bytes) -> Any:
    """What pyHanko finds of the file's one signature, its certificate being trusted."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    (signature,) = PdfFileReader(BytesIO(content)).embedded_signatures
    trust = ValidationContext(trust_roots=[signature.signer_cert], moment=NOON)
    return validate_pdf_signature(signature, signer_validation_context=trust)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rsa", "ec"])
@pytest.mark.parametrize("is_visible", [True, False])
def test_a_signature_covers_the_whole_file(kind: str, is_visible: bool) -> None:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    status = validated(signed(file=pkcs12(kind=kind), is_visible=is_visible))
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert status.signer_reported_dt == NOON


@pytest.mark.slow
def test_another_program_finds_the_signature_valid(tmp_path: Path) -> None:
    if not shutil.which("pdfsig"):
        pytest.skip("pdfsig (poppler-utils) is needed to check the signature")
    (tmp_path / "signed.pdf").write_bytes(signed(proposal_pdf(proposal(stationery=stationery()))))
    command = ["pdfsig", "-nocert", "signed.pdf"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    wanted = (
        "PT Sumber Kertas Utama", "SHA-256", "ETSI.CAdES.detached", "Total document signed",
        "Signature is Valid",
    )  # fmt: skip
    assert [word for word in wanted if word not in said] == []


@pytest.mark.slow
def test_openssl_finds_the_signature_over_the_signed_bytes_valid(tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl is needed to check the signature")
    from pypdf import PdfReader

    content = signed()
    field = PdfReader(BytesIO(content)).root_object["/AcroForm"]["/Fields"][0].get_object()
    start, before, then, after = field["/V"]["/ByteRange"]
    (tmp_path / "bytes").write_bytes(content[start : start + before] + content[then : then + after])
    (tmp_path / "signature").write_bytes(field["/V"]["/Contents"].original_bytes)
    command = (
        "openssl cms -verify -inform DER -in signature -content bytes -binary -noverify -out out"
    )
    subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=True)
    assert (tmp_path / "out").read_bytes() == (tmp_path / "bytes").read_bytes()


@pytest.mark.slow
def test_a_change_after_signing_is_noticed() -> None:
    content = signed()
    status = validated(content.replace(b"/MediaBox [0 0 595", b"/MediaBox [0 0 599", 1))
    assert not status.intact


def test_the_file_that_was_signed_is_still_there_byte_for_byte() -> None:
    content = render_pdf(quotation(3))
    assert signed(content).startswith(content)


def test_a_visible_signature_says_who_signed_and_when_in_the_room_for_it() -> None:
    from pypdf import PdfReader

    content = signed(is_visible=True)
    (mark,) = PdfReader(BytesIO(content)).pages[0]["/Annots"]
    left, bottom, right, top = map(float, mark.get_object()["/Rect"])
    drawing = mark.get_object()["/AP"]["/N"]
    assert (round(right - left), round(top - bottom)) == (190, 40)
    assert left == 51
    assert b"Do" in drawing.get_data()


def test_a_file_without_room_is_signed_invisibly() -> None:
    content = signed(render_table_pdf(report(3)), is_visible=True)
    assert b"/ByteRange" in content


@pytest.mark.parametrize(
    ("file", "password", "at", "problem"),
    [
        (pkcs12, "salah", NOON, WrongPassword),
        (pkcs12, "", NOON, WrongPassword),
        (lambda: b"-----BEGIN CERTIFICATE-----", PASSWORD, NOON, UnreadableCertificate),
        (lambda: b"", PASSWORD, NOON, UnreadableCertificate),
        (lambda: pkcs12()[:500], PASSWORD, NOON, UnreadableCertificate),
        (without_key, PASSWORD, NOON, NoPrivateKey),
        (pkcs12, PASSWORD, LAST + datetime.timedelta(seconds=1), ExpiredCertificate),
        (pkcs12, PASSWORD, FIRST - datetime.timedelta(seconds=1), CertificateNotYetValid),
    ],
)
def test_each_hindrance_has_its_own_name(
    file: Callable[[], bytes],
    password: str,
    at: datetime.datetime,
    problem: type[SigningProblem],
) -> None:
    with pytest.raises(problem):
        signed(file=file(), password=password, at=at)


def test_a_file_may_have_no_password() -> None:
    assert b"/ByteRange" in signed(file=pkcs12(password=""), password="")


def test_a_certificate_tells_whose_it_is_and_until_when() -> None:
    assert certificate_of(pkcs12(), PASSWORD) == ("PT Sumber Kertas Utama", LAST)
