"""A stored document as it is set on paper: letterhead, party, lines, totals and words."""

import base64
import binascii
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, cast

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import frozen
from controllers.documents.stored import Stored
from controllers.documents.wording import payment_term, tax_name, words
from models.rules.words import in_words
from models.values.documents import NOTE, SECTION, Draft, Line, Priced, PricedLine, TaxAmount
from models.values.formatting import Style
from models.values.money import currency_decimals
from reports.documents.data import (
    DocumentKind,
    DocumentLine,
    Language,
    Letterhead,
    PageSize,
    Party,
    SalesDocument,
    TotalLine,
)

_LEADING_FORMS = ("PT", "CV", "UD", "Koperasi", "Yayasan")
_NO_FORMS = ("", "Person", "Government")


def sales_document(uow: UnitOfWork, document: Stored, priced: Priced) -> SalesDocument:
    """What the renderer needs, in the document's language; a draft has no number yet."""
    draft = priced.draft
    kept = document.frozen or frozen.now(uow, draft)
    optional = priced.totals.optional
    return SalesDocument(
        kind=cast("DocumentKind", draft.kind),
        language=cast("Language", draft.language if draft.language in ("id", "ms") else "en"),
        date=draft.date,
        letterhead=letterhead(uow, kept["seller"]),
        party=party_of(kept, draft.language),
        lines=tuple(_lines(priced)),
        totals=tuple(totals_of(priced, kept["tax"], draft.language)),
        currency=draft.currency,
        decimals=decimals_of(priced),
        number="" if (draft.kind, draft.state) == ("quotation", "draft") else draft.number,
        revision=draft.revision if draft.revision > 1 else 0,
        place=kept["seller"].get("place", ""),
        valid_until=draft.valid_until if draft.kind == "quotation" else None,
        subject=draft.subject,
        reference_lines=tuple(_references(document)),
        opening=draft.opening,
        optional_total=TotalLine("", optional) if optional else None,
        words=in_words(priced.totals.total, draft.currency, spoken(draft.language)),
        terms=tuple(terms_of(document)),
        closing=draft.closing,
        signer_name=kept["signer"].get("full_name", ""),
        signer_title=kept["signer"].get("job_title", ""),
        page_size=cast("PageSize", kept["seller"].get("page_size") or "A4"),
    )


def spoken(language: str) -> Literal["id", "ms", "en"]:
    """The language a paper speaks."""
    return cast("Literal['id', 'ms', 'en']", language if language in ("id", "ms") else "en")


def letterhead(uow: UnitOfWork, seller: dict[str, str]) -> Letterhead:
    """The seller as the paper names them."""
    reach = (seller.get(name) for name in ("phone", "email", "website"))
    return Letterhead(
        company=seller.get("company", ""),
        address_lines=tuple(seller.get("address", "").splitlines()),
        contact_line=" · ".join(each for each in reach if each),
        tax_number=seller.get("tax_number", ""),
        logo=_logo(uow.settings.logo),
        bank_lines=tuple(seller.get("bank", "").splitlines()),
    )


def _logo(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) or None
    except (binascii.Error, ValueError):
        return None


def party_of(kept: dict[str, Any], language: str) -> Party:
    """The customer as a document kept them."""
    party, contact = kept["party"], kept["contact"]
    attention = ", ".join(each for each in (contact.get("name"), contact.get("role")) if each)
    return Party(
        name=_full_name(party),
        attention=attention,
        address_lines=tuple(address_lines(party, kept["seller"].get("country", ""), language)),
        tax_number=party.get("tax_number", ""),
    )


def _full_name(party: dict[str, str]) -> str:
    """The name with its legal form, unless it bears it already."""
    name, form = party.get("name", ""), party.get("legal_form", "")
    bare = form.casefold().replace(".", "")
    if form in _NO_FORMS or bare in name.casefold().replace(".", ""):
        return name
    return f"{form} {name}" if form in _LEADING_FORMS else f"{name} {form}"


def address_lines(party: dict[str, str], home: str, language: str) -> Iterator[str]:
    """The billing address of a customer, with the country where it is another one."""
    yield from party.get("address", "").splitlines()
    town = " ".join(each for each in (party.get("city"), party.get("postcode")) if each)
    yield from (each for each in (town, party.get("province", "")) if each)
    if party.get("country", home) not in ("", home):
        yield _country(party["country"], language)


def _country(code: str, language: str) -> str:
    """The country's name in the document's language (CLDR); what is no code stays as it is."""
    from babel import Locale

    return str(Locale(spoken(language)).territories.get(code.upper(), code))


def _references(document: Stored) -> Iterator[tuple[str, str]]:
    said = words(document.draft.language)
    if document.draft.reference:
        yield said["reference"], document.draft.reference


def terms_of(document: Stored) -> Iterator[tuple[str, str]]:
    """Payment and delivery, then the written terms: ``heading: text``, one in a line."""
    draft = document.draft
    said = words(draft.language)
    if draft.payment_term:
        yield said["payment"], payment_term(draft.payment_term, draft.language)
    if draft.delivery_term:
        yield said["delivery"], draft.delivery_term
    yield from written_terms(draft.terms)


def written_terms(terms: str) -> Iterator[tuple[str, str]]:
    """Terms as they were written: ``heading: text``, one in a line."""
    for line in filter(None, map(str.strip, terms.splitlines())):
        heading, mark, text = line.partition(": ")
        yield (heading, text) if mark and len(heading) < 40 else ("", line)


# Lines and totals


def _lines(priced: Priced) -> Iterator[DocumentLine]:
    """The lines in order, each section closed by its subtotal."""
    number, section = 0, None
    for line, figures in zip(priced.draft.lines, priced.lines, strict=True):
        if line.kind == SECTION:
            yield from _section_end(priced, section)
            section = (line, figures)
            yield DocumentLine("section", description=line.description)
        elif line.kind == NOTE:
            yield DocumentLine("note", description=line.description, detail=line.detail)
        else:
            number += 1
            yield item(priced.draft, line, figures, number)
    yield from _section_end(priced, section)


def decimals_of(priced: Priced) -> int:
    """The currency's decimals; history keeps more where its amounts have them."""
    usual = currency_decimals(priced.draft.currency)
    if (priced.draft.line_decimals or 0) <= usual:
        return usual
    totals = priced.totals
    amounts = [totals.total, totals.discount, *(each.amount for each in priced.lines)]
    exponents = [each.normalize().as_tuple().exponent for each in amounts]
    return max(usual, *(-each for each in exponents if isinstance(each, int)))


def _section_end(priced: Priced, section: tuple[Line, PricedLine] | None) -> Iterator[DocumentLine]:
    if section is None:
        return
    line, figures = section
    title = words(priced.draft.language)["section"].format(title=line.description)
    yield DocumentLine("subtotal", description=title.strip(), amount=figures.amount)


def item(draft: Draft, line: Line, figures: PricedLine, number: int) -> DocumentLine:
    """One line with a price."""
    return DocumentLine(
        kind="item",
        number=str(number),
        description=line.description or line.sku,
        detail=_detail(line, draft.language),
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price,
        discount=_discount(line, draft.language, draft.currency),
        amount=figures.amount,
        optional=line.optional,
    )


def _detail(line: Line, language: str) -> str:
    """The detail, and which alternative a line belongs to."""
    named = f"{words(language)['alternative']}: {line.alternative}" if line.alternative else ""
    return "\n".join(each for each in (named, line.detail) if each)


def _discount(line: Line, language: str, currency: str) -> str:
    style = Style.of(language)
    parts = []
    if line.discount_percent:
        parts.append(f"{style.number(line.discount_percent)}%")
    if line.discount_amount:
        parts.append(style.number(line.discount_amount, currency_decimals(currency)))
    return " + ".join(parts)


def totals_of(priced: Priced, tax: dict[str, Any], language: str) -> Iterator[TotalLine]:
    """Subtotal, discount, taxes and total in a language; what is the same as the total is not said
    twice. `tax` is the one the document keeps.
    """
    totals, said = priced.totals, words(language)
    if totals.discount or totals.taxes or totals.rounding:
        yield TotalLine(said["subtotal"], totals.subtotal)
    if totals.discount:
        yield TotalLine(said["discount"], -totals.discount)
        yield TotalLine(said["after discount"], totals.subtotal - totals.discount)
    for each in totals.taxes:
        yield from tax_lines(each, language, tax["base_label"], included=bool(tax["included"]))
    if totals.rounding:
        yield TotalLine(said["rounding"], totals.rounding)
    yield TotalLine(said["total"], totals.total, strong=True)


def tax_lines(
    tax: TaxAmount, language: str, base_label: str, *, included: bool
) -> Iterator[TotalLine]:
    """Base and amount of one tax as they stand below the lines."""
    said = words(language)
    rate = Style.of(language).number(Decimal(tax.rate))
    if tax.base != tax.net or included:
        yield TotalLine(base_label or said["base"], tax.base)
    label = said["included tax" if included else "tax"]
    name = tax_name(tax.name, language)
    yield TotalLine(label.format(name=name, rate=rate), tax.amount)
