"""Many at once on one database: stock is never sold twice, numbers have no gap."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from controllers.catalogue import stocking
from controllers.core import records
from controllers.core.app import App
from controllers.documents import orders, quotations
from controllers.system.integrity import problems
from models.values.errors import DomainError
from tests.builders import a_line, a_quotation

PEOPLE = 8


def _confirmed(app: App, order: int) -> bool:
    try:
        app.write(orders.confirm, order)
    except DomainError:
        return False
    return True


def test_confirming_at_once_never_oversells(app: App) -> None:
    app.write(records.change, "product", "FAN1", {"stock": Decimal(5)})
    drafts = [a_quotation(app, a_line(app, "FAN1", "2"), a_line(app, "PUMP12", "1"))
              for _each in range(6)]  # fmt: skip
    made = [app.write(quotations.order, app.write(quotations.send, draft.id or 0).number)
            for draft in drafts]  # fmt: skip
    with ThreadPoolExecutor(PEOPLE) as people:
        outcomes = list(people.map(lambda order: _confirmed(app, order.id or 0), made))
    assert outcomes.count(True) == 2
    fan = app.read(records.show, "product", "FAN1").values
    assert (fan["reserved"], fan["free"]) == (Decimal(4), Decimal(1))
    assert app.read(records.show, "product", "PUMP12").values["reserved"] == Decimal(2)
    assert app.write(problems) == []


def test_back_orders_and_receipts_at_once_share_every_piece(app: App) -> None:
    drafts = [a_quotation(app, a_line(app, "FAN1", "2")) for _each in range(PEOPLE)]
    made = [app.write(quotations.order, app.write(quotations.send, draft.id or 0).number)
            for draft in drafts]  # fmt: skip

    def trade(order: int) -> None:
        app.write(orders.confirm, order, backorder=True)
        app.write(stocking.receive, "FAN1", Decimal(1))

    with ThreadPoolExecutor(PEOPLE) as people:
        list(people.map(trade, [order.id or 0 for order in made]))
    fan = app.read(records.show, "product", "FAN1").values
    assert (fan["stock"], fan["reserved"]) == (Decimal(13), Decimal(13))
    assert app.write(problems) == []


def test_sending_at_once_leaves_no_gap_in_the_numbers(app: App) -> None:
    drafts = [a_quotation(app) for _each in range(16)]
    with ThreadPoolExecutor(PEOPLE) as people:
        sent = list(people.map(lambda draft: app.write(quotations.send, draft.id or 0), drafts))
    serials = sorted(int(each.number.split("/")[0]) for each in sent)
    assert serials == list(range(1, 17))
    assert app.write(problems) == []


def test_a_refused_sending_takes_no_number(app: App) -> None:
    first, empty = a_quotation(app), a_quotation(app, a_line(app, optional=True))
    app.write(quotations.send, first.id or 0)
    with pytest.raises(DomainError):
        app.write(quotations.send, empty.id or 0)
    second = app.write(quotations.send, a_quotation(app).id or 0)
    assert second.number.startswith("002/")
