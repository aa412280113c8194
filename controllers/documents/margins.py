"""Figures of stored quotations for rules, also where who asks may see neither cost nor margin."""

from decimal import Decimal

from controllers.core.unit_of_work import UnitOfWork
from models.rules.pricing_lines import margin
from models.storage.postgres import consent
from models.values.money import SCALE, from_scaled, to_scaled


def is_under(uow: UnitOfWork, quotation: int, threshold: Decimal) -> bool:
    """Whether a quotation earns less than a percentage."""
    if not uow.is_embedded:
        return consent.margin_is_under(uow.connection, quotation, to_scaled(threshold))
    found = of_file(uow, quotation)
    return found is not None and found < threshold


def fell(uow: UnitOfWork, approval: int, quotation: int, figure: Decimal | None) -> bool:
    """Whether a quotation is worse than an approval of it, or of its revision, agreed to.

    `figure` is what it comes to by the approval's measure; None is the margin, which is asked for.
    """
    if not uow.is_embedded:
        return consent.figure_fell(uow.connection, approval, quotation)
    agreed = uow.connection.exec_driver_sql(
        "SELECT figure FROM approval WHERE id = ?", (approval,)
    ).scalar_one()
    if figure is not None:
        return agreed is None or figure > from_scaled(agreed)
    found = of_file(uow, quotation)
    return agreed is None or found is None or found < from_scaled(agreed)


def of_file(uow: UnitOfWork, quotation: int) -> Decimal | None:
    """The margin of a quotation in a file, in percent; None on a server, which keeps it."""
    if not uow.is_embedded:
        return None
    rows = uow.connection.exec_driver_sql(
        "SELECT net, quantity, cost, factor FROM quotation_line WHERE quotation_id = ? "
        "AND cost IS NOT NULL AND kind IN ('product', 'item') AND NOT optional",
        (quotation,),
    ).all()
    net = sum(row[0] for row in rows)
    spent = sum(row[1] * row[2] * row[3] for row in rows)
    return margin(net * SCALE**2, spent) if net else None
