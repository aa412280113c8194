"""What stock is worth: the moving average, reckoned anew at every receipt."""

from decimal import Decimal

from models.values.money import rounded


def moving_average(
    stock: Decimal, average: Decimal | None, received: Decimal, cost: Decimal
) -> Decimal:
    """The cost of one stock unit after a receipt, with four decimals, halves up.

    Weighted by what was there and what came (IAS 2.27, weighted average). Where nothing was there,
    or its cost is not known, the receipt's cost holds.
    """
    if stock <= 0 or average is None:
        return rounded(cost, 4)
    return rounded((stock * average + received * cost) / (stock + received), 4)
