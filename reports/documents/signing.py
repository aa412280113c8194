"""A PDF signed with the company's certificate at the basic level of PAdES (ETSI EN 319 142-1).

The signature covers the whole file: whoever changes it later, changes it visibly.
"""

import datetime
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final, NamedTuple

from reports.documents.letter import LEADING, SIGNATURE
from reports.kit.figures import moment
from reports.kit.lettering import Style, clean, first_line
from reports.kit.page import INK, LINE, SOFT, Names, Paper, Sheet
from reports.kit.wording import words

_FIELD: Final = "Signature"
_WIDTH, _HEIGHT = 190.0, 40.0
"""Points of a visible signature."""


class SigningProblem(ValueError):  # noqa: N818 - named for what is wrong
    """A file cannot be signed with this certificate; each kind below needs its own remedy."""


class UnreadableCertificate(SigningProblem):
    """The file with the certificate is no PKCS #12 file (.p12, .pfx)."""


class WrongPassword(SigningProblem):
    """The password does not open the file with the certificate."""


class NoPrivateKey(SigningProblem):
    """The file has no certificate with its private key."""


class ExpiredCertificate(SigningProblem):
    """The certificate is not valid at the time of signing; `last` is its last moment in UTC."""

    def __init__(self, last: datetime.datetime) -> None:
        super().__init__(f"The certificate is valid until {last:%d/%m/%Y} and no longer.")
        self.last = last


class CertificateNotYetValid(SigningProblem):
    """The certificate is valid only from `first` on, a moment in UTC."""

    def __init__(self, first: datetime.datetime) -> None:
        super().__init__(f"The certificate is valid from {first:%d/%m/%Y} on.")
        self.first = first


class Certificate(NamedTuple):
    """Whose certificate it is and its last moment in UTC, for people to look at."""

    name: str
    last: datetime.datetime


def certificate_of(pkcs12: bytes, password: str) -> Certificate:
    """What a PKCS #12 file holds; raises SigningProblem, but not for its dates."""
    _, certificate, _ = _opened(pkcs12, password)
    return Certificate(_name(certificate), certificate.not_valid_after_utc)


def sign_pdf(
    pdf: bytes,
    pkcs12: bytes,
    password: str,
    *,
    reason: str,
    location: str,
    at: datetime.datetime,
    language: str = "en",
    is_visible: bool = False,
) -> bytes:
    """The file with a signature over all of it, made at the moment `at` (with its zone).

    A visible one stands in the room for the signature, in the document's language; it stays
    invisible in a file without such a room. Raises SigningProblem, a ValueError.
    """
    key, certificate, others = _opened(pkcs12, password)
    _check_dates(certificate, at)
    signer = _signer(key, certificate, others)
    room = _room(pdf) if is_visible else None
    if room is None:
        return _signed(pdf, signer, reason, location, at)
    stamp = _stamp(_name(certificate), (reason, location), at, language)
    return _signed(pdf, signer, reason, location, at, room, stamp)


# The certificate


def _opened(pkcs12: bytes, password: str) -> tuple[Any, Any, list[Any]]:
    """Private key, certificate, and those that vouch for it."""
    from asn1crypto.pkcs12 import Pfx
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

    try:
        Pfx.load(pkcs12, strict=True).untag()["auth_safe"]["content"].native  # noqa: B018
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableCertificate("The file holds no certificate.") from error
    try:
        key, certificate, others = load_key_and_certificates(pkcs12, password.encode())
    except ValueError as error:
        raise WrongPassword("The password does not open the certificate.") from error
    if key is None or certificate is None:
        raise NoPrivateKey("The file has no certificate with its private key.")
    return key, certificate, list(others)


def _check_dates(certificate: Any, at: datetime.datetime) -> None:
    if at > certificate.not_valid_after_utc:
        raise ExpiredCertificate(certificate.not_valid_after_utc)
    if at < certificate.not_valid_before_utc:
        raise CertificateNotYetValid(certificate.not_valid_before_utc)


def _name(certificate: Any) -> str:
    """The name in a certificate, its organisation where it has none."""
    from cryptography.x509.oid import NameOID

    subject = certificate.subject
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for found in subject.get_attributes_for_oid(kind):
            return str(found.value)
    return str(subject.rfc4514_string())


def _signer(key: Any, certificate: Any, others: Iterable[Any]) -> Any:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization as form
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    encoded = key.private_bytes(form.Encoding.DER, form.PrivateFormat.PKCS8, form.NoEncryption())
    own, *chain = [
        x509.Certificate.load(each.public_bytes(form.Encoding.DER))
        for each in (certificate, *others)
    ]
    new_store: Any = SimpleCertificateStore  # it has no types of its own
    store = new_store()
    store.register_multiple(chain)
    return SimpleSigner(own, keys.PrivateKeyInfo.load(encoded), store)


# The signature


class _Room(NamedTuple):
    """Where a visible signature goes: the page from 0 and its box in points."""

    page: int
    box: tuple[int, int, int, int]


def _room(pdf: bytes) -> _Room | None:
    """The room a document made here has for its last signature."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(pdf))
    found = reader.named_destinations.get(f"/{SIGNATURE}")
    if found is None or found.left is None or found.top is None:
        return None
    page = reader.get_destination_page_number(found)
    x, top = float(found.left), float(found.top) - 2
    return _Room(page or 0, (int(x), int(top - _HEIGHT), int(x + _WIDTH), int(top)))


def _stamp(name: str, facts: Iterable[str], at: datetime.datetime, language: str) -> bytes:
    """What is seen of a signature, as a PDF of one small page."""
    sheet = Sheet(_WIDTH, _HEIGHT, (6, 3, 4, 2))
    paper = Paper(sheet, Names(name, name, language=language), _nothing, 0)
    quiet, strong = Style("regular", 6.6, SOFT), Style("bold", 9.4, INK)
    paper.box(0, 0, 1.6, _HEIGHT, LINE)
    more = " · ".join(filter(None, (f"{moment(at, language)} {at:%z}".strip(), *facts)))
    for text, style, leading in (
        (words(language)["signed digitally"], quiet, 9.0),
        (name, strong, LEADING), (more, quiet, 9.0),
    ):  # fmt: skip
        line = first_line(paper.pen, clean(text), style, paper.width)
        paper.lines(paper.left, [line], style, leading)
    return paper.finish(_nothing)


def _nothing(*_: object) -> None:
    """A stamp has neither head nor foot."""


def _signed(
    pdf: bytes,
    signer: Any,
    reason: str,
    location: str,
    at: datetime.datetime,
    room: _Room | None = None,
    stamp: bytes = b"",
) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    about = PdfSignatureMetadata(
        field_name=_FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
        reason=clean(reason) or None, location=clean(location) or None,
    )  # fmt: skip
    place = SigFieldSpec(_FIELD, on_page=room.page, box=room.box) if room else SigFieldSpec(_FIELD)
    out = BytesIO()
    press = _timed_signer(at)(
        about, signer, stamp_style=_stamp_style(stamp) if room else None, new_field_spec=place
    )
    press.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
    return out.getvalue()


def _timed_signer(at: datetime.datetime) -> Any:
    """pyHanko's signer, told the time: by itself it looks at the clock."""
    from pyhanko.sign.signers import PdfSigner

    class TimedSigner(PdfSigner):
        def init_signing_session(self, *args: Any, **options: Any) -> Any:
            session = super().init_signing_session(*args, **options)
            session.system_time = at
            return session

    return TimedSigner


def _stamp_style(stamp: bytes) -> Any:
    """The one page of a PDF as what pyHanko shows of a signature."""
    from pyhanko.pdf_utils.content import PdfContent, ResourceType
    from pyhanko.pdf_utils.generic import pdf_name
    from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    class Drawn(PdfContent):
        def render(self) -> bytes:
            drawing = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(stamp)))
            self.set_resource(ResourceType.XOBJECT, pdf_name("/Stamp"), drawing)
            return b"/Stamp Do"

    middle = AxisAlignment.ALIGN_MID
    return StaticStampStyle(
        border_width=0,
        background=Drawn(box=BoxConstraints(width=_WIDTH, height=_HEIGHT)),
        background_layout=SimpleBoxLayoutRule(middle, middle, Margins(0, 0, 0, 0)),
    )
