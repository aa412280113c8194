"""Bank statements: what their lines are thought to pay, and the payments that come of them."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from sqlalchemy import select

from controllers.core import reach
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import open_invoices, payments
from controllers.documents.payments import Allocation, ShownPayment
from models.rules.matching import suggest
from models.rules.payers import long_numbers
from models.storage.tables import TABLES
from models.values.errors import DomainError
from models.values.reasons import grouped
from models.values.statements import Claim, Payer, StatementLine, SuggestedLine, Suggestion
from resources.languages import marked as _

_EARLIER = 20_000
"""The newest payments, from whose texts the account numbers of customers are known."""
_MOST_PAYERS = 100_000
"""Where there are more customers, only those who owe something are looked for by name."""

Watch = Callable[[int, int], None]


def _quiet(_done: int, _lines: int) -> None:
    return None


def suggested(
    uow: UnitOfWork, lines: Sequence[StatementLine], watch: Watch = _quiet
) -> tuple[SuggestedLine, ...]:
    """Each line with what it is thought to pay, or with the payment that was booked of it."""
    booked = _booked(uow, lines)
    wanted = [each for each in lines if each.amount > 0 and each not in booked]
    claims = _claims(uow)
    found = suggest(wanted, claims, _payers(uow, claims), watch)
    by_line = dict(zip(wanted, found, strict=True))
    return tuple(_suggested(each, by_line, booked) for each in lines)


def _suggested(
    line: StatementLine, found: dict[StatementLine, Suggestion], booked: dict[StatementLine, int]
) -> SuggestedLine:
    if line in booked:
        return SuggestedLine(line, "done", payment=booked[line])
    return SuggestedLine(line, "open", found[line]) if line in found else SuggestedLine(line, "out")


def _booked(uow: UnitOfWork, lines: Sequence[StatementLine]) -> dict[StatementLine, int]:
    """The payments that were booked of lines: of two equal lines the second needs a second one."""
    there = _payments(uow, lines)
    found: dict[StatementLine, int] = {}
    used: set[int] = set()
    for keeps in (StatementLine.is_in, StatementLine.may_be_in):
        for line in (each for each in lines if each not in found):
            same = there.get((line.date, line.amount), ())
            ours = (key for key, kept in same if key not in used and keeps(line, kept))
            if (key := next(ours, None)) is not None:
                found[line] = key
                used.add(key)
    return found


_Payments = dict[tuple[dt.date, Decimal], list[tuple[int, str]]]


def _payments(uow: UnitOfWork, lines: Iterable[StatementLine]) -> _Payments:
    """By day and amount the payments of the days of some lines, each with its reference."""
    days = [each.date for each in lines]
    if not days:
        return {}
    table = TABLES["payment"]
    query = select(table.c.id, table.c.date, table.c.amount, table.c.reference).where(
        table.c.date.between(min(days), max(days)), table.c.state == "posted"
    )
    there: _Payments = {}
    for row in uow.connection.execute(query.order_by(table.c.id)):
        there.setdefault((row.date, row.amount), []).append((row.id, row.reference or ""))
    return there


def _claims(uow: UnitOfWork) -> list[Claim]:
    query = open_invoices.owed_by("id", "number", "open", "currency", "date", "due")
    rows = uow.connection.execute(query.add_columns(TABLES["account"].c.code)).all()
    return [
        Claim(row.number, row.code, row.open, row.currency, row.date, row.due)
        for row in rows
        if reach.is_shown(uow, "invoice", row.id)
    ]


def _payers(uow: UnitOfWork, claims: Iterable[Claim]) -> list[Payer]:
    table = TABLES["account"]
    query = select(table.c.code, table.c.name).where(table.c.archived.is_(False))
    rows = uow.connection.execute(query.limit(_MOST_PAYERS + 1)).all()
    if len(rows) > _MOST_PAYERS:
        owing = TABLES["invoice"]
        open_ones = select(owing.c.account_id).where(owing.c.state == "issued")
        owe = {each.account for each in claims}
        found = uow.connection.execute(query.where(table.c.id.in_(open_ones)))
        rows = [row for row in found if row.code in owe]
    known = _known_numbers(uow)
    return [Payer(row.code, row.name or "", tuple(known.get(row.code, ()))) for row in rows]


def _known_numbers(uow: UnitOfWork) -> dict[str, list[str]]:
    """By customer the long numbers that stood in their payments, and in nobody else's."""
    payment, account = TABLES["payment"], TABLES["account"]
    query = (
        select(account.c.code, payment.c.reference, payment.c.bank)
        .select_from(payment.join(account, account.c.id == payment.c.account_id))
        .where(payment.c.state == "posted")
        .order_by(payment.c.id.desc())
        .limit(_EARLIER)
    )
    whose: dict[str, set[str]] = {}
    for code, reference, bank in uow.connection.execute(query):
        for number in long_numbers(f"{reference or ''}\n{bank or ''}"):
            whose.setdefault(number, set()).add(code)
    own = long_numbers(uow.settings.bank)
    found: dict[str, list[str]] = {}
    for number, codes in whose.items():
        if len(codes) == 1 and number not in own:
            found.setdefault(next(iter(codes)), []).append(number)
    return found


# Booking


@needs("invoices.change")
def accept(
    uow: UnitOfWork, line: StatementLine, account: str, allocations: Sequence[Allocation] = ()
) -> ShownPayment:
    """Book a line as money of a customer that settles invoices; what is left stays theirs.

    DomainError where money went out, an allocation does not fit, or the line was booked already,
    by somebody else perhaps a moment ago.
    """
    if line.amount <= 0:
        message = _("Line {row}: money went out; that is no payment of a customer.")
        raise DomainError(message, field="amount", row=line.row)
    if not account:
        message = _("Line {row}: choose whose money it is.")
        raise DomainError(message, field="account", row=line.row)
    made = payments.receive(
        uow, account, line.amount, date=line.date, currency=line.currency,
        allocations=allocations, reference=line.reference, bank=line.bank or None,
    )  # fmt: skip
    same = _payments(uow, [line])[line.date, line.amount]
    if sum(line.is_in(kept) for _key, kept in same) > line.occurrence:
        message = _("Line {row}: {amount} of {date} was booked already.")
        raise DomainError(
            message, field="reference", row=line.row, amount=grouped(line.amount),
            date=line.date.isoformat(),
        )  # fmt: skip
    return made


def allocations_of(suggestion: Suggestion) -> list[Allocation]:
    """What a suggestion settles, as a payment books it."""
    return [Allocation(each.invoice, each.amount) for each in suggestion.parts]


@needs("invoices.change")
def accept_suggested(uow: UnitOfWork, line: StatementLine, suggestion: Suggestion) -> ShownPayment:
    """Book a line as it is suggested."""
    return accept(uow, line, suggestion.account, allocations_of(suggestion))


@needs("invoices.change")
def take_back(uow: UnitOfWork, booked: Sequence[int]) -> int:
    """Make payments void that were booked of a statement, all or none; answers how many."""
    for each in booked:
        payments.void(uow, each)
    return len(booked)
