"""Which invoices the lines of a bank statement pay: suggested, with the reasons, for a person.

A number of an invoice in the text speaks loudest, then the customer together with an amount that is
just what is open, then either alone. What is certain is settled first, so that the rest is only
offered what is left; nothing is offered twice.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import accumulate, combinations

from models.rules.payers import Evidence, Payers
from models.values.folding import folded
from models.values.money import ZERO
from models.values.statements import Claim, Part, Payer, StatementLine, Suggestion

_RUN = re.compile(r"\d+")
_YEAR = re.compile(r"(19|20)\d\d")
_PARTS = re.compile(r"[a-z]+|\d+")
_MOST_TOGETHER = 20
"""Of a customer with more open invoices nobody can tell which few make a sum."""
EVERY = 100
"""Lines between two reports of progress."""

Watch = Callable[[int, int], None]


def _quiet(_done: int, _lines: int) -> None:
    return None


def suggest(
    lines: Sequence[StatementLine],
    claims: Iterable[Claim],
    payers: Iterable[Payer],
    watch: Watch = _quiet,
) -> tuple[Suggestion, ...]:
    """A suggestion for each line, in order; lines must bring money in.

    `claims` come in the order in which a customer's are to be paid. `watch` may raise to stop.
    """
    book = _Book(claims, payers)
    found: dict[int, Suggestion] = {}
    for is_last in (False, True):
        for at, line in enumerate(lines):
            if at % EVERY == 0:
                watch(at + is_last * len(lines), 2 * len(lines))
            if at not in found:
                made = _suggestion(line, book)
                if made.is_certain or is_last:
                    found[at] = made
                    book.settle(made)
    return tuple(found[at] for at in range(len(lines)))


class _Book:
    """What is open, by every way a text may speak of it, less what was suggested already."""

    def __init__(self, claims: Iterable[Claim], payers: Iterable[Payer]) -> None:
        self.claims = {each.number: each for each in claims}
        self.left = {each.number: each.open for each in self.claims.values()}
        self.payers = Payers(payers)
        self._of_account: dict[tuple[str, str], list[Claim]] = {}
        self._of_amount: dict[tuple[str, Decimal], list[Claim]] = {}
        self._of_run: dict[str, list[Claim]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self.running: dict[str, str] = {}
        """By number the part of it that counts on, without zeros before it."""
        for each in self.claims.values():
            self._of_account.setdefault((each.account, each.currency), []).append(each)
            self._of_amount.setdefault((each.currency, each.open), []).append(each)
        self._index_numbers()

    def _index_numbers(self) -> None:
        """Each number under the rarest of its runs of digits, written with and without signs."""
        runs = {each: _counting(each) for each in self.claims}
        joined = {each: _counting(_squeezed(each)) for each in self.claims}
        often: dict[str, int] = {}
        for number in self.claims:
            for run in {*runs[number], *joined[number]}:
                often[run] = often.get(run, 0) + 1
        for number, claim in self.claims.items():
            rare = min(reversed(runs[number]), key=often.__getitem__)
            self.running[number] = rare.lstrip("0")
            for run in {rare, min(reversed(joined[number]), key=often.__getitem__)}:
                self._of_run.setdefault(run, []).append(claim)

    def settle(self, made: Suggestion) -> None:
        """What is suggested is offered to no other line."""
        for part in made.parts:
            self.left[part.invoice] -= part.amount

    def is_open(self, claim: Claim) -> bool:
        """Whether something of it is left."""
        return self.left[claim.number] > 0

    def of_account(self, account: str, currency: str) -> list[Claim]:
        """What is open of a customer, in the order in which it is paid."""
        return list(filter(self.is_open, self._of_account.get((account, currency), ())))

    def of_amount(self, currency: str, amount: Decimal) -> list[Claim]:
        """What is open with just this amount."""
        found = self._of_amount.get((currency, amount), ())
        return [each for each in found if self.left[each.number] == amount]

    def named(self, line: StatementLine) -> list[Claim]:
        """The open invoices whose whole number stands in the text, in the order they stand."""
        text = folded(line.text)
        runs = {"", *_RUN.findall(text)}
        found = {}
        for claim in (each for run in runs for each in self._of_run.get(run, ())):
            match = self._pattern(claim.number).search(text) if self.is_open(claim) else None
            if match and claim.currency == line.currency:
                found[match.start(), claim.number] = claim
        return [found[each] for each in sorted(found)]

    def _pattern(self, number: str) -> re.Pattern[str]:
        """Finds a number whatever signs stand between its parts, and no longer number."""
        if number not in self._patterns:
            parts = _PARTS.findall(folded(number))
            before = r"(?<!\d)" if parts[:1] and parts[0].isdecimal() else r"(?<![a-z])"
            after = r"(?!\d)" if parts[-1:] and parts[-1].isdecimal() else r"(?![a-z])"
            inner = r"[^a-z0-9]*".join(parts) if parts else re.escape(folded(number))
            self._patterns[number] = re.compile(before + inner + after)
        return self._patterns[number]


def _counting(number: str) -> list[str]:
    """The runs of digits of a number; those that are years only where there is no other."""
    runs = _RUN.findall(number)
    return [each for each in runs if not _YEAR.fullmatch(each)] or runs or [""]


def _squeezed(number: str) -> str:
    return "".join(_PARTS.findall(folded(number)))


def _suggestion(line: StatementLine, book: _Book) -> Suggestion:
    """What one line pays by now."""
    evidence = book.payers.of(line)
    told = book.claims.get(line.invoice)
    if told and book.is_open(told) and told.currency == line.currency:
        return _by_number(line, [told], "invoice", evidence, book)
    named = book.named(line)
    if len({each.account for each in named}) == 1:
        return _by_number(line, named, "number", evidence, book)
    if evidence.accounts:
        return _by_customer(line, evidence, book)
    return _by_amount(line, book)


def _by_number(
    line: StatementLine, named: list[Claim], reason: str, evidence: Evidence, book: _Book
) -> Suggestion:
    account = named[0].account
    is_whole = sum((book.left[each.number] for each in named), ZERO) == line.amount
    reasons = [reason, *(["amount"] if is_whole else [])]
    is_theirs = account in evidence.accounts
    if is_theirs:
        reasons.append(evidence.reason)
    is_certain = is_whole and (is_theirs or not evidence.accounts)
    return _made(line, account, named, reasons, book, is_certain=is_certain)


# By the customer


def _by_customer(line: StatementLine, evidence: Evidence, book: _Book) -> Suggestion:
    exact = {each: _exact(line, each, book) for each in evidence.accounts}
    fitting = [each for each, (claims, _why, _sure) in exact.items() if claims]
    if len(evidence.accounts) > 1 and len(fitting) != 1:
        return Suggestion(left=line.amount)
    account = fitting[0] if fitting else evidence.accounts[0]
    claims, why, is_sure = exact[account]
    if claims:
        return _made(line, account, claims, [why, evidence.reason], book,
                     is_certain=is_sure and len(evidence.accounts) == 1)  # fmt: skip
    return _not_exact(line, account, evidence.reason, book)


def _exact(line: StatementLine, account: str, book: _Book) -> tuple[list[Claim], str, bool]:
    """A customer's invoices that are open with just this amount: one, all, the oldest, a few."""
    known = book.of_account(account, line.currency)
    left = [book.left[each.number] for each in known]
    same = [each for each in known if book.left[each.number] == line.amount]
    if same:
        spoken = [each for each in same if book.running[each.number] in _spoken(line)]
        best = spoken if len(spoken) == 1 else same
        return best[:1], "amount", len(best) == 1
    sums = list(accumulate(left))
    if line.amount in sums:
        return known[: sums.index(line.amount) + 1], "sum", True
    few = _few(known, line.amount, book) if len(known) <= _MOST_TOGETHER else []
    return (few[0], "sum", False) if len(few) == 1 else ([], "", False)


def _few(known: list[Claim], amount: Decimal, book: _Book) -> list[list[Claim]]:
    """Twos and threes that come to just this amount."""
    return [
        list(some)
        for count in (2, 3)
        for some in combinations(known, count)
        if sum((book.left[each.number] for each in some), ZERO) == amount
    ]


def _not_exact(line: StatementLine, account: str, reason: str, book: _Book) -> Suggestion:
    known = book.of_account(account, line.currency)
    spoken = [each for each in known if book.running[each.number] in _spoken(line)]
    if len(spoken) == 1:
        return _made(line, account, spoken, ["running", reason], book)
    reasons = [reason, "oldest"] if known else [reason]
    return _made(line, account, known, reasons, book)


def _spoken(line: StatementLine) -> set[str]:
    """The numbers a text speaks of, without zeros before them."""
    return {each.lstrip("0") for each in _RUN.findall(line.text)} - {""}


# By the amount alone


def _by_amount(line: StatementLine, book: _Book) -> Suggestion:
    found = [each for each in book.of_amount(line.currency, line.amount) if each.date <= line.date]
    spoken = [each for each in found if book.running[each.number] in _spoken(line)]
    if len(spoken) == 1:
        return _made(line, spoken[0].account, spoken, ["running", "amount"], book)
    if len(found) == 1:
        return _made(line, found[0].account, found, ["amount"], book)
    return Suggestion(left=line.amount)


def _made(
    line: StatementLine, account: str, claims: Sequence[Claim], reasons: Sequence[str],
    book: _Book, *, is_certain: bool = False,
) -> Suggestion:  # fmt: skip
    """The money goes to the claims in their order, as far as it reaches."""
    left, parts, short = line.amount, [], ZERO
    for each in claims:
        part = min(left, book.left[each.number])
        if part > 0:
            parts.append(Part(each.number, part))
            short += book.left[each.number] - part
            left -= part
    return Suggestion(account, book.payers.names.get(account, account), tuple(parts),
                      tuple(reasons), left, short, is_certain)  # fmt: skip
