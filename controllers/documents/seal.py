"""The seal of a paper: number, total and a hash of what it says, printed as a QR code."""

import hashlib
import json
from dataclasses import replace

from controllers.core.unit_of_work import UnitOfWork
from models.values.money import plain
from reports.documents.data import DocumentLine, SalesDocument, TotalLine


def sealed(uow: UnitOfWork, paper: SalesDocument) -> SalesDocument:
    """The paper with its seal where the company wants one and it has a number."""
    if not uow.settings.seal or not paper.number:
        return paper
    return replace(paper, seal_text=text_of(paper))


def text_of(paper: SalesDocument) -> str:
    """``number revision / currency total / SHA-256 of what it says``, a line each."""
    total = next((each.amount for each in paper.totals if each.strong), None)
    figure = "" if total is None else f"{paper.currency} {plain(total, 2)}"
    name = f"{paper.number} R{paper.revision}" if paper.revision else paper.number
    return "\n".join((name, figure, fingerprint(paper)))


def fingerprint(paper: SalesDocument) -> str:
    """The SHA-256 of number, day, customer, lines and totals in one fixed writing (JSON)."""
    said = [
        paper.number, paper.revision, paper.date.isoformat(), paper.party.name, paper.currency,
        [_line(each) for each in paper.lines], [_total(each) for each in paper.totals],
    ]  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _line(line: DocumentLine) -> list[str]:
    figures = (line.quantity, line.unit_price, line.amount)
    return [line.kind, line.description, line.detail, line.unit, line.discount,
            *("" if each is None else plain(each) for each in figures)]  # fmt: skip


def _total(total: TotalLine) -> list[str]:
    return [total.label, plain(total.amount)]
