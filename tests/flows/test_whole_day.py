"""A whole day by use cases, on both engines: from an enquiry to the statement of account."""

from dataclasses import replace
from decimal import Decimal

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import (
    approvals,
    credit_notes,
    deliveries,
    invoices,
    orders,
    payments,
    quotations,
    receivables,
    returns,
    revisions,
)
from controllers.system import databases
from models.values.deliveries import Part
from models.values.documents import Draft, Line
from models.values.errors import DomainError
from models.values.money import ZERO
from tests.builders import a_company, a_draft, a_line, a_product, an_item
from tests.conftest import NOW

pytestmark = pytest.mark.slow

D = Decimal
DAY = NOW.date()


@pytest.fixture
def desk(app: App) -> App:
    """A company with people, a rule for large discounts, and pumps in stock."""
    a_company(app)
    a_product(app, "HOSE", list_price=D(250_000), cost=D(150_000), stock=D(40))
    people = {"sari": "administrator", "boss": "sales_manager"}
    for name, role in people.items():
        if not app.listing.lookup("user", name):
            app.write(records.create, "user", {"name": name, "role": role, "team": "West"})
    rule = {"name": "Over ten percent", "measure": "discount_percent", "threshold": D(10)}
    app.write(records.create, "approval_rule", rule)
    return app


def offered(app: App) -> Draft:
    """An enquiry answered: pumps, hoses as an option, and the work on site."""
    hoses = replace(a_line(app, "HOSE", "10"), optional=True)
    draft = a_draft(app, a_line(app, quantity="12"), hoses, an_item())
    return app.write(quotations.new, replace(draft, owner="sari", discount_percent=D(15)))


def agree(app: App, quotation: int) -> None:
    """The manager agrees; on a server, where each person signs in, the rule is lifted instead."""
    app.write(approvals.submit, quotation)
    if app.database.engine_name == "sqlite":
        app.user = "boss"
        app.write(approvals.decide_all, quotation, is_approved=True, comment="once")
        app.user = "sari"
    else:
        app.write(records.change, "approval_rule", "Over ten percent", {"threshold": D(20)})


def test_a_whole_day(desk: App) -> None:
    first = offered(desk)
    with pytest.raises(DomainError, match="needs approval first"):
        desk.write(quotations.send, first.id or 0)
    agree(desk, first.id or 0)
    sent = desk.write(quotations.send, first.id or 0)
    second = revised(desk, sent)
    assert second.revision == 2

    desk.write(quotations.accept, second.id or 0, options=[2], by="Maria Anders", how="signed")
    order = desk.write(quotations.order, second.id or 0)
    assert [line.sku for line in order.lines] == ["PUMP12", "HOSE", ""]
    desk.write(orders.confirm, order.number)
    agreed = desk.read(orders.shown, order.number).priced.totals.total

    down = desk.write(invoices.down_payment, order.number, percent=D(30))
    desk.write(invoices.issue, down.id or 0)
    paid_down = desk.read(invoices.shown, down.id or 0).row["total"]
    desk.write(payments.pay, down.id or 0, paid_down)

    pumps = desk.read(deliveries.open_lines, order.number)[0]
    desk.write(deliveries.deliver, order.number, [Part(pumps.line, D(5))])
    part = desk.write(invoices.invoice, order.number)
    assert desk.read(deliveries.open_lines, order.number)[0].open == 7
    rest = desk.write(deliveries.deliver, order.number)
    assert desk.read(orders.show, order.number).state == "delivered"
    last = desk.write(invoices.invoice, order.number)
    totals = [desk.read(invoices.shown, each.id or 0).row["total"] for each in (part, last)]
    assert paid_down + sum(totals) == agreed

    settle(desk, part)
    back = rest.lines[0].id or 0
    desk.write(returns.take_back, rest.number, [Part(back, D(2))], reason="damaged")
    credited = credit(desk, last, D(2))
    statement = desk.read(receivables.statement, "ALFKI", DAY, DAY)
    assert statement.closing == totals[1] - credited
    assert statement.closing == desk.read(invoices.shown, last.number).open
    assert databases.check(desk) == []


def revised(app: App, sent: Draft) -> Draft:
    """The customer asks for less: a second revision at a smaller discount."""
    again = app.write(revisions.revise, sent.number, "fewer on site")
    line: Line = replace(again.lines[2], unit_price=D(700_000))
    app.write(quotations.save, replace(again.with_line(2, line), discount_percent=D(12)))
    return app.write(quotations.send, again.id or 0)


def settle(app: App, invoice: Draft) -> None:
    """The customer pays, and keeps two percent of the services back against a slip."""
    left = app.read(invoices.shown, invoice.id or 0).open
    withheld = D(12_345)
    app.write(payments.pay, invoice.number, left - withheld, withheld=withheld, slip="BP-77")
    found = app.read(invoices.shown, invoice.id or 0)
    assert (found.payment, found.open) == ("settled", ZERO)


def credit(app: App, invoice: Draft, quantity: D) -> D:
    line = app.read(invoices.shown, invoice.id or 0).lines[0]
    note = app.write(credit_notes.new, invoice.number, {line["id"]: quantity}, reason="damaged")
    app.write(invoices.issue, note.id or 0)
    total: D = app.read(invoices.shown, note.id or 0).row["total"]
    return total
