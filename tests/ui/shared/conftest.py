"""Fixtures of the window on a shared database: a real server, a keyring, people who sign in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from controllers.core import records
from controllers.system import opening, people
from controllers.system.addresses import Address
from models.values.settings import Settings
from tests.memory_keyring import Kept, only_in_memory
from tests.postgres_server import PostgresServer, binaries
from ui.kit import tasks
from ui.kit.places import Places
from ui.kit.preferences import Preferences
from ui.shell import launch
from ui.shell.main_window import MainWindow

THEIR_PASSWORD = "Rahasia 100 % sekali"

Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def kept() -> Iterator[Kept]:
    """What the keyring holds."""
    with only_in_memory() as found:
        yield found


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """The databases this computer remembers."""
    return Places(tmp_path / "places.json")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A server that a test may stop, with one company's database."""
    found = binaries()
    if found is None:
        pytest.skip("no PostgreSQL programs here; name their folder in SAUDAGAR_POSTGRES_BIN")
    made = PostgresServer(found)
    _fill(made)
    yield made
    made.remove()


def _fill(server: PostgresServer) -> None:
    company = Settings(company="PT Contoh", country="ID")
    app = opening.create_app(server.url("desk"), settings=company)

    def fill(uow: object) -> None:
        person = {"name": "wati", "full_name": "Wati Lestari", "role": "sales_support"}
        people.add(uow, person, THEIR_PASSWORD)
        for at in range(30):
            records.create(uow, "account", {"code": f"C{at:03}", "name": f"Toko {at:02}"})

    app.write(fill)
    app.close()


@pytest.fixture
def address(server: PostgresServer) -> Address:
    """Where wati signs in."""
    return Address("127.0.0.1", server.port, "desk", "wati", "disable")


@pytest.fixture
def settle(qtbot: QtBot) -> Settle:
    """Wait until every answer has arrived."""

    def wait() -> None:
        qtbot.waitUntil(tasks.tasks().is_idle, timeout=20_000)
        qtbot.wait(10)
        qtbot.waitUntil(tasks.tasks().is_idle, timeout=20_000)

    return wait


@pytest.fixture
def server_url(server: PostgresServer) -> str:
    """Where the administrator signs in."""
    return server.url("desk")


OpenWindow = Callable[[str], MainWindow]


@pytest.fixture
def open_window(tmp_path: Path, qtbot: QtBot, settle: Settle) -> Iterator[OpenWindow]:
    """Opens a whole window on a shared database, as the program does; several, for several people.

    A window is named by its address and shows the list of customers.
    """
    windows: list[MainWindow] = []

    def open_one(url: str) -> MainWindow:
        folder = tmp_path / f"person-{len(windows)}"
        chosen = Preferences(folder / "chosen.json")
        chosen.set("place", "account")
        window = launch.make_window(opening.open_app(url), chosen, "en")
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.completed, timeout=20_000):
            launch.show(window)
        settle()
        windows.append(window)
        return window

    yield open_one
    for window in windows:
        window.desk.app.is_patient = False
    settle()
    for window in windows:
        launch.close(window)
        window.desk.app.close()
