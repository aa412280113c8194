"""The connection page: typed, tried, opened, remembered; every failure in words."""

import datetime as dt
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from controllers.core.app import App
from controllers.system import opening, sign_in
from controllers.system.addresses import Address
from models.storage.migrations import HEAD
from models.values.records import ListQuery
from tests.postgres_server import PostgresServer
from tests.ui.shared.conftest import THEIR_PASSWORD, Settle
from ui.kit import theme
from ui.kit.places import Places
from ui.kit.preferences import Preferences
from ui.shell import launch
from ui.shell.connection.fields import ConnectionFields
from ui.shell.connection.page import ConnectionPage
from ui.shell.connection.starting import StartDialog
from ui.shell.main_window import MainWindow

pytestmark = pytest.mark.slow


@pytest.fixture
def page(places: Places, qtbot: QtBot, settle: Settle) -> Iterator[ConnectionPage]:
    made = ConnectionPage(places)
    qtbot.addWidget(made)
    made.show()
    settle()
    yield made
    settle()


@pytest.fixture
def opened(page: ConnectionPage) -> Iterator[list[App]]:
    """The programs that the page opened."""
    found: list[App] = []
    page.opened.connect(found.append)
    yield found
    for app in found:
        app.close()


def type_in(fields: ConnectionFields, address: Address, password: str, qtbot: QtBot) -> None:
    fields.port.clear()
    for control, text in (
        (fields.host, address.host), (fields.port, str(address.port)),
        (fields.database, address.database), (fields.user, address.user),
        (fields.password, password),
    ):  # fmt: skip
        control.clear()
        qtbot.keyClicks(control, text)
    fields.guard.setCurrentIndex(fields.guard.findData(address.tls))


def tried(
    page: ConnectionPage, address: Address, settle: Settle, qtbot: QtBot, password: str = ""
) -> str:
    """What the page says about an address."""
    type_in(page.fields, address, password or THEIR_PASSWORD, qtbot)
    page.test()
    settle()
    return page.answer.text()


def test_a_person_connects_by_typing(
    page: ConnectionPage, address: Address, opened: list[App], settle: Settle, qtbot: QtBot
) -> None:
    type_in(page.fields, address, THEIR_PASSWORD, qtbot)
    qtbot.keyClick(page.fields.password, Qt.Key.Key_Return)
    settle()
    (app,) = opened
    assert app.user == "wati"
    assert app.listing.count(ListQuery("account", ("code",))) == 30


def test_the_test_says_who_one_is(
    page: ConnectionPage, address: Address, settle: Settle, qtbot: QtBot
) -> None:
    said = tried(page, address, settle, qtbot)
    assert said == "All is well: desk @ 127.0.0.1 knows you as Wati Lestari, Sales support."


def test_the_test_says_what_is_wrong(
    page: ConnectionPage, address: Address, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    def said(**other: object) -> str:
        return tried(page, address._replace(**other), settle, qtbot)  # type: ignore[arg-type]

    assert "not known" in said(host="no-such-host.invalid")
    assert "Nothing listens at 127.0.0.1, port 1;" in said(port=1)
    assert "There is no database not_there" in said(database="not_there")
    assert "not a Saudagar database" in said(database="postgres")
    assert "offers no encryption" in said(tls="require")
    assert "name and password" in tried(page, address, settle, qtbot, "guess guess")
    assert page.fields.password.property("wrong") == "true"
    assert "name and password" in said(user="nobody")


def test_a_schema_of_another_version_is_told_apart(
    page: ConnectionPage, server: PostgresServer, address: Address, settle: Settle, qtbot: QtBot
) -> None:
    change = "UPDATE saudagar.alembic_version SET version_num = '{}'"
    try:
        server.execute(change.format("9999"), "desk")
        assert "newer version" in tried(page, address, settle, qtbot)
        server.execute(change.format("0000"), "desk")
        assert "older version" in tried(page, address, settle, qtbot)
    finally:
        server.execute(change.format(HEAD), "desk")


def test_what_is_missing_is_marked_before_anybody_is_asked(
    page: ConnectionPage, address: Address, opened: list[App], settle: Settle, qtbot: QtBot
) -> None:
    type_in(page.fields, address._replace(user="", port=99_999), "", qtbot)
    page.open()
    settle()
    assert opened == []
    assert page.fields.user.property("wrong") == "true"
    assert page.fields.port.property("wrong") == "true"


def test_the_password_goes_to_the_keyring_and_nowhere_else(
    page: ConnectionPage, address: Address, opened: list[App], places: Places,
    kept: dict[tuple[str, str], str], settle: Settle, qtbot: QtBot, tmp_path: Path,
) -> None:  # fmt: skip
    type_in(page.fields, address, THEIR_PASSWORD, qtbot)
    page.open()
    settle()
    service = f"Saudagar 127.0.0.1:{address.port}/desk"
    assert kept == {(service, "wati"): THEIR_PASSWORD}
    assert all(THEIR_PASSWORD not in file.read_text() for file in tmp_path.rglob("*.json"))
    assert opened[0].database.url == address.url
    assert THEIR_PASSWORD not in address.url
    assert json.loads((tmp_path / "places.json").read_text())["current"] == address.url


def test_a_password_that_is_not_to_be_kept_is_taken_out_again(
    page: ConnectionPage, address: Address, opened: list[App], kept: dict[tuple[str, str], str],
    settle: Settle, qtbot: QtBot,
) -> None:  # fmt: skip
    sign_in.keep(address.url, "an older one of mine")
    type_in(page.fields, address, THEIR_PASSWORD, qtbot)
    page.fields.keep.setChecked(False)
    page.open()
    settle()
    assert len(opened) == 1
    assert kept == {}


def test_a_remembered_database_opens_with_the_password_of_the_keyring(
    address: Address, places: Places, settle: Settle, qtbot: QtBot
) -> None:
    sign_in.keep(address.url, THEIR_PASSWORD)
    places.choose(address.url, "wati")
    page = ConnectionPage(Places(places._path))
    qtbot.addWidget(page)
    found: list[App] = []
    page.opened.connect(found.append)
    page.open_place(page.places.recent[0])
    settle()
    assert found[0].user == "wati"
    found[0].close()


def test_back_to_the_database_of_this_computer(
    page: ConnectionPage, opened: list[App], places: Places, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(opening, "data_folder", lambda: tmp_path)
    places.choose("postgresql://wati@db/desk", "wati")
    page.open_place("")
    settle()
    assert opened[0].database.engine_name == "sqlite"
    assert Places(places._path).current == ""
    assert Places(places._path).recent == ["postgresql://wati@db/desk"]


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """What the next start of the program reads."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv(opening.VARIABLE, raising=False)
    return Places()


def test_the_next_start_opens_it_again(
    address: Address, configured: Places, kept: object, qtbot: QtBot, settle: Settle
) -> None:
    sign_in.keep(address.url, THEIR_PASSWORD)
    configured.choose(address.url, "wati")
    titles: list[str] = []

    def look() -> None:
        (window,) = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        titles.append(window.status._database.text())  # type: ignore[attr-defined]
        QTimer.singleShot(0, window.close)

    assert launch.open_window(on_painted=look) == 0
    assert titles == ["desk · wati"]


def test_the_window_goes_over_to_another_database_and_takes_the_look_along(
    address: Address, configured: Places, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    sign_in.keep(address.url, THEIR_PASSWORD)
    sign_in.use_keyring()
    configured.choose("", "sari")
    chosen = Preferences.of("sari")
    chosen.set("theme", "dark")
    chosen.save()
    seen: list[tuple[str, bool]] = []

    def windows() -> list[MainWindow]:
        shown = (each for each in QApplication.topLevelWidgets() if each.isVisible())
        return [each for each in shown if isinstance(each, MainWindow)]

    def go_over() -> None:
        windows()[0].go_over(opening.open_app(address.url))
        QTimer.singleShot(0, look)

    def look() -> None:
        found = [each for each in windows() if each.desk.app.user == "wati"]
        if not found:
            QTimer.singleShot(50, look)
            return
        seen.append((found[0].status._database.text(), theme.tokens().dark))
        found[0].completed.connect(found[0].close)

    path = tmp_path / "own.db"
    assert launch.open_window(path, "sari", on_painted=lambda: QTimer.singleShot(0, go_over)) == 0
    theme.set_mode("light")
    assert seen == [("desk · wati", True)]


def test_a_start_without_password_asks_for_it_and_goes_on(
    address: Address, qtbot: QtBot, settle: Settle, configured: Places
) -> None:
    dialog = StartDialog(address.url, "")
    qtbot.addWidget(dialog)
    dialog.begin()
    settle()
    assert dialog.isVisible()
    assert "asks for your password" in dialog.page.answer.text()
    qtbot.keyClicks(dialog.page.fields.password, THEIR_PASSWORD)
    qtbot.keyClick(dialog.page.fields.password, Qt.Key.Key_Return)
    settle()
    assert dialog.app is not None
    assert dialog.app.user == "wati"
    assert not dialog.isVisible()
    dialog.app.close()


def test_a_server_that_is_away_at_the_start_shows_the_page(
    qtbot: QtBot, settle: Settle, configured: Places
) -> None:
    dialog = StartDialog("postgresql://wati@127.0.0.1:1/desk", "")
    qtbot.addWidget(dialog)
    dialog.begin()
    settle()
    assert dialog.isVisible()
    assert "Nothing listens at 127.0.0.1, port 1;" in dialog.page.answer.text()
    assert dialog.page.fields.user.text() == "wati"


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[int]:
    """The port of a server that speaks TLS with a certificate nobody signed."""
    made = socket.create_server(("127.0.0.1", 0))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path / "impostor.pem"))
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            with suppress(OSError):
                caller, _where = made.accept()
                caller.recv(8)
                caller.sendall(b"S")
                context.wrap_socket(caller, server_side=True).close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield made.getsockname()[1]
    ended.set()
    made.shutdown(socket.SHUT_RDWR)
    made.close()
    thread.join()


def certificate(path: Path) -> Path:
    """A key and a certificate for this computer, signed by itself."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    day, now = dt.timedelta(days=1), dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - day).not_valid_after(now + day)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    path.write_bytes(key.private_bytes(pem, form, plain) + made.public_bytes(pem))
    return path


def test_a_server_that_cannot_prove_who_it_is_gets_no_password(
    page: ConnectionPage, address: Address, impostor: int, settle: Settle, qtbot: QtBot
) -> None:
    said = tried(page, address._replace(port=impostor, tls="verify-full"), settle, qtbot)
    assert "Nobody this computer trusts signed the certificate" in said
    assert page.fields.certificate.property("wrong") == "true"
