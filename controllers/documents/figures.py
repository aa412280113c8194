"""The figures of a draft while it is written, also while something in it is not right yet."""

from dataclasses import replace
from decimal import Decimal

from models.rules.pricing import Pricing
from models.values.documents import NOTE, Draft, Line, Priced, TaxPreset
from models.values.errors import DomainError, ProblemsError
from models.values.money import ZERO
from models.values.reasons import NO_PRICE
from resources.languages import marked as _

HEAD = -1
"""The row of problems of the head."""

Problems = dict[tuple[int, str], DomainError]
"""Refusals by row and field."""

NO_PRICE_YET = _("Line {line}: {sku} has no price in {currency}; type one.")


class Figures:
    """Prices drafts, reckoning only what changed; asked again for the same draft it remembers."""

    def __init__(self, cash_rounding: Decimal | None = None) -> None:
        self._pricing = Pricing(cash_rounding=cash_rounding)
        self._last: tuple[Draft, TaxPreset, Priced, Problems] | None = None

    def of(self, draft: Draft, preset: TaxPreset) -> tuple[Priced, Problems]:
        """The figures, where a line with a problem counts as nothing, and the problems."""
        last = self._last
        if last is None or last[0] is not draft or last[1] is not preset:
            self._last = last = (draft, preset, *self._priced(draft, preset))
        return last[2], last[3] | draft_problems(draft)

    def _priced(self, draft: Draft, preset: TaxPreset) -> tuple[Priced, Problems]:
        try:
            return self._pricing(draft, preset), {}
        except ProblemsError as error:
            found = {(_row(each), each.field): each for each in error.problems}
        priced, more = self._priced(_sane(draft, found), preset)
        return replace(priced, draft=draft), found | more


def _row(problem: DomainError) -> int:
    line = problem.facts.get("line")
    return line - 1 if isinstance(line, int) else HEAD


def _sane(draft: Draft, problems: Problems) -> Draft:
    """The draft with what has problems counting as nothing."""
    bad = {row for row, _field in problems}
    empty = Line(NOTE)
    lines = tuple(empty if row in bad else line for row, line in enumerate(draft.lines))
    if lines == draft.lines:
        return replace(draft, discount_percent=ZERO, discount_amount=ZERO, lines=_few(draft, bad))
    return replace(draft, lines=lines)


def _few(draft: Draft, bad: set[int]) -> tuple[Line, ...]:
    """The lines, or none where not they but the whole came to too much."""
    too_much = bad == {HEAD} and not (draft.discount_percent or draft.discount_amount)
    return tuple(Line(NOTE) for _line in draft.lines) if too_much else draft.lines


def draft_problems(draft: Draft) -> Problems:
    """Problems beside the figures: lines without a price, days in the wrong order."""
    found: Problems = {
        (row, "unit_price"): DomainError(
            NO_PRICE_YET, field="unit_price", line=row + 1, sku=line.sku, currency=draft.currency
        )
        for row, line in enumerate(draft.lines)
        if line.price_reason.startswith(NO_PRICE) and not line.pinned and not line.unit_price
    }
    if draft.valid_until is not None and draft.valid_until < draft.date:
        found[HEAD, "valid_until"] = DomainError(
            _("“Valid until” ({end}) lies before the date ({start}); turn them round."),
            field="valid_until",
            start=draft.date.isoformat(),
            end=draft.valid_until.isoformat(),
        )
    return found
