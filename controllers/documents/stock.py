"""Stock held for orders: all of a document's lines or none."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Update, bindparam, select, update
from sqlalchemy.exc import IntegrityError

from controllers.core.unit_of_work import UnitOfWork
from controllers.documents import promise
from models.rules.promise import Outlook
from models.storage.postgres import stocking
from models.storage.tables import TABLES
from models.values.documents import Line
from models.values.errors import DomainError, ProblemsError
from models.values.money import ZERO, rounded, to_scaled
from models.values.reasons import grouped
from resources.languages import marked as _

Wanted = dict[int, Decimal]
"""Stock units by product, in the order of the products so that two orders never block."""


class Stocked(NamedTuple):
    """Stock units of a product: in the house, held for orders, and what is to come."""

    stock: Decimal
    reserved: Decimal
    outlook: Outlook | None = None


def scaled(quantity: Decimal, factor: Decimal) -> Decimal:
    """The stock units of a quantity, rounded as they are stored, so that sums agree for ever."""
    return rounded(quantity * factor, 4)


def units(line: Line) -> Decimal:
    """The stock units of a line."""
    return scaled(line.quantity, line.factor)


def stocked(uow: UnitOfWork, products: Iterable[int]) -> frozenset[int]:
    """Those of some products that are kept in stock."""
    product = TABLES["product"]
    query = select(product.c.id).where(product.c.id.in_(sorted(set(products))), product.c.stocked)
    return frozenset(uow.connection.execute(query).scalars())


def wanted(uow: UnitOfWork, lines: tuple[Line, ...]) -> Wanted:
    """What lines take from stock; products that are not kept in stock take nothing."""
    sums = _sums(lines)
    kept = stocked(uow, sums) if sums else frozenset()
    return {each: sums[each] for each in sorted(sums) if each in kept}


def wanted_of(lines: tuple[Line, ...], known: promise.Outlooks) -> Wanted:
    """The same, of lines whose products were looked up already."""
    sums = _sums(lines)
    return {each: sums[each] for each in sorted(sums) if each in known and known[each].is_stocked}


def _sums(lines: tuple[Line, ...]) -> Wanted:
    sums: Wanted = {}
    for line in lines:
        if line.counts and not line.optional and line.product is not None and line.quantity:
            sums[line.product] = sums.get(line.product, ZERO) + units(line)
    return sums


def now(uow: UnitOfWork, products: Iterable[int]) -> dict[int, Stocked]:
    """What is in stock of these products at the moment, and what is to come of them."""
    product, wanted = TABLES["product"], sorted(products)
    query = select(product.c.id, product.c.stock, product.c.reserved)
    rows = uow.connection.execute(query.where(product.c.id.in_(wanted)))
    known = promise.outlooks(uow, wanted)
    return {
        row.id: Stocked(row.stock or ZERO, row.reserved or ZERO, known.get(row.id)) for row in rows
    }


def reserve(
    uow: UnitOfWork, number: str, wanted: Wanted, known: promise.Outlooks | None = None
) -> None:
    """Hold stock for an order: for all its products or, with a DomainError, for none.

    What is negative is given back. The refusal names each product, what is wanted and what is
    free. On a server another order may still be faster than the check; then the transaction must
    be given up. `known` is what was read of the products in this transaction.
    """
    changed = {product: units for product, units in sorted(wanted.items()) if units}
    if known is None or any(known[each].free < units for each, units in changed.items()):
        _check_free(uow, number, {each: units for each, units in changed.items() if units > 0})
    try:
        reserved = _move(uow, _reserving(), changed, held=1)
    except IntegrityError:
        reserved = 0
    if reserved != len(changed):
        message = _("Order {order}: somebody else took the stock just now; try again.")
        raise DomainError(message, field="quantity", order=number)


def _check_free(uow: UnitOfWork, number: str, wanted: Wanted) -> None:
    product = TABLES["product"]
    query = select(product.c.id, product.c.sku, product.c.stock, product.c.reserved)
    rows = uow.connection.execute(query.where(product.c.id.in_(wanted)).order_by(product.c.id))
    short = [
        DomainError(
            _("Order {order}: {sku} is wanted {wanted} times, {free} are free; buy some, "
              "or order less."),
            field="quantity", order=number, sku=row.sku, wanted=grouped(wanted[row.id]),
            free=grouped(row.stock - row.reserved),
        )
        for row in rows
        if row.stock - row.reserved < wanted[row.id]
    ]  # fmt: skip
    if short:
        raise ProblemsError(short)


def give_back(uow: UnitOfWork, wanted: Wanted) -> None:
    """Free what an order held."""
    _move(uow, _freeing(), wanted, held=-1)


def _move(uow: UnitOfWork, statement: Update, wanted: Wanted, *, held: int) -> int:
    """Hold or free what is wanted, by the statement or on a server by its function, which takes the
    sign. Answers how many products it was moved of.
    """
    products = sorted(wanted)
    for product in products:
        uow.changed("product", product)
    if not products:
        return 0
    if not uow.is_embedded:
        by = [held * to_scaled(wanted[each]) for each in products]
        stocking.hold_stock(uow.connection, products, by)
        return len(products)
    rows = [{"product": product, "wanted": wanted[product]} for product in products]
    return uow.connection.execute(statement, rows).rowcount


def _amount() -> BindParameter[Any]:
    return bindparam("wanted", type_=TABLES["product"].c.stock.type)


@cache
def _reserving() -> Update:
    product = TABLES["product"]
    free = product.c.stock - product.c.reserved
    return (
        update(product)
        .where(product.c.id == bindparam("product"), (free >= _amount()) | (_amount() <= 0))
        .values(reserved=product.c.reserved + _amount())
    )


@cache
def _freeing() -> Update:
    product = TABLES["product"]
    return (
        update(product)
        .where(product.c.id == bindparam("product"))
        .values(reserved=product.c.reserved - _amount())
    )
