"""Stock as JSON: what scripts read of bookings, levels, moves and counts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from controllers.catalogue import counts, stocking
from controllers.catalogue.counts import Compared, Count, Preview
from controllers.catalogue.stocking import Booked, Lots
from controllers.core.permitted import needs
from controllers.core.unit_of_work import UnitOfWork
from controllers.documents.backorders import Share
from models.storage.tables import TABLES
from models.values.errors import DomainError
from models.values.money import plain
from resources.languages import marked as _

Values = dict[str, Any]


def read_lots(given: Sequence[str]) -> Lots:
    """Lots as a command line names them: ``LOT=quantity``, or serial numbers alone."""
    if not any("=" in each for each in given):
        return tuple(given)
    lots: dict[str, Decimal] = {}
    for each in given:
        lot, _sign, text = each.rpartition("=")
        if not lot or lot in lots or not text.replace(".", "", 1).isdecimal():
            message = _("“{text}” is no lot; write LOT=quantity, each lot once.")
            raise DomainError(message, field="lots", text=each)
        lots[lot] = Decimal(text)
    return lots


def answer(uow: UnitOfWork, booked: Booked) -> Values:
    """What became of a product."""
    return {
        "product": booked.sku, "stock": plain(booked.stock), "reserved": plain(booked.reserved),
        "free": plain(booked.stock - booked.reserved), "orders": shares(uow, booked.shares),
    }  # fmt: skip


def shares(uow: UnitOfWork, given: Sequence[Share]) -> list[Values]:
    """Which orders were given stock, or lost some; those a person may not see have no number."""
    orders, goods = TABLES["order"], TABLES["product"]
    numbers = dict(
        uow.connection.execute(
            select(orders.c.id, orders.c.number).where(orders.c.id.in_([e.order for e in given]))
        ).all()
    )
    skus = dict(
        uow.connection.execute(
            select(goods.c.id, goods.c.sku).where(goods.c.id.in_([e.product for e in given]))
        ).all()
    )
    return [
        {"order": numbers.get(each.order), "product": skus.get(each.product),
         "quantity": plain(each.units)}
        for each in given
    ]  # fmt: skip


@needs("stock.change")
def receive(uow: UnitOfWork, /, *args: Any, **named: Any) -> Values:
    """A receipt, answered as JSON."""
    return answer(uow, stocking.receive(uow, *args, **named))


@needs("stock.change")
def adjust(uow: UnitOfWork, /, *args: Any, **named: Any) -> Values:
    """An adjustment, answered as JSON."""
    return answer(uow, stocking.adjust(uow, *args, **named))


@needs("stock.change")
def transfer(uow: UnitOfWork, /, *args: Any, **named: Any) -> Values:
    """A transfer, answered as JSON."""
    return answer(uow, stocking.transfer(uow, *args, **named))


@needs("stock.change", "deliveries.change")
def scrap(uow: UnitOfWork, /, *args: Any, **named: Any) -> Values:
    """Scrap, answered as JSON."""
    return answer(uow, stocking.scrap(uow, *args, **named))


def levels(uow: UnitOfWork, product: str = "", warehouse: str = "") -> list[Values]:
    """What lies where."""
    names = ("sku", "name", "unit", "warehouse", "lot")
    return [
        {name: row[name] or None for name in names} | {"quantity": plain(row["quantity"])}
        for row in stocking.levels(uow, product, warehouse)
    ]


def moves(uow: UnitOfWork, product: str) -> list[Values]:
    """The moves of a product, the newest first."""
    names = ("warehouse", "lot", "reason", "note", "who")
    return [
        {"date": row["date"].isoformat(), "quantity": plain(row["quantity"])}
        | {name: row[name] or None for name in names}
        for row in stocking.moves(uow, product)
    ]


# Counts


def preview(found: Preview, language: str = "en") -> Values:
    """What a counted file would change, with the rows that were not understood."""
    return {
        "warehouse": found.warehouse, "sheet": found.number or None,
        "counted": len(found.lines), "uncounted": found.uncounted,
        "differences": [_line(each) for each in found.differing],
        "moved_since": [
            {"product": each.sku, "lot": each.count.lot or None, "quantity": plain(each.moved)}
            for each in found.lines if each.moved
        ],
        "rejected": [
            {"row": each.row, "product": each.text or None, "reason": each.reason.text(language)}
            for each in found.rejected
        ],
    }  # fmt: skip


def _line(each: Compared) -> Values:
    return {
        "product": each.sku, "lot": each.count.lot or None, "book": plain(each.there),
        "counted": plain(each.count.counted), "difference": plain(each.difference),
    }  # fmt: skip


@needs("stock.change")
def post(
    uow: UnitOfWork, warehouse: str, given: Sequence[Count], number: str, note: str
) -> Mapping[str, Any]:
    """Book a count; answers what it changed."""
    done = counts.post(uow, warehouse, given, number=number, note=note)
    return {"booked": [_line(each) for each in done.lines], "orders": shares(uow, done.shares)}
