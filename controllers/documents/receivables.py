"""What customers owe: open items, how old they are, statements of account and reminders."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, RowMapping, select, update

from controllers.core import reach, readable
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import frozen, invoices, paper
from controllers.documents.billed import CREDIT
from models.storage.tables import TABLES
from models.values.documents import Draft
from models.values.errors import DomainError, NotFoundError
from models.values.money import ZERO, currency_decimals
from reports.documents.data import PageSize
from reports.documents.forms import Form
from reports.documents.reminder import OverdueInvoice, Reminder
from reports.documents.statement import Ageing, Movement, Statement
from resources.languages import marked as _
from resources.languages import translate

DAYS_TO_PAY = 7
"""What a reminder gives a customer."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice that is not settled."""

    id: int
    number: str
    account: str
    date: dt.date
    due: dt.date | None
    currency: str
    total: Decimal
    open: Decimal
    dunned: int

    def days_late(self, today: dt.date) -> int:
        """Days since it was due; 0 where it is not yet."""
        return max(0, (today - self.due).days) if self.due else 0


def open_items(uow: UnitOfWork, account: str = "", currency: str = "") -> tuple[OpenItem, ...]:
    """Every open invoice, of a customer or a currency where one is named, the oldest due first."""
    table, customer = TABLES["invoice"], TABLES["account"]
    query = (
        select(*_known(uow), customer.c.code.label("account_name"))
        .select_from(table.join(customer, customer.c.id == table.c.account_id))
        .where(table.c.state == "issued", table.c.type != CREDIT)
        .order_by(table.c.due, table.c.id)
    )
    if account:
        query = query.where(customer.c.code == account)
    if currency:
        query = query.where(table.c.currency == currency)
    rows = uow.connection.execute(query).mappings().all()
    return tuple(
        _item(row)
        for row in rows
        if invoices.open_amount(row) != 0 and reach.is_shown(uow, "invoice", row["id"])
    )


def _known(uow: UnitOfWork) -> list[ColumnElement[Any]]:
    """What who asks may see of an invoice."""
    return readable.columns("invoice", sees_cost=uow.may("cost.see"))


def _item(row: RowMapping) -> OpenItem:
    return OpenItem(
        row["id"], row["number"], row["account_name"], row["date"], row["due"], row["currency"],
        row["total"], invoices.open_amount(row), int(row["dunned"] or 0),
    )  # fmt: skip


def aged(items: Sequence[OpenItem], today: dt.date) -> Ageing:
    """Open amounts by how long they have been due: not yet, to 30, 60, 90 days, and longer."""
    sums = [ZERO] * 5
    for each in items:
        late = each.days_late(today)
        at = 0 if not late else 1 if late <= 30 else 2 if late <= 60 else 3 if late <= 90 else 4
        sums[at] += each.open
    return Ageing(*sums)


# Statements


def statement(
    uow: UnitOfWork, account: str, since: dt.date, until: dt.date, currency: str = ""
) -> Statement:
    """A customer's account over some days: what was billed, credited and paid.

    DomainError for an unknown customer or days turned round.
    """
    if until < since:
        message = _("The last day ({until}) lies before the first ({since}); turn them round.")
        raise DomainError(message, field="until", until=until, since=since)
    row = account_row(uow, account)
    currency = currency or row["currency"] or uow.settings.currency
    entries = sorted(_entries(uow, row["id"], currency), key=lambda each: each[:3])
    opening = sum((each[5] for each in entries if each[0] < since), ZERO)
    balance, movements = opening, []
    for date, _order, number, text, due, change in entries:
        if since <= date <= until:
            balance += change
            movements.append(_movement(date, number, text, due, change, balance, row))
    items = open_items(uow, account, currency)
    return Statement(
        form=form_of(uow, row, until), start=since, end=until, opening=opening,
        movements=tuple(movements), closing=balance,
        ageing=aged(items, until) if until >= uow.today else None, currency=currency,
        decimals=currency_decimals(currency),
    )  # fmt: skip


def account_row(uow: UnitOfWork, code: str) -> RowMapping:
    """Every column of a customer; NotFoundError names one that is not there."""
    table = TABLES["account"]
    query = select(table).where(table.c.code == code)
    row = uow.connection.execute(query).mappings().one_or_none()
    if row is None or not reach.is_shown(uow, "account", row["id"]):
        message = _("There is no customer “{key}”; make it first or name another.")
        raise NotFoundError(message, field="account", key=code)
    return row


_Entry = tuple[dt.date, int, str, str, dt.date | None, Decimal]

_TEXTS = {
    "invoice": _("Invoice"), "down_payment": _("Down payment"),
    "progress": _("Progress invoice"), CREDIT: _("Credit note"), "payment": _("Payment"),
    "withheld": _("Tax withheld"), "adjusted": _("Written off"),
}  # fmt: skip


def _entries(uow: UnitOfWork, account_id: int, currency: str) -> Iterator[_Entry]:
    invoice = TABLES["invoice"]
    query = select(*_known(uow)).where(
        invoice.c.account_id == account_id, invoice.c.currency == currency,
        invoice.c.state == "issued",
    )  # fmt: skip
    for row in uow.connection.execute(query).mappings():
        sign = -1 if row["type"] == CREDIT else 1
        due = None if row["type"] == CREDIT else row["due"]
        yield row["date"], 0, row["number"], row["type"], due, sign * row["total"]
    yield from _paid(uow, account_id, currency)


def _paid(uow: UnitOfWork, account_id: int, currency: str) -> Iterator[_Entry]:
    """What payments settled in a currency, and what of those in it settles nothing yet."""
    payment, line, invoice = TABLES["payment"], TABLES["payment_line"], TABLES["invoice"]
    query = (
        select(payment.c.date, payment.c.number, line.c.settled, line.c.withheld, line.c.adjusted)
        .select_from(line.join(payment, payment.c.id == line.c.payment_id)
                     .join(invoice, invoice.c.id == line.c.invoice_id))
        .where(payment.c.account_id == account_id, payment.c.state == "posted",
               invoice.c.currency == currency)
    )  # fmt: skip
    for row in uow.connection.execute(query):
        for name, amount in (("payment", row.settled), ("withheld", row.withheld),
                             ("adjusted", row.adjusted)):  # fmt: skip
            if amount:
                yield row.date, 1, row.number, name, None, -amount
    loose = select(payment.c.date, payment.c.number, payment.c.amount, payment.c.allocated).where(
        payment.c.account_id == account_id, payment.c.state == "posted",
        payment.c.currency == currency, payment.c.amount != payment.c.allocated,
    )  # fmt: skip
    for free in uow.connection.execute(loose):
        yield free.date, 1, free.number, "payment", None, free.allocated - free.amount


def _movement(
    date: dt.date, number: str, text: str, due: dt.date | None, change: Decimal,
    balance: Decimal, account: RowMapping,
) -> Movement:  # fmt: skip
    words = translate(_TEXTS[text], account["language"] or "en")
    return Movement(
        date, number, balance, words, due, change if change > 0 else None,
        -change if change <= 0 else None,
    )  # fmt: skip


def form_of(uow: UnitOfWork, account: RowMapping, date: dt.date, number: str = "") -> Form:
    """The head of a form to a customer, in their language."""
    language = account["language"] or uow.settings.language
    draft = Draft(
        account=account["code"], date=date, owner=uow.user, tax=uow.settings.tax,
        currency=account["currency"] or uow.settings.currency, language=language,
    )  # fmt: skip
    kept = frozen.now(uow, draft)
    return Form(
        language=paper.spoken(language), date=date,
        letterhead=paper.letterhead(uow, kept["seller"]),
        party=paper.party_of(kept, language), number=number,
        place=kept["seller"].get("place", ""),
        page_size=cast("PageSize", kept["seller"].get("page_size") or "A4"),
        signer_name=kept["signer"].get("full_name", ""),
        signer_title=kept["signer"].get("job_title", ""),
    )  # fmt: skip


# Reminders


def reminder(
    uow: UnitOfWork, account: str, currency: str = "", level: int = 0
) -> tuple[Reminder, tuple[OpenItem, ...]]:
    """The letter that asks a customer for what is overdue, and the invoices it is about.

    The level is one more than the highest they had, up to three, unless it is given. DomainError
    where nothing is overdue.
    """
    row = account_row(uow, account)
    currency = currency or row["currency"] or uow.settings.currency
    late = tuple(
        each for each in open_items(uow, account, currency)
        if each.days_late(uow.today) and each.open > 0
    )  # fmt: skip
    if not late:
        message = _("{account} owes nothing that is overdue in {currency}.")
        raise DomainError(message, field="account", account=account, currency=currency)
    step = level or min(3, max(each.dunned for each in late) + 1)
    letter = Reminder(
        form=form_of(uow, row, uow.today), level=cast("Literal[1, 2, 3]", min(3, max(1, step))),
        invoices=tuple(
            OverdueInvoice(each.number, each.date, each.due or each.date,
                           each.days_late(uow.today), each.total, each.open)
            for each in late
        ),
        total=sum((each.open for each in late), ZERO),
        pay_by=uow.today + dt.timedelta(DAYS_TO_PAY), currency=currency,
        decimals=currency_decimals(currency),
    )  # fmt: skip
    return letter, late


@needs("invoices.change")
def remind(uow: UnitOfWork, account: str, currency: str = "", level: int = 0) -> Reminder:
    """A reminder that goes out: its invoices count it. Answers the letter."""
    letter, late = reminder(uow, account, currency, level)
    table = TABLES["invoice"]
    values: dict[str, Any] = {
        "dunned": int(letter.level), "dunned_on": uow.today, "changed_at": uow.now,
    }  # fmt: skip
    for each in late:
        uow.connection.execute(
            update(table).where(table.c.id == each.id).values(
                version=table.c.version + 1, **values
            )
        )  # fmt: skip
        uow.changed("invoice", each.id)
    return letter
