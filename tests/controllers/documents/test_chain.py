"""The chain of documents on both engines: what belongs together, and who may see it."""

from decimal import Decimal

from controllers.core.app import App
from controllers.documents import chain, deliveries, invoices, orders, payments, quotations
from controllers.documents.chain import Chain
from models.values.deliveries import Part
from models.values.records import ListQuery
from tests.builders import a_line, a_sent_quotation
from tests.controllers.conftest import SignIn

D = Decimal


def a_business(app: App) -> dict[str, int]:
    """An order of twelve pumps, delivered in two parts, invoiced and paid in part."""
    sent = a_sent_quotation(app, a_line(app, quantity="12"))
    order = app.write(quotations.order, sent.number)
    app.write(orders.confirm, order.number)
    (line,) = app.read(deliveries.open_lines, order.number)
    app.write(orders.deliver, order.number, [Part(line.line, D(5))])
    bill = app.write(invoices.new, order.number)
    app.write(invoices.issue, bill.id or 0)
    paid = app.write(payments.pay, bill.id or 0, D(1_000_000))
    delivery = app.read(deliveries.of_order, order.id or 0)[0]
    return {
        "quotation": sent.id or 0, "order": order.id or 0, "delivery": delivery.id or 0,
        "invoice": bill.id or 0, "payment": paid.id,
    }  # fmt: skip


def kinds(found: Chain) -> list[str]:
    return [each.kind for each in found.links]


def test_every_document_shows_the_same_chain(app: App) -> None:
    ids = a_business(app)
    for kind, record_id in ids.items():
        found = app.read(chain.chain, kind, record_id)
        wanted = [each for each in chain.ORDER if (each, kind) != ("delivery", "payment")]
        assert kinds(found) == wanted, kind
        assert {each.kind: each.id for each in found.links}[kind] == record_id


def test_a_chain_says_states_and_amounts(app: App) -> None:
    ids = a_business(app)
    links = {each.kind: each for each in app.read(chain.chain, "order", ids["order"]).links}
    assert [links[each].state for each in chain.ORDER] == [
        "accepted", "confirmed", "shipped", "partly", "posted",
    ]  # fmt: skip
    assert links["delivery"].amount is None
    assert links["payment"].amount == 1_000_000
    assert links["order"].amount == links["quotation"].amount


def test_a_chain_says_what_is_left_to_be_done(app: App) -> None:
    ids = a_business(app)
    found = app.read(chain.chain, "order", ids["order"])
    assert (found.to_deliver, found.to_invoice, found.has_shipped) == (True, False, True)
    order = app.read(orders.show, ids["order"])
    app.write(orders.deliver, order.number)
    found = app.read(chain.chain, "order", ids["order"])
    assert (found.to_deliver, found.to_invoice) == (False, True)


def test_a_quotation_without_an_order_stands_alone(app: App) -> None:
    sent = a_sent_quotation(app)
    assert kinds(app.read(chain.chain, "quotation", sent.id or 0)) == ["quotation"]


def test_nobody_sees_links_of_colleagues_they_may_not_see(sign_in: SignIn) -> None:
    administrator, manager = sign_in("administrator"), sign_in("account_manager")
    order = _order_of_another_team(administrator)
    assert kinds(administrator.read(chain.chain, "order", order)) == ["quotation", "order"]
    assert kinds(manager.read(chain.chain, "order", order)) == []


def _order_of_another_team(app: App) -> int:
    query = ListQuery("order", ("number", "account"))
    return next(int(row[0]) for row in app.listing.first_page(query).rows if "A-OTHER" in row[2])
