"""Orders on their way to the money, and how a person presses what their panels offer."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.documents import deliveries, invoices, orders, quotations
from models.values.documents import Draft, Line
from tests.builders import a_line, a_sent_quotation


def a_confirmed_order(app: App, *lines: Line) -> Draft:
    sent = a_sent_quotation(app, *lines)
    order = app.write(quotations.order, sent.number)
    return app.write(orders.confirm, order.number)


def a_shipped_delivery(app: App, quantity: str = "12") -> int:
    order = a_confirmed_order(app, a_line(app, quantity=quantity))
    app.write(orders.deliver, order.number)
    return app.read(deliveries.of_order, order.id or 0)[0].id or 0


def an_invoice(app: App, *, is_issued: bool = True) -> int:
    order = a_confirmed_order(app, a_line(app, quantity="12"))
    app.write(orders.deliver, order.number)
    bill = app.write(invoices.new, order.number)
    if is_issued:
        app.write(invoices.issue, bill.id or 0)
    return bill.id or 0


def panel_of(page: Any, kind: type, qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: bool(page.findChildren(kind)))
    return page.findChildren(kind)[0]


def press(panel: Any, words: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(panel.isVisible)
    (found,) = (each for each in panel.findChildren(QPushButton) if each.text() == words)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
