"""A bank's file as the lines of a statement: signs, sides and headings as banks write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from controllers.core.app import App
from controllers.system.imports import sources
from controllers.system.imports.headings import names_money
from controllers.system.imports.importing import Request, planned, read_source
from controllers.system.imports.mapping import (
    PAID_OUT,
    SIDE,
    TRANSACTION,
    Plan,
    importable_fields,
)
from controllers.system.imports.outcome import Rejected
from controllers.system.imports.previewing import Doubt, FileColumn, doubts, file_columns
from controllers.system.imports.records import read_columns
from controllers.system.imports.sources import Source
from models.system.kinds import kind_of
from models.values.errors import DomainError
from models.values.folding import letters
from models.values.money import ZERO
from models.values.statements import StatementLine
from resources.languages import marked as _

KIND = "payment"

_FIELDS = ("date", "amount", PAID_OUT, SIDE, "reference", TRANSACTION, "account", "invoice",
           "currency", "bank")  # fmt: skip

_IN = frozenset(("cr", "c", "k", "kr", "credit", "kredit", "in", "masuk"))
_OUT = frozenset(("db", "dr", "d", "debit", "debet", "out", "keluar"))
_SIDED = re.compile(r"(.*\d)\s*(CR|DB|DR)\.?", re.IGNORECASE)
_NOTHING = frozenset(("-", "–", "--"))


@dataclass(frozen=True)
class Statement:
    """What a file of a bank says; without `lines` where there is a problem; a doubt is one."""

    columns: tuple[FileColumn, ...]
    sheets: tuple[str, ...] = ()
    fixed: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    problem: DomainError | None = None
    lines: tuple[StatementLine, ...] = ()
    unread: tuple[tuple[int, DomainError], ...] = ()
    """Lines of the file that say something nobody understands, and why."""


def possible_fields() -> list[tuple[str, str, bool]]:
    """Name, English label and whether it is required, of what a statement can bring."""
    fields = importable_fields(kind_of(KIND))
    labels = {"reference": _("Text")}
    return [
        (name, labels.get(name, fields[name].label), name in ("date", "amount"))
        for name in _FIELDS
    ]  # fmt: skip


def read(app: App, request: Request) -> Statement:
    """Read a bank's file; DomainError where the file itself cannot be read.

    `request` is one of payments: its mapping, profile, decimals, dates and currency count.
    """
    source = read_source(app, request)
    sheets = tuple(sources.sheets(request.path))
    try:
        known = planned(app, request, source)
        _require(known)
    except DomainError as problem:
        return Statement(file_columns(source, _meant(app, request, source)), sheets,
                         problem=problem)  # fmt: skip
    source = _plain_amounts(source, known)
    fields = importable_fields(kind_of(KIND))
    meant = {source.headings[at]: name for name, at in known.columns.items()}
    made = Statement(file_columns(source, meant), sheets, tuple(known.fixed.items()),
                     doubts(fields, source, known))  # fmt: skip
    try:
        columns, rejected = read_columns(fields, source, known)
    except DomainError as problem:
        return replace(made, problem=problem)
    currency = app.read(lambda uow: uow.settings.currency)
    return replace(made, **_lines(source, columns, rejected, currency))


def _require(known: Plan) -> None:
    given = {**known.columns, **dict.fromkeys(known.fixed, 0)}
    if not names_money(given):
        message = _("Say which columns hold the date and the amount.")
        raise DomainError(message, field="date" if "date" not in given else "amount")


def _meant(app: App, request: Request, source: Source) -> dict[str, str]:
    """What is known of the columns, where the plan itself has a problem."""
    try:
        found = planned(app, request, source).columns
    except DomainError:
        return dict(request.map)
    return {source.headings[at]: name for name, at in found.items()}


def _plain_amounts(source: Source, known: Plan) -> Source:
    """Figures as ``1,500.00 DB`` with a sign instead, and a dash for nothing left out."""
    places = [known.columns[name] for name in ("amount", "document_amount", PAID_OUT)
              if name in known.columns]  # fmt: skip
    rows = [list(row) for row in source.rows]
    for row in rows:
        for at in places:
            row[at] = _plain(row[at])
    return replace(source, rows=rows)


def _plain(cell: Any) -> Any:
    text = cell.strip() if isinstance(cell, str) else ""
    match = _SIDED.fullmatch(text)
    if match:
        return ("-" if match[2].casefold() in _OUT else "") + match[1].lstrip("-+ ")
    return "" if text in _NOTHING else cell


# From rows to lines


def _lines(
    source: Source, columns: dict[str, list[Any]], rejected: Rejected, currency: str
) -> dict[str, Any]:
    names, lines, seen = list(columns), [], dict[Any, int]()
    unread = []
    problems = dict(rejected.in_order())
    for at, row in enumerate(zip(*columns.values(), strict=True)):
        values = {n: v for n, v in zip(names, row, strict=True) if v is not None}
        if at in problems:
            unread.append((at + source.first, problems[at]))
        elif "date" in values and (amount := signed(values)):
            lines.append(_line(at + source.first, values, amount, currency, seen))
    return {"lines": tuple(lines), "unread": tuple(unread)}


def signed(values: Mapping[str, Any]) -> Decimal:
    """What a line brings in, negative where money went out; 0 where it says nothing."""
    amount = values.get("amount") or values.get("document_amount") or ZERO
    out: Decimal = values.get(PAID_OUT) or ZERO
    side = letters(str(values.get(SIDE) or ""))
    if out and not amount:
        return -abs(out)
    return Decimal(-abs(amount) if side in _OUT else abs(amount) if side in _IN else amount)


def _line(
    row: int, values: Mapping[str, Any], amount: Decimal, currency: str, seen: dict[Any, int]
) -> StatementLine:
    def text(name: str) -> str:
        return " ".join(str(values.get(name) or "").split())

    line = StatementLine(
        row, values["date"], amount, text("reference"), text(TRANSACTION),
        text("currency").upper() or currency, text("account"), text("invoice"), text("bank"),
    )  # fmt: skip
    key = (line.date, line.amount, line.bank_reference or line.text)
    seen[key] = seen.get(key, 0) + 1
    return replace(line, occurrence=seen[key])
