"""A day of sales in the window by keys alone: from the enquiry to the money."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import deliveries, invoices, orders, payments
from controllers.system import settings
from models.values.settings import Mail, Settings
from tests import mail_servers
from tests.mail_servers import Server
from tests.ui.documents.hand import CTRL, SHIFT, Hand
from ui.documents.panels.accepting import AcceptPanel
from ui.documents.panels.billing import BillPanel
from ui.documents.panels.delivering import DeliverPanel
from ui.documents.panels.panel import Panel
from ui.documents.panels.paying import PayPanel
from ui.documents.panels.sending import SendPanel
from ui.documents.sheet_page import SheetPage
from ui.documents.totals import SumsCard
from ui.shell.main_window import MainWindow

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning"),
]

K = Qt.Key
PATIENCE = 20_000


@pytest.fixture
def server(app: App) -> Iterator[Server]:
    with mail_servers.running() as made:
        mail = Mail("127.0.0.1", made.port, "none", "", "jualan@maju.example")
        app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))
        yield made


class Seller:
    """Somebody at the window who never takes the mouse, and waits for what is to be seen."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.hand = Hand(qtbot, window)  # type: ignore[arg-type]

    @property
    def page(self) -> Any:
        """What is in front."""
        return self.window.workspace.current()

    def look_at(self, kind: str) -> None:
        """Wait until a document of a kind is in front and can be worked on."""
        self._wait(lambda: getattr(self.page, "kind", "") == kind)
        self._wait(lambda: self.page.session.is_loaded)
        self._wait(lambda: self.page.isAncestorOf(self.window.focusWidget()))
        self.hand.settle()

    def go_on(self, *, until: str = "", cards: int = 0) -> None:
        """Ctrl+Enter, until the document has come to a state or its chain is that long."""
        self.hand.press(K.Key_Return, CTRL)
        if until:
            self._wait(lambda: self.state() == until)
        if cards:
            self._wait(lambda: len(self.page.chain.cards) == cards)
        self.hand.settle()

    def ask(self, panel: type[Panel]) -> None:
        """Ctrl+Enter, where a panel asks before anything is done."""
        self.go_on()
        self._wait(lambda: any(each.isVisible() for each in self.page.findChildren(panel)))

    def open_last(self) -> None:
        """Open the last document of the chain."""
        self.hand.press(K.Key_L, CTRL).press(K.Key_End).enter()

    def state(self) -> str:
        """Where the document in front is on its way."""
        page = self.page
        found: str = page.state() if isinstance(page, SheetPage) else page.session.draft.state
        return found

    def chain(self) -> list[str]:
        return [each.link.kind for each in self.page.chain.cards]

    def figures(self) -> dict[str, str]:
        (card,) = self.page.findChildren(SumsCard)
        return {each.label: each.figure for each in card.sums}

    def written(self, amount: Decimal) -> str:
        """An amount in rupiah as the pages write it."""
        return self.window.desk.style.number(amount, 0)

    def _wait(self, has_come: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(has_come, timeout=PATIENCE)


@pytest.fixture
def seller(window: MainWindow, qtbot: QtBot) -> Seller:
    return Seller(window, qtbot)


def offer(seller: Seller) -> None:
    """Twelve pumps and three fans, sent and accepted."""
    seller.hand.press(K.Key_Q, CTRL | SHIFT)
    seller.look_at("quotation")
    seller.hand.type("alfreds").enter().type("12*PUMP12").enter().settle()
    seller.hand.type("FAN1").enter().type("3").enter().settle()
    seller.ask(SendPanel)
    seller.go_on(until="sent")
    seller.ask(AcceptPanel)
    seller.hand.type("Maria Anders")
    seller.go_on(until="accepted", cards=2)


def deliver(seller: Seller) -> None:
    """The order is confirmed; five pumps go first, then the rest."""
    seller.hand.press(K.Key_F2)
    seller.look_at("order")
    seller.go_on(until="confirmed")
    seller.ask(DeliverPanel)
    seller.hand.type("5").enter().type("0").enter()
    seller.go_on(cards=3)
    assert seller.state() == "confirmed"
    seller.ask(DeliverPanel)
    seller.go_on(until="delivered", cards=4)


def bill(seller: Seller) -> None:
    """What was delivered is invoiced, issued and paid."""
    seller.ask(BillPanel)
    seller.go_on()
    seller.look_at("invoice")
    seller.go_on(until="open")
    seller.ask(PayPanel)
    seller.go_on(until="settled", cards=6)


@pytest.mark.usefixtures("server")
def test_a_day_of_sales_by_keys_alone(app: App, seller: Seller) -> None:
    offer(seller)
    deliver(seller)
    order = seller.page.session.draft
    total = app.read(orders.shown, order.number).priced.totals.total
    assert seller.figures()["Total IDR"] == seller.written(total)
    sent = [app.read(deliveries.show, each.id) for each in app.read(deliveries.of_order, order.id)]
    assert [[line.quantity for line in each.lines] for each in sent] == [[5], [7, 3]]

    bill(seller)
    invoice, figures = app.read(invoices.shown, seller.page.record_id), seller.figures()
    assert (invoice.payment, invoice.row["total"], invoice.open) == ("settled", total, 0)
    assert figures["Total IDR"] == seller.written(total)
    assert (figures["Paid"], figures["Still open"]) == (seller.written(-total), "0")
    assert seller.chain() == [
        "quotation", "order", "delivery", "delivery", "invoice", "payment",
    ]  # fmt: skip

    seller.open_last()
    seller.look_at("payment")
    assert app.read(payments.shown, seller.page.record_id).amount == total
    assert seller.figures()["Amount IDR"] == seller.written(total)
