"""Handing a document to the customer: as a PDF, by mail, as a mail file, or by WhatsApp.

What went out is archived byte for byte with its hash and never rendered again.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.policy import SMTP
from email.utils import make_msgid
from pathlib import Path

from sqlalchemy import insert, select

from controllers.core.app import App
from controllers.core.checks import international_phone, region_of
from controllers.core.permitted import needs
from controllers.core.reach import of_documents
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import (
    deliveries,
    delivery_paper,
    invoice_paper,
    invoices,
    mail_server,
    mail_texts,
    orders,
    outbox,
    proposal_files,
    proposals,
    quotations,
    signing,
)
from controllers.documents.mail import composed
from controllers.documents.signing import Signature
from controllers.insight.files import unprintable, write_bytes
from models.storage.tables import ARCHIVE, TABLES
from models.values.documents import Draft
from models.values.errors import DomainError
from models.values.fields import Field, FieldKind
from models.values.parsing import checked
from models.values.states import DELIVERY_STATES
from reports.documents.data import SalesDocument
from reports.documents.proposal.data import ProposalDocument
from resources.languages import marked as _
from resources.mail_texts import MailText

_DOCUMENT: dict[str, Callable[[UnitOfWork, str | int], SalesDocument]] = {
    "quotation": quotations.document,
    "order": orders.document,
    "invoice": invoice_paper.document,
}
_SHOW: dict[str, Callable[[UnitOfWork, str | int], Draft]] = {
    "quotation": quotations.show,
    "order": orders.show,
    "invoice": lambda uow, key: invoices.shown(uow, key).draft,
    "delivery": deliveries.draft,
}


@dataclass(frozen=True, slots=True)
class Reach:
    """How a document's addressee is reached."""

    name: str
    email: str
    phone: str
    """In E.164, "" where none is valid."""


# PDF and archive


def rendered(document: SalesDocument | ProposalDocument) -> bytes:
    """The PDF of a document; DomainError where something in it cannot be printed."""
    from reports.documents import sales
    from reports.documents.proposal import assembling

    if isinstance(document, ProposalDocument):
        return printed(lambda: assembling.render_pdf(document))
    return printed(lambda: sales.render_pdf(document))


def printed(render: Callable[[], bytes]) -> bytes:
    """The bytes of a paper; DomainError where no font has one of its characters, or a file of
    others cannot be taken in.
    """
    from reports.kit.fonts import MissingGlyph

    try:
        return proposal_files.told(render)
    except MissingGlyph as error:
        raise unprintable(error.character, error.text) from error


def pdf(uow: UnitOfWork, kind: str, key: str | int) -> bytes:
    """The PDF of a document: what was sent where it was sent, else as it stands now."""
    found = _paper(uow, kind, key)
    return found if isinstance(found, bytes) else rendered(found)


def document(uow: UnitOfWork, kind: str, key: str | int) -> SalesDocument:
    """A quotation, order or invoice as it stands, with nothing around it."""
    return _DOCUMENT[kind](uow, key)


def pdf_of(app: App, kind: str, key: str | int, *, is_plain: bool = False) -> bytes:
    """The same, rendered after the database was read; a plain quotation has nothing around it."""
    found = app.read(quotations.document, key) if is_plain else app.read(_paper, kind, key)
    return found if isinstance(found, bytes) else rendered(found)


def _paper(uow: UnitOfWork, kind: str, key: str | int) -> bytes | SalesDocument | ProposalDocument:
    """What was sent, else what would be."""
    draft = _SHOW[kind](uow, key)
    kept = archived(uow, kind, draft.id or 0)
    if kept is not None:
        return kept
    if kind == "delivery":
        return printed(lambda: delivery_paper.pdf(uow, draft.id or 0))
    made = proposals.document if kind == "quotation" else _DOCUMENT[kind]
    return made(uow, draft.id or 0)


def archived(uow: UnitOfWork, kind: str, document_id: int) -> bytes | None:
    """The newest PDF that went out for a document; DomainError where it was tampered with."""
    query = (
        select(ARCHIVE.c.content, ARCHIVE.c.sha256, ARCHIVE.c.name)
        .where(ARCHIVE.c.document == kind, ARCHIVE.c.document_id == document_id)
        .where(of_documents(uow, ARCHIVE))
        .order_by(ARCHIVE.c.id.desc())
        .limit(1)
    )
    row = uow.connection.execute(query).one_or_none()
    if row is None:
        return None
    if hashlib.sha256(row.content).hexdigest() != row.sha256:
        message = _("The archived {name} was changed after it was sent; restore a backup.")
        raise DomainError(message, name=row.name)
    return bytes(row.content)


def archive(
    uow: UnitOfWork, kind: str, key: str | int, channel: str, signature: Signature | None = None
) -> int:
    """Keep the PDF of a document as it goes out by a channel; answers the archive's id.

    It is rendered within the transaction, so that number, state, paper and mail come about
    together or not at all. What went out before goes out again as it was.
    """
    draft = _SHOW[kind](uow, key)
    found = _paper(uow, kind, draft.id or 0)
    content = found if isinstance(found, bytes) else rendered(found)
    if signature is not None and not isinstance(found, bytes):
        content = signature.on(content, draft.language)
    result = uow.connection.execute(
        insert(ARCHIVE).values(
            created_at=uow.now, document=kind, document_id=draft.id, name=file_name(draft),
            sha256=hashlib.sha256(content).hexdigest(), content=content, channel=channel,
        )
    )  # fmt: skip
    (archive_id,) = result.inserted_primary_key or (0,)
    return int(archive_id)


def file_name(draft: Draft) -> str:
    """A file name for a document's PDF, without any sign a file system minds."""
    name = draft.number or f"{draft.kind}-{draft.id}"
    revision = f"-R{draft.revision}" if draft.revision > 1 else ""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") + revision + ".pdf"


def save_pdf(
    app: App, kind: str, key: str | int, path: Path, *, is_plain: bool = False,
    is_signed: bool = False,
) -> None:  # fmt: skip
    """Write a document's PDF into a file; signed now where that is asked for."""
    content = pdf_of(app, kind, key, is_plain=is_plain)
    if is_signed:
        language = app.read(lambda uow: _SHOW[kind](uow, key)).language
        content = signing.signature(app).on(content, language)
    write_bytes(path, content)


def save_delivery(
    app: App, key: str | int, path: Path, *, is_priced: bool = False, is_pick_list: bool = False
) -> None:
    """Write the paper of a delivery or return, or its pick list, into a file."""
    if is_pick_list:
        work = delivery_paper.pick_list_pdf
        write_bytes(path, printed(lambda: app.read(work, key)))
    else:
        note = delivery_paper.pdf
        write_bytes(path, printed(lambda: app.read(note, key, is_priced=is_priced)))


# Mail


def send(app: App, key: str | int, *, address: str = "", by_mail: bool = True) -> Draft:
    """Issue a quotation and put its mail into the outbox, in one transaction; then deliver it.

    A quotation that was sent before is mailed again without a new number. Raises DomainError,
    with nothing changed, where there is no address, no mail server, or no password it accepts.
    """
    if by_mail:
        mail_server.sign_in(app)
    draft = issued(app, key, address=address, by_mail=by_mail)
    if by_mail:
        outbox.deliver(app)
    return draft


def issued(app: App, key: str | int, *, address: str = "", by_mail: bool = True) -> Draft:
    """Issue a quotation, signed where the company signs what goes out; its mail waits then."""
    signature = signing.when_wanted(app)
    return app.write(issue, key, address=address, by_mail=by_mail, signature=signature)


@needs("documents.change")
def issue(
    uow: UnitOfWork, key: str | int, *, address: str = "", by_mail: bool = True,
    signature: Signature | None = None,
) -> Draft:  # fmt: skip
    """Number, state, archive and (by mail) the outbox entry of a quotation, with its proposal."""
    draft = quotations.show(uow, key)
    if by_mail:
        address = _address(uow, draft, address)
        outbox.require_server(uow)
    if draft.state == "draft" or not by_mail:
        draft = quotations.send(uow, draft.id or 0)
    channel = "mail" if by_mail else "hand"
    archive_id = archive(uow, "quotation", draft.id or 0, channel, signature)
    if by_mail:
        _enqueue(uow, draft, address, archive_id)
    return draft


@needs("documents.change")
def mail_order(uow: UnitOfWork, key: str | int, address: str = "") -> Draft:
    """Put an order's confirmation into the outbox."""
    return _mail(uow, "order", key, address)


@needs("papers.send")
def mail_invoice(uow: UnitOfWork, key: str | int, address: str = "") -> Draft:
    """Put an issued invoice or credit note into the outbox; DomainError for a draft."""
    draft = _SHOW["invoice"](uow, key)
    if not draft.number:
        raise DomainError(_("{number} is not issued yet; issue it first."), number=draft.id)
    return _mail(uow, "invoice", key, address)


@needs("papers.send")
def mail_delivery(uow: UnitOfWork, key: str | int, address: str = "") -> Draft:
    """Put the note of a delivery that left into the outbox; DomainError where it did not leave."""
    draft = _SHOW["delivery"](uow, key)
    if draft.state not in ("shipped", "delivered"):
        message = _("{number} is {state}; only what was shipped is told to the customer.")
        state = DELIVERY_STATES.labels[draft.state]
        raise DomainError(message, number=draft.number or draft.id, state=state)
    return _mail(uow, "delivery", key, address)


def mailed(app: App, kind: str, key: str | int, *, address: str = "") -> Draft:
    """Mail an order's confirmation, an invoice or a delivery note, through the outbox.

    Raises DomainError, with nothing changed, where there is no address, no mail server, or no
    password it accepts.
    """
    mail_server.sign_in(app)
    draft = app.write(MAIL[kind], key, address)
    outbox.deliver(app)
    return draft


def _mail(uow: UnitOfWork, kind: str, key: str | int, address: str) -> Draft:
    draft = _SHOW[kind](uow, key)
    address = _address(uow, draft, address)
    outbox.require_server(uow)
    _enqueue(uow, draft, address, archive(uow, kind, draft.id or 0, "mail"))
    return draft


MAIL: dict[str, Callable[[UnitOfWork, str | int, str], Draft]] = {
    "order": mail_order, "invoice": mail_invoice, "delivery": mail_delivery,
}  # fmt: skip
"""What puts the paper of a kind into the outbox."""


def _enqueue(uow: UnitOfWork, draft: Draft, address: str, archive_id: int) -> None:
    text = _mail_text(uow, draft)
    outbox.add(
        uow, document=draft.kind, document_id=draft.id or 0, recipient=address,
        subject=text.subject, body=text.body, archive_id=archive_id,
    )  # fmt: skip


def mail_text(uow: UnitOfWork, kind: str, key: str | int) -> MailText:
    """What the mail with a document says."""
    return _mail_text(uow, _SHOW[kind](uow, key))


def _mail_text(uow: UnitOfWork, draft: Draft) -> MailText:
    language, known = _facts(uow, draft)
    return mail_texts.mail(draft.kind, language, uow.settings.texts.get(language, {}), known)


def _facts(uow: UnitOfWork, draft: Draft) -> tuple[str, dict[str, str]]:
    """The language of a paper and the plain texts its mail may use."""
    contact = reach(uow, draft).name
    if draft.kind == "delivery":
        note = delivery_paper.note(uow, draft.id or 0)
        return note.form.language, mail_texts.delivery_facts(note, contact)
    document = _DOCUMENT[draft.kind](uow, draft.id or 0)
    table = TABLES[draft.kind]
    query = select(table.c.total).where(table.c.id == draft.id)
    total = uow.connection.execute(query).scalar_one()
    return document.language, mail_texts.facts(document, total, contact)


def _address(uow: UnitOfWork, draft: Draft, address: str) -> str:
    wanted = address or reach(uow, draft).email
    if wanted:
        return str(checked(Field("email", _("E-mail"), FieldKind.EMAIL), wanted))
    message = _("{number} has no mail address; name one, or fill in the contact's.")
    raise DomainError(message, field="email", number=draft.number or draft.account)


def reach(uow: UnitOfWork, draft: Draft) -> Reach:
    """The contact's name, mail address and phone, else the account's."""
    contact, account = TABLES["contact"], TABLES["account"]
    of_account = uow.connection.execute(
        select(account.c.email, account.c.phone_e164, account.c.phone, account.c.country).where(
            account.c.code == draft.account
        )
    ).one()
    of_contact = uow.connection.execute(
        select(contact.c.name, contact.c.email, contact.c.phone_e164).where(
            contact.c.code == draft.contact
        )
    ).one_or_none()
    region = region_of(of_account.country, uow.settings.country)
    phone = of_account.phone_e164 or international_phone(of_account.phone, region)
    return Reach(
        name=of_contact.name if of_contact else "",
        email=(of_contact and of_contact.email) or of_account.email or "",
        phone=(of_contact and of_contact.phone_e164) or phone or "",
    )


def mail_file(uow: UnitOfWork, kind: str, key: str | int, address: str = "") -> bytes:
    """The mail with its PDF as an .eml file, to be opened and sent in a mail program."""
    draft = _SHOW[kind](uow, key)
    text = _mail_text(uow, draft)
    message = composed(
        sender=uow.settings.mail.sender or uow.settings.email,
        recipient=_address(uow, draft, address),
        subject=text.subject,
        body=text.body,
        message_id=make_msgid(domain="saudagar.local"),
        name=file_name(draft),
        content=pdf(uow, kind, draft.id or 0),
    )
    message["X-Unsent"] = "1"
    return message.as_bytes(policy=SMTP)


# WhatsApp


def whatsapp(app: App, kind: str, key: str | int, folder: Path) -> tuple[str, Path]:
    """The wa.me address with the text, and the PDF ready in a folder to be attached there.

    DomainError where there is no valid phone.
    """
    link, name, content = app.read(_whatsapp, kind, key)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    write_bytes(path, content)
    return link, path


def _whatsapp(uow: UnitOfWork, kind: str, key: str | int) -> tuple[str, str, bytes]:
    draft = _SHOW[kind](uow, key)
    phone = reach(uow, draft).phone
    if not phone:
        message = _("{account} has no phone WhatsApp could reach; fill in a valid number.")
        raise DomainError(message, field="phone", account=draft.account)
    language, known = _facts(uow, draft)
    link = mail_texts.whatsapp_link(kind, language, phone, known)
    return link, file_name(draft), pdf(uow, kind, draft.id or 0)
