"""`timed` on the command line: an administrator's scheduler sends what waits."""

import json

import pytest

from controllers.core.app import App
from controllers.documents import handover
from controllers.system import settings
from controllers.system.timed import Timed
from models.values.settings import Mail, Settings
from tests import mail_servers
from tests.builders import a_company, a_quotation
from ui.terminal.run import run

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")


NOTHING = {"expiry": 0, "approvals": 0, "contracts": {"renewals": 0, "orders": 0}}


def test_a_scheduler_sends_what_waits_once(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    a_company(app)
    command = ["--database", app.database.url, "--json", "timed"]
    with mail_servers.running() as server:
        mail = Mail("127.0.0.1", server.port, "none", "", "jualan@maju.example")
        app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))
        app.write(handover.issue, a_quotation(app).id or 0, address="pembeli@toko.example")
        assert run(command) == 0
        assert json.loads(capsys.readouterr().out) == {"outbox": {"sent": 1}, **NOTHING}
        assert run(command) == 0
        assert json.loads(capsys.readouterr().out) == {"outbox": {}, **NOTHING}
        assert len(server.mails) == 1


def test_what_a_window_does_already_is_left_to_it(
    app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    window = Timed(app)
    assert window.due()
    assert run(["--database", app.database.url, "--json", "timed"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == {}
    assert "Another program does it already" in said.err
