"""The PIN in the window: asked for at the start, set and taken off in the settings."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.system import opening, people, pin
from ui.kit import toasts
from ui.kit.desk import Desk
from ui.kit.places import Places
from ui.shell import launch
from ui.shell.connection.page import ConnectionPage
from ui.shell.main_window import MainWindow
from ui.shell.pin_card import PinCard
from ui.shell.pin_dialog import PinDialog

Settle = Callable[[], None]


@pytest.fixture
def locked(filled: App) -> Path:
    """The file of a database with a PIN."""
    filled.write(people.ensure_administrator)
    filled.write(pin.change, "", "2580")
    return Path(filled.database.name)


@pytest.fixture
def card(filled: App, desk: Desk, qtbot: QtBot, settle: Settle) -> PinCard:
    made = PinCard(desk)
    qtbot.addWidget(made)
    toasts.host(made)
    made.show()
    settle()
    return made


def test_the_dialog_asks_until_the_pin_is_right(locked: Path, qtbot: QtBot, settle: Settle) -> None:
    dialog = PinDialog(locked.name, lambda typed: opening.open_app(locked, "sari", pin=typed))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    assert dialog.app is None
    qtbot.keyClicks(dialog.pin, "1111")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    settle()
    assert dialog.problem.text() == "This is not the PIN; try again."
    qtbot.keyClicks(dialog.pin, "2580")
    assert dialog.problem.text() == ""
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    settle()
    assert dialog.app is not None
    assert not dialog.isVisible()
    dialog.app.close()


@pytest.mark.slow
def test_the_program_starts_with_the_question_and_then_shows_the_window(
    locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    shown: list[type] = []

    def shown_windows() -> list[object]:
        return [each for each in QApplication.topLevelWidgets() if each.isVisible()]

    def answer() -> None:
        dialogs = [each for each in shown_windows() if isinstance(each, PinDialog)]
        if not dialogs:
            QTimer.singleShot(20, answer)
            return
        shown.append(type(dialogs[0]))
        qtbot.keyClicks(dialogs[0].pin, "2580")
        qtbot.keyClick(dialogs[0].pin, Qt.Key.Key_Return)

    def painted() -> None:
        shown.extend(type(each) for each in shown_windows() if isinstance(each, MainWindow))
        (window,) = [each for each in shown_windows() if isinstance(each, MainWindow)]
        QTimer.singleShot(0, window.close)

    QTimer.singleShot(0, answer)
    assert launch.open_window(locked, "sari", "en", painted) == 0
    assert shown == [PinDialog, MainWindow]


def test_who_gives_up_gets_no_window(locked: Path, qtbot: QtBot) -> None:
    def give_up() -> None:
        for each in QApplication.topLevelWidgets():
            if isinstance(each, PinDialog) and each.isVisible():
                each.reject()
                return
        QTimer.singleShot(20, give_up)

    QTimer.singleShot(0, give_up)
    assert launch.open_window(locked, "sari", "en") == 1


def test_the_connection_page_asks_for_the_pin_of_this_computers_database(
    locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, settle: Settle
) -> None:
    monkeypatch.setattr(opening, "default_path", lambda name="": locked)
    page = ConnectionPage(Places(tmp_path / "places.json"))
    qtbot.addWidget(page)
    opened: list[App] = []
    page.opened.connect(opened.append)
    page.show()
    page.open_place("")
    settle()
    dialog = page.findChild(PinDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.pin, "2580")
    qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)
    settle()
    assert [each.database.name for each in opened] == [str(locked)]
    opened[0].close()


def test_a_pin_is_set_changed_and_removed_by_keys(
    card: PinCard, filled: App, qtbot: QtBot, settle: Settle
) -> None:
    filled.write(people.ensure_administrator)
    assert card.boxes["present"].isHidden()
    qtbot.keyClicks(card.wanted, "2580")
    qtbot.keyClicks(card.again, "2581")
    qtbot.keyClick(card.again, Qt.Key.Key_Return)
    assert card.again.property("wrong") == "true"
    card.again.clear()
    qtbot.keyClicks(card.again, "2580")
    qtbot.keyClick(card.again, Qt.Key.Key_Return)
    settle()
    assert pin.is_set(filled)
    assert not card.boxes["present"].isHidden()
    assert card.wanted.text() == ""
    qtbot.keyClicks(card.present, "1")
    card.remove_button.click()
    settle()
    assert card.present.property("wrong") == "true"
    card.present.clear()
    qtbot.keyClicks(card.present, "2580")
    card.remove_button.click()
    settle()
    assert not pin.is_set(filled)
    assert card.boxes["present"].isHidden()
