"""Settings, the first-run page and small pieces beside them: saving, trying mail, demo data."""

import datetime as dt
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.errors import NoKeyringError
from PySide6.QtWidgets import QApplication, QCalendarWidget, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.system import settings
from models.values.records import ListQuery
from models.values.settings import Mail, Settings
from ui.kit.desk import Desk
from ui.shell.first_run import FirstRun
from ui.shell.main_window import MainWindow
from ui.shell.settings_page import SettingsPage
from ui.widgets.calendar import open_calendar
from ui.widgets.record_list import commands
from ui.widgets.record_list.page import ListPage

pytestmark = pytest.mark.slow

Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> SettingsPage:
    shown = window.show_place("settings")
    settle()
    assert isinstance(shown, SettingsPage)
    return shown


def stored(app: App) -> Settings:
    return app.read(settings.load)


def test_a_saved_company_stands_in_the_database(
    page: SettingsPage, filled: App, settle: Settle
) -> None:
    page.sheet.boxes["company"].editor.set_raw("PT Baru")
    page.save()
    settle()
    assert stored(filled).company == "PT Baru"


def test_own_mail_texts_are_kept_by_language_with_a_live_example(
    page: SettingsPage, filled: App, settle: Settle
) -> None:
    subject = page.texts.fields["mail_subject"]
    assert isinstance(subject, QLineEdit)
    subject.setText("Penawaran untuk {{ account }}")
    settle()
    assert page.texts.example.text().startswith("Penawaran untuk PT Sinar Maju")
    page.texts.language.setCurrentIndex(page.texts.language.findData("en"))
    page.texts.show_language()
    assert subject.text() == ""
    page.save()
    settle()
    assert stored(filled).texts == {"id": {"mail_subject": "Penawaran untuk {{ account }}"}}


def test_each_kind_of_mail_shows_its_own_words_and_example(
    page: SettingsPage, settle: Settle
) -> None:
    kind, fields = page.texts.kind, page.texts.fields
    kind.setCurrentIndex(kind.findData("delivery"))
    kind.activated.emit(kind.currentIndex())
    settle()
    assert "CGK0012345" in page.texts.example.text()
    assert fields["mail_subject"].isHidden()
    assert not fields["delivery_mail_subject"].isHidden()


def test_a_broken_mail_text_is_told_in_the_example(page: SettingsPage, settle: Settle) -> None:
    subject = page.texts.fields["mail_subject"]
    assert isinstance(subject, QLineEdit)
    subject.setText("{{ numbr }}")
    settle()
    assert "cannot be filled in" in page.texts.example.text()


def test_trying_a_server_that_is_not_there_says_why(page: SettingsPage, settle: Settle) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    boxes = page.sheet.boxes
    boxes["mail_host"].editor.set_raw("127.0.0.1")
    boxes["mail_port"].editor.set_raw(str(port))
    page.mail.try_server()
    settle()
    assert "refuses port" in page.mail.answer.text()
    assert page.mail.try_button.isEnabled()


def test_without_a_keyring_it_is_said_that_the_password_is_asked(
    page: SettingsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_words: str) -> None:
        raise NoKeyringError

    monkeypatch.setattr("keyring.set_password", none)
    page.mail.password.setText("rahasia")
    page.mail.keep(Mail("mail.example", 587, "starttls", "sari"))
    settle()
    assert "no keyring" in page.mail.answer.text()


def test_a_password_goes_to_the_keyring(
    page: SettingsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[str, ...]] = []
    monkeypatch.setattr("keyring.set_password", lambda *words: kept.append(words))
    page.mail.password.setText("rahasia")
    page.mail.keep(Mail("mail.example", 587, "starttls", "sari"))
    settle()
    assert kept == [("Saudagar mail.example", "sari", "rahasia")]
    assert page.mail.password.text() == ""


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_list_is_exported_to_a_file(
    window: MainWindow, settle: Settle, tmp_path: Path, suffix: str
) -> None:
    page = window.workspace.current()
    assert isinstance(page, ListPage)
    commands.export_to(page, tmp_path / f"list.{suffix}")
    settle()
    assert (tmp_path / f"list.{suffix}").stat().st_size > 500


def test_the_first_run_page_fills_the_desk_with_demo_data(
    app: App, desk: Desk, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "controllers.system.demo.fill", lambda made: made.write(settings.save, Settings("PT Demo"))
    )
    page = FirstRun(desk)
    qtbot.addWidget(page)
    page.look_around()
    settle()
    assert stored(desk.app).company == "PT Demo"


def test_a_day_is_chosen_in_the_calendar(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    taken: list[dt.date] = []
    popup = open_calendar(field, dt.date(2026, 11, 20), taken.append)
    calendar = popup.findChild(QCalendarWidget)
    assert calendar is not None
    calendar.activated.emit(calendar.selectedDate().addDays(1))
    QApplication.processEvents()
    assert taken == [dt.date(2026, 11, 21)]


def test_a_new_order_is_not_offered(window: MainWindow) -> None:
    from ui.kit import actions

    assert "new.order" not in actions.possible()
    assert "new.quotation" in actions.possible()


def test_a_filter_between_two_figures_counts_both(
    window: MainWindow, settle: Settle, filled: App, qtbot: QtBot
) -> None:
    from models.values.fields import FieldKind
    from ui.widgets.record_list.conditions import condition_text, from_plain, to_plain
    from ui.widgets.record_list.filters import FilterPopup

    page = window.workspace.current()
    assert isinstance(page, ListPage)
    popup = FilterPopup(page.desk, page.kind, page)
    qtbot.addWidget(popup)
    popup._field.setCurrentIndex(popup._field.findData("credit_limit"))
    assert popup.field.kind is FieldKind.MONEY
    popup._operator.setCurrentIndex(popup._operator.findData("between"))
    popup._value.setText("500")  # type: ignore[attr-defined]
    popup._until.setText("100")
    made: list[object] = []
    popup.made.connect(made.append)
    popup.add()
    query = ListQuery("account", ("code",), filters=(made[0],))  # type: ignore[arg-type]
    assert condition_text(page.kind, query.filters[0], page.desk.style) == (
        "Credit limit is between 100 and 500"
    )
    assert from_plain(page.kind, to_plain(query)).filters == query.filters
    assert filled.listing.count(query) == 0


def test_a_theme_chosen_by_key_stands_in_the_settings(
    page: SettingsPage, window: MainWindow
) -> None:
    window.switch_theme()
    chosen = [box.currentData() for box in page.findChildren(QComboBox)]
    assert "dark" in chosen
    window.switch_theme()
