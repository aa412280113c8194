"""Timed work runs on one workstation at a time, and goes on elsewhere when that one is gone."""

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from controllers.core.app import App
from controllers.documents import handover, outbox
from controllers.system import opening, people, settings, timed
from controllers.system.timed import Done, Job, Timed
from models.storage.database import open_database
from models.values.records import Change
from models.values.settings import Mail, Settings
from tests import mail_servers
from tests.builders import a_company, a_quotation, a_sent_quotation
from tests.conftest import NOW, Contents
from tests.mail_servers import Server
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")

PROJECT = Path(__file__).resolve().parents[3]

HOLDER = """
import sys
from controllers.system import opening, timed

app = opening.open_app(sys.argv[1])
work = timed.Timed(app, [job for job in timed.JOBS if job.name == "expiry"])
print(len(work.due()), flush=True)
sys.stdin.read()
"""

EXPIRY = [job for job in timed.JOBS if job.name == "expiry"]

Programs = Callable[[], App]


@pytest.fixture
def another(app: App) -> Iterator[Programs]:
    """Opens further programs on the same database."""
    made: list[App] = []

    def open_one() -> App:
        made.append(App(open_database(app.database.url), "sari", lambda: NOW))
        return made[-1]

    yield open_one
    for each in made:
        each.close()


@pytest.fixture
def contents() -> Contents:
    return a_company


@pytest.fixture
def server(app: App) -> Iterator[Server]:
    """A mail server that the company uses."""
    with mail_servers.running() as made:
        _use(app, made)
        yield made


def _use(app: App, server: Server, user: str = "") -> None:
    mail = Mail("127.0.0.1", server.port, "none", user, "jualan@maju.example")
    app.write(settings.save, Settings(company="PT Maju", short_name="MJU", mail=mail))


def _enqueue(app: App) -> None:
    app.write(handover.issue, a_quotation(app).id or 0, address="pembeli@toko.example")


def _names(jobs: list[Job]) -> list[str]:
    return [each.name for each in jobs]


def test_of_two_programs_one_does_the_work(app: App, server: Server, another: Programs) -> None:
    first, second = Timed(app), Timed(another())
    assert _names(first.due()) == ["outbox", "expiry", "approvals", "contracts"]
    assert _names(second.due()) == []
    assert _names(first.due()) == ["outbox", "expiry", "approvals", "contracts"]


def test_when_one_program_ends_the_other_goes_on(
    app: App, server: Server, another: Programs
) -> None:
    holder = another()
    first, second = Timed(holder), Timed(app)
    assert first.due()
    assert second.due() == []
    holder.close()
    assert _names(second.due()) == ["outbox", "expiry", "approvals", "contracts"]


def test_when_the_holder_is_killed_another_goes_on(app: App, another: Programs) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, app.database.url],
        cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stdin
    try:
        assert process.stdout.readline() == "1\n"
        mine = Timed(app, EXPIRY)
        assert mine.due() == []
    finally:
        process.kill()
        process.wait(20)
        process.stdin.close()
        process.stdout.close()
    assert _names(_soon(mine)) == ["expiry"]


def _soon(mine: Timed) -> list[Job]:
    """A server needs a moment to see that somebody is gone; a minute is what there is."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if found := mine.due():
            return found
    return []


def test_a_holder_that_was_cut_off_does_no_more(
    app: App, server: Server, another: Programs
) -> None:
    if app.database.engine_name == "sqlite":
        pytest.skip("a file is not cut off")
    first, second = Timed(another()), Timed(app)
    assert first.due()
    app.database.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    )
    assert _names(_soon(second)) == ["outbox", "expiry", "approvals", "contracts"]
    assert first.due() == []


def test_a_mail_leaves_once_however_many_programs_look(
    app: App, server: Server, another: Programs
) -> None:
    for _mail in range(3):
        _enqueue(app)
    programs = [app, another(), another()]
    threads = [Thread(target=timed.run_once, args=(each,)) for each in programs * 3]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    timed.run_once(app)
    assert len(server.mails) == 3
    assert [each["state"] for each in app.read(outbox.entries)] == ["sent"] * 3


def test_who_lacks_the_mail_password_leaves_the_mails_to_others(
    app: App, server: Server, another: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    from keyring.backends import fail

    from controllers.documents import mail_password

    monkeypatch.setattr("keyring.core._keyring_backend", fail.Keyring())
    _use(app, server, "sari")
    able = another()
    first, second = Timed(app), Timed(able)
    assert _names(first.due()) == ["expiry", "approvals", "contracts"]
    mail_password.remember(able, able.read(outbox.server_of), mail_servers.PASSWORD)
    assert _names(second.due()) == ["outbox"]


def test_daily_work_is_due_once_a_day(app: App) -> None:
    moment = [NOW]
    app.clock = lambda: moment[0]
    mine = Timed(app)
    for job in mine.due():
        mine.run(job)
    assert mine.due() == []
    moment[0] = NOW + dt.timedelta(days=1)
    assert _names(mine.due()) == ["expiry", "approvals", "contracts"]


def test_what_expired_is_told_to_every_window(app: App) -> None:
    sent = a_sent_quotation(app, valid_until=NOW.date())
    heard: list[Change] = []
    app.changes.subscribe(heard.extend)
    mine = Timed(app, EXPIRY)
    (job,) = mine.due()
    assert mine.run(job) == Done("expiry", 0)
    app.clock = lambda: NOW + dt.timedelta(days=1)
    assert mine.run(job) == Done("expiry", 1)
    assert heard == [Change("quotation", sent.id or 0)]


@pytest.mark.slow
def test_a_program_that_sees_all_does_the_work_of_those_who_see_a_part(
    postgres: PostgresServer,
) -> None:
    boss = opening.create_app(postgres.url("timed"), settings=Settings(company="PT Maju"))
    for name in ("ani", "budi"):
        boss.write(people.add, {"name": name, "role": "account_manager"}, "rahasia sekali")
    theirs = [
        opening.open_app(postgres.url("timed", name, "rahasia%20sekali"))
        for name in ("ani", "budi")
    ]
    ani, budi, all_of_it = (Timed(each, EXPIRY) for each in (*theirs, boss))
    assert _names(ani.due()) == ["expiry"]
    assert _names(budi.due()) == ["expiry"]
    assert _names(all_of_it.due()) == ["expiry"]
    assert ani.due() == []
    all_of_it.leave()
    assert _names(ani.due()) == ["expiry"]
    for each in (*theirs, boss):
        each.close()
    postgres.execute("DROP DATABASE timed WITH (FORCE)")
    for name in ("ani", "budi"):
        postgres.execute(f"DROP ROLE {name}")
