"""Who a line of a bank statement comes from: by an account number, a code or a name in its text."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models.values.folding import folded
from models.values.statements import Payer, StatementLine

_WORD = re.compile(r"[a-z0-9]+")
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){8,}")
_LEGAL = frozenset("pt cv ud tbk sdn bhd pte ltd inc gmbh llc plc persero the dan and".split())
_LEAST_NAME = 4
"""Letters of a name of one word; shorter ones stand in texts by chance."""
_LEAST_CUT = 3
"""Letters of a word that the bank cut off at the end of its text."""


class Evidence(NamedTuple):
    """What speaks for customers, the strongest kind there is: a key of ``REASONS``, and whom."""

    reason: str = ""
    accounts: tuple[str, ...] = ()


def words(text: str) -> list[str]:
    """The folded words of a text without legal forms."""
    return [each for each in _WORD.findall(folded(text)) if each not in _LEGAL]


def long_numbers(text: str) -> set[str]:
    """Numbers of nine digits and more, as accounts and virtual accounts have, without blanks."""
    return {re.sub(r"\D", "", each) for each in _LONG_NUMBER.findall(text)}


class Payers:
    """Customers, ready to be found in many texts."""

    def __init__(self, payers: Iterable[Payer]) -> None:
        self.names: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._known: dict[str, set[str]] = {}
        self._by_start: dict[tuple[str, ...], list[tuple[list[str], str]]] = {}
        for each in payers:
            self._add(each)

    def _add(self, payer: Payer) -> None:
        self.names[payer.code] = payer.name
        code = folded(payer.code)
        if len(code) >= _LEAST_NAME and not code.isdecimal() and _WORD.fullmatch(code):
            self._codes[code] = payer.code
        for number in payer.known:
            self._known.setdefault(number, set()).add(payer.code)
        name = words(payer.name)
        if len(name) > 1 or (name and len(name[0]) >= _LEAST_NAME):
            self._by_start.setdefault(tuple(name[:2]), []).append((name, payer.code))

    def of(self, line: StatementLine) -> Evidence:
        """Who a line comes from: what the file says goes before numbers, names and codes."""
        if line.account:
            return Evidence("customer", (line.account,))
        known = {code for number in long_numbers(line.text)
                 for code in self._known.get(number, ())}  # fmt: skip
        if len(known) == 1:
            return Evidence("known", tuple(known))
        spoken = words(line.text)
        named = self._named(spoken)
        codes = dict.fromkeys(self._codes[each] for each in spoken if each in self._codes)
        if len(codes) == 1 and len(named) != 1:
            return Evidence("code", tuple(codes))
        return Evidence("name", named) if named else Evidence()

    def _named(self, spoken: Sequence[str]) -> tuple[str, ...]:
        """The customers whose names stand there; of several the longest names."""
        found: dict[str, int] = {}
        for at in range(len(spoken)):
            for start in (tuple(spoken[at : at + 2]), (spoken[at],)):
                for name, code in self._by_start.get(start, ()):
                    if _stands(name, spoken[at : at + len(name)], len(spoken) - at):
                        found[code] = sum(map(len, name))
        longest = max(found.values(), default=0)
        return tuple(code for code, length in found.items() if length == longest)


def _stands(name: Sequence[str], there: Sequence[str], left: int) -> bool:
    """Whether a name stands there, or all of it that the bank's text had room for."""
    if list(there) == list(name):
        return True
    is_cut = len(there) > 2 and len(there) == left and len(there[-1]) >= _LEAST_CUT
    whole = len(there) - 1
    return is_cut and list(there[:whole]) == list(name[:whole]) and (
        name[whole].startswith(there[whole])
    )  # fmt: skip
