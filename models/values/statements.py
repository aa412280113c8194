"""A bank statement: its lines, what is open, who may pay, and what a line is thought to pay."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from models.values.money import ZERO
from resources.languages import marked as _

BETWEEN = " · "
"""Stands between the words of a line and the bank's reference where a payment keeps both."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line; `amount` is negative where money went out."""

    row: int
    """The line of the file."""
    date: dt.date
    amount: Decimal
    text: str = ""
    bank_reference: str = ""
    currency: str = ""
    account: str = ""
    """The customer's code, where the file names one."""
    invoice: str = ""
    """The invoice's number, where the file names one."""
    bank: str = ""
    occurrence: int = 1
    """The how-manieth of lines that nothing tells apart: two equal transfers are two payments."""

    @property
    def reference(self) -> str:
        """What the payment keeps of it, and what tells later that it was booked."""
        return BETWEEN.join(filter(None, (self.text, self.bank_reference)))

    def is_in(self, reference: str) -> bool:
        """Whether a payment of its day and amount keeps this line: by its reference or words."""
        if self.bank_reference:
            return reference.rpartition(BETWEEN)[2] == self.bank_reference
        return reference == self.text

    def may_be_in(self, reference: str) -> bool:
        """Whether it keeps the words alone, as a file without the bank's references had them."""
        return bool(self.text) and reference == self.text


class Claim(NamedTuple):
    """An invoice that is open, in its own currency."""

    number: str
    account: str
    open: Decimal
    currency: str
    date: dt.date
    due: dt.date | None = None


class Payer(NamedTuple):
    """A customer, with the account numbers that stood in their earlier payments alone."""

    code: str
    name: str
    known: tuple[str, ...] = ()


class Part(NamedTuple):
    """How much of an invoice is paid."""

    invoice: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whose money a line is and what it pays; `account` is "" where nothing tells."""

    account: str = ""
    name: str = ""
    parts: tuple[Part, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why, by the keys of `REASONS`."""
    left: Decimal = ZERO
    """What of the line pays no invoice."""
    short: Decimal = ZERO
    """What stays open of the invoices it pays."""
    is_certain: bool = False


@dataclass(frozen=True, slots=True)
class SuggestedLine:
    """A line with what became of it: ``open``, ``done`` (booked before) or ``out`` (a debit)."""

    line: StatementLine
    state: str
    suggestion: Suggestion = Suggestion()
    payment: int | None = None
    """The id of the payment that was booked of it."""


REASONS: Mapping[str, str] = {
    "invoice": _("the file names the invoice"),
    "number": _("number in the text"),
    "running": _("short number in the text"),
    "amount": _("just this amount is open"),
    "sum": _("together just this amount"),
    "customer": _("the file names the customer"),
    "known": _("account number of earlier payments"),
    "code": _("customer's code in the text"),
    "name": _("customer's name in the text"),
    "oldest": _("the oldest first"),
}
"""By key the words of each reason."""
