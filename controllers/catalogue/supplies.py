"""Expected receipts: found by their code, received in parts, and begun from a list."""

from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, func, select, update

from controllers.core import records
from controllers.core.unit_of_work import UnitOfWork
from models.storage.postgres import stocking
from models.storage.tables import TABLES
from models.values.errors import DomainError, NotFoundError
from models.values.money import ZERO, to_scaled
from models.values.reasons import grouped
from resources.languages import marked as _


def find(uow: UnitOfWork, code: str, goods: RowMapping) -> RowMapping:
    """An expected receipt of a product by its code; DomainError where none of it can come."""
    table = TABLES["supply"]
    names = ("id", "code", "product_id", "warehouse_id", "quantity", "received")
    query = select(*(table.c[name] for name in names)).where(
        func.lower(table.c.code) == code.lower(), table.c.archived.is_(False)
    )
    row = uow.connection.execute(query).mappings().first()
    if row is None:
        message = _("There is no expected receipt “{key}”; look it up in the list.")
        raise NotFoundError(message, field="supply", key=code)
    if row["product_id"] != goods["id"]:
        message = _("The expected receipt {code} is not of {sku}; name another.")
        raise DomainError(message, field="supply", code=row["code"], sku=goods["sku"])
    if row["received"] >= row["quantity"]:
        message = _("All of the expected receipt {code} came already.")
        raise DomainError(message, field="supply", code=row["code"])
    return row


def refuse_surplus(supply: RowMapping, units: Decimal, *, surplus: bool) -> None:
    """Raise DomainError where more came than is expected and nobody said that it is meant."""
    due = supply["quantity"] - supply["received"]
    if units > due and not surplus:
        message = _("{code}: {came} came, {due} are still expected; book {due}, or say that the "
                    "surplus is to be booked too.")  # fmt: skip
        raise DomainError(
            message, field="surplus", code=supply["code"], came=grouped(units), due=grouped(due)
        )


def came(uow: UnitOfWork, supply: RowMapping, units: Decimal) -> None:
    """Note what came; a surplus that was meant counts as well."""
    if uow.is_embedded:
        table = TABLES["supply"]
        uow.connection.execute(
            update(table).where(table.c.id == supply["id"]).values(
                received=table.c.received + units, version=table.c.version + 1
            )
        )  # fmt: skip
    else:
        stocking.receive_supply(uow.connection, supply["id"], to_scaled(units))
    uow.changed("supply", supply["id"])


def cost_of(uow: UnitOfWork, supply: int) -> Decimal | None:
    """What the expected receipt says one costs; a server looks it up itself, unseen."""
    if not uow.is_embedded:
        return None
    table = TABLES["supply"]
    query = select(table.c.unit_cost).where(table.c.id == supply)
    cost: Decimal | None = uow.connection.execute(query).scalar_one()
    return cost


def receipt_of(uow: UnitOfWork, kind: str, record_id: int) -> tuple[int, dict[str, Any]]:
    """What a receipt begins with from a ``stock_level`` or ``supply``: the product's id, and more.

    Of what is expected the quantity that is still due.
    """
    known = records.show(uow, kind, record_id).values
    product = records.show(uow, "product", known["product"]).id or 0
    values = {"warehouse": known["warehouse"] or ""}
    if kind == "supply":
        due = max(known["quantity"] - known["received"], ZERO)
        return product, values | {"supply": known["code"], "quantity": due or None}
    return product, values | {"lot": known["lot"] or ""}
