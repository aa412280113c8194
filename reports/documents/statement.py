"""Statements of account: what was billed and paid, the balance, and how old it is."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from reports.documents import forms, letter
from reports.documents.forms import Begun, Form
from reports.documents.wording import words
from reports.kit.figures import money, number, short_day
from reports.kit.lettering import Style
from reports.kit.lines import Column, LineTable, Look, Row
from reports.kit.wording import symbol


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry of the account: an invoice (`charge`), or a payment or credit note (`credit`).

    `balance` is what was open after it.
    """

    date: datetime.date
    document: str
    balance: Decimal
    text: str = ""
    due: datetime.date | None = None
    charge: Decimal | None = None
    credit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ageing:
    """What is open by how long it has been overdue: not yet, 1–30, 31–60, 61–90, over 90 days."""

    current: Decimal
    to_30: Decimal
    to_60: Decimal
    to_90: Decimal
    over_90: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """A customer's account from `start` to `end`; all figures are printed as given."""

    form: Form
    start: datetime.date
    end: datetime.date
    opening: Decimal
    movements: tuple[Movement, ...]
    closing: Decimal
    ageing: Ageing | None = None
    currency: str = "IDR"
    decimals: int = 2
    note: str = ""


def render_statement(statement: Statement) -> bytes:
    """The statement of account as a PDF file; equal statements give equal bytes.

    Raises reports.kit.fonts.MissingGlyph, a ValueError.
    """
    said = words(statement.form.language)
    span = said["from to"].format(
        start=short_day(statement.start), end=short_day(statement.end)
    )  # fmt: skip
    begun = forms.begin(statement.form, "statement", [(said["period"], span)])
    _account(begun, statement)
    _ageing(begun, statement)
    forms.note(begun.paper, statement.note)
    bank_lines(begun)
    return begun.finish()


def bank_lines(begun: Begun) -> None:
    """Where to pay to, as the letterhead says."""
    letter.terms(begun.paper, begun.head)
    begun.paper.y -= 4


def _account(begun: Begun, statement: Statement) -> None:
    said, sign = words(statement.form.language), symbol(statement.currency)
    columns = [
        Column(said["date"]),
        Column(said["document"]),
        Column(said["text"], elastic=True),
        Column(said["due"]),
        *(Column(f"{said[name]} ({sign})", right=True) for name in ("charge", "credit")),
        Column(f"{said['balance']} ({sign})", right=True),
    ]
    rows = [
        _balance(statement, said["opening balance"], statement.opening),
        *(_movement(statement, movement) for movement in statement.movements),
        _balance(statement, said["closing balance"], statement.closing),
    ]
    rows[-2] = rows[-2]._replace(keep=True)
    LineTable(begun.paper, columns, rows, Look(accent=begun.head.accent, main=2)).place()


def _balance(statement: Statement, label: str, amount: Decimal) -> Row:
    figure = number(amount, statement.decimals, statement.form.language)
    return Row(("", "", label, "", "", "", figure), "total")


def _movement(statement: Statement, movement: Movement) -> Row:
    decimals, language = statement.decimals, statement.form.language
    amounts = (movement.charge, movement.credit, movement.balance)
    return Row(
        (
            short_day(movement.date),
            movement.document,
            movement.text,
            short_day(movement.due) if movement.due else "",
            *("" if each is None else number(each, decimals, language) for each in amounts),
        )
    )


def _ageing(begun: Begun, statement: Statement) -> None:
    """One row of five amounts, kept on a page with its heading."""
    ageing = statement.ageing
    if ageing is None:
        return
    paper, language = begun.paper, statement.form.language
    said = words(language)
    paper.need(70)
    paper.y -= 14
    style = Style("bold", 9.4, statement.form.accent)
    sign = symbol(statement.currency)
    paper.lines(paper.left, [f"{said['ageing']} ({sign})"], style, letter.LEADING + 3)
    spans = ((1, 30), (31, 60), (61, 90))
    names = [
        said["current"],
        *(said["days"].format(first=first, last=last) for first, last in spans),
        said["days over"].format(last=90),
        said["closing balance"],
    ]
    amounts = (ageing.current, ageing.to_30, ageing.to_60, ageing.to_90, ageing.over_90)
    cells = [
        *(number(each, statement.decimals, language) for each in amounts),
        money(statement.closing, statement.currency, statement.decimals, language),
    ]
    columns = [Column(name, right=True, elastic=True) for name in names]
    LineTable(paper, columns, [Row(tuple(cells))], Look(main=0)).place()
