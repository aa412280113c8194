"""Invoices of an order: every part is what is due in all by now, less what was billed before.

So the parts add up to the order to the last unit, whatever they are rounded to:

- A line that is billed to c of its quantity Q comes to amount × c / Q in all, rounded half up; an
  invoice bills that less what earlier ones billed of the line.
- The tax of a rate is reckoned on all that was billed at it so far, and an invoice bears what is
  left after the taxes of earlier ones. Each differs from rate × base by less than one unit.
- A down payment is a share of what each rate of the order comes to, taxed like it. Later invoices
  deduct it before tax, in the measure in which the order is billed, and the last one the rest.
- A credit note takes back the same share of each figure of its invoice; all of it gives zero.

Amounts are whole units of the document's last decimal inside, `Decimal` outside.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from models.rules.pricing import to_multiple
from models.rules.pricing_lines import half_up, money, shares
from models.rules.taxation import TaxGroup, tax_group
from models.values.billing import Agreed, Bill, BilledLine, Down, Share, SoFar
from models.values.documents import TaxAmount, TaxPreset, Totals
from models.values.errors import DomainError
from models.values.money import HUNDRED, ZERO, to_scaled
from models.values.reasons import grouped
from resources.languages import marked as _

_NOTHING = Share()


class Terms(NamedTuple):
    """What figures are reckoned with."""

    preset: TaxPreset
    places: int
    cash_rounding: Decimal | None = None

    def units(self, amount: Decimal) -> int:
        """An amount in units of the last decimal."""
        return int(amount.scaleb(self.places))

    def money(self, units: int) -> Decimal:
        """The amount of so many units."""
        return money(units, self.places)

    def group(self, tax_class: str) -> TaxGroup | None:
        """The rate of a tax class."""
        return tax_group(tax_class, self.preset)


class _Part(NamedTuple):
    """A line in units, before its tax is known."""

    quantity: Decimal
    amount: int
    base: int
    tax_class: str
    key: int | None = None
    source: Down | None = None


def bill(
    agreed: Sequence[Agreed], so_far: SoFar, quantities: Mapping[int, Decimal], terms: Terms
) -> Bill:
    """An invoice of quantities of agreed lines, by their keys, less down payments.

    Raises DomainError where a line would be billed beyond its quantity, or nothing is.
    """
    goods = [
        _due(each, so_far.shares.get(each.key, _NOTHING), quantities[each.key], terms)
        for each in agreed
        if quantities.get(each.key)
    ]
    if not goods:
        raise DomainError(_("There is nothing left to invoice."), field="lines")
    deductions = list(_deductions(agreed, so_far, goods, terms))
    return _reckoned(goods, deductions, so_far, terms)


def _due(line: Agreed, before: Share, quantity: Decimal, terms: Terms) -> _Part:
    """What is due of a line once so much more of it is billed."""
    after = before.quantity + quantity
    if quantity < 0 or after > line.quantity:
        message = _("{name}: {wanted} are to be invoiced, {open} are left; invoice less.")
        raise DomainError(
            message, field="quantity", name=line.name or line.key, wanted=grouped(quantity),
            open=grouped(line.quantity - before.quantity),
        )  # fmt: skip
    return _Part(
        quantity,
        _share(line.amount, after, line.quantity, terms) - terms.units(before.amount),
        _share(line.base, after, line.quantity, terms) - terms.units(before.base),
        line.tax_class,
        line.key,
    )


def _share(figure: Decimal, part: Decimal, whole: Decimal, terms: Terms) -> int:
    return half_up(terms.units(figure) * to_scaled(part), to_scaled(whole) or 1)


# Down payments


def down_payment(
    agreed: Sequence[Agreed],
    so_far: SoFar,
    terms: Terms,
    *,
    percent: Decimal = ZERO,
    total: Decimal = ZERO,
) -> Bill:
    """An invoice of a percentage of an order, or of a total with its tax.

    Raises DomainError where it is more than what is left to be billed.
    """
    bases = _by_group(agreed, terms)
    parts = _asked(bases, terms, percent, total)
    left = _left(agreed, so_far, terms)
    if not any(parts.values()):
        raise DomainError(_("A down payment needs a percentage or an amount over 0."),
                          field="percent")  # fmt: skip
    for group, base in parts.items():
        if base < 0 or base > left[group]:
            message = _("The down payment is more than what is left to be invoiced; ask for less.")
            raise DomainError(message, field="percent")
    names = {terms.group(each.tax_class): each.tax_class for each in reversed(agreed)}
    goods = [_Part(Decimal(1), base, base, names[group]) for group, base in parts.items() if base]
    return _reckoned(goods, [], so_far, terms, wanted=total)


def _by_group(agreed: Iterable[Agreed], terms: Terms) -> dict[TaxGroup | None, int]:
    found: dict[TaxGroup | None, int] = {}
    for each in agreed:
        group = terms.group(each.tax_class)
        found[group] = found.get(group, 0) + terms.units(each.base)
    return found


def _asked(
    bases: dict[TaxGroup | None, int], terms: Terms, percent: Decimal, total: Decimal
) -> dict[TaxGroup | None, int]:
    """The base of each rate: a percentage of it, or of the total what comes to it without tax."""
    if not total:
        part = to_scaled(percent)
        return {group: half_up(base * part, to_scaled(HUNDRED)) for group, base in bases.items()}
    included = terms.preset.included
    gross = [
        base if included or group is None else base + group.tax(base, included=False)
        for group, base in bases.items()
    ]
    parts = shares(terms.units(total), gross)
    return {
        group: part if included or group is None else _without_tax(group, part)
        for group, part in zip(bases, parts, strict=True)
    }


def _without_tax(group: TaxGroup, gross: int) -> int:
    return gross - group.tax(gross, included=True)


def _left(agreed: Sequence[Agreed], so_far: SoFar, terms: Terms) -> dict[TaxGroup | None, int]:
    """What is left to be billed of each rate, down payments taken off."""
    left = _by_group(agreed, terms)
    classes = {each.key: each.tax_class for each in agreed}
    for key, share in so_far.shares.items():
        left[terms.group(classes[key])] -= terms.units(share.base)
    for down in so_far.downs:
        left[terms.group(down.tax_class)] -= terms.units(down.base - down.deducted)
    return left


def _deductions(
    agreed: Sequence[Agreed], so_far: SoFar, goods: Sequence[_Part], terms: Terms
) -> Iterable[_Part]:
    """What an invoice deducts of each down payment: in the measure the order is billed by now."""
    whole = _by_group(agreed, terms)
    room = dict.fromkeys(whole, 0)
    for part in goods:
        room[terms.group(part.tax_class)] += part.base
    billed = dict(room)
    classes = {each.key: each.tax_class for each in agreed}
    for key, share in so_far.shares.items():
        billed[terms.group(classes[key])] += terms.units(share.base)
    for down in so_far.downs:
        group = terms.group(down.tax_class)
        due = half_up(terms.units(down.base) * billed[group], whole[group] or 1)
        off = max(0, min(due - terms.units(down.deducted), room[group]))
        room[group] -= off
        if off:
            yield _Part(Decimal(1), -off, -off, down.tax_class, source=down)


# Taxes and totals


def _reckoned(
    goods: Sequence[_Part],
    deductions: Sequence[_Part],
    so_far: SoFar,
    terms: Terms,
    *,
    wanted: Decimal = ZERO,
) -> Bill:
    before = _taxed(so_far, terms)
    taxes: list[TaxAmount] = []
    line_taxes: dict[int, int] = {}
    for group in sorted(filter(None, {terms.group(each.tax_class) for each in goods}),
                        reverse=True):  # fmt: skip
        ours = [each for each in goods if terms.group(each.tax_class) == group]
        theirs = [each for each in deductions if terms.group(each.tax_class) == group]
        base, tax = before.get(group, (0, 0))
        full = base + sum(each.base for each in ours)
        net = full + sum(each.base for each in theirs)
        of_goods = group.tax(full, included=terms.preset.included) - tax
        due = group.tax(net, included=terms.preset.included) - tax
        _share_out(line_taxes, ours, of_goods)
        _share_out(line_taxes, theirs, due - of_goods)
        taxes.append(_tax_amount(group, net - base, due, terms))
    lines = tuple(_line(part, line_taxes.get(id(part), 0), terms) for part in (*goods, *deductions))
    return _bill(goods, deductions, lines, taxes, terms, wanted)


def _taxed(so_far: SoFar, terms: Terms) -> dict[TaxGroup | None, tuple[int, int]]:
    found: dict[TaxGroup | None, tuple[int, int]] = {}
    for tax_class, (base, tax) in so_far.taxed.items():
        group = terms.group(tax_class)
        known = found.get(group, (0, 0))
        found[group] = known[0] + terms.units(base), known[1] + terms.units(tax)
    return found


def _share_out(line_taxes: dict[int, int], parts: Sequence[_Part], tax: int) -> None:
    given = shares(tax, [abs(each.base) for each in parts])
    line_taxes.update((id(part), each) for part, each in zip(parts, given, strict=True))


def _tax_amount(group: TaxGroup, amount: int, tax: int, terms: Terms) -> TaxAmount:
    included = terms.preset.included
    return TaxAmount(
        name=terms.preset.label,
        rate=Decimal(group.rate).scaleb(-4),
        net=terms.money(amount - tax if included else amount),
        base=terms.money(group.base(amount, included=included)),
        amount=terms.money(tax),
    )


def _line(part: _Part, tax: int, terms: Terms) -> BilledLine:
    net = part.base - tax if terms.preset.included else part.base
    return BilledLine(
        part.quantity, terms.money(part.amount), terms.money(part.base), terms.money(net),
        terms.money(tax), part.tax_class, part.key, part.source,
    )  # fmt: skip


def _bill(
    goods: Sequence[_Part],
    deductions: Sequence[_Part],
    lines: tuple[BilledLine, ...],
    taxes: list[TaxAmount],
    terms: Terms,
    wanted: Decimal,
) -> Bill:
    net = sum((each.net for each in lines), ZERO)
    tax = sum((each.tax for each in lines), ZERO)
    subtotal = sum(each.amount for each in goods)
    discount = subtotal - sum(each.base for each in goods)
    due = to_multiple(terms.units(net + tax), terms.cash_rounding, terms.places)
    total = wanted or terms.money(due)
    totals = Totals(
        subtotal=terms.money(subtotal), discount=terms.money(discount), net=net,
        tax_base=sum((each.base for each in taxes), ZERO), taxes=tuple(taxes), tax=tax,
        rounding=total - net - tax, total=total,
    )  # fmt: skip
    return Bill(lines, totals, terms.money(-sum(each.base for each in deductions)))


# Credit notes


def credit(
    lines: Sequence[Agreed],
    so_far: SoFar,
    quantities: Mapping[int, Decimal],
    terms: Terms,
    rounding: Decimal = ZERO,
    left: Decimal | None = None,
) -> Bill:
    """A credit note of quantities of an invoice's lines, with positive figures.

    Deductions are taken back in the measure in which the goods are. `rounding` is the invoice's:
    the credit note that takes back the rest takes it back too. `left` is what may be credited at
    most: where an invoice is all but nothing after its deductions, a part rounds to no more.
    DomainError as for `bill`.
    """
    goods = [each for each in lines if not each.is_deduction]
    wanted = {each.key: quantities.get(each.key, ZERO) for each in goods}
    if not any(wanted.values()):
        raise DomainError(_("There is nothing left to credit."), field="lines")
    after = {key: _before(so_far, key).quantity + each for key, each in wanted.items()}
    parts = [_back(each, so_far, wanted[each.key], terms) for each in goods if wanted[each.key]]
    is_all = all(after[each.key] == each.quantity for each in goods)
    share = _credited(goods, after), sum((each.base for each in goods), ZERO)
    parts += [
        _deduction_back(each, so_far, share, is_all, terms) for each in lines if each.is_deduction
    ]
    made = _credited_bill(parts, terms, rounding - so_far.rounding if is_all else ZERO)
    return made if left is None or made.totals.total <= left else _no_more_than(made, left)


def _no_more_than(made: Bill, left: Decimal) -> Bill:
    off = made.totals.total - left
    totals = replace(made.totals, total=left, rounding=made.totals.rounding - off)
    return replace(made, totals=totals)


def _before(so_far: SoFar, key: int) -> Share:
    return so_far.shares.get(key, _NOTHING)


def _credited(goods: Sequence[Agreed], after: Mapping[int, Decimal]) -> Decimal:
    return sum((each.base * after[each.key] / (each.quantity or 1) for each in goods), ZERO)


class _Back(NamedTuple):
    """A figure that goes back."""

    part: _Part
    tax: int


def _back(line: Agreed, so_far: SoFar, quantity: Decimal, terms: Terms) -> _Back:
    before = _before(so_far, line.key)
    part = _due(line, before, quantity, terms)
    tax = _share(line.tax, before.quantity + quantity, line.quantity, terms)
    return _Back(part, tax - terms.units(before.tax))


def _deduction_back(
    line: Agreed, so_far: SoFar, share: tuple[Decimal, Decimal], is_all: bool, terms: Terms
) -> _Back:
    before = _before(so_far, line.key)
    done, whole = (share[1], share[1]) if is_all else share
    base = _share(line.base, done, whole, terms) - terms.units(before.base)
    tax = _share(line.tax, done, whole, terms) - terms.units(before.tax)
    return _Back(_Part(Decimal(0), base, base, line.tax_class, line.key), tax)


def _credited_bill(parts: Sequence[_Back], terms: Terms, rounding: Decimal) -> Bill:
    lines = tuple(_line(each.part, each.tax, terms) for each in parts)
    taxes = []
    for group in sorted(filter(None, {terms.group(each.tax_class) for each in lines}),
                        reverse=True):  # fmt: skip
        ours = [each for each in parts if terms.group(each.part.tax_class) == group]
        amount, due = sum(each.part.base for each in ours), sum(each.tax for each in ours)
        taxes.append(_tax_amount(group, amount, due, terms))
    goods = [each.part for each in parts if each.part.quantity]
    subtotal = sum(each.amount for each in goods)
    discount = subtotal - sum(each.base for each in goods)
    net = sum((each.net for each in lines), ZERO)
    tax = sum((each.tax for each in lines), ZERO)
    totals = Totals(
        subtotal=terms.money(subtotal), discount=terms.money(discount), net=net,
        tax_base=sum((each.base for each in taxes), ZERO), taxes=tuple(taxes), tax=tax,
        rounding=rounding, total=net + tax + rounding,
    )  # fmt: skip
    deducted = -sum(each.part.base for each in parts if not each.part.quantity)
    return Bill(lines, totals, terms.money(deducted))
