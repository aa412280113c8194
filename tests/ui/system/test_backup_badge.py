"""Backups in the window: a quiet word when one is due, one now, none today; the settings of it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.system import backups, people
from tests.conftest import NOW
from ui.kit import actions, toasts
from ui.kit.desk import Desk
from ui.shell.backup_card import BackupCard
from ui.shell.main_window import MainWindow
from ui.system.backup_badge import BackupBadge

Settle = Callable[[], None]
DAY = dt.timedelta(days=1)


@pytest.fixture
def late(filled: App, tmp_path: Path) -> App:
    """A program three days after the last backup was due."""
    filled.write(people.ensure_administrator)
    filled.write(backups.choose, str(tmp_path / "safe"), 1)
    filled.clock = lambda: NOW + 3 * DAY
    return filled


@pytest.fixture
def badge(late: App, desk: Desk, qtbot: QtBot, settle: Settle) -> BackupBadge:
    made = BackupBadge(desk)
    qtbot.addWidget(made)
    toasts.host(made)
    settle()
    return made


def press(badge: BackupBadge, words: str) -> None:
    next(each for each in badge.menu_of().actions() if each.text() == words).trigger()


def test_the_badge_says_that_nothing_was_saved_and_is_gone_after_a_backup(
    badge: BackupBadge, late: App, settle: Settle, tmp_path: Path
) -> None:
    assert (badge.isHidden(), badge.text()) == (False, "No backup yet")
    press(badge, "Back up now")
    settle()
    assert badge.isHidden()
    assert [each.name for each in (tmp_path / "safe").iterdir()] == ["saudagar-2026-11-23.db"]
    late.clock = lambda: NOW + 5 * DAY
    badge.load()
    settle()
    assert badge.text() == "Backup: 2 days ago"


def test_who_says_not_today_is_left_alone_until_tomorrow(
    badge: BackupBadge, late: App, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    press(badge, "Not today")
    again = BackupBadge(desk)
    qtbot.addWidget(again)
    settle()
    assert badge.isHidden()
    assert again.isHidden()
    late.clock = lambda: NOW + 4 * DAY
    badge.load()
    settle()
    assert not badge.isHidden()


def test_nothing_is_said_while_nothing_is_due(desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    made = BackupBadge(desk)
    qtbot.addWidget(made)
    settle()
    assert made.isHidden()


def test_the_window_offers_a_backup_among_its_commands(window: MainWindow) -> None:
    assert "backup.now" in actions.possible()
    assert window.findChild(BackupBadge) is not None


@pytest.fixture
def card(late: App, desk: Desk, qtbot: QtBot, settle: Settle) -> BackupCard:
    made = BackupCard(desk)
    qtbot.addWidget(made)
    toasts.host(made)
    made.show()
    settle()
    return made


def test_folder_and_days_are_typed_and_kept(
    card: BackupCard, late: App, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    assert (card.folder.text(), card.days.text()) == (str(tmp_path / "safe"), "1")
    card.folder.clear()
    qtbot.keyClicks(card.folder, str(tmp_path / "other"))
    qtbot.keyClick(card.folder, Qt.Key.Key_Return)
    card.days.clear()
    qtbot.keyClicks(card.days, "7")
    qtbot.keyClick(card.days, Qt.Key.Key_Return)
    settle()
    assert late.read(backups.load)[:2] == (str(tmp_path / "other"), 7)


def test_the_card_says_which_backup_was_the_last(
    card: BackupCard, settle: Settle, tmp_path: Path
) -> None:
    assert card.last.text() == "No backup was made yet."
    card.now_button.click()
    settle()
    assert card.last.text().startswith("The last one was verified on 23")
    assert str(tmp_path / "safe") in card.last.text()


def test_a_backup_that_cannot_be_written_is_told(
    card: BackupCard, late: App, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    said: list[str] = []
    monkeypatch.setattr(toasts.host(card), "show_text", lambda text, *_more: said.append(text))
    (tmp_path / "file").write_text("")
    late.write(backups.choose, str(tmp_path / "file" / "in"), 1)
    card.back_up()
    settle()
    assert len(said) == 1
    assert "choose another one in Settings" in said[0]
