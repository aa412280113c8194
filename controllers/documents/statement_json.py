"""Bank statements as JSON: what each line would pay, and what was booked of the certain ones."""

from collections.abc import Sequence
from typing import Any

from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import payments, statements
from controllers.documents.quotation_json import money
from models.values.statements import StatementLine, SuggestedLine

Values = dict[str, Any]


def suggested(app: App, lines: Sequence[StatementLine], *, accept: bool = False) -> Values:
    """Counts and lines; `accept` books what is certain, each line in a transaction of its own."""
    before = app.read(statements.suggested, lines)
    certain = [each for each in before if each.suggestion.is_certain]
    for each in certain if accept else ():
        app.write(statements.accept_suggested, each.line, each.suggestion)
    after = app.read(statements.suggested, lines) if accept and certain else before
    states = [each.state for each in after]
    return {
        "read": len(lines), "booked": len(certain) if accept else 0,
        "certain": sum(each.suggestion.is_certain for each in after),
        **{state: states.count(state) for state in ("open", "done", "out")},
        "lines": app.read(_lines, after),
    }  # fmt: skip


def _lines(uow: UnitOfWork, found: Sequence[SuggestedLine]) -> list[Values]:
    return [_line(uow, each) for each in found]


def _line(uow: UnitOfWork, found: SuggestedLine) -> Values:
    line, thought = found.line, found.suggestion
    number = payments.shown(uow, found.payment).number if found.payment else None
    return {
        "line": line.row, "date": line.date.isoformat(), "amount": money(line.amount),
        "currency": line.currency, "text": line.text, "bank_reference": line.bank_reference or None,
        "state": found.state, "payment": number, "certain": thought.is_certain,
        "account": thought.account or None,
        "invoices": [{"invoice": each.invoice, "amount": money(each.amount)}
                     for each in thought.parts],
        "why": list(thought.reasons), "left": money(thought.left), "short": money(thought.short),
    }  # fmt: skip
