"""A whole database goes to the other engine and back, and stays the same."""

from pathlib import Path

import pytest

from controllers.core import records
from controllers.core.app import App
from controllers.documents import quotations
from controllers.system import databases
from controllers.system.integrity import problems
from models.storage.database import open_database
from models.values.errors import DomainError
from tests.builders import a_company, a_quotation
from tests.conftest import NOW
from tests.postgres_server import PostgresServer


def _filled(app: App) -> str:
    a_company(app)
    draft = a_quotation(app)
    number = app.write(quotations.send, draft.id or 0).number
    a_quotation(app)
    return number


def test_a_copy_in_another_file_holds_the_same(app: App, tmp_path: Path) -> None:
    number = _filled(app)
    told: list[str] = []
    moved = databases.move(app, str(tmp_path / "copy.db"), lambda table, _rows: told.append(table))
    assert moved["rows"]["quotation"] == 2
    assert "quotation_line" in told
    copy = App(open_database(tmp_path / "copy.db"), "sari", lambda: NOW)
    assert copy.read(quotations.show, number) == app.read(quotations.show, number)
    copy.write(records.create, "account", {"code": "NEW", "name": "PT Baru"})
    assert copy.write(problems) == []
    copy.close()


def test_a_copy_never_overwrites(app: App, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("mine")
    with pytest.raises(DomainError, match="exists already"):
        databases.move(app, str(tmp_path / "there.db"), lambda _table, _rows: None)
    assert (tmp_path / "there.db").read_text() == "mine"


@pytest.mark.slow
def test_a_file_becomes_a_shared_database_and_a_file_again(
    app: App, postgres: PostgresServer, tmp_path: Path
) -> None:
    number = _filled(app)
    databases.move(app, postgres.url("moved"), lambda _table, _rows: None)
    shared = App(open_database(postgres.url("moved")), "postgres", lambda: NOW)
    assert shared.read(quotations.show, number) == app.read(quotations.show, number)
    made = shared.write(records.create, "account", {"code": "NEW", "name": "PT Baru"})
    assert shared.read(records.show, "user", "postgres").values["role"] == "administrator"
    databases.move(shared, str(tmp_path / "back.db"), lambda _table, _rows: None)
    back = App(open_database(tmp_path / "back.db"), "sari", lambda: NOW)
    assert back.read(quotations.show, number) == app.read(quotations.show, number)
    assert back.read(records.show, "account", "NEW") == made
    assert back.write(problems) == []
    for each in (shared, back):
        each.close()
    postgres.execute("DROP DATABASE moved WITH (FORCE)")
