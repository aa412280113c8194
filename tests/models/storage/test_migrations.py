"""Every migration, on both engines, with data in it; several programs at once; one that fails.

As long as there are few migrations of our own, a made-up one is put into a copy of the program,
and its command line upgrades databases that the present program has filled.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from controllers.core.app import App
from models.storage import schema
from models.storage.database import Database, open_database
from models.storage.migrations import HEAD
from models.storage.tables import METADATA
from tests import migrating
from tests.builders import a_company, a_sent_quotation
from tests.conftest import NOW

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index"),
    pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based"),
]

PROJECT = Path(__file__).resolve().parents[3]
VERSIONS = PROJECT / "models" / "storage" / "migrations" / "versions"
REVISIONS = sorted(path.name[:4] for path in VERSIONS.glob("0*.py"))
NEXT = f"{int(HEAD) + 1:04}"

MADE_UP = f'''"""A made-up migration: customers get a nickname, taken from their name."""

import time

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{HEAD}"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """One column with data, one table."""
    op.add_column("account", sa.Column("nickname", TEXT, nullable=True))
    op.execute("UPDATE account SET nickname = upper(name)")
    op.create_table(
        "made_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_up")),
    )
    op.execute("INSERT INTO made_up SELECT id FROM account")
'''

FAILING = MADE_UP + '    op.execute("INSERT INTO nowhere VALUES (1)")\n'

Place = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def place(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Places for databases of the test's own."""
    made: list[str] = []

    def name_one() -> str:
        if engine == "sqlite":
            return f"sqlite:///{tmp_path}/{uuid4().hex[:8]}.db"
        made.append(f"m{uuid4().hex[:8]}")
        return str(request.getfixturevalue("postgres").url(made[-1]))

    yield name_one
    for each in made:
        server = request.getfixturevalue("postgres")
        server.execute(f"DROP DATABASE IF EXISTS {each} WITH (FORCE)")


# Our own migrations


def differences(database: Database) -> list[object]:
    """What the tables of a database have otherwise than the program says; what it derives by
    itself is left out.
    """
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(name: str | None, kind: str, parents: dict[str, str | None]) -> bool:
        if kind == "table":
            return name in METADATA.tables
        if kind == "index":
            return (name or "").startswith("ix_") and "scope_" not in (name or "")
        return "scope_" not in (name or "")

    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours})
        found = compare_metadata(context, METADATA)
    return [each for each in found if not _is_of_lowered(each)]


def _is_of_lowered(difference: object) -> bool:
    """Nobody reads such an index back from a file."""
    return isinstance(difference, tuple) and str(getattr(difference[1], "name", "")).endswith(
        "_lower"
    )


@pytest.mark.parametrize("before", REVISIONS[:-1] or [""])
def test_every_migration_keeps_what_was_there(before: str, place: Place) -> None:
    """The newest has nothing after it; without an older one an empty database is made anew."""
    if not before:
        with closing(schema.create(place())) as made:
            assert differences(made) == []
        return
    with closing(migrating.made_at(place(), before)) as database:
        was = migrating.figures(database)
        assert all(was[name] == (migrating.ROWS,) for name in was if "." not in name)
        schema.upgrade(database)
        assert database.revision() == HEAD
        assert migrating.figures(database, was) == was
        assert differences(database) == []


# A made-up one


class Newer:
    """A copy of the program that has one more migration."""

    def __init__(self, folder: Path, migration: str) -> None:
        self.folder = folder
        for name in ("controllers", "reports", "resources", "ui", "tests"):
            (folder / name).symlink_to(PROJECT / name)
        for name in ("main.py", "pyproject.toml"):
            shutil.copy(PROJECT / name, folder)
        shutil.copytree(
            PROJECT / "models", folder / "models", ignore=shutil.ignore_patterns("__pycache__")
        )
        migrations = folder / "models" / "storage" / "migrations"
        (migrations / "versions" / f"{NEXT}_made_up.py").write_text(migration)
        _change(migrations / "__init__.py", f'HEAD = "{HEAD}"', f'HEAD = "{NEXT}"')
        account = folder / "models" / "customers" / "account.py"
        _change(account, "    fields=(\n", '    fields=(\n        Field("nickname", "Nickname"),\n')
        with (folder / "models" / "storage" / "tables.py").open("a") as tables:
            tables.write('\nTable("made_up", METADATA, Column("id", Integer, primary_key=True))\n')

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """One command of its command line."""
        return subprocess.Popen(
            [sys.executable, *words], cwd=self.folder, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(self.folder)},
        )  # fmt: skip

    def run(self, *words: str, status: int = 0) -> str:
        """What a command answers, or what it was refused."""
        process = self.start("main.py", "--json", *words)
        out, err = process.communicate(timeout=120)
        assert process.returncode == status, err
        return err if status else out


def _change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


@pytest.fixture
def newer(tmp_path: Path) -> Newer:
    (tmp_path / "newer").mkdir()
    return Newer(tmp_path / "newer", MADE_UP)


@pytest.fixture
def filled(place: Place) -> Iterator[App]:
    """A database of the present program with some business."""
    app = App(schema.create(place()), "sari", lambda: NOW)
    a_company(app)
    a_sent_quotation(app)
    yield app
    app.close()


def test_an_upgrade_keeps_everything_and_does_what_it_says(filled: App, newer: Newer) -> None:
    was, url = migrating.figures(filled.database), filled.database.url
    answer = json.loads(newer.run("--database", url, "database", "upgrade"))
    assert answer["revision"] == NEXT
    assert migrating.figures(filled.database, was) == was
    assert filled.database.fetch("SELECT nickname FROM account") == [("ALFREDS FUTTERKISTE",)]
    assert json.loads(newer.run("--database", url, "database", "check"))["problems"] == []
    listed = json.loads(newer.run("--database", url, "list", "account", "--search", "alfreds"))
    assert [each["nickname"] for each in listed] == ["ALFREDS FUTTERKISTE"]
    if answer["backup"]:
        with closing(sqlite3.connect(answer["backup"])) as copy:
            assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
            assert copy.execute("SELECT count(*) FROM quotation").fetchone() == (1,)


def test_of_two_programs_that_upgrade_at_once_one_does_it_and_both_go_on(
    filled: App, newer: Newer
) -> None:
    url = filled.database.url
    words = ("main.py", "--json", "--database", url, "database", "upgrade")
    programs = [newer.start(*words) for _each in range(2)]
    ended = [each.communicate(timeout=120) for each in programs]
    assert [each.returncode for each in programs] == [0, 0], ended
    answers = [json.loads(out) for out, _err in ended]
    assert {each["revision"] for each in answers} == {NEXT}
    assert filled.database.fetch("SELECT count(*) FROM made_up") == [(1,)]
    if filled.database.engine_name == "sqlite":
        (kept,) = {each["backup"] for each in answers if each["backup"]}
        with closing(sqlite3.connect(kept)) as copy:
            assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)


def test_a_migration_that_fails_leaves_the_database_as_it_was(filled: App, tmp_path: Path) -> None:
    (tmp_path / "failing").mkdir()
    failing = Newer(tmp_path / "failing", FAILING)
    was, url = migrating.figures(filled.database), filled.database.url
    failing.run("--database", url, "database", "upgrade", status=1)
    assert migrating.figures(filled.database) == was
    assert filled.database.revision() == HEAD
    a_sent_quotation(filled)


def test_a_program_that_was_open_meanwhile_writes_nothing_more(filled: App, newer: Newer) -> None:
    newer.run("--database", filled.database.url, "database", "upgrade")
    was = migrating.figures(filled.database)
    with pytest.raises(Exception, match="made by a newer version; update this program"):
        a_sent_quotation(filled)
    assert migrating.figures(filled.database) == was
    assert filled.listing.lookup("account", "ALFKI")


def test_the_harness_itself_finds_the_made_up_one(place: Place, newer: Newer) -> None:
    """The test of our own migrations, run by the program that has one more."""
    script = (
        "import sys; from contextlib import closing\n"
        "from models.storage import schema; from tests import migrating\n"
        "from tests.models.storage.test_migrations import differences\n"
        f"with closing(migrating.made_at(sys.argv[1], '{HEAD}')) as database:\n"
        "    was = migrating.figures(database)\n"
        "    schema.upgrade(database)\n"
        "    same = migrating.figures(database, was) == was\n"
        "    print(database.revision(), same, len(was) > 20, differences(database))\n"
    )
    process = newer.start("-W", "ignore", "-c", script, place())
    out, err = process.communicate(timeout=120)
    assert out.split() == [NEXT, "True", "True", "[]"], err


def test_an_old_program_is_told_that_the_database_is_newer(
    filled: App, newer: Newer, capsys: pytest.CaptureFixture[str]
) -> None:
    from ui.terminal.run import run

    url = filled.database.url
    newer.run("--database", url, "database", "upgrade")
    for words in (["list", "account"], ["database", "upgrade"], ["database", "status"]):
        assert run(["--database", url, *words]) == 1
        assert "was made by a newer version; update this program" in capsys.readouterr().err


def test_a_new_program_says_what_to_do_with_an_older_shared_database(
    filled: App, newer: Newer, engine: str
) -> None:
    url = filled.database.url
    if engine == "postgresql":
        said = newer.run("--database", url, "list", "account", status=1)
        assert "upgrade it with “database upgrade”" in said
    else:
        newer.run("--database", url, "list", "account")
        with closing(open_database(url)) as database:
            assert database.revision() == NEXT
