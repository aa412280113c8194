"""No action or button leads to a use case that the person's role would be refused."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from threading import Thread, current_thread
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.core.app import App
from controllers.documents import invoices, orders, payments, quotations
from models.storage.database import Row
from models.storage.sqlite import SqliteDatabase
from models.values.permissions import PERMISSIONS, change, may
from models.values.records import Change
from models.values.roles import ROLES
from tests.builders import a_company, a_draft, a_line
from tests.conftest import NOW, Contents
from tests.ui.test_rights import become
from ui.documents.page import DocumentPage
from ui.kit import actions, theme
from ui.kit.desk import Desk
from ui.shell import pages
from ui.shell.entries import BESIDE, ENTRIES
from ui.shell.main_window import MainWindow
from ui.widgets.record_list.page import ListPage

LEADS = {
    "new.account": "customers.change", "new.contact": "customers.change",
    "new.quotation": "documents.change", "new.product": "catalogue.change",
    "new.price_list": "catalogue.change", "new.price": "catalogue.change",
    "place.statement": "invoices.change", "statement.open": "invoices.change",
    "statement.look": "invoices.change", "statement.certain": "invoices.change",
    "statement.choose": "invoices.change", "statement.skip": "invoices.change",
    "statement.payment": "invoices.change",
    "place.imports": "imports.run", "import.choose": "imports.run", "import.run": "imports.run",
    "import.look": "imports.run", "settings.save": "settings.change",
    "settings.history": "settings.change",
    "outbox.send": "documents.change", "outbox.again": "documents.change",
    "document.save": "documents.change", "document.copy": "documents.change",
    "document.revise": "documents.change",
    "document.mail": "documents.change", "document.next": "documents.change",
    "document.reprice": "documents.change", "document.decide": "approvals.decide",
    "form.payment": "invoices.change", "document.history": "audit.see",
    "delivery.next": "deliveries.change", "delivery.save": "deliveries.change",
    "invoice.next": "invoices.change", "invoice.save": "invoices.change",
    "payment.next": "invoices.change", "payment.save": "invoices.change",
    "payment.book": "invoices.change", "new.payment": "invoices.change",
    "sheet.attach": "papers.send", "document.attach": "papers.send", "sheet.history": "audit.see",
    "document.take_template": "documents.change", "document.keep_template": "templates.change",
    "new.template": "documents.change", "list.template": "documents.change",
    "list.receive": "stock.change", "form.save": "catalogue.change",
    "form.archive": "catalogue.change", "form.history": "audit.see", "list.history": "audit.see",
    "list.quotation": "documents.change",
}  # fmt: skip
"""By action the permission its use case asks for; forms here are those of a product."""

READS = frozenset((
    "document.area", "document.chain", "document.linked", "document.more", "document.preview",
    "document.print",
    "document.redo", "document.refresh", "document.revisions", "document.texts", "document.undo",
    "document.why",
    "sheet.area", "sheet.chain", "sheet.linked", "sheet.preview", "sheet.print", "sheet.refresh",
    "document.proposal", "document.what_if", "document.options", "form.stock",
    "form.next", "form.previous", "form.redo", "form.undo", "people.read", "outbox.read",
    "backup.now", "statement.accept",
))  # fmt: skip
"""Actions that change nothing others see: they read, or change what is typed. Those of the whole
window, of lists and of lines that are not named do the same."""

_READING_PARTS = ("window.", "place.", "list.", "lines.", "report.", "history.")

BUTTONS = {
    "Send now": "documents.change", "Send again": "documents.change",
    "It was sent": "documents.change", "Import": "imports.run", "Keep": "imports.run",
    "Take back": "imports.run", "Save company": "settings.change", "Add person": "people.change",
    "New product": "catalogue.change", "New customer": "customers.change",
    "Accept": "documents.change", "Decline": "documents.change",
    "Confirm": "documents.change", "Save": "catalogue.change", "Archive": "catalogue.change",
    "History": "audit.see", "New payment": "invoices.change",
    "New payment of this customer": "invoices.change", "Add file …": "papers.send",
    "Take the file away": "papers.send", "Received …": "deliveries.change",
    "Return …": "deliveries.change", "Ship": "deliveries.change", "Issue": "invoices.change",
    "Pay …": "invoices.change", "Credit …": "invoices.change", "Allocate …": "invoices.change",
    "Deliver …": "deliveries.change", "Invoice …": "invoices.change",
    "Close the order": "documents.change", "Book all certain": "invoices.change",
    "Bank statement": "invoices.change", "Receive": "stock.change",
}  # fmt: skip
"""By the words of a button the permission its use case asks for."""

Settle = Callable[[], None]


@pytest.fixture
def contents() -> Contents:
    return _business


def _business(app: App) -> None:
    app.write(records.create, "user", {"name": "sari"})
    a_company(app)
    app.write(records.change, "account", "ALFKI", {"owner": "sari"})
    draft = app.write(quotations.new, a_draft(app, a_line(app)))
    app.write(quotations.send, draft.id or 0)
    other = app.write(quotations.copy, draft.id or 0)
    app.write(quotations.send, other.id or 0)
    order = app.write(quotations.order, other.id or 0)
    app.write(orders.confirm, order.id or 0)
    app.write(orders.deliver, order.id or 0)
    bill = app.write(invoices.new, order.id or 0)
    app.write(invoices.issue, bill.id or 0)
    app.write(payments.receive, "ALFKI", Decimal(1_000_000))


@pytest.fixture(params=[name for name, _label in ROLES])
def role(request: pytest.FixtureRequest, desk: Desk) -> str:
    become(desk, request.param)
    return str(request.param)


@pytest.fixture
def everything(role: str, desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[MainWindow]:
    """A window in which every place was opened, a product, and a quotation that was sent."""
    theme.install(QApplication.instance(), "light")
    made = MainWindow(desk)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.completed, timeout=20_000):
        made.show()
    for entry in (*(each for each in BESIDE if each.name != "connection"), *ENTRIES):
        made.show_place(entry.name)
        settle()
    made.open_record("product", "PUMP12")
    settle()
    for kind in ("quotation", "order", "delivery", "invoice", "payment"):
        made._open(pages.page_for(desk, kind, 1))
        settle()
    yield made
    made.close()


def _needed(each: actions.Registered, role: str) -> str:
    if each.name == "document.next" and isinstance(each.owner, DocumentPage):
        rights = each.owner.next_rights
        return next((right for right in rights if may(role, right)), rights[0])
    if each.name in ("list.archive", "list.attach"):
        return change(_list_of(each.owner).kind.name)
    if each.name in LEADS:
        return LEADS[each.name]
    assert each.name in READS or each.name.startswith(_READING_PARTS), f"{each.name} is new here"
    return ""


def _list_of(widget: QWidget) -> ListPage:
    while not isinstance(widget, ListPage):
        widget = widget.parentWidget()
    return widget


@pytest.mark.slow
def test_nothing_leads_to_a_refusal(everything: MainWindow, desk: Desk, role: str) -> None:
    """What a role may not do is off for good and says why, or is not there."""
    for each in actions.live():
        _assert_action(each, role)
    found = everything.findChildren(QPushButton)
    for button in found:
        _assert_button(button, role)
    if role == "administrator":
        missing = set(BUTTONS) - {button.accessibleName() for button in found}
        assert missing <= {
            "New product", "New customer", "Confirm", "Take the file away", "Ship", "Issue",
            "Deliver …", "New payment of this customer",
        }  # fmt: skip
    before = len(everything.workspace.record_pages)
    desk.new_record("account")
    made = len(everything.workspace.record_pages) - before
    assert made == int(may(role, "customers.change"))


def _assert_action(each: actions.Registered, role: str) -> None:
    needed = _needed(each, role)
    if not needed or may(role, needed):
        assert "no right" not in each.action.toolTip(), each.name
        return
    each.action.setEnabled(True)
    assert not each.action.isEnabled(), each.name
    assert PERMISSIONS[needed] in each.action.toolTip(), each.name


def _assert_button(each: QPushButton, role: str) -> None:
    needed = BUTTONS.get(each.accessibleName(), "")
    if needed and not may(role, needed):
        each.setEnabled(True)
        assert each.isHidden() or not each.isEnabled(), each.accessibleName()


class _Noting(SqliteDatabase):
    """Notes which threads read."""

    def __init__(self, path: Any) -> None:
        super().__init__(path)
        self.readers: list[Thread] = []

    def fetch(self, statement: str, values: Any = ()) -> list[Row]:
        self.readers.append(current_thread())
        return super().fetch(statement, values)


def test_what_a_person_may_is_known_before_the_window_asks(desk: Desk) -> None:
    """No window waits for a server to learn whether a button is offered."""
    database = _Noting(desk.app.database.url.removeprefix("sqlite:///"))
    app = App(database, "sari", lambda: NOW)
    theirs = Desk(app, desk.preferences, desk.feed, desk.drafts)
    database.readers.clear()
    elsewhere = Thread(target=lambda: app.changes.announce((Change("user", 0),)))
    elsewhere.start()
    elsewhere.join()
    for permission in PERMISSIONS:
        theirs.may(permission)
    assert theirs.hides_cost is False
    assert database.readers
    assert set(database.readers) == {elsewhere}
    app.close()
