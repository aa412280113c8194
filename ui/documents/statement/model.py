"""The lines of a bank statement in a table: what the bank says, and what each is thought to pay."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from models.values.money import currency_decimals
from models.values.statements import REASONS, StatementLine, SuggestedLine
from resources.languages import marked as _
from ui.insight.cells import TONE
from ui.kit.desk import Desk
from ui.kit.language import tr
from ui.widgets import pills
from ui.widgets.headed_model import NONE, HeadedModel, Index

_ROLE = Qt.ItemDataRole

_HEADINGS = (_("Date"), _("Text"), _("Amount"), _("Bank reference"), _("State"), _("Customer"),
             _("Pays"), _("Why"))  # fmt: skip
SHARES = {1: 0.31, 5: 0.19, 6: 0.25, 7: 0.25}
"""By column the share of the room that the others leave, which are as wide as their texts."""
_AMOUNT, STATE, _WHY = 2, 4, 7

STATES = {
    "certain": (_("Certain"), "ph.check-circle", "good"),
    "likely": (_("To check"), "ph.question", "warn"),
    "unknown": (_("Unknown"), "ph.circle", "quiet"),
    "booking": (_("Booking"), "ph.hourglass", "info"),
    "skipped": (_("Skipped"), "ph.minus", "quiet"),
    "done": (_("Booked"), "ph.check", "info"),
    "out": (_("Money out"), "ph.arrow-u-up-left", "quiet"),
}
"""Word, icon and tone of each state a line may be in."""

_OPEN = ("certain", "likely", "unknown")


class Words(NamedTuple):
    """What is said of a line beside the bank's own words."""

    customer: str = ""
    pays: str = ""
    why: str = ""


class StatementModel(HeadedModel):
    """Rows as they were suggested; what a person did since lies over them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_HEADINGS, (_AMOUNT,))
        self._desk = desk
        self.rows: Sequence[SuggestedLine] = ()
        self.skipped: set[StatementLine] = set()
        self.booking: set[StatementLine] = set()
        self.booked: dict[StatementLine, int] = {}
        """Payments of a moment ago, until the next look finds them."""

    def take(self, rows: Sequence[SuggestedLine]) -> None:
        """Show other lines; the same ones keep the place of the cursor."""
        is_same = [each.line for each in rows] == [each.line for each in self.rows]
        if not is_same:
            self.beginResetModel()
            self.skipped &= {each.line for each in rows}
        self.rows = rows
        self.booked = {}
        if is_same:
            self.renew()
        else:
            self.endResetModel()

    def renew(self) -> None:
        """Paint every line anew."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, _WHY))

    def state(self, row: int) -> str:
        """One of `STATES`."""
        found = self.rows[row]
        if found.line in self.booking:
            return "booking"
        if found.state != "open" or found.line in self.booked:
            return "done" if found.line in self.booked else found.state
        if found.line in self.skipped:
            return "skipped"
        if found.suggestion.is_certain:
            return "certain"
        return "likely" if found.suggestion.account else "unknown"

    def is_open(self, row: int) -> bool:
        """Whether a line can be booked."""
        return self.state(row) in _OPEN

    def certain(self) -> list[SuggestedLine]:
        """The lines that can be booked without a look at each."""
        return [each for at, each in enumerate(self.rows) if self.state(at) == "certain"]

    def payment(self, row: int) -> int | None:
        """The payment that was booked of a line."""
        found = self.rows[row]
        return self.booked.get(found.line, found.payment)

    # In words

    def words(self, row: int) -> Words:
        """Who pays what, and why it is thought so."""
        found, state = self.rows[row], self.state(row)
        if state not in (*_OPEN, "booking"):
            return Words()
        thought = found.suggestion
        pays = ", ".join(each.invoice for each in thought.parts)
        reasons = [tr(REASONS[each]) for each in thought.reasons]
        why = " · ".join(filter(None, (self._difference(row), *reasons)))
        return Words(thought.name, pays, why if thought.account else tr(_("nothing tells")))

    def _difference(self, row: int) -> str:
        thought = self.rows[row].suggestion
        if thought.short:
            return tr(_("{amount} short"), amount=self.figure(row, thought.short))
        return tr(_("{amount} left"), amount=self.figure(row, thought.left)) if thought.left else ""

    def figure(self, row: int, amount: Any) -> str:
        """An amount of a line as the person reads it."""
        return self._desk.style.number(amount, currency_decimals(self.rows[row].line.currency))

    def texts(self, row: int) -> tuple[str, ...]:
        """The cells of a row; that of the state is painted."""
        line, words = self.rows[row].line, self.words(row)
        return (
            self._desk.style.day(line.date), line.text, self.figure(row, line.amount),
            line.bank_reference, tr(STATES[self.state(row)][0]), *words,
        )  # fmt: skip

    # For the view

    def rowCount(self, parent: Index = NONE) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        row, at = index.row(), index.column()
        if role == _ROLE.DecorationRole and at == STATE:
            word, icon, tone = STATES[self.state(row)]
            return pills.in_cell(tr(word), icon, tone)
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            return self.texts(row)[at]
        if role == _ROLE.DisplayRole:
            return "" if at == STATE else self.texts(row)[at]
        if role == TONE:
            return "ink" if self.is_open(row) and at < _WHY else "soft"
        if role == _ROLE.TextAlignmentRole:
            return self.alignment(at)
        return None
