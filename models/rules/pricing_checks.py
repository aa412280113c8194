"""What keeps a draft from being priced, said at the line and field where it stands."""

from decimal import Context, Decimal, Inexact, InvalidOperation
from functools import lru_cache

from models.values.documents import Draft, Line
from models.values.errors import DomainError
from models.values.money import SCALE
from resources.languages import marked as _

LARGEST = 10**14 * SCALE
"""No amount is larger, in ten-thousandths; so stored it fits 64 bits."""

LARGEST_QUANTITY = 10**9 * SCALE
PERCENT = 100 * SCALE

_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])

_LIMITS = {
    "quantity": LARGEST_QUANTITY,
    "factor": LARGEST_QUANTITY,
    "unit_price": LARGEST,
    "discount_percent": PERCENT,
    "discount_amount": LARGEST,
    "cost": LARGEST,
}
_RANGES = {
    "quantity": _("Line {line}: the quantity must lie between 0 and 1 000 000 000, not {value}."),
    "factor": _("Line {line}: a unit must hold more than 0 stock units, not {value}."),
    "unit_price": _("Line {line}: the price must lie between 0 and 10^14, not {value}; "
                    "use a discount to take something off."),
    "discount_percent": _("Line {line}: the discount must lie between 0 and 100 %, not {value}."),
    "discount_amount": _("Line {line}: the discount must lie between 0 and the amount, "
                         "not {value}."),
    "cost": _("Line {line}: the cost must lie between 0 and 10^14, not {value}."),
}  # fmt: skip
_TOO_FINE = {
    "quantity": _("Line {line}: the quantity {value} has more than four decimals; round it."),
    "factor": _("Line {line}: the unit’s factor {value} has more than four decimals; round it."),
    "unit_price": _("Line {line}: the price {value} has more than four decimals; round it."),
    "discount_percent": _("Line {line}: the discount {value} has more than four decimals; "
                          "round it."),
    "discount_amount": _("Line {line}: the discount {value} has more than four decimals; "
                         "round it."),
    "cost": _("Line {line}: the cost {value} has more than four decimals; round it."),
}  # fmt: skip
_OVER_AMOUNT = _("Line {line}: the discount {value} is more than the amount; make it smaller.")
_TOO_LARGE = _("Line {line}: quantity × price is over 10^14; make one of them smaller.")


@lru_cache(8192)
def whole(number: Decimal) -> int | None:
    """The ten-thousandths of a number; None where it has finer parts or is no sensible number."""
    if not number.is_finite() or number.adjusted() > 18:
        return None
    try:
        scaled = _EXACT.scaleb(number, 4)
    except ArithmeticError:
        return None
    units = int(scaled)
    return units if units == scaled else None


def line_problems(line: Line, number: int) -> list[DomainError]:
    """Every refusal of one line, `number` counted from one as people do."""
    found = [
        problem
        for field in _LIMITS
        if (value := getattr(line, field)) is not None
        and (problem := _field_problem(field, value, number)) is not None
    ]
    return found or _amount_problems(line, number)


def document_problems(draft: Draft, subtotal: int, places: int) -> list[DomainError]:
    """Refusals of the head, with the subtotal in units of 10**-places."""
    percent, off = whole(draft.discount_percent), whole(draft.discount_amount)
    if percent is None or not 0 <= percent <= PERCENT:
        return [_head("discount_percent", _("The document’s discount must lie between 0 and "
                      "100 %, with at most four decimals, not {value}."), draft)]  # fmt: skip
    left = subtotal * (PERCENT - percent) * SCALE
    if off is None or off < 0 or (off and off * 10**places * PERCENT > left):
        return [_head("discount_amount", _("The document’s discount must lie between 0 and the "
                      "subtotal, with at most four decimals, not {value}."), draft)]  # fmt: skip
    if subtotal * SCALE > LARGEST * 10**places:
        return [DomainError(_("The document comes to more than 10^14; split it."), field="lines")]
    return []


def _head(field: str, message: str, draft: Draft) -> DomainError:
    return DomainError(message, field=field, value=_shown(getattr(draft, field)))


def _field_problem(field: str, value: Decimal, number: int) -> DomainError | None:
    least = 1 if field == "factor" else 0
    units = whole(value)
    if units is None and value.is_finite() and value.adjusted() <= 18:
        return DomainError(_TOO_FINE[field], field=field, line=number, value=_shown(value))
    if units is None or not least <= units <= _LIMITS[field]:
        return DomainError(_RANGES[field], field=field, line=number, value=_shown(value))
    return None


def _amount_problems(line: Line, number: int) -> list[DomainError]:
    quantity, price = whole(line.quantity) or 0, whole(line.unit_price) or 0
    percent, off = whole(line.discount_percent) or 0, whole(line.discount_amount) or 0
    gross = quantity * price
    if gross > LARGEST * SCALE:
        return [DomainError(_TOO_LARGE, field="quantity", line=number)]
    if gross * (PERCENT - percent) < off * SCALE * PERCENT:
        shown = _shown(line.discount_amount)
        return [DomainError(_OVER_AMOUNT, field="discount_amount", line=number, value=shown)]
    cost, factor = whole(line.cost or Decimal(0)) or 0, whole(line.factor) or 0
    if quantity * cost * factor > LARGEST * SCALE * SCALE:
        return [DomainError(_TOO_LARGE, field="cost", line=number)]
    return []


def _shown(value: Decimal) -> str:
    return format(value, "f") if value.is_finite() and abs(value.adjusted()) < 40 else str(value)
