"""What of an order is still to go out: its open lines, what they hold, and how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from controllers.core.prepared import Prepared
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents.stored import Stored
from models.storage.tables import TABLES
from models.values.deliveries import OpenLine, Part
from models.values.errors import DomainError
from models.values.money import ZERO, rounded
from models.values.reasons import grouped
from resources.languages import marked as _


@dataclass(frozen=True, slots=True)
class Going:
    """What goes out of one line: in its unit, in stock units, and of these what it held."""

    line: OpenLine
    quantity: Decimal
    units: Decimal
    held: Decimal
    lot: str = ""


@cache
def _open_query() -> Prepared:
    line, product = TABLES["order_line"], TABLES["product"]
    names = ("id", "product_id", "sku", "description", "unit", "factor", "quantity", "shipped",
             "reserved")  # fmt: skip
    return Prepared(
        select(*(line.c[each] for each in names), product.c.tracking, product.c.stocked)
        .select_from(line.outerjoin(product, product.c.id == line.c.product_id))
        .where(line.c.order_id == bindparam("head"))
        .where(or_(line.c.kind == "product", line.c.kind == "item"))
        .where(line.c.optional.is_(False))
        .order_by(line.c.position)
    )


def open_lines(uow: UnitOfWork, order_id: int) -> tuple[OpenLine, ...]:
    """Every line of an order that is sold, in its order, delivered already or not."""
    return tuple(
        OpenLine(
            line=row["id"], product=row["product_id"], sku=row["sku"] or "",
            description=row["description"] or row["sku"] or "", unit=row["unit"] or "",
            factor=row["factor"] or Decimal(1), ordered=row["quantity"] or ZERO,
            shipped=row["shipped"] or ZERO, reserved=row["reserved"] or ZERO,
            tracking=row["tracking"] or "none", is_stocked=bool(row["stocked"]),
        )
        for row in _open_query().rows(uow.connection, head=order_id)
    )  # fmt: skip


def going(order: Stored, lines: Sequence[OpenLine], parts: Sequence[Part]) -> tuple[Going, ...]:
    """What parts of an order's lines take from stock; every part counts on those before it.

    Stock units are reckoned from what has gone in all, so that parts add up to the whole line.
    DomainError at `quantity` where more would go than was ordered, or nothing.
    """
    known = {each.line: each for each in lines}
    shipped = {each.line: each.shipped for each in lines}
    held = {each.line: each.reserved for each in lines}
    found = []
    for part in parts:
        line = known.get(part.line)
        if line is None:
            message = _("{order} has no line {line} to deliver; look at its open lines.")
            raise DomainError(message, field="lines", order=order.name, line=part.line)
        _check(order, line, part, shipped[part.line])
        after = shipped[part.line] + part.quantity
        units = rounded(after * line.factor, 4) - rounded(shipped[part.line] * line.factor, 4)
        freed = min(held[part.line], units)
        shipped[part.line], held[part.line] = after, held[part.line] - freed
        found.append(Going(line, part.quantity, units, freed, part.lot.strip()))
    return tuple(found)


def _check(order: Stored, line: OpenLine, part: Part, shipped: Decimal) -> None:
    name = line.sku or line.description
    if part.quantity <= 0:
        message = _("{order}, {name}: a delivery needs a quantity over 0.")
        raise DomainError(message, field="quantity", order=order.name, name=name)
    if shipped + part.quantity > line.ordered:
        message = _("{order}, {name}: {wanted} are to go, {open} are still open of {ordered}; "
                    "deliver less, or amend the order.")  # fmt: skip
        raise DomainError(
            message, field="quantity", order=order.name, name=name,
            wanted=grouped(part.quantity), open=grouped(line.ordered - shipped),
            ordered=grouped(line.ordered),
        )  # fmt: skip


def everything_open(lines: Sequence[OpenLine]) -> tuple[Part, ...]:
    """All that is still to go of these lines."""
    return tuple(Part(each.line, each.open) for each in lines if each.open > 0)


def count_lines(uow: UnitOfWork, counts: Mapping[int, Mapping[str, Decimal]]) -> None:
    """Add to figures of lines, by line and column: shipped, delivered, reserved, returned."""
    table = TABLES["order_line"]
    names = ("shipped", "delivered", "reserved", "returned")
    values: dict[str, Any] = {
        name: table.c[name] + bindparam(f"by_{name}", type_=table.c[name].type) for name in names
    }
    rows = [
        {"line": line, **{f"by_{name}": by.get(name, ZERO) for name in names}}
        for line, by in sorted(counts.items())
    ]
    if rows:
        statement = update(table).where(table.c.id == bindparam("line")).values(values)
        uow.connection.execute(statement, rows)


def is_delivered(lines: Sequence[OpenLine]) -> bool:
    """Whether nothing is left to go."""
    return not any(each.open for each in lines)
