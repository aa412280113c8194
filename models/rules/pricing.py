"""The one engine of money: from a draft and its tax to every figure of the document.

All sums are whole numbers of the smallest unit, so that nothing is lost between line and total.
The rules, each stated once:

- A line's amount is quantity × unit price, less its percentage, then less its amount, rounded
  once, half up.
- The document's discount (percentage of the subtotal, then an amount) is rounded once and shared
  out over the lines by largest remainder, so that the nets of the lines add up exactly.
- A tax is reckoned per rate at the foot of the document: exact net × numerator / denominator ×
  rate, rounded once, half up (PER-11/PJ/2025 Art. 129). The base is shown rounded, but the tax is
  made from the exact base; rounding the base first differs by one rupiah in 2.7 % of amounts.
- Where prices include the tax, the net is the gross less the tax, so that both add up to it.
- Optional lines stand beside the totals; their sum is `Totals.optional`.
"""

from collections.abc import Sequence
from decimal import Decimal

from models.rules.pricing_checks import PERCENT, document_problems, line_problems, whole
from models.rules.pricing_lines import (
    LineFigures,
    half_up,
    line_places,
    margin,
    money,
    reckon,
    shares,
)
from models.rules.taxation import TaxGroup, tax_group
from models.values.documents import (
    SECTION,
    Draft,
    Line,
    Priced,
    PricedLine,
    TaxAmount,
    TaxPreset,
    Totals,
)
from models.values.errors import DomainError, ProblemsError
from models.values.money import SCALE, ZERO, currency_decimals

_NO_FIGURES = PricedLine()


def price_document(
    draft: Draft,
    preset: TaxPreset,
    *,
    decimals: int | None = None,
    cash_rounding: Decimal | None = None,
) -> Priced:
    """All figures of a draft, exact in the currency's decimals (or the lines', where more).

    `decimals` overrides those of the currency; `cash_rounding` rounds the total to its multiple
    (0.05 for cash in Malaysia, Bank Negara). Raises ProblemsError with every refusal, each with
    its field and, for a line, the fact `line`, counted from one.
    """
    return Pricing(decimals, cash_rounding)(draft, preset)


def problems(draft: Draft) -> list[DomainError]:
    """Everything that keeps a draft from being priced; empty where nothing does."""
    return Pricing().problems(draft)


class Pricing:
    """The engine with a memory of lines: a keystroke reckons one line and the foot again."""

    def __init__(self, decimals: int | None = None, cash_rounding: Decimal | None = None) -> None:
        self.decimals = decimals
        self.cash_rounding = cash_rounding
        self._known: dict[int, tuple[Line, int, LineFigures]] = {}

    def __call__(self, draft: Draft, preset: TaxPreset) -> Priced:
        """Price a draft; see `price_document`."""
        figures, refused = self._line_figures(draft)
        places = self._places(draft)
        subtotal = _subtotal(draft, figures)
        refused += document_problems(draft, subtotal, places)
        if refused:
            raise ProblemsError(refused)
        return _Foot(draft, preset, places, figures, subtotal).priced(self.cash_rounding)

    def problems(self, draft: Draft) -> list[DomainError]:
        """Everything that keeps a draft from being priced."""
        figures, refused = self._line_figures(draft)
        return refused + document_problems(draft, _subtotal(draft, figures), self._places(draft))

    def _places(self, draft: Draft) -> int:
        own = currency_decimals(draft.currency) if self.decimals is None else self.decimals
        return max(own, line_places(draft) or 0)

    def _line_figures(self, draft: Draft) -> tuple[list[LineFigures | None], list[DomainError]]:
        """Figures per line (None for texts and refused lines), scaled to the document's places."""
        places = self._places(draft)
        wanted = line_places(draft)
        own = places if wanted is None else wanted
        rounding = own * 100 + places
        known, self._known = self._known, {}
        figures: list[LineFigures | None] = []
        refused: list[DomainError] = []
        for number, line in enumerate(draft.lines, 1):
            if not line.counts:
                figures.append(None)
                continue
            old = known.get(id(line))
            if old is None or old[0] is not line or old[1] != rounding:
                reckoned = reckon(line, own, places)
                if reckoned is None:
                    refused += line_problems(line, number)
                    figures.append(None)
                    continue
                old = (line, rounding, reckoned)
            self._known[id(line)] = old
            figures.append(old[2])
        return figures, refused


def _subtotal(draft: Draft, figures: Sequence[LineFigures | None]) -> int:
    return sum(
        each.amount
        for line, each in zip(draft.lines, figures, strict=True)
        if each is not None and not line.optional
    )


class _Foot:
    """The foot of one document while it is reckoned; every figure in units of 10**-places."""

    def __init__(
        self,
        draft: Draft,
        preset: TaxPreset,
        places: int,
        figures: Sequence[LineFigures | None],
        subtotal: int,
    ) -> None:
        self.draft, self.preset, self.places = draft, preset, places
        self.figures, self.subtotal = figures, subtotal
        self.rows = [
            row
            for row, (line, each) in enumerate(zip(draft.lines, figures, strict=True))
            if each is not None and not line.optional
        ]

    def priced(self, cash_rounding: Decimal | None) -> Priced:
        """The draft with all figures."""
        discount = self._discount()
        after = self._after_discount(discount)
        line_taxes = dict.fromkeys(self.rows, 0)
        taxes = tuple(self._tax(group, rows, after, line_taxes) for group, rows in self._groups())
        tax = sum(line_taxes.values())
        nets = (
            {row: after[row] - line_taxes[row] for row in self.rows}
            if self.preset.included
            else after
        )
        net = sum(nets.values())
        total = to_multiple(net + tax, cash_rounding, self.places)
        lines = self._lines(nets, line_taxes)
        cost, margin = self._margin(nets)
        shown = self._money
        totals = Totals(
            subtotal=shown(self.subtotal), discount=shown(discount), net=shown(net),
            tax_base=sum((each.base for each in taxes), ZERO), taxes=taxes, tax=shown(tax),
            rounding=shown(total - net - tax), total=shown(total),
            optional=shown(self._optional()), cost=cost, margin_percent=margin,
        )  # fmt: skip
        return Priced(self.draft, lines, totals)

    def _money(self, units: int) -> Decimal:
        return money(units, self.places)

    def _discount(self) -> int:
        percent, off = whole(self.draft.discount_percent), whole(self.draft.discount_amount)
        step = 10**self.places
        exact = self.subtotal * (percent or 0) * SCALE + (off or 0) * step * PERCENT
        return half_up(exact, PERCENT * SCALE)

    def _after_discount(self, discount: int) -> dict[int, int]:
        amounts = [each.amount for row in self.rows if (each := self.figures[row])]
        if not discount:
            return dict(zip(self.rows, amounts, strict=True))
        parts = shares(discount, amounts)
        return {
            row: amount - part for row, amount, part in zip(self.rows, amounts, parts, strict=True)
        }

    def _groups(self) -> list[tuple[TaxGroup, list[int]]]:
        """The counted lines by rate, the highest rate first."""
        groups: dict[TaxGroup, list[int]] = {}
        known: dict[str, TaxGroup | None] = {}
        for row in self.rows:
            tax_class = self.draft.lines[row].tax_class
            if tax_class not in known:
                known[tax_class] = tax_group(tax_class, self.preset)
            group = known[tax_class]
            if group is not None:
                groups.setdefault(group, []).append(row)
        return sorted(groups.items(), reverse=True)

    def _tax(
        self, group: TaxGroup, rows: list[int], after: dict[int, int], line_taxes: dict[int, int]
    ) -> TaxAmount:
        """The tax of one rate, its shares put into `line_taxes`."""
        weights = [after[row] for row in rows]
        amount = sum(weights)
        tax = group.tax(amount, included=self.preset.included)
        line_taxes.update(zip(rows, shares(tax, weights), strict=True))
        return TaxAmount(
            name=self.preset.label,
            rate=Decimal(group.rate).scaleb(-4),
            net=self._money(amount - tax if self.preset.included else amount),
            base=self._money(group.base(amount, included=self.preset.included)),
            amount=self._money(tax),
        )

    def _lines(self, nets: dict[int, int], taxes: dict[int, int]) -> tuple[PricedLine, ...]:
        """The figures of every line, sections with the subtotal of what follows them."""
        lines: list[PricedLine] = []
        section, subtotal = -1, 0
        for row, (line, figures) in enumerate(zip(self.draft.lines, self.figures, strict=True)):
            if figures is not None:
                counted = not line.optional
                net, tax = (nets[row], taxes[row]) if counted else (0, 0)
                lines.append(figures.priced(net, tax, self.places, counted))
                subtotal += 0 if line.optional else figures.amount
                continue
            lines.append(_NO_FIGURES)
            if line.kind == SECTION:
                self._close(lines, section, subtotal)
                section, subtotal = row, 0
        self._close(lines, section, subtotal)
        return tuple(lines)

    def _close(self, lines: list[PricedLine], section: int, subtotal: int) -> None:
        if section >= 0:
            lines[section] = PricedLine(amount=self._money(subtotal))

    def _margin(self, nets: dict[int, int]) -> tuple[Decimal | None, Decimal | None]:
        """Cost and margin over the lines whose cost is known."""
        known = [
            (net, each.cost)
            for row, net in nets.items()
            if (each := self.figures[row]) is not None and each.cost is not None
        ]
        if not known:
            return None, None
        cost = sum(each for _, each in known)
        return self._money(cost), margin(sum(net for net, _ in known), cost)

    def _optional(self) -> int:
        return sum(
            each.amount
            for line, each in zip(self.draft.lines, self.figures, strict=True)
            if each is not None and line.optional
        )


def to_multiple(units: int, multiple: Decimal | None, places: int) -> int:
    """An amount in units of 10**-places rounded to a multiple; None leaves it as it is."""
    if multiple is None:
        return units
    step = int(multiple.scaleb(places))
    return half_up(units, step) * step if step > 1 else units
