"""Reports read from a copy that follows the shared database: same figures, same rights, said where
they come from. The copy is a real one that streams."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.insight import document_rows, exports, reports, sources
from controllers.insight.sales import SalesOptions
from controllers.system import opening, people
from models.storage import passwords, schema
from models.values.errors import DomainError
from models.values.records import ListQuery
from models.values.settings import Settings
from tests.controllers.insight.business import a_business
from tests.memory_keyring import only_in_memory
from tests.postgres_server import (
    PASSWORD,
    Follower,
    PostgresServer,
    binaries,
    follower_or_skip,
)
from ui.terminal.run import run

pytestmark = pytest.mark.slow

OCTOBER = SalesOptions(by=("customer",), since=dt.date(2026, 9, 1), until=dt.date(2026, 10, 31))
ACCOUNTS = ListQuery("account", ("code", "name", "city"))
BUDIS = "rahasia sekali"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """The server people write to, with a small business."""
    found = binaries()
    if found is None:
        pytest.skip("no PostgreSQL programs here; name their folder in SAUDAGAR_POSTGRES_BIN")
    made = PostgresServer(found)
    with closing(opening.create_app(made.url("desk"), settings=Settings(company="PT Maju"))) as app:
        a_business(app)
        app.write(records.change, "user", "budi", {"role": "account_manager"})
        app.write(people.set_password, "budi", BUDIS)
    yield made
    made.remove()


@pytest.fixture(scope="module")
def follower(server: PostgresServer) -> Iterator[Follower]:
    """A copy that streams from it."""
    made = follower_or_skip(server)
    yield made
    made.remove()


@pytest.fixture
def app(server: PostgresServer, follower: Follower) -> Iterator[App]:
    """The administrator's program, whose reports read the copy."""
    follower.catch_up()
    with closing(opening.open_app(server.url("desk"), reports=follower.url("desk"))) as made:
        yield made


def _read_only(app: App) -> bool:
    ((is_copy,),) = app.database.fetch("SELECT pg_is_in_recovery()")
    return bool(is_copy)


def test_what_reports_read_is_the_copy(app: App) -> None:
    answer = sources.answered(app, _read_only)
    assert (answer.value, answer.told("en")) == (True, "")
    assert not _read_only(app)


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
@pytest.mark.parametrize("name", list(reports.REPORTS))
def test_a_report_from_the_copy_is_the_same_byte_for_byte(
    app: App, name: str, ending: str, tmp_path: Path
) -> None:
    options = OCTOBER if name == "sales" else SalesOptions()
    own, copied = tmp_path / f"own.{ending}", tmp_path / f"copied.{ending}"
    reports.run(app, name, own, options)
    sources.answered(app, lambda at: reports.run(at, name, copied, options))
    assert copied.read_bytes() == own.read_bytes()


def test_lists_and_documents_are_exported_the_same(app: App, tmp_path: Path) -> None:
    orders = ListQuery("order", ("number",))
    for at, work in enumerate((
        lambda app, path: exports.export_list(app, ACCOUNTS, path),
        lambda app, path: document_rows.export_documents(app, orders, (), path).rows,
    )):  # fmt: skip
        own, copied = tmp_path / f"own{at}.csv", tmp_path / f"copied{at}.csv"
        assert work(app, own) == sources.answered(app, lambda a, w=work, c=copied: w(a, c)).value
        assert copied.read_bytes() == own.read_bytes()


def test_everybody_sees_on_the_copy_what_they_see_on_the_database(
    app: App, server: PostgresServer, follower: Follower, tmp_path: Path
) -> None:
    theirs = [each.url("desk", "budi", BUDIS.replace(" ", "%20")) for each in (server, follower)]
    with closing(opening.open_app(theirs[0], reports=theirs[1])) as budi:
        own, copied = tmp_path / "own.csv", tmp_path / "copied.csv"
        rows = reports.run(budi, "sales", own, OCTOBER)
        answer = sources.answered(budi, lambda at: reports.run(at, "sales", copied, OCTOBER))
        assert (answer.told("en"), answer.value) == ("", rows)
        assert copied.read_bytes() == own.read_bytes()
        assert rows < reports.run(app, "sales", tmp_path / "all.csv", OCTOBER)
        copy = budi.reports
        assert copy
        with pytest.raises(DomainError, match="no right"):
            copy.database.fetch("SELECT cost FROM product")


def test_figures_that_are_behind_are_dated(
    app: App, server: PostgresServer, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LAG", 0.0)
    follower.execute("SELECT pg_wal_replay_pause()")
    try:
        app.write(records.create, "account", {"code": "LATE", "name": "PT Baru"})
        server.execute("CHECKPOINT")
        answer = sources.answered(app, lambda at: at.listing.count(ACCOUNTS))
        assert answer.value == app.listing.count(ACCOUNTS) - 1
        assert "The figures are those of 20" in answer.told("en")
    finally:
        follower.execute("SELECT pg_wal_replay_resume()")
    follower.catch_up()
    answer = sources.answered(app, lambda at: at.listing.count(ACCOUNTS))
    assert (answer.value, answer.told("en")) == (app.listing.count(ACCOUNTS), "")


def test_an_idle_server_makes_no_old_figures(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LAG", 0.0)
    assert sources.answered(app, _read_only).told("en") == ""


def test_while_the_copy_is_away_the_database_answers_and_says_so(
    app: App, follower: Follower
) -> None:
    assert sources.answered(app, _read_only).value
    follower.stop()
    try:
        answer = sources.answered(app, lambda at: (at.listing.count(ACCOUNTS), _read_only(at)))
        assert answer.value == (app.listing.count(ACCOUNTS), False)
        said = answer.told("en")
        assert said.startswith("Read from the database itself: the one for reports cannot be used.")
        assert "cannot be reached" in said
    finally:
        follower.start()
    assert sources.answered(app, _read_only) == sources.Answer(True)


def test_a_copy_with_another_schema_is_not_used(app: App, server: PostgresServer) -> None:
    schema.create(server.url("older")).close()
    server.execute("UPDATE saudagar.alembic_version SET version_num = '0000'", "older")
    app.reports_place = server.url("older")
    answer = sources.answered(app, lambda at: at.database.short_name)
    assert answer.value == "desk"
    assert "is of an older version" in answer.told("en")
    server.execute("DROP DATABASE older WITH (FORCE)")


def test_a_refusal_of_the_report_itself_is_no_trouble_of_the_copy(app: App, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="must end in"):
        sources.answered(app, lambda at: reports.run(at, "sales", tmp_path / "a.doc", OCTOBER))


def test_only_a_shared_database_has_a_copy(follower: Follower, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="Only a shared database"):
        opening.open_app(tmp_path / "own.db", create=True, reports=follower.url("desk"))


def test_the_password_comes_from_the_keyring_or_is_that_of_the_database(
    server: PostgresServer, follower: Follower
) -> None:
    from controllers.system import sign_in

    plain = [each.url("desk").replace(f":{PASSWORD}@", "@") for each in (server, follower)]
    follower.catch_up()
    with only_in_memory(), suppress(KeyError):
        sign_in.use_keyring()
        sign_in.keep(plain[0], PASSWORD)
        with closing(opening.open_app(plain[0], reports=plain[1])) as app:
            assert sources.answered(app, _read_only).value
        passwords.forget_all()
        sign_in.keep(plain[0], PASSWORD)
        sign_in.keep(plain[1], PASSWORD)
        with closing(opening.open_app(plain[0], reports=plain[1])) as app:
            assert sources.answered(app, _read_only).value
    passwords.come_from()
    passwords.forget_all()


def test_a_long_report_never_holds_up_a_save(app: App) -> None:
    for place in ("main", "copy"):
        at = app if place == "main" else sources.answered(app, lambda copy: copy).value
        begun, ended = threading.Event(), threading.Event()
        report = threading.Thread(target=_slow_report, args=(at, begun, ended))
        report.start()
        assert begun.wait(10)
        for number in range(20):
            values = {"code": f"{place}{number}", "name": "PT Cepat"}
            app.write(records.create, "account", values)
        app.write(records.change, "account", "ALFKI", {"city": place})
        assert not ended.is_set()
        report.join(30)
        assert ended.is_set()


def _slow_report(app: App, begun: threading.Event, ended: threading.Event) -> None:
    """Reads everything and then takes its time, in one transaction."""
    with app.database.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sales_order_line, account, product").all()
        begun.set()
        connection.exec_driver_sql("SELECT pg_sleep(2)").all()
        ended.set()


def test_the_command_line_takes_it_as_an_option_or_from_the_environment(
    server: PostgresServer, follower: Follower, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    follower.catch_up()
    away = "postgresql://postgres@127.0.0.1:1/desk"
    file = tmp_path / "sales.csv"
    words = ["report", "run", "sales", str(file), "--by", "customer"]
    main = ["--database", server.url("desk")]
    assert run([*main, "--reports-database", follower.url("desk"), *words]) == 0
    assert capsys.readouterr().err == ""
    whole = file.read_bytes()
    monkeypatch.setenv(opening.REPORTS_VARIABLE, away)
    assert run([*main, *words]) == 0
    assert "Read from the database itself" in capsys.readouterr().err
    assert file.read_bytes() == whole
    assert run([*main, "export", "account", str(file)]) == 0
    assert "Read from the database itself" in capsys.readouterr().err
    assert run(["--database", str(tmp_path / "no.db"), "list", "account"]) == 1
    assert "There is no database" in capsys.readouterr().err
