"""Quotations and orders as JSON: what scripts write and read, by the names of the command line."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import approvals, bundles, drafting, quotations
from controllers.documents.books import price_book
from controllers.documents.drafting import Shown
from models.rules.price_book import PriceBook
from models.rules.words import in_words
from models.storage.tables import TABLES
from models.system.kinds import KINDS, LINES
from models.values.documents import ITEM, NOTE, PRODUCT, SECTION, Draft, Line, PricedLine
from models.values.errors import DomainError, NotFoundError
from models.values.fields import RecordKind
from models.values.money import plain
from models.values.parsing import checked
from models.values.reasons import BY_HAND, reason_text
from resources.languages import marked as _

Values = dict[str, Any]

_HEAD = (
    "account", "contact", "date", "valid_until", "reference", "subject", "owner", "currency",
    "price_list", "language", "tax", "payment_term", "delivery_term", "discount_percent",
    "discount_amount", "opening", "terms", "closing", "notes",
)  # fmt: skip
_LATER = ("opportunity",)
"""Names that may be given empty; what they name is not kept yet."""

_LINE = (
    "product", "description", "detail", "quantity", "unit", "unit_price", "discount_percent",
    "discount_amount", "optional", "alternative", "tax_class", "section", "note", "bundle",
    "options",
)  # fmt: skip
_FIELDS = {"section": "description", "note": "description", "bundle": "product"}
"""The fields by which what a line is named with is checked, where it is another."""

_ANSWERED = frozenset(
    ("id", "number", "revision", "state", "subtotal", "discount", "tax_base", "taxes", "rounding",
     "total", "total_in_words", "margin_percent", "order", "optional", "sent_at", "decided_at",
     "decision_note", "quotation", "approval", "approvals")
)  # fmt: skip
_LINE_ANSWERED = frozenset(("amount", "price_reason", "sku", "margin_percent"))


@needs("documents.change")
def new(uow: UnitOfWork, values: Values) -> Draft:
    """Save a draft of plain values; DomainError as `read_draft` and `quotations.new` raise it."""
    return quotations.new(uow, read_draft(uow, values))


@needs("documents.change")
def change(uow: UnitOfWork, key: str | int, values: Values) -> Draft:
    """Give a draft other values; what is left out stays, and `lines` are given all or not at all.

    A `version` that is not the present one raises ConflictError; others as `new` raises them.
    """
    shown = quotations.shown(uow, key)
    return quotations.save(uow, changed_draft(uow, shown, values))


def changed_draft(uow: UnitOfWork, shown: Shown, values: Values) -> Draft:
    """A document as it would be with other values; nothing is written."""
    old = shown.draft
    version = values.get("version") or old.version
    given = {name: value for name, value in values.items() if name != "version"}
    draft = read_draft(uow, {**answer(uow, shown), **given})
    return replace(
        draft,
        id=old.id,
        version=version,
        number=old.number,
        revision=old.revision,
        state=old.state,
        line_decimals=old.line_decimals,
    )


def read_draft(uow: UnitOfWork, values: Values, kind: str = "quotation") -> Draft:
    """A draft from JSON, with the account's and company's defaults for what is left out.

    What `show` answers may be given back; its figures are passed over. DomainError names an
    unknown key and the known ones, or the field and line that does not fit.
    """
    _known(values, (*_HEAD, "lines", *_LATER), _ANSWERED, "")
    head = _head_values(KINDS[kind], values)
    draft = _filled(uow, values, head)
    given = values.get("lines") or []
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise DomainError(_("“lines” must be a list of objects."), field="lines")
    typed = [_line_values(LINES[kind], each, at) for at, each in enumerate(given, 1)]
    book = price_book(uow, draft, _products(uow, typed))
    lines: list[Line] = []
    for at, each in enumerate(typed, 1):
        is_bundle = "bundle" in each
        lines += _bundle(uow, at, each, draft) if is_bundle else [_line(at, each, draft, book)]
    draft = replace(draft, lines=tuple(lines))
    drafting.check(draft)
    return draft


def _bundle(uow: UnitOfWork, number: int, typed: Values, draft: Draft) -> Sequence[Line]:
    """The lines of a product that is put together, with its quantity and options."""
    for name in typed:
        if name not in ("bundle", "options", "quantity"):
            message = _("Line {line}: a line with “{name}” has no “{more}”; leave one of them out.")
            raise DomainError(message, field=name, line=number, name="bundle", more=name)
    try:
        return bundles.lines(
            uow, draft, typed["bundle"], typed.get("options"), typed.get("quantity", Decimal(1))
        )
    except DomainError as error:
        message = _("Line {line}: {problem}")
        raise DomainError(message, field=error.field, line=number, problem=error) from None


def _options(value: Any) -> list[str]:
    """The codes of the options of a bundle."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    raise DomainError(_("“options” must be a list of codes."), field="options")


def _known(values: Values, known: tuple[str, ...], passed: frozenset[str], where: str) -> None:
    for name in values:
        if name not in known and name not in passed:
            message = _("{where}“{name}” is no field of it; there are {known}.")
            raise DomainError(message, field=name, where=where, name=name, known=", ".join(known))
    for name in _LATER:
        if values.get(name):
            message = _("“{name}” cannot be kept yet; leave it out.")
            raise DomainError(message, field=name, name=name)


def _head_values(kind: RecordKind, values: Values) -> Values:
    return {
        name: checked(kind[name], values[name])
        for name in _HEAD
        if values.get(name) is not None and name in kind.by_name
    }


def _filled(uow: UnitOfWork, values: Values, head: Values) -> Draft:
    """The head: given values over the defaults, which follow a given language or price list."""
    draft = drafting.new_draft(uow, head.get("account", ""), on=head.get("date"))
    given = {name: value for name, value in head.items() if value is not None and name != "contact"}
    if "language" in given:
        given = drafting.texts(uow, given["language"]) | given
    draft = replace(draft, **given)
    listed = _list_currency(uow, draft)
    if "currency" not in given and listed:
        draft = replace(draft, currency=listed)
    elif "price_list" not in given and listed != draft.currency:
        draft = replace(draft, price_list="")
    if "contact" in values:
        draft = replace(draft, contact=_contact(uow, draft.account, head.get("contact") or ""))
    return draft


def _list_currency(uow: UnitOfWork, draft: Draft) -> str | None:
    table = TABLES["price_list"]
    query = select(table.c.currency).where(table.c.name == draft.price_list)
    return uow.connection.execute(query).scalar_one_or_none()


def _contact(uow: UnitOfWork, account: str, named: str) -> str:
    """A contact of the account by code, e-mail or name; another's code is refused when saved."""
    if not named:
        return ""
    contact, accounts = TABLES["contact"], TABLES["account"]
    theirs = accounts.c.code == account
    ways: list[ColumnElement[bool]] = [contact.c.code == named]
    ways += [theirs & (contact.c.email == named), theirs & (contact.c.name == named)]
    query = select(contact.c.code).join(accounts, accounts.c.id == contact.c.account_id)
    found = uow.connection.execute(query.where(or_(*ways)).limit(2)).scalars().all()
    if found:
        return found[0] or ""
    message = _("There is no contact “{key}” at {account}; make it first or name another.")
    raise NotFoundError(message, field="contact", key=named, account=account)


def _line_values(kind: RecordKind, values: Values, number: int) -> Values:
    where = f"lines[{number}]: "
    _known({name: values[name] for name in values if name != "opportunity"}, _LINE,
           _LINE_ANSWERED, where)  # fmt: skip
    typed: Values = {}
    for name, value in values.items():
        if name in _LINE_ANSWERED or value is None:
            continue
        field = kind[_FIELDS.get(name, name)] if name != "options" else None
        try:
            typed[name] = _options(value) if field is None else checked(field, value)
        except DomainError as error:
            message = _("Line {line}: {problem}")
            raise DomainError(message, field=name, line=number, problem=error) from None
    return typed


def _products(uow: UnitOfWork, lines: list[Values]) -> list[int]:
    """The ids of the products named by SKU."""
    wanted = sorted({each["product"] for each in lines if each.get("product")})
    table = TABLES["product"]
    query = select(table.c.id).where(table.c.sku.in_(wanted))
    return list(uow.connection.execute(query).scalars()) if wanted else []


def _line(number: int, typed: Values, draft: Draft, book: PriceBook) -> Line:
    for kind, name in ((SECTION, "section"), (NOTE, "note")):
        if name in typed:
            _only_text(number, name, typed)
            return Line(kind, description=typed[name] or "", detail=typed.get("detail") or "")
    same = ("detail", "quantity", "unit", "unit_price", "discount_percent", "discount_amount",
            "optional", "alternative", "tax_class")  # fmt: skip
    values = {name: typed[name] for name in same if typed.get(name) is not None}
    if not typed.get("product"):
        return _item(number, typed, values)
    product = book.by_sku.get(typed["product"].casefold())
    if product is None:
        message = _("Line {line}: there is no product “{sku}”; make it first or name another.")
        raise NotFoundError(message, field="product", line=number, sku=typed["product"])
    line = Line(
        PRODUCT, product=product.id, sku=product.sku, pinned="unit_price" in values,
        description=typed.get("description") or product.name_in(draft.language),
        **{"tax_class": product.tax_class, "unit": product.unit} | values,
    )  # fmt: skip
    return _hand_or_book(line, book, draft, number)


def _only_text(number: int, name: str, typed: Values) -> None:
    """Raise DomainError where a section or note has more than a text."""
    for more in typed:
        if more not in (name, "detail"):
            message = _("Line {line}: a line with “{name}” has no “{more}”; leave one of them out.")
            raise DomainError(message, field=more, line=number, name=name, more=more)


def _item(number: int, typed: Values, values: Values) -> Line:
    if not typed.get("description"):
        message = _("Line {line}: name a product, or describe the item.")
        raise DomainError(message, field="product", line=number)
    return Line(ITEM, description=typed["description"], pinned=True, price_reason=BY_HAND, **values)


def _hand_or_book(line: Line, book: PriceBook, draft: Draft, number: int) -> Line:
    """A given price that is the book's own is the book's; any other was set by hand.

    What the book tells of a price that does not hold on the day is told of both.
    """
    by_book = drafting.settled_line(replace(line, pinned=False), book, draft, number)
    if line.pinned and by_book.unit_price != line.unit_price:
        _why, *missed = by_book.price_reason.split("\n")
        reason = "\n".join((BY_HAND, *missed))
        return replace(by_book, unit_price=line.unit_price, pinned=True, price_reason=reason)
    return by_book


# The answer


def answer(uow: UnitOfWork, shown: Shown) -> Values:
    """A document as JSON: the given names, and what the program reckoned."""
    draft, totals = shown.draft, shown.priced.totals
    head = {name: plain_value(getattr(draft, name)) for name in _HEAD if name != "contact"}
    head["discount_amount"] = money(draft.discount_amount)
    own: Values = {"revision": draft.revision, "order": shown.order or None}
    if draft.kind == "quotation":
        own |= _approval(uow, draft.id or 0)
    else:
        own = {"quotation": shown.quotation or None, **_promised(uow, draft.id or 0)}
        del head["valid_until"]
    return {
        "id": draft.id, "number": draft.number or None, **own, "state": draft.state, **head,
        "contact": _contact_name(uow, draft.contact),
        "lines": [
            line_answer(line, figures)
            for line, figures in zip(draft.lines, shown.priced.lines, strict=True)
        ],
        "subtotal": money(totals.subtotal),
        "discount": money(totals.discount),
        "tax_base": money(totals.tax_base),
        "taxes": [
            {"name": each.name, "rate": plain(each.rate), "base": money(each.base),
             "amount": money(each.amount)}
            for each in totals.taxes
        ],
        "rounding": money(totals.rounding),
        "total": money(totals.total),
        "optional": money(totals.optional),
        "total_in_words": in_words(totals.total, draft.currency, draft.language),
        "margin_percent": plain_value(totals.margin_percent),
        "decided_at": plain_value(shown.decided_at), "decision_note": shown.decision_note or None,
    }  # fmt: skip


_OF_ORDER = ("required_date", "promised_date", "amendment", "amendment_note")


def _promised(uow: UnitOfWork, order: int) -> Values:
    table = TABLES["order"]
    query = select(*(table.c[name] for name in _OF_ORDER)).where(table.c.id == order)
    row = uow.connection.execute(query).mappings().one()
    return {name: plain_value(row[name]) for name in _OF_ORDER}


def _approval(uow: UnitOfWork, quotation: int) -> Values:
    found = approvals.standing(uow, quotation)
    return {
        "approval": found.state,
        "approvals": [
            {"rule": each.rule, "figure": plain_value(each.figure), "who": each.who,
             "state": each.state, "decided_by": each.decided_by or None,
             "comment": each.comment or None}
            for each in found.approvals
        ],
    }  # fmt: skip


def money(amount: Decimal) -> str:
    """An amount with two decimals or as many as it needs: ``15750000.00``."""
    return plain(amount, 2)


def plain_value(value: Any) -> Any:
    """A value as JSON holds it: figures as plain decimals, days and moments in ISO form."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return None if value == "" else value


def _contact_name(uow: UnitOfWork, code: str) -> str | None:
    """A contact by its e-mail where it has one, as scripts name it, else by its code."""
    table = TABLES["contact"]
    query = select(table.c.email).where(table.c.code == code)
    return (uow.connection.execute(query).scalar_one_or_none() or code) if code else None


def line_answer(line: Line, figures: PricedLine) -> Values:
    """A line with its figures."""
    if line.kind == NOTE:
        return {"note": line.description, **({"detail": line.detail} if line.detail else {})}
    if line.kind == SECTION:
        return {"section": line.description, "amount": money(figures.amount)}
    answer: Values = {"product": line.sku} if line.kind == PRODUCT else {}
    if line.detail:
        answer["detail"] = line.detail
    return answer | {
        "description": line.description,
        "quantity": plain(line.quantity), "unit": line.unit,
        "unit_price": money(line.unit_price),
        "discount_percent": plain(line.discount_percent),
        "discount_amount": money(line.discount_amount),
        "tax_class": line.tax_class, "optional": line.optional,
        "alternative": line.alternative or None,
        "amount": money(figures.amount),
        "price_reason": reason_text(line.price_reason, "en"),
        "margin_percent": plain_value(figures.margin_percent),
    }  # fmt: skip
