"""The page of people and rights, on a shared and on an embedded database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile

import psycopg
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.system import people, sign_in
from controllers.system.addresses import Address
from models.storage.database import open_database
from models.values.permissions import PERMISSIONS, RIGHTS, SCOPES, Scope
from models.values.roles import ROLES
from tests.postgres_server import PostgresServer
from tests.ui.shared.conftest import THEIR_PASSWORD, OpenWindow, Settle
from ui.shell.main_window import MainWindow
from ui.system.people.page import PeoplePage

pytestmark = pytest.mark.slow


@pytest.fixture
def window(open_window: OpenWindow, server_url: str) -> MainWindow:
    """The window of the administrator."""
    return open_window(server_url)


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> PeoplePage:
    return people_page(window, settle)


def people_page(window: MainWindow, settle: Settle) -> PeoplePage:
    shown = window.show_place("people")
    settle()
    assert isinstance(shown, PeoplePage)
    return shown


@pytest.fixture
def may_enter(server: PostgresServer) -> Iterator[Callable[[str, str], bool]]:
    """Whether a name and a password open the database; the login is removed after the test."""
    names: set[str] = set()

    def may(name: str, password: str) -> bool:
        names.add(name)
        try:
            psycopg.connect(
                host="127.0.0.1", port=server.port, dbname="desk", user=name, password=password
            ).close()
        except psycopg.OperationalError:
            return False
        return True

    yield may
    for name in names:
        server.execute(f"DROP OWNED BY {name}; DROP ROLE {name}", "desk")
        server.execute(f"DELETE FROM saudagar.person WHERE name = '{name}'", "desk")


def go_to(page: PeoplePage, name: str) -> None:
    at = [each.name for each in page.model.people].index(name)
    page.table.setCurrentIndex(page.model.index(at, 0))


def states(page: PeoplePage) -> dict[str, str]:
    return {each.name: page.model.text(each, 5) for each in page.model.people}


def test_a_new_person_signs_in_with_the_password_that_is_shown_once(
    page: PeoplePage, settle: Settle, qtbot: QtBot, may_enter: Callable[[str, str], bool]
) -> None:
    page.add_button.click()
    qtbot.keyClicks(page.adding.name, "budi")
    page.adding.add_button.click()
    settle()
    password = page.secret.password.text()
    page.secret.copy()
    assert QApplication.clipboard().text() == password
    assert may_enter("budi", password)
    assert states(page)["budi"] == "Can sign in"
    page.secret.close_up()
    assert page.secret.password.text() == ""

    go_to(page, "budi")
    page.renew_password()
    settle()
    newer = page.secret.password.text()
    assert not may_enter("budi", password)
    assert may_enter("budi", newer)

    go_to(page, "budi")
    page.disable()
    settle()
    assert states(page)["budi"] == "Disabled"
    assert not may_enter("budi", newer)
    page.enable()
    settle()
    assert may_enter("budi", page.secret.password.text())


def test_a_name_that_is_taken_is_refused_at_its_place(
    page: PeoplePage, settle: Settle, qtbot: QtBot
) -> None:
    page.adding.start()
    qtbot.keyClicks(page.adding.name, "wati")
    page.adding.add()
    settle()
    assert "wati" in page.adding.problem.text()
    assert page.adding.add_button.isEnabled()


def test_who_is_signed_in_is_told(page: PeoplePage) -> None:
    assert states(page) == {"postgres": "Signed in now", "wati": "Can sign in"}


def test_only_an_administrator_is_offered_to_change_people(
    open_window: OpenWindow, address: Address, settle: Settle
) -> None:
    sign_in.keep(address.url, THEIR_PASSWORD)
    sign_in.use_keyring()
    page = people_page(open_window(address.url), settle)
    go_to(page, "postgres")
    assert page.add_button.isHidden()
    assert page.disable_button.isHidden()
    assert not page._only.isHidden()


def test_the_page_of_rights_says_what_the_table_declares(page: PeoplePage) -> None:
    model = page.rights.model
    for row, permission in enumerate(PERMISSIONS):
        for column, (role, _label) in enumerate(ROLES, 1):
            index = model.index(row, column)
            wanted = RIGHTS[permission][role]
            assert model.scope_at(index) is wanted
            shown = "–" if wanted is Scope.NONE else SCOPES[wanted]
            assert index.data() == shown


def test_everybody_is_listed_on_an_embedded_database_without_logins(
    empty_database: Path, tmp_path: Path
) -> None:
    app = App(open_database(copyfile(empty_database, tmp_path / "own.db")), "sari")
    app.write(people.add, {"name": "sari", "role": "administrator"})
    app.write(people.add, {"name": "budi", "role": "finance"})
    app.write(people.disable, "budi")
    found = app.read(people.everybody)
    assert [(each.name, each.is_disabled, each.has_login) for each in found] == [
        ("sari", False, False), ("budi", True, False),
    ]  # fmt: skip
    app.write(people.enable, "budi")
    assert not any(each.is_disabled for each in app.read(people.everybody))
    app.close()


def test_first_passwords_are_long_and_differ() -> None:
    made = {people.first_password() for _each in range(50)}
    assert len(made) == 50
    assert all(len(each) == 19 for each in made)
