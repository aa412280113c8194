"""Payments of customers: booked, allocated to invoices by hand or the oldest first, made void."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, func, select, update

from controllers.core import reach
from controllers.core.permitted import needs
from controllers.core.prepared import insert_row
from controllers.core.records import search_text
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import invoices, numbering, open_invoices, periods, stored
from controllers.documents.billed import CREDIT
from controllers.documents.stored import Stored
from models.documents.payment import METHODS
from models.storage.tables import TABLES
from models.system.kinds import KINDS
from models.values.errors import DomainError, NotFoundError
from models.values.money import ZERO, currency_decimals, rounded
from models.values.parsing import checked
from models.values.reasons import grouped
from models.values.states import INVOICE_STATES, RECEIPT_STATES
from resources.languages import marked as _

KIND = "payment"


@dataclass(frozen=True, slots=True)
class Allocation:
    """What of a payment settles an invoice.

    `settled` is in the invoice's currency, `amount` in the payment's; left out where they are one.
    `withheld` is tax the customer kept back against a slip, `adjusted` what is let go: bank
    charges, rounding, a currency's difference (negative where it was gained).
    """

    invoice: str
    amount: Decimal = ZERO
    settled: Decimal | None = None
    withheld: Decimal = ZERO
    adjusted: Decimal = ZERO
    note: str = ""


@dataclass(frozen=True)
class ShownPayment:
    """A payment and what it settles."""

    id: int
    number: str
    account: str
    date: dt.date
    amount: Decimal
    currency: str
    method: str
    reference: str
    bank: str
    slip: str
    slip_date: dt.date | None
    withheld: Decimal
    allocated: Decimal
    state: str
    notes: str
    version: int
    lines: tuple[Allocation, ...]

    @property
    def free(self) -> Decimal:
        """What settles no invoice yet."""
        return ZERO if self.state == "void" else self.amount - self.allocated


def shown(uow: UnitOfWork, key: str | int) -> ShownPayment:
    """A payment by its number or id."""
    return _shown(uow, _row(uow, key))


def _row(uow: UnitOfWork, key: str | int) -> RowMapping:
    table, account = TABLES[KIND], TABLES["account"]
    query = select(table, account.c.code.label("account_name")).select_from(
        table.join(account, account.c.id == table.c.account_id)
    )
    by = table.c.id == key if isinstance(key, int) else table.c.number == key
    row = uow.connection.execute(query.where(by)).mappings().one_or_none()
    if row is None and isinstance(key, str) and key.isdecimal() and len(key) < 18:
        return _row(uow, int(key))
    if row is None or not reach.is_shown(uow, KIND, row["id"]):
        message = _("There is no {kind} “{key}”; look it up in the list.")
        raise NotFoundError(message, field=KIND, kind=KINDS[KIND].label, key=key)
    return row


def _shown(uow: UnitOfWork, row: RowMapping) -> ShownPayment:
    line, invoice = TABLES["payment_line"], TABLES["invoice"]
    query = (
        select(line, invoice.c.number)
        .select_from(line.join(invoice, invoice.c.id == line.c.invoice_id))
        .where(line.c.payment_id == row["id"])
        .order_by(line.c.position)
    )
    lines = tuple(
        Allocation(
            each["number"] or str(each["invoice_id"]), each["amount"], each["settled"],
            each["withheld"], each["adjusted"], each["note"] or "",
        )
        for each in uow.connection.execute(query).mappings()
    )  # fmt: skip
    return ShownPayment(
        row["id"], row["number"] or "", row["account_name"], row["date"], row["amount"],
        row["currency"], row["method"] or "", row["reference"] or "", row["bank"] or "",
        row["slip"] or "", row["slip_date"], row["withheld"], row["allocated"], row["state"],
        row["notes"] or "", row["version"], lines,
    )  # fmt: skip


# Booking


@needs("invoices.change")
def receive(
    uow: UnitOfWork,
    /,
    account: str,
    amount: Decimal,
    *,
    date: dt.date | None = None,
    currency: str = "",
    allocations: Sequence[Allocation] = (),
    oldest_first: bool = False,
    **more: Any,
) -> ShownPayment:
    """Book money of a customer and what it settles; what is left over stays theirs.

    `oldest_first` settles the oldest open invoices in its currency as far as it reaches. `more`
    holds method, reference, bank, slip, slip_date and notes. DomainError where the amount is not
    over 0 (it may be 0 where only tax was withheld), or an allocation does not fit.
    """
    day = date or uow.today
    periods.require_open(uow, day)
    customer = _account(uow, account)
    currency = currency or customer["currency"] or uow.settings.currency
    _check(amount, currency, more, allocations)
    head = _insert(uow, customer, amount, currency, day, more)
    wanted = list(allocations)
    if oldest_first:
        wanted = oldest(uow, customer["id"], currency, amount)
    _allocate(uow, _row(uow, head), wanted)
    number = numbering.draw(uow, KIND, day)
    _set(uow, _row(uow, head), number=number)
    return shown(uow, head)


def _account(uow: UnitOfWork, code: str) -> RowMapping:
    table = TABLES["account"]
    query = select(table.c.id, table.c.currency, table.c.owner_id).where(table.c.code == code)
    row = uow.connection.execute(query).mappings().one_or_none()
    if row is None or not reach.is_shown(uow, "account", row["id"]):
        message = _("There is no customer “{key}”; make it first or name another.")
        raise NotFoundError(message, field="account", key=code)
    return row


def _check(
    amount: Decimal, currency: str, more: dict[str, Any], allocations: Sequence[Allocation]
) -> None:
    checked(KINDS[KIND]["currency"], currency)
    withheld = sum((each.withheld for each in allocations), ZERO)
    if amount < 0 or (not amount and not withheld):
        message = _("A payment is more than 0, not {amount}.")
        raise DomainError(message, field="amount", amount=grouped(amount))
    places = currency_decimals(currency)
    if rounded(amount, places) != amount:
        message = _("{amount} has more decimals than {currency} has; write {places} at most.")
        raise DomainError(
            message, field="amount", amount=grouped(amount), currency=currency, places=places
        )
    if withheld and not more.get("slip"):
        message = _("Tax was withheld: name the number of the slip.")
        raise DomainError(message, field="slip")
    if more.get("method", "transfer") not in dict(METHODS):
        message = _("“{method}” is no way to pay; there are {known}.")
        known = ", ".join(dict(METHODS))
        raise DomainError(message, field="method", method=more["method"], known=known)


_MORE = ("method", "reference", "bank", "slip", "slip_date", "notes")


def _insert(
    uow: UnitOfWork, customer: RowMapping, amount: Decimal, currency: str, day: dt.date,
    more: dict[str, Any],
) -> int:  # fmt: skip
    values = {
        "account_id": customer["id"], "owner_id": customer["owner_id"], "date": day,
        "amount": amount, "currency": currency, "state": "posted",
        "withheld": ZERO, "allocated": ZERO,
        **{name: more.get(name) or ("transfer" if name == "method" else None) for name in _MORE},
        "created_at": uow.now, "changed_at": uow.now,
    }  # fmt: skip
    values["search_text"] = search_text(KINDS[KIND], values)
    head = insert_row(uow.connection, TABLES[KIND], values)
    reach.require_changeable(uow, KIND, head, str(more.get("reference") or ""))
    uow.changed(KIND, head)
    return head


def oldest(uow: UnitOfWork, account_id: int, currency: str, amount: Decimal) -> list[Allocation]:
    """How an amount settles a customer's open invoices in a currency, the earliest due first."""
    known = TABLES["invoice"].c
    query = open_invoices.owed("number", "open").where(
        known.account_id == account_id, known.currency == currency
    )
    found = []
    for row in uow.connection.execute(query):
        part = min(amount, row.open)
        if part <= 0:
            break
        found.append(Allocation(row.number, part))
        amount -= part
    return found


@needs("invoices.change")
def pay(
    uow: UnitOfWork,
    /,
    invoice: str | int,
    amount: Decimal,
    *,
    date: dt.date | None = None,
    withheld: Decimal = ZERO,
    **more: Any,
) -> ShownPayment:
    """Book what a customer paid on one invoice, and the tax they withheld of it.

    What is more than the invoice's open amount stays the customer's. DomainError where the invoice
    is a draft, void or settled.
    """
    document = stored.find(uow, "invoice", invoice)
    _require_payable(document)
    left = invoices.open_amount(document.row)
    if withheld < 0 or withheld > left:
        message = _("{number}: {withheld} cannot be withheld of {open}.")
        raise DomainError(
            message, field="withheld", number=document.name, withheld=grouped(withheld),
            open=grouped(left),
        )  # fmt: skip
    part = min(amount, left - withheld)
    allocation = Allocation(document.name, part, withheld=withheld)
    return receive(
        uow, document.draft.account, amount, date=date, currency=document.draft.currency,
        allocations=(allocation,), **more,
    )  # fmt: skip


def _require_payable(document: Stored) -> None:
    row = document.row
    if row["type"] == CREDIT:
        message = _("{number} is a credit note; nobody pays it.")
        raise DomainError(message, field="invoice", number=document.name)
    if row["state"] != "issued":
        message = _("{number} is {state}, so it cannot be paid; issue it first, or name another.")
        raise DomainError(
            message, field="invoice", number=document.name,
            state=INVOICE_STATES.labels[row["state"]],
        )  # fmt: skip
    if invoices.open_amount(row) <= 0:
        message = _("{number} is settled already; book the money on the customer instead.")
        raise DomainError(message, field="invoice", number=document.name)


# Allocating


@needs("invoices.change")
def allocate(uow: UnitOfWork, key: str | int, allocations: Sequence[Allocation]) -> ShownPayment:
    """Settle more invoices with what is free of a payment."""
    row = _row(uow, key)
    if row["state"] == "void":
        message = _("{number} is void; book the money anew.")
        raise DomainError(message, field="state", number=row["number"])
    _allocate(uow, row, allocations)
    return shown(uow, row["id"])


def _allocate(uow: UnitOfWork, payment: RowMapping, allocations: Sequence[Allocation]) -> None:
    free = payment["amount"] - payment["allocated"]
    line = TABLES["payment_line"]
    count = select(func.count()).where(line.c.payment_id == payment["id"])
    position = uow.connection.execute(count).scalar_one()
    withheld = ZERO
    for each in allocations:
        if each.amount > free:
            message = _("{invoice}: {amount} are to be settled, {free} of the payment are free.")
            raise DomainError(
                message, field="amount", invoice=each.invoice, amount=grouped(each.amount),
                free=grouped(free),
            )  # fmt: skip
        position += 1
        _settle(uow, payment, each, position)
        free -= each.amount
        withheld += each.withheld
    _set(uow, payment, allocated=payment["amount"] - free, withheld=payment["withheld"] + withheld)


def _settle(uow: UnitOfWork, payment: RowMapping, part: Allocation, position: int) -> None:
    invoice = stored.find(uow, "invoice", part.invoice)
    _require_payable(invoice)
    settled = _settled(payment, invoice, part)
    left = invoices.open_amount(invoice.row)
    if settled + part.withheld + part.adjusted > left:
        message = _("{number}: {settled} are to be settled, {open} are open; settle less.")
        raise DomainError(
            message, field="amount", number=invoice.name,
            settled=grouped(settled + part.withheld + part.adjusted), open=grouped(left),
        )  # fmt: skip
    row = invoice.row
    stored.set_columns(
        uow, "invoice", invoice, paid=row["paid"] + settled,
        withheld=row["withheld"] + part.withheld, adjusted=row["adjusted"] + part.adjusted,
    )  # fmt: skip
    insert_row(uow.connection, TABLES["payment_line"], {
        "payment_id": payment["id"], "position": position, "invoice_id": invoice.id,
        "amount": part.amount, "settled": settled, "withheld": part.withheld,
        "adjusted": part.adjusted, "note": part.note or None,
    })  # fmt: skip


def _settled(payment: RowMapping, invoice: Stored, part: Allocation) -> Decimal:
    """What is settled in the invoice's currency; DomainError where nothing sensible is."""
    if payment["account_id"] != invoice.row["account_id"]:
        message = _("{number} is another customer's; choose one of theirs.")
        raise DomainError(message, field="invoice", number=invoice.name)
    is_same = payment["currency"] == invoice.draft.currency
    if part.settled is None and not is_same:
        message = _("{number} is in {theirs}, the payment in {ours}: say what it settles in "
                    "{theirs}.")  # fmt: skip
        raise DomainError(
            message, field="settled", number=invoice.name, theirs=invoice.draft.currency,
            ours=payment["currency"],
        )  # fmt: skip
    settled = part.amount if part.settled is None or is_same else part.settled
    if settled < 0 or part.amount < 0 or part.withheld < 0:
        message = _("{number}: an allocation cannot be negative.")
        raise DomainError(message, field="amount", number=invoice.name)
    return settled


@needs("invoices.change")
def void(uow: UnitOfWork, key: str | int) -> ShownPayment:
    """Take a payment back: what it settled is open again. It keeps its number."""
    row = _row(uow, key)
    RECEIPT_STATES.check_move(row["number"] or str(row["id"]), row["state"], "void")
    periods.require_open(uow, row["date"])
    line = TABLES["payment_line"]
    query = select(line).where(line.c.payment_id == row["id"]).order_by(line.c.invoice_id)
    for each in uow.connection.execute(query).mappings().all():
        invoice = stored.find(uow, "invoice", each["invoice_id"])
        known = invoice.row
        stored.set_columns(
            uow, "invoice", invoice, paid=known["paid"] - each["settled"],
            withheld=known["withheld"] - each["withheld"],
            adjusted=known["adjusted"] - each["adjusted"],
        )  # fmt: skip
    _set(uow, row, state="void", allocated=ZERO)
    return shown(uow, row["id"])


def _set(uow: UnitOfWork, row: RowMapping, **values: Any) -> None:
    table = TABLES[KIND]
    reach.require_changeable(uow, KIND, row["id"], row["number"] or str(row["id"]))
    values |= {"changed_at": uow.now, "version": row["version"] + 1}
    values["search_text"] = search_text(KINDS[KIND], {**row, **values})
    uow.connection.execute(update(table).where(table.c.id == row["id"]).values(values))
    uow.changed(KIND, row["id"])
