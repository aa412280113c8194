"""The mail password: from the environment or typed, refused in words, never sent in vain."""

from collections.abc import Iterator

import pytest

from controllers.core.app import App
from controllers.documents import handover, mail_password, outbox, quotations
from controllers.system import settings
from models.values.documents import Draft
from models.values.errors import DomainError
from models.values.settings import Mail, Settings
from tests import mail_servers
from tests.builders import a_quotation
from tests.mail_servers import PASSWORD, Server

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")

ADDRESS = "pembeli@toko.example"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.backends import fail

    monkeypatch.setattr("keyring.core._keyring_backend", fail.Keyring())
    monkeypatch.delenv(mail_password.VARIABLE, raising=False)


@pytest.fixture
def server(app: App) -> Iterator[Server]:
    with mail_servers.running(asks=True) as made:
        mail = Mail("127.0.0.1", made.port, "none", "sari", "jualan@maju.example")
        app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))
        yield made


@pytest.fixture
def draft(app: App, server: Server) -> Draft:
    return a_quotation(app)


def _refused(app: App, draft: Draft) -> str:
    with pytest.raises(DomainError) as caught:
        handover.send(app, draft.id or 0, address=ADDRESS)
    assert caught.value.field == "mail_password"
    assert app.read(quotations.show, draft.id or 0).state == "draft"
    assert app.read(outbox.entries) == []
    return str(caught.value)


def test_without_a_password_nothing_is_issued_and_both_remedies_are_named(
    app: App, draft: Draft, server: Server
) -> None:
    sentence = _refused(app, draft)
    assert "sari at 127.0.0.1" in sentence
    assert "Settings" in sentence
    assert "SAUDAGAR_MAIL_PASSWORD" in sentence
    assert server.sign_ins == 0


def test_the_password_is_read_from_the_environment(
    app: App, draft: Draft, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAUDAGAR_MAIL_PASSWORD", PASSWORD)
    handover.send(app, draft.id or 0, address=ADDRESS)
    assert len(server.mails) == 1


def test_a_wrong_password_issues_nothing_and_is_told_with_the_words_of_the_server(
    app: App, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAUDAGAR_MAIL_PASSWORD", "salah")
    assert "535" in _refused(app, draft)


def test_a_refused_password_leaves_the_mails_waiting_and_is_not_tried_again(
    app: App, draft: Draft, server: Server
) -> None:
    for _mail in range(2):
        app.write(handover.issue, draft.id or 0, address=ADDRESS)
    mail = app.read(outbox.server_of)
    mail_password.remember(app, mail, "salah")
    for _time in range(2):
        with pytest.raises(DomainError):
            outbox.deliver(app)
    tried = server.sign_ins
    waiting = app.read(outbox.entries)
    assert [(each["state"], each["attempts"]) for each in waiting] == [("waiting", 0)] * 2
    mail_password.remember(app, mail, PASSWORD)
    assert [each.state for each in outbox.deliver(app)] == ["sent", "sent"]
    assert server.sign_ins == tried + 2
    assert len(server.mails) == 2


def test_a_password_typed_without_a_keyring_holds_for_this_run_only(
    app: App, draft: Draft, server: Server
) -> None:
    mail = app.read(outbox.server_of)
    with pytest.raises(DomainError, match="no keyring"):
        mail_password.keep(app, mail, PASSWORD)
    assert mail_password.known(app, mail) == PASSWORD
    assert mail_password.known(App(app.database), mail) == ""


def test_nothing_waiting_needs_no_password(app: App, server: Server) -> None:
    assert outbox.deliver(app) == []
