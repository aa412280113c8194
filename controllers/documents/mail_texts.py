"""The words of a mail or message about a document, from templates a company may change."""

from typing import Any
from urllib.parse import quote

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.values.errors import DomainError
from models.values.money import currency_decimals
from reports.documents.data import SalesDocument
from reports.documents.delivery import DeliveryNote
from reports.kit.figures import day, money
from resources.languages import marked as _
from resources.mail_texts import MAIL_TEXTS, WHATSAPP_TEXTS, MailText, own_name

LONGEST = 20_000

_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def facts(document: SalesDocument, total: Any, contact: str) -> dict[str, str]:
    """The plain texts a template may use."""
    language, until = document.language, document.valid_until
    decimals = currency_decimals(document.currency)
    return {
        "number": document.number,
        "date": day(document.date, language),
        "valid_until": day(until, language) if until else "",
        "total": money(total, document.currency, decimals, language),
        "contact": contact,
        "account": document.party.name,
        "company": document.letterhead.company,
        "sender": document.signer_name or document.letterhead.company,
        "subject": document.subject,
    }


def delivery_facts(note: DeliveryNote, contact: str) -> dict[str, str]:
    """The plain texts a template of a delivery may use."""
    form = note.form
    return {
        "number": form.number, "date": day(form.date, form.language), "contact": contact,
        "account": form.party.name if form.party else "", "company": form.letterhead.company,
        "sender": form.letterhead.company, "order": note.order, "carrier": note.carrier,
        "tracking": note.tracking,
    }  # fmt: skip


def mail(kind: str, language: str, own: dict[str, str], known: dict[str, str]) -> MailText:
    """Subject and body; `own` are the company's templates by `own_name`."""
    delivered = MAIL_TEXTS[kind, language]
    subject = own.get(own_name(kind, "mail_subject")) or delivered.subject
    body = own.get(own_name(kind, "mail_body")) or delivered.body
    return MailText(" ".join(filled(subject, known).split()), filled(body, known))


def whatsapp_link(kind: str, language: str, phone: str, known: dict[str, str]) -> str:
    """A wa.me address that opens a chat with the text; `phone` is in E.164."""
    text = filled(WHATSAPP_TEXTS[kind, language], known)
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text, safe='')}"


def filled(template: str, known: dict[str, str]) -> str:
    """A template with its names filled in; DomainError for one that cannot be."""
    try:
        text = _ENVIRONMENT.from_string(template[:LONGEST]).render(known)
    except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
        message = _("The mail text cannot be filled in ({reason}); mend it in Settings.")
        raise DomainError(message, reason=error) from error
    return text[:LONGEST]
