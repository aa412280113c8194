"""A desk over a catalogue of some thousand products, and pages on it."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from controllers.core import records
from controllers.core.app import App
from controllers.core.unit_of_work import UnitOfWork
from models.storage.tables import TABLES
from models.system.kinds import KINDS
from tests.builders import a_company
from tests.conftest import Contents
from ui.documents.order_page import OrderPage
from ui.documents.quotation_page import QuotationPage
from ui.kit import errors, language, tasks, theme
from ui.kit.desk import Desk
from ui.kit.drafts import Drafts
from ui.kit.feed import Feed
from ui.kit.preferences import Preferences
from ui.shell import pages

NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
PRODUCTS = 4000
FAMILIES = ("Kertas", "Tinta", "Toner", "Laminator", "Meja", "Kursi", "Lampu", "Kabel")


def _catalogue(uow: UnitOfWork) -> None:
    """All in one statement: a form's way through every check would take ten seconds."""
    uow.connection.execute(insert(TABLES["product"]), [_product(uow, at) for at in range(PRODUCTS)])
    uow.changed("product", 0)


def _product(uow: UnitOfWork, number: int) -> dict[str, Any]:
    family = FAMILIES[number % len(FAMILIES)]
    values = {
        each.name: each.default for each in KINDS["product"].stored if each.default is not None
    }
    return records.columns(uow, KINDS["product"], values | {
        "sku": f"{family[:2].upper()}{number:04}", "name": f"{family} model {number:04}",
        "list_price": Decimal(10_000 + number * 10), "cost": Decimal(8_000 + number * 5),
        "stock": Decimal(number % 300), "units": "box = 12",
    })  # fmt: skip


@pytest.fixture
def contents() -> Contents:
    return a_big_company


def a_big_company(app: App) -> None:
    """A company with a customer and a big catalogue."""
    a_company(app)
    app.write(_catalogue)


@pytest.fixture
def desk(app: App, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    """What a page is given; records opened from it are noted in `opened`."""
    theme.install(qapp, "light")
    language.set_language("en")
    feed = Feed(app)
    desk = Desk(app, Preferences(tmp_path / "me.json"), feed, Drafts(tmp_path / "drafts"))
    lanes = tasks.tasks()
    before, lanes.failed = lanes.failed, errors.show
    yield desk
    feed.stop()
    lanes.stop()
    lanes.failed = before


@pytest.fixture
def opened(desk: Desk) -> list[tuple[str, Any]]:
    """The records that pages asked to be opened."""
    seen: list[tuple[str, Any]] = []
    desk.open_record = lambda kind, key: seen.append((kind, key))
    return seen


@pytest.fixture
def show(desk: Desk, qtbot: QtBot) -> Callable[..., QuotationPage]:
    """Open a quotation, or a new one, in a window of its own."""

    def make(record_id: int | None = None, **values: Any) -> QuotationPage:
        page = QuotationPage(desk, "quotation", record_id, values)
        _show(qtbot, page)
        return page

    return make


@pytest.fixture
def show_order(desk: Desk, qtbot: QtBot) -> Callable[[int], OrderPage]:
    """Open an order in a window of its own."""

    def make(record_id: int) -> OrderPage:
        page = OrderPage(desk, "order", record_id, {})
        _show(qtbot, page)
        return page

    return make


@pytest.fixture
def show_sheet(desk: Desk, qtbot: QtBot) -> Callable[[str, int], Any]:
    """Open a delivery, an invoice or a payment in a window of its own."""

    def make(kind: str, record_id: int) -> Any:
        page = pages.page_for(desk, kind, record_id)
        _show(qtbot, page)
        return page

    return make


def _show(qtbot: QtBot, page: Any) -> None:
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    qtbot.waitUntil(lambda: page.session.is_loaded)
    page.activateWindow()
    page.start_work()
    settle(qtbot)


def settle(qtbot: QtBot) -> None:
    """Wait until no work runs in the background."""
    qtbot.waitUntil(tasks.tasks().is_idle, timeout=20_000)
