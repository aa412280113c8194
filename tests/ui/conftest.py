"""Fixtures of the window: a desk on a database of its own, without a screen."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.core.app import App
from controllers.system import settings
from models.values.settings import Settings
from tests.conftest import Contents
from ui.kit import language, tasks, theme
from ui.kit.desk import Desk
from ui.kit.drafts import Drafts
from ui.kit.feed import Feed
from ui.kit.preferences import Preferences
from ui.shell.main_window import MainWindow

CITIES = ("Jakarta", "Bandung", "Ipoh")


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    """Qt paints, prints and measures fonts only once there is an application."""
    return qapp


@pytest.fixture
def contents() -> Contents:
    return a_desk


@pytest.fixture
def filled(app: App) -> App:
    """A program with a company, a person and thirty customers."""
    return app


def a_desk(app: App) -> None:

    def fill(uow: object) -> None:
        settings.save(uow, Settings(company="PT Contoh", country="ID"))
        records.create(uow, "user", {"name": "sari", "full_name": "Sari Wulandari"})
        for at in range(30):
            values = {"code": f"C{at:03}", "name": f"Toko {chr(65 + at % 26)}{at:02}"}
            records.create(uow, "account", values | {"city": CITIES[at % 3]})

    app.write(fill)


@pytest.fixture
def desk(filled: App, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """What a page is given."""
    preferences = Preferences(tmp_path / "sari.json")
    made = Desk(filled, preferences, Feed(filled), Drafts(tmp_path / "drafts"))
    errors: list[Exception] = []
    tasks.tasks().failed = errors.append
    yield made
    made.feed.stop()
    language.set_language("en")
    qtbot.waitUntil(tasks.tasks().is_idle)
    tasks.tasks().stop()
    assert not errors, errors


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[], None]:
    """Wait until every answer has arrived."""

    def wait() -> None:
        qtbot.waitUntil(tasks.tasks().is_idle, timeout=10_000)
        qtbot.wait(10)
        qtbot.waitUntil(tasks.tasks().is_idle, timeout=10_000)

    return wait


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> Iterator[MainWindow]:
    """The main window on the list of customers."""
    theme.install(QApplication.instance(), "light")
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show_place("account", now=True)
    with qtbot.waitSignal(made.completed, timeout=20_000):
        made.show()
    settle()
    yield made
    settle()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen some wishes of a window are passed over; that is no warning of ours."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
