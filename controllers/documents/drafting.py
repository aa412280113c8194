"""Drafts: a new one with all it can know by itself, and one as the database prices it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, select

from controllers.catalogue.taxes import preset
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import frozen
from controllers.documents.books import price_book
from controllers.documents.figures import HEAD, draft_problems
from controllers.documents.stored import Stored
from models.rules.price_book import PriceBook
from models.rules.pricing import price_document
from models.storage.tables import TABLES
from models.values.documents import ITEM, PRODUCT, Draft, Line, Priced, TaxPreset
from models.values.errors import DomainError, NotFoundError
from models.values.reasons import BY_HAND
from resources.languages import marked as _


@dataclass(frozen=True)
class Opened:
    """All the editor needs to work on a document without the database."""

    draft: Draft
    book: PriceBook
    preset: TaxPreset
    cash_rounding: Decimal | None = None


@dataclass(frozen=True)
class Shown:
    """A document with its figures and what happened to it."""

    priced: Priced
    sent_at: dt.datetime | None = None
    decided_at: dt.datetime | None = None
    decision_note: str = ""
    order: str = ""
    """The number of the order a quotation became."""
    quotation: str = ""
    """The number of the quotation an order came from."""
    wanted_on: dt.date | None = None
    """The day the customer wants an order on."""
    amendment: int = 0
    """How often an order was amended since it was confirmed."""
    promised: Mapping[int, dt.date] = field(default_factory=dict)
    """The days that lines of an order were promised for, by their ids."""

    @property
    def draft(self) -> Draft:
        """The document's draft."""
        return self.priced.draft


def new_draft(uow: UnitOfWork, account: str = "", *, on: dt.date | None = None) -> Draft:
    """A quotation to an account with the defaults of the account, then of the company.

    NotFoundError at `account` where there is no such; without one only the company's defaults.
    """
    row = _account(uow, account) if account else None
    day = on or uow.today
    draft = Draft(
        account=account,
        contact=_only_contact(uow, row),
        date=day,
        valid_until=days_after(day, uow.settings.valid_days),
        owner=_owner(uow, row),
        **_terms(uow, row),
    )
    return replace(draft, **texts(uow, draft.language))


def days_after(day: dt.date, days: int) -> dt.date:
    """A later day, or the last there is."""
    return day + min(dt.timedelta(days=days), dt.date.max - day)


def texts(uow: UnitOfWork, language: str) -> dict[str, Any]:
    """The company's own opening, terms and closing in a language; empty where it has none."""
    own = uow.settings.texts.get(language, {})
    return {name: own.get(name, "") for name in ("opening", "terms", "closing")}


def _account(uow: UnitOfWork, code: str) -> RowMapping:
    account, prices, tax, user = (
        TABLES["account"], TABLES["price_list"], TABLES["tax"], TABLES["user"],
    )  # fmt: skip
    query = (
        select(
            account.c.id, account.c.currency, account.c.language, account.c.payment_term,
            prices.c.name.label("price_list"), tax.c.code.label("tax"), user.c.name.label("owner"),
        )
        .select_from(
            account.outerjoin(prices, prices.c.id == account.c.price_list_id)
            .outerjoin(tax, tax.c.id == account.c.tax_id)
            .outerjoin(user, user.c.id == account.c.owner_id)
        )
        .where(account.c.code == code)
    )  # fmt: skip
    row = uow.connection.execute(query).mappings().one_or_none()
    if row is None:
        message = _("There is no customer “{key}”; make it first or name another.")
        raise NotFoundError(message, field="account", key=code)
    return row


def _terms(uow: UnitOfWork, row: RowMapping | None) -> dict[str, Any]:
    """Currency, price list, language, tax and payment term, each the account's if it has one."""
    ours, theirs = uow.settings, dict(row or {})
    listed = theirs.get("price_list") or ours.price_list
    prices = _price_list(uow, listed)
    currency = theirs.get("currency") or (prices["currency"] if prices else ours.currency)
    fits = prices is not None and prices["currency"] == currency
    tax = theirs.get("tax") or ours.tax
    return {
        "currency": currency,
        "price_list": listed if fits else "",
        "language": theirs.get("language") or ours.language,
        "tax": _included(uow, tax) if fits and prices and prices["tax_included"] else tax,
        "payment_term": theirs.get("payment_term") or ours.payment_term,
    }


def _price_list(uow: UnitOfWork, name: str) -> RowMapping | None:
    table = TABLES["price_list"]
    query = select(table.c.currency, table.c.tax_included).where(table.c.name == name)
    return uow.connection.execute(query).mappings().one_or_none() if name else None


def _included(uow: UnitOfWork, tax: str) -> str:
    """The sister of a tax for prices that include it, where there is one."""
    table = TABLES["tax"]
    query = select(table.c.code).where(table.c.code == f"{tax}_included")
    return uow.connection.execute(query).scalar_one_or_none() or tax


def _only_contact(uow: UnitOfWork, row: RowMapping | None) -> str:
    if row is None:
        return ""
    contact = TABLES["contact"]
    query = select(contact.c.code).where(
        contact.c.account_id == row["id"], contact.c.archived.is_(False)
    )
    found = uow.connection.execute(query.limit(2)).scalars().all()
    return found[0] or "" if len(found) == 1 else ""


def _owner(uow: UnitOfWork, row: RowMapping | None) -> str:
    """Who writes it, if the program knows them, else the account's owner."""
    user = TABLES["user"]
    query = select(user.c.name).where(user.c.name == uow.user)
    known = uow.connection.execute(query).scalar_one_or_none()
    return known or (row["owner"] if row else "") or ""


# Pricing from the database


def opened(uow: UnitOfWork, draft: Draft, products: Iterable[int] = ()) -> Opened:
    """A draft with its price book (its products and those named), history and tax, to edit."""
    book = price_book(uow, draft, products, history=True)
    tax = preset(uow, draft.tax, draft.date)
    return Opened(draft, book, tax, frozen.cash_rounding(uow, draft))


def started(uow: UnitOfWork, account: str = "", products: Iterable[int] = ()) -> Opened:
    """A new draft to an account, to edit; for another account in a draft name its products."""
    return opened(uow, new_draft(uow, account), products)


def reopened(uow: UnitOfWork, document: Stored) -> Opened:
    """The same of a stored document; an issued one keeps the tax of its day."""
    if not document.frozen:
        return opened(uow, document.draft)
    book = price_book(uow, document.draft, history=True)
    kept = document.frozen
    return Opened(document.draft, book, frozen.frozen_tax(kept), frozen.frozen_rounding(kept))


def priced(uow: UnitOfWork, document: Stored) -> Priced:
    """The figures of a stored document: an issued one by the tax of its day."""
    draft, kept = document.draft, document.frozen
    if kept:
        tax, rounding = frozen.frozen_tax(kept), frozen.frozen_rounding(kept)
    else:
        tax, rounding = preset(uow, draft.tax, draft.date), frozen.cash_rounding(uow, draft)
    return price_document(draft, tax, cash_rounding=rounding)


def settled(uow: UnitOfWork, draft: Draft) -> Priced:
    """A draft as it may be saved: products, units, costs and prices from the database, figures.

    The rule of prices: a line whose price was set by hand keeps it. Every other line has the price
    the book gives now, and its reason; so a price stays only while its reason still holds. Where
    the book has no price in this currency, the line keeps what it has.
    """
    book = price_book(uow, draft)
    lines = tuple(settled_line(line, book, draft, at) for at, line in enumerate(draft.lines, 1))
    tax = preset(uow, draft.tax, draft.date)
    rounding = frozen.cash_rounding(uow, draft)
    return price_document(replace(draft, lines=lines), tax, cash_rounding=rounding)


def settled_line(line: Line, book: PriceBook, draft: Draft, number: int) -> Line:
    """One line by the book; DomainError at `product` or `unit` with the line's number."""
    if line.kind == ITEM:
        return line if line.price_reason else replace(line, price_reason=BY_HAND)
    if line.kind != PRODUCT:
        return line
    if line.product is None:
        message = _("Line {line}: choose a product or make it a free item.")
        raise DomainError(message, field="product", line=number)
    product = book[line.product]
    try:
        factor = product.factor(line.unit)
    except DomainError as error:
        message = _("Line {line}: {sku} has no unit “{unit}”; it has {known}.")
        raise DomainError(message, field="unit", line=number, **error.facts) from None
    unit, price, reason = line.unit or product.unit, line.unit_price, line.price_reason
    if not line.pinned:
        quoted = book.quote(product.id, line.quantity, unit, draft.date)
        reason = quoted.reason
        price = price if quoted.price is None else quoted.price
    return _changed(
        line, sku=product.sku, description=line.description or product.name_in(draft.language),
        unit=unit, factor=factor, cost=book.cost(product.id), unit_price=price,
        price_reason=reason,
    )  # fmt: skip


def _changed(line: Line, **values: Any) -> Line:
    """The line with these values; the same line where it has them already."""
    if all(getattr(line, name) == value for name, value in values.items()):
        return line
    return replace(line, **values)


def check(draft: Draft, *, lines: bool = True) -> None:
    """Raise DomainError at the first problem beside the figures: days turned round, no price."""
    for (row, _field), problem in draft_problems(draft).items():
        if lines or row == HEAD:
            raise problem
